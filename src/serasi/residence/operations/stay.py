"""The two ends of a stay: admit, end, and both at once when someone moves to another house."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import NotAllowed, Refused, operation, require, save_changes
from serasi.access.permissions import may
from serasi.cases.models import Case
from serasi.common.identifiers import uuid7
from serasi.people import operations as people
from serasi.people.models import Person
from serasi.people.operations.refusals import whole_sight
from serasi.residence.enums import Ending, MovementKind
from serasi.residence.models import Bed, Movement, Reservation, Room, Stay
from serasi.residence.operations.arriving import Arrival, PurposeNeeded, begin, begin_many, stay_before
from serasi.residence.operations.drawing import hold, hold_stay, write
from serasi.residence.operations.placing import Place, require_in_house
from serasi.residence.permissions import ADMIT, END
from serasi.residence.queries.days import day_at


class NotYetExpected(NotAllowed):
    message = _(
        "Unit tujuan belum menyatakan menerima. Mintalah unit itu memesan tempat bagi orang ini, lalu pindahkan."
    )


class StillLivesHere(Refused):
    message = _("Orang ini masih tinggal di unit ini. Akhiri dahulu masa tinggalnya.")


class SameHouse(Refused):
    message = _("Ia sudah tinggal di unit ini. Catat pindah kamar, bukan pindah unit.")


@operation(ADMIT, creates=Stay)
def admit(
    *,
    id: UUID,
    person: Person,
    unit: Unit,
    room: Room | None,
    purpose: str,
    exit_plan: str,
    happened_at: datetime,
    by: User,
    at: datetime,
    bed: Bed | None = None,
    case: Case | None = None,
    tag: str = "",
    expected_end: date | None = None,
    needs: Sequence[str] = (),
    came_from: Stay | None = None,
    reason: str = "",
    overrides: Collection[str] = (),
    override_reason: str = "",
) -> Stay:
    """Someone comes to live here.

    1. The person is one that was kept (a merged record leads to it); a file and an earlier stay are the person's own.
    2. What speaks against the place is refused (`Objected`), unless overridden with a reason.
    3. The unit knows the person from now on; a reservation here for this person is fulfilled.
    4. A tag is given when none was worn: the next number of the unit.
    5. Where they came from is found: the last stay that ended in going to another institution, or was in this house.

    Raises BedTaken, LivesElsewhere, TagTaken, PurposeNeeded, OfAnother, Objected, NotYet.
    """
    require(by, ADMIT, on=unit)
    person = person.merged_into or person
    hold(person, *_places(Place.of(room, bed)))
    people.link_to_unit(id=uuid7(), person=person, unit=unit, by=by, at=at)
    return begin(
        Arrival(
            id=id,
            person=person,
            room=room,
            bed=bed,
            case=case,
            tag=tag,
            purpose=purpose,
            exit_plan=exit_plan,
            happened_at=happened_at,
            expected_end=expected_end,
            needs=needs,
            came_from=came_from or stay_before(person, unit, happened_at),
            reason=reason,
            overrides=overrides,
            override_reason=override_reason,
        ),
        unit=unit,
        reservation=Reservation.objects.open().filter(person=person, unit=unit).first(),
        by=by,
        at=at,
    )


@operation(ADMIT)
def admit_many(*, unit: Unit, arrivals: Sequence[Arrival], by: User, at: datetime) -> dict[UUID, Stay | Refused]:
    """Many come to live here at once: who lives in a house on the day it begins with Serasi, a raid, a wave.

    Each by the same checks as `admit`; for every id the stay, or why there is none. One refusal stops nobody else.
    """
    require(by, ADMIT, on=unit)
    return begin_many(arrivals, unit=unit, by=by, at=at)


@operation(END, creates=Movement)
def end_stay(
    *,
    id: UUID,
    stay: Stay,
    ending: str,
    happened_at: datetime,
    by: User,
    at: datetime,
    reason: str = "",
    destination: str = "",
) -> Movement:
    """Someone lives here no longer: home, work, another institution, death, not returned. The bed is free from then.

    Of who died, the record of the person says the day; ``destination`` is where, ``reason`` the cause as it was told.
    """
    require_in_house(by, END, stay)
    if ending == Ending.TRANSFER:
        raise Refused(_("Untuk pindah ke unit lain, pilih unit tujuannya."), field="ending")
    ended = _end(
        stay, id=id, ending=ending, reason=reason, destination=destination, happened_at=happened_at, by=by, at=at
    )
    if ending == Ending.DIED:
        tell_death(stay, day_at(stay.unit, happened_at), by=by, at=at)
    return ended


@operation(END, creates=Movement)
def transfer(
    *,
    id: UUID,
    stay: Stay,
    unit: Unit,
    purpose: str,
    exit_plan: str,
    happened_at: datetime,
    by: User,
    at: datetime,
    room: Room | None = None,
    bed: Bed | None = None,
    case: Case | None = None,
    tag: str = "",
    expected_end: date | None = None,
    reason: str = "",
    overrides: Collection[str] = (),
    override_reason: str = "",
) -> Movement:
    """Someone goes to live in another house: this stay ends, the next begins at the same moment, both or neither.

    Who may not admit there needs the yes of that house: its reservation for this person, whose bed is taken when no
    place was chosen. Returns the end here; ``movement.stay.went_to`` is the stay there. Raises NotYetExpected,
    SameHouse and what `admit` raises.
    """
    require_in_house(by, END, stay)
    if unit.pk == stay.unit_id:
        raise SameHouse(field="unit")
    with whole_sight():
        reservation = (
            Reservation.objects.open()
            .filter(person_id=stay.person_id, unit=unit)
            .select_related("bed__room__ward__unit")
            .first()
        )
    if reservation is None and not may(by, ADMIT, on=unit):
        raise NotYetExpected(field="unit")
    place = Place.of(room, bed) or Place.of(None, reservation.bed if reservation else None)
    hold(stay.person_id, *_places(place), *_beds_of(stay))
    ended = _end(
        stay,
        id=id,
        ending=Ending.TRANSFER,
        reason=reason,
        destination=unit.name,
        happened_at=happened_at,
        by=by,
        at=at,
    )
    people.link_to_unit(id=uuid7(), person=stay.person, unit=unit, by=by, at=at)
    begin(
        Arrival(
            id=uuid7(),
            person=stay.person,
            room=place.room if place else None,
            bed=place.bed if place else None,
            case=case,
            tag=tag,
            purpose=purpose,
            exit_plan=exit_plan,
            happened_at=ended.happened_at,
            expected_end=expected_end,
            needs=stay.needs,
            came_from=stay,
            reason=reason,
            overrides=overrides,
            override_reason=override_reason,
        ),
        unit=unit,
        reservation=reservation,
        by=by,
        at=at,
    )
    return ended


@operation(ADMIT)
def change_plan(
    *,
    stay: Stay,
    purpose: str,
    exit_plan: str,
    expected_end: date | None,
    needs: Sequence[str],
    revision: int,
    by: User,
    at: datetime,
) -> Stay:
    """Say anew why someone lives here, how they will leave, and what they need of a place. Raises Conflict."""
    require_in_house(by, ADMIT, stay)
    if not (purpose.strip() and exit_plan.strip()):
        raise PurposeNeeded(field="purpose" if not purpose.strip() else "exit_plan")
    save_changes(
        stay,
        revision=revision,
        purpose=purpose.strip(),
        exit_plan=exit_plan.strip(),
        expected_end=expected_end,
        needs=list(needs),
    )
    return stay


def _end(
    stay: Stay,
    *,
    id: UUID,
    ending: str,
    reason: str,
    destination: str,
    happened_at: datetime,
    by: User,
    at: datetime,
) -> Movement:
    if not ending:
        raise Refused(_("Pilih bagaimana masa tinggal ini selesai."), field="ending")
    among = hold_stay(stay)
    return write(
        Movement(
            id=id,
            stay=stay,
            kind=MovementKind.ENDED,
            happened_at=happened_at,
            ending=ending,
            reason=reason.strip(),
            destination=destination.strip(),
        ),
        among=among,
        by=by,
        at=at,
    )


def refuse_leaving_residents(person: Person, unit: Unit) -> None:
    """A rule of `people`, asked with whole sight: no unit lets go of who lives there. Raises StillLivesHere."""
    hold(person)
    if Stay.objects.open().filter(person=person, unit=unit).exists():
        raise StillLivesHere


def tell_death(stay: Stay, day: date | None, *, by: User, at: datetime, told: date | None = None) -> None:
    """The person's record says on which day they died; None takes back what was ``told``, if it still says so."""
    person = Person.objects.get(pk=stay.person_id)
    if person.died_on == day or (day is None and person.died_on != told):
        return
    people.change_person(person=person, revision=person.revision, died_on=day, by=by, at=at)


def _places(place: Place | None) -> tuple[Room | Bed | None, ...]:
    return (place.room, place.bed) if place else ()


def _beds_of(stay: Stay) -> Collection[UUID]:
    beds = Movement.objects.in_force().filter(stay=stay, bed__isnull=False).values_list("bed_id", flat=True)
    return [bed for bed in beds if bed is not None]
