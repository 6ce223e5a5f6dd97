"""Interviews: which arrived, what was said in one, what was found about it, and how one is voided."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, written
from serasi.access.engine_page import as_file
from serasi.access.gate import open_to
from serasi.access.look_table import looks_table
from serasi.access.permissions import SEE_LOOKS
from serasi.access.queries import who_opened
from serasi.assessments.queries import chapters_of, form_of, language_of
from serasi.common.components import Link, page_of
from serasi.common.identifiers import uuid7
from serasi.surveys import operations, presenters, queries
from serasi.surveys.forms import InterviewFilter, VerdictForm, VoidForm
from serasi.surveys.permissions import INTERVIEW, JUDGE, SEE_INTERVIEW
from serasi.surveys.queries.findings import ALL
from serasi.surveys.queries.reading import choices_of, contents_of
from serasi.surveys.views.loading import Loaded, load_interview, load_survey


@open_to(SEE_INTERVIEW)
@require_safe
def interviews(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Those that stand, the latest first; an enumerator's own alone."""
    page = load_survey(request, survey_id)
    villages, users = choices_of(page.survey, page.reader)
    form = InterviewFilter(request.GET, villages=villages, users=users)
    found = queries.interviews_of(page.survey, page.reader, **form.narrows).order_by("-started_at")
    rows = page_of(found.defer("instance", "problems"), request.GET, size=50)
    context = {
        "survey": page.survey,
        "status": presenters.state_of(page.survey),
        "tabs": page.tabs("interviews"),
        "trail": page.trail(),
        "form": form,
        "page": rows,
        "table": presenters.interviews_table(rows) if rows.object_list else None,
    }
    return render(request, "surveys/interviews.html", context)


@open_to(SEE_INTERVIEW)
@require_safe
@never_cache
def interview(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """What was said, in words; and what may be done with it."""
    page, one = load_interview(request, interview_id, _("Membaca wawancara"))
    form = form_of(one.edition_id)
    later = one.__class__.objects.visible_to(page.reader).filter(replaces=one).first()
    is_standing = one.voided_at is None and (later is None or later.voided_at is not None)
    is_own = one.enumerator_id == page.reader.pk
    context = {
        "survey": page.survey,
        "interview": one,
        "facts": presenters.interview_facts(one),
        "status": presenters.interview_state(one, later),
        "chapters": chapters_of(form, contents_of(one), language_of(form)),
        "verdicts": list(one.verdicts.select_related("decided_by")),
        "later": later,
        "may_correct": is_own and is_standing and later is None and page.reader.scope.has(INTERVIEW),
        "may_void": is_standing and page.may(JUDGE),
        "may_see_looks": page.may(SEE_LOOKS),
        "new_id": uuid7(),
        "trail": page.trail(Link(_("Wawancara"), page.part("interviews")), Link(str(one))),
    }
    return render(request, "surveys/interview.html", context)


@open_to(SEE_LOOKS)
@require_safe
def looks(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    """Who opened this interview."""
    page, one = load_interview(request, interview_id)
    page.require(SEE_LOOKS)
    context = {
        "survey": page.survey,
        "table": looks_table(who_opened(one.pk)),
        "trail": page.trail(
            Link(_("Wawancara"), page.part("interviews")),
            Link(str(one), _address(one.pk)),
            Link(_("Siapa yang membuka")),
        ),
    }
    return render(request, "surveys/looks.html", context)


@open_to(SEE_INTERVIEW)
@require_safe
@never_cache
def file(request: HttpRequest, interview_id: UUID, name: str) -> HttpResponse:
    """A photo or a recording of an interview, for who may read it."""
    page, one = load_interview(request, interview_id, _("Membuka berkas wawancara"))
    found = get_object_or_404(one.files.visible_to(page.reader), name=name)
    with found.file.open("rb") as opened:
        return as_file(opened.read(), found.media_type, found.name)


@open_to(JUDGE)
@require_http_methods(WRITES)
def void(request: HttpRequest, interview_id: UUID) -> HttpResponse:
    page, one = load_interview(request, interview_id)
    page.require(JUDGE)
    return written(
        request,
        VoidForm(request.POST or None),
        operations.void_interview,
        page=page.form_page(_("Batalkan wawancara"), back=_address(one.pk)),
        done=_("Wawancara dibatalkan. Isinya tetap terbaca, dan tidak dihitung."),
        interview=one,
    )


@open_to(JUDGE)
@require_http_methods(WRITES)
def decide(request: HttpRequest, interview_id: UUID, kind: str) -> HttpResponse:
    """One finding: what speaks for it, and what becomes of it."""
    page, one = load_interview(request, interview_id, _("Memutuskan temuan wawancara"))
    page.require(JUDGE)
    about = str(request.GET.get("tentang", ""))[:200]
    return written(
        request,
        VerdictForm(request.POST or None),
        operations.decide_finding,
        page=page.form_page(_("Putuskan temuan"), back=page.part("checks")),
        done=_("Temuan diputuskan."),
        template="surveys/decide.html",
        context={"finding": _finding(page, one.pk, kind, about), "interview": one},
        interview=one,
        kind=kind,
        about=about,
    )


def _finding(page: Loaded, interview_id: UUID, kind: str, about: str) -> presenters.Shown | None:
    found = queries.findings_in(page.survey, page.reader, kind=kind, decided=ALL)
    rows = queries.judged(found.filter(interview=interview_id, about=about)[:1])
    return presenters.shown(rows[0]) if rows else None


def _address(interview_id: UUID) -> str:
    return reverse("surveys:interview", args=[interview_id])
