"""What one person is entitled to and gets: on their page and in their case; looked up again; whose a row is."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from serasi.access.acting import WRITES, FormPage, allow, pressed, written
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.cases.door import answer_panel, load_case
from serasi.common.components import Link
from serasi.entitlements import operations, presenters
from serasi.entitlements.forms import DecideForm
from serasi.entitlements.models import Match
from serasi.entitlements.permissions import CHECK, DECIDE, SEE
from serasi.entitlements.views.loading import OpenedPerson, open_person
from serasi.people.models import Person
from serasi.people.permissions import may_on_person
from serasi.people.reference import relations


@open_to(SEE)
@require_safe
@never_cache
def of_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A part of the person's page, or without script and for printing a page of its own."""
    one = open_person(request, person_id, _("Melihat hak dan bantuan"))
    context = _context(one)
    if "HX-Request" in request.headers:
        return render(request, "entitlements/panel.html", context)
    trail = [Link(one.name, reverse("people:person", args=[one.person.pk])), Link(_("Hak dan bantuan"))]
    return render(request, "entitlements/person.html", context | {"trail": trail})


@open_to(SEE)
@require_safe
@never_cache
def of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The same in the file of a case."""
    _reader, case = load_case(request, case_id, _("Melihat hak dan bantuan"))
    one = open_person(request, case.person_id, _("Melihat hak dan bantuan"))
    return answer_panel(request, "entitlements/panel.html", case, title=_("Hak dan bantuan"), **_context(one))


@open_to(CHECK)
@require_POST
def check(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Look the person up now on every list that may be used here."""
    return pressed(
        request,
        operations.check_people,
        people=[_known(request, person_id)],
        purpose=_("Memeriksa pada daftar bantuan"),
        done=_("Sudah diperiksa pada semua daftar yang berlaku di sini."),
        leads_to=reverse("entitlements:of_person", args=[person_id]),
    )


def _known(request: HttpRequest, person_id: UUID) -> UUID:
    """The person, if the reader may look them up; otherwise a 404 that does not say why."""
    reader = signed_in(request)
    person = Person.objects.visible_to(reader).filter(pk=person_id).first()
    if person is None or not may_on_person(reader, CHECK, person):
        raise Http404
    return person.pk


@open_to(DECIDE)
@require_http_methods(WRITES)
@never_cache
def decide(request: HttpRequest, match_id: UUID) -> HttpResponse:
    """The row beside the person: is it the same?"""
    reader = signed_in(request)
    found = Match.objects.visible_to(reader).select_related("person", "entry__delivery").filter(pk=match_id).first()
    if found is None:
        raise Http404
    person = Person.objects.visible_to(reader).filter(pk=found.person_id).first()
    if person is None:
        raise Http404
    allow(may_on_person(reader, DECIDE, person))
    back, entry = reverse("entitlements:of_person", args=[person.pk]), found.entry
    name = person.shown_name(to=reader)
    compared = [
        (_("Nama"), name, entry.name if name == str(person) else _("ditutup")),
        (
            _("NIK"),
            person.masked_nik or _("tidak ada"),
            f"•••• •••• •••• {entry.nik[-4:]}" if entry.nik else _("tidak ada"),
        ),
        (_("Tanggal lahir"), _day(person.birth_date), _day(entry.birth_date)),
        (_("Wilayah"), "", entry.place_said),
    ]
    page = FormPage(
        _("Apakah ini orangnya?"),
        _("Simpan"),
        back,
        presenters.how_words(found),
        caption=name,
        trail=[
            Link(name, reverse("people:person", args=[person.pk])),
            Link(_("Hak dan bantuan"), back),
            Link(_("Pastikan")),
        ],
    )
    form = DecideForm(request.POST or None)
    context = {"compared": compared}
    return written(
        request,
        form,
        operations.decide_match,
        page=page,
        done=_("Keputusan dicatat."),
        template="entitlements/decide.html",
        context=context,
        match=found,
    )


def _day(day: Any) -> str:
    return date_format(day, "j F Y") if day else _("tidak diketahui")


def _context(one: OpenedPerson) -> dict[str, Any]:
    picture = one.picture
    latest = picture.latest
    return {
        "one": one,
        "name": one.name,
        "told": presenters.told(picture),
        "without_list": presenters.without_list(picture),
        "lists": presenters.lists_words(one.lists, timezone.localdate()),
        "latest": latest,
        "denied": picture.denied,
        "family": picture.family,
        "members": [
            (member.person.shown_name(to=one.reader), _relation(member.relation), ", ".join(member.programmes))
            for member in one.family
        ],
        "must_be_asked": picture.must_be_asked,
    }


def _relation(code: str) -> str:
    known = relations().get(code)
    return str(known) if known else code
