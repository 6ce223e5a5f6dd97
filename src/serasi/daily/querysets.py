"""Named filters. `visible_to` says to Django what the row policies (`models/policies.py`) say to the database."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Exists, F, Model, OuterRef, Q
from django.db.models.functions import Coalesce

from serasi.access.models import Unit, User
from serasi.common.lookups import one_column_of
from serasi.residence.enums import MovementKind
from serasi.residence.models import Movement, Stay

if TYPE_CHECKING:
    from serasi.daily.models import (  # noqa: F401
        BarredContact,
        DailyNote,
        Diet,
        Dose,
        Prescription,
        RollCall,
        RollCallMark,
        Round,
        RoundEntry,
        ShiftHandover,
        TimetableChange,
        TimetableEntry,
        Visit,
        VitalSigns,
        VitalsResponse,
    )

_P = TypeVar("_P", bound=Model)

SEE_DAY = "daily.day.see"
SEE_MEDICINE = "daily.medicine.see"
SEE_VITALS = "daily.vitals.see"


class _OfUnit(models.QuerySet[_P]):
    """Rows of a ward that tell of no person, or of a number tag alone: for whoever may read the day there."""

    _sees = SEE_DAY

    def visible_to(self, actor: User) -> Self:
        if actor.scope.is_system:
            return self
        return self.filter(unit__id__among=one_column_of(Unit.objects.reached_by(actor, self._sees)))


class _OfStay(_OfUnit[_P]):
    """Rows about one resident: also the stay must be one this user may see."""

    def visible_to(self, actor: User) -> Self:
        found = super().visible_to(actor)
        return found if actor.scope.is_system else found.filter(stay__in=Stay.objects.visible_to(actor).values("pk"))


class _Correctable:
    """Facts that a correction may have superseded."""

    def in_force(self) -> Self:
        found: Self = self.filter(superseded_at=None)  # type: ignore[attr-defined]  # of a queryset
        return found


class RollCallQuerySet(_OfUnit["RollCall"]):
    pass


class RollCallMarkQuerySet(_Correctable, _OfUnit["RollCallMark"]):
    def still_missing(self) -> Self:
        """The latest word of a roll call is that this resident was not there, and nothing says they came back."""
        after: Any = self.model._default_manager.filter(
            stay=OuterRef("stay"), roll_call__taken_at__gt=OuterRef("roll_call__taken_at"), superseded_at=None
        )
        back = Movement.objects.in_force().filter(
            stay=OuterRef("stay"),
            kind__in=[MovementKind.RETURNED, MovementKind.ENDED],
            happened_at__gt=OuterRef("roll_call__taken_at"),
        )
        return self.in_force().filter(~Exists(after), ~Exists(back), mark="missing")


class RoundQuerySet(_Correctable, _OfUnit["Round"]):
    pass


class RoundEntryQuerySet(_Correctable, _OfStay["RoundEntry"]):
    def in_force(self) -> Self:
        """Neither they nor their round were taken back."""
        return super().in_force().filter(round__superseded_at=None)

    def unlike_the_usual(self) -> Self:
        """What was said of one and not of all, or said with a word."""
        return self.in_force().exclude(answer=F("round__usual"), note="")


class ShiftHandoverQuerySet(_OfUnit["ShiftHandover"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)


class DietQuerySet(_OfStay["Diet"]):
    def on(self, day: Any) -> Self:
        return self.filter(period__contains=day)


class PrescriptionQuerySet(_OfStay["Prescription"]):
    _sees = SEE_MEDICINE

    def in_force_on(self, day: Any) -> Self:
        return self.filter(period__contains=day)


class DoseQuerySet(_Correctable, _OfStay["Dose"]):
    _sees = SEE_MEDICINE


class _OfUnitOrStay(_OfUnit[_P]):
    """Rows about a ward, or about one resident: then also the stay must be one this user may see."""

    def visible_to(self, actor: User) -> Self:
        found = super().visible_to(actor)
        if actor.scope.is_system:
            return found
        return found.filter(Q(stay=None) | Q(stay__in=Stay.objects.visible_to(actor).values("pk")))


class DailyNoteQuerySet(_OfUnitOrStay["DailyNote"]):
    def between(self, since: datetime, until: datetime) -> Self:
        return self.filter(written_at__gte=since, written_at__lt=until)


class VitalSignsQuerySet(_Correctable, _OfStay["VitalSigns"]):
    _sees = SEE_VITALS

    def between(self, since: datetime, until: datetime) -> Self:
        return self.filter(measured_at__gte=since, measured_at__lt=until)

    def beyond_limits(self) -> Self:
        return self.in_force().exclude(beyond=[])

    def waiting(self) -> Self:
        """Beyond the limits, and nobody has written what was done."""
        return self.beyond_limits().filter(responses=None)


class VitalsResponseQuerySet(_OfUnit["VitalsResponse"]):
    _sees = SEE_VITALS

    def visible_to(self, actor: User) -> Self:
        found = super().visible_to(actor)
        return found if actor.scope.is_system else found.filter(vital_signs__stay__in=Stay.objects.visible_to(actor))


class VisitQuerySet(_OfStay["Visit"]):
    def in_force(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def expected(self) -> Self:
        return self.in_force().filter(outcome="")

    def kept(self) -> Self:
        """They met, or spoke."""
        return self.in_force().filter(outcome="kept")

    def between(self, since: datetime, until: datetime) -> Self:
        """What took place, or was announced for then."""
        return self.filter(
            Q(began_at__gte=since, began_at__lt=until) | Q(began_at=None, expected_at__gte=since, expected_at__lt=until)
        )

    def by_moment(self, *, latest_first: bool = False) -> Self:
        moment = Coalesce("began_at", "expected_at")
        return self.order_by(moment.desc() if latest_first else moment, "pk")


class BarredContactQuerySet(_OfStay["BarredContact"]):
    def on(self, day: Any) -> Self:
        return self.filter(period__contains=day)


class TimetableEntryQuerySet(_OfUnitOrStay["TimetableEntry"]):
    def on(self, day: date) -> Self:
        return self.filter(period__contains=day, days__contains=[day.weekday()])

    def not_over(self, day: date) -> Self:
        """What holds on this day or later."""
        return self.filter(period__overlap=DateRange(day, None))

    def in_order(self) -> Self:
        return self.order_by("from_time", "until_time", "what", "pk")


class TimetableChangeQuerySet(_OfUnitOrStay["TimetableChange"]):
    pass
