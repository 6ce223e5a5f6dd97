"""Assessment: the overview by domain, one profession's page, the SPM answer."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import answer
from serasi.cases import reference
from serasi.cases.enums import Domain
from serasi.cases.forms.assessment import AssessmentForm, DraftForm, SpmForm
from serasi.cases.models.part import readable_tags
from serasi.cases.operations.assessment import answer_spm, save_assessment, start_assessment
from serasi.cases.views.loading import form_of, load_file
from serasi.cases.views.writing import Section, sent
from serasi.common.components import Link

ASSESSMENTS = Section(gettext_lazy("Asesmen"), "cases:assessments")


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
    page = ASSESSMENTS.form(request, case_id, str(Domain(domain).label), purpose=_("Menulis asesmen"))
    about = reference.assessment_domains()[domain]
    readable = readable_tags(page.file.reader)
    form = AssessmentForm(
        request.POST or None,
        readable=readable,
        initial={"tags": [tag for tag in about.area_tags if tag in readable]},
    )
    return page.answer(
        form,
        template="cases/assessment/page.html",
        context={"domain": about, "assessment": None, "can_write": True},
        done=_saved(request),
        case=page.case,
        domain=domain,
        is_final=_is_final(request),
    )


@require_http_methods(["GET", "POST"])
def assessment(request: HttpRequest, case_id: UUID, assessment_id: UUID) -> HttpResponse:
    """One assessment to read, or one's own draft to go on with."""
    listed = reverse("cases:assessments", args=[case_id])
    crumbs = (Link(_("Asesmen"), listed), Link(_("Ranah")))
    file = load_file(request, case_id, _("Membaca asesmen"), tab="cases:assessments", crumbs=crumbs)
    readable = file.case.domainassessments.readable_by(file.reader).select_related("written_by", "case")
    one = get_object_or_404(readable, pk=assessment_id)
    one.case = file.case
    form = DraftForm(request.POST or None, readable=readable_tags(file.reader), initial=vars(one))
    if led_on := sent(
        request,
        file,
        form,
        save_assessment,
        done=_saved(request),
        leads_to=listed,
        assessment=one,
        is_final=_is_final(request),
    ):
        return led_on
    context = file.context(
        domain=reference.assessment_domains()[one.domain],
        assessment=one,
        can_write=file.case.is_open and file.refusal(save_assessment, one) is None,
    )
    return answer(request, "cases/assessment/page.html", context, form)


def _is_final(request: HttpRequest) -> bool:
    return "finish" in request.POST


def _saved(request: HttpRequest) -> str:
    return _("Asesmen selesai.") if _is_final(request) else _("Rancangan disimpan.")


@form_of(answer_spm)
def spm(request: HttpRequest, case_id: UUID) -> HttpResponse:
    page = ASSESSMENTS.form(request, case_id, _("Jawaban SPM"), purpose=_("Menjawab SPM"))
    return page.answer(
        SpmForm(request.POST or None),
        lead=_("Jawaban ini menjadi penyebut indikator SPM bidang sosial (Permendagri 59/2021)."),
        done=_("Jawaban SPM dicatat."),
        case=page.case,
    )
