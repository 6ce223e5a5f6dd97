"""A supervisor decides about a finding: fine, to be asked again, or void."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused, operation, require
from serasi.surveys.enums import Check, Outcome
from serasi.surveys.models import Interview, Verdict
from serasi.surveys.operations.interview import void_interview
from serasi.surveys.permissions import JUDGE


@operation(JUDGE, creates=Verdict)
def decide_finding(
    *, id: UUID, interview: Interview, kind: str, about: str, outcome: str, reason: str, by: User, at: datetime
) -> Verdict:
    """What becomes of a finding, and why. Nobody decides about an interview of their own.

    «Again» becomes something due for the enumerator until a later interview replaces this one; «void» takes it out.
    """
    require(by, JUDGE, on=interview.survey)
    if interview.enumerator_id == by.pk and not by.scope.may_approve_own_at(interview.survey.unit.path):
        raise NotAllowed(_("Temuan pada wawancara Anda sendiri diputuskan oleh orang lain."))
    if kind not in Check.values or outcome not in Outcome.values:
        raise Refused(_("Pilih keputusannya."), field="outcome")
    if not reason.strip():
        raise Refused(_("Tulis alasannya."), field="reason")
    if not Interview.objects.standing().filter(pk=interview.pk).exists():
        raise Refused(_("Wawancara ini sudah dibatalkan atau diganti."))
    verdict = Verdict.objects.create(
        id=id,
        interview=interview,
        kind=kind,
        about=about,
        outcome=outcome,
        reason=reason.strip(),
        decided_by=by,
        decided_at=at,
    )
    if outcome == Outcome.VOID:
        void_interview(interview=interview, reason=reason, by=by, at=at)
    return verdict
