"""Waiting for a place, what is tried meanwhile, and how waiting ends."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.capacity.enums import Answer, Leaving
from serasi.capacity.models import Attempt, Waiting
from serasi.capacity.permissions import WAIT
from serasi.cases.models import Case
from serasi.cases.operations.writable import FileState, file_operation
from serasi.residence.models import Stay


class LivesHere(Refused):
    message = _("Orang ini sudah tinggal di sini, jadi tidak perlu menunggu.")


class NoLongerWaits(Refused):
    message = _("Orang ini tidak lagi ada di daftar tunggu.")


class NotTried(Refused):
    message = _("Catat dahulu layanan di luar lembaga yang dijalankan, dengan hasil “Bisa, dan dijalankan”.")


@file_operation(WAIT, creates=Waiting)
def wait_for_place(
    *, id: UUID, case: Case, tonight: str, needs: Sequence[str], reason: str, by: User, at: datetime
) -> Waiting:
    """Put someone on the list of the unit of their file. Raises LivesHere; an earlier wait that ended is closed."""
    lived_here = Stay.objects.filter(person_id=case.person_id, unit_id=case.unit_id)
    if lived_here.open().exists():
        raise LivesHere
    before = Waiting.objects.filter(case=case, left_at=None).first()
    if before is not None and lived_here.filter(period__startswith__gte=before.written_at).exists():
        _end(before, Leaving.ADMITTED, "", by, at)
    return Waiting.objects.create(
        id=id, case=case, tonight=tonight, needs=list(needs), reason=reason.strip(), written_by=by, written_at=at
    )


@file_operation(WAIT, of="waiting.case", creates=Attempt)
def record_attempt(
    *, id: UUID, waiting: Waiting, way: str, answer: str, account: str, by: User, at: datetime
) -> Attempt:
    """Something else was tried. When it is possible and done, waiting ends with it. Raises NoLongerWaits."""
    _require_waiting(waiting)
    made = Attempt.objects.create(
        id=id,
        case=waiting.case,
        waiting=waiting,
        way=way,
        answer=answer,
        account=account.strip(),
        written_by=by,
        written_at=at,
    )
    if answer == Answer.AGREED:
        _end(waiting, Leaving.DIVERTED, made.account, by, at)
    return made


@file_operation(WAIT, of="waiting.case", state=FileState.EITHER)
def leave_list(*, waiting: Waiting, leaving: str, left_reason: str, by: User, at: datetime) -> Waiting:
    """Waiting ends: elsewhere, no longer needed, died; being served outside is told by what was tried. Raises
    NoLongerWaits, NotTried."""
    _require_waiting(waiting)
    if leaving == Leaving.DIVERTED:
        raise NotTried(field="leaving")
    if not left_reason.strip():
        raise Refused(_("Tulis penjelasannya."), field="left_reason")
    return _end(waiting, Leaving(leaving), left_reason.strip(), by, at)


def _require_waiting(waiting: Waiting) -> None:
    if not Waiting.objects.open().select_for_update(of=("self",), no_key=True).filter(pk=waiting.pk).exists():
        raise NoLongerWaits


def _end(waiting: Waiting, leaving: Leaving, reason: str, by: User, at: datetime) -> Waiting:
    waiting.leaving, waiting.left_reason, waiting.left_by, waiting.left_at = leaving, reason, by, at
    waiting.save(update_fields=["leaving", "left_reason", "left_by", "left_at"])
    return waiting
