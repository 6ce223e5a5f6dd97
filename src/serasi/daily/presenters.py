"""Wording and arrangement of the day's pages."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from serasi.common.components import LineChart, Link, Series, Status, Task, Tone
from serasi.common.templatetags.serasi import waktu
from serasi.daily.enums import PLAUSIBLE, WEEKDAYS, Mark, Measure, RoundKind, ShiftName, VisitOutcome
from serasi.daily.models import DailyNote, Visit, VitalSigns
from serasi.daily.queries import Recorded, Resident, Shift, Slot
from serasi.daily.queries.recorded import ROLL_CALL
from serasi.residence.models import Ward

ROUNDS_OF: Final[Mapping[ShiftName, tuple[RoundKind, ...]]] = {
    ShiftName.MORNING: (
        RoundKind.BREAKFAST,
        RoundKind.BATH,
        RoundKind.TEETH,
        RoundKind.CLOTHES,
        RoundKind.LUNCH,
    ),
    ShiftName.AFTERNOON: (RoundKind.SNACK, RoundKind.BATH, RoundKind.DINNER, RoundKind.BEHAVIOUR),
    ShiftName.NIGHT: (RoundKind.TEETH, RoundKind.CLOTHES, RoundKind.SLEEP),
}
"""Which rounds stand on the page of a shift; the others are one tap further."""

TONES: Final = {
    Mark.PRESENT: "good",
    Mark.OUT: "info",
    Mark.LEAVE: "info",
    Mark.HOSPITAL: "warn",
    Mark.MISSING: "bad",
}


def tasks(
    ward: Ward,
    shift: Shift,
    done: Mapping[str, Recorded],
    doses: int | None,
    *,
    may_write: bool,
    measured: tuple[int, int] | None = None,
    may_measure: bool = False,
) -> list[Task]:
    """What this shift has to do, in the order of doing it, with what is done already; who reads is led nowhere.

    ``measured``: how many of those present have had their vital signs taken, of how many; None where nobody takes any.
    """

    def url(name: str, *args: Any) -> str:
        return reverse(f"daily:{name}", args=[ward.pk, *args]) if may_write else ""

    found = [
        Task(
            _("Apel"),
            url("take_roll_call"),
            _state(done.get(ROLL_CALL)),
            _by(done.get(ROLL_CALL)),
        )
    ]
    if doses is not None:
        words = ngettext("%d menunggu", "%d menunggu", doses) % doses
        state = Status(words, "warn", "clock") if doses else Status(_("Tidak ada yang menunggu"), "good", "check")
        found.append(Task(_("Obat"), reverse("daily:medicine", args=[ward.pk]), state))
    if measured is not None:
        leads_to = reverse("daily:measure_ward", args=[ward.pk]) if may_measure else ""
        found.append(Task(_("Tanda vital"), leads_to, _measured(*measured)))
    found += [
        Task(str(kind.label), url("round", kind), _state(done.get(kind)), _by(done.get(kind)))
        for kind in ROUNDS_OF[shift.name]
    ]
    return found


def other_rounds(ward: Ward, shift: Shift) -> list[Link]:
    return [
        Link(str(kind.label), reverse("daily:round", args=[ward.pk, kind]))
        for kind in RoundKind
        if kind not in ROUNDS_OF[shift.name]
    ]


def _state(record: Recorded | None) -> Status:
    return Status(_("Sudah"), "good", "check") if record else Status(_("Belum"), "neutral")


def _measured(people: int, present: int) -> Status:
    if not people:
        return Status(_("Belum"), "neutral")
    words = _("%(people)d dari %(present)d orang") % {"people": people, "present": present}
    return Status(words, "good", "check") if people >= present else Status(words, "neutral")


def _by(record: Recorded | None) -> str:
    if record is None:
        return ""
    at = timezone.localtime(record.at)
    return _("%(time)s oleh %(who)s") % {"time": f"{at:%H.%M}", "who": record.by}


@dataclass(slots=True)
class ToldNote:
    """A note as it was written: one text, whoever it is about."""

    text: str
    kind: str
    by: str
    at: datetime
    is_handed_on: bool
    who: list[Resident] = field(default_factory=list)

    @property
    def names(self) -> str:
        return ", ".join(one.shown for one in self.who)


def together(notes: Iterable[DailyNote], here: Mapping[UUID, Resident]) -> list[ToldNote]:
    """Rows that were written as one note, of whom the reader may read."""
    found: dict[UUID, ToldNote] = {}
    for one in notes:
        told = found.setdefault(
            one.written_as,
            ToldNote(one.text, one.get_kind_display(), one.written_by.full_name, one.written_at, one.is_handed_on),
        )
        if one.stay_id is not None and one.stay_id in here:
            told.who.append(here[one.stay_id])
    return list(found.values())


# --- Vital signs -----------------------------------------------------------------------------------------------------

USUAL_MEASURES: Final = (
    Measure.TEMPERATURE,
    Measure.SYSTOLIC,
    Measure.DIASTOLIC,
    Measure.PULSE,
    Measure.RESPIRATION,
    Measure.SATURATION,
)
"""Ticked on the page of a unit that takes none so far."""
_CHARTS: Final = (
    (Measure.TEMPERATURE,),
    (Measure.SYSTOLIC, Measure.DIASTOLIC),
    (Measure.SATURATION,),
    (Measure.PULSE,),
    (Measure.RESPIRATION,),
    (Measure.GLUCOSE,),
    (Measure.WEIGHT,),
)
_IN_A_CHART: Final = 14


def vitals_charts(history: Sequence[VitalSigns]) -> list[LineChart]:
    """A chart of what was measured twice or more, of a history that is newest first; what lay beyond limits first."""
    told = [one for one in reversed(history) if one.is_in_force]
    charts: list[tuple[bool, int, LineChart]] = []
    for measures in _CHARTS:
        points = [one for one in told if any(getattr(one, measure) is not None for measure in measures)][-_IN_A_CHART:]
        if len(points) >= 2:
            urgent = bool(set(measures) & {measure for one in points[-1:] for measure in one.beyond})
            charts.append((not urgent, len(charts), _chart(measures, points)))
    return [chart for _urgent, _order, chart in sorted(charts, key=lambda one: one[:2])]


def _chart(measures: Sequence[Measure], points: Sequence[VitalSigns]) -> LineChart:
    series = [
        Series(
            str(measure.label),
            [_plotted(getattr(one, measure), PLAUSIBLE[measure].places) for one in points],
            spans_gaps=True,
        )
        for measure in measures
    ]
    every = [value for line in series for value in line.values if value is not None]
    lowest, highest = math.floor(min(every)) - 1, math.ceil(max(every)) + 1
    began, length = points[0].measured_at, (points[-1].measured_at - points[0].measured_at).total_seconds() or 1
    title = str(measures[0].label) if len(measures) == 1 else _("Tekanan darah")
    return LineChart(
        title=title,
        labels=[f"{timezone.localtime(one.measured_at):%d/%m %H.%M}" for one in points],
        series=series,
        unit=str(PLAUSIBLE[measures[0]].unit),
        label_title=_("Waktu"),
        positions=[(one.measured_at - began).total_seconds() / length for one in points],
        axis=(lowest, highest + (lowest - highest) % 4),
        height=140,
    )


def _plotted(value: Decimal | int | None, places: int) -> float | None:
    return None if value is None else float(value) if places else int(value)


@dataclass(frozen=True, slots=True)
class ToldVisit:
    """A visit or a call as a line of a list; ``resident`` where the list is of a ward."""

    visit: Visit
    status: Status
    hint: str
    resident: Resident | None = None


_VISIT_TONES: Final[Mapping[str, tuple[Tone, str]]] = {
    "": ("info", "clock"),
    VisitOutcome.KEPT: ("good", "check"),
    VisitOutcome.REFUSED_BY_RESIDENT: ("warn", "x"),
    VisitOutcome.REFUSED_BY_HOUSE: ("bad", "x"),
    VisitOutcome.CANCELLED: ("neutral", "x"),
    VisitOutcome.NOT_KEPT: ("warn", "alert-circle"),
}


def told_visit(visit: Visit, resident: Resident | None = None) -> ToldVisit:
    tone, icon = _VISIT_TONES[visit.outcome]
    words = VisitOutcome(visit.outcome).label if visit.outcome else pgettext("kunjungan", "Diharapkan")
    if visit.withdrawn_at is not None:
        words, tone, icon = pgettext("kunjungan", "Dicabut"), "neutral", "x"
    return ToldVisit(visit, Status(str(words), tone, icon), _visit_hint(visit), resident)


def visit_in_a_line(visit: Visit) -> str:
    """Who, how and when."""
    return f"{visit.who} · {visit.get_kind_display()} · {waktu(visit.when)}"


def _visit_hint(visit: Visit) -> str:
    """Reason, who decided, what was brought, who wrote it; in one line."""
    by = visit.withdrawn_by if visit.withdrawn_at is not None else visit.concluded_by or visit.written_by
    parts = [
        visit.withdrawn_reason or visit.reason,
        _("diputuskan oleh %s") % visit.decided_by if visit.decided_by else "",
        _("meski ada larangan") if visit.is_despite_bar else "",
        _("membawa sesuatu") if visit.is_something_brought else "",
        by.full_name if by else "",
    ]
    return " · ".join(part for part in parts if part)


def weekdays(days: Iterable[int]) -> str:
    """Setiap hari; Senin–Jumat; Senin, Rabu."""
    found = sorted(days)
    if len(found) == len(WEEKDAYS):
        return _("Setiap hari")
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
        return f"{WEEKDAYS[found[0]]}–{WEEKDAYS[found[-1]]}"
    return ", ".join(str(WEEKDAYS[day]) for day in found)


@dataclass(frozen=True, slots=True)
class ToldSlot:
    """A line of a day's timetable; ``who`` where it is one resident's own, by what paper may say of them."""

    slot: Slot
    who: str = ""
    is_now: bool = False

    @property
    def where(self) -> str:
        """Place, leader, and what is otherwise."""
        one = self.slot
        usual = _("biasanya %s") % f"{one.usual_from:%H.%M}" if one.usual_from else ""
        return " · ".join(part for part in (one.place, one.leader, usual, one.reason) if part)

    @property
    def status(self) -> Status | None:
        if self.slot.is_replaced:
            return Status(_("Kegiatan sendiri"), "neutral")
        if self.slot.change is not None:
            return Status(str(self.slot.change.label), "bad" if self.slot.is_cancelled else "warn")
        return Status(pgettext("jadwal", "Sekarang"), "primary", "clock") if self.is_now else None


def told_slots(
    slots: Iterable[Slot], *, here: Mapping[UUID, Resident] | None = None, at: time | None = None
) -> list[ToldSlot]:
    """``at`` is the hour it is, on the page of today."""
    return [
        ToldSlot(
            one,
            here[one.stay_id].on_paper if here and one.stay_id is not None and one.stay_id in here else "",
            at is not None and one.takes_place and one.from_time <= at < one.until_time,
        )
        for one in slots
    ]
