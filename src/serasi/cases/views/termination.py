"""Ending a service and taking it up again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from serasi.access.acting import answer
from serasi.access.operations import Refused
from serasi.cases.enums import ApprovalSubject, Decision
from serasi.cases.forms.termination import ReopeningForm, TerminationForm
from serasi.cases.models import Case, Termination
from serasi.cases.operations import termination as operations
from serasi.cases.operations.approval import may_withdraw
from serasi.cases.permissions import TERMINATE
from serasi.cases.queries.approval import latest_request
from serasi.cases.queries.practice import practice_of
from serasi.cases.queries.workers import workers_of
from serasi.cases.reference import outcomes, termination_reasons
from serasi.cases.rules import Missing
from serasi.cases.views.loading import LoadedFile, button_of, form_of, load_file
from serasi.cases.views.writing import Section, sent
from serasi.common.components import Link
from serasi.common.initials import Veil

CLOSURE = Section(gettext_lazy("Terminasi"), "cases:closure", tab="cases:homecoming")


@require_http_methods(["GET", "POST"])
def closure(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What is proposed, what stands in the way, and how it ended."""
    crumbs = (Link(_("Resosialisasi"), reverse("cases:homecoming", args=[case_id])), Link(_("Terminasi")))
    file = load_file(request, case_id, _("Membaca terminasi"), tab="cases:homecoming", crumbs=crumbs)
    case = file.case
    may_end = file.may(TERMINATE)
    proposals = list(case.terminations.select_related("written_by", "aftercare_owner"))
    under_way = next((t for t in proposals if t.took_effect_at is None and t.withdrawn_at is None), None)
    returned = next((t for t in proposals[:1] if t.withdrawn_at is not None), None)
    latest = under_way or returned
    asked = latest_request(case, ApprovalSubject.CLOSURE, latest.pk) if latest else None
    today = timezone.localdate()
    form = TerminationForm(
        request.POST or None,
        initial=_prefilled(returned, file.veil) if returned else {"ends_on": today},
        users=workers_of(case.unit, today),
    )
    act, done = operations.propose_termination, _("Usulan terminasi diajukan kepada supervisor.")
    if led_on := sent(request, file, form, act, done=done, leads_to=request.path, case=case):
        return led_on
    context = file.context(
        under_way=under_way,
        words=_words(under_way) if under_way else None,
        waiting=asked,
        may_withdraw=case.is_open and asked is not None and may_withdraw(file.reader, asked, at=timezone.now()),
        is_its_day=under_way is not None and under_way.ends_on <= today,
        returned=asked if asked is not None and asked.decision == Decision.RETURNED else None,
        ended=[(t, *_words(t)) for t in proposals if t.took_effect_at],
        reopenings=case.reopenings.select_related("written_by").order_by("-written_at"),
        missing=_missing(case) if case.is_open and not under_way else [],
        months=", ".join(str(month) for month in practice_of(case.unit).aftercare_months),
        may_end=may_end,
    )
    return answer(request, "cases/homecoming/closure.html", context, form)


@button_of(operations.complete_termination)
def complete_termination(request: HttpRequest, case_id: UUID, termination_id: UUID) -> HttpResponse:
    """The day has come: the service ends and the visits are scheduled."""
    file, termination = _planned(request, case_id, termination_id, _("Mengakhiri layanan"))
    operations.complete_termination(termination=termination, by=file.reader, at=timezone.now())
    messages.success(request, _("Layanan berakhir dan kasus ditutup."))
    return redirect("cases:closure", case_id=case_id)


@button_of(operations.cancel_termination)
def cancel_termination(request: HttpRequest, case_id: UUID, termination_id: UUID) -> HttpResponse:
    """The service goes on after all."""
    file, termination = _planned(request, case_id, termination_id, _("Membatalkan rencana terminasi"))
    operations.cancel_termination(termination=termination, by=file.reader, at=timezone.now())
    messages.success(request, _("Rencana terminasi dibatalkan. Layanan berlanjut."))
    return redirect("cases:closure", case_id=case_id)


def _planned(request: HttpRequest, case_id: UUID, termination_id: UUID, purpose: str) -> tuple[LoadedFile, Termination]:
    file = load_file(request, case_id, purpose)
    termination = get_object_or_404(file.case.terminations, pk=termination_id)
    termination.case = file.case
    return file, termination


@form_of(operations.reopen_case)
def reopen_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    page = CLOSURE.form(request, case_id, _("Buka kembali kasus"))
    return page.answer(
        ReopeningForm(request.POST or None),
        button=_("Buka kembali"),
        lead=_("Berkas yang sama dilanjutkan; kunjungan yang dijadwalkan tetap."),
        done=_("Kasus dibuka kembali."),
        leads_to=reverse("cases:case", args=[case_id]),
        case=page.case,
    )


def _prefilled(returned: Termination, veil: Veil) -> dict[str, object]:
    """What was proposed before; the account is written anew by who reads it without the name."""
    account = "" if veil.is_drawn else returned.account
    return vars(returned) | {"aftercare_owner": returned.aftercare_owner_id, "account": account}


def _words(termination: Termination) -> tuple[str, str]:
    return str(termination_reasons()[termination.reason]), str(outcomes()[termination.outcome])


def _missing(case: Case) -> list[Missing]:
    """What an end according to plan still asks; nothing when no planned end leads from this stage."""
    try:
        return operations.missing_to_end(case, is_planned=True)
    except Refused:
        return []
