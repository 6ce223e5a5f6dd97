"""How every operation writes a movement: hold, check the course, write, let the database draw, say what stood in
the way. Nobody else writes `Movement`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused
from serasi.people.operations import StalePage
from serasi.residence.course import objection_to_course
from serasi.residence.models import Bed, Movement, Room, Stay


class BedTaken(Refused):
    message = _("Tempat tidur ini baru saja ditempati orang lain; pilih yang lain.")


class BedTakenThen(Refused):
    message = _(
        "Pada waktu itu tempat tidur ini ditempati orang lain. Betulkan waktunya, atau pilih tempat tidur lain."
    )


class LivesElsewhere(Refused):
    message = _(
        "Orang ini tercatat tinggal di sebuah lembaga pada masa itu. Akhiri dahulu masa tinggal itu, atau pindahkan"
        " dari sana."
    )


class TagTaken(Refused):
    message = _("Nomor tanda ini sedang dipakai orang lain. Pilih nomor lain.")


class SameMoment(Refused):
    message = _("Sudah ada mutasi lain pada waktu yang sama. Beri waktu sesudahnya.")


class NotEnoughKept(Refused):
    message = _("Uang titipannya tidak cukup. Periksa jumlahnya, atau batalkan dahulu baris yang keliru.")


class OutOfCourse(Refused):
    """The movements would tell a story that cannot have happened."""


class NotYet(Refused):
    message = _("Waktu ini belum tiba. Catat hanya yang sudah terjadi.")


_SAID: dict[str, tuple[type[Refused], str]] = {
    "residence_bed_holds_one_person": (BedTaken, "bed"),
    "residence_person_lives_in_one_place": (LivesElsewhere, "person"),
    "residence_tag_is_of_one_stay": (TagTaken, "tag"),
    "residence_one_movement_at_a_moment": (SameMoment, "happened_at"),
    "residence_money_is_never_negative": (NotEnoughKept, "amount"),
}


def hold(*things: Model | UUID | None) -> None:
    """Let nobody else place these people, or anyone in these beds and rooms, until the transaction ends.

    Taken in one order by everyone, before anything is written: two who want each other's bed wait and do not deadlock.
    """
    ids = {thing.pk if isinstance(thing, Model) else thing for thing in things if thing is not None}
    keys = sorted({one.int & 0x7FFF_FFFF_FFFF_FFFF for one in ids})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(key) FROM (SELECT key FROM unnest(%s::bigint[]) key ORDER BY key) held",
            [keys],
        )


def hold_people(*people: UUID) -> None:
    """Nobody merges these people with others until the transaction ends. Raises StalePage when somebody just did."""
    wanted = set(people)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT merged_into_id FROM people_person WHERE id = ANY(%s) ORDER BY id FOR KEY SHARE", [list(wanted)]
        )
        found = cursor.fetchall()
    if len(found) < len(wanted) or any(merged_into is not None for (merged_into,) in found):
        raise StalePage


def hold_stay(stay: Stay, *places: Room | Bed | None) -> list[Movement]:
    """Hold a stay, its person, the beds it ever had and these places; returns its movements in force, read after."""
    known = Movement.objects.in_force().filter(stay=stay, bed__isnull=False).values_list("bed_id", flat=True)
    hold(stay.person_id, *known, *places)
    hold_people(stay.person_id)
    fresh = Stay.objects.select_for_update(no_key=True).filter(pk=stay.pk).first()
    if fresh is None:
        raise NotAllowed
    if fresh.person_id != stay.person_id:
        raise StalePage
    stay.period, stay.revision = fresh.period, fresh.revision
    return list(Movement.objects.in_force().filter(stay=stay).order_by("happened_at"))


def refuse_future(happened_at: datetime, *, at: datetime) -> None:
    if happened_at > at:
        raise NotYet(field="happened_at")


def in_order_told(happened_at: datetime, among: Sequence[Movement]) -> datetime:
    """People type minutes: what is told of a minute in which something happened already, happened right after it.

    A moment that says its seconds is meant as it is.
    """
    if happened_at.second or happened_at.microsecond:
        return happened_at
    same = [one.happened_at for one in among if one.happened_at.replace(second=0, microsecond=0) == happened_at]
    return max(same) + timedelta(microseconds=1) if same else happened_at


def write(movement: Movement, *, among: Sequence[Movement], by: User, at: datetime) -> Movement:
    """Write a movement among those that are in force, and draw its stay anew; of one minute in the order of telling.

    Raises `NotYet`, `OutOfCourse`, `BedTaken`, `LivesElsewhere`, `SameMoment`.
    """
    replaced = movement.replaces
    if replaced is None or replaced.happened_at != movement.happened_at:  # a correction may leave the moment as it was
        movement.happened_at = in_order_told(movement.happened_at, among)
    refuse_future(movement.happened_at, at=at)
    objection = objection_to_course([*among, movement])
    if objection is not None:
        raise OutOfCourse(objection, field="happened_at")
    movement.written_by, movement.written_at = by, at
    is_past = any(other.happened_at > movement.happened_at for other in among)
    with saying_where(is_past=is_past):
        movement.save(force_insert=True)
        draw(movement.stay)
    return movement


def write_first(arrived: Sequence[Movement], *, by: User, at: datetime) -> None:
    """Write the first movement of each of these stays, and draw them. Raises as `write` does."""
    for movement in arrived:
        refuse_future(movement.happened_at, at=at)
        movement.written_by, movement.written_at = by, at
    with saying_where():
        Movement.objects.bulk_create(arrived)
        draw(*(movement.stay for movement in arrived))


def draw(*stays: Stay) -> None:
    """Bring `Occupancy` and the period of each stay into line with its movements."""
    by_id = {stay.pk: stay for stay in stays}
    with connection.cursor() as cursor:
        cursor.execute("SELECT drawn, residence_draw(drawn) FROM unnest(%s::uuid[]) drawn", [list(by_id)])
        for stay_id, period in cursor.fetchall():
            by_id[stay_id].period = period


@contextmanager
def saying_where(*, is_past: bool = False) -> Iterator[None]:
    """A broken constraint becomes the sentence and the field; the operation's transaction is lost with it."""
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if name not in _SAID:
            raise
        refusal, field = _SAID[name]
        if refusal is BedTaken and is_past:
            refusal = BedTakenThen
        raise refusal(field=field) from error
