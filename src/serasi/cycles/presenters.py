"""How cycles, reviews and ratings are worded and arranged on pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from serasi.cases.enums import GoalResult
from serasi.common.components import Cell, Column, LineChart, Series, Status, Table, Tone
from serasi.cycles.enums import Due, ReviewKind, Step, Voice
from serasi.cycles.models import DomainSet, GoalOutcome
from serasi.cycles.queries import DomainCurve, ReviewStand, Turn

_DUE: dict[Due, tuple[Tone, str]] = {
    Due.HELD: ("good", "check"),
    Due.LATE: ("bad", "alert-circle"),
    Due.SOON: ("warn", "clock"),
    Due.LATER: ("neutral", ""),
    Due.MISSED: ("neutral", "x"),
}
_RESULTS: dict[str, tuple[Tone, str]] = {
    GoalResult.ACHIEVED: ("good", "check"),
    GoalResult.PARTLY: ("info", ""),
    GoalResult.NOT_YET: ("warn", ""),
}


def due_status(due: Due) -> Status:
    tone, icon = _DUE[due]
    return Status(str(due.label), tone, icon)


def result_status(result: str) -> Status:
    tone, icon = _RESULTS[result]
    return Status(str(GoalResult(result).label), tone, icon)


def turn_status(turn: Turn, today: date) -> Status:
    cycle = turn.cycle
    if cycle.is_void:
        return Status(_("Keliru dimulai"), "neutral", "x")
    if turn.is_closed:
        return Status(_("Selesai ditinjau"), "good", "check")
    if cycle.ended_on:
        return Status(_("Diakhiri lebih awal"), "neutral", "flag")
    if turn.next and turn.next.due == Due.LATE:
        return Status(_("Tinjauan terlambat"), "bad", "alert-circle")
    if cycle.starts_on > today:
        return Status(_("Belum mulai"), "neutral", "clock")
    return Status(_("Berjalan"), "info", "refresh")


def turn_title(turn: Turn) -> str:
    return _("Siklus %(number)d") % {"number": turn.number} if turn.number else _("Siklus yang keliru")


@dataclass(frozen=True, slots=True)
class TurnRow:
    """One cycle on a page: its name, how it stands, its reviews and what became of its goals."""

    turn: Turn
    title: str
    status: Status
    reviews: Sequence[tuple[ReviewStand, Status]]
    outcomes: Sequence[tuple[GoalOutcome, Status]]


def turn_row(turn: Turn, today: date) -> TurnRow:
    return TurnRow(
        turn,
        turn_title(turn),
        turn_status(turn, today),
        [(one, due_status(one.due)) for one in turn.reviews],
        [(one, result_status(one.result)) for one in turn.outcomes],
    )


def short(day: date) -> str:
    return date_format(day, "j M Y")


# --- The curve


@dataclass(frozen=True, slots=True)
class Curves:
    """One set of domains over time: compared with the own start, then drawn domain by domain."""

    domain_set: DomainSet
    change: Table
    charts: Sequence[LineChart]


def curves_page(domain_set: DomainSet, curves: Sequence[DomainCurve], turns: Sequence[Turn]) -> Curves:
    rated = [one for one in curves if one.points]
    return Curves(domain_set, _change(rated), _charts(rated, turns))


def _change(curves: Sequence[DomainCurve]) -> Table:
    return Table(
        caption=_("Dibandingkan dengan awalnya sendiri"),
        columns=[
            Column(_("Ranah")),
            Column(_("Kata siapa")),
            Column(_("Nilai pertama")),
            Column(_("Nilai sekarang")),
            Column(_("Perubahan"), number=True),
        ],
        rows=[
            [
                str(curve.domain),
                str(voice.label),
                Cell(str(points[0].step), sub=short(points[0].rated_on)),
                Cell(
                    str(points[-1].step), sub=f"{short(points[-1].rated_on)} · {curve.domain.anchor(points[-1].step)}"
                ),
                _moved(points[0].step, points[-1].step) if len(points) > 1 else "–",
            ]
            for curve in curves
            for voice, points in curve.by_voice.items()
        ],
    )


def _moved(first: int, latest: int) -> str:
    return f"{latest - first:+d}" if latest != first else "0"


def _charts(curves: Sequence[DomainCurve], turns: Sequence[Turn]) -> list[LineChart]:
    """Every domain on the same days, so that one looks down the page and sees the same cycle; held reviews marked."""
    days = sorted({point.rated_on for curve in curves for point in curve.points})
    if len(days) < 2:
        return []
    first, length = days[0], days[-1] - days[0]
    voices = [voice for voice in Voice if any(voice in curve.by_voice for curve in curves)]
    marks = [
        ((stand.meeting.held_on - first) / length, f"{mark_of(stand)}{turn.number}")
        for turn in turns
        for stand in turn.reviews
        if stand.meeting and first <= stand.meeting.held_on <= days[-1]
    ]
    return [
        LineChart(
            title=str(curve.domain),
            unit=_("nilai 1–5"),
            label_title=_("Tanggal"),
            labels=[short(day) for day in days],
            positions=[(day - first) / length for day in days],
            axis=(Step.ONE, Step.FIVE),
            height=180,
            marks=marks,
            series=[Series(str(voice.label), _on_days(curve, voice, days), spans_gaps=True) for voice in voices],
        )
        for curve in curves
    ]


def _on_days(curve: DomainCurve, voice: Voice, days: Sequence[date]) -> list[int | None]:
    said = {point.rated_on: point.step for point in curve.by_voice.get(voice, ())}
    return [said.get(day) for day in days]


def mark_of(stand: ReviewStand) -> str:
    """The letter of a review above a chart."""
    return {
        ReviewKind.ENTRY: _("A"),
        ReviewKind.MIDPOINT: _("T"),
        ReviewKind.CLOSING: _("P"),
    }[ReviewKind(stand.review.kind)]


@dataclass(frozen=True, slots=True)
class Growth:
    """One domain in a line: from where to where, and the small curve, by one voice."""

    name: str
    voice: str
    first: int
    latest: int
    path: str

    @property
    def words(self) -> str:
        return f"{self.first} → {self.latest}" if self.path else str(self.latest)


WIDTH, HEIGHT = 96, 28
"""Of the small curve, in pixels."""


def growth(curves: Sequence[DomainCurve]) -> list[Growth]:
    """The person's own voice where it spoke, else the first that did."""
    found = []
    for curve in curves:
        for voice, points in curve.by_voice.items():
            days = [point.rated_on for point in points]
            length = (days[-1] - days[0]).days
            path = "".join(
                f"{'L' if index else 'M'}{4 + (WIDTH - 8) * (point.rated_on - days[0]).days / length:.0f}"
                f" {HEIGHT - 4 - (HEIGHT - 8) * (point.step - 1) / 4:.0f}"
                for index, point in enumerate(points)
                if length
            )
            found.append(Growth(str(curve.domain), str(voice.label), points[0].step, points[-1].step, path))
            break
    return found
