"""The one door through which a case changes its stage, closes and opens again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation, require, save_changes
from serasi.cases.enums import Phase
from serasi.cases.models import Case, Stage, StageChange
from serasi.cases.operations.writable import CaseOpen, FileState, file_operation
from serasi.cases.permissions import TERMINATE, WALK_CASE
from serasi.cases.rules import Missing, missing_of


class NoSuchWay(Refused):
    message = _("Dari tahap ini tidak ada jalan langsung ke tahap itu. Pilih tahap lain.")


class SomethingMissing(Refused):
    """Rules of the way are not met; ``missing`` holds each with its sentence and its page."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(" ".join(str(rule.message) for rule in missing))
        self.missing = tuple(missing)


class CaseIsClosed(Refused):
    message = _("Kasus ini sudah ditutup. Buka kembali kasusnya bila layanan dilanjutkan.")


@file_operation(WALK_CASE, creates=StageChange, state=FileState.EITHER)
def move(
    *,
    id: UUID,
    case: Case,
    to: Stage,
    by: User,
    at: datetime,
    reason: str = "",
    revision: int | None = None,
) -> StageChange:
    """Go on to a next stage, or step back with a reason.

    1. Ahead, everything the two stages ask must exist, or `SomethingMissing` says what is not there.
    2. Ending has its own way (`close`); a closed case walks only between its end and after-care.
    3. Two who move at once: the second gets `Conflict`.
    """
    here = case.stage
    if to.pk in here.steps_back_to and case.is_open:
        if not reason.strip():
            raise Refused(_("Tuliskan alasan kembali ke tahap sebelumnya."), field="reason")
    elif to.pk in here.leads_to:
        _refuse_unless_on_the_way(case, here, to)
        if missing := missing_of(case, (*here.requires, *to.admits_with), on=timezone.localdate(at)):
            raise SomethingMissing(missing)
    elif case.closed_at is not None:
        raise CaseIsClosed
    else:
        raise NoSuchWay
    return _write(id, case, to, reason=reason, revision=revision, by=by, at=at)


def _refuse_unless_on_the_way(case: Case, here: Stage, to: Stage) -> None:
    if case.closed_at is None:
        if to.phase == Phase.TERMINATION:
            raise Refused(_("Kasus berakhir melalui usulan terminasi yang disetujui. Buka bagian Terminasi."))
    elif {here.phase, to.phase} - {Phase.TERMINATION, Phase.AFTERCARE}:
        raise CaseIsClosed


@operation(TERMINATE, creates=StageChange)
def close(
    *,
    id: UUID,
    case: Case,
    by: User,
    at: datetime,
    reason: str = "",
    is_planned: bool = True,
    revision: int | None = None,
) -> StageChange:
    """End the service: into the terminating stage of the set, by the planned way or the early one, which asks less.

    Called by the operations of termination, once a closure is approved; the case's ``closed_at`` is set here alone.
    """
    require(by, TERMINATE, on=case)
    if case.closed_at is not None:
        raise CaseIsClosed
    here = case.stage
    ends = Stage.objects.filter(stage_set=here.stage_set_id, phase=Phase.TERMINATION)
    to = next((end for end in ends if end.pk in here.leads_to or end.pk in here.ends_early_at), None)
    if to is None:
        raise NoSuchWay
    if is_planned and to.pk not in here.leads_to:
        raise Refused(
            _("Dari tahap ini kasus belum dapat berakhir menurut rencana. Selesaikan tahapnya, atau pilih alasan lain.")
        )
    asked = (*here.requires, *to.admits_with) if is_planned else to.admits_with
    if missing := missing_of(case, asked, on=timezone.localdate(at)):
        raise SomethingMissing(missing)
    return _write(id, case, to, reason=reason, revision=revision, by=by, at=at, closed_at=at)


@operation(TERMINATE, creates=StageChange)
def reopen(
    *,
    id: UUID,
    case: Case,
    reason: str,
    by: User,
    at: datetime,
    to: Stage | None = None,
    revision: int | None = None,
) -> StageChange:
    """Take a closed case up again, in the same file, at a stage its end steps back to (else the earliest)."""
    require(by, TERMINATE, on=case)
    if case.closed_at is None:
        raise CaseOpen
    if not reason.strip():
        raise Refused(_("Tuliskan alasan membuka kembali."), field="reason")
    if Case.objects.open().filter(person=case.person_id, unit=case.unit_id).exists():
        raise Refused(_("Orang ini sudah mempunyai kasus lain yang terbuka di unit ini. Lanjutkan di kasus itu."))
    ways = Stage.objects.filter(pk__in=case.stage.steps_back_to).order_by("order")
    target = to or ways.first()
    if target is None or target.pk not in case.stage.steps_back_to:
        raise NoSuchWay
    return _write(id, case, target, reason=reason, revision=revision, by=by, at=at, closed_at=None)


_KEEP = object()


def _write(
    id: UUID,
    case: Case,
    to: Stage,
    *,
    reason: str,
    revision: int | None,
    by: User,
    at: datetime,
    closed_at: object = _KEEP,
) -> StageChange:
    """The case and its dated change, together; the change names where the case really came from."""
    came_from = case.stage
    ending = {} if closed_at is _KEEP else {"closed_at": closed_at}
    save_changes(case, revision=case.revision if revision is None else revision, stage=to, **ending)
    return StageChange.objects.create(
        id=id, case=case, from_stage=came_from, to_stage=to, reason=reason, written_by=by, written_at=at
    )
