"""Incidents: the list, reporting in one screen, the page of one with its clock, and everything done about it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.enums import Subject
from serasi.access.gate import open_to
from serasi.access.looks import log_look
from serasi.access.middleware import signed_in
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
from serasi.safety.views.writing import WRITES, allow, house_asked, ids_in, tabs, written


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
    form = ReportForm(request.POST or None, wards=_wards(unit, reader), residents=offer.shown, total=offer.total)
    return written(
        request,
        form,
        lambda: operations.report_incident(unit=unit, **form.facts(), by=reader, at=timezone.now()),
        title=_("Laporkan kejadian"),
        caption=str(unit),
        button=_("Laporkan"),
        done=_("Kejadian dilaporkan. Lihat siapa yang harus diberi tahu."),
        back=reverse("safety:incidents"),
        leads_to=lambda made: reverse("safety:incident", args=[made.pk]),
        trail=[Link(_("Kejadian"), reverse("safety:incidents"))],
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
    incident = incidents_seen_by(reader).select_related("reported_by").filter(pk=incident_id).first()
    if incident is None:
        raise Http404
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


def _act(
    request: HttpRequest, page: Loaded, form: Any, act: Callable[[], Any], *, title: str, done: str, **more: Any
) -> HttpResponse:
    more.setdefault(
        "lead", _("%(kind)s, %(number)s") % {"kind": page.incident.get_kind_display(), "number": page.incident}
    )
    return written(
        request, form, act, title=title, done=done, back=page.url, trail=page.trail(Link(title))[:-1], **more
    )


@open_to(HANDLE)
@require_http_methods(WRITES)
def amend(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    page = load(request, incident_id, _("Mengubah laporan kejadian"))
    allow(page.may(HANDLE))
    one = page.incident
    names = ("kind", "severity", "happened_at", "ward", "place", "account", "immediate_action", "revision")
    initial = {name: getattr(one, name) for name in names}
    if page.names.veil.is_drawn:  # who may not read a name cannot write over the text it stands in
        initial |= {name: page.names.veil.over(initial[name]) for name in ("account", "immediate_action", "place")}
    form = AmendForm(request.POST or None, wards=_wards(one.unit, page.reader), initial=initial)
    if page.names.veil.is_drawn:
        for name in ("account", "immediate_action", "place"):
            del form.fields[name]
    return _act(
        request,
        page,
        form,
        lambda: operations.amend_incident(incident=one, **form.facts(), by=page.reader, at=timezone.now()),
        title=_("Ubah laporan"),
        done=_("Laporan diubah."),
        lead=_("Yang tertulis sebelumnya tetap terbaca, dengan nama Anda dan alasannya."),
    )


@open_to(HANDLE)
@require_http_methods(WRITES)
def add_person(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    page = load(request, incident_id, _("Menambah orang pada kejadian"))
    allow(page.may(HANDLE))
    offer = _offer(request, page.incident.unit, page.reader, "stay_id")
    form = PersonForm(request.POST or None, residents=offer.shown, total=offer.total)
    return _act(
        request,
        page,
        form,
        lambda: operations.add_person(incident=page.incident, **form.facts(), by=page.reader, at=timezone.now()),
        title=_("Tambah orang"),
        done=_("Orangnya dicatat."),
    )


@open_to(HANDLE)
@require_http_methods(WRITES)
def withdraw_person(request: HttpRequest, incident_id: UUID, involved_id: UUID) -> HttpResponse:
    page = load(request, incident_id, _("Mencabut orang dari kejadian"))
    allow(page.may(HANDLE))
    involved = next((one for one in page.people if one.pk == involved_id), None)
    if involved is None:
        raise Http404
    (line,) = presenters.person_lines([involved], page.names)
    form = WithdrawForm(request.POST or None)
    return _act(
        request,
        page,
        form,
        lambda: operations.withdraw_person(involved=involved, by=page.reader, at=timezone.now()),
        title=_("Cabut: %s") % line.who,
        lead=_("Bila ia ternyata tidak terlibat. Catatannya tetap terbaca sebagai dicabut."),
        button=_("Cabut"),
        done=_("Orangnya dicabut dari kejadian ini."),
    )


@open_to(HANDLE)
@require_http_methods(WRITES)
def notify(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    page = load(request, incident_id, _("Mencatat pemberitahuan kejadian"))
    allow(page.may(HANDLE))
    initial = {"recipient": request.GET.get("siapa", "")}
    form = NoticeForm(request.POST or None, initial=initial)
    return _act(
        request,
        page,
        form,
        lambda: operations.note_notice(incident=page.incident, **form.facts(), by=page.reader, at=timezone.now()),
        title=_("Catat pemberitahuan"),
        done=_("Pemberitahuan dicatat."),
    )


@open_to(HANDLE)
@require_http_methods(WRITES)
def follow_up(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    page = load(request, incident_id, _("Menambah tindak lanjut kejadian"))
    allow(page.may(HANDLE))
    staff = staff_of(page.incident.unit, HANDLE)
    form = FollowUpForm(request.POST or None, staff=staff, initial={"owner": page.reader.pk})
    return _act(
        request,
        page,
        form,
        lambda: operations.add_follow_up(incident=page.incident, **form.facts(), by=page.reader, at=timezone.now()),
        title=_("Tambah tindak lanjut"),
        done=_("Tindak lanjut dicatat."),
    )


@open_to(HANDLE)
@require_http_methods(WRITES)
def finish(request: HttpRequest, follow_up_id: UUID) -> HttpResponse:
    reader = signed_in(request)
    found = FollowUp.objects.visible_to(reader).filter(pk=follow_up_id).first()
    if found is None:
        raise Http404
    page = load(request, found.incident_id, _("Menyelesaikan tindak lanjut"))
    allow(page.may(HANDLE))
    found.incident = page.incident
    form = FinishForm(request.POST or None)
    return _act(
        request,
        page,
        form,
        lambda: operations.finish_follow_up(follow_up=found, **form.facts(), by=reader, at=timezone.now()),
        title=_("Tindak lanjut selesai"),
        lead=page.names.veil.over(found.what),
        done=_("Tindak lanjut selesai."),
    )


@open_to(REVIEW)
@require_http_methods(WRITES)
def close(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    page = load(request, incident_id, _("Menutup kejadian"))
    allow(page.may(REVIEW))
    form = CloseForm(request.POST or None)
    return _act(
        request,
        page,
        form,
        lambda: operations.close_incident(incident=page.incident, **form.facts(), by=page.reader, at=timezone.now()),
        title=_("Tutup kejadian"),
        button=_("Tutup kejadian"),
        done=_("Kejadian ditutup."),
    )


@open_to(REVIEW)
@require_http_methods(WRITES)
def reopen(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    page = load(request, incident_id, _("Membuka kembali kejadian"))
    allow(page.may(REVIEW))
    form = ReopenForm(request.POST or None)
    return _act(
        request,
        page,
        form,
        lambda: operations.reopen_incident(incident=page.incident, **form.facts(), by=page.reader, at=timezone.now()),
        title=_("Buka kembali kejadian"),
        button=_("Buka kembali"),
        done=_("Kejadian dibuka kembali."),
    )
