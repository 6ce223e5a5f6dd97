"""What waits for a supervisor, and what became of it."""

from uuid import UUID

from django.db.models import Q, QuerySet

from serasi.access.models import Unit, User
from serasi.cases.enums import ApprovalSubject, Confidentiality
from serasi.cases.models import Approval, Case

DECIDE = "cases.approval.decide"


def approvals_to_decide(actor: User) -> QuerySet[Approval]:
    """Requests that this user's permission reaches and nobody has decided; the oldest first.

    Their own are among them: the page says why they cannot decide those, unless their posting grants it.
    """
    if not actor.scope.has(DECIDE):
        return Approval.objects.none()
    units = Unit.objects.reached_by(actor, DECIDE)
    mine = Case.objects.of_team_member(actor)
    reached = Q(case__unit__in=units) & ~Q(case__confidentiality=Confidentiality.SEALED) | Q(case__in=mine)
    return (
        Approval.objects.visible_to(actor)
        .pending()
        .filter(reached, case__closed_at=None)
        .select_related("case", "case__person", "case__unit", "written_by")
        .order_by("written_at")
    )


def latest_request(case: Case, subject: ApprovalSubject, subject_id: UUID) -> Approval | None:
    """What was asked last about a plan, a closure or a referral, leaving out what was taken back."""
    asked = Approval.objects.filter(case=case, subject=subject, subject_id=subject_id, withdrawn_at=None)
    return asked.select_related("decided_by").order_by("-written_at").first()
