"""Rounds: one answer for all, exceptions for some, a fact for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation, require
from serasi.common.identifiers import uuid7
from serasi.daily.enums import ANSWERS, RoundKind
from serasi.daily.models import Round, RoundEntry
from serasi.daily.operations.correcting import AlreadyCorrected, supersede
from serasi.daily.operations.moments import refuse_other_times
from serasi.daily.operations.roll_call import BoardChanged, NobodyHere
from serasi.daily.permissions import WRITE_DAY
from serasi.residence.enums import State
from serasi.residence.models import Occupancy, Stay, Ward


class NotAnAnswer(Refused):
    message = _("Pilih jawaban dari daftar.")


@dataclass(frozen=True, slots=True)
class Exceptional:
    """What was said of one resident apart from the rest."""

    answer: str
    note: str = ""


@operation(WRITE_DAY, creates=Round)
def make_round(
    *,
    id: UUID,
    ward: Ward,
    kind: str,
    taken_at: datetime,
    usual: str,
    exceptions: Mapping[UUID, Exceptional],
    by: User,
    at: datetime,
) -> Round:
    """Record a round of everybody who was present at its moment and whom the actor may know; others are their team's.

    Raises NotAnAnswer, BoardChanged when an exception is of somebody who is not there, NobodyHere.
    """
    require(by, WRITE_DAY, on=ward)
    refuse_other_times(taken_at, at=at)
    allowed = set(ANSWERS[RoundKind(kind)]) if kind in RoundKind.values else set()
    if usual not in allowed or any(one.answer not in allowed for one in exceptions.values()):
        raise NotAnAnswer
    here = Occupancy.objects.at(taken_at).filter(ward=ward, state=State.PRESENT).values("stay_id")
    present = list(Stay.objects.visible_to(by).filter(pk__in=here).values_list("pk", flat=True))
    if not present:
        raise NobodyHere
    if set(exceptions) - set(present):
        raise BoardChanged
    made = Round.objects.create(
        id=id, unit_id=ward.unit_id, ward=ward, kind=kind, taken_at=taken_at, usual=usual, written_by=by, written_at=at
    )
    as_all = Exceptional(usual)
    RoundEntry.objects.bulk_create(
        RoundEntry(
            id=uuid7(),
            unit_id=ward.unit_id,
            round=made,
            stay_id=stay,
            answer=exceptions.get(stay, as_all).answer,
            note=exceptions.get(stay, as_all).note.strip(),
        )
        for stay in present
    )
    return made


@operation(WRITE_DAY, creates=RoundEntry)
def correct_entry(
    *, id: UUID, entry: RoundEntry, answer: str, note: str, why: str, by: User, at: datetime
) -> RoundEntry:
    """Another answer than was tapped for this resident. Raises AlreadyCorrected, WhyNeeded, NotAnAnswer."""
    _require_round(by, entry.round)
    require(by, WRITE_DAY, on=entry.stay)
    if answer not in ANSWERS[RoundKind(entry.round.kind)]:
        raise NotAnAnswer(field="answer")
    supersede(entry, why=why, by=by, at=at)
    return RoundEntry.objects.create(
        id=id,
        unit_id=entry.unit_id,
        round_id=entry.round_id,
        stay_id=entry.stay_id,
        answer=answer,
        note=note.strip(),
        replaces=entry,
    )


@operation(WRITE_DAY)
def withdraw_entry(*, entry: RoundEntry, why: str, by: User, at: datetime) -> RoundEntry:
    """This resident was not asked: was not there, or is another. Raises as `correct_entry`."""
    _require_round(by, entry.round)
    require(by, WRITE_DAY, on=entry.stay)
    return supersede(entry, why=why, by=by, at=at)


@operation(WRITE_DAY)
def withdraw_round(*, round: Round, why: str, by: User, at: datetime) -> Round:
    """The whole round was not made, or was another. Its entries stay readable and say nothing any more."""
    _require_round(by, round)
    return supersede(round, why=why, by=by, at=at)


def _require_round(by: User, round: Round) -> None:
    require(by, WRITE_DAY, on=round)
    if not round.is_in_force:
        raise AlreadyCorrected
