"""What one person must do by a day."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused, save_changes
from serasi.access.permissions import may
from serasi.cases.models import Case, Conference, Task
from serasi.cases.operations.writable import FileState, file_operation
from serasi.cases.permissions import CONFER, OPEN_CASE_FILE, WALK_CASE


class OwnerOffTeam(Refused):
    message = _("Penanggung jawab harus anggota tim kasus ini. Masukkan dahulu ke tim, atau pilih orang lain.")


def refuse_owner_off_team(case: Case, owner: User, *, at: datetime) -> None:
    """Whoever must do something has to be able to read what it is about."""
    if not case.has_on_team(owner, at=at):
        raise OwnerOffTeam(field="owner")


@file_operation(CONFER, creates=Task)
def give_task(
    *,
    id: UUID,
    case: Case,
    title: str,
    owner: User,
    due_date: date,
    by: User,
    at: datetime,
    conference: Conference | None = None,
) -> Task:
    """Ask someone on the team to do something by a day."""
    if not title.strip():
        raise Refused(_("Tuliskan apa yang harus dilakukan."), field="title")
    if due_date < timezone.localdate(at):
        raise Refused(_("Batas waktu tidak boleh sebelum hari ini."), field="due_date")
    refuse_owner_off_team(case, owner, at=at)
    return Task.objects.create(
        id=id,
        case=case,
        conference=conference,
        title=title,
        owner=owner,
        due_date=due_date,
        written_by=by,
        written_at=at,
    )


def _require_hand(by: User, task: Task) -> None:
    if task.owner_id != by.pk and not may(by, WALK_CASE, on=task.case):
        raise NotAllowed(_("Tugas ini diselesaikan oleh penanggung jawabnya."))


@file_operation(OPEN_CASE_FILE, of="task.case", state=FileState.EITHER, also=_require_hand)
def do_task(*, task: Task, by: User, at: datetime, done_note: str = "", revision: int | None = None) -> Task:
    """Mark a task done: its owner, or whoever walks the case."""
    if task.done_at is not None:
        return task
    save_changes(task, revision=task.revision if revision is None else revision, done_at=at, done_note=done_note)
    return task


@file_operation(OPEN_CASE_FILE, of="task.case", state=FileState.EITHER, also=_require_hand)
def undo_task(*, task: Task, by: User, at: datetime, revision: int | None = None) -> Task:
    """Take back that a task is done; what was noted about it stays in the trail."""
    if task.done_at is None:
        return task
    save_changes(task, revision=task.revision if revision is None else revision, done_at=None, done_note="")
    return task
