"""Building a house: its buildings, wards, rooms and beds; what leaves it, and what cannot be used for a while."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, FormPage, written
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.permissions import may
from serasi.common.components import Cell, Column, Link, Table
from serasi.common.forms import ActForm
from serasi.residence import operations, presenters
from serasi.residence.forms.house import (
    BedForm,
    BedsForm,
    BuildingForm,
    LastDayForm,
    OutageForm,
    PutBackForm,
    RoomChangeForm,
    RoomForm,
    WardChangeForm,
    WardForm,
)
from serasi.residence.models import Bed, BedOutage, Building, Room, Ward
from serasi.residence.permissions import BUILD_HOUSE, CLOSE_BED
from serasi.residence.queries import day_at


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


# --- The house at a glance -------------------------------------------------------------------------------------------


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
    return render(request, "residence/houses.html", {"table": table, "trail": _trail(None)})


@open_to(BUILD_HOUSE)
@require_safe
def house(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    reader, unit = _unit(request, unit_id, BUILD_HOUSE)
    context = {
        "unit": unit,
        "buildings": _plan(unit),
        "may_build": may(reader, BUILD_HOUSE, on=unit),
        "trail": [*_trail(None), Link(_("Tata rumah"))],
    }
    return render(request, "residence/house.html", context)


def _plan(unit: Unit) -> list[BuildingPlan]:
    """What is in use today, building by building. Five statements."""
    now = timezone.now()
    today = day_at(unit, now)
    buildings = {one.pk: BuildingPlan(one) for one in Building.objects.of(unit)}
    wards = {}
    for ward in Ward.objects.of(unit).open_on(today):
        wards[ward.pk] = WardPlan(ward, presenters.whom_for(ward))
        buildings[ward.building_id].wards.append(wards[ward.pk])
    rooms = {}
    for room in Room.objects.of(unit).open_on(today):
        rooms[room.pk] = RoomPlan(room)
        wards[room.ward_id].rooms.append(rooms[room.pk])
    out = {one.bed_id: one for one in BedOutage.objects.at(now).of(unit)}
    for bed in Bed.objects.of(unit).in_service_on(today):
        rooms[bed.room_id].beds.append((bed, out.get(bed.pk)))
    return list(buildings.values())


# --- Opening parts of it ---------------------------------------------------------------------------------------------


def _trail(unit: Unit | None, *more: Link) -> list[Link]:
    links = [Link(_("Hunian"), reverse("residence:boards"))]
    if unit is not None:
        links.append(Link(_("Tata rumah"), reverse("residence:house", args=[unit.pk])))
    return [*links, *more]


def _unit(request: HttpRequest, pk: UUID, *codes: str) -> tuple[User, Unit]:
    reader = signed_in(request)
    unit = next(
        (found for code in codes if (found := Unit.objects.reached_by(reader, code).filter(pk=pk).first())), None
    )
    if unit is None:
        raise Http404
    return reader, unit


def _part(request: HttpRequest, found: QuerySet[Any], pk: UUID, code: str) -> tuple[User, Any]:
    """A part of a house that this user may change; otherwise a 404 that does not say why."""
    reader, part = signed_in(request), get_object_or_404(found, pk=pk)
    if not may(reader, code, on=part):
        raise Http404
    return reader, part


def _building(request: HttpRequest, pk: UUID) -> tuple[User, Building]:
    return _part(request, Building.objects.select_related("unit"), pk, BUILD_HOUSE)


def _ward(request: HttpRequest, pk: UUID) -> tuple[User, Ward]:
    return _part(request, Ward.objects.select_related("unit", "building"), pk, BUILD_HOUSE)


def _room(request: HttpRequest, pk: UUID) -> tuple[User, Room]:
    return _part(request, Room.objects.select_related("ward__unit"), pk, BUILD_HOUSE)


def _bed(request: HttpRequest, pk: UUID, code: str) -> tuple[User, Bed]:
    return _part(request, Bed.objects.select_related("room__ward__unit"), pk, code)


def _answer(
    request: HttpRequest,
    of: Unit,
    form: ActForm,
    act: Callable[..., Any],
    *,
    title: str,
    done: str,
    button: str = "",
    lead: str = "",
    back: str = "",
    **facts: Any,
) -> HttpResponse:
    back = back or reverse("residence:house", args=[of.pk])
    page = FormPage(title, button or _("Simpan"), back, lead, caption=of.name, trail=[*_trail(None), Link(title)])
    return written(request, form, act, page=page, done=done, **facts)


def _initial(record: Any, form: type[ActForm]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in (*form.base_fields, "revision")}


# --- Adding ----------------------------------------------------------------------------------------------------------


@open_to(BUILD_HOUSE)
@require_http_methods(WRITES)
def add_building(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    _reader, unit = _unit(request, unit_id, BUILD_HOUSE)
    form = BuildingForm(request.POST or None)
    return _answer(
        request,
        unit,
        form,
        operations.add_building,
        unit=unit,
        title=_("Tambah gedung"),
        done=_("Gedung ditambahkan."),
    )


@open_to(BUILD_HOUSE)
@require_http_methods(WRITES)
def add_ward(request: HttpRequest, building_id: UUID) -> HttpResponse:
    _reader, building = _building(request, building_id)
    form = WardForm(request.POST or None)
    return _answer(
        request,
        building.unit,
        form,
        operations.add_ward,
        building=building,
        title=_("Tambah wisma"),
        done=_("Wisma ditambahkan."),
        lead=building.name,
    )


@open_to(BUILD_HOUSE)
@require_http_methods(WRITES)
def add_room(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    _reader, ward = _ward(request, ward_id)
    form = RoomForm(request.POST or None)
    return _answer(
        request,
        ward.unit,
        form,
        operations.add_room,
        ward=ward,
        position=ward.rooms.count() + 1,
        title=_("Tambah kamar"),
        done=_("Kamar ditambahkan."),
        lead=ward.name,
    )


@open_to(BUILD_HOUSE)
@require_http_methods(WRITES)
def add_beds(request: HttpRequest, room_id: UUID) -> HttpResponse:
    _reader, room = _room(request, room_id)
    form = BedsForm(request.POST or None)
    return _answer(
        request,
        room.ward.unit,
        form,
        operations.add_beds,
        room=room,
        title=_("Tambah tempat tidur"),
        done=_("Tempat tidur ditambahkan."),
        lead=f"{room.ward.name}, {room.name}",
    )


# --- Changing --------------------------------------------------------------------------------------------------------


@open_to(BUILD_HOUSE)
@require_http_methods(WRITES)
def change_ward(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    _reader, ward = _ward(request, ward_id)
    form = WardChangeForm(request.POST or None, initial=_initial(ward, WardChangeForm))
    return _answer(
        request,
        ward.unit,
        form,
        operations.change_ward,
        ward=ward,
        title=_("Ubah wisma"),
        done=_("Wisma diubah."),
        lead=ward.name,
    )


@open_to(BUILD_HOUSE)
@require_http_methods(WRITES)
def change_room(request: HttpRequest, room_id: UUID) -> HttpResponse:
    _reader, room = _room(request, room_id)
    form = RoomChangeForm(request.POST or None, initial=_initial(room, RoomChangeForm))
    return _answer(
        request,
        room.ward.unit,
        form,
        operations.change_room,
        room=room,
        title=_("Ubah kamar"),
        done=_("Kamar diubah."),
        lead=f"{room.ward.name}, {room.name}",
    )


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
    outage = BedOutage.objects.at(timezone.now()).filter(bed=found).select_related("written_by").first()
    title = _bed_words(found)
    context = {
        "bed": found,
        "title": title,
        "unit": unit,
        "outage": outage,
        "properties": presenters.property_words(found.properties),
        "may_build": may_build,
        "may_close": may_close,
        "trail": _trail(unit if may_build else None, Link(title)),
    }
    return render(request, "residence/bed.html", context)


def _bed_words(one: Bed) -> str:
    return presenters.place_words(one.room.ward.name, one.room.name, one.label)


@open_to(BUILD_HOUSE)
@require_http_methods(WRITES)
def change_bed(request: HttpRequest, bed_id: UUID) -> HttpResponse:
    _reader, found = _bed(request, bed_id, BUILD_HOUSE)
    form = BedForm(request.POST or None, initial=_initial(found, BedForm))
    return _answer(
        request,
        found.room.ward.unit,
        form,
        operations.change_bed,
        bed=found,
        title=_("Ubah tempat tidur"),
        done=_("Tempat tidur diubah."),
        lead=_bed_words(found),
    )


# --- Out of use ------------------------------------------------------------------------------------------------------


@open_to(BUILD_HOUSE)
@require_http_methods(WRITES)
def close_ward(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    _reader, ward = _ward(request, ward_id)
    return _close(
        request,
        ward.unit,
        operations.close_ward,
        ward=ward,
        title=_("Tutup wisma"),
        done=_("Wisma ditutup."),
        lead=ward.name,
    )


@open_to(BUILD_HOUSE)
@require_http_methods(WRITES)
def close_room(request: HttpRequest, room_id: UUID) -> HttpResponse:
    _reader, room = _room(request, room_id)
    return _close(
        request,
        room.ward.unit,
        operations.close_room,
        room=room,
        title=_("Tutup kamar"),
        done=_("Kamar ditutup."),
        lead=f"{room.ward.name}, {room.name}",
    )


@open_to(BUILD_HOUSE)
@require_http_methods(WRITES)
def close_bed(request: HttpRequest, bed_id: UUID) -> HttpResponse:
    _reader, found = _bed(request, bed_id, BUILD_HOUSE)
    return _close(
        request,
        found.room.ward.unit,
        operations.close_bed,
        bed=found,
        title=_("Hapus dari rumah"),
        done=_("Tempat tidur tidak lagi dihitung."),
        lead=_bed_words(found),
    )


def _close(
    request: HttpRequest, unit: Unit, act: Callable[..., Any], *, title: str, done: str, lead: str, **part: Any
) -> HttpResponse:
    form = LastDayForm(request.POST or None)
    return _answer(request, unit, form, act, title=title, done=done, lead=lead, button=title, **part)


@open_to(CLOSE_BED)
@require_http_methods(WRITES)
def put_out_of_order(request: HttpRequest, bed_id: UUID) -> HttpResponse:
    _reader, found = _bed(request, bed_id, CLOSE_BED)
    form = OutageForm(request.POST or None)
    return _answer(
        request,
        found.room.ward.unit,
        form,
        operations.put_out_of_order,
        bed=found,
        title=_("Tidak dapat dipakai"),
        done=_("Tempat tidur dinyatakan tidak dapat dipakai."),
        lead=_bed_words(found),
        back=reverse("residence:bed", args=[found.pk]),
    )


@open_to(CLOSE_BED)
@require_http_methods(["POST"])
def put_back(request: HttpRequest, bed_id: UUID) -> HttpResponse:
    _reader, found = _bed(request, bed_id, CLOSE_BED)
    outage = BedOutage.objects.at(timezone.now()).filter(bed=found).first()
    if outage is None:
        messages.info(request, _("Tempat tidur ini sudah dapat dipakai."))
        return redirect("residence:bed", bed_id=found.pk)
    form = PutBackForm(request.POST)
    return _answer(
        request,
        found.room.ward.unit,
        form,
        operations.put_back,
        outage=outage,
        title=_("Dapat dipakai lagi"),
        done=_("Tempat tidur dapat dipakai lagi."),
        lead=_bed_words(found),
        back=reverse("residence:bed", args=[found.pk]),
    )
