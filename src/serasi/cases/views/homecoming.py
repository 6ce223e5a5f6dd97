"""The way home: tracing, readiness, hand-over."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from serasi.access.middleware import signed_in
from serasi.cases.enums import ReferralAnswer, Score, TracingResult
from serasi.cases.forms.homecoming import HandOverForm, ReadinessForm, TracingForm
from serasi.cases.models import Referral
from serasi.cases.operations.handover import record_handover
from serasi.cases.operations.readiness import check_readiness
from serasi.cases.operations.tracing import record_tracing
from serasi.cases.views.loading import LoadedFile, form_of, load_file
from serasi.cases.views.writing import FormPage, write_page
from serasi.cases.work_presenters import TRACING_TONES
from serasi.common.components import Link, Status


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
    file, page = _file(request, case_id, _("Catat penelusuran keluarga"))
    form = TracingForm(request.POST or None, initial={"taken_on": timezone.localdate()})
    return _write(
        request,
        file,
        form,
        page,
        lambda: record_tracing(
            id=form.record_id,
            case=file.case,
            result=TracingResult(form.cleaned_data["result"]),
            **_typed(form, "taken_on", "method", "region", "contact", "account"),
            by=signed_in(request),
            at=timezone.now(),
        ),
    )


@form_of(check_readiness)
def readiness(request: HttpRequest, case_id: UUID) -> HttpResponse:
    file, page = _file(request, case_id, _("Periksa kesiapan"))
    form = ReadinessForm(request.POST or None, initial={"held_on": timezone.localdate()})
    return _write(
        request,
        file,
        form,
        page,
        lambda: check_readiness(
            id=form.record_id,
            case=file.case,
            person=Score(int(form.cleaned_data["person"])),
            family=Score(int(form.cleaned_data["family"])),
            place=Score(int(form.cleaned_data["place"])),
            **_typed(form, "held_on", "is_ready", "account"),
            by=signed_in(request),
            at=timezone.now(),
        ),
    )


@form_of(record_handover)
def hand_over(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The facts of the *berita acara*; when a referral was accepted, each end records its own."""
    file, page = _file(request, case_id, _("Catat serah terima"))
    case = file.case
    ends = Referral.objects.visible_to(file.reader).filter(answer=ReferralAnswer.ACCEPTED)
    referrals = list((ends.filter(case=case) | ends.filter(received_case=case)).select_related("from_unit", "to_unit"))
    form = HandOverForm(request.POST or None, initial={"handed_at": timezone.now()}, referrals=referrals)
    return _write(
        request,
        file,
        form,
        page,
        lambda: record_handover(
            id=form.record_id,
            case=case,
            referral=next((r for r in referrals if str(r.pk) == form.cleaned_data.get("referral")), None),
            **_typed(form, "handed_at", "receiver_name", "receiver_relation", "witness_name", "condition", "items"),
            by=signed_in(request),
            at=timezone.now(),
        ),
    )


def _file(request: HttpRequest, case_id: UUID, title: str) -> tuple[LoadedFile, FormPage]:
    back = reverse("cases:homecoming", args=[case_id])
    crumbs = (Link(_("Resosialisasi"), back), Link(title))
    file = load_file(request, case_id, title, tab="cases:homecoming", crumbs=crumbs)
    return file, FormPage(title, _("Simpan"), back)


def _write(request: HttpRequest, file: LoadedFile, form: Any, page: FormPage, act: Callable[[], Any]) -> HttpResponse:
    return write_page(request, file, form, act, page=page, done=_("Tersimpan."))


def _typed(form: Any, *names: str) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in names}
