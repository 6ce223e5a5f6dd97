"""Whether a place may be given: objections stop it, unless the actor may override them and says why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, require
from serasi.people.models import Person
from serasi.residence.models import Bed, Room, Stay
from serasi.residence.permissions import OVERRIDE
from serasi.residence.queries.placement import BedsAsked, Objection, objections_to_place


class Objected(Refused):
    """Something speaks against the place; ``objections`` says what, and which of it may be overridden with a reason."""

    def __init__(self, objections: Sequence[Objection]) -> None:
        super().__init__(" ".join(objection.words for objection in objections), field="room")
        self.objections = tuple(objections)

    def __reduce__(self) -> tuple[type["Objected"], tuple[tuple[Objection, ...]]]:
        """From one process to another it goes whole."""
        return type(self), (self.objections,)


class NoReason(Refused):
    message = _("Tulis mengapa ia tetap ditempatkan di sini.")


class WrongHouse(Refused):
    message = _("Kamar ini bukan milik unit tempat ia tinggal. Pilih kamar di unit itu, atau pindahkan ke unit lain.")


class WrongRoom(Refused):
    message = _("Tempat tidur ini tidak ada di kamar itu. Pilih lagi kamar dan tempat tidurnya.")


class HouseClosed(Refused):
    message = _("Unit ini sudah ditutup, atau akan ditutup. Pilih unit lain.")


@dataclass(frozen=True, slots=True)
class Place:
    """A room with a bed, or a room alone: on the floor."""

    room: Room
    bed: Bed | None = None

    @classmethod
    def of(cls, room: Room | None, bed: Bed | None) -> "Place | None":
        """The place that was chosen; a bed brings its room."""
        if room is None:
            return cls(bed.room, bed) if bed is not None else None
        return cls(room, bed)

    def require_in(self, unit: Unit) -> None:
        """Raises WrongHouse, WrongRoom."""
        if self.room.ward.unit_id != unit.pk:
            raise WrongHouse(field="room")
        if self.bed is not None and self.bed.room_id != self.room.pk:
            raise WrongRoom(field="bed")


def settle(
    place: Place,
    *,
    person: Person,
    unit: Unit,
    needs: Collection[str],
    happened_at: datetime,
    overrides: Collection[str],
    override_reason: str,
    by: User,
    reservation_id: UUID | None = None,
    asked: BedsAsked | None = None,
) -> list[str]:
    """Ask what speaks against a place; returns the codes of what was overridden. Raises Objected, NoReason.

    Who places many brings what was ``asked`` before.
    """
    place.require_in(unit)
    objections = objections_to_place(
        person=person,
        room=place.room,
        bed=place.bed,
        needs=needs,
        at=happened_at,
        reservation_id=reservation_id,
        asked=asked,
    )
    standing = [one for one in objections if not (one.may_override and one.code in overrides)]
    if standing:
        raise Objected(objections)
    if objections:
        require(by, OVERRIDE, on=unit)
        if not override_reason.strip():
            raise NoReason(field="override_reason")
    return sorted({objection.code for objection in objections})


def refuse_closed(unit: Unit) -> None:
    """Nobody comes to a house that is closed, or is going to be; and it does not close until the transaction ends.

    Whoever closes a unit holds its row first (`access.operations.close_unit`) and asks afterwards who lives there, so
    of closing and admitting at once, one sees the other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT closed_on FROM access_unit WHERE id = %s FOR SHARE", [unit.pk])
        (closed_on,) = cursor.fetchone()
    if closed_on is not None:
        raise HouseClosed(field="unit")


def require_in_house(by: User, code: str, stay: Stay) -> None:
    """The permission reaches the stay and the house itself: being on a person's team moves nobody elsewhere."""
    require(by, code, on=stay)
    require(by, code, on=stay.unit)
