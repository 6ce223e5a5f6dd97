"""The list of cases, the first page of a file, and what is written of a case as a whole."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from serasi.access.acting import answer
from serasi.access.look_table import looks_table
from serasi.access.middleware import signed_in
from serasi.access.models import Unit
from serasi.access.operations import NotAllowed
from serasi.access.permissions import SEE_LOOKS
from serasi.access.queries import who_opened
from serasi.cases import presenters, registry
from serasi.cases.door import FileHidden
from serasi.cases.forms.case import (
    ApproachForm,
    CaseFilter,
    ConfidentialityForm,
    HistoryFilter,
    MoveForm,
    RiskForm,
    StepBackForm,
)
from serasi.cases.models import ApproachPeriod, Document, Stage, Task, TeamMember
from serasi.cases.operations.approach import start_approach
from serasi.cases.operations.confidentiality import classify
from serasi.cases.operations.emergency import behind_glass
from serasi.cases.operations.risk import rate_risk
from serasi.cases.operations.stage import move
from serasi.cases.permissions import CLASSIFY_CASE, CONFER, COUNT_CASES, OPEN_CASE_FILE, START_CASE, WALK_CASE
from serasi.cases.queries.cases import case_list
from serasi.cases.queries.timeline import Timeline
from serasi.cases.rules import missing_of
from serasi.cases.views.loading import form_of, load_file
from serasi.cases.views.writing import Section, sent
from serasi.common.components import Link, page_of
from serasi.common.components import Task as Todo

FIRST_PAGE = Section("", "cases:case")
LATEST = 20
"""Events on the first page of a file; the rest is a page of its own."""


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The files the reader may open, with search and filters."""
    reader = signed_in(request)
    if not reader.scope.has(OPEN_CASE_FILE):
        raise NotAllowed
    form = CaseFilter(request.GET)
    page = page_of(case_list(reader, form.chosen), request.GET)
    today = timezone.localdate()
    typed = str(form.chosen.get("q", ""))
    glass = behind_glass(None, typed.strip().upper()) if "/" in typed and not page.object_list else None
    return render(
        request,
        "cases/case/list.html",
        {
            "form": form,
            "page": page,
            "rows": [presenters.case_row(case, reader, today) for case in page],
            "can_start": reader.scope.has(START_CASE),
            "can_count": reader.scope.has(COUNT_CASES),
            "glass_url": reverse("cases:break_glass", args=[glass[0]]) if glass else "",
        },
    )


@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The first page of a file: where it stands, what is missing, what happened, who and what comes next."""
    try:
        file = load_file(request, case_id, _("Membuka berkas kasus"))
    except FileHidden:
        if behind_glass(case_id) is None:
            raise
        return render(
            request, "cases/case/hidden.html", {"url": reverse("cases:break_glass", args=[case_id])}, status=404
        )
    one = file.case
    stages = list(Stage.objects.filter(stage_set=one.stage.stage_set_id).order_by("order"))
    can_walk = file.may(WALK_CASE)
    ways = presenters.ways(one, stages)
    now = timezone.now()
    latest = Timeline(one)[: LATEST + 1]
    return render(
        request,
        "cases/case/page.html",
        file.context(
            steps=presenters.steps(one, stages),
            stage=one.stage,
            missing=[
                Todo(rule.name, reverse(rule.url_name, args=[one.pk]), presenters.MISSING, rule.message)
                for rule in (missing_of(one, one.stage.requires) if one.is_open else ())
            ],
            ahead=ways.ahead if can_walk else [],
            back=ways.back if can_walk else [],
            events=presenters.timeline_events(latest[:LATEST], one, file.veil),
            has_earlier=len(latest) > LATEST,
            team=list(
                TeamMember.objects.in_force(now).filter(case=one).select_related("user").order_by("part", "period")
            ),
            tasks=list(Task.objects.filter(case=one, done_at=None).select_related("owner").order_by("due_date")[:6]),
            approaches=list(
                ApproachPeriod.objects.filter(case=one, period__contains=now).select_related("agent").order_by("period")
            ),
            documents=list(Document.objects.readable_by(file.reader).filter(case=one)[:5]),
            panels=[
                (panel.title, reverse(panel.url_name, args=[one.pk]))
                for panel in registry.panels()
                if file.reader.scope.has(panel.permission)
            ],
            can_walk=can_walk,
            can_classify=file.may(CLASSIFY_CASE),
            can_see_looks=file.may(SEE_LOOKS),
            can_give_task=file.may(CONFER) and one.is_open,
            today=timezone.localdate(),
        ),
    )


@require_safe
def history(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """All that happened in a file, page by page, or what is of one kind."""
    file = load_file(
        request, case_id, _("Membaca riwayat berkas"), tab="cases:case", crumbs=(Link(_("Riwayat lengkap")),)
    )
    form = HistoryFilter(request.GET)
    page = page_of(Timeline(file.case, form.chosen.get("kind", "")), request.GET, size=50)
    events = presenters.timeline_events(page, file.case, file.veil)
    return render(request, "cases/case/history.html", file.context(form=form, page=page, events=events))


@require_safe
def print_file(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The whole file on A4."""
    file = load_file(request, case_id, _("Mencetak berkas kasus"), tab="cases:case")
    one, now = file.case, timezone.now()
    return render(
        request,
        "cases/case/print.html",
        file.context(
            stages=presenters.steps(
                one, list(Stage.objects.filter(stage_set=one.stage.stage_set_id).order_by("order"))
            ),
            events=presenters.timeline_events(Timeline(one)[:], one, file.veil),
            team=list(TeamMember.objects.filter(case=one).select_related("user").order_by("period")),
            assessments=list(
                one.domainassessments.readable_by(file.reader).exclude(finalised_at=None).select_related("written_by")
            ),
            agreements=list(one.agreements.select_related("explained_by")),
            conferences=list(one.conferences.prefetch_related("participants__user")),
            tasks=list(one.tasks.select_related("owner").order_by("due_date")),
            printed_at=now,
        ),
    )


@require_safe
def looks(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who opened this file, or the report it came from."""
    file = load_file(
        request, case_id, _("Memeriksa siapa yang membuka"), tab="cases:case", crumbs=(Link(_("Siapa yang membuka")),)
    )
    if not file.may(SEE_LOOKS):
        raise NotAllowed
    rows = who_opened(*(pk for pk in (file.case.pk, file.case.report_id) if pk))
    return render(request, "cases/looks.html", {"trail": file.trail, "table": looks_table(rows)})


@form_of(move)
def stage(request: HttpRequest, case_id: UUID, to: str) -> HttpResponse:
    """Go to one stage: what is still missing, and the one button."""
    page = FIRST_PAGE.form(request, case_id, _("Tahap"), purpose=_("Memindahkan tahap"))
    one = page.case
    target = get_object_or_404(Stage, pk=to, stage_set=one.stage.stage_set_id)
    is_back = target.pk in one.stage.steps_back_to
    kind = StepBackForm if is_back else MoveForm
    form = kind(request.POST or None, initial={"revision": one.revision})
    done = _("Kasus kini di tahap %(stage)s.") % {"stage": target}
    if led_on := sent(request, page.file, form, move, done=done, leads_to=page.back, case=one, to=target):
        return led_on
    asked = () if is_back else (*one.stage.requires, *target.admits_with)
    missing = [
        Todo(rule.name, reverse(rule.url_name, args=[one.pk]), presenters.MISSING, rule.message)
        for rule in missing_of(one, asked)
    ]
    context = page.file.context(target=target, is_back=is_back, missing=missing)
    return answer(request, "cases/case/stage.html", context, form)


@form_of(start_approach)
def approach(request: HttpRequest, case_id: UUID) -> HttpResponse:
    page = FIRST_PAGE.form(request, case_id, _("Pendekatan"), purpose=_("Mengganti pendekatan"))
    return page.answer(
        ApproachForm(request.POST or None, units=Unit.objects.filter(closed_on=None).order_by("name")),
        lead=_("Satu berkas menampung semua pendekatan; perpindahan dicatat dengan tanggalnya."),
        done=_("Pendekatan dicatat."),
        case=page.case,
    )


@form_of(rate_risk)
def risk(request: HttpRequest, case_id: UUID) -> HttpResponse:
    page = FIRST_PAGE.form(request, case_id, _("Nilai risiko"), purpose=_("Menilai risiko"), crumb=_("Risiko"))
    initial = {"revision": page.case.revision, "risk": page.case.risk}
    return page.answer(RiskForm(request.POST or None, initial=initial), done=_("Risiko dicatat."), case=page.case)


@form_of(classify)
def confidentiality(request: HttpRequest, case_id: UUID) -> HttpResponse:
    title, purpose = _("Kerahasiaan kasus"), _("Menetapkan kerahasiaan")
    page = FIRST_PAGE.form(request, case_id, title, purpose=purpose, crumb=_("Kerahasiaan"))
    one = page.case
    initial = {"revision": one.revision, "confidentiality": one.confidentiality, "tags": one.tags}
    return page.answer(
        ConfidentialityForm(request.POST or None, initial=initial),
        lead=_("Kasus rahasia hanya terlihat oleh timnya; nama anak dalam SPPA tampil sebagai inisial di luar tim."),
        done=_("Kerahasiaan ditetapkan."),
        case=one,
    )
