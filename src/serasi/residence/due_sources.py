"""What there is to do about those who live in a house: for each kind one query, that gives day, stay, file and words.

Of who lives here for long without a step of admission (a house that was brought over from paper), nobody is reminded
for ever: the stay's own page still says it.
"""

from datetime import date, timedelta
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    CharField,
    DateField,
    DurationField,
    Exists,
    F,
    Func,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Concat, Now
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.cases.queries.tasks import AHEAD, due_rows
from serasi.cases.registry import DueSource
from serasi.common.lookups import beside_first_without, one_column_of
from serasi.residence.enums import Checklist, Ending, MovementKind, State
from serasi.residence.models import (
    Belonging,
    Handover,
    MoneyLine,
    Movement,
    Occupancy,
    Reservation,
    Screening,
    Stay,
    Step,
)
from serasi.residence.permissions import ADMIT, KEEP, RESERVE, SCREEN
from serasi.residence.querysets import StayQuerySet
from serasi.residence.reference import death, orientation, search

REMINDED_FOR: Final = timedelta(days=14)
_TAG = Concat(Value("#"), F("tag"), output_field=CharField())


def _day(moment: str) -> Any:
    """The day in the house's own zone."""
    return Cast(Func(F("unit__time_zone"), F(moment), function="timezone"), DateField())


def _stays(user: User, code: str) -> StayQuerySet:
    """In the houses where this user may do that. Whose person they may not open the database keeps back (`policies`):
    to say it here as well makes a statement of forty sources four times as large."""
    return Stay.objects.filter(unit__in=Unit.objects.reached_by(user, code))


def _new(user: User, code: str) -> StayQuerySet:
    return _stays(user, code).open().filter(period__startswith__gte=Now() - REMINDED_FOR)


def _admission(rows: QuerySet[Any, Any], kind: str) -> QuerySet[Any, Any]:
    return due_rows(rows, kind, day=_day("period__startswith"), text=_TAG)


def _screening(user: User, until: date) -> QuerySet[Any, Any]:
    return _admission(_new(user, SCREEN).exclude(Exists(Screening.objects.filter(stay=OuterRef("pk")))), "screening")


def _finding(user: User, until: date) -> QuerySet[Any, Any]:
    waiting = Screening.objects.filter(stay=OuterRef("pk"), followed_up_at=None).exclude(found=[])
    asked_at = Subquery(waiting.order_by("written_at").values("written_at")[:1])
    rows = _stays(user, SCREEN).open().filter(Exists(waiting)).annotate(asked_at=asked_at)
    return due_rows(rows, "finding", day=_day("asked_at"), text=_TAG)


def _belongings(user: User, until: date) -> QuerySet[Any, Any]:
    return _admission(_new(user, KEEP).exclude(Exists(Handover.objects.filter(stay=OuterRef("pk")))), "belongings")


def _orientation(user: User, until: date) -> QuerySet[Any, Any]:
    return _left(_new(user, KEEP), "orientation", Checklist.ORIENTATION, orientation(), since="period__startswith")


def _left(
    rows: QuerySet[Any, Any],
    kind: str,
    checklist: Checklist,
    steps: Any,
    *,
    since: str,
    movement: str | None = None,
) -> QuerySet[Any, Any]:
    """The first step of a list that was not taken: whose, its words, and the day on which it was due."""
    taken = Step.objects.filter(stay=OuterRef("pk"), checklist=checklist)
    if movement:
        taken = taken.filter(movement=OuterRef(movement))
    codes, codes_taken = [step.code for step in steps], one_column_of(taken, "code")
    waits = Value([timedelta(hours=step.after_hours) for step in steps], ArrayField(DurationField()))
    found = rows.annotate(
        next_code=beside_first_without(codes, Value(codes, ArrayField(CharField())), codes_taken, CharField()),
        next_at=F(since) + beside_first_without(codes, waits, codes_taken, DurationField()),
    ).filter(next_code__isnull=False)
    of_whom = Concat(_TAG, Value(" "), F("next_code"), output_field=CharField())
    return due_rows(found, kind, day=_day("next_at"), text=of_whom)


def _search(user: User, until: date) -> QuerySet[Any, Any]:
    """Whoever is gone without leave, until they are found or the stay ends."""
    gone = Movement.objects.in_force().filter(stay=OuterRef("pk"), kind=MovementKind.ABSCONDED).order_by("-happened_at")
    now_gone = Occupancy.objects.filter(stay=OuterRef("pk"), state=State.ABSCONDED, period__contains=Now())
    rows = _stays(user, KEEP).open().filter(Exists(now_gone))
    rows = rows.annotate(gone=Subquery(gone.values("pk")[:1]), gone_at=Subquery(gone.values("happened_at")[:1]))
    return _left(rows, "search", Checklist.SEARCH, search(), since="gone_at", movement="gone")


def _death(user: User, until: date) -> QuerySet[Any, Any]:
    died = Movement.objects.in_force().filter(stay=OuterRef("pk"), kind=MovementKind.ENDED, ending=Ending.DIED)
    rows = _stays(user, KEEP).filter(Exists(died), period__endswith__gte=Now() - timedelta(days=60))
    return _left(rows, "death", Checklist.DEATH, death(), since="period__endswith")


def _leftover(user: User, until: date) -> QuerySet[Any, Any]:
    """What is still kept of somebody who lives here no longer."""
    kept = Belonging.objects.kept().filter(received__stay=OuterRef("pk"))
    money = MoneyLine.objects.filter(stay=OuterRef("pk")).order_by().values("stay").annotate(kept=Sum("change"))
    ended = _stays(user, KEEP).filter(period__endswith__isnull=False)
    rows = ended.filter(Exists(kept) | Exists(money.filter(kept__gt=0)))
    return due_rows(rows, "leftover", day=_day("period__endswith"), text=_TAG)


def _ceiling(user: User, until: date) -> QuerySet[Any, Any]:
    """The last day of who lives in a ward with a ceiling, counted from the day of coming into it."""
    here = Occupancy.objects.filter(stay=OuterRef("pk"), period__contains=Now(), ward__ceiling_days__isnull=False)
    of_ward = Occupancy.objects.filter(stay=OuterRef("pk"), ward=OuterRef("ward_now")).order_by("period")
    last_day = Func(
        _day("came_at"), F("most"), template="(%(expressions)s)", arg_joiner=" + ", output_field=DateField()
    )
    rows = (
        _stays(user, ADMIT)
        .open()
        .annotate(ward_now=Subquery(here.values("ward")[:1]), most=Subquery(here.values("ward__ceiling_days")[:1]))
        .annotate(came_at=Subquery(of_ward.values("period__startswith")[:1]))
        .annotate(last_day=last_day)
    )
    return due_rows(rows.filter(last_day__lte=until), "ceiling", day="last_day", text=_TAG)


def _exit(user: User, until: date) -> QuerySet[Any, Any]:
    return due_rows(_stays(user, ADMIT).open().filter(expected_end__lte=until), "exit", day="expected_end", text=_TAG)


def _expected(user: User, until: date) -> QuerySet[Any, Any]:
    """Who is to come by tomorrow, and has not."""
    rows = Reservation.objects.open().filter(unit__in=Unit.objects.reached_by(user, RESERVE))
    soon = rows.filter(period__startswith__lte=until - AHEAD + timedelta(days=1))
    return due_rows(soon, "expected", day="period__startswith", text="unit__short_name")


def _named(steps: Any) -> Any:
    def words(text: str) -> str:
        tag, _space, code = text.rpartition(" ")
        return f"{tag} · {steps()[code]}"

    return words


_STAY = ("residence:stay", ("record",))
SOURCES: Final = (
    DueSource("screening", _("Skrining penularan penghuni baru"), "residence:screen", ("record",), SCREEN, _screening),
    DueSource("finding", _("Periksakan: ada gejala pada skrining"), "residence:screen", ("record",), SCREEN, _finding),
    DueSource("belongings", _("Daftar barang penghuni baru"), "residence:receive", ("record",), KEEP, _belongings),
    DueSource(
        "orientation",
        _("Orientasi penghuni baru"),
        "residence:orient",
        ("record",),
        KEEP,
        _orientation,
        title=_named(orientation),
    ),
    DueSource(
        "search", _("Cari penghuni yang pergi"), "residence:look_for", ("record",), KEEP, _search, title=_named(search)
    ),
    DueSource(
        "death",
        _("Sesudah penghuni meninggal"),
        "residence:after_death",
        ("record",),
        KEEP,
        _death,
        title=_named(death),
    ),
    DueSource(
        "leftover",
        _("Barang atau uang titipan belum dikembalikan"),
        "residence:give_back",
        ("record",),
        KEEP,
        _leftover,
    ),
    DueSource("ceiling", _("Batas lama tinggal"), *_STAY, ADMIT, _ceiling),
    DueSource("exit", _("Perkiraan selesai tinggal"), *_STAY, ADMIT, _exit),
    DueSource("expected", _("Orang yang ditunggu datang"), "residence:expected_one", ("record",), RESERVE, _expected),
)
