"""The supervisor's queue, and the page on which one request is decided."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from serasi.access.acting import allow, answer, tried
from serasi.access.middleware import signed_in
from serasi.cases.enums import ApprovalSubject
from serasi.cases.forms.approval import DecisionForm
from serasi.cases.models import Approval, Case, Referral, Termination
from serasi.cases.operations import approval as operations
from serasi.cases.permissions import APPROVE
from serasi.cases.queries.approval import approvals_to_decide
from serasi.cases.queries.header import name_shown, with_person
from serasi.cases.queries.plan import plans_with_content
from serasi.cases.queries.referral import Package
from serasi.cases.reference import outcomes, referral_reasons, termination_reasons
from serasi.cases.views.loading import load_file
from serasi.cases.work_presenters import approvals_table, decision_status
from serasi.common.components import Link, page_of
from serasi.common.initials import Veil


@require_GET
def approvals(request: HttpRequest) -> HttpResponse:
    """What waits for this supervisor, the oldest first."""
    reader = signed_in(request)
    allow(reader.scope.has(APPROVE))
    page = page_of(approvals_to_decide(reader), request.GET)
    rows = list(page)
    cases = with_person(Case.objects.visible_to(reader), reader).filter(pk__in=[row.case_id for row in rows])
    names = {case.pk: name_shown(case, reader) for case in cases}
    table = approvals_table(rows, [names.get(row.case_id, "") for row in rows], reader.pk)
    return render(request, "cases/approval/list.html", {"page": page, "table": table if rows else None})


@require_http_methods(["GET", "POST"])
def approval(request: HttpRequest, approval_id: UUID) -> HttpResponse:
    """One request with the whole of what is asked, and the decision."""
    reader = signed_in(request)
    found = get_object_or_404(
        Approval.objects.visible_to(reader).select_related("written_by", "decided_by"), pk=approval_id
    )
    crumbs = (Link(_("Persetujuan supervisor"), reverse("cases:approvals")), Link(str(found.get_subject_display())))
    file = load_file(request, found.case_id, _("Memeriksa pengajuan"), tab="cases:approvals", crumbs=crumbs)
    found.case = file.case
    may_decide = file.may(APPROVE)
    form = DecisionForm(request.POST or None)
    if request.method == "POST":
        allow(may_decide)
    if led_on := tried(
        request, form, operations.decide, approval=found, done=_("Keputusan disimpan."), leads_to="cases:approvals"
    ):
        return led_on
    is_own = found.written_by_id == reader.pk
    context = file.context(
        approval=found,
        decision=decision_status(found),
        is_own=is_own,
        waiting=found,
        may_withdraw=file.case.is_open and operations.may_withdraw(reader, found, at=timezone.now()),
        may_decide=may_decide
        and found.is_pending
        and (not is_own or reader.scope.may_approve_own_at(file.case.unit.path)),
        **_asked(found, file.veil),
    )
    return answer(request, "cases/approval/one.html", context, form)


@require_POST
def withdraw_request(request: HttpRequest, approval_id: UUID) -> HttpResponse:
    """Take one's request back while nobody has decided."""
    reader = signed_in(request)
    found = get_object_or_404(Approval.objects.visible_to(reader), pk=approval_id)
    file = load_file(request, found.case_id, _("Menarik kembali pengajuan"))
    found.case = file.case
    operations.withdraw_request(approval=found, by=reader, at=timezone.now())
    match found.subject:
        case ApprovalSubject.PLAN:
            messages.success(request, _("Pengajuan ditarik kembali. Rencana menjadi rancangan dan dapat diubah."))
            return redirect("cases:plans", case_id=found.case_id)
        case ApprovalSubject.CLOSURE:
            messages.success(request, _("Usulan terminasi ditarik kembali. Isinya siap diperbaiki di bawah."))
            return redirect("cases:closure", case_id=found.case_id)
        case _:
            messages.success(request, _("Pengajuan ditarik kembali. Rujukan menjadi rancangan dan dapat diubah."))
            return redirect("cases:case_referral", case_id=found.case_id, referral_id=found.subject_id)


def _asked(found: Approval, veil: Veil) -> dict[str, Any]:
    """The whole of what is put before the supervisor, but for a name that is not theirs to read."""
    match found.subject:
        case ApprovalSubject.PLAN:
            versions = plans_with_content(found.case)
            return {"plan": next((plan for plan in versions if plan.pk == found.subject_id), None)}
        case ApprovalSubject.CLOSURE:
            termination = Termination.objects.select_related("aftercare_owner").filter(pk=found.subject_id).first()
            if termination is None:
                return {}
            return {
                "termination": termination,
                "reason": termination_reasons()[termination.reason],
                "outcome": outcomes()[termination.outcome],
            }
        case _:
            referral = Referral.objects.select_related("to_unit").filter(pk=found.subject_id).first()
            if referral is None:
                return {}
            return {
                "referral": referral,
                "package": Package.from_json(referral.package).under(veil) if referral.package else None,
                "reason_name": referral_reasons()[referral.reason_code],
            }
