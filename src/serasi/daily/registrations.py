"""What this app adds at start. Its doors are loaded with it: each operation tells the trail its name."""

from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, Func, QuerySet, Value, When
from django.db.models.functions import Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.cases.queries.tasks import due_rows
from serasi.cases.queries.timeline import CASE, event_rows
from serasi.cases.registry import DueSource, Panel, TimelineSource, register_due, register_panel, register_timeline
from serasi.common.lookups import one_column_of
from serasi.daily import operations, queries
from serasi.daily.enums import Measure, NoteKind, VisitKind, VisitOutcome
from serasi.daily.models import DailyNote, RollCallMark, Visit, VitalSigns
from serasi.daily.operations.visit import bars_go_along
from serasi.daily.permissions import LOOK_FOR, SEE_DAY, SEE_VITALS, WRITE_VITALS
from serasi.residence.registry import StayPanel, register_going_along, register_stay_panel

DOORS = (operations, queries)


def _missing(user: User, _until: date) -> QuerySet[Any, Any]:
    """Whom a roll call did not find, by number tag: told at once to whoever has to decide what to do."""
    reached = RollCallMark.objects.filter(unit__id__among=one_column_of(Unit.objects.reached_by(user, LOOK_FOR)))
    return due_rows(
        reached.still_missing(),
        "missing",
        day=None,
        text=Concat(Value("#"), F("tag"), Value(" · "), F("roll_call__ward__name"), output_field=CharField()),
        case=None,
    )


def _beyond_limits(user: User, _until: date) -> QuerySet[Any, Any]:
    """Measures beyond the limits of the unit about which nobody has written yet what was done; names of measures, no
    numbers."""
    return due_rows(
        VitalSigns.objects.visible_to(user).waiting(),
        "vitals",
        day=None,
        text=Concat(F("stay__tag"), Value("|"), ArrayToString("beyond"), output_field=CharField()),
        case=None,
    )


def _beyond_title(text: str) -> Any:
    tag, _bar, codes = text.partition("|")
    return f"#{tag} · {', '.join(str(Measure(one).label) for one in codes.split(',') if one in Measure.values)}"


class ArrayToString(Func):
    """The codes of a list, with commas between them."""

    function = "array_to_string"
    template = "%(function)s(%(expressions)s, ',')"
    output_field = CharField()


def _notes() -> QuerySet[Any, Any]:
    of_case = DailyNote.objects.filter(stay__case=CASE)
    return event_rows(
        of_case, "daily_note", at="written_at", text=Concat("kind", Value("\n"), "text", output_field=CharField())
    )


def _note_title(code: str) -> Any:
    return NoteKind(code).label


def _visits() -> QuerySet[Any, Any]:
    of_case = Visit.objects.in_force().filter(stay__case=CASE).exclude(outcome="")
    return event_rows(
        of_case,
        "visit",
        at=Coalesce("began_at", "expected_at", "concluded_at"),
        text=Concat(
            "kind",
            Value("."),
            "outcome",
            Value("\n"),
            "visitor_name",
            Case(
                When(relation="", then=Value("")),
                default=Concat(Value(" ("), "relation", Value(")")),
                output_field=CharField(),
            ),
            Case(When(account="", then=Value("")), default=Concat(Value(". "), "account"), output_field=CharField()),
            Case(When(reason="", then=Value("")), default=Concat(Value(". "), "reason"), output_field=CharField()),
            output_field=CharField(),
        ),
        author="concluded_by",
    )


def _visit_title(code: str) -> Any:
    kind, _dot, outcome = code.partition(".")
    return f"{VisitKind(kind).label}: {VisitOutcome(outcome).label}"


def register() -> None:
    register_going_along(bars_go_along)
    register_panel(Panel(40, _("Hari di wisma"), "daily:of_case", SEE_DAY))
    register_timeline(TimelineSource("daily_note", _("Catatan harian"), "note", _notes, title=_note_title))
    register_stay_panel(StayPanel(40, _("Tanda vital"), "daily:vitals_of_stay", SEE_VITALS))
    register_due(
        DueSource(
            "vitals",
            _("Tanda vital di luar batas unit: periksa, tulis yang dilakukan"),
            "daily:respond_to_vitals",
            ("record",),
            WRITE_VITALS,
            _beyond_limits,
            title=_beyond_title,
            is_urgent=True,
        )
    )
    register_timeline(TimelineSource("visit", _("Kunjungan dan telepon"), "users", _visits, title=_visit_title))
    register_stay_panel(StayPanel(20, _("Jadwal hari ini"), "daily:timetable_of", SEE_DAY))
    register_stay_panel(StayPanel(30, _("Kunjungan dan telepon"), "daily:visits_of", SEE_DAY))
    register_due(
        DueSource(
            "missing",
            _("Penghuni tidak ditemukan saat apel"),
            "daily:missing",
            ("record",),
            LOOK_FOR,
            _missing,
            is_urgent=True,
        )
    )
