"""Intake: the list of reports, the crisis entry, the walk-in, the decision, and whom it is about."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import answer, attempt, tried
from serasi.access.look_table import looks_table
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.operations import NotAllowed, require
from serasi.access.permissions import SEE_LOOKS
from serasi.access.queries import who_opened
from serasi.cases import presenters
from serasi.cases.enums import TriageOutcome
from serasi.cases.forms.report import (
    DANGER_PREFIX,
    NAMING,
    CompleteReportForm,
    CrisisForm,
    ReportFilter,
    ReportForm,
    TriageForm,
)
from serasi.cases.models import Report
from serasi.cases.operations.report import YES, complete_report, is_whole, receive_report
from serasi.cases.operations.triage import triage
from serasi.cases.permissions import OPEN_REPORT, RECEIVE_REPORT, START_CASE, TRIAGE_REPORT
from serasi.cases.queries.reports import named_in, report_list, veil_of_report, with_clock
from serasi.cases.views.loading import load_file, look_at_report
from serasi.common.components import Link, page_of
from serasi.common.private_words import kept_words
from serasi.people.permissions import REGISTER
from serasi.people.queries.matching import Described, likely_matches
from serasi.people.queries.search import find_people, may_search

UNLESS_FOUND = "cocokkan"
"""In the address of who it is: go on to registering at once when nobody is alike."""


def _reader(request: HttpRequest, *codes: str) -> User:
    reader = signed_in(request)
    if not any(reader.scope.has(code) for code in codes):
        raise NotAllowed
    return reader


def _load(request: HttpRequest, report_id: UUID, purpose: str = "") -> Any:
    """The report, if this reader may see it. Opening it (GET) is logged with ``purpose``."""
    reader = signed_in(request)
    report = (
        with_clock(Report.objects.visible_to(reader).with_subject(reader))
        .select_related(
            "unit", "received_by", "region", "person", "triage", "triage__decided_by", "triage__referred_to"
        )
        .filter(pk=report_id)
        .first()
    )
    if report is None:
        raise Http404
    if purpose and request.method == "GET":
        look_at_report(report, purpose, reader)
    return report


def _units(reader: User, code: str) -> Any:
    return Unit.objects.reached_by(reader, code).filter(closed_on=None).order_by("path")


def _crumbs(*more: Link) -> list[Link]:
    return [Link(_("Laporan masuk"), reverse("cases:reports") if more else ""), *more]


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """Reports to the reader's units: undecided first, by what is due soonest."""
    reader = _reader(request, OPEN_REPORT, RECEIVE_REPORT)
    form = ReportFilter(request.GET)
    now = timezone.now()
    page = page_of(report_list(reader, form.chosen, at=now), request.GET)
    return render(
        request,
        "cases/report/list.html",
        {
            "form": form,
            "page": page,
            "rows": [presenters.report_row(report, now) for report in page],
            "can_receive": reader.scope.has(RECEIVE_REPORT),
        },
    )


@require_http_methods(["GET", "POST"])
def crisis(request: HttpRequest) -> HttpResponse:
    """One screen, ninety seconds; the rest is written when there is time."""
    return _receive(request, CrisisForm, is_complete=False, template="cases/report/crisis.html")


@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """The whole report on one page."""
    return _receive(request, ReportForm, is_complete=True, template="cases/report/form.html")


def _receive(request: HttpRequest, kind: type[Any], *, is_complete: bool, template: str) -> HttpResponse:
    reader = _reader(request, RECEIVE_REPORT)
    initial = {
        "received_at": timezone.now(),
        "channel": "" if is_complete else "telepon",
        "urgency": "" if is_complete else "emergency",
    }
    form = kind(request.POST or None, units=_units(reader, RECEIVE_REPORT), initial=initial)
    made = (
        attempt(form, lambda: receive_report(**form.facts(), is_complete=is_complete, by=reader, at=timezone.now()))
        if request.method == "POST"
        else None
    )
    may_open = is_complete and reader.scope.has(TRIAGE_REPORT) and reader.scope.has(START_CASE)
    if made is not None:
        messages.success(request, _("Laporan diterima."))
        if may_open and "open_case" in request.POST and reader.scope.allows(TRIAGE_REPORT, made.guard_for(reader)):
            return _opened_at_once(request, made, reader)
        return redirect(_page(made))
    return answer(request, template, {"trail": _crumbs(Link(_("Laporan baru"))), "may_open": may_open}, form)


def _opened_at_once(request: HttpRequest, made: Report, reader: User) -> HttpResponse:
    """Received and decided in one go, by who may do both. Where danger was seen, what to do first is read first."""
    triage(
        id=made.pk,  # one decision for one report, however often the form comes
        report=made,
        urgency=made.urgency,
        outcome=TriageOutcome.OPEN_CASE,
        by=reader,
        at=timezone.now(),
    )
    return redirect(_page(made) if YES in made.danger.values() else _page_of_its_person(request, made))


def _page(report: Report) -> str:
    return reverse("cases:report", args=[report.pk])


def _page_of_its_person(request: HttpRequest, report: Report) -> str:
    """Where it is asked whom a report is about. A name that it gives is searched for at once, outside the address."""
    url = reverse("cases:report_person", args=[report.pk])
    if name := named_in(report.subject_description):
        url += f"?cari={kept_words(request, {'q': name})}&{UNLESS_FOUND}=1"
    return url


@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """One report, what to do first, and the decision on it."""
    reader = signed_in(request)
    one = _load(request, report_id, _("Membaca laporan"))
    decision = getattr(one, "triage", None)
    can_triage = decision is None and reader.scope.allows(TRIAGE_REPORT, one.guard_for(reader))
    form = TriageForm(
        request.POST or None,
        units=Unit.objects.filter(closed_on=None).exclude(pk=one.unit_id).order_by("name"),
        initial={"urgency": one.urgency},
    )
    if led_on := tried(
        request,
        form,
        triage,
        done=_("Keputusan dicatat."),
        leads_to=lambda made: (
            _page_of_its_person(request, one) if made.outcome == TriageOutcome.OPEN_CASE else _page(one)
        ),
        report=one,
    ):
        return led_on
    cases = list(one.cases.select_related("person", "unit", "stage"))
    return answer(
        request,
        "cases/report/page.html",
        {
            "report": one,
            "trail": _crumbs(Link(_("Laporan"))),
            "view": presenters.report_page(one, veil_of_report(one, reader), timezone.now()),
            "decision": decision,
            "can_triage": can_triage,
            "can_see_looks": reader.scope.allows(SEE_LOOKS, one.guard_for(reader)),
            "can_complete": (decision is None or not is_whole(one))
            and reader.scope.allows(RECEIVE_REPORT, one.guard_for(reader)),
            "can_open": decision is not None
            and decision.outcome == TriageOutcome.OPEN_CASE
            and reader.scope.allows(START_CASE, one.guard_for(reader)),
            "is_opened": one.is_opened,
            "cases": cases,
        },
        form,
    )


@require_http_methods(["GET", "POST"])
def complete(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """The rest of a crisis entry, or mending a report before it is decided on."""
    reader = _reader(request, RECEIVE_REPORT)
    one = _load(request, report_id, _("Melengkapi laporan"))
    initial = {name: getattr(one, name) for name in CompleteReportForm.base_fields if hasattr(one, name)}
    initial |= {f"{DANGER_PREFIX}{code}": given for code, given in one.danger.items()}
    veil = veil_of_report(one, reader)
    form = CompleteReportForm(
        request.POST or None,
        units=Unit.objects.filter(pk=one.unit_id),
        keeps_back={name for name in NAMING if getattr(one, name)} if veil.is_drawn else (),
        initial=initial | {"revision": one.revision, "unit": one.unit_id},
    )
    done = _("Laporan dilengkapi.")
    if led_on := tried(request, form, complete_report, done=done, leads_to=_page(one), report=one):
        return led_on
    context = {"trail": _crumbs(Link(_("Laporan"), _page(one)), Link(_("Lengkapi")))}
    subject = veil.over_description(one.subject_description)
    return answer(request, "cases/report/form.html", context | {"report": one, "subject": subject}, form)


@require_safe
def person(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Who is it? Search the register first; register anew only when nobody fits."""
    reader = _reader(request, START_CASE)
    one = _load(request, report_id, _("Mengenali orang yang dilaporkan"))
    text = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    if text and UNLESS_FOUND in request.GET and reader.scope.has(REGISTER) and not _is_anybody_like(text, reader):
        messages.info(
            request, _("Tidak ada orang terdaftar yang namanya seperti itu, dengan ejaan mana pun. Isi data orangnya.")
        )
        key = request.GET.get("cari", "")
        return redirect(f"{reverse('people:register')}?laporan={one.pk}&cari={key}")
    found = find_people(by=reader, text=text) if text and may_search(reader) else ()
    return render(
        request,
        "cases/report/person.html",
        {
            "report": one,
            "subject": veil_of_report(one, reader, is_recognising=True).over_description(one.subject_description),
            "trail": _crumbs(Link(_("Laporan"), _page(one)), Link(_("Siapa orangnya"))),
            "query": text,
            "found": [presenters.found_row(entry, one, reader) for entry in found],
        },
    )


def _is_anybody_like(name: str, reader: User) -> bool:
    """Whether someone registered is likely meant by this name; asked again when the person is registered."""
    return bool(likely_matches(by=reader, described=Described(full_name=name)))


@require_safe
def looks(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Who opened this report."""
    reader = _reader(request, SEE_LOOKS)
    one = _load(request, report_id)
    require(reader, SEE_LOOKS, on=one)
    crumbs = _crumbs(Link(_("Laporan"), _page(one)), Link(_("Siapa yang membuka")))
    return render(request, "cases/looks.html", {"trail": crumbs, "table": looks_table(who_opened(one.pk))})


@require_safe
def report_of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Where the danger screen of a case is filled in: its report, and the form of it while that may still change."""
    file = load_file(request, case_id, _("Membaca laporan"))
    if file.case.report_id is None:
        return redirect("cases:case", case_id=case_id)
    return redirect("cases:report", report_id=file.case.report_id)
