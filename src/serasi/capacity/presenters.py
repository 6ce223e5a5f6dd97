"""How expected numbers and reasons look: whole people, ranges, words."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serasi.capacity.models import Forecast
from serasi.capacity.queries import HouseAhead, Places
from serasi.common.components import Cell, Column, LineChart, Series, Status, Table


def range_words(one: Forecast) -> str:
    return f"{number_format(round(one.low), force_grouping=True)}–{number_format(round(one.high), force_grouping=True)}"


def chart(ahead: Sequence[Forecast], *, room: int | None) -> LineChart:
    """Today and the days ahead: the expected number between the least and the most, and the beds there are."""
    first = ahead[0]
    days = [0, *(one.horizon for one in ahead)]
    series = [
        Series(_("Perkiraan"), [first.present, *(round(one.expected) for one in ahead)]),
        Series(_("Paling sedikit"), [first.present, *(round(one.low) for one in ahead)]),
        Series(_("Paling banyak"), [first.present, *(round(one.high) for one in ahead)]),
    ]
    if room:
        series.append(Series(_("Tempat tidur"), [room] * len(days)))
    return LineChart(
        title=_("Penghuni yang diperkirakan"),
        labels=[_("Hari ini"), *(ngettext("%d hari", "%d hari", one.horizon) % one.horizon for one in ahead)],
        series=series,
        unit=_("orang"),
        label_title=_("Kapan"),
        positions=[day / days[-1] for day in days],
    )


def error_words(one: Forecast) -> str:
    """How wrong this reckoning was on days of the past, beside saying that nothing changes."""
    if one.error is None or one.naive_error is None:
        return _("Belum cukup riwayat untuk diuji; rentangnya dari kebetulan saja.")
    words = _("Diuji pada %(tries)d hari di masa lalu: meleset rata-rata %(error)s orang.") % {
        "tries": one.tries,
        "error": number_format(one.error, 1),
    }
    if not one.naive_error:
        return words
    ratio = one.error / one.naive_error
    more = (
        _("Bila dikira tetap seperti hari itu, melesetnya %s orang.")
        if ratio < 1
        else _("Mengira tetap seperti hari itu meleset %s orang: untuk rumah ini prakiraan belum lebih baik.")
    )
    return f"{words} {more % number_format(one.naive_error, 1)}"


def kinds_table(found: Sequence[Forecast]) -> Table:
    """One row for each kind: people now, and what is expected on each day ahead with its range."""
    rows: dict[str, list[Forecast]] = {}
    for one in found:
        if one.kind is not None:
            rows.setdefault(str(one.kind), []).append(one)
    horizons = sorted({one.horizon for one in found})
    return Table(
        columns=[
            Column(_("Jenis PPKS")),
            Column(_("Sekarang"), number=True),
            *(Column(ngettext("%d hari", "%d hari", days) % days, number=True) for days in horizons),
        ],
        rows=[
            [name, ahead[0].present, *(Cell(round(one.expected), sub=range_words(one)) for one in ahead)]
            for name, ahead in rows.items()
        ],
    )


def said_table(said: Sequence[tuple[Forecast, int]]) -> Table:
    """What was said for a day, and what came."""
    return Table(
        columns=[
            Column(_("Dihitung pada")),
            Column(_("Perkiraan"), number=True),
            Column(_("Rentang"), number=True),
            Column(_("Yang terjadi"), number=True),
            Column(_("Keadaan")),
        ],
        rows=[
            [
                date_format(one.made_on, "SHORT_DATE_FORMAT"),
                round(one.expected),
                range_words(one),
                came,
                Status(_("dalam rentang"), "good")
                if round(one.low) <= came <= round(one.high)
                else Status(_("di luar rentang"), "warn"),
            ]
            for one, came in said
        ],
    )


def houses_table(houses: Sequence[HouseAhead], *, url_of: Any) -> Table:
    """All houses on one page, the fullest first."""
    horizons = sorted({one.horizon for house in houses for one in house.ahead})
    return Table(
        columns=[
            Column(_("Rumah")),
            Column(_("Penghuni"), number=True),
            Column(_("Tempat tidur"), number=True),
            Column(_("Kapasitas"), number=True),
            *(Column(ngettext("%d hari", "%d hari", days) % days, number=True) for days in horizons),
            Column(_("Menunggu"), number=True),
            Column(_("Keadaan")),
        ],
        rows=[_house_row(house, horizons, url_of(house.unit)) for house in houses],
    )


def _house_row(house: HouseAhead, horizons: Sequence[int], url: str) -> list[Any]:
    ahead = {one.horizon: one for one in house.ahead}
    return [
        Cell(house.unit.name, url=url),
        house.census.total,
        house.places.beds or "–",
        house.recorded or "–",
        *(
            Cell(round(ahead[days].expected), sub=range_words(ahead[days])) if days in ahead else "–"
            for days in horizons
        ),
        house.waiting,
        house_status(house),
    ]


def house_status(house: HouseAhead) -> Status:
    """Full now, full soon, or room."""
    room = house.room
    if room is None:
        return Status(_("Tempat belum dicatat"), "neutral")
    if house.over:
        return Status(_("%d di atas daya tampung") % house.over, "bad", "alert-circle")
    fills = house.fills_on
    if fills is not None:
        return Status(_("Penuh dalam %d hari") % fills.horizon, "warn", "clock")
    return Status(_("%d tempat") % (room - house.census.total), "good", "bed")


def free_words(places: Places) -> str:
    return ngettext("%d tempat tidur kosong", "%d tempat tidur kosong", places.free) % places.free
