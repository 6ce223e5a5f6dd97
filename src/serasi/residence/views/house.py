"""The house at a glance: its buildings, wards, rooms and beds; its room by decree and by beds; one bed."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.models import Unit
from serasi.access.permissions import may
from serasi.common.components import Cell, Column, Fact, Link, Table
from serasi.residence import presenters
from serasi.residence.models import Bed, BedOutage, Building, Room, Ward
from serasi.residence.permissions import BUILD_HOUSE, CLOSE_BED
from serasi.residence.queries import census, criteria_now, day_at, places_decreed
from serasi.residence.registry import house_tools


@dataclass(slots=True)
class RoomPlan:
    room: Room
    beds: list[tuple[Bed, BedOutage | None]] = field(default_factory=list)


@dataclass(slots=True)
class WardPlan:
    ward: Ward
    whom: str
    rooms: list[RoomPlan] = field(default_factory=list)

    @property
    def beds(self) -> int:
        return sum(len(room.beds) for room in self.rooms)


@dataclass(slots=True)
class BuildingPlan:
    building: Building
    wards: list[WardPlan] = field(default_factory=list)

    @property
    def beds(self) -> list[tuple[Bed, BedOutage | None]]:
        return [bed for ward in self.wards for room in ward.rooms for bed in room.beds]


def trail(unit: Unit | None, *more: Link) -> list[Link]:
    links = [Link(_("Hunian"), reverse("residence:boards"))]
    if unit is not None:
        links.append(Link(_("Tata rumah"), reverse("residence:house", args=[unit.pk])))
    return [*links, *more]


@open_to(BUILD_HOUSE)
@require_safe
def houses(request: HttpRequest) -> HttpResponse:
    """Which house to build; the one, when there is only one."""
    units = list(Unit.objects.reached_by(signed_in(request), BUILD_HOUSE).filter(closed_on=None).order_by("name"))
    if len(units) == 1:
        return redirect("residence:house", unit_id=units[0].pk)
    table = Table(
        columns=[Column(_("Unit")), Column(_("Jenis"))],
        rows=[
            [Cell(unit.name, url=reverse("residence:house", args=[unit.pk])), unit.get_kind_display()] for unit in units
        ],
    )
    return render(request, "residence/houses.html", {"table": table, "trail": trail(None)})


@open_to(BUILD_HOUSE)
@require_safe
def house(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    reader = signed_in(request)
    found = Unit.objects.reached_by(reader, BUILD_HOUSE).annotate(decreed=places_decreed(timezone.localdate()))
    unit: Any = get_object_or_404(found, pk=unit_id)
    buildings = _plan(unit)
    context = {
        "unit": unit,
        "buildings": buildings,
        "facts": _room_for_people(unit, buildings, unit.decreed),
        "criteria": presenters.criteria_facts(criteria_now(unit)),
        "tools": [
            (tool, reverse(tool.url_name, args=[unit.pk]))
            for tool in house_tools()
            if may(reader, tool.permission, on=unit)
        ],
        "trail": trail(None, Link(_("Tata rumah"))),
    }
    return render(request, "residence/house.html", context)


def _plan(unit: Unit) -> list[BuildingPlan]:
    """What is in use today, building by building. Five statements."""
    now = timezone.now()
    today = day_at(unit, now)
    buildings = {one.pk: BuildingPlan(one) for one in Building.objects.of(unit).open_on(today)}
    wards = {}
    for ward in Ward.objects.of(unit).open_on(today).filter(building__in=list(buildings)):
        wards[ward.pk] = WardPlan(ward, presenters.whom_for(ward))
        buildings[ward.building_id].wards.append(wards[ward.pk])
    rooms = {}
    for room in Room.objects.of(unit).open_on(today).filter(ward__in=list(wards)):
        rooms[room.pk] = RoomPlan(room)
        wards[room.ward_id].rooms.append(rooms[room.pk])
    out = {one.bed_id: one for one in BedOutage.objects.at(now).of(unit)}
    for bed in Bed.objects.of(unit).in_service_on(today).filter(room__in=list(rooms)):
        rooms[bed.room_id].beds.append((bed, out.get(bed.pk)))
    return list(buildings.values())


def _room_for_people(unit: Unit, buildings: list[BuildingPlan], decreed: int | None) -> list[Fact]:
    """Room by decree, by beds, and how many there are: three numbers that are seldom alike."""
    beds = [outage for building in buildings for _bed, outage in building.beds]
    usable = sum(outage is None for outage in beds)
    return [
        Fact(_("Kapasitas menurut ketetapan"), _("%d orang") % decreed if decreed else _("Belum dicatat")),
        Fact(_("Tempat tidur"), _("%(beds)d, %(usable)d dapat dipakai") % {"beds": len(beds), "usable": usable}),
        Fact(_("Penghuni sekarang"), _("%d orang") % census(unit=unit, at=timezone.now()).total),
    ]


@open_to(BUILD_HOUSE, CLOSE_BED)
@require_safe
def bed(request: HttpRequest, bed_id: UUID) -> HttpResponse:
    """One bed: whether it can be used, since when not and why; and what may be done about it."""
    reader = signed_in(request)
    found = get_object_or_404(Bed.objects.select_related("room__ward__unit"), pk=bed_id)
    may_build, may_close = may(reader, BUILD_HOUSE, on=found), may(reader, CLOSE_BED, on=found)
    if not (may_build or may_close):
        raise Http404
    unit = found.room.ward.unit
    title = presenters.part_words(found)
    context = {
        "bed": found,
        "title": title,
        "unit": unit,
        "outage": BedOutage.objects.at(timezone.now()).filter(bed=found).select_related("written_by").first(),
        "properties": presenters.property_words(found.properties),
        "may_build": may_build,
        "may_close": may_close,
        "trail": trail(unit if may_build else None, Link(title)),
    }
    return render(request, "residence/bed.html", context)
