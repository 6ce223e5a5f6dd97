"""The board of a house: now, tomorrow, on a day that is past; on a phone, on paper, on a wall."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.permissions import may
from serasi.common.components import Cell, Column, Link, Table
from serasi.residence import presenters
from serasi.residence.forms import BoardFilter
from serasi.residence.models import Ward
from serasi.residence.permissions import BUILD_HOUSE, CLOSE_BED, RESERVE, SEE_BOARD
from serasi.residence.queries import (
    Census,
    beds_usable,
    beginning_of,
    board,
    census_of_units,
    end_of,
    places_decreed,
)
from serasi.residence.views.loading import load_house

WALL_SECONDS = 120
"""How often a wall draws itself anew."""
MOST_AT_ONCE = 200
"""Beds and people on the floor that one page shows; a larger house opens ward by ward."""


House = Any
"""A unit, read with ``decreed``: for how many it has room by decree."""


@dataclass(frozen=True, slots=True)
class Tile:
    count: int
    label: str
    url: str
    icon: str
    tone: str = ""
    hint: str = ""


@open_to(SEE_BOARD)
@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    """The board of the one house, or all houses in numbers for whoever reaches several."""
    reader = signed_in(request)
    houses = _houses(reader, _day_asked(request))
    if len(houses) == 1:
        return _board_page(request, houses[0], reader)
    context = {
        "table": _table(houses, timezone.now()),
        "houses": houses,
        "may_build": reader.scope.has(BUILD_HOUSE),
    }
    return render(request, "residence/boards.html", context)


@open_to(SEE_BOARD)
@require_safe
def house_board(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    reader, unit = load_house(request, unit_id, decreed=places_decreed(_day_asked(request)))
    return _board_page(request, unit, reader, trail=[Link(_("Hunian"), reverse("residence:boards"))])


def _houses(reader: User, day: date) -> list[House]:
    """Units whose board this reader may see and that have a ward, with their room by decree."""
    with_wards = Ward.objects.order_by().values("unit")
    found = Unit.objects.reached_by(reader, SEE_BOARD).annotate(decreed=places_decreed(day))
    return list(found.filter(pk__in=with_wards).order_by("name"))


def _day_asked(request: HttpRequest) -> date:
    return BoardFilter(request.GET).chosen.get("hari") or timezone.localdate()


def _table(houses: list[House], now: datetime) -> Table:
    """How full each house is: people beside its room by decree and by beds. Two statements, and a row for all."""
    if not houses:
        return Table(columns=[], rows=[])
    today = timezone.localdate(now)
    counted = census_of_units(units=houses, at=now)
    usable = beds_usable(units=houses, at=now, day=today)
    labels = (
        _("Penghuni"),
        _("Kapasitas"),
        _("Tempat tidur"),
        _("Melebihi"),
        _("Di tempat"),
        _("Di luar"),
        _("Di lantai"),
    )
    rows: list[list[Any]] = []
    numbers: list[list[int]] = []
    for unit in houses:
        found, beds = counted.get(unit.pk, Census()), usable.get(unit.pk, 0)
        over = max(found.total - found.without_place - beds, 0)
        out = found.leave + found.hospital + found.absconded
        numbers.append([found.total, unit.decreed or 0, beds, over, found.present, out, found.on_floor])
        rows.append(
            [
                Cell(unit.name, url=reverse("residence:board", args=[unit.pk])),
                found.total,
                unit.decreed or "–",
                beds,
                over,
                found.present,
                Cell(out, sub=_out_words(found)),
                found.on_floor,
            ]
        )
    totals = [sum(column) for column in zip(*numbers, strict=True)]
    return Table(
        columns=[Column(_("Rumah")), *(Column(label, number=True) for label in labels)],
        rows=rows,
        total=[_("Jumlah"), *(total or "–" if place == 1 else total for place, total in enumerate(totals))],
    )


def _out_words(found: Census) -> str:
    """Who is out, and how: nothing where nobody is."""
    told = ((_("izin"), found.leave), (_("rumah sakit"), found.hospital), (_("tanpa izin"), found.absconded))
    return ", ".join(f"{words} {count}" for words, count in told if count)


def _board_page(request: HttpRequest, unit: House, reader: User, trail: list[Link] | None = None) -> HttpResponse:
    now = timezone.now()
    form = BoardFilter(request.GET)
    at = _moment(unit, form.chosen, now)
    found = board(unit=unit, at=at, reader=reader)
    form.offer([(str(ward.ward_id), ward.name) for ward in found.wards])
    chosen = form.chosen
    is_wall = request.GET.get("layar") == "1"
    kind = chosen.get("tampil", "")
    counted = presenters.numbers(found)
    asked = request.GET.copy()
    is_narrowed = bool(kind or chosen.get("wisma"))
    is_folded = not (is_narrowed or "semua" in asked) and counted.usable + counted.floor > MOST_AT_ONCE
    context = {
        "unit": unit,
        "at": at,
        "is_now": at == now,
        "tomorrow": now.astimezone(ZoneInfo(unit.time_zone)).date() + timedelta(days=1),
        "is_ahead": at > now,
        "filter": form,
        "numbers": counted,
        "tiles": _tiles(request, counted, unit.decreed),
        "wards": presenters.wards_shown(
            found, ward_id=chosen.get("wisma", ""), kind=kind, is_wall=is_wall, with_rooms=not is_folded
        ),
        "is_folded": is_folded,
        "asked": f"{asked.urlencode()}&" if asked else "",
        "has_wards": bool(found.wards),
        "wall_url": f"?{urlencode({'layar': 1} | ({'wisma': chosen['wisma']} if 'wisma' in chosen else {}))}",
        "is_narrowed": is_narrowed,
        "without_place": [presenters.person_mark(one, is_wall=is_wall) for one in found.without_place],
        "expected": found.expected,
        "trail": trail,
        "may_build": may(reader, BUILD_HOUSE, on=unit),
        "may_reserve": may(reader, RESERVE, on=unit),
        "may_close_bed": not is_wall and may(reader, CLOSE_BED, on=unit),
    }
    if not is_wall:
        return render(request, "residence/board.html", context)
    response = render(request, "residence/wall.html", context)
    response["Refresh"] = str(WALL_SECONDS)
    return response


def _moment(unit: Unit, chosen: dict[str, Any], now: datetime) -> datetime:
    """The moment that is asked for, in the house's own time: now; a day at an hour; or else the end of that day."""
    day, hour = chosen.get("hari"), chosen.get("pukul")
    today = now.astimezone(ZoneInfo(unit.time_zone)).date()
    if hour is not None:
        return datetime.combine(day or today, hour, tzinfo=ZoneInfo(unit.time_zone))
    if day is None or day == today:
        return now
    return end_of(unit, day) if day < today else beginning_of(unit, day)


def _tiles(request: HttpRequest, found: presenters.Numbers, decreed: int | None) -> list[Tile]:
    """Each number leads to the board narrowed to it, on the day that is being looked at. ``decreed`` is for how many
    the house has room by decree."""

    def url(kind: str) -> str:
        asked = request.GET.copy()
        asked.pop("tampil", None)
        if kind:
            asked["tampil"] = kind
        return f"{request.path}?{asked.urlencode()}#papan"

    counts = asdict(found)
    lines = (
        ("people", _("Penghuni"), "", "users", ""),
        ("present", _("Di tempat"), "present", "user", ""),
        ("leave", _("Izin"), "leave", "walk", "info"),
        ("hospital", _("Rumah sakit"), "hospital", "building-hospital", "warn"),
        ("absconded", _("Pergi tanpa izin"), "absconded", "alert-triangle", "bad"),
        ("free", _("Tempat kosong"), "free", "bed", "good"),
        ("floor", _("Di lantai"), "floor", "bed-flat", "warn"),
    )
    hints = {"people": _("kapasitas menurut ketetapan %d") % decreed if decreed else ""}
    tiles = [
        Tile(counts[name], label, url(kind), icon, tone if counts[name] else "", hints.get(name, ""))
        for name, label, kind, icon, tone in lines
    ]
    hint = _("dihitung per wisma, dari %d tempat tidur") % found.usable
    return [*tiles, Tile(found.over, _("Melebihi tempat tidur"), "", "alert-circle", "bad" if found.over else "", hint)]
