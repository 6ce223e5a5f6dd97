"""Visits and calls: of a ward on a day, of one resident; and who may not come."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, written
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.common.components import Link, page_of
from serasi.common.forms import ActForm
from serasi.daily import operations, presenters
from serasi.daily.forms import (
    AnnounceVisitForm,
    BarForm,
    CourseForm,
    DayFilter,
    LiftBarForm,
    RecordVisitForm,
    WithdrawVisitForm,
)
from serasi.daily.models import BarredContact, Visit
from serasi.daily.permissions import BAR_CONTACT, SEE_DAY, WRITE_VISIT
from serasi.daily.queries import (
    Quiet,
    Resident,
    known_contacts,
    latest_contacts,
    long_without_contact,
    visits_on,
)
from serasi.daily.views.loading import LoadedWard, load_ward
from serasi.daily.views.resident import LoadedResident, load_resident
from serasi.residence.queries import day_at, end_of


@open_to(SEE_DAY)
@require_safe
def visits(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    """Who comes and who came on a day, and whom nobody visited for long; from here a visit of anybody is written."""
    page = load_ward(request, ward_id)
    form = DayFilter(request.GET)
    contacts = _contacts(page, form.chosen.get("hari"))
    context = {
        **contacts.context(),
        "page": page,
        "filter": form,
        "people": [(one, contacts.latest.get(one.stay_id)) for one in contacts.people if one.is_known],
        "unknown": [one for one in contacts.people if not one.is_known],
        "may_write": page.may(WRITE_VISIT),
        "trail": page.trail(Link(_("Kunjungan dan telepon"))),
    }
    return render(request, "daily/visits.html", context)


@open_to(SEE_DAY)
@require_safe
def contacts(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    """The same in short, as a part of the page of a ward and of the summary of a day."""
    page = load_ward(request, ward_id)
    found = _contacts(page, DayFilter(request.GET).chosen.get("hari"))
    return render(request, "daily/contacts.html", {**found.context(), "may_write": page.may(WRITE_VISIT)})


@dataclass(frozen=True, slots=True)
class _Contacts:
    """Visits and calls of a ward on a day; ``latest`` of each resident until then."""

    day: date
    is_today: bool
    people: list[Resident]
    latest: dict[UUID, datetime]
    visits: list[presenters.ToldVisit]
    quiet: list[Quiet]

    def context(self) -> dict[str, Any]:
        return {
            "day": self.day,
            "is_today": self.is_today,
            "quiet": self.quiet,
            "expected": [one for one in self.visits if one.visit.is_expected],
            "visits": [one for one in self.visits if not one.visit.is_expected],
        }


def _contacts(page: LoadedWard, asked: date | None) -> _Contacts:
    """Of a day that is asked for, today otherwise."""
    today = day_at(page.unit, page.now)
    day = asked or today
    at = min(page.now, end_of(page.unit, day))
    people = page.here_at(at)
    here = {one.stay_id: one for one in people}
    latest = latest_contacts(stays=here, at=at, reader=page.reader)
    found = visits_on(stays=here, unit=page.unit, day=day, now=page.now, reader=page.reader)
    return _Contacts(
        day,
        day == today,
        people,
        latest,
        [presenters.told_visit(one, here[one.stay_id]) for one in found],
        long_without_contact(here=people, contacts=latest, unit=page.unit, at=at),
    )


@open_to(SEE_DAY)
@require_safe
def visits_of(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    """Everybody who came or called, latest first; the latest few as a part of the page of a stay."""
    page = load_resident(request, stay_id, _("Membaca kunjungan dan telepon"))
    is_part = "HX-Request" in request.headers
    found = Visit.objects.visible_to(page.reader).filter(stay=page.stay).select_related("concluded_by", "written_by")
    shown = page_of(found.by_moment(latest_first=True), request.GET, size=5 if is_part else 25)
    told = [presenters.told_visit(one) for one in shown.object_list]
    context = {
        "page": page,
        "expected": [one for one in told if one.visit.is_expected],
        "visits": [one for one in told if not one.visit.is_expected],
        "shown": shown,
        "bars": [one for one in _bars(page) if _still_holds(one, page)],
        "may_write": page.may(WRITE_VISIT) and page.stay.is_open,
        "may_bar": page.may(BAR_CONTACT) and page.stay.is_open,
        "is_part": is_part,
        "trail": page.trail(_list(page)),
    }
    return render(request, "daily/visits_of.html" if is_part else "daily/visits_of_page.html", context)


@open_to(WRITE_VISIT)
@require_http_methods(WRITES)
def record_visit(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    return _visit_of(
        request,
        stay_id,
        RecordVisitForm,
        operations.record_visit,
        title=_("Catat kunjungan atau telepon"),
        done=_("Kunjungan dicatat."),
    )


@open_to(WRITE_VISIT)
@require_http_methods(WRITES)
def announce_visit(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    return _visit_of(
        request,
        stay_id,
        AnnounceVisitForm,
        operations.announce_visit,
        title=_("Kunjungan yang akan datang"),
        done=_("Kunjungan yang akan datang dicatat."),
    )


def _visit_of(
    request: HttpRequest,
    stay_id: UUID,
    kind: type[RecordVisitForm | AnnounceVisitForm],
    act: Callable[..., Visit],
    *,
    title: str,
    done: str,
) -> HttpResponse:
    """A visit that is new: it was, or it will be."""
    page = load_resident(request, stay_id, _("Mencatat kunjungan"), code=WRITE_VISIT)
    bars = _bars(page)
    form = kind(request.POST or None, known=_known(page), has_bars=bool(bars))
    return _visit_form(request, page, form, act, bars, title=title, done=done, stay=page.stay)


@open_to(WRITE_VISIT)
@require_http_methods(WRITES)
def conclude_visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    visit, page = _load_visit(request, visit_id)
    bars = _bars(page)
    due = visit.expected_at or page.now
    return _visit_form(
        request,
        page,
        CourseForm(request.POST or None, has_bars=bool(bars), initial={"began_at": min(due, page.now)}),
        operations.conclude_visit,
        bars,
        title=_("Hasil kunjungan"),
        done=_("Hasil kunjungan dicatat."),
        lead=presenters.visit_in_a_line(visit),
        visit=visit,
    )


@open_to(WRITE_VISIT)
@require_http_methods(WRITES)
def withdraw_visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    visit, page = _load_visit(request, visit_id)
    lead = presenters.visit_in_a_line(visit)
    return written(
        request,
        WithdrawVisitForm(request.POST or None),
        operations.withdraw_visit,
        page=page.form_page(_("Cabut catatan kunjungan"), _list(page), lead=lead),
        done=_("Catatan kunjungan dicabut; tetap terbaca."),
        visit=visit,
    )


@open_to(BAR_CONTACT)
@require_http_methods(WRITES)
def bar_contact(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    page = load_resident(request, stay_id, _("Mencatat larangan menghubungi"), code=BAR_CONTACT)
    lead = _("Orang ini tidak boleh berkunjung dan tidak boleh menelepon.")
    return written(
        request,
        BarForm(request.POST or None, known=_known(page)),
        operations.bar_contact,
        page=page.form_page(_("Larang menghubungi"), _list(page), lead=lead),
        done=_("Larangan dicatat; petugas melihatnya sebelum mencatat kunjungan."),
        stay=page.stay,
    )


@open_to(BAR_CONTACT)
@require_http_methods(WRITES)
def lift_bar(request: HttpRequest, bar_id: UUID) -> HttpResponse:
    bar = get_object_or_404(BarredContact.objects.visible_to(signed_in(request)), pk=bar_id)
    page = load_resident(request, bar.stay_id, _("Mengakhiri larangan menghubungi"), code=BAR_CONTACT)
    bar.stay = page.stay
    return written(
        request,
        LiftBarForm(request.POST or None),
        operations.lift_bar,
        page=page.form_page(_("Akhiri larangan"), _list(page), lead=f"{bar.who}: {bar.reason}"),
        done=_("Larangan diakhiri."),
        bar=bar,
    )


def _visit_form(
    request: HttpRequest,
    page: LoadedResident,
    form: ActForm,
    act: Callable[..., Visit],
    bars: list[BarredContact],
    *,
    title: str,
    done: str,
    lead: str = "",
    **facts: Any,
) -> HttpResponse:
    """A form about a visit: above it stands who may not come, today or soon."""
    return written(
        request,
        form,
        act,
        page=page.form_page(title, _list(page), lead=lead, may_wait=True),
        done=done,
        template="daily/visit_form.html",
        context={"bars": [one for one in bars if _still_holds(one, page)]},
        **facts,
    )


def _load_visit(request: HttpRequest, visit_id: UUID) -> tuple[Visit, LoadedResident]:
    visits = Visit.objects.visible_to(signed_in(request)).select_related("relationship")
    visit = get_object_or_404(visits, pk=visit_id)
    page = load_resident(request, visit.stay_id, _("Mencatat kunjungan"), code=WRITE_VISIT)
    visit.stay = page.stay
    return visit, page


def _list(page: LoadedResident) -> Link:
    return Link(_("Kunjungan dan telepon"), page.url("visits_of"))


def _known(page: LoadedResident) -> Any:
    return known_contacts(stay=page.stay, day=page.today, reader=page.reader)


def _bars(page: LoadedResident) -> list[BarredContact]:
    """Who may not contact this resident, or might not once: what is written may be about a day of then."""
    rows = BarredContact.objects.visible_to(page.reader).filter(stay=page.stay)
    return [one for one in rows if not one.period.isempty]


def _still_holds(bar: BarredContact, page: LoadedResident) -> bool:
    return bar.latest is None or bar.latest >= page.today
