"""Ending the service: proposed, approved, in effect on its day with its after-care; and taken up again in the file."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.cases.enums import Approach, ApprovalSubject, Phase
from serasi.cases.models import Approval, Case, Reopening, Stage, Termination
from serasi.cases.operations.aftercare import schedule_after_closing
from serasi.cases.operations.approval_request import end_requests, request_approval
from serasi.cases.operations.stage import NoSuchWay, SomethingMissing, close, reopen
from serasi.cases.operations.writable import FileState, file_operation, hold
from serasi.cases.queries.practice import practice_of
from serasi.cases.reference import outcomes, termination_reasons
from serasi.cases.rules import Missing, missing_of
from serasi.common.identifiers import uuid7

TERMINATE = "cases.termination.write"


class TerminationPending(Refused):
    message = _("Usulan terminasi sebelumnya belum selesai. Tunggu keputusan dan harinya, atau tarik kembali.")


class NotItsDay(Refused):
    message = _(
        "Tanggal berakhirnya belum tiba. Bila layanan berakhir lebih cepat, batalkan rencana ini dan usulkan lagi."
    )


class NotPlannedAhead(Refused):
    message = _("Terminasi ini sudah berlaku atau dibatalkan. Muat ulang halaman untuk melihatnya.")


class HandOverMissing(Refused):
    message = _(
        "Alasan ini memerlukan berita acara serah terima karena orangnya pernah dilayani di dalam. Buat dahulu."
    )


@file_operation(TERMINATE, creates=Termination)
def propose_termination(
    *,
    id: UUID,
    case: Case,
    reason: str,
    outcome: str,
    account: str,
    ends_on: date,
    aftercare_owner: User | None,
    by: User,
    at: datetime,
) -> Termination:
    """Propose to end the service; a supervisor decides.

    1. Reason and outcome are of the lists; a reason that asks for after-care names who visits.
    2. A reason that asks for a hand-over finds one in the file, when the person was ever served inside.

    3. What the stages ask before an end is there already, so that the approval does not fail on it.

    Raises `CaseClosed`, `TerminationPending`, `HandOverMissing`, `SomethingMissing`.
    """
    hold(case)
    if reason not in termination_reasons():
        raise Refused(_("Pilih alasan terminasi dari daftar."), field="reason")
    if outcome not in outcomes():
        raise Refused(_("Pilih hasil dari daftar."), field="outcome")
    if ends_on < timezone.localdate(case.opened_at):
        raise Refused(_("Layanan tidak dapat berakhir sebelum kasus dibuka."), field="ends_on")
    if case.terminations.under_way().exists():
        raise TerminationPending
    why = termination_reasons()[reason]
    if why.needs_aftercare and aftercare_owner is None:
        raise Refused(_("Pilih siapa yang melakukan bimbingan lanjut."), field="aftercare_owner")
    was_inside = case.approachperiods.filter(approach=Approach.RESIDENTIAL).exists()
    if why.needs_handover and was_inside and not case.handovers.exists():
        raise HandOverMissing(field="reason")
    if missing := missing_to_end(case, is_planned=why.is_planned):
        raise SomethingMissing(missing)
    termination = Termination.objects.create(
        id=id,
        case=case,
        reason=reason,
        outcome=outcome,
        account=account,
        ends_on=ends_on,
        aftercare_owner=aftercare_owner,
        written_by=by,
        written_at=at,
    )
    request_approval(case=case, subject=ApprovalSubject.CLOSURE, subject_id=termination.pk, by=by, at=at)
    return termination


def take_effect(approval: Approval, *, by: User, at: datetime) -> None:
    """What follows from approving a termination: the service ends now, or on its day by `complete_termination`."""
    termination = _load(approval.subject_id)
    termination.approved_at = at
    termination.save(update_fields=["approved_at"])
    if termination.ends_on <= timezone.localdate(at):
        _end(termination, by=by, at=at)


@file_operation(TERMINATE, of="termination.case")
def complete_termination(*, termination: Termination, by: User, at: datetime) -> Termination:
    """End the service as planned, on its day or after it.

    Raises `NotPlannedAhead`, `NotItsDay`, and `SomethingMissing` for what the stages ask by now.
    """
    termination = _hold_planned(termination)
    if termination.ends_on > timezone.localdate(at):
        raise NotItsDay
    _end(termination, by=by, at=at)
    return termination


@file_operation(TERMINATE, of="termination.case")
def cancel_termination(*, termination: Termination, by: User, at: datetime) -> Termination:
    """Call off an end that was approved for a later day; the service goes on. Raises `NotPlannedAhead`."""
    termination = _hold_planned(termination)
    termination.withdrawn_at = at
    termination.save(update_fields=["withdrawn_at"])
    return termination


def _load(termination_id: UUID) -> Termination:
    return Termination.objects.select_related("case", "case__unit", "case__stage", "aftercare_owner").get(
        pk=termination_id
    )


def _hold_planned(termination: Termination) -> Termination:
    hold(termination.case)
    stored = _load(termination.pk)
    if not stored.is_planned_ahead:
        raise NotPlannedAhead
    return stored


def _end(termination: Termination, *, by: User, at: datetime) -> None:
    """The service ends.

    1. Visits are scheduled at the unit's months after the day it ended, when the reason asks for after-care.
    2. The case goes to its last stage and is closed (`stage.close`), or all fails, saying what is missing.
    """
    why = termination_reasons()[termination.reason]
    termination.took_effect_at = at
    termination.save(update_fields=["took_effect_at"])
    if why.needs_aftercare and termination.aftercare_owner:
        schedule_after_closing(
            case=termination.case,
            since=termination.ends_on,
            months=practice_of(termination.case.unit).aftercare_months,
            owner=termination.aftercare_owner,
            by=by,
            at=at,
        )
    close(id=uuid7(), case=termination.case, reason=why.name, is_planned=why.is_planned, by=by, at=at)


def send_back(approval: Approval, *, by: User, at: datetime) -> None:
    """What follows from returning: this proposal ends; a better one may follow."""
    Termination.objects.filter(pk=approval.subject_id, approved_at=None).update(withdrawn_at=at)


def end_after_transfer(*, case: Case, unit_name: str, proposed_by: User, by: User, at: datetime) -> Termination:
    """Part of a transfer that was approved and accepted: the sender's service ends without another approval."""
    under_way = list(case.terminations.under_way())
    end_requests(subject=ApprovalSubject.CLOSURE, subject_ids=[other.pk for other in under_way], at=at)
    case.terminations.under_way().update(withdrawn_at=at)
    termination = Termination.objects.create(
        id=uuid7(),
        case=case,
        reason="dirujuk_selesai",
        outcome="belum_dapat_dinilai",
        account=f"Dilimpahkan dan diterima oleh {unit_name}.",
        ends_on=timezone.localdate(at),
        approved_at=at,
        took_effect_at=at,
        written_by=proposed_by,
        written_at=at,
    )
    close(id=uuid7(), case=case, reason=termination.account, is_planned=False, by=by, at=at)
    return termination


@file_operation(TERMINATE, creates=Reopening, state=FileState.CLOSED)
def reopen_case(*, id: UUID, case: Case, reason: str, by: User, at: datetime) -> Reopening:
    """Take a closed case up again in the same file; visits that were planned stay. Raises what `stage.reopen` does."""
    hold(case)
    reopening = Reopening.objects.create(id=id, case=case, reason=reason, written_by=by, written_at=at)
    reopen(id=uuid7(), case=case, reason=reason, by=by, at=at)
    return reopening


ON_ITS_WAY = frozenset({"termination_reason", "closure_approved", "aftercare_scheduled"})
"""Rules that the proposal, its approval and the closing meet themselves."""


def missing_to_end(case: Case, *, is_planned: bool) -> list[Missing]:
    """What must still be done before a termination can take effect (2 queries). Raises `NoSuchWay`."""
    here = case.stage
    ends = Stage.objects.filter(stage_set=here.stage_set_id, phase=Phase.TERMINATION)
    ways = here.leads_to if is_planned else [*here.leads_to, *here.ends_early_at]
    to = next((end for end in ends if end.pk in ways), None)
    if to is None:
        raise NoSuchWay(
            _("Dari tahap ini kasus belum dapat berakhir begitu. Selesaikan tahapnya, atau pilih alasan lain."),
            field="reason",
        )
    asked = (*here.requires, *to.admits_with) if is_planned else to.admits_with
    return missing_of(case, [rule for rule in asked if rule not in ON_ITS_WAY])
