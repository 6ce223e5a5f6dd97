"""How a stay begins, by the same checks for one who is admitted, one who comes from another house, and many at once."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused
from serasi.cases.models import Case
from serasi.common.identifiers import uuid7
from serasi.people import operations as people
from serasi.people.models import Person, PersonUnit
from serasi.people.operations.refusals import whole_sight
from serasi.residence import registry
from serasi.residence.enums import Ending, MovementKind
from serasi.residence.models import Bed, Movement, Reservation, Room, Stay
from serasi.residence.operations.drawing import hold, hold_people, refuse_future, saying_where, write_first
from serasi.residence.operations.placing import Place, refuse_closed, settle
from serasi.residence.queries.placement import BedsAsked


class OfAnother(Refused):
    message = _("Berkas atau pemesanan ini milik orang lain. Periksa lagi orangnya.")


class PurposeNeeded(Refused):
    message = _("Isi tujuan tinggal dan rencana keluarnya sejak hari pertama.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Someone who comes to live in a house; ``id`` is that of the stay to be."""

    id: UUID
    person: Person
    purpose: str
    exit_plan: str
    happened_at: datetime
    room: Room | None = None
    bed: Bed | None = None
    case: Case | None = None
    tag: str = ""
    expected_end: date | None = None
    needs: Sequence[str] = ()
    came_from: Stay | None = None
    reason: str = ""
    overrides: Collection[str] = ()
    override_reason: str = ""

    @property
    def place(self) -> Place | None:
        return Place.of(self.room, self.bed)

    def require_sense(self, *, at: datetime) -> None:
        """What can be said without looking at the house. Raises NotYet, PurposeNeeded, OfAnother."""
        refuse_future(self.happened_at, at=at)
        if self.place is None:
            raise Refused(_("Pilih kamar dan tempat tidurnya."), field="room")
        if not (self.purpose.strip() and self.exit_plan.strip()):
            raise PurposeNeeded(field="purpose" if not self.purpose.strip() else "exit_plan")
        if any(other is not None and other.person_id != self.person.pk for other in (self.case, self.came_from)):
            raise OfAnother(field="person")


@dataclass(frozen=True, slots=True)
class _Settled:
    """Someone for whom a place was found, whom the house expected perhaps, and what was overridden."""

    arrival: Arrival
    place: Place
    reservation: Reservation | None
    overridden: list[str]


def begin(
    arrival: Arrival,
    *,
    unit: Unit,
    reservation: Reservation | None,
    by: User,
    at: datetime,
) -> Stay:
    """One stay begins; the caller holds the person and the place. Raises what `admit` raises."""
    arrival.require_sense(at=at)
    refuse_closed(unit)
    hold_people(arrival.person.pk)
    with whole_sight():  # who sends someone to another house does not see what stands there
        settled = _settle(arrival, unit=unit, reservation=reservation, asked=BedsAsked(), by=by)
    [stay] = _write([settled], unit=unit, by=by, at=at)
    return stay


def begin_many(arrivals: Iterable[Arrival], *, unit: Unit, by: User, at: datetime) -> dict[UUID, Stay | Refused]:
    """Many stays begin: for each id the stay, or why there is none.

    1. A house that is closed takes nobody (`HouseClosed`). All people and places are held at once, in the order in
       which everyone holds them.
    2. Each is asked for by itself; what stands in one's way stops nobody else.
    3. The rest is written together. When the database refuses them together, each comes alone.
    """
    listed = [replace(one, person=one.person.merged_into or one.person) for one in arrivals]
    hold(*(one.person for one in listed), *(held for one in listed for held in _held_of(one)))
    refuse_closed(unit)
    hold_people(*(one.person.pk for one in listed))
    outcomes: dict[UUID, Stay | Refused] = dict(
        Stay.objects.select_related("unit", "person").in_bulk([one.id for one in listed])
    )
    expected = {
        one.person_id: one
        for one in Reservation.objects.open().filter(unit=unit, person__in=[one.person for one in listed])
    }
    known = set(
        PersonUnit.objects.filter(unit=unit, until_at=None, person__in=[one.person for one in listed]).values_list(
            "person_id", flat=True
        )
    )
    with whole_sight():
        lived = set(Stay.objects.filter(person__in=[one.person for one in listed]).values_list("person_id", flat=True))
    sensible = []
    for arrival in listed:
        if arrival.id in outcomes:
            continue
        try:
            arrival.require_sense(at=at)
            if arrival.person.pk not in known:
                people.link_to_unit(id=uuid7(), person=arrival.person, unit=unit, by=by, at=at)
        except Refused as refusal:
            outcomes[arrival.id] = refusal
        else:
            came_from = arrival.came_from
            if came_from is None and arrival.person.pk in lived:
                came_from = stay_before(arrival.person, unit, arrival.happened_at)
            sensible.append(replace(arrival, came_from=came_from))
    settled, asked = [], BedsAsked()
    with whole_sight():
        for arrival in sensible:
            reservation = expected.get(arrival.person.pk)
            try:
                settled.append(_settle(arrival, unit=unit, reservation=reservation, asked=asked, by=by))
            except Refused as refusal:
                outcomes[arrival.id] = refusal
    return outcomes | _write_as_many_as_can(settled, unit=unit, by=by, at=at)


def stay_before(person: Person, unit: Unit, happened_at: datetime) -> Stay | None:
    """The last stay before this one, if it leads here; asked with whole sight, since the other house may be unknown."""
    with whole_sight():
        last = (
            Stay.objects.filter(person=person, period__endswith__lte=happened_at, period__isempty=False)
            .order_by("-period__endswith")
            .first()
        )
        led_on = last is not None and (
            last.unit_id == unit.pk
            or Movement.objects.in_force().filter(stay=last, ending__in=[Ending.TRANSFER, Ending.INSTITUTION]).exists()
        )
    return last if led_on else None


def _settle(arrival: Arrival, *, unit: Unit, reservation: Reservation | None, asked: BedsAsked, by: User) -> _Settled:
    place = arrival.place
    assert place is not None  # noqa: S101  (`require_sense` asked)
    overridden = settle(
        place,
        person=arrival.person,
        unit=unit,
        needs=arrival.needs,
        happened_at=arrival.happened_at,
        overrides=arrival.overrides,
        override_reason=arrival.override_reason,
        by=by,
        reservation_id=reservation.pk if reservation else None,
        asked=asked,
    )
    return _Settled(arrival, place, reservation, overridden)


def _write_as_many_as_can(
    settled: Sequence[_Settled], *, unit: Unit, by: User, at: datetime
) -> dict[UUID, Stay | Refused]:
    if not settled:
        return {}
    try:
        with transaction.atomic():
            return {stay.pk: stay for stay in _write(settled, unit=unit, by=by, at=at)}
    except Refused as refusal:
        if len(settled) == 1:
            return {settled[0].arrival.id: refusal}
    outcomes: dict[UUID, Stay | Refused] = {}
    for one in settled:
        outcomes |= _write_as_many_as_can([one], unit=unit, by=by, at=at)
    return outcomes


def _write(settled: Sequence[_Settled], *, unit: Unit, by: User, at: datetime) -> list[Stay]:
    tags = _tags([one.arrival.tag.strip() for one in settled], unit)
    stays = [
        Stay(
            id=one.arrival.id,
            person=one.arrival.person,
            unit=unit,
            case=one.arrival.case,
            tag=tag,
            purpose=one.arrival.purpose.strip(),
            exit_plan=one.arrival.exit_plan.strip(),
            expected_end=one.arrival.expected_end,
            needs=list(one.arrival.needs),
            came_from=one.arrival.came_from,
            period=DateTimeTZRange(one.arrival.happened_at, None),
        )
        for one, tag in zip(settled, tags, strict=True)
    ]
    arrived = [
        Movement(
            id=uuid7(),
            stay=stay,
            kind=MovementKind.ARRIVED,
            happened_at=one.arrival.happened_at,
            room=one.place.room,
            bed=one.place.bed,
            reason=one.arrival.reason.strip(),
            overridden=one.overridden,
            override_reason=one.arrival.override_reason.strip() if one.overridden else "",
        )
        for one, stay in zip(settled, stays, strict=True)
    ]
    with saying_where():
        Stay.objects.bulk_create(stays)
    write_first(arrived, by=by, at=at)
    kept = {one.reservation.pk: stay for one, stay in zip(settled, stays, strict=True) if one.reservation is not None}
    if kept:
        with whole_sight():
            for reservation, stay in kept.items():
                Reservation.objects.filter(pk=reservation).update(stay=stay)
    if from_elsewhere := [stay for stay in stays if stay.came_from_id is not None]:
        with whole_sight():
            for take_along in registry.going_along():
                take_along(from_elsewhere, by=by, at=at)
    return stays


def _tags(asked: Sequence[str], unit: Unit) -> list[str]:
    """The tags that were asked for; whoever has none gets the next number of the unit."""
    if all(asked):
        return list(asked)
    with connection.cursor() as cursor:
        cursor.execute("SELECT residence_next_tag(%s)", [unit.pk])
        free = int(cursor.fetchone()[0])
    free = max([free, *(int(tag) + 1 for tag in asked if tag.isdecimal() and len(tag) < 10)])
    numbers = iter(range(free, free + len(asked)))
    return [tag or str(next(numbers)) for tag in asked]


def _held_of(arrival: Arrival) -> tuple[Room | Bed | None, ...]:
    place = arrival.place
    return (place.room, place.bed) if place else ()
