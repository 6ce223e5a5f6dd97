"""The way home: tracing, readiness, hand-over."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from serasi.cases.enums import ReferralAnswer
from serasi.cases.forms.homecoming import HandOverForm, ReadinessForm, TracingForm
from serasi.cases.models import Referral
from serasi.cases.operations.handover import record_handover
from serasi.cases.operations.readiness import check_readiness
from serasi.cases.operations.tracing import record_tracing
from serasi.cases.views.loading import form_of, load_file
from serasi.cases.views.writing import Section
from serasi.cases.work_presenters import TRACING_TONES
from serasi.common.components import Status

HOMECOMING = Section(gettext_lazy("Resosialisasi"), "cases:homecoming")


@require_GET
def homecoming(request: HttpRequest, case_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Membaca resosialisasi"))
    case = file.case
    tracing = case.tracingsteps.select_related("region", "written_by")
    context = file.context(
        tracing=[(step, Status(str(step.get_result_display()), TRACING_TONES[step.result])) for step in tracing],
        readiness=case.readinesss.select_related("written_by"),
        handovers=case.handovers.select_related("to_unit", "written_by", "referral"),
        may_trace=file.may_do(record_tracing),
        may_check=file.may_do(check_readiness),
        may_hand_over=file.may_do(record_handover),
    )
    return render(request, "cases/homecoming/list.html", context)


@form_of(record_tracing)
def trace(request: HttpRequest, case_id: UUID) -> HttpResponse:
    page = HOMECOMING.form(request, case_id, _("Catat penelusuran keluarga"))
    form = TracingForm(request.POST or None, initial={"taken_on": timezone.localdate()})
    return page.answer(form, done=_("Tersimpan."), case=page.case)


@form_of(check_readiness)
def readiness(request: HttpRequest, case_id: UUID) -> HttpResponse:
    page = HOMECOMING.form(request, case_id, _("Periksa kesiapan"))
    form = ReadinessForm(request.POST or None, initial={"held_on": timezone.localdate()})
    return page.answer(form, done=_("Tersimpan."), case=page.case)


@form_of(record_handover)
def hand_over(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The facts of the *berita acara*; when a referral was accepted, each end records its own."""
    page = HOMECOMING.form(request, case_id, _("Catat serah terima"))
    case = page.case
    ends = Referral.objects.visible_to(page.file.reader).filter(answer=ReferralAnswer.ACCEPTED)
    referrals = list((ends.filter(case=case) | ends.filter(received_case=case)).select_related("from_unit", "to_unit"))
    form = HandOverForm(request.POST or None, initial={"handed_at": timezone.now()}, referrals=referrals)
    return page.answer(form, done=_("Tersimpan."), case=case)
