"""The house: buildings, wards, rooms and beds, and beds that cannot be used."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require, save_changes
from serasi.common.identifiers import uuid7
from serasi.people.operations.refusals import whole_sight
from serasi.residence.models import Bed, BedOutage, Building, Occupancy, Room, Ward
from serasi.residence.operations.drawing import hold
from serasi.residence.permissions import BUILD_HOUSE, CLOSE_BED
from serasi.residence.queries.days import beginning_of, day_at

MOST_BEDS_AT_ONCE = 200
LONGEST_LABEL = 20


class StillLivedIn(Refused):
    """Somebody is still there, or their bed still waits for them. ``tags`` says who, by number tag."""

    def __init__(self, tags: Sequence[str]) -> None:
        super().__init__(
            _("Masih ada penghuni di sini (nomor tanda %s). Pindahkan atau selesaikan dahulu.") % ", ".join(tags)
        )
        self.tags = tuple(tags)


class BedsAtOnce(Refused):
    message = _("Tambahkan antara 1 dan 200 tempat tidur sekaligus.")


class BuildingClosed(Refused):
    message = _("Gedung ini sudah ditutup. Pilih gedung lain.")


class PlaceOnPlanTaken(Refused):
    """Two rooms would stand on one place of the floor plan."""


class NotOutOfOrder(Refused):
    message = _("Tempat tidur ini sudah dapat dipakai.")


@operation(BUILD_HOUSE, creates=Building)
def add_building(*, id: UUID, unit: Unit, name: str, by: User, at: datetime, position: int = 0) -> Building:
    """A house gets a building."""
    require(by, BUILD_HOUSE, on=unit)
    return Building.objects.create(id=id, unit=unit, name=_named(name), position=position)


@operation(BUILD_HOUSE)
def change_building(*, building: Building, name: str, position: int, revision: int, by: User, at: datetime) -> Building:
    """Name and order anew. Raises Conflict."""
    require(by, BUILD_HOUSE, on=building)
    save_changes(building, revision=revision, name=_named(name), position=position)
    return building


@operation(BUILD_HOUSE, creates=Ward)
def add_ward(
    *,
    id: UUID,
    building: Building,
    name: str,
    by: User,
    at: datetime,
    position: int = 0,
    sex: str = "",
    age_from: int | None = None,
    age_to: int | None = None,
    grade: str = "",
    ceiling_days: int | None = None,
    shown_capacity: int | None = None,
) -> Ward:
    """A building gets a ward, for whom it is and how long one may stay there. Raises BuildingClosed."""
    require(by, BUILD_HOUSE, on=building)
    if building.closed_on is not None:
        raise BuildingClosed
    return Ward.objects.create(
        id=id,
        unit=building.unit,
        building=building,
        name=_named(name),
        position=position,
        sex=sex,
        age_from=age_from,
        age_to=age_to,
        grade=grade,
        ceiling_days=ceiling_days,
        shown_capacity=shown_capacity,
    )


@operation(BUILD_HOUSE)
def change_ward(
    *,
    ward: Ward,
    name: str,
    sex: str,
    age_from: int | None,
    age_to: int | None,
    grade: str,
    ceiling_days: int | None,
    shown_capacity: int | None,
    revision: int,
    by: User,
    at: datetime,
) -> Ward:
    """Say anew for whom a ward is; who lives there already stays. Raises Conflict."""
    require(by, BUILD_HOUSE, on=ward)
    save_changes(
        ward,
        revision=revision,
        name=_named(name),
        sex=sex,
        age_from=age_from,
        age_to=age_to,
        grade=grade,
        ceiling_days=ceiling_days,
        shown_capacity=shown_capacity,
    )
    return ward


@operation(BUILD_HOUSE, creates=Room)
def add_room(
    *,
    id: UUID,
    ward: Ward,
    name: str,
    by: User,
    at: datetime,
    beds: int = 0,
    position: int | None = None,
    grid_row: int | None = None,
    grid_column: int | None = None,
    properties: Sequence[str] = (),
) -> Room:
    """A ward gets a room, after its others, with so many beds labelled 1, 2, 3 … in service from today."""
    require(by, BUILD_HOUSE, on=ward)
    room = Room.objects.create(
        id=id,
        ward=ward,
        name=_named(name),
        position=Room.objects.filter(ward=ward).count() + 1 if position is None else position,
        grid_row=grid_row,
        grid_column=grid_column,
        properties=list(properties),
    )
    if beds:
        labels = [str(number) for number in range(1, beds + 1)]
        add_beds(room=room, labels=labels, since=day_at(ward.unit, at), by=by, at=at)
    return room


@operation(BUILD_HOUSE)
def change_room(
    *,
    room: Room,
    name: str,
    properties: Sequence[str],
    grid_row: int | None,
    grid_column: int | None,
    revision: int,
    by: User,
    at: datetime,
) -> Room:
    """Name, properties and place on the floor plan anew. Raises Conflict."""
    require(by, BUILD_HOUSE, on=room)
    save_changes(
        room,
        revision=revision,
        name=_named(name),
        properties=list(properties),
        grid_row=grid_row,
        grid_column=grid_column,
    )
    return room


@operation(BUILD_HOUSE)
def lay_out(
    *, ward: Ward, places: Mapping[UUID, tuple[int, int] | None], revision: int, by: User, at: datetime
) -> Ward:
    """Put the rooms of a ward on its floor plan, each on a row and a column of its own, or on none.

    A room that has been closed gives up its place. Raises PlaceOnPlanTaken, and Conflict when the ward was changed
    meanwhile.
    """
    require(by, BUILD_HOUSE, on=ward)
    rooms = {room.pk: room for room in Room.objects.filter(ward=ward)}
    places = {pk: None for pk, room in rooms.items() if room.closed_on is not None} | dict(places)
    standing = {room.place_on_plan: room for room in rooms.values() if room.pk not in places and room.place_on_plan}
    for room_id, place in places.items():
        if place is not None and standing.setdefault(place, rooms[room_id]).pk != room_id:
            words = _("%(one)s dan %(other)s sama-sama di baris %(row)d kolom %(column)d. Pindahkan salah satunya.")
            names = {"one": standing[place].name, "other": rooms[room_id].name}
            raise PlaceOnPlanTaken(words % {**names, "row": place[0], "column": place[1]})
    save_changes(ward, revision=revision)
    changed = [rooms[pk] for pk, place in places.items() if rooms[pk].place_on_plan != place]
    Room.objects.filter(pk__in=[room.pk for room in changed]).update(grid_row=None, grid_column=None)
    for room in changed:
        room.grid_row, room.grid_column = places[room.pk] or (None, None)
        room.revision += 1
    Room.objects.bulk_update(changed, ["grid_row", "grid_column", "revision"])
    return ward


@operation(BUILD_HOUSE)
def add_beds(
    *, room: Room, labels: Sequence[str], since: date, by: User, at: datetime, properties: Sequence[str] = ()
) -> list[Bed]:
    """A room gets beds, all alike. Labels that are in service there already are left as they are."""
    require(by, BUILD_HOUSE, on=room)
    wanted = list(dict.fromkeys(label.strip() for label in labels if label.strip()))
    if not 0 < len(wanted) <= MOST_BEDS_AT_ONCE:
        raise BedsAtOnce(field="labels")
    there = set(Bed.objects.filter(room=room, in_service__contains=since).values_list("label", flat=True))
    first = Bed.objects.filter(room=room).count()
    return Bed.objects.bulk_create(
        Bed(
            id=uuid7(),
            room=room,
            label=label,
            position=first + place,
            properties=list(properties),
            in_service=DateRange(since, None),
        )
        for place, label in enumerate((label for label in wanted if label not in there), start=1)
    )


@operation(BUILD_HOUSE)
def change_bed(*, bed: Bed, label: str, properties: Sequence[str], revision: int, by: User, at: datetime) -> Bed:
    """Label and properties anew. Raises Conflict."""
    require(by, BUILD_HOUSE, on=bed)
    save_changes(bed, revision=revision, label=_named(label), properties=list(properties))
    return bed


@operation(BUILD_HOUSE)
def close_bed(*, bed: Bed, last_day: date, by: User, at: datetime) -> Bed:
    """A bed leaves the house after a day. Raises StillLivedIn when someone is, or was, in it after that."""
    require(by, BUILD_HOUSE, on=bed)
    if last_day < bed.in_service.lower:
        raise Refused(_("Hari terakhir tidak boleh sebelum tempat tidur ini mulai dipakai."), field="last_day")
    hold(bed)
    _refuse_lived_in(_from_after(bed.room.ward.unit, last_day), bed=bed)
    ends = _day_after(last_day)
    Bed.objects.filter(pk=bed.pk).update(in_service=DateRange(bed.in_service.lower, ends))
    bed.in_service = DateRange(bed.in_service.lower, ends)
    return bed


@operation(BUILD_HOUSE)
def close_room(*, room: Room, last_day: date, by: User, at: datetime) -> Room:
    """A room is used no longer after a day. Raises StillLivedIn, which says who is still there."""
    require(by, BUILD_HOUSE, on=room)
    hold(room, *Bed.objects.filter(room=room))
    _refuse_lived_in(_from_after(room.ward.unit, last_day), room=room)
    room.closed_on = _day_after(last_day)
    room.save(update_fields=["closed_on"])
    return room


@operation(BUILD_HOUSE)
def close_ward(*, ward: Ward, last_day: date, by: User, at: datetime) -> Ward:
    """A ward is used no longer after a day. Raises StillLivedIn, which says who is still there."""
    require(by, BUILD_HOUSE, on=ward)
    hold(*Room.objects.filter(ward=ward), *Bed.objects.filter(room__ward=ward))
    _refuse_lived_in(_from_after(ward.unit, last_day), ward=ward)
    ward.closed_on = _day_after(last_day)
    ward.save(update_fields=["closed_on"])
    return ward


@operation(BUILD_HOUSE)
def close_building(*, building: Building, last_day: date, by: User, at: datetime) -> Building:
    """A building is used no longer after a day, nor are its wards. Raises StillLivedIn, which says who is there."""
    require(by, BUILD_HOUSE, on=building)
    ends = _day_after(last_day)
    for ward in Ward.objects.filter(building=building).open_on(ends).select_related("unit"):
        close_ward(ward=ward, last_day=last_day, by=by, at=at)
    building.closed_on = ends
    building.save(update_fields=["closed_on"])
    return building


@operation(CLOSE_BED, creates=BedOutage)
def put_out_of_order(
    *,
    id: UUID,
    bed: Bed,
    reason: str,
    since: datetime,
    by: User,
    at: datetime,
    until: datetime | None = None,
    note: str = "",
) -> BedOutage:
    """A bed cannot be used, from a moment and perhaps until one. Raises StillLivedIn when someone is in it then."""
    require(by, CLOSE_BED, on=bed)
    hold(bed)
    period = DateTimeTZRange(since, until)
    _refuse_lived_in(period, bed=bed)
    return BedOutage.objects.create(id=id, bed=bed, reason=reason, note=note.strip(), period=period, written_by=by)


@operation(CLOSE_BED)
def put_back(*, outage: BedOutage, by: User, at: datetime) -> BedOutage:
    """The bed can be used again from this moment. Raises NotOutOfOrder."""
    require(by, CLOSE_BED, on=outage)
    hold(outage.bed_id)
    current = BedOutage.objects.select_for_update().get(pk=outage.pk)
    upper = current.period.upper
    if current.ended_at is not None or (upper is not None and upper <= at) or current.period.lower >= at:
        raise NotOutOfOrder
    outage.period, outage.ended_at, outage.ended_by = DateTimeTZRange(current.period.lower, at), at, by
    outage.save(update_fields=["period", "ended_at", "ended_by"])
    return outage


def bed_labels(text: str) -> list[str]:
    """Labels as people write them: "1-8, 10, A1". Raises BedsAtOnce for a range that is none or too wide."""
    found: list[str] = []
    for part in text.split(","):
        first, dash, last = (end.strip() for end in part.partition("-"))
        if dash and all(end.isascii() and end.isdigit() and len(end) < 5 for end in (first, last)):
            if not 0 <= int(last) - int(first) < MOST_BEDS_AT_ONCE:
                raise BedsAtOnce(field="labels")
            found += [str(number) for number in range(int(first), int(last) + 1)]
        elif part.strip():
            found.append(part.strip()[:LONGEST_LABEL])
    return found


def refuse_closing_on_residents(unit: Unit, on: date) -> None:
    """A rule of `access`: no unit closes on people who live there. Raises StillLivedIn, which says who."""
    _refuse_lived_in(DateTimeTZRange(beginning_of(unit, on), None), unit=unit)


def _from_after(unit: Unit, last_day: date) -> DateTimeTZRange:
    return DateTimeTZRange(beginning_of(unit, _day_after(last_day)), None)


def _refuse_lived_in(period: DateTimeTZRange, **place: Unit | Bed | Room | Ward) -> None:
    """Whoever acts: someone whom the actor may not see is there as well."""
    with whole_sight():
        there = Occupancy.objects.between(period.lower, period.upper).filter(**place)
        tags = list(there.order_by("tag").values_list("tag", flat=True).distinct())
    if tags:
        raise StillLivedIn(tags)


def _day_after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _named(name: str) -> str:
    if not name.strip():
        raise Refused(_("Isi namanya."), field="name")
    return name.strip()
