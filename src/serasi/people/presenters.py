"""Wording and arrangement for the pages of a person."""

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from serasi.access.models import User
from serasi.common.components import Cell, Column, Difference, Fact, Status, Table
from serasi.common.forms import PhoneField
from serasi.common.templatetags.serasi import tanggal_pendek
from serasi.people import reference
from serasi.people.enums import Confidentiality, IdentityState, Sex
from serasi.people.models import Address, Household, HouseholdMember, Person, Relationship
from serasi.people.operations.merge import CHOOSABLE
from serasi.people.queries.page import region_path
from serasi.people.queries.search import Card, Found

_PHONE = PhoneField()

LABELS: dict[str, Any] = {
    "full_name": gettext_lazy("Nama lengkap"),
    "nickname": gettext_lazy("Nama panggilan"),
    "description": gettext_lazy("Ciri-ciri"),
    "identity_state": gettext_lazy("Identitas"),
    "sex": gettext_lazy("Jenis kelamin"),
    "birth": gettext_lazy("Lahir"),
    "birth_date": gettext_lazy("Tanggal lahir"),
    "birth_year_from": gettext_lazy("Lahir paling awal tahun"),
    "birth_year_to": gettext_lazy("Lahir paling akhir tahun"),
    "birth_place": gettext_lazy("Tempat lahir"),
    "mother_name": gettext_lazy("Nama ibu kandung"),
    "religion": gettext_lazy("Agama"),
    "marital": gettext_lazy("Status perkawinan"),
    "education": gettext_lazy("Pendidikan"),
    "died_on": gettext_lazy("Meninggal"),
    "nik": gettext_lazy("NIK"),
    "no_nik_reason": gettext_lazy("Alasan tanpa NIK"),
    "phone": gettext_lazy("Telepon"),
    "photo": gettext_lazy("Foto"),
}
_IDENTITY_TONES = {
    IdentityState.UNKNOWN: "warn",
    IdentityState.STATED: "neutral",
    IdentityState.DOCUMENT_SEEN: "info",
    IdentityState.VERIFIED: "good",
    IdentityState.DOUBTED: "bad",
}


def years(first: int | None, last: int | None) -> str:
    if first is None:
        return ""
    return str(first) if first == last else f"{first}–{last}"


def age_in_words(person: Person, on: date) -> str:
    """ "36 tahun", "sekitar 40 tahun", or nothing."""
    age = person.age_on(on)
    if age is None:
        return ""
    in_years = ngettext("%d tahun", "%d tahun", age) % age
    return in_years if person.birth_date else _("sekitar %s") % in_years


def born(person: Person) -> str:
    if person.birth_date:
        return str(tanggal_pendek(person.birth_date))
    return years(person.birth_year_from, person.birth_year_to)


def sex_word(code: str) -> str:
    return str(Sex(code).label)


def states(person: Person) -> list[Status]:
    """What must be seen at once beside the name."""
    found = [Status(person.get_identity_state_display(), _IDENTITY_TONES[IdentityState(person.identity_state)])]  # type: ignore[arg-type]
    if person.confidentiality == Confidentiality.SEALED:
        found.append(Status(_("Rahasia"), "bad", "shield-lock"))
    if person.confidentiality == Confidentiality.SPPA:
        found.append(Status(_("Anak dalam perkara"), "warn", "shield-lock"))
    if person.died_on:
        found.append(Status(_("Meninggal"), "neutral"))
    return found


def identity_facts(person: Person, on: date, *, shows_names: bool) -> list[Fact]:
    """Who the person is. To those who may see initials only, what gives a child away stays closed."""
    closed = _("Hanya untuk tim")
    facts = [
        Fact(_("Jenis kelamin"), person.get_sex_display()),
        Fact(_("Umur"), age_in_words(person, on)),
    ]
    if not shows_names:
        return [*facts, Fact(_("Data lain"), closed)]
    return [
        *facts,
        Fact(_("Lahir"), ", ".join(part for part in (person.birth_place, born(person)) if part)),
        Fact(_("Nama panggilan"), person.nickname),
        *([Fact(_("Ciri-ciri"), person.description)] if person.description else []),
        Fact(_("Nama ibu kandung"), person.mother_name),
        Fact(_("Agama"), name_in(reference.religions(), person.religion)),
        Fact(_("Status perkawinan"), name_in(reference.marital_states(), person.marital)),
        Fact(_("Pendidikan"), name_in(reference.education_levels(), person.education)),
        Fact(_("Telepon"), phone_in_words(person.phone)),
        *([Fact(_("Meninggal"), tanggal_pendek(person.died_on))] if person.died_on else []),
    ]


def name_in(listing: Any, code: str) -> str:
    entry = listing.get(code) if code else None
    return str(entry) if entry else code


def nik_in_words(person: Person) -> str:
    """The masked NIK, or why there is none and what to do about it."""
    if person.nik:
        return person.masked_nik
    reason = reference.no_nik_reasons().get(person.no_nik_reason)
    return f"{reason}. {_(reason.follow_up)}" if reason else person.no_nik_reason


def phone_in_words(phone: str) -> str:
    """+6281234567890 as people write it: 0812-3456-7890."""
    return str(_PHONE.prepare_value(phone))


def relation_name(code: str) -> str:
    return name_in(reference.relations(), code)


def address_line(address: Address | Household) -> str:
    unit = " ".join(
        part for part in (f"RT {address.rt}" if address.rt else "", f"RW {address.rw}" if address.rw else "") if part
    )
    return ", ".join(part for part in (address.line, unit, region_path(address.region)) if part)


def address_facts(addresses: Sequence[Address], on: date) -> list[Fact]:
    return [
        Fact(
            address.get_kind_display() if on in period_of(address) else f"{address.get_kind_display()} ({_('dahulu')})",
            address_line(address),
        )
        for address in addresses
    ]


def period_of(record: Any) -> Any:
    """The record's period, in which `day in period` asks."""
    return record.period


def span(record: Any) -> str:
    """ "sejak 3 Nov 2024", or "3 Nov 2024 – 1 Feb 2025"."""
    first, last = record.period.lower, record.period.upper
    return (
        _("sejak %s") % tanggal_pendek(first) if last is None else f"{tanggal_pendek(first)} – {tanggal_pendek(last)}"
    )


def members_table(members: Sequence[HouseholdMember], person: Person, reader: User, on: date) -> Table:
    return Table(
        columns=[Column(_("Nama")), Column(_("Hubungan")), Column(_("Umur"))],
        rows=[
            [
                Cell(
                    member.person.shown_name(to=reader),
                    url="" if member.person_id == person.pk else reverse("people:person", args=[member.person_id]),
                ),
                relation_name(member.relation),
                age_in_words(member.person, on),
            ]
            for member in members
        ],
    )


def household_table(members: Sequence[HouseholdMember], reader: User, on: date) -> Table:
    return Table(
        columns=[Column(_("Nama")), Column(_("Hubungan")), Column(_("Umur")), Column(_("Masa"))],
        rows=[
            [
                Cell(member.person.shown_name(to=reader), url=reverse("people:person", args=[member.person_id])),
                relation_name(member.relation),
                age_in_words(member.person, on),
                span(member),
            ]
            for member in members
        ],
    )


def relationships_table(relationships: Sequence[Relationship], reader: User) -> Table:
    rows = []
    for tie in relationships:
        name = tie.other.shown_name(to=reader) if tie.other else tie.contact_name
        rows.append(
            [
                Cell(
                    name,
                    url=reverse("people:person", args=[tie.other_id]) if tie.other_id else "",
                    sub=tie.contact_address or tie.note,
                ),
                Cell(relation_name(tie.relation), sub=_("wali yang sah") if tie.is_guardian else ""),
                phone_in_words(tie.contact_phone or (tie.other.phone if tie.other else "")),
                span(tie),
            ]
        )
    return Table(columns=[Column(_("Nama")), Column(_("Hubungan")), Column(_("Telepon")), Column(_("Masa"))], rows=rows)


@dataclass(frozen=True, slots=True)
class Likely:
    """Someone found, for the reader to choose: enough to tell namesakes apart."""

    pk: UUID
    name: str
    facts: str
    why: str


def likely_to_choose(
    found: Iterable[Found], reader: User, on: date, *, besides: Container[UUID], apart: Container[UUID] = ()
) -> list[Likely]:
    """Those of the found whom the reader may open; who was decided to be someone else comes last, and that is said."""
    likely = []
    for result in found:
        person = result.person
        if person is None or person.pk in besides:
            continue
        decided = [_("sudah dinyatakan orang lain")] if person.pk in apart else []
        likely.append(
            Likely(
                person.pk,
                person.shown_name(to=reader),
                facts_in_line(result.card, person, on),
                "; ".join([*result.reasons, *decided]),
            )
        )
    return sorted(likely, key=lambda one: one.pk in apart)


def facts_in_line(card: Card, person: Person | None, on: date) -> str:
    """ "Laki-laki · 36 tahun · Kabupaten Dairi"."""
    age = (age_in_words(person, on) if person else "") or lahir(card)
    return " · ".join(part for part in (sex_word(card.sex), age, card.region) if part)


def _unbroken(text: str) -> str:
    """A number and the word beside it stay on one line, so that a row of a list keeps to one."""
    return re.sub(r"(?<=\d) | (?=\d)", "\N{NO-BREAK SPACE}", text)


def people_table(people: Sequence[Person], reader: User, on: date, kinds: dict[Any, list[str]]) -> Table:
    return Table(
        columns=[Column(_("Nama")), Column(_("Jenis kelamin")), Column(_("Umur")), Column(_("Jenis PPKS"))],
        rows=[
            [
                Cell(person.shown_name(to=reader), url=reverse("people:person", args=[person.pk])),
                person.get_sex_display(),
                _unbroken(age_in_words(person, on)),
                ", ".join(kinds.get(person.pk, [])),
            ]
            for person in people
        ],
    )


def found_table(found: Sequence[Found], reader: User, on: date) -> Table:
    """Search results: the name for whom the reader may open, a short card for others, and why each is here."""
    rows = []
    for result in found:
        card, person = result.card, result.person
        reasons = "; ".join(result.reasons)
        if person is not None:
            rows.append(
                [
                    Cell(person.shown_name(to=reader), url=reverse("people:person", args=[person.pk]), sub=reasons),
                    person.get_sex_display(),
                    _unbroken(age_in_words(person, on) or years(card.year_from, card.year_to)),
                    card.region,
                    "",
                ]
            )
        else:
            rows.append(
                [
                    Cell(card.initials, sub=reasons),
                    sex_word(card.sex),
                    lahir(card),
                    card.region,
                    Cell(_("Terdaftar di unit lain"), sub=recognise_link(card, reader)),
                ]
            )
    return Table(
        columns=[
            Column(_("Nama")),
            Column(_("Jenis kelamin")),
            Column(_("Umur")),
            Column(_("Domisili")),
            Column(_("Catatan")),
        ],
        rows=rows,
    )


def lahir(card: Card) -> str:
    known = years(card.year_from, card.year_to)
    return _("lahir %s") % known if known else ""


def recognise_link(card: Card, reader: User) -> str:
    if not reader.scope.has("people.person.link"):
        return ""
    return format_html(
        '<a href="{}">{}</a>', reverse("people:recognise", args=[card.person_id]), _("Orang ini ada di hadapan saya")
    )


def register_url(key: str = "") -> str:
    """The way to a new record, taking along what was searched for by its key (see `common.private_words`)."""
    url = reverse("people:register")
    return f"{url}?{urlencode({'cari': key})}" if key else url


def conflict_rows(stored: Person, typed: dict[str, Any]) -> list[Difference]:
    """What was typed beside what someone else saved meanwhile; equal lines are left out."""
    rows = []
    for name, value in typed.items():
        if name not in LABELS:
            continue
        left, right = shown_fact(name, value), shown_fact(name, getattr(stored, name))
        if left != right:
            rows.append(Difference(str(LABELS[name]), left, right))
    return rows


def shown_fact(name: str, value: Any) -> str:  # noqa: PLR0911  (one line for each kind of fact)
    """One fact as text, for comparing."""
    if value in (None, ""):
        return ""
    if name == "sex":
        return sex_word(value)
    if name == "identity_state":
        return str(IdentityState(value).label)
    if name == "nik":
        return f"•••• {str(value)[-4:]}"
    if name == "no_nik_reason":
        return name_in(reference.no_nik_reasons(), value)
    if name in {"birth_date", "died_on"}:
        return str(tanggal_pendek(value))
    listing = {
        "religion": reference.religions,
        "marital": reference.marital_states,
        "education": reference.education_levels,
    }.get(name)
    return name_in(listing(), value) if listing else str(value)


def fact_of(person: Person, choice: str) -> str:
    """One choosable fact of a person as text."""
    if choice == "birth":
        return born(person)
    if choice == "nik":
        return shown_fact("nik", person.nik) or shown_fact("no_nik_reason", person.no_nik_reason)
    if choice == "photo":
        return _("ada foto (%s)") % str(person.photo.name)[-12:] if person.photo else ""
    return shown_fact(choice, getattr(person, choice))


def differing(kept: Person, absorbed: Person) -> list[tuple[str, str, str, str]]:
    """Facts on which two records differ: name, label, as the one says, as the other says."""
    found = []
    for choice in CHOOSABLE:
        left, right = fact_of(kept, choice), fact_of(absorbed, choice)
        raw_differs = choice == "nik" and kept.nik != absorbed.nik
        if left != right or raw_differs:
            found.append((choice, str(LABELS[choice]), left, right))
    return found


def kinds_by_cluster() -> list[tuple[str, list[reference.PpksKind]]]:
    """The kinds of PPKS under their main cluster, in the order of the regulation."""
    return [
        (str(cluster), kinds)
        for cluster in reference.clusters()
        if (kinds := [kind for kind in reference.ppks_kinds() if kind.main_cluster == cluster.code])
    ]
