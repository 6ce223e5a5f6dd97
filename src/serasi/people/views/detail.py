"""The parts of a person, each by one form: names, addresses, family, kinds, consent; adding, ending, withdrawing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.common.components import Link
from serasi.common.forms import SerasiForm
from serasi.people import reference
from serasi.people.enums import HEALTH_KINDS
from serasi.people.forms.detail import (
    AddressForm,
    AliasForm,
    ConsentForm,
    HouseholdForm,
    KindForm,
    ReasonForm,
    RelationshipForm,
    UntilForm,
)
from serasi.people.models import Alias, Consent, HouseholdMember, Person, PersonKind, Relationship
from serasi.people.operations import (
    FamilyCard,
    Place,
    add_address,
    add_alias,
    add_relationship,
    assign_kind,
    end_kind,
    end_relationship,
    give_consent,
    join_household,
    leave_household,
    remove_alias,
    withdraw_consent,
)
from serasi.people.permissions import CONSENT, EDIT, READ_HEALTH_KIND, may_on_person, require_on_person
from serasi.people.presenters import kinds_by_cluster, likely_to_choose
from serasi.people.queries.search import find_people, may_search
from serasi.people.views.loading import PersonHidden, load_person, reader_of, trail_of

Act = Callable[[], Any]


def _answer(
    request: HttpRequest,
    person: Person,
    form: SerasiForm,
    *,
    reader: User,
    heading: str,
    act: Act,
    template: str = "people/form.html",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """One form about one person: show it, or do the act and go back to the person."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act()
            except Refused as refused:
                form.add_refusal(refused)
            else:
                messages.success(request, _("Tersimpan."))
                return redirect("people:person", pk=person.pk)
    context = {
        "form": form,
        "heading": heading,
        "back": reverse("people:person", args=[person.pk]),
        "trail": trail_of(person, reader, Link(heading)),
        **(more or {}),
    }
    return render(request, template, context, status=status)


def _loaded(request: HttpRequest, pk: UUID, purpose: str, permission: str = EDIT) -> tuple[Person, User]:
    person = load_person(request, pk, purpose, permission=permission)
    reader = reader_of(request, permission)
    require_on_person(reader, permission, person)
    return person, reader


@require_http_methods(["GET", "POST"])
@never_cache
def new_alias(request: HttpRequest, pk: UUID) -> HttpResponse:
    person, reader = _loaded(request, pk, _("Menambah nama lain"))
    form = AliasForm(request.POST or None)
    return _answer(
        request,
        person,
        form,
        reader=reader,
        heading=_("Nama lain"),
        act=lambda: add_alias(
            id=form.record_id,
            person=person,
            by=reader,
            at=timezone.now(),
            **{name: form.cleaned_data[name] for name in ("name", "kind", "note")},
        ),
    )


@require_http_methods(["GET", "POST"])
@never_cache
def new_address(request: HttpRequest, pk: UUID) -> HttpResponse:
    person, reader = _loaded(request, pk, _("Menambah alamat"))
    form = AddressForm(request.POST or None)

    def act() -> None:
        given = form.cleaned_data
        add_address(
            id=form.record_id,
            person=person,
            kind=given["kind"],
            place=Place(given["region"], given["line"], given["rt"], given["rw"]),
            since=given["since"],
            by=reader,
            at=timezone.now(),
        )

    return _answer(request, person, form, reader=reader, heading=_("Alamat"), act=act)


@require_http_methods(["GET", "POST"])
@never_cache
def new_household(request: HttpRequest, pk: UUID) -> HttpResponse:
    person, reader = _loaded(request, pk, _("Mencatat keluarga"))
    form = HouseholdForm(request.POST or None)

    def act() -> None:
        given = form.cleaned_data
        join_household(
            id=form.record_id,
            person=person,
            card=FamilyCard(given["kk"], given["relation"]),
            since=given["since"],
            by=reader,
            at=timezone.now(),
        )

    return _answer(request, person, form, reader=reader, heading=_("Keluarga (KK)"), act=act)


@require_http_methods(["GET", "POST"])
@never_cache
def new_relationship(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A contact by name; or someone registered, found by `?q=` and chosen by `?dengan=`."""
    person, reader = _loaded(request, pk, _("Menambah kerabat"))
    other = _chosen(request, reader, person)
    form = RelationshipForm(request.POST or None, other=other)
    text = request.GET.get("q", "").replace("\x00", "")[:200]
    found = find_people(by=reader, text=text) if text and may_search(reader) and other is None else ()

    def act() -> None:
        given = {name: value for name, value in form.cleaned_data.items() if name != "id"}
        add_relationship(id=form.record_id, person=person, other=other, by=reader, at=timezone.now(), **given)

    return _answer(
        request,
        person,
        form,
        reader=reader,
        heading=_("Kerabat, wali, atau keluarga pengasuh"),
        act=act,
        template="people/relationship.html",
        more={
            "other_name": other.shown_name(to=reader) if other else "",
            "text": text,
            "likely": likely_to_choose(found, reader, timezone.localdate(), besides={person.pk}),
            "may_search": may_search(reader),
        },
    )


def _chosen(request: HttpRequest, reader: User, person: Person) -> Person | None:
    """The registered person that the address names, if the reader may see them."""
    try:
        chosen = UUID(request.GET.get("dengan", ""))
    except ValueError:
        return None
    found = Person.objects.visible_to(reader).not_merged().exclude(pk=person.pk).filter(pk=chosen).first()
    if found is None:
        raise PersonHidden
    return found


@require_http_methods(["GET", "POST"])
@never_cache
def new_kind(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The kind first; then, on the same page, its criteria. What does not fit the person's age or sex is said."""
    person, reader = _loaded(request, pk, _("Menetapkan jenis PPKS"))
    chosen = reference.ppks_kinds().get(request.GET.get("jenis_ppks", ""))
    if chosen is None and request.method == "GET":
        context = {
            "person": person,
            "clusters": kinds_by_cluster(),
            "trail": trail_of(person, reader, Link(_("Jenis PPKS"))),
        }
        return render(request, "people/kind_choose.html", context)
    form = KindForm(request.POST or None, person=person, initial={"kind": chosen.code if chosen else ""})

    def act() -> None:
        given = form.cleaned_data
        assign_kind(
            id=form.record_id,
            person=person,
            kind=given["kind"],
            since=given["since"],
            criteria=given.get("criteria", []),
            note=given["note"],
            by=reader,
            at=timezone.now(),
        )
        for doubt in form.doubts():
            messages.warning(request, doubt)
        if given["kind"] in HEALTH_KINDS and not may_on_person(reader, READ_HEALTH_KIND, person):
            messages.info(request, _("Jenis ini tampil hanya bagi tim orang ini yang boleh membaca bagian HIV."))

    return _answer(request, person, form, reader=reader, heading=_("Jenis PPKS"), act=act)


@require_http_methods(["GET", "POST"])
@never_cache
def new_consent(request: HttpRequest, pk: UUID) -> HttpResponse:
    person, reader = _loaded(request, pk, _("Mencatat persetujuan"), CONSENT)
    form = ConsentForm(request.POST or None, person=person)

    def act() -> None:
        give_consent(id=form.record_id, person=person, by=reader, at=timezone.now(), **form.facts())
        for doubt in form.doubts():
            messages.warning(request, doubt)

    return _answer(
        request,
        person,
        form,
        reader=reader,
        heading=_("Persetujuan"),
        act=act,
        template="people/consent.html",
        more={"texts": form.texts},
    )


def _part(request: HttpRequest, model: type[models.Model], pk: UUID, part: UUID) -> Any:
    """A part of this person; the person must be one the reader may open, and the part theirs."""
    found = model._default_manager.filter(pk=part, person_id=pk).first()
    if found is None:
        raise PersonHidden
    return found


@require_POST
def drop_alias(request: HttpRequest, pk: UUID, part: UUID) -> HttpResponse:
    person, reader = _loaded(request, pk, "")
    alias: Alias = _part(request, Alias, person.pk, part)
    remove_alias(alias=alias, by=reader, at=timezone.now())
    messages.success(request, _("Nama itu dihapus."))
    return redirect("people:person", pk=person.pk)


def _close(
    request: HttpRequest, pk: UUID, part: UUID, *, model: type[models.Model], heading: str, end: Callable[..., Any]
) -> HttpResponse:
    """End a part of a person on a day; ``end`` takes the part, and by keyword the day, the actor and the moment."""
    person, reader = _loaded(request, pk, "")
    ended = _part(request, model, person.pk, part)
    form = UntilForm(request.POST or None)

    def act() -> None:
        end(ended, until=form.cleaned_data["until"], by=reader, at=timezone.now())

    return _answer(request, person, form, reader=reader, heading=heading, act=act)


@require_http_methods(["GET", "POST"])
@never_cache
def close_relationship(request: HttpRequest, pk: UUID, part: UUID) -> HttpResponse:
    def end(relationship: Relationship, **when: Any) -> None:
        end_relationship(relationship=relationship, **when)

    return _close(request, pk, part, model=Relationship, heading=_("Akhiri hubungan"), end=end)


@require_http_methods(["GET", "POST"])
@never_cache
def close_kind(request: HttpRequest, pk: UUID, part: UUID) -> HttpResponse:
    def end(assigned: PersonKind, **when: Any) -> None:
        end_kind(assigned=assigned, **when)

    return _close(request, pk, part, model=PersonKind, heading=_("Akhiri jenis PPKS"), end=end)


@require_http_methods(["GET", "POST"])
@never_cache
def close_membership(request: HttpRequest, pk: UUID, part: UUID) -> HttpResponse:
    def end(member: HouseholdMember, **when: Any) -> None:
        leave_household(member=member, **when)

    return _close(request, pk, part, model=HouseholdMember, heading=_("Keluar dari keluarga"), end=end)


@require_http_methods(["GET", "POST"])
@never_cache
def withdraw(request: HttpRequest, pk: UUID, part: UUID) -> HttpResponse:
    """Take consent back; the page says that processing must stop within three days."""
    person, reader = _loaded(request, pk, "", CONSENT)
    consent: Consent = _part(request, Consent, person.pk, part)
    form = ReasonForm(request.POST or None)
    return _answer(
        request,
        person,
        form,
        reader=reader,
        heading=_("Tarik persetujuan"),
        act=lambda: withdraw_consent(consent=consent, reason=form.cleaned_data["reason"], by=reader, at=timezone.now()),
    )
