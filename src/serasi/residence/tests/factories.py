"""A house with rooms and beds, and people who live there; everything through the operations."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from serasi.access.models import Unit, User
from serasi.cases.tests.factories import World, as_user, make_person, now
from serasi.common.identifiers import uuid7
from serasi.people.models import Person
from serasi.residence import operations as residence
from serasi.residence.models import Bed, Building, Movement, Occupancy, Room, Stay, Ward

LONG_AGO = timedelta(days=400)
BEGINNING = now().replace(microsecond=0)


@dataclass(frozen=True)
class House:
    """Wisma Mawar: one ward with rooms of two beds."""

    unit: Unit
    building: Building
    ward: Ward
    rooms: tuple[Room, ...]
    beds: tuple[Bed, ...]

    @property
    def room(self) -> Room:
        return self.rooms[0]

    @property
    def bed(self) -> Bed:
        return self.beds[0]


def ago(**length: float) -> datetime:
    """A moment that is past, the same whenever it is asked."""
    return BEGINNING - timedelta(**length)


def build(world: World, *, unit: Unit | None = None, by: User | None = None, rooms: int = 2, **ward: Any) -> House:
    unit = unit or world.panti
    by = by or (world.head if unit == world.panti else world.other_head)
    at = now() - LONG_AGO
    building = residence.add_building(id=uuid7(), unit=unit, name=f"Gedung {uuid7().hex[-6:]}", by=by, at=at)
    made = residence.add_ward(id=uuid7(), building=building, name=ward.pop("name", "Mawar"), by=by, at=at, **ward)
    with_beds = [
        residence.add_room(id=uuid7(), ward=made, name=f"Kamar {number}", position=number, beds=2, by=by, at=at)
        for number in range(1, rooms + 1)
    ]
    beds = Bed.objects.filter(room__ward=made).select_related("room__ward__unit").order_by("room__position", "label")
    return House(unit, building, made, tuple(with_beds), tuple(beds))


def admit(world: World, house: House, *, person: Person | None = None, by: User | None = None, **facts: Any) -> Stay:
    by = by or (world.owner if house.unit == world.panti else world.outsider)
    room = facts.pop("room", None)
    bed = facts.pop("bed", None if room else house.bed)
    return residence.admit(
        id=facts.pop("id", None) or uuid7(),
        person=person or make_person(world, by=by, unit=house.unit),
        unit=house.unit,
        room=room,
        bed=bed,
        purpose=facts.pop("purpose", "Pemulihan dan pemenuhan kebutuhan dasar"),
        exit_plan=facts.pop("exit_plan", "Kembali ke keluarga di Bogor"),
        happened_at=facts.pop("happened_at", None) or ago(days=10),
        by=by,
        at=facts.pop("at", None) or now(),
        **facts,
    )


def places_of(stay: Stay, *, reader: User) -> list[tuple[str, str, str]]:
    """Where a stay was, in order: state, room, bed."""
    with as_user(reader):
        rows = Occupancy.objects.filter(stay=stay).select_related("room", "bed").order_by("period")
        return [(one.state, str(one.room or "–"), str(one.bed or "–")) for one in rows]


def movements_of(stay: Stay, *, reader: User) -> list[Movement]:
    """In the order in which they were written."""
    with as_user(reader):
        rows = Movement.objects.filter(stay=stay).select_related("stay__unit", "stay__person")
        return list(rows.order_by("written_at", "happened_at"))
