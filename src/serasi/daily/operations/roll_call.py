"""Roll calls: who was found, whole or not at all; and the movement that follows from what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused, operation, require
from serasi.common.identifiers import uuid7
from serasi.daily.enums import Mark
from serasi.daily.models import RollCall, RollCallMark
from serasi.daily.operations.correcting import AlreadyCorrected, supersede
from serasi.daily.operations.moments import refuse_other_times
from serasi.daily.permissions import WRITE_DAY
from serasi.daily.queries.roll_calls import movement_of
from serasi.residence import operations as residence
from serasi.residence.enums import MovementKind
from serasi.residence.models import Movement, Occupancy, Stay, Ward
from serasi.residence.permissions import MOVE


class Unanswered(Refused):
    """The count does not close. ``tags`` says who has no answer, by number tag."""

    def __init__(self, tags: Sequence[str]) -> None:
        super().__init__(_("Apel belum lengkap: %s belum ditandai.") % _listed(tags))
        self.tags = tuple(tags)


class BoardChanged(Refused):
    message = _(
        "Papan hunian berubah sejak halaman ini dibuka, sehingga daftar di bawah diperbarui. Periksa, lalu tutup lagi."
    )


class CountDiffers(Refused):
    """The heads that were counted are not those that were marked."""

    def __init__(self, counted: int, marked: int) -> None:
        super().__init__(
            _("Anda menghitung %(counted)d orang, tetapi %(marked)d ditandai hadir. Hitung atau tandai lagi.")
            % {"counted": counted, "marked": marked},
            field="counted",
        )


class NobodyHere(Refused):
    message = _("Tidak ada penghuni di wisma ini.")


class BoardMoved(Refused):
    message = _(
        "Dari tanda ini mutasi sudah dicatat di papan hunian. Cabut dahulu mutasi itu pada masa tinggalnya, lalu"
        " betulkan tandanya."
    )


class BoardAgrees(Refused):
    message = _("Papan hunian sudah sesuai dengan apel ini.")


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one resident."""

    mark: str
    note: str = ""


@operation(WRITE_DAY, creates=RollCall)
def take_roll_call(
    *, id: UUID, ward: Ward, taken_at: datetime, counted: int, marks: Mapping[UUID, Found], by: User, at: datetime
) -> RollCall:
    """Close a roll call: everyone who was of this ward at its moment has an answer, by stay.

    1. Expected are all of whom the board believes, at ``taken_at``, that they belong to the ward, wherever they are.
    2. Who has no answer is named by number tag (`Unanswered`); an answer for who is no longer expected, `BoardChanged`.
    3. The heads that were counted are those that were marked present (`CountDiffers`).

    What the board believed is kept beside each mark; five statements, whatever the size of the ward.
    """
    require(by, WRITE_DAY, on=ward)
    refuse_other_times(taken_at, at=at)
    believed = {
        stay: (tag, state)
        for stay, tag, state in Occupancy.objects.at(taken_at)
        .filter(ward=ward)
        .order_by("tag")
        .values_list("stay_id", "tag", "state")
    }
    if not believed:
        raise NobodyHere
    if set(marks) - set(believed):
        raise BoardChanged
    unanswered = [tag for stay, (tag, _state) in believed.items() if stay not in marks]
    if unanswered:
        raise Unanswered(unanswered)
    present = sum(found.mark == Mark.PRESENT for found in marks.values())
    if counted != present:
        raise CountDiffers(counted, present)
    roll_call = RollCall.objects.create(
        id=id, unit_id=ward.unit_id, ward=ward, taken_at=taken_at, counted=counted, written_by=by, written_at=at
    )
    RollCallMark.objects.bulk_create(
        RollCallMark(
            id=uuid7(),
            unit_id=ward.unit_id,
            roll_call=roll_call,
            stay_id=stay,
            tag=tag,
            believed=state,
            mark=marks[stay].mark,
            note=marks[stay].note.strip(),
        )
        for stay, (tag, state) in believed.items()
    )
    return roll_call


@operation(MOVE)
def follow_up(*, mark: RollCallMark, by: User, at: datetime) -> Movement:
    """Let the board say what the roll call found. The movement has the id of the mark: asked twice, it is one.

    Raises BoardAgrees, AlreadyCorrected, NotAllowed for whom the actor may not know, and what the movement may raise.
    """
    if not mark.is_in_force:
        raise AlreadyCorrected
    kind = movement_of(mark.believed, mark.mark)
    if kind is None:
        raise BoardAgrees
    stay = Stay.objects.visible_to(by).select_related("unit", "person").filter(pk=mark.stay_id).first()
    if stay is None:
        raise NotAllowed
    facts: dict[str, Any] = {"id": mark.pk, "stay": stay, "happened_at": mark.roll_call.taken_at, "by": by, "at": at}
    local = facts["happened_at"].astimezone(ZoneInfo(stay.unit.time_zone))
    reason = f"Apel {local:%d/%m/%Y %H.%M}. {mark.note}".strip()
    if kind is MovementKind.RETURNED:
        return residence.come_back(**facts, reason=reason)
    return residence.go_out(**facts, kind=kind, reason=reason)


@operation(WRITE_DAY, creates=RollCallMark)
def correct_mark(*, id: UUID, mark: RollCallMark, found: Found, why: str, by: User, at: datetime) -> RollCallMark:
    """Another mark than was tapped: whoever was alarmed is alarmed no longer, or is now. The count stays as counted.

    Raises AlreadyCorrected, WhyNeeded, and BoardMoved while a movement that was written from the mark is in force.
    """
    require(by, WRITE_DAY, on=mark)
    if Movement.objects.in_force().filter(pk=mark.pk).exists():
        raise BoardMoved
    supersede(mark, why=why, by=by, at=at)
    return RollCallMark.objects.create(
        id=id,
        unit_id=mark.unit_id,
        roll_call_id=mark.roll_call_id,
        stay_id=mark.stay_id,
        tag=mark.tag,
        believed=mark.believed,
        mark=found.mark,
        note=found.note.strip(),
        replaces=mark,
    )


def _listed(tags: Sequence[str], most: int = 12) -> str:
    shown = ", ".join(f"#{tag}" for tag in tags[:most])
    return shown if len(tags) <= most else f"{shown} … (+{len(tags) - most})"
