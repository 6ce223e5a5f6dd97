"""The device for work that takes longer than a page may: asked once, done in chunks, told in numbers.

An app registers a `WorkKind` at start and asks for work inside one of its own operations with `ask_for_work`. The
worker calls the kind's step again and again. One call does one chunk and says how far it came; chunk and progress are
one transaction, under a lock on the row of the work. So a worker that is killed leaves whole chunks behind, a chunk
done again finds nothing left to do, and two workers never do the same chunk.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

from serasi.access.models import Unit, User
from serasi.access.models.work import BackgroundWork
from serasi.access.operations.device import NotAllowed, Refused, acting

RUN = "access.work.run"
"""The one task of the queue that does work; its only argument is the id of the work."""
QUEUE = "work"
SLICE = 5.0
"""Seconds after which a run asks for another and ends, so that short work is not kept waiting and a stop is quick."""

_log = logging.getLogger("serasi.work")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a chunk came. ``result`` is kept when the work is finished; it holds numbers, never people."""

    done: int
    total: int
    is_finished: bool = False
    result: Mapping[str, Any] = field(default_factory=dict)


Step = Callable[[BackgroundWork, User, datetime], Progress]


@dataclass(frozen=True, slots=True)
class WorkKind:
    """One kind of work: what it is called, the step that does a chunk, the URL name (taking the subject's id)."""

    code: str
    label: Any
    step: Step
    url_name: str = ""


_kinds: dict[str, WorkKind] = {}


def register_work(kind: WorkKind) -> None:
    if kind.code in _kinds:
        raise ValueError(f"work {kind.code} is registered twice")
    _kinds[kind.code] = kind


def work_kind(code: str) -> WorkKind:
    return _kinds[code]


class WorkEnded(Refused):
    """What has ended cannot be cancelled."""


def ask_for_work(
    *,
    id: UUID,
    kind: str,
    subject_id: UUID,
    by: User,
    at: datetime,
    unit: Unit | None = None,
    total: int = 0,
    queued: bool = True,
) -> BackgroundWork:
    """Part of an operation: put work into the queue. It starts when the operation's transaction is through.

    With ``queued=False`` whoever asks does it themselves (`run_work`), as a command does.
    """
    work_kind(kind)
    with acting(by, "access.work.ask"):
        work = BackgroundWork(id=id, kind=kind, subject_id=subject_id, owner=by, unit=unit, total=total, asked_at=at)
        work.save(force_insert=True)
        if queued:
            enqueue(id)
    return work


def enqueue(work_id: UUID) -> None:
    defer(RUN, work_id=work_id)


def defer(task: str, *, queue: str = QUEUE, at: datetime | None = None, **ids: UUID) -> None:
    """Put a job into the queue, in the transaction at hand, for now or for a moment; it carries nothing but ids."""
    JobManager(DjangoConnector()).defer_job(
        Job(
            id=None,
            queue=queue,
            lock=None,
            queueing_lock=None,
            task_name=task,
            task_kwargs={name: str(record_id) for name, record_id in ids.items()},
            scheduled_at=at,
        )
    )


def cancel_work(*, work: BackgroundWork, by: User, at: datetime, is_vouched: bool = False) -> BackgroundWork:
    """Whole chunks stay as they are, the next one is not begun.

    Its owner alone may do it, or whoever the calling operation vouches for, having asserted that they may.
    """
    if by.pk != work.owner_id and not by.scope.is_system and not is_vouched:
        raise NotAllowed
    with acting(by, "access.work.cancel"):
        cancelled = BackgroundWork.objects.filter(pk=work.pk).not_ended().update(cancelled_at=at)
        if not cancelled:
            raise WorkEnded(_("Pekerjaan ini sudah berakhir."))
        work.refresh_from_db()
    return work


def run_work(*, work_id: UUID, run: UUID, clock: Callable[[], datetime], most_seconds: float = SLICE) -> bool:
    """Do chunks of a work for a while, in its owner's name. Returns whether anything is left to do.

    1. Claim the work, unless it has ended. A run that claimed it before ends at its next chunk.
    2. Do one chunk after another, each in a transaction with its progress.
    3. What a step refuses, and what it stumbles over, ends the work with a message; a lost database does not.

    Work has no reader: what it writes down is Indonesian, and pages show it in the language of theirs.
    """
    with translation.override("id"):
        return _run(work_id, run, clock, most_seconds)


def _run(work_id: UUID, run: UUID, clock: Callable[[], datetime], most_seconds: float) -> bool:
    claimed = _claim(work_id, run, clock())
    if claimed is None:
        return False
    owner, kind = claimed
    deadline = time.monotonic() + most_seconds
    while True:
        try:
            is_left = _do_chunk(work_id, run, owner, kind, clock)
        except Refused as refused:
            _fail(work_id, run, str(refused.message)[:300], clock())
            return False
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            # The text of an error may hold a name: its type and place are enough to find it.
            trace = error.__traceback__
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
            _log.error("work %s failed: %s at %s", work_id, type(error).__name__, place)
            _fail(
                work_id, run, _("Pekerjaan berhenti karena kesalahan program. Laporkan kepada administrator."), clock()
            )
            return False
        if not is_left:
            return False
        if time.monotonic() >= deadline:
            return True


def _claim(work_id: UUID, run: UUID, at: datetime) -> tuple[User, WorkKind] | None:
    system = User.objects.system()
    with acting(system, "access.work.claim"):
        claimed = BackgroundWork.objects.filter(pk=work_id).not_ended()
        if not claimed.update(claim=run):
            return None
        claimed.filter(started_at=None).update(started_at=at)
        work = BackgroundWork.objects.select_related("owner").get(pk=work_id)
        return work.owner, work_kind(work.kind)


def _do_chunk(work_id: UUID, run: UUID, owner: User, kind: WorkKind, clock: Callable[[], datetime]) -> bool:
    with acting(owner, f"work:{kind.code}"):
        mine = BackgroundWork.objects.filter(pk=work_id, claim=run).not_ended()
        work = mine.select_for_update(of=("self",)).select_related("unit").first()
        if work is None:
            return False
        at = clock()
        progress = kind.step(work, owner, at)
        mine.update(
            done=progress.done,
            total=max(progress.total, progress.done),
            finished_at=at if progress.is_finished else None,
            result=dict(progress.result) if progress.is_finished else work.result,
        )
    return not progress.is_finished


def _fail(work_id: UUID, run: UUID, message: str, at: datetime) -> None:
    with acting(User.objects.system(), "access.work.fail"):
        BackgroundWork.objects.filter(pk=work_id, claim=run).not_ended().update(failed_at=at, message=message)
