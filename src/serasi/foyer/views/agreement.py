"""One youth: what they may do alone today, the way so far, the agreement; and its parts on other pages."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.permissions import may
from serasi.cases.door import answer_panel, load_case
from serasi.cases.models import Case
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.common.components import Fact, Link, Status
from serasi.common.templatetags.serasi import tanggal
from serasi.cycles.models import DomainSet
from serasi.cycles.permissions import RATE, SEE_CYCLE
from serasi.cycles.queries import curve, domain_set
from serasi.foyer import presenters
from serasi.foyer.models import Agreement, Measure, Signature
from serasi.foyer.permissions import AGREE, ALLOW, SEE_AGREEMENT, SEE_OWN, WRITE
from serasi.foyer.queries import allowances_from, due_measures_of, edition_in_force, open_agreement_of, today_of
from serasi.foyer.views.acts import open_stay_of, own_agreement
from serasi.foyer.views.loading import LoadedAgreement, load_agreement
from serasi.residence.models import Stay
from serasi.residence.permissions import SEE_STAY

CLOSE_DAYS, NEAR_DAYS = 30, 90
"""The end is spoken of this long before: first gently, then aloud."""


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    url: str
    icon: str
    is_first: bool = False


@open_to(SEE_AGREEMENT)
@require_safe
def agreement(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    page = load_agreement(request, agreement_id, _("Membaca kesepakatan Foyer"))
    one, way = page.agreement, page.way
    allowances = allowances_from(one, page.day)
    today = today_of(way, page.now, allowances)
    signatures = list(Signature.objects.filter(agreement=one))
    measures = list(Measure.objects.filter(agreement=one.chain_id))
    due = due_measures_of(one, measures)
    may_write = page.may(WRITE)
    pending = way.pending if one.is_open_on(page.day) else None
    context = {
        "page": page,
        "agreement": one,
        "today": today,
        "lines": presenters.lines_of(today.freedom) if today.freedom else [],
        "away": presenters.away(today),
        "phase": today.freedom.phase if today.freedom else None,
        "status": _status(page),
        "facts": _facts(page),
        "ending": _ending(one, page.day),
        "ladder": presenters.ladder(way, page.day),
        "story": presenters.story(way.steps),
        "pending": pending,
        "may_decide": pending is not None and page.may(AGREE),
        "signers": presenters.signers(one, signatures),
        "is_signed": way.is_signed,
        "has_signature": bool(signatures),
        "may_sign_for_house": page.may(AGREE),
        "may_write": may_write,
        "may_allow": page.may(ALLOW),
        "changes": [(change, presenters.value_words(change), change.get_right_display()) for change in allowances]
        if today.freedom
        else [],
        "measures": presenters.measures_table(measures, due),
        "has_due_measure": bool(due),
        "acts": _acts(page) if may_write else [],
        "sees_domains": page.reader.scope.has(SEE_CYCLE),
        "is_mine": one.person.user_id == page.reader.pk,
        "trail": page.trail(),
    }
    return render(request, "foyer/agreement.html", context)


def _status(page: LoadedAgreement) -> Status:
    one, day = page.agreement, page.day
    if one.ended_date is not None and one.ended_date <= day:
        return Status(str(one.get_ending_display()), "neutral", "flag")
    if not page.way.is_signed:
        return Status(_("Menunggu tanda tangan"), "warn", "edit")
    return Status(_("Berlaku"), "good", "check")


def _facts(page: LoadedAgreement) -> list[Fact]:
    one = page.agreement
    return [
        Fact(_("Pembimbing"), str(one.coach)),
        Fact(_("Berlaku"), f"{tanggal(one.begins_date)} – {tanggal(one.ends_date)}"),
        Fact(_("Dalam Foyer sejak"), tanggal(one.since_date)),
        Fact(_("Paling lama sampai"), tanggal(one.ceiling_date)),
    ]


@dataclass(frozen=True, slots=True)
class Nearing:
    words: str
    tone: str


def _ending(one: Agreement, day: date) -> Nearing | None:
    """What there is to say about the end: the agreement's own, and the two years."""
    if one.ended_date is not None:
        return None
    left = (one.ceiling_date - day).days
    if left < 0:
        return Nearing(_("Batas 24 bulan sudah lewat %d hari. Akhiri kesepakatan ini.") % -left, "bad")
    if left <= NEAR_DAYS:
        words = _("Tinggal %d hari sampai batas 24 bulan. Siapkan rencana keluarnya.") % left
        return Nearing(words, "bad" if left <= CLOSE_DAYS else "warn")
    left = (one.ends_date - day).days
    if left < 0:
        return Nearing(_("Kesepakatan ini berakhir %d hari lalu. Perpanjang atau akhiri.") % -left, "bad")
    if left <= CLOSE_DAYS:
        return Nearing(_("Kesepakatan ini berakhir %d hari lagi. Perpanjang atau siapkan keluarnya.") % left, "warn")
    return None


def _acts(page: LoadedAgreement) -> list[Button]:
    one, way, day = page.agreement, page.way, page.day
    if one.ended_date is not None and one.ended_date <= day:
        return []
    found: list[tuple[str, str, str]] = []
    phase = way.phase_on(day)
    if phase is not None and way.pending is None:
        if way.after(phase):
            found.append((_("Ajukan naik fase"), "up", "arrow-right"))
        if way.before(phase):
            found.append((_("Ajukan mundur fase"), "back", "arrow-left"))
    if phase is not None and page.may(ALLOW):
        found.append((_("Izin atau batasan sementara"), "allow", "calendar"))
    return [
        Button(label, reverse(f"foyer:{name}", args=[one.pk]), icon, is_first=number == 0)
        for number, (label, name, icon) in enumerate(found)
    ]


@open_to(SEE_AGREEMENT)
@require_safe
def sheet(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """The agreement as it is printed, read aloud and signed: two columns, the phases, room for names."""
    page = load_agreement(request, agreement_id, _("Mencetak kesepakatan Foyer"))
    signatures = list(Signature.objects.filter(agreement=page.agreement))
    context = {
        "page": page,
        "agreement": page.agreement,
        "signers": presenters.signers(page.agreement, signatures),
        "phases": [(phase, presenters.rights_of(phase, page.day)) for phase in page.way.phases],
        "trail": page.trail(Link(_("Lembar kesepakatan"))),
    }
    return render(request, "foyer/sheet.html", context)


@open_to(SEE_CYCLE)
@require_safe
def domains(request: HttpRequest, agreement_id: UUID) -> HttpResponse:
    """Where the youth stands in each domain, as they say and as the coach says; a part of the agreement's page."""
    page = load_agreement(request, agreement_id, _("Membaca nilai ranah"))
    is_part = "HX-Request" in request.headers
    try:
        chosen = domain_set("foyer", on=page.day)
    except DomainSet.DoesNotExist:
        chosen = None
    curves = curve(Case(pk=page.agreement.case_id), chosen) if chosen else []
    context = {
        "page": page,
        "lines": presenters.domain_lines(curves, with_charts=not is_part),
        "is_part": is_part,
        "has_spoken": any(one.points for one in curves),
        "may_rate": page.reader.scope.has(RATE),
        "is_mine": page.agreement.person.user_id == page.reader.pk,
        "trail": page.trail(Link(_("Ranah"))),
    }
    return render(request, "foyer/domains.html" if is_part else "foyer/domains_page.html", context)


# --- On the pages of others ------------------------------------------------------------------------------------------


def _part(request: HttpRequest, found: Agreement | None) -> dict[str, Any]:
    """What someone may do alone today, as `foyer/part.html` shows it."""
    if found is None:
        return {}
    reader = signed_in(request)
    page = LoadedAgreement(found, reader, found.person.shown_name(to=reader), timezone.now())
    today = today_of(page.way, page.now)
    return {
        "agreement": found,
        "page": page,
        "status": _status(page),
        "lines": presenters.lines_of(today.freedom) if today.freedom else [],
        "away": presenters.away(today),
        "phase": today.freedom.phase if today.freedom else None,
    }


@open_to(OPEN_CASE_FILE)
@require_safe
def of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    reader, case = load_case(request, case_id, _("Membaca Foyer"))
    found = open_agreement_of(case.person, reader, case.unit.day_at(timezone.now()))
    stay = None if found else open_stay_of(case, reader)
    may_begin = (
        stay is not None and case.is_open and may(reader, WRITE, on=stay) and edition_in_force(stay.unit) is not None
    )
    return answer_panel(
        request,
        "foyer/part.html",
        case,
        title=_("Foyer"),
        lead=_("Yang boleh ia lakukan sendiri hari ini"),
        may_begin=may_begin,
        **_part(request, found),
    )


@open_to(SEE_STAY)
@require_safe
def of_stay(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    reader = signed_in(request)
    stay = get_object_or_404(Stay.objects.visible_to(reader).select_related("person", "unit"), pk=stay_id)
    found = open_agreement_of(stay.person, reader, stay.unit.day_at(timezone.now()))
    trail = [Link(f"#{stay.tag}", reverse("residence:stay", args=[stay.pk])), Link(_("Foyer"))]
    is_part = "HX-Request" in request.headers
    template = "foyer/part.html" if is_part else "foyer/part_page.html"
    return render(request, template, {"trail": trail, **_part(request, found)})


@open_to(SEE_OWN)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """A resident's own agreement, or a word when there is none."""
    found = own_agreement(signed_in(request))
    if found is not None:
        return redirect("foyer:agreement", agreement_id=found.pk)
    return render(request, "foyer/none_yet.html")
