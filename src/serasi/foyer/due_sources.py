"""What there is to do in a Foyer: ends that come near, steps to decide, measures, the review of a way back."""

from datetime import date, timedelta
from typing import Any, Final

from django.db.models import DateField, Exists, F, Func, OuterRef, Q, QuerySet
from django.db.models.functions import Least, TruncDate
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.cases.queries.tasks import AHEAD, due_rows
from serasi.cases.registry import DueSource
from serasi.foyer.enums import Ending, MeasureMoment, StepKind
from serasi.foyer.models import Agreement, Measure, Step
from serasi.foyer.permissions import AGREE, WRITE

NEAR: Final = timedelta(days=90)
"""The two years are spoken of this long before they pass; the agreement's own end 30 days before."""
CLOSE: Final = timedelta(days=30)


def _ceiling(name: str) -> Func:
    return Func(F(name), template="(%(expressions)s + interval '24 months')::date", output_field=DateField())


def _mine(user: User) -> QuerySet[Agreement]:
    """Those whom this user walks along with."""
    return Agreement.objects.filter(coach=user)


def _ends(user: User, until: date) -> QuerySet[Any, Any]:
    """Until it is renewed or ended."""
    today = until - AHEAD
    running = _mine(user).filter(ended_date=None).annotate(ceiling=_ceiling("since_date"))
    near = running.filter(Q(ends_date__lte=today + CLOSE) | Q(ceiling__lte=today + NEAR))
    return due_rows(near, "foyer_end", day=Least("ends_date", "ceiling"))


def _decisions(user: User, until: date) -> QuerySet[Any, Any]:
    units = Unit.objects.reached_by(user, AGREE)
    waiting = Step.objects.pending().filter(agreement__unit__in=units, agreement__ended_date=None)
    theirs = waiting.exclude(written_by=user).exclude(agreement__coach=user)
    return due_rows(
        theirs, "foyer_step", day=TruncDate("written_at"), text="kind", case="agreement__case_id"
    ).values_list("due_kind", "due_day", "due_text", "due_case", "agreement_id")


def _measured(moment: MeasureMoment) -> Exists:
    chain = Measure.objects.filter(moment=moment).filter(
        Q(agreement=OuterRef("pk")) | Q(agreement=OuterRef("earliest"))
    )
    return Exists(chain)


def _measures(user: User, until: date) -> QuerySet[Any, Any]:
    """The one that is due next; the end of an agreement that was renewed asks for none."""
    entry = Q(since_date__lte=until - timedelta(days=14), ended_date=None) & ~_measured(MeasureMoment.ENTRY)
    left = ~Q(ending__in=["", Ending.RENEWED, Ending.DROPPED])
    leaving = left & Q(ended_date__lte=until) & ~_measured(MeasureMoment.EXIT)
    a_year_later = Func(
        F("ended_date"), template="(%(expressions)s + interval '12 months')::date", output_field=DateField()
    )
    after = left & Q(year_later__lte=until) & ~_measured(MeasureMoment.AFTER)
    owed = _mine(user).annotate(year_later=a_year_later).filter(entry | leaving | after)
    return due_rows(owed, "foyer_measure", day=None)


def _ways_back(user: User, until: date) -> QuerySet[Any, Any]:
    """Someone stepped back, and the day has come on which the way up again is looked at."""
    later = Step.objects.filter(agreement=OuterRef("agreement"), written_at__gt=OuterRef("written_at"))
    back = Step.objects.agreed().filter(
        ~Exists(later), kind=StepKind.BACK, way_back_date__lte=until, agreement__coach=user, agreement__ended_date=None
    )
    return due_rows(back, "foyer_way_back", day="way_back_date", case="agreement__case_id").values_list(
        "due_kind", "due_day", "due_text", "due_case", "agreement_id"
    )


SOURCES = (
    DueSource("foyer_end", _("Kesepakatan Foyer hampir selesai"), "foyer:agreement", ("record",), WRITE, _ends),
    DueSource(
        "foyer_step",
        _("Langkah fase menunggu keputusan"),
        "foyer:agreement",
        ("record",),
        AGREE,
        _decisions,
        title=lambda kind: StepKind(kind).label,
    ),
    DueSource("foyer_measure", _("Pengukuran Foyer"), "foyer:agreement", ("record",), WRITE, _measures),
    DueSource("foyer_way_back", _("Tinjau jalan kembali"), "foyer:agreement", ("record",), WRITE, _ways_back),
)
