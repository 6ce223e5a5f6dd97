"""Referring or transferring a case: written, put before a supervisor, sent, answered, and told how it went.

The receiver never touches the sender's file. Where an answer has consequences on both sides, the system itself writes
the other side's part within the same transaction, and the trail names the act that asked for it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NotRequired, TypedDict, Unpack
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import NotAllowed, Refused, acting, operation, require, save_changes
from serasi.cases.enums import (
    ApprovalSubject,
    Confidentiality,
    DisclosedPart,
    ReferralAnswer,
    ReferralKind,
    TeamPart,
    Urgency,
)
from serasi.cases.models import Approval, Case, Referral, ReferralMessage, Task, TeamMember
from serasi.cases.operations.approval_request import end_requests, request_approval
from serasi.cases.operations.case import open_case
from serasi.cases.operations.termination import end_after_transfer
from serasi.cases.operations.writable import file_operation
from serasi.cases.queries.package import package_of
from serasi.cases.queries.practice import practice_of
from serasi.cases.reference import referral_reasons, refusal_reasons
from serasi.common.identifiers import uuid7
from serasi.people.models import Person, PersonTeam
from serasi.people.operations import keep_team, link_to_unit

REFER = "cases.referral.write"
ANSWER = "cases.referral.answer"
ANSWER_SEALED = "cases.referral.answer_sealed"
BOTH_SIDES: Final = "cases.referral.both_sides"
EMERGENCY_TERM: Final = timedelta(hours=24)


class NotADraft(Refused):
    message = _("Rujukan ini sudah diajukan. Tunggu keputusan supervisor, atau tarik kembali.")


class ReferralIsOpen(Refused):
    message = _("Rujukan ke unit ini masih menunggu jawaban.")


class SealedNotDecided(Refused):
    message = _("Kasus rahasia hanya diungkap atas keputusan manajer kasus, yang menyatakannya saat mengajukan.")


class AlreadyAnswered(Refused):
    message = _("Rujukan ini sudah dijawab atau ditarik. Muat ulang halaman untuk melihat jawabannya.")


class ResultIsGiven(Refused):
    message = _("Hasil sudah dikirim kepada perujuk.")


# --- The sender --------------------------------------------------------------------------------------------


class ReferralFacts(TypedDict):
    """What is written of a referral: to whom, why, and what goes along."""

    kind: ReferralKind
    to_unit: Unit
    urgency: Urgency
    reason_code: str
    reason: str
    disclosed: Sequence[str]
    documents: NotRequired[Sequence[UUID]]


def _refuse_submitted(_by: User, referral: Referral) -> None:
    if referral.submitted_at is not None or referral.withdrawn_at is not None:
        raise NotADraft


@file_operation(REFER, creates=Referral)
def write_referral(*, id: UUID, case: Case, by: User, at: datetime, **facts: Unpack[ReferralFacts]) -> Referral:
    """Draft a referral; nothing leaves the file yet. Raises `CaseClosed` and `ReferralIsOpen`."""
    return Referral.objects.create(
        id=id,
        case=case,
        person_id=case.person_id,
        from_unit_id=case.unit_id,
        confidentiality=case.confidentiality,
        written_by=by,
        written_at=at,
        **_checked(case, facts, by=by),
    )


@file_operation(REFER, of="referral.case", rewrites=True, also=_refuse_submitted)
def change_referral(
    *, referral: Referral, revision: int, by: User, at: datetime, **facts: Unpack[ReferralFacts]
) -> Referral:
    """Change a draft. Raises `NamesKeptBack`, `NotADraft`, `ReferralIsOpen` and `Conflict`."""
    _hold_draft(referral)
    save_changes(referral, revision=revision, **_checked(referral.case, facts, by=by, but_for=referral))
    return referral


@file_operation(REFER, of="referral.case")
def submit_referral(
    *, referral: Referral, revision: int, by: User, at: datetime, decides_to_disclose: bool = False
) -> Approval:
    """Freeze the package as it is today and put it before a supervisor; approval sends it unchanged.

    A sealed case needs its manager to submit and to say so. Raises `NotADraft`, `SealedNotDecided`, `Conflict`.
    """
    case = referral.case
    _hold_draft(referral)
    decided_by = None
    if case.confidentiality == Confidentiality.SEALED:
        if not (decides_to_disclose and _manages(case, by, at)):
            raise SealedNotDecided
        decided_by = by
    package = package_of(
        case,
        disclosed=referral.disclosed,
        documents=referral.documents,
        reader=by,
        on=timezone.localdate(at),
    )
    save_changes(
        referral,
        revision=revision,
        package=package.as_json(),
        documents=[document.id for document in package.documents],
        confidentiality=case.confidentiality,
        sealed_decided_by=decided_by,
        submitted_at=at,
    )
    return request_approval(case=case, subject=ApprovalSubject.REFERRAL, subject_id=referral.pk, by=by, at=at)


def take_effect(approval: Approval, *, by: User, at: datetime) -> None:
    """What follows from approving: the referral is sent, and its answer has a day."""
    referral = Referral.objects.get(pk=approval.subject_id)
    if referral.withdrawn_at:
        raise AlreadyAnswered
    Referral.objects.filter(pk=referral.pk, sent_at=None).update(
        sent_at=at, answer_due_at=_answer_due_at(referral, at), revision=F("revision") + 1
    )


def send_back(approval: Approval, *, by: User, at: datetime) -> None:
    """What follows from returning: it is a draft again, and the package that was frozen is let go."""
    Referral.objects.filter(pk=approval.subject_id, sent_at=None).update(
        submitted_at=None, package={}, sealed_decided_by=None, revision=F("revision") + 1
    )


@operation(REFER)
def withdraw_referral(*, referral: Referral, by: User, at: datetime) -> Referral:
    """Take a referral back while nobody has answered; the receiver no longer reads its package.

    Raises `AlreadyAnswered`.
    """
    require(by, REFER, on=_sender_case(referral))
    if not Referral.objects.filter(pk=referral.pk, answered_at=None, withdrawn_at=None).update(
        withdrawn_at=at, revision=F("revision") + 1
    ):
        raise AlreadyAnswered
    end_requests(subject=ApprovalSubject.REFERRAL, subject_ids=[referral.pk], at=at)
    referral.refresh_from_db()
    return referral


# --- Both ends ---------------------------------------------------------------------------------------------


@operation(REFER, creates=ReferralMessage)
def write_message(*, id: UUID, referral: Referral, text: str, by: User, at: datetime) -> ReferralMessage:
    """Ask, or answer a question, about a referral that was sent. Both ends may. Raises `NotAllowed`."""
    if not may_talk(by, referral):
        raise NotAllowed
    if referral.sent_at is None or referral.withdrawn_at is not None:
        raise AlreadyAnswered(_("Rujukan ini belum dikirim atau sudah ditarik."))
    if not text:
        raise Refused(_("Tuliskan pesannya."), field="text")
    return ReferralMessage.objects.create(id=id, referral=referral, text=text, written_by=by, written_at=at)


# --- The receiver ------------------------------------------------------------------------------------------


@operation(ANSWER)
def accept_referral(*, referral: Referral, case_id: UUID, by: User, at: datetime, reason: str = "") -> Referral:
    """Take the person in.

    1. Of several answers at once, one counts; the others get `AlreadyAnswered`.
    2. The person becomes known to the receiving unit.
    3. The receiver's own file opens, with the id the client chose and the sender's cluster, risk and class; a file
       already open for this person is used.
    4. A transfer ends the sender's service; where that cannot be done at once, the sender gets a task to do it.
    """
    _require_receiver(by, referral)
    if _has_answered(referral, by, ReferralAnswer.ACCEPTED):
        return referral
    _answer(referral, ReferralAnswer.ACCEPTED, by=by, at=at, answer_reason=reason)
    system = User.objects.system()
    with acting(system, BOTH_SIDES):
        person = _bring_in(referral, by=by, system=system, at=at)
        sender = Case.objects.get(pk=referral.case_id)
        received = Case.objects.open().filter(person=person, unit=referral.to_unit).first()
    if received is None:
        received = open_case(
            id=case_id,
            person=person,
            unit=referral.to_unit,
            cluster=sender.cluster,
            confidentiality=referral.confidentiality,
            risk=sender.risk,
            by=by,
            at=at,
        )
    with acting(system, BOTH_SIDES):
        Referral.objects.filter(pk=referral.pk).update(received_case=received, revision=F("revision") + 1)
        if referral.kind == ReferralKind.TRANSFER:
            _end_at_sender(referral, system=system, at=at)
    referral.refresh_from_db()
    return referral


@operation(ANSWER)
def refuse_referral(*, referral: Referral, code: str, reason: str, by: User, at: datetime) -> Referral:
    """Refuse with a reason and a way on; the package is no longer read here. Raises `AlreadyAnswered`."""
    _require_receiver(by, referral)
    if _has_answered(referral, by, ReferralAnswer.REFUSED):
        return referral
    if code not in refusal_reasons():
        raise Refused(_("Pilih alasan penolakan dari daftar."), field="code")
    if not reason:
        raise Refused(_("Tuliskan alasan penolakan dan langkah yang Anda sarankan."), field="reason")
    _answer(referral, ReferralAnswer.REFUSED, by=by, at=at, answer_code=code, answer_reason=reason)
    return referral


@operation(REFER)
def return_result(*, referral: Referral, result: str, by: User, at: datetime) -> Referral:
    """Tell the sender what came of it, once. Raises `ResultIsGiven`."""
    if referral.received_case is None:
        raise Refused(_("Rujukan ini belum diterima."))
    if not may_return(by, referral):
        raise NotAllowed
    if not result:
        raise Refused(_("Tuliskan hasilnya."), field="result")
    if not Referral.objects.filter(pk=referral.pk, result_at=None).update(
        result=result, result_at=at, revision=F("revision") + 1
    ):
        raise ResultIsGiven
    referral.refresh_from_db()
    return referral


# --- The clock ---------------------------------------------------------------------------------------------


@operation(ANSWER)
def escalate_silent_referrals(*, by: User, at: datetime) -> int:
    """Mark the referrals nobody answered in time; heads of both units see them. For the system alone."""
    if not by.scope.is_system:
        raise NotAllowed
    return Referral.objects.silent(at).filter(escalated_at=None).update(escalated_at=at)


# --- Asked above -------------------------------------------------------------------------------------------


def is_receiver(by: User, referral: Referral) -> bool:
    code = ANSWER_SEALED if referral.confidentiality == Confidentiality.SEALED else ANSWER
    return referral.sent_at is not None and by.scope.allows(code, referral.guard_for(by))


def may_talk(by: User, referral: Referral) -> bool:
    """Whether this person asks and answers about the referral, at either end."""
    return is_receiver(by, referral) or _is_sender(by, referral)


def may_return(by: User, referral: Referral) -> bool:
    """Whether this person tells the sender what came of it: who may refer from the receiver's own file."""
    own_file = referral.received_case
    return own_file is not None and by.scope.allows(REFER, own_file.guard_for(by))


def _is_sender(by: User, referral: Referral) -> bool:
    case = Case.objects.filter(pk=referral.case_id).select_related("unit").first()
    return case is not None and by.scope.allows(REFER, case.guard_for(by))


def _require_receiver(by: User, referral: Referral) -> None:
    if not is_receiver(by, referral):
        raise NotAllowed


def _sender_case(referral: Referral) -> Case:
    """The file it left from; whoever cannot see that file is not its sender."""
    case = Case.objects.select_related("unit").filter(pk=referral.case_id).first()
    if case is None:
        raise NotAllowed
    return case


def _hold_draft(referral: Referral) -> None:
    stored = Referral.objects.select_for_update(no_key=True).filter(pk=referral.pk).first()
    if stored is None or stored.submitted_at is not None or stored.withdrawn_at is not None:
        raise NotADraft


def _checked(case: Case, facts: ReferralFacts, *, by: User, but_for: Referral | None = None) -> dict[str, Any]:
    """What is kept of the facts, after they were found to be possible."""
    to_unit, documents = facts["to_unit"], facts.get("documents", ())
    if to_unit.pk == case.unit_id:
        raise Refused(_("Pilih unit lain sebagai tujuan rujukan."), field="to_unit")
    if to_unit.closed_on is not None:
        raise Refused(_("Unit ini sudah ditutup. Pilih unit lain."), field="to_unit")
    if facts["reason_code"] not in referral_reasons():
        raise Refused(_("Pilih alasan rujukan dari daftar."), field="reason_code")
    if any(part not in DisclosedPart for part in facts["disclosed"]):
        raise Refused(_("Pilih bagian yang diungkap dari daftar."), field="disclosed")
    readable = case.documents.readable_by(by).filter(pk__in=documents, withdrawn_at=None)
    if len(set(documents)) != readable.count():
        raise Refused(_("Dokumen yang dipilih tidak ada dalam berkas ini atau sudah ditarik."), field="documents")
    others = Referral.objects.filter(case=case, to_unit=to_unit, answered_at=None, withdrawn_at=None)
    if (others.exclude(pk=but_for.pk) if but_for else others).exists():
        raise ReferralIsOpen(field="to_unit")
    return {**facts, "disclosed": list(facts["disclosed"]), "documents": list(documents)}


def _manages(case: Case, by: User, at: datetime) -> bool:
    return TeamMember.objects.in_force(at).filter(case=case, user=by, part=TeamPart.MANAGER).exists()


def _answer_due_at(referral: Referral, at: datetime) -> datetime:
    if referral.urgency == Urgency.EMERGENCY:
        return at + EMERGENCY_TERM
    return at + timedelta(days=practice_of(referral.to_unit).referral_answer_days)


def _answer(referral: Referral, answer: ReferralAnswer, *, by: User, at: datetime, **facts: Any) -> None:
    """Let the database settle who answers: the update is conditional on nobody having answered."""
    if (
        not Referral.objects.unanswered()
        .filter(pk=referral.pk)
        .update(answer=answer, answered_by=by, answered_at=at, revision=F("revision") + 1, **facts)
    ):
        raise AlreadyAnswered
    referral.refresh_from_db()


def _has_answered(referral: Referral, by: User, answer: ReferralAnswer) -> bool:
    """The same answer by the same person again: a form sent twice."""
    referral.refresh_from_db()
    return referral.answer == answer and referral.answered_by_id == by.pk


def _bring_in(referral: Referral, *, by: User, system: User, at: datetime) -> Person:
    """The person becomes known to the receiving unit; of a sealed one, the answering person joins the team."""
    person = Person.objects.select_related("merged_into").get(pk=referral.person_id)
    person = person.merged_into or person
    link_to_unit(id=uuid7(), person=person, unit=referral.to_unit, reason="Rujukan diterima", by=system, at=at)
    if person.is_sealed:
        present = PersonTeam.objects.filter(person=person, until_at=None).select_related("user")
        members = {member.user_id: member.user for member in present} | {by.pk: by}
        keep_team(person=person, members=list(members.values()), by=system, at=at)
    return person


def _end_at_sender(referral: Referral, *, system: User, at: datetime) -> None:
    case = Case.objects.select_related("unit", "stage").get(pk=referral.case_id)
    if not case.is_open:
        return
    try:
        with acting(system, BOTH_SIDES):
            end_after_transfer(
                case=case,
                unit_name=referral.to_unit.name,
                proposed_by=referral.written_by,
                by=system,
                at=at,
            )
    except Refused:
        Task.objects.create(
            id=uuid7(),
            case=case,
            title=f"Tutup kasus: pelimpahan sudah diterima {referral.to_unit.short_name}",
            owner=referral.written_by,
            due_date=timezone.localdate(at) + timedelta(days=7),
            written_by=system,
            written_at=at,
        )
