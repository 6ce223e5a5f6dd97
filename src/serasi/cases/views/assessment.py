"""Assessment: the overview by domain, one profession's page, the SPM answer."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.cases import reference
from serasi.cases.enums import Domain
from serasi.cases.forms.assessment import AssessmentForm, DraftForm, SpmForm
from serasi.cases.models import DomainAssessment
from serasi.cases.models.part import readable_tags
from serasi.cases.operations.assessment import answer_spm, save_assessment, start_assessment
from serasi.cases.views.acting import answer, attempt
from serasi.cases.views.loading import LoadedFile, form_of, load_file
from serasi.common.components import Link


def _crumbs(case_id: UUID, name: str) -> tuple[Link, ...]:
    return Link(_("Asesmen"), reverse("cases:assessments", args=[case_id])), Link(name)


@require_safe
def assessments(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """All domains: what is final, who is writing, what is missing; and the answer the SPM counts."""
    file = load_file(request, case_id, _("Membaca asesmen"))
    written = list(
        file.case.domainassessments.readable_by(file.reader).select_related("written_by").order_by("written_at")
    )
    domains = [
        {
            "domain": domain,
            "written": [one for one in written if one.domain == domain.code],
            "is_final": any(one.is_final for one in written if one.domain == domain.code),
            "own_draft": next(
                (
                    o
                    for o in written
                    if o.domain == domain.code and not o.is_final and o.written_by_id == file.reader.pk
                ),
                None,
            ),
        }
        for domain in reference.assessment_domains()
    ]
    return render(
        request,
        "cases/assessment/list.html",
        file.context(
            domains=domains,
            answers=list(file.case.spmanswers.select_related("written_by")),
            can_write=file.may_do(start_assessment),
        ),
    )


@form_of(start_assessment)
def start(request: HttpRequest, case_id: UUID, domain: str) -> HttpResponse:
    if domain not in Domain.values:
        raise Http404
    label = str(Domain(domain).label)
    file = load_file(request, case_id, _("Menulis asesmen"), tab="cases:assessments", crumbs=_crumbs(case_id, label))
    about = reference.assessment_domains()[domain]
    readable = readable_tags(file.reader)
    form = AssessmentForm(
        request.POST or None,
        readable=readable,
        initial={"tags": [tag for tag in about.area_tags if tag in readable]},
    )
    if request.method == "POST":
        is_final = "finish" in request.POST
        made = attempt(
            form,
            lambda: start_assessment(
                id=form.record_id,
                case=file.case,
                domain=domain,
                is_final=is_final,
                by=file.reader,
                at=timezone.now(),
                **{name: form.cleaned_data[name] for name in ("findings", "strengths", "needs", "tags")},
            ),
        )
        if made is not None:
            return _saved(request, case_id, is_final=is_final)
    return _page(request, file, form, domain, None)


@require_http_methods(["GET", "POST"])
def assessment(request: HttpRequest, case_id: UUID, assessment_id: UUID) -> HttpResponse:
    """One assessment to read, or one's own draft to go on with."""
    file = load_file(
        request, case_id, _("Membaca asesmen"), tab="cases:assessments", crumbs=_crumbs(case_id, _("Ranah"))
    )
    one = (
        file.case.domainassessments.readable_by(file.reader)
        .select_related("written_by", "case")
        .filter(pk=assessment_id)
        .first()
    )
    if one is None:
        raise Http404
    one.case = file.case
    form = DraftForm(
        request.POST or None,
        readable=readable_tags(file.reader),
        initial={
            "findings": one.findings,
            "strengths": one.strengths,
            "needs": one.needs,
            "tags": one.tags,
            "revision": one.revision,
        },
    )
    if request.method == "POST":
        file.require(save_assessment, one)
        is_final = "finish" in request.POST
        saved = attempt(
            form,
            lambda: save_assessment(
                assessment=one,
                revision=form.revision,
                is_final=is_final,
                by=file.reader,
                at=timezone.now(),
                **{name: form.cleaned_data[name] for name in ("findings", "strengths", "needs", "tags")},
            ),
        )
        if saved is not None:
            return _saved(request, case_id, is_final=is_final)
    return _page(request, file, form, one.domain, one)


def _saved(request: HttpRequest, case_id: UUID, *, is_final: bool) -> HttpResponse:
    messages.success(request, _("Asesmen selesai.") if is_final else _("Rancangan disimpan."))
    return redirect("cases:assessments", case_id=case_id)


def _page(
    request: HttpRequest, file: LoadedFile, form: AssessmentForm, domain: str, one: DomainAssessment | None
) -> HttpResponse:
    context = file.context(
        domain=reference.assessment_domains()[domain],
        assessment=one,
        can_write=one is None or (file.case.is_open and file.refusal(save_assessment, one) is None),
    )
    return answer(request, "cases/assessment/page.html", context, form)


@form_of(answer_spm)
def spm(request: HttpRequest, case_id: UUID) -> HttpResponse:
    file = load_file(
        request, case_id, _("Menjawab SPM"), tab="cases:assessments", crumbs=_crumbs(case_id, _("Jawaban SPM"))
    )
    form = SpmForm(request.POST or None)
    if request.method == "POST":
        made = attempt(
            form,
            lambda: answer_spm(
                id=form.record_id,
                case=file.case,
                need=form.cleaned_data["need"],
                reason=form.cleaned_data["reason"],
                by=file.reader,
                at=timezone.now(),
            ),
        )
        if made is not None:
            messages.success(request, _("Jawaban SPM dicatat."))
            return redirect("cases:assessments", case_id=case_id)
    lead = _("Jawaban ini menjadi penyebut indikator SPM bidang sosial (Permendagri 59/2021).")
    back = reverse("cases:assessments", args=[case_id])
    return answer(request, "cases/case/form.html", file.context(title=_("Jawaban SPM"), lead=lead, back=back), form)
