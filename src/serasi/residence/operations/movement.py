"""What happens within a stay: to another place, out, back; and what was written wrongly, put right."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation
from serasi.residence.course import objection_to_course
from serasi.residence.enums import Ending, MovementKind
from serasi.residence.models import Bed, Movement, Room, Stay
from serasi.residence.models.movement import OUT
from serasi.residence.operations.drawing import OutOfCourse, draw, hold_stay, saying_where, write
from serasi.residence.operations.placing import Place, require_in_house, settle
from serasi.residence.operations.stay import tell_death
from serasi.residence.permissions import CORRECT, MOVE
from serasi.residence.queries.days import day_at


class AlreadyCorrected(Refused):
    message = _("Mutasi ini sudah dibetulkan. Muat ulang, lalu betulkan catatan yang terbaru.")


@dataclass(frozen=True, slots=True)
class Happening:
    """What really happened, as a correction tells it."""

    kind: str
    happened_at: datetime
    room: Room | None = None
    bed: Bed | None = None
    keeps_bed: bool = True
    reason: str = ""
    destination: str = ""
    expected_at: datetime | None = None
    ending: str = ""


@operation(MOVE, creates=Movement)
def move(
    *,
    id: UUID,
    stay: Stay,
    room: Room | None,
    happened_at: datetime,
    by: User,
    at: datetime,
    bed: Bed | None = None,
    reason: str = "",
    overrides: Collection[str] = (),
    override_reason: str = "",
) -> Movement:
    """To another bed, room or ward of the house; who is out has another bed waiting. Raises BedTaken, Objected."""
    place = Place.of(room, bed)
    if place is None:
        raise Refused(_("Pilih kamar dan tempat tidurnya."), field="room")
    return _placed(
        MovementKind.MOVED, place, id=id, stay=stay, happened_at=happened_at, reason=reason, overrides=overrides,
        override_reason=override_reason, by=by, at=at,
    )  # fmt: skip


@operation(MOVE, creates=Movement)
def go_out(
    *,
    id: UUID,
    stay: Stay,
    kind: str,
    happened_at: datetime,
    by: User,
    at: datetime,
    reason: str = "",
    destination: str = "",
    expected_at: datetime | None = None,
    keeps_bed: bool = True,
) -> Movement:
    """On leave, to hospital, or away without leave; the bed waits, unless it is given up. Raises OutOfCourse."""
    require_in_house(by, MOVE, stay)
    if kind not in OUT:
        raise Refused(_("Pilih: izin, rumah sakit, atau pergi tanpa izin."), field="kind")
    if expected_at is not None and expected_at <= happened_at:
        raise Refused(_("Perkiraan kembali harus sesudah waktu pergi."), field="expected_at")
    among = hold_stay(stay)
    return write(
        Movement(
            id=id,
            stay=stay,
            kind=kind,
            happened_at=happened_at,
            keeps_bed=keeps_bed,
            reason=reason.strip(),
            destination=destination.strip(),
            expected_at=expected_at,
        ),
        among=among,
        by=by,
        at=at,
    )


@operation(MOVE, creates=Movement)
def release_bed(*, id: UUID, stay: Stay, happened_at: datetime, by: User, at: datetime, reason: str = "") -> Movement:
    """Who is out keeps the bed no longer: others may have it. Raises OutOfCourse."""
    require_in_house(by, MOVE, stay)
    among = hold_stay(stay)
    return write(
        Movement(
            id=id,
            stay=stay,
            kind=MovementKind.RELEASED,
            happened_at=happened_at,
            keeps_bed=False,
            reason=reason.strip(),
        ),
        among=among,
        by=by,
        at=at,
    )


@operation(MOVE, creates=Movement)
def come_back(
    *,
    id: UUID,
    stay: Stay,
    happened_at: datetime,
    by: User,
    at: datetime,
    room: Room | None = None,
    bed: Bed | None = None,
    reason: str = "",
    overrides: Collection[str] = (),
    override_reason: str = "",
) -> Movement:
    """Back in the house: in the bed that waited, or in another place. Raises OutOfCourse when no bed waited."""
    return _placed(
        MovementKind.RETURNED, Place.of(room, bed), id=id, stay=stay, happened_at=happened_at, reason=reason,
        overrides=overrides, override_reason=override_reason, by=by, at=at,
    )  # fmt: skip


@operation(CORRECT, creates=Movement)
def correct_movement(
    *, id: UUID, movement: Movement, happened: Happening, reason: str, by: User, at: datetime
) -> Movement:
    """It happened otherwise: the old line stays readable and is superseded by a new one.

    Raises AlreadyCorrected, OutOfCourse when the whole would tell an impossible story, BedTakenThen, LivesElsewhere.
    """
    stay = movement.stay
    require_in_house(by, CORRECT, stay)
    place = Place.of(happened.room, happened.bed)
    if place is not None:
        place.require_in(stay.unit)
    among = hold_stay(stay, *((place.room, place.bed) if place else ()))
    replaced = _supersede(movement, among, reason=reason, by=by, at=at)
    corrected = write(
        Movement(
            id=id,
            stay=stay,
            kind=happened.kind,
            happened_at=happened.happened_at,
            room=place.room if place else None,
            bed=place.bed if place else None,
            keeps_bed=happened.keeps_bed,
            reason=happened.reason.strip(),
            destination=happened.destination.strip(),
            expected_at=happened.expected_at,
            ending=happened.ending,
            replaces=replaced,
        ),
        among=[other for other in among if other.pk != replaced.pk],
        by=by,
        at=at,
    )
    if Ending.DIED in {replaced.ending, corrected.ending}:
        tell_death(stay, _death_of(corrected), told=_death_of(replaced), by=by, at=at)
    return corrected


@operation(CORRECT)
def withdraw_movement(*, movement: Movement, reason: str, by: User, at: datetime) -> Movement:
    """It did not happen at all. Withdrawing the only movement of a stay says that the stay never was.

    Raises AlreadyCorrected, OutOfCourse when what is left would tell an impossible story.
    """
    stay = movement.stay
    require_in_house(by, CORRECT, stay)
    among = hold_stay(stay)
    withdrawn = _supersede(movement, among, reason=reason, by=by, at=at)
    left = [other for other in among if other.pk != withdrawn.pk]
    objection = objection_to_course(left)
    if objection is not None:
        raise OutOfCourse(objection, field="movement")
    with saying_where(is_past=True):
        draw(stay)
    if withdrawn.ending == Ending.DIED:
        tell_death(stay, None, told=_death_of(withdrawn), by=by, at=at)
    return withdrawn


def _death_of(movement: Movement) -> date | None:
    return day_at(movement.stay.unit, movement.happened_at) if movement.ending == Ending.DIED else None


def _placed(
    kind: MovementKind,
    place: Place | None,
    *,
    id: UUID,
    stay: Stay,
    happened_at: datetime,
    reason: str,
    overrides: Collection[str],
    override_reason: str,
    by: User,
    at: datetime,
) -> Movement:
    require_in_house(by, MOVE, stay)
    among = hold_stay(stay, *((place.room, place.bed) if place else ()))
    overridden: list[str] = []
    if place is not None:
        overridden = settle(
            place,
            person=stay.person,
            unit=stay.unit,
            needs=stay.needs,
            happened_at=happened_at,
            overrides=overrides,
            override_reason=override_reason,
            by=by,
        )
    return write(
        Movement(
            id=id,
            stay=stay,
            kind=kind,
            happened_at=happened_at,
            room=place.room if place else None,
            bed=place.bed if place else None,
            reason=reason.strip(),
            overridden=overridden,
            override_reason=override_reason.strip() if overridden else "",
        ),
        among=among,
        by=by,
        at=at,
    )


def _supersede(movement: Movement, among: list[Movement], *, reason: str, by: User, at: datetime) -> Movement:
    if not reason.strip():
        raise Refused(_("Tulis mengapa catatan ini dibetulkan."), field="reason")
    current = next((other for other in among if other.pk == movement.pk), None)
    if current is None:
        raise AlreadyCorrected
    Movement.objects.filter(pk=current.pk).update(superseded_at=at, superseded_by=by, superseded_reason=reason.strip())
    movement.superseded_at, movement.superseded_by, movement.superseded_reason = at, by, reason.strip()
    return movement
