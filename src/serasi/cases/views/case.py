"""The list of cases, the first page of a file, and what concerns a case as a whole."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.look_table import looks_table
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.operations import NotAllowed
from serasi.access.permissions import SEE_LOOKS
from serasi.access.queries import who_opened
from serasi.cases import presenters, registry
from serasi.cases.enums import TriageOutcome
from serasi.cases.forms.case import (
    ApproachForm,
    BreakGlassForm,
    CaseFilter,
    ConfidentialityForm,
    HistoryFilter,
    MoveForm,
    OpenCaseForm,
    RiskForm,
    StepBackForm,
)
from serasi.cases.models import ApproachPeriod, Document, Report, Stage, Task, TeamMember
from serasi.cases.operations.approach import start_approach
from serasi.cases.operations.case import open_case, propose
from serasi.cases.operations.confidentiality import classify
from serasi.cases.operations.emergency import behind_glass, break_glass
from serasi.cases.operations.risk import rate_risk
from serasi.cases.operations.stage import move
from serasi.cases.permissions import CLASSIFY_CASE, CONFER, COUNT_CASES, OPEN_CASE_FILE, START_CASE, WALK_CASE
from serasi.cases.queries.cases import case_list
from serasi.cases.queries.history import helped_before
from serasi.cases.queries.reports import veil_of_report, waiting_for_a_case
from serasi.cases.queries.timeline import Timeline
from serasi.cases.rules import missing_of
from serasi.cases.views.acting import answer, attempt
from serasi.cases.views.loading import FileHidden, load_file, look_at_report
from serasi.common.components import Link, page_of
from serasi.common.components import Task as Todo
from serasi.people.models import Person

FORM = "cases/case/form.html"
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


@require_http_methods(["GET", "POST"])
def stage(request: HttpRequest, case_id: UUID, to: str) -> HttpResponse:
    """Go to one stage: what is still missing, and the one button."""
    file = load_file(request, case_id, _("Memindahkan tahap"), tab="cases:case", crumbs=(Link(_("Tahap")),))
    one = file.case
    target = get_object_or_404(Stage, pk=to, stage_set=one.stage.stage_set_id)
    is_back = target.pk in one.stage.steps_back_to
    kind = StepBackForm if is_back else MoveForm
    form = kind(request.POST or None, initial={"revision": one.revision})
    if request.method == "POST":
        moved = attempt(
            form,
            lambda: move(
                id=form.record_id,
                case=one,
                to=target,
                reason=form.cleaned_data["reason"],
                revision=form.revision,
                by=file.reader,
                at=timezone.now(),
            ),
        )
        if moved is not None:
            messages.success(request, _("Kasus kini di tahap %(stage)s.") % {"stage": target})
            return redirect("cases:case", case_id=one.pk)
        one = file.case
    asked = () if is_back else (*one.stage.requires, *target.admits_with)
    missing = [
        Todo(rule.name, reverse(rule.url_name, args=[one.pk]), presenters.MISSING, rule.message)
        for rule in missing_of(one, asked)
    ]
    return answer(request, "cases/case/stage.html", file.context(target=target, is_back=is_back, missing=missing), form)


@require_http_methods(["GET", "POST"])
def approach(request: HttpRequest, case_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Mengganti pendekatan"), tab="cases:case", crumbs=(Link(_("Pendekatan")),))
    form = ApproachForm(request.POST or None, units=Unit.objects.filter(closed_on=None).order_by("name"))
    if request.method == "POST":
        done = attempt(
            form,
            lambda: start_approach(
                id=form.record_id,
                case=file.case,
                approach=form.cleaned_data["approach"],
                agent=form.cleaned_data["agent"],
                reason=form.cleaned_data["reason"],
                instead=form.cleaned_data["instead"],
                by=file.reader,
                at=timezone.now(),
            ),
        )
        if done is not None:
            messages.success(request, _("Pendekatan dicatat."))
            return redirect("cases:case", case_id=case_id)
    lead = _("Satu berkas menampung semua pendekatan; perpindahan dicatat dengan tanggalnya.")
    return answer(request, FORM, file.context(title=_("Pendekatan"), lead=lead, back=_back(case_id)), form)


@require_http_methods(["GET", "POST"])
def risk(request: HttpRequest, case_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Menilai risiko"), tab="cases:case", crumbs=(Link(_("Risiko")),))
    form = RiskForm(request.POST or None, initial={"revision": file.case.revision, "level": file.case.risk})
    if request.method == "POST":
        done = attempt(
            form,
            lambda: rate_risk(
                id=form.record_id,
                case=file.case,
                level=form.cleaned_data["level"],
                reason=form.cleaned_data["reason"],
                revision=form.revision,
                by=file.reader,
                at=timezone.now(),
            ),
        )
        if done is not None:
            messages.success(request, _("Risiko dicatat."))
            return redirect("cases:case", case_id=case_id)
    return answer(request, FORM, file.context(title=_("Nilai risiko"), back=_back(case_id)), form)


@require_http_methods(["GET", "POST"])
def confidentiality(request: HttpRequest, case_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Menetapkan kerahasiaan"), tab="cases:case", crumbs=(Link(_("Kerahasiaan")),))
    one = file.case
    form = ConfidentialityForm(
        request.POST or None,
        initial={"revision": one.revision, "confidentiality": one.confidentiality, "tags": one.tags},
    )
    if request.method == "POST":
        done = attempt(
            form,
            lambda: classify(
                case=one,
                confidentiality=form.cleaned_data["confidentiality"],
                tags=form.cleaned_data["tags"],
                revision=form.revision,
                by=file.reader,
                at=timezone.now(),
            ),
        )
        if done is not None:
            messages.success(request, _("Kerahasiaan ditetapkan."))
            return redirect("cases:case", case_id=case_id)
    lead = _("Kasus rahasia hanya terlihat oleh timnya; nama anak dalam SPPA tampil sebagai inisial di luar tim.")
    return answer(request, FORM, file.context(title=_("Kerahasiaan kasus"), lead=lead, back=_back(case_id)), form)


def _back(case_id: UUID) -> str:
    return reverse("cases:case", args=[case_id])


# --- Opening a case --------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def open_file(request: HttpRequest, report_id: UUID | None = None) -> HttpResponse:
    """Open a case for someone of the register (`?orang=`), of a report or without one."""
    reader = signed_in(request)
    if not reader.scope.has(START_CASE):
        raise NotAllowed
    report = _report(reader, report_id)
    if report is not None and request.method == "GET":
        look_at_report(report, _("Membuka kasus dari laporan"), reader)
    person = _person(reader, request.GET.get("orang", ""))
    units = Unit.objects.filter(pk=report.unit_id) if report else Unit.objects.reached_by(reader, START_CASE)
    now = timezone.now()
    proposal = propose(person, report, now)
    form = OpenCaseForm(
        request.POST or None,
        units=units.filter(closed_on=None).order_by("path"),
        initial={"cluster": proposal.cluster, "risk": proposal.risk, "confidentiality": proposal.confidentiality},
    )
    if request.method == "POST":
        opened = attempt(
            form,
            lambda: open_case(
                id=form.record_id,
                person=person,
                report=report,
                by=reader,
                at=timezone.now(),
                **{
                    name: form.cleaned_data[name] for name in ("unit", "cluster", "approach", "risk", "confidentiality")
                },
            ),
        )
        if opened is not None:
            messages.success(request, _("Kasus %(number)s dibuka.") % {"number": opened.number})
            return redirect("cases:case", case_id=opened.pk)
    return answer(
        request,
        "cases/case/open.html",
        {
            "person": person,
            "person_name": person.shown_name(to=reader),
            "subject": veil_of_report(report, reader, is_recognising=True).over_description(report.subject_description)
            if report
            else "",
            "report": report,
            "earlier": helped_before(person, reader),
            "trail": [Link(_("Kasus"), reverse("cases:list")), Link(_("Buka kasus"))],
        },
        form,
    )


def _report(reader: User, report_id: UUID | None) -> Report | None:
    if report_id is None:
        return None
    reports = Report.objects.visible_to(reader).with_subject(reader)
    found = reports.select_related("unit", "triage").filter(pk=report_id).first()
    if found is None or getattr(found, "triage", None) is None or found.triage.outcome != TriageOutcome.OPEN_CASE:
        raise Http404
    return found


def _person(reader: User, text: str) -> Person:
    try:
        wanted = UUID(text)
    except ValueError:
        raise Http404 from None
    found = Person.objects.visible_to(reader).select_related("merged_into").filter(pk=wanted).first()
    if found is None:
        raise Http404
    return found.merged_into or found


@require_safe
def of_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A part of the person's page, or a page of its own without script: cases, help elsewhere, reports that wait."""
    reader = signed_in(request)
    if not reader.is_authenticated or not reader.scope.has(OPEN_CASE_FILE):
        raise Http404
    person = Person.objects.visible_to(reader).filter(pk=pk).first()
    if person is None:
        raise Http404
    can_start = reader.scope.has(START_CASE)
    return render(
        request,
        "cases/case/of_person.html" if "HX-Request" in request.headers else "cases/case/of_person_page.html",
        {
            "person": person,
            "name": person.shown_name(to=reader),
            "earlier": helped_before(person, reader),
            "can_start": can_start,
            "waiting": waiting_for_a_case(reader)[:5] if can_start else [],
        },
    )


# --- Breaking the glass ----------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def open_in_emergency(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask for a short look at a file outside one's need-to-know. A sealed case is simply not there."""
    reader = signed_in(request)
    if not reader.is_authenticated or behind_glass(case_id) is None:
        raise Http404
    form = BreakGlassForm(request.POST or None, initial={"hours": "1"})
    if request.method == "POST":
        opened = attempt(
            form,
            lambda: break_glass(
                id=form.record_id,
                case_id=case_id,
                reason=form.cleaned_data["reason"],
                lasts=timedelta(hours=int(form.cleaned_data["hours"])),
                by=reader,
                at=timezone.now(),
            ),
        )
        if opened is not None:
            messages.warning(request, _("Akses darurat dibuka dan kepala unit diberi tahu."))
            return redirect("cases:case", case_id=case_id)
    trail = [Link(_("Kasus"), reverse("cases:list")), Link(_("Akses darurat"))]
    return answer(request, "cases/case/break_glass.html", {"trail": trail}, form)
