"""What each profession found, domain by domain, and the answer that the SPM counts."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused, save_changes
from serasi.cases.enums import Domain
from serasi.cases.models import Case, DomainAssessment, SpmAnswer
from serasi.cases.models.part import readable_tags
from serasi.cases.operations.writable import FileState, file_operation
from serasi.cases.permissions import ASSESS


class AssessmentIsFinal(Refused):
    message = _("Asesmen ini sudah selesai dan tidak diubah lagi. Mulai asesmen baru untuk ranah yang sama.")


class TagNotReadable(Refused):
    message = _("Anda tidak dapat memberi tanda bagian yang tidak boleh Anda baca sendiri.")


def _require_own_draft(by: User, assessment: DomainAssessment) -> None:
    if assessment.written_by_id != by.pk:
        raise NotAllowed(_("Rancangan asesmen hanya diubah oleh penulisnya. Tulis asesmen Anda sendiri di sampingnya."))
    if assessment.is_final:
        raise AssessmentIsFinal


@file_operation(ASSESS, creates=DomainAssessment)
def start_assessment(
    *,
    id: UUID,
    case: Case,
    domain: str,
    by: User,
    at: datetime,
    findings: str = "",
    strengths: str = "",
    needs: str = "",
    tags: Sequence[str] = (),
    is_final: bool = False,
) -> DomainAssessment:
    """Begin what one profession finds in one domain; others may write beside it. A draft counts for nothing yet."""
    if domain not in Domain.values:
        raise Refused(_("Pilih ranah asesmen dari daftar."), field="domain")
    if DomainAssessment.objects.filter(case=case, domain=domain, written_by=by, finalised_at=None).exists():
        raise Refused(_("Anda masih punya rancangan asesmen untuk ranah ini. Lanjutkan rancangan itu."))
    if is_final:
        _refuse_without_findings(findings)
    return DomainAssessment.objects.create(
        id=id,
        case=case,
        domain=domain,
        findings=findings,
        strengths=strengths,
        needs=needs,
        tags=_tags(tags, by),
        finalised_at=at if is_final else None,
        written_by=by,
        written_at=at,
    )


@file_operation(ASSESS, of="assessment.case", state=FileState.EITHER, rewrites=True, also=_require_own_draft)
def save_assessment(
    *,
    assessment: DomainAssessment,
    revision: int,
    findings: str,
    strengths: str,
    needs: str,
    tags: Sequence[str],
    by: User,
    at: datetime,
    is_final: bool = False,
) -> DomainAssessment:
    """Go on with one's own draft, or finish it. What was saved in another window is not overwritten (`Conflict`).

    Raises `NamesKeptBack` and `AssessmentIsFinal`.
    """
    if is_final:
        _refuse_without_findings(findings)
    ending = {"finalised_at": at} if is_final else {}
    save_changes(
        assessment,
        revision=revision,
        findings=findings,
        strengths=strengths,
        needs=needs,
        tags=_tags(tags, by),
        **ending,
    )
    return assessment


@file_operation(ASSESS, creates=SpmAnswer)
def answer_spm(
    *,
    id: UUID,
    case: Case,
    need: str,
    reason: str,
    by: User,
    at: datetime,
) -> SpmAnswer:
    """Say whether the person needs basic rehabilitation, inside or outside an institution; the latest answer counts."""
    if not reason.strip():
        raise Refused(_("Tuliskan dasar jawabannya."), field="reason")
    return SpmAnswer.objects.create(id=id, case=case, need=need, reason=reason, written_by=by, written_at=at)


def _refuse_without_findings(findings: str) -> None:
    if not findings.strip():
        raise Refused(_("Tuliskan temuan sebelum menyelesaikan asesmen."), field="findings")


def _tags(tags: Sequence[str], by: User) -> list[str]:
    if set(tags) - set(readable_tags(by)):
        raise TagNotReadable(field="tags")
    return sorted(set(tags))
