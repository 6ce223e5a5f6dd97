"""Case conferences: who sat, what was said, what was decided and who does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, save_changes
from serasi.cases.models import Case, Conference, Participant, Task
from serasi.cases.operations.task import refuse_owner_off_team
from serasi.cases.operations.writable import FileState, file_operation
from serasi.cases.permissions import CONFER
from serasi.common.identifiers import uuid7


@dataclass(frozen=True, slots=True)
class Seat:
    """Someone at the table: a user, or a name from outside."""

    user: User | None = None
    name: str = ""
    profession: str = ""
    is_the_person: bool = False


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """Something decided: what, by whom, until when."""

    title: str
    owner: User
    due_date: date


@file_operation(CONFER, creates=Conference)
def hold_conference(
    *,
    id: UUID,
    case: Case,
    held_at: datetime,
    question: str,
    minutes: str,
    seats: Sequence[Seat],
    decisions: Sequence[DecisionMade],
    by: User,
    at: datetime,
) -> Conference:
    """Record a conference whole: its seats, its minutes, and each decision as a task of its owner."""
    if held_at > at:
        raise Refused(_("Waktu temu bahas tidak boleh di masa depan."), field="held_at")
    if not question.strip():
        raise Refused(_("Tuliskan pokok bahasannya."), field="question")
    if not seats:
        raise Refused(_("Sebutkan paling sedikit satu peserta."), field="seats")
    if any((seat.user is None) == (not seat.name.strip()) for seat in seats):
        raise Refused(
            _("Setiap peserta adalah petugas dari daftar atau nama dari luar, bukan keduanya."), field="seats"
        )
    if len({seat.user.pk for seat in seats if seat.user}) < sum(1 for seat in seats if seat.user):
        raise Refused(_("Seorang peserta tercantum dua kali."), field="seats")
    conference = Conference.objects.create(
        id=id, case=case, held_at=held_at, question=question, minutes=minutes, written_by=by, written_at=at
    )
    Participant.objects.bulk_create(
        [
            Participant(
                conference=conference,
                user=seat.user,
                name=seat.name,
                profession=seat.profession,
                is_the_person=seat.is_the_person,
            )
            for seat in seats
        ]
    )
    for decision in decisions:
        refuse_owner_off_team(case, decision.owner, at=at)
    Task.objects.bulk_create(
        [
            Task(
                id=uuid7(),
                case=case,
                conference=conference,
                title=decision.title,
                owner=decision.owner,
                due_date=decision.due_date,
                written_by=by,
                written_at=at,
            )
            for decision in decisions
        ]
    )
    return conference


@file_operation(CONFER, of="conference.case", state=FileState.EITHER, rewrites=True)
def amend_minutes(
    *, conference: Conference, revision: int, question: str, minutes: str, by: User, at: datetime
) -> Conference:
    """Mend what was written down; someone else's mending meanwhile is shown, not overwritten.

    Raises `NamesKeptBack` and `Conflict`.
    """
    if not question.strip():
        raise Refused(_("Tuliskan pokok bahasannya."), field="question")
    save_changes(conference, revision=revision, question=question, minutes=minutes)
    return conference
