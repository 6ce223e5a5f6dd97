"""The page of one person, changing what is known, photo, numbers, who looked, recognising from elsewhere."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from serasi.access.look_table import looks_table
from serasi.access.models import User
from serasi.access.operations import Conflict, Refused
from serasi.access.permissions import SEE_LOOKS
from serasi.common.components import Link
from serasi.common.images import PhotoRefused, clean_photo
from serasi.people.forms.person import EditForm, PhotoForm, PurposeForm, RecogniseForm
from serasi.people.models import Person
from serasi.people.operations import change_person, recognise, reveal_kk, reveal_nik, set_photo
from serasi.people.permissions import CONSENT, EDIT, LINK, MERGE, REVEAL_IDENTITY, may_on_person
from serasi.people.presenters import (
    address_facts,
    address_line,
    conflict_rows,
    identity_facts,
    members_table,
    nik_in_words,
    relationships_table,
    sex_word,
    span,
    states,
    years,
)
from serasi.people.queries.matching import Described, likely_matches
from serasi.people.queries.page import looks_at, person_page
from serasi.people.queries.search import cards
from serasi.people.registry import panels_for
from serasi.people.views.loading import PersonHidden, load_person, reader_of, trail_of


@require_safe
@never_cache
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who the person is. Opening it is logged. A merged record leads to the one that was kept."""
    one = load_person(request, pk, _("Membuka data orang"))
    reader = reader_of(request, "people.person.open")
    if one.merged_into_id is not None:
        messages.info(request, _("Data itu sudah digabung ke data ini."))
        return redirect("people:person", pk=one.merged_into_id)
    today = timezone.localdate()
    page = person_page(one, reader, on=today)
    shows_names = one.shown_name(to=reader) == str(one)
    return render(
        request,
        "people/person.html",
        {
            "person": one,
            "page": page,
            "name": one.shown_name(to=reader),
            "shows_names": shows_names,
            "states": states(one),
            "trail": trail_of(one, reader),
            "identity": identity_facts(one, today, shows_names=shows_names),
            "nik": nik_in_words(one),
            "addresses": address_facts(page.addresses, today) if shows_names else [],
            "household_address": address_line(page.household) if page.household else "",
            "members": members_table(page.members, one, reader, today),
            "ties": relationships_table(page.relationships, reader),
            "kinds": [(assigned, span(assigned)) for assigned in page.kinds],
            "panels": [(panel.title, reverse(panel.url_name, args=[one.pk])) for panel in panels_for(reader)],
            "may_edit": may_on_person(reader, EDIT, one),
            "may_reveal": may_on_person(reader, REVEAL_IDENTITY, one),
            "may_merge": may_on_person(reader, MERGE, one),
            "may_consent": may_on_person(reader, CONSENT, one),
            "may_see_looks": may_on_person(reader, SEE_LOOKS, one),
            "today": today,
        },
    )


@require_http_methods(["GET", "POST"])
@never_cache
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what is known. If someone saved meanwhile, both versions are shown and what was typed stays."""
    one = load_person(request, pk, _("Mengubah data orang"), permission=EDIT)
    reader = reader_of(request, EDIT)
    form = EditForm(request.POST or None, person=one)
    status, differences = 200, None
    before = _telling(one)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                change_person(person=one, revision=form.revision, by=reader, at=timezone.now(), **form.changes())
            except Conflict as conflict:
                status = 409
                stored = cast("Person", conflict.stored)
                differences = conflict_rows(stored, conflict.typed)
                again = request.POST.copy()
                again["revision"] = str(stored.revision)
                form = EditForm(again, person=stored)
            except Refused as refused:
                form.add_refusal(refused)
            else:
                messages.success(request, _("Perubahan tersimpan."))
                if _looks_like_another(one, before, reader):
                    messages.warning(
                        request,
                        _("Kini mirip dengan data lain. Bandingkan lewat “Gabungkan data”, atau nyatakan orang lain."),
                    )
                return redirect("people:person", pk=one.pk)
    context = {
        "form": form,
        "person": one,
        "differences": differences,
        "trail": trail_of(one, reader, Link(_("Ubah data"))),
    }
    return render(request, "people/edit.html", context, status=status)


def _telling(person: Person) -> tuple[str, ...]:
    """What makes two records look like one person."""
    return (person.full_name, person.nickname, person.nik or "", person.phone)


def _looks_like_another(one: Person, before: tuple[str, ...], reader: User) -> bool:
    """Whether a change made this record like another one; asked for those who may compare the two."""
    if _telling(one) == before or not may_on_person(reader, MERGE, one):
        return False
    return bool(likely_matches(by=reader, described=_described(one), besides=one))


def _described(person: Person) -> Described:
    return Described(
        full_name=person.full_name or person.nickname,
        sex=person.sex,
        birth_date=person.birth_date,
        birth_year_from=person.birth_year_from,
        birth_year_to=person.birth_year_to,
        nik=person.nik or "",
        phone=person.phone,
    )


@require_http_methods(["GET", "POST"])
def photo_form(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a photo on the record; place and device are removed from it."""
    one = load_person(request, pk, _("Mengganti foto"), permission=EDIT)
    reader = reader_of(request, EDIT)
    form = PhotoForm(request.POST or None, request.FILES or None, initial={"revision": one.revision})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                clean = clean_photo(form.cleaned_data["photo"].file)
                set_photo(person=one, revision=form.revision, photo=clean, by=reader, at=timezone.now())
            except PhotoRefused as refused:
                form.add_error("photo", refused.message)
            except Refused as refused:
                form.add_refusal(refused)
            else:
                messages.success(request, _("Foto tersimpan."))
                return redirect("people:person", pk=one.pk)
    context = {
        "form": form,
        "heading": _("Foto"),
        "is_upload": True,
        "back": reverse("people:person", args=[one.pk]),
        "trail": trail_of(one, reader, Link(_("Foto"))),
    }
    return render(request, "people/form.html", context, status=status)


@require_safe
@never_cache
def photo(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The photo itself, for whoever may see the person; a child in a court case shows none but to the team."""
    one = load_person(request, pk)
    reader = reader_of(request, "people.person.open")
    name = str(one.photo.name or "")
    if not name or one.shown_name(to=reader) != str(one) or not default_storage.exists(name):
        raise PersonHidden
    return FileResponse(default_storage.open(name), content_type="image/jpeg")


@require_POST
@never_cache
def reveal(request: HttpRequest, pk: UUID, number: str) -> HttpResponse:
    """The whole NIK or KK, once, on a page that is not kept; who asked and why is logged."""
    one = load_person(request, pk, permission=REVEAL_IDENTITY)
    reader = reader_of(request, REVEAL_IDENTITY)
    form = PurposeForm(request.POST)
    digits = ""
    if form.is_valid():
        purpose = form.cleaned_data["purpose"]
        if number == "nik":
            digits = reveal_nik(person=one, purpose=purpose, by=reader, at=timezone.now())
        else:
            household = person_page(one, reader, on=timezone.localdate()).household
            if household is None:
                raise Http404
            digits = reveal_kk(person=one, household=household, purpose=purpose, by=reader, at=timezone.now())
    context = {
        "person": one,
        "form": form,
        "digits": " ".join(digits[at : at + 4] for at in range(0, len(digits), 4)),
        "label": "NIK" if number == "nik" else _("Nomor KK"),
        "trail": trail_of(one, reader, Link("NIK" if number == "nik" else _("Nomor KK"))),
    }
    return render(request, "people/revealed.html", context, status=200 if form.is_valid() else 422)


@require_safe
@never_cache
def looks(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who opened this person."""
    one = load_person(request, pk, permission=SEE_LOOKS)
    reader = reader_of(request, SEE_LOOKS)
    if not may_on_person(reader, SEE_LOOKS, one):
        raise PersonHidden
    rows = looks_at(one, reader)
    context = {"table": looks_table(rows), "rows": rows, "trail": trail_of(one, reader, Link(_("Siapa yang membuka")))}
    return render(request, "people/looks.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
def recognise_person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Someone registered elsewhere stands here: their short card, and a reason to open it in one's own unit."""
    reader = reader_of(request, LINK)
    found = cards(by=reader, ids=[pk])
    if not found:
        raise PersonHidden
    [card] = found
    if card.is_open:
        return redirect("people:person", pk=card.person_id)
    form = RecogniseForm(request.POST or None, user=reader, permission=LINK)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                recognise(
                    id=form.record_id,
                    person_id=card.person_id,
                    unit=form.chosen_unit,
                    reason=form.cleaned_data["reason"],
                    by=reader,
                    at=timezone.now(),
                )
            except Refused as refused:
                form.add_refusal(refused)
            else:
                messages.success(request, _("Orang ini kini terdaftar juga di unit Anda."))
                return redirect("people:person", pk=card.person_id)
    facts = [
        (_("Inisial"), card.initials),
        (_("Jenis kelamin"), sex_word(card.sex)),
        (_("Tahun lahir"), years(card.year_from, card.year_to)),
        (_("Domisili"), card.region),
    ]
    context = {"form": form, "facts": facts, "trail": trail_of(None, reader, Link(_("Terdaftar di unit lain")))}
    return render(request, "people/recognise.html", context, status=status)
