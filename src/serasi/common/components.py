"""What the components of a page are given: small frozen values that presenters and views fill in.

The tags that draw them are in `templatetags/serasi.py`; `/galeri/` shows them all. A chart computes its geometry here,
so that its template holds no arithmetic: positions are percentages, and text keeps its size on a phone.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

Tone = Literal["good", "warn", "bad", "info", "neutral", "primary"]
TONES: frozenset[str] = frozenset({"good", "warn", "bad", "info", "neutral", "primary"})
PAGE_PARAMETER = "hal"

T = TypeVar("T")


@dataclass(frozen=True)
class Status:
    """A state as word and colour; the word alone must be enough."""

    label: str
    tone: Tone = "neutral"
    icon: str = ""


@dataclass(frozen=True)
class Link:
    """A place to go, in a breadcrumb or beside a fact."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Column:
    """A column of a table. `number` aligns to the right; the first column names the row, or one that `names` it too."""

    label: str
    number: bool = False
    hidden_label: bool = False
    names: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell that is more than text: a link, a second line, a state."""

    text: Any = ""
    url: str = ""
    sub: str = ""
    status: Status | None = None


@dataclass(frozen=True)
class Table:
    """Rows of cells. A cell is text, a number, safe markup, a `Cell` or a `Status`."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    caption: str = ""
    total: Sequence[Any] = ()

    @property
    def head(self) -> Sequence[Column]:
        return self.columns

    @property
    def body(self) -> list[list[tuple[Column, Cell]]]:
        return [self._row(row) for row in self.rows]

    @property
    def foot(self) -> list[tuple[Column, Cell]]:
        return self._row(self.total) if self.total else []

    def _row(self, values: Sequence[Any]) -> list[tuple[Column, Cell]]:
        return [(column, _cell(value)) for column, value in zip(self.columns, values, strict=True)]


def _cell(value: Any) -> Cell:
    if isinstance(value, Cell):
        return value
    if isinstance(value, Status):
        return Cell(status=value)
    return Cell(text="" if value is None else value)


@dataclass(frozen=True)
class Fact:
    """A term and its value, with an optional act beside it ("Ubah")."""

    term: str
    value: Any
    action: Link | None = None


@dataclass(frozen=True)
class Task:
    label: str
    url: str = ""
    status: Status | None = None
    hint: str = ""


@dataclass(frozen=True)
class Step:
    label: str
    state: Literal["done", "current", "todo"] = "todo"
    hint: str = ""
    url: str = ""


@dataclass(frozen=True)
class CaseHeader:
    """The head of a case file. `name` is what this reader may see: a full name, or initials."""

    number: str
    name: str
    url: str = ""
    states: Sequence[Status] = ()
    facts: Sequence[Fact] = ()
    restricted: bool = False


@dataclass(frozen=True)
class Difference:
    """One line of two versions side by side; `is_same` where that is known better than by the words shown."""

    label: str
    left: Any
    right: Any
    is_same: bool | None = None

    @property
    def differs(self) -> bool:
        """Nothing against nothing is no difference, whether it is None, an empty text or an empty list."""
        if self.is_same is not None and not self.stands_on:
            return not self.is_same
        return bool(_given(self.left) != _given(self.right))

    @property
    def stands_on(self) -> str:
        """The one side that says something when the other is empty: left or right."""
        left, right = _given(self.left) is not None, _given(self.right) is not None
        return "" if left == right else "left" if left else "right"


def _given(value: Any) -> Any:
    return None if value in (None, "", [], ()) else value


@dataclass(frozen=True)
class Event:
    """What happened, for a time line made of data alone."""

    title: str
    at: datetime | date | None = None
    by: str = ""
    text: str = ""
    icon: str = "note"
    tone: Tone = "primary"
    url: str = ""

    @property
    def is_moment(self) -> bool:
        """A moment of the clock, not a day."""
        return isinstance(self.at, datetime)


# --- Charts ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Segment:
    series: int
    name: str
    value: float
    x: str
    width: str
    middle: str
    labelled: bool


@dataclass(frozen=True)
class StackedBar:
    """Parts of a whole for each of several rows; a row is a label and one value per series."""

    title: str
    series: Sequence[str]
    rows: Sequence[tuple[str, Sequence[float]]]
    row_title: str = ""
    unit: str = ""

    def __post_init__(self) -> None:
        if len(self.series) > 6:
            raise ValueError("A stacked bar tells at most six parts apart; group the small ones as “Lainnya”.")

    @property
    def legend(self) -> list[tuple[int, str]]:
        return list(enumerate(self.series, start=1))

    @property
    def bars(self) -> list[tuple[str, float, list[Segment]]]:
        longest = max((sum(values) for _, values in self.rows), default=0) or 1
        bars = []
        for label, values in self.rows:
            start = 0.0
            segments = []
            for number, (name, value) in enumerate(zip(self.series, values, strict=True), start=1):
                width = 100 * value / longest
                if value:
                    segments.append(
                        Segment(
                            series=number,
                            name=name,
                            value=value,
                            x=_percent(start),
                            width=_percent(width),
                            middle=_percent(start + width / 2),
                            labelled=width >= 9,
                        )
                    )
                start += width
            bars.append((label, sum(values), segments))
        return bars

    @property
    def table(self) -> Table:
        return Table(
            columns=[
                Column(self.row_title or _("Kelompok")),
                *(Column(name, number=True) for name in self.series),
                Column(_("Jumlah"), number=True),
            ],
            rows=[[label, *values, sum(values)] for label, values in self.rows],
        )


@dataclass(frozen=True)
class Series:
    """One line of a chart. ``spans_gaps``: where a value is missing nobody was asked, and the line goes on."""

    name: str
    values: Sequence[float | None]
    spans_gaps: bool = False


@dataclass(frozen=True)
class PlottedSeries:
    number: int
    name: str
    path: str
    points: Sequence[tuple[str, str, str]]
    dashes: str

    @property
    def shape(self) -> str:
        """How its points are drawn, so that lines are told apart without colour; those of the first are round."""
        return ("", "M-4 -4H4V4H-4z", "M0 -5L5 4H-5z", "M0 -5L5 0L0 5L-5 0z", "M-5 -4H5L0 5z", "M-5 -2H5V2H-5z")[
            (self.number - 1) % 6
        ]


LETTER = 7.2
"""How wide a letter of a chart stands, in pixels."""
NARROW, WIDE = 330, 700
"""How wide the plot is on a phone, and where there is room."""


@dataclass(frozen=True)
class Tick:
    x: str
    label: str
    anchor: Literal["start", "middle", "end"]


@dataclass(frozen=True)
class LineChart:
    """How one or a few numbers moved. A missing value breaks the line: a blank is never a nought.

    ``positions`` (0 to 1, rising) put the labels where their days are; without them they stand evenly. ``axis`` is for
    a scale that begins and ends by itself, as 1 to 5, and has four lines where it is longer than eight; without it the
    axis goes from nought to a round number. ``marks`` are lines across at a position (0 to 1) with a short word above,
    for what happened then. ``figures`` is the table under the curve where the page has more to say than the values.
    """

    title: str
    labels: Sequence[str]
    series: Sequence[Series]
    unit: str = ""
    label_title: str = ""
    positions: Sequence[float] = ()
    axis: tuple[int, int] | None = None
    height: int = 220
    marks: Sequence[tuple[float, str]] = ()
    figures: Table | None = None
    _left: float = field(default=9, repr=False)
    _right: float = field(default=97, repr=False)

    @property
    def bottom_value(self) -> float:
        return self.axis[0] if self.axis else 0

    @property
    def top_value(self) -> float:
        if self.axis:
            return self.axis[1]
        highest = max((v for s in self.series for v in s.values if v is not None), default=0)
        return round_up(highest)

    @property
    def view_box(self) -> str:
        return f"0 0 1000 {self.height}"

    @property
    def svg_height(self) -> str:
        return str(self.height + 26)

    @property
    def plot_height(self) -> str:
        return str(self.height)

    @property
    def grid(self) -> list[tuple[str, str, int]]:
        """Lines across, the lowest first: position, position of the text, value."""
        top = self.top_value
        if self.axis:
            span = self.axis[1] - self.axis[0]
            values = [float(value) for value in range(self.axis[0], self.axis[1] + 1, span // 4 if span > 8 else 1)]
        else:
            values = [share * top for share in (0, 0.25, 0.5, 0.75, 1) if top % 4 == 0 or share in {0, 0.5, 1}]
        return [(_number(self._y(value)), _number(self._y(value) - 5), int(value)) for value in values]

    @property
    def ticks_narrow(self) -> list[Tick]:
        return self._ticks(NARROW)

    @property
    def ticks_wide(self) -> list[Tick]:
        return self._ticks(WIDE)

    def _ticks(self, width: float) -> list[Tick]:
        """The first and the last label, and those between that have room in a plot of this width."""
        last = len(self.labels) - 1
        room = 1.5 * 100 * LETTER * max(map(len, self.labels), default=0) / width
        shown: list[int] = []
        for index in range(last + 1):
            has_room = not shown or self._x(index) - self._x(shown[-1]) >= room
            if has_room and (index in {0, last} or self._x(last) - self._x(index) >= room):
                shown.append(index)
        return [Tick(_percent(self._x(index)), self.labels[index], self._anchor(index)) for index in shown]

    def _anchor(self, index: int) -> Literal["start", "middle", "end"]:
        x = self._x(index)
        return "start" if x < self._left + 5 else "end" if x > self._right - 5 else "middle"

    @property
    def marked(self) -> list[Tick]:
        return [Tick(_percent(self._at(share)), word, "middle") for share, word in self.marks]

    @property
    def tick_y(self) -> str:
        return str(self.height + 20)

    @property
    def lines(self) -> list[PlottedSeries]:
        dashes = ("", "7 5", "2 5", "10 4 2 4", "14 6", "4 3")
        return [self._line(n, s, dashes[(n - 1) % 6]) for n, s in enumerate(self.series, start=1)]

    def _line(self, number: int, series: Series, dashes: str) -> PlottedSeries:
        path: list[str] = []
        points = []
        pen_down = False
        for index, value in enumerate(series.values):
            if value is None:
                pen_down = pen_down and series.spans_gaps
                continue
            path.append(f"{'L' if pen_down else 'M'}{_number(self._x(index) * 10)} {_number(self._y(value))}")
            points.append((_percent(self._x(index)), _number(self._y(value)), f"{self.labels[index]}: {value:g}"))
            pen_down = True
        return PlottedSeries(number, series.name, "".join(path), points, dashes)

    def _x(self, index: int) -> float:
        return self._at(self.positions[index] if self.positions else index / max(len(self.labels) - 1, 1))

    def _at(self, share: float) -> float:
        return self._left + (self._right - self._left) * share

    def _y(self, value: float) -> float:
        share = (value - self.bottom_value) / ((self.top_value - self.bottom_value) or 1)
        return self.height - (self.height - 24) * share

    @property
    def table(self) -> Table:
        return self.figures or Table(
            columns=[Column(self.label_title or _("Waktu")), *(Column(s.name, number=True) for s in self.series)],
            rows=[
                [label, *("–" if s.values[i] is None else s.values[i] for s in self.series)]
                for i, label in enumerate(self.labels)
            ],
        )


def round_up(value: float) -> float:
    """The next number that reads well at the top of an axis: 4, 8, 10, 20, 40, 60, 80, 100, 200 …"""
    if value <= 4:
        return 4
    power: int = 10 ** math.floor(math.log10(value))
    return next(power * step for step in (1, 2, 4, 6, 8, 10) if value <= power * step)


def _percent(value: float) -> str:
    return f"{_number(value)}%"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


# --- Lists -----------------------------------------------------------------------------------------------------------


def page_of(objects: "QuerySet[Any] | Sequence[T]", query: QueryDict, *, size: int = 25) -> "Page[Any]":
    """The page that `?hal=` asks for; whatever is asked, there is an answer."""
    return Paginator(objects, size).get_page(query.get(PAGE_PARAMETER))
