"""Incidents: the list, reporting in one screen, the page of one with its clock, and everything done about it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, Act, FormPage, View, act_on, allow, written
from serasi.access.enums import Subject
from serasi.access.gate import open_to
from serasi.access.looks import log_look
from serasi.access.middleware import signed_in, typed_in
from serasi.access.models import Unit, User
from serasi.access.permissions import may
from serasi.common.components import Link, page_of
from serasi.residence.models import Ward
from serasi.residence.queries import day_at
from serasi.safety import operations, presenters
from serasi.safety.forms import (
    AmendForm,
    CloseForm,
    FinishForm,
    FollowUpForm,
    IncidentFilter,
    NoticeForm,
    PersonForm,
    ReopenForm,
    ReportForm,
    WithdrawForm,
    filters,
)
from serasi.safety.forms.incident import LABELS
from serasi.safety.models import FollowUp, Incident, Involved
from serasi.safety.permissions import COUNT, HANDLE, RAISE, REPORT, RESTRAIN, REVIEW, SEE_INCIDENT
from serasi.safety.queries import Names, incidents_seen_by, names_in, residents_on_offer, staff_of, to_tell
from serasi.safety.views.writing import house_asked, ids_in, looking, tabs


@open_to(RAISE)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The way in: to the incidents, or to whatever else this reader may see."""
    reader = signed_in(request)
    if reader.scope.has(SEE_INCIDENT):
        return redirect("safety:incidents")
    return redirect("safety:patterns" if reader.scope.has(COUNT) else "safety:concerns")


@open_to(SEE_INCIDENT)
@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    reader, now = signed_in(request), timezone.now()
    form = IncidentFilter(request.GET)
    chosen = form.chosen
    found = incidents_seen_by(reader)
    match chosen.get("keadaan"):
        case filters.OPEN:
            found = found.filter(is_closed=False)
        case filters.LATE:
            found = found.filter(is_closed=False, notice_due_at__lt=now)
        case filters.CLOSED:
            found = found.filter(is_closed=True)
    if kind := chosen.get("jenis"):
        found = found.filter(kind=kind)
    if severity := chosen.get("berat"):
        found = found.filter(severity=severity)
    page = page_of(found, request.GET)
    context = {
        "tabs": tabs(reader, "safety:incidents"),
        "filter": form,
        "page": page,
        "table": presenters.incident_table(list(page), _people_of(list(page), reader), now),
        "is_narrowed": bool(chosen),
        "may_report": reader.scope.has(REPORT),
        "may_raise": reader.scope.has(RAISE),
    }
    return render(request, "safety/incidents.html", context)


def _people_of(shown: list[Incident], reader: User) -> dict[UUID, list[str]]:
    """Who was affected or caused it, by incident. Two queries, a few more where a name is kept back."""
    rows = Involved.objects.standing().filter(incident__in=shown, part__in=["affected", "caused"])
    people = list(rows.order_by("written_at", "pk"))
    names = names_in(reader, [one.person_id for one in people])
    found: dict[UUID, list[str]] = {}
    for one in people:
        who = names.of(one.person_id, one.tag) if one.person_id else names.veil.over(one.words)
        found.setdefault(one.incident_id, []).append(who)
    return found


@open_to(REPORT)
@require_http_methods(WRITES)
def report(request: HttpRequest) -> HttpResponse:
    """One screen, on a phone, at night."""
    unit = house_asked(request, REPORT)
    if not isinstance(unit, Unit):
        return unit
    reader = signed_in(request)
    offer = _offer(request, unit, reader, "people")
    form = ReportForm(typed_in(request), wards=_wards(unit, reader), residents=offer.shown, total=offer.total)
    title, back = _("Laporkan kejadian"), reverse("safety:incidents")
    page = FormPage(title, _("Laporkan"), back, caption=str(unit), trail=[Link(_("Kejadian"), back), Link(title)])
    return looking(request, form, page) or written(
        request,
        form,
        operations.report_incident,
        page=page,
        done=_("Kejadian dilaporkan. Lihat siapa yang harus diberi tahu."),
        leads_to=lambda made: reverse("safety:incident", args=[made.pk]),
        unit=unit,
    )


def _offer(request: HttpRequest, unit: Unit, reader: User, name: str) -> Any:
    return residents_on_offer(
        unit=unit,
        reader=reader,
        at=timezone.now(),
        ticked=ids_in(request.POST.getlist(name)),
        words=request.POST.get("look_for", "").strip()[:100],
    )


def _wards(unit: Unit, reader: User) -> Any:
    return Ward.objects.visible_to(reader).of(unit).open_on(day_at(unit, timezone.now()))


# --- One incident ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Loaded:
    """An incident this reader may see, the people in it, and how they are named."""

    incident: Any
    reader: User
    people: list[Involved]
    names: Names
    caption: str = ""

    @property
    def lead(self) -> str:
        return _("%(kind)s, %(number)s") % {"kind": self.incident.get_kind_display(), "number": self.incident}

    def may(self, code: str) -> bool:
        return may(self.reader, code, on=self.incident)

    @property
    def url(self) -> str:
        return reverse("safety:incident", args=[self.incident.pk])

    def trail(self, *more: Link) -> list[Link]:
        here = Link(self.incident.number, self.url if more else "")
        return [Link(_("Kejadian"), reverse("safety:incidents")), here, *more]


def load(request: HttpRequest, incident_id: UUID, purpose: str, *, on_paper: bool = False) -> Loaded:
    """The incident, if this reader may see it; otherwise a 404 that does not say why. Looks at people are logged."""
    reader = signed_in(request)
    incident = get_object_or_404(incidents_seen_by(reader).select_related("reported_by"), pk=incident_id)
    people = list(Involved.objects.filter(incident=incident).select_related("withdrawn_by"))
    for one in people:
        one.incident = incident
    names = names_in(reader, [one.person_id for one in people], on_paper=on_paper)
    if request.method == "GET":
        for person_id in names.known:
            log_look(by=reader, subject=Subject.PERSON, subject_id=person_id, purpose=purpose, unit_id=incident.unit_id)
    return Loaded(incident, reader, people, names)


@open_to(SEE_INCIDENT)
@require_safe
def incident(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    return render(request, "safety/incident.html", _context(load(request, incident_id, _("Membaca kejadian"))))


@open_to(SEE_INCIDENT)
@require_safe
def printed(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """For paper: guarded people by initials or tag alone, places for signatures."""
    page = load(request, incident_id, _("Mencetak laporan kejadian"), on_paper=True)
    return render(request, "safety/print.html", _context(page))


def _context(page: Loaded) -> dict[str, Any]:
    one, veil, now = page.incident, page.names.veil, timezone.now()
    notices = list(one.notices.select_related("written_by"))
    follow_ups = list(one.followups.select_related("owner", "done_by"))
    amendments = list(one.amendments.select_related("written_by"))
    reviews = list(one.reviews.select_related("written_by"))
    restraints = list(one.restraints.all())
    return {
        "page": page,
        "incident": one,
        "veil": veil,
        "severity": presenters.severity_status(one.severity),
        "state": presenters.incident_state(one, now),
        "place": presenters.place_of(one),
        "told": presenters.told_lines(to_tell(one, notices), now, veil),
        "people": presenters.person_lines(page.people, page.names),
        "follow_ups": follow_ups,
        "today": day_at(one.unit, now),
        "review_late": not one.is_closed and now > one.review_due_at,
        "events": presenters.history(
            one, amendments=amendments, reviews=reviews, follow_ups=follow_ups, labels=LABELS, veil=veil
        ),
        "closing": next((review for review in reversed(reviews) if review.turn == "closed"), None),
        "restraints": restraints,
        "may_handle": not one.is_closed and page.may(HANDLE),
        "may_finish": page.may(HANDLE),
        "may_review": page.may(REVIEW),
        "may_restrain": not one.is_closed and page.may(RESTRAIN),
        "printed_at": now,
        "trail": page.trail(),
    }


# --- What is done about it -------------------------------------------------------------------------------------------


class IncidentAct(Act[Loaded]):
    """The page of one act, opened on an incident."""

    __slots__ = ()

    @property
    def incident(self) -> Any:
        return self.page.incident


def incident_act(permission: str, title: str | Promise, purpose: str | Promise) -> Callable[[View], View]:
    """The page of an act on an incident, for who holds this permission there."""
    return act_on(IncidentAct, load, permission, title, purpose)


@incident_act(HANDLE, gettext_lazy("Ubah laporan"), gettext_lazy("Mengubah laporan kejadian"))
def amend(act: IncidentAct) -> HttpResponse:
    one, veil = act.incident, act.page.names.veil
    names = ("kind", "severity", "happened_at", "ward", "place", "account", "immediate_action", "revision")
    told = ("account", "immediate_action", "place")
    initial = {name: getattr(one, name) for name in names}
    if veil.is_drawn:  # who may not read a name cannot write over the text it stands in
        initial |= {name: veil.over(initial[name]) for name in told}
    form = AmendForm(act.typed, wards=_wards(one.unit, act.page.reader), initial=initial)
    if veil.is_drawn:
        for name in told:
            del form.fields[name]
    return act.answer(
        form,
        operations.amend_incident,
        done=_("Laporan diubah."),
        lead=_("Yang tertulis sebelumnya tetap terbaca, dengan nama Anda dan alasannya."),
        incident=one,
    )


@incident_act(HANDLE, gettext_lazy("Tambah orang"), gettext_lazy("Menambah orang pada kejadian"))
def add_person(act: IncidentAct) -> HttpResponse:
    offer = _offer(act.request, act.incident.unit, act.page.reader, "stay_id")
    form = PersonForm(act.typed, residents=offer.shown, total=offer.total)
    return looking(act.request, form, act.form_page()) or act.answer(
        form, operations.add_person, done=_("Orangnya dicatat."), incident=act.incident
    )


@incident_act(HANDLE, gettext_lazy("Cabut"), gettext_lazy("Mencabut orang dari kejadian"))
def withdraw_person(act: IncidentAct, involved_id: UUID) -> HttpResponse:
    involved = next((one for one in act.page.people if one.pk == involved_id), None)
    if involved is None:
        raise Http404
    (line,) = presenters.person_lines([involved], act.page.names)
    return act.answer(
        WithdrawForm(act.typed),
        operations.withdraw_person,
        title=_("Cabut: %s") % line.who,
        lead=_("Bila ia ternyata tidak terlibat. Catatannya tetap terbaca sebagai dicabut."),
        button=_("Cabut"),
        done=_("Orangnya dicabut dari kejadian ini."),
        involved=involved,
    )


@incident_act(HANDLE, gettext_lazy("Catat pemberitahuan"), gettext_lazy("Mencatat pemberitahuan kejadian"))
def notify(act: IncidentAct) -> HttpResponse:
    form = NoticeForm(act.typed, initial={"recipient": act.request.GET.get("siapa", "")})
    return act.answer(form, operations.note_notice, done=_("Pemberitahuan dicatat."), incident=act.incident)


@incident_act(HANDLE, gettext_lazy("Tambah tindak lanjut"), gettext_lazy("Menambah tindak lanjut kejadian"))
def follow_up(act: IncidentAct) -> HttpResponse:
    form = FollowUpForm(act.typed, staff=staff_of(act.incident.unit, HANDLE), initial={"owner": act.page.reader.pk})
    return act.answer(form, operations.add_follow_up, done=_("Tindak lanjut dicatat."), incident=act.incident)


@open_to(HANDLE)
@require_http_methods(WRITES)
def finish(request: HttpRequest, follow_up_id: UUID) -> HttpResponse:
    found = get_object_or_404(FollowUp.objects.visible_to(signed_in(request)), pk=follow_up_id)
    page = load(request, found.incident_id, _("Menyelesaikan tindak lanjut"))
    allow(page.may(HANDLE))
    found.incident = page.incident
    act, done = IncidentAct(request, page, _("Tindak lanjut selesai")), _("Tindak lanjut selesai.")
    lead = page.names.veil.over(found.what)
    return act.answer(FinishForm(act.typed), operations.finish_follow_up, done=done, lead=lead, follow_up=found)


@incident_act(REVIEW, gettext_lazy("Tutup kejadian"), gettext_lazy("Menutup kejadian"))
def close(act: IncidentAct) -> HttpResponse:
    form = CloseForm(act.typed)
    return act.answer(
        form, operations.close_incident, button=act.title, done=_("Kejadian ditutup."), incident=act.incident
    )


@incident_act(REVIEW, gettext_lazy("Buka kembali kejadian"), gettext_lazy("Membuka kembali kejadian"))
def reopen(act: IncidentAct) -> HttpResponse:
    return act.answer(
        ReopenForm(act.typed),
        operations.reopen_incident,
        button=_("Buka kembali"),
        done=_("Kejadian dibuka kembali."),
        incident=act.incident,
    )
