"""A new unit, ready to work."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from serasi.access.enums import Role
from serasi.access.models import Posting, Unit, User
from serasi.access.operations import NotAllowed, Refused
from serasi.access.operations.postings import post
from serasi.access.operations.units import open_unit
from serasi.access.operations.users import create_user
from serasi.cases import reference
from serasi.cases.models import LetterSeries, Practice, StageSet
from serasi.cases.operations.practice import (
    NewStaff,
    PatternNotUnique,
    PatternUnreadable,
    refuse_pattern,
    start_unit,
)
from serasi.cases.operations.reference import load_reference
from serasi.common.identifiers import uuid7
from serasi.institutions.enums import AtensiComponent, Cluster
from serasi.institutions.models import Institution
from serasi.institutions.reference import unit_templates
from serasi.people.reference import clusters

NOW = timezone.now()


@pytest.fixture
def ministry(db: None) -> Unit:
    system = User.objects.system()
    load_reference(by=system, at=NOW)
    return open_unit(
        id=uuid7(),
        code="PUSAT",
        name="Pusat",
        short_name="Pusat",
        kind="ministry",
        owner="ministry",
        parent=None,
        by=system,
        at=NOW,
    )


@pytest.fixture
def administrator(ministry: Unit) -> User:
    return posted(ministry, Role.ADMINISTRATOR, "admin@serasi.test")


def posted(unit: Unit, role: Role, email: str) -> User:
    system = User.objects.system()
    user = create_user(id=uuid7(), email=email, full_name=email, by=system, at=NOW)
    post(id=uuid7(), user=user, role=role, unit=unit, starts_on=date(2026, 1, 1), last_day=None, by=system, at=NOW)
    return user


def facts(parent: Unit, by: User, **other: Any) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "code": "PS-BARU",
        "name": "Panti Baru",
        "short_name": "Panti Baru",
        "kind": "panti",
        "owner": "province",
        "parent": parent,
        "time_zone": "Asia/Makassar",
        "region": None,
        "functions": ["lansia"],
        "address": "Jl. Contoh 1",
        "phone": "",
        "is_safe_house": False,
        "stage_set": StageSet.objects.get(pk="dki"),
        "components": ["terapi"],
        "letter_pattern": "{number}/{series}/PS/{month}/{year}",
        "staff": [NewStaff(uuid7(), "Bu Kepala", "kepala@serasi.test", Role.HEAD)],
        "starts_on": date(2026, 12, 1),
        "by": by,
        "at": NOW,
    } | other


def test_a_unit_is_made_with_all_it_needs(ministry: Unit, administrator: User) -> None:
    practice = start_unit(**facts(ministry, administrator))
    unit = Unit.objects.get(code="PS-BARU")
    assert (practice.unit, practice.stage_set_id, practice.components) == (unit, "dki", ["terapi"])
    assert Institution.objects.get(unit=unit).functions == ["lansia"]
    assert set(LetterSeries.objects.filter(unit=unit).values_list("kind", "year")) == {
        (kind, 2026) for kind in ("agreement", "plan", "progress", "referral", "handover", "termination")
    }
    assert [(p.user.full_name, p.role) for p in Posting.objects.filter(unit=unit)] == [("Bu Kepala", "head")]


def test_the_form_sent_twice_makes_one_unit(ministry: Unit, administrator: User) -> None:
    typed = facts(ministry, administrator)
    assert start_unit(**typed) == start_unit(**typed)
    assert Practice.objects.count() == 1


def test_when_one_of_the_staff_cannot_start_nothing_is_made(ministry: Unit, administrator: User) -> None:
    staff = [NewStaff(uuid7(), "Pak Ganda", administrator.email, Role.HEAD)]
    with pytest.raises(Refused, match="Pak Ganda: Surel ini sudah dipakai"):
        start_unit(**facts(ministry, administrator, staff=staff))
    assert not Unit.objects.filter(code="PS-BARU").exists()


def test_a_head_sets_up_no_units(ministry: Unit) -> None:
    with pytest.raises(NotAllowed):
        start_unit(**facts(ministry, posted(ministry, Role.HEAD, "k@serasi.test")))


@pytest.mark.parametrize(
    ("pattern", "refusal"),
    [
        ("{number}/{series}/{year}", None),
        ("{number}/{year}", PatternNotUnique),
        ("{number}/{unit.owner}/{year}", PatternUnreadable),
        ("{number!r}/{year}", PatternUnreadable),
        ("{number:>9999999}/{year}", PatternUnreadable),
        ("{number}/{year", PatternUnreadable),
        ("{}/{year}", PatternUnreadable),
        ("{number}/2026", PatternNotUnique),
        ("{year}", PatternNotUnique),
        ("{number}{year}" + "x" * 80, PatternUnreadable),
    ],
)
def test_a_pattern_of_numbers_is_plain_and_unique(pattern: str, refusal: type[Refused] | None) -> None:
    if refusal is None:
        refuse_pattern(pattern)
    else:
        with pytest.raises(refusal):
            refuse_pattern(pattern)


def test_every_template_can_be_sent_as_it_is_prefilled(
    ministry: Unit, administrator: User, client: Client, settings: Any
) -> None:
    settings.SERASI_DEMO = True
    client.force_login(administrator)
    assert client.get("/pengaturan/unit/baru/").status_code == 200
    for number, template in enumerate(unit_templates()):
        url = f"/pengaturan/unit/baru/{template.code}/"
        form = client.get(url).context["form"]
        typed = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
        typed |= {
            "code": f"BARU-{number}",
            "name": "Unit Baru",
            "short_name": "Baru",
            "parent": str(ministry.pk),
            "starts_on": "01/12/2026",
            "staff_0_name": "Bu Baru",
            "staff_0_email": f"baru{number}@serasi.test",
            "id": str(uuid7()),
        }
        answer = client.post(url, typed)
        errors = answer.context["form"].errors if "form" in answer.context else {}
        assert (template.code, answer.status_code, errors) == (template.code, 200, {})
        assert "/masuk/sandi/" in answer.content.decode()
    assert Practice.objects.count() == len(unit_templates())


def test_a_row_half_filled_says_what_is_missing(administrator: User, client: Client, settings: Any) -> None:
    settings.SERASI_DEMO = True
    client.force_login(administrator)
    stood = Unit.objects.count()
    answer = client.post("/pengaturan/unit/baru/lks/", {"staff_2_name": "Tanpa Surel", "letter_pattern": "{x}"})
    assert answer.status_code == 422
    assert "Isi surel petugas ini, atau kosongkan namanya." in answer.content.decode()
    assert Unit.objects.count() == stood


def test_the_directory_sorts_by_the_codes_of_the_reference_lists() -> None:
    assert set(Cluster.values) <= set(clusters().codes)
    assert {(c.code, c.name) for c in reference.components()} == {(c.value, str(c.label)) for c in AtensiComponent}


def terms(**other: str) -> dict[str, Any]:
    return {
        "id": str(uuid7()),
        "revision": "0",
        "stage_set": "dki",
        "components": ["terapi"],
        "aftercare_months": "6, 1; 3",
        "referral_answer_days": "5",
        "consent_withdrawal_hours": "48",
        "letter_pattern": "{number}/{series}/{unit}/{year}",
    } | other


def test_a_head_says_how_the_unit_works_from_its_page(ministry: Unit, client: Client, settings: Any) -> None:
    settings.SERASI_DEMO = True
    client.force_login(posted(ministry, Role.HEAD, "kepala@serasi.test"))
    page = f"/pengaturan/unit/{ministry.pk}/tata-kerja/"
    assert page in client.get(f"/pengaturan/unit/{ministry.pk}/").content.decode()
    shown = client.get(page)
    assert (shown.status_code, shown.context["form"]["stage_set"].value()) == (200, "atensi_nasional")
    saved = client.post(page, terms())
    assert saved.status_code == 302, saved.context["form"].errors
    practice = Practice.objects.get(unit=ministry)
    assert (practice.stage_set_id, practice.components, practice.aftercare_months) == ("dki", ["terapi"], [1, 3, 6])
    assert (practice.referral_answer_days, practice.consent_withdrawal_hours) == (5, 48)
    assert set(LetterSeries.objects.filter(unit=ministry).values_list("pattern", flat=True)) == {
        "{number}/{series}/{unit}/{year}"
    }
    late = client.post(page, terms(referral_answer_days="9"))
    assert (late.status_code, Practice.objects.get(unit=ministry).referral_answer_days) == (409, 5)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("letter_pattern", "{number}/{year}"),
        ("aftercare_months", "satu, dua"),
        ("aftercare_months", "0"),
        ("referral_answer_days", "91"),
        ("consent_withdrawal_hours", "73"),
        ("components", "sulap"),
        ("stage_set", "tidak_ada"),
    ],
)
def test_terms_that_cannot_be_are_refused_at_their_field(
    ministry: Unit, client: Client, settings: Any, field: str, typed: str
) -> None:
    settings.SERASI_DEMO = True
    client.force_login(posted(ministry, Role.HEAD, "kepala@serasi.test"))
    answer = client.post(f"/pengaturan/unit/{ministry.pk}/tata-kerja/", terms(**{field: typed}))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Practice.objects.exists()


def test_nobody_changes_how_another_unit_works(ministry: Unit, client: Client, settings: Any) -> None:
    settings.SERASI_DEMO = True
    elsewhere = open_unit(
        id=uuid7(),
        code="LAIN",
        name="Lain",
        short_name="Lain",
        kind="panti",
        owner="province",
        parent=ministry,
        by=User.objects.system(),
        at=NOW,
    )
    page = f"/pengaturan/unit/{ministry.pk}/tata-kerja/"
    client.force_login(posted(elsewhere, Role.HEAD, "kepala@serasi.test"))
    assert client.post(page, terms()).status_code == 404
    client.force_login(posted(ministry, Role.SOCIAL_WORKER, "pekerja@serasi.test"))
    assert client.post(page, terms()).status_code == 403
