"""Named filters and clocks. `visible_to` says to Django what `models/policies.py` says to the database."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from django.db import models
from django.db.models import (
    Case,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    Func,
    Max,
    Model,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest

from serasi.access.models import Posting, Unit, User
from serasi.access.scope import today
from serasi.common.lookups import beside_first_without, one_column_of
from serasi.people.models import Person
from serasi.safety.enums import Recipient, StepKind, Turn
from serasi.safety.reference import hours_to_acknowledge, notice_rules, review_rules

if TYPE_CHECKING:
    from serasi.safety.models import (  # noqa: F401
        Concern,
        ConcernStep,
        Incident,
        Involved,
        Restraint,
        RestraintCheck,
        RestraintRenewal,
    )

_P = TypeVar("_P", bound=Model)

SEE: Final = "safety.incident.see"
RECEIVE: Final = "safety.concern.receive"
MINUTE: Final = timedelta(minutes=1)


def _of_units(actor: User) -> Q:
    return Q(unit__id__among=one_column_of(Unit.objects.reached_by(actor, SEE)))


def _circle(actor: User) -> Any:
    people: Any = Person.objects
    return people.in_circle_of(actor).values("pk")


def _moment(expression: Any) -> Any:
    return ExpressionWrapper(expression, output_field=DateTimeField())


class _OfPeople(models.QuerySet[_P]):
    """Rows of a unit that carry a person: of the houses this user reaches, or of people near to them."""

    def visible_to(self, actor: User) -> Self:
        if actor.scope.is_system:
            return self
        if not actor.scope.has(SEE):
            return self.none()
        return self.filter(_of_units(actor) | self._near(actor))

    def _near(self, actor: User) -> Q:
        return Q(person__in=_circle(actor))


class InvolvedQuerySet(_OfPeople["Involved"]):
    def standing(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def _near(self, actor: User) -> Q:
        return Q(person__in=_circle(actor), withdrawn_at=None)


class IncidentQuerySet(models.QuerySet["Incident"]):
    def visible_to(self, actor: User) -> Self:
        if actor.scope.is_system:
            return self
        if not actor.scope.has(SEE):
            return self.none()
        involved: Any = self._related("involved")
        theirs = involved.standing().filter(person__in=_circle(actor)).values("incident")
        return self.filter(_of_units(actor) | Q(pk__in=theirs))

    def with_state(self) -> Self:
        """Each with ``is_closed``: what its latest review says."""
        latest = self._related("reviews").filter(incident=OuterRef("pk")).order_by("-written_at", "-pk")
        return self.annotate(latest_turn=Subquery(latest.values("turn")[:1])).annotate(
            is_closed=Case(
                When(latest_turn=Turn.CLOSED, then=Value(True)),  # noqa: FBT003  (a value of SQL)
                default=Value(False),  # noqa: FBT003
                output_field=models.BooleanField(),
            )
        )

    def open(self) -> Self:
        return self.with_state().filter(is_closed=False)

    def with_clock(self) -> Self:
        """Each with ``notice_due_at``: when the next must be told who has not been, counted from what happened; null
        when everybody has. And ``review_due_at``."""
        told = self._related("notices").filter(incident=OuterRef("pk"))
        return self.annotate(
            notice_due_at=beside_first_without(
                Recipient.values,
                Func(*(self._due(recipient) for recipient in Recipient.values), template="ARRAY[%(expressions)s]"),
                one_column_of(told, "recipient"),
                DateTimeField(),
                least=True,
            ),
            review_due_at=_moment(
                F("happened_at")
                + Case(
                    *(When(severity=rule.code, then=Value(timedelta(hours=rule.hours))) for rule in review_rules()),
                    default=Value(timedelta(days=7)),
                    output_field=DurationField(),
                )
            ),
        )

    @staticmethod
    def _due(recipient: str) -> Case:
        """When one recipient must have been told, by the strictest rule that covers the incident; null by none."""
        rules = sorted((rule for rule in notice_rules() if rule.recipient == recipient), key=lambda rule: rule.hours)
        covered = [
            When(
                Q(severity__in=rule.severities) & (Q(kind__in=rule.kinds) if rule.kinds else Q()),
                then=_moment(F("happened_at") + Value(timedelta(hours=rule.hours))),
            )
            for rule in rules
        ]
        return Case(*covered, default=Value(None), output_field=DateTimeField())

    def _related(self, name: str) -> Any:
        related = self.model._meta.get_field(name).related_model
        return related._default_manager.order_by()  # type: ignore[union-attr]


class IncidentPartQuerySet(models.QuerySet[_P]):
    def visible_to(self, actor: User) -> Self:
        """Of the incidents this user may see."""
        incidents: Any = self.model._meta.get_field("incident").related_model
        return self.filter(incident__in=incidents._default_manager.visible_to(actor))


class RestraintQuerySet(_OfPeople["Restraint"]):
    def running(self) -> Self:
        return self.filter(period__endswith__isnull=True)

    def with_clock(self) -> Self:
        """Each with ``check_due_at``, when someone must look next, and ``limit_at``, until when it may last."""
        return self.annotate(
            latest_check_at=Subquery(self._latest("restraintchecks", "checked_at"), output_field=DateTimeField()),
            renewed_until=Subquery(self._latest("restraintrenewals", "until_at"), output_field=DateTimeField()),
        ).annotate(
            check_due_at=_moment(
                Coalesce("latest_check_at", "period__startswith", output_field=DateTimeField())
                + ExpressionWrapper(F("check_minutes") * Value(MINUTE), output_field=DurationField())
            ),
            limit_at=Greatest(
                _moment(
                    F("period__startswith")
                    + ExpressionWrapper(F("limit_minutes") * Value(MINUTE), output_field=DurationField())
                ),
                "renewed_until",
                output_field=DateTimeField(),
            ),
        )

    def _latest(self, name: str, field: str) -> Any:
        related: Any = self.model._meta.get_field(name).related_model
        rows = related._default_manager.order_by().filter(restraint=OuterRef("pk")).values("restraint")
        return rows.annotate(latest=Max(field)).values("latest")


class RestraintPartQuerySet(models.QuerySet[_P]):
    def visible_to(self, actor: User) -> Self:
        """Of the restraints this user may see."""
        restraints: Any = self.model._meta.get_field("restraint").related_model
        return self.filter(restraint__in=restraints._default_manager.visible_to(actor))


class ConcernQuerySet(models.QuerySet["Concern"]):
    def visible_to(self, actor: User) -> Self:
        """Raised by this user, or received where this user receives."""
        return self if actor.scope.is_system else self.filter(_raised(actor) | _received(actor))

    def raised_by_reader(self, actor: User) -> Self:
        return self.filter(_raised(actor))

    def received_by_reader(self, actor: User) -> Self:
        """At the units where this user receives, without what is about the user or past a unit where the user works."""
        return self.filter(_received(actor))

    def with_state(self) -> models.QuerySet[Any]:
        """Each with the moments of its steps and ``acknowledge_by``, until when it must be received."""
        return self.annotate(
            acknowledged_at=Subquery(self._step(StepKind.ACKNOWLEDGED)),
            closed_at=Subquery(self._step(StepKind.CLOSED)),
            answered_at=Subquery(self._step(StepKind.ANSWERED)),
            acknowledge_by=_moment(F("raised_at") + Value(timedelta(hours=hours_to_acknowledge))),
        )

    def _step(self, kind: StepKind) -> Any:
        steps: Any = self.model._meta.get_field("steps").related_model
        of_kind = steps._default_manager.filter(concern=OuterRef("pk"), kind=kind)
        return of_kind.order_by("-written_at").values("written_at")[:1]


def _raised(actor: User) -> Q:
    return Q(resident=None, raised_by=actor) | Q(resident__user=actor)


def _received(actor: User) -> Q:
    posted_at = Posting.objects.in_force(today()).filter(user=actor).values("unit")
    reached = Q(goes_to__in=Unit.objects.reached_by(actor, RECEIVE))
    not_theirs = Q(about_user=None) | ~Q(about_user=actor)
    return reached & not_theirs & (Q(goes_to=F("unit")) | ~Q(unit__in=posted_at))


class ConcernStepQuerySet(models.QuerySet["ConcernStep"]):
    def visible_to(self, actor: User) -> Self:
        """Of the concerns this user may see; what is for receivers alone, for receivers."""
        if actor.scope.is_system:
            return self
        concerns: Any = self.model._meta.get_field("concern").related_model
        mine = concerns._default_manager
        return self.filter(
            Q(concern__in=mine.received_by_reader(actor).values("pk"))
            | Q(concern__in=mine.raised_by_reader(actor).values("pk")) & ~Q(kind=StepKind.ACTED)
        )
