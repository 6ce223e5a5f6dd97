"""Institutions: set up, described, with room and services over time; loaded from files; found in the directory."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as real
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from serasi.access.enums import Owner, Role, UnitKind
from serasi.access.models import Unit, User
from serasi.access.operations import Conflict, NotAllowed, Refused, acting
from serasi.access.tests.factories import make_staff, make_unit
from serasi.common.identifiers import uuid7
from serasi.institutions import reference
from serasi.institutions.models import Capacity, Institution, Region, ServiceOffer
from serasi.institutions.operations import (
    change_service,
    describe_institution,
    end_capacity,
    load_institutions,
    load_regions,
    offer_service,
    record_capacity,
    set_up_unit,
)
from serasi.institutions.operations.capacity import CapacityOutOfOrder
from serasi.institutions.operations.institution import AddressOfSafeHouse
from serasi.institutions.queries import directory, place_names, places_like, rows_of

NOW = timezone.now()
TODAY = timezone.localdate()
DAY = timedelta(days=1)


@pytest.fixture(scope="session", autouse=True)
def static_folder() -> None:
    Path(real.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def demonstration(settings: Any) -> None:
    settings.SERASI_DEMO = True


@pytest.fixture
def ministry(db: None) -> Unit:
    return make_unit(code="PUSAT")


@pytest.fixture
def administrator(ministry: Unit) -> User:
    return make_staff(Role.ADMINISTRATOR, ministry)


def set_up(parent: Unit, code: str = "PANTI", **other: Any) -> Institution:
    facts: dict[str, Any] = {
        "id": uuid7(),
        "code": code,
        "name": f"Panti {code}",
        "short_name": code.title(),
        "kind": UnitKind.PANTI,
        "owner": Owner.PROVINCE,
        "parent": parent,
        "functions": ["lansia"],
        "by": User.objects.system(),
        "at": NOW,
    } | other
    return set_up_unit(**facts)


def offered(institution: Institution, name: str = "Terapi", **other: Any) -> ServiceOffer:
    facts: dict[str, Any] = {
        "id": uuid7(),
        "institution": institution,
        "name": name,
        "component": "terapi",
        "cluster": "lansia",
        "eligibility": "",
        "how_to_apply": "",
        "is_open": True,
        "by": User.objects.system(),
        "at": NOW,
    } | other
    return offer_service(**facts)


def capacity(institution: Institution, places: int, since: date, **other: Any) -> Capacity:
    facts: dict[str, Any] = {
        "id": uuid7(),
        "institution": institution,
        "places": places,
        "basis": "decree",
        "since": since,
        "source": "SK 1/2026",
        "by": User.objects.system(),
        "at": NOW,
    } | other
    return record_capacity(**facts)


def described(institution: Institution, **other: Any) -> Institution:
    facts: dict[str, Any] = {
        "institution": institution,
        "region": None,
        "functions": ["anak"],
        "address": "",
        "phone": "",
        "is_safe_house": False,
        "description": "",
        "revision": institution.revision,
        "by": User.objects.system(),
        "at": NOW,
    } | other
    return describe_institution(**facts)


def test_a_unit_and_its_description_are_made_together_or_not_at_all(ministry: Unit, administrator: User) -> None:
    made = set_up(ministry, by=administrator)
    assert (made.pk, made.unit.path) == (made.unit_id, "PUSAT/PANTI/")
    with pytest.raises(AddressOfSafeHouse):
        set_up(ministry, "AMAN", is_safe_house=True, address="Jl. Rahasia 1", by=administrator)
    assert not Unit.objects.filter(code="AMAN").exists()


def test_a_head_describes_her_own_place_and_no_other(ministry: Unit) -> None:
    own, other = set_up(ministry), set_up(ministry, "LAIN")
    head = make_staff(Role.HEAD, own.unit)
    assert described(own, by=head).functions == ["anak"]
    with pytest.raises(NotAllowed):
        described(other, by=head)


def test_two_descriptions_at_once_end_in_a_conflict(ministry: Unit) -> None:
    institution = set_up(ministry)
    mine = Institution.objects.get(pk=institution.pk)
    described(institution, description="pertama")
    with pytest.raises(Conflict):
        described(mine, description="kedua")


def test_a_new_figure_ends_the_former_one_of_its_basis(ministry: Unit) -> None:
    institution = set_up(ministry)
    first = capacity(institution, 100, date(2024, 1, 1))
    capacity(institution, 90, date(2025, 1, 1), basis="beds")
    capacity(institution, 120, date(2026, 1, 1))
    first.refresh_from_db()
    assert (first.period.lower, first.period.upper) == (date(2024, 1, 1), date(2026, 1, 1))
    with pytest.raises(CapacityOutOfOrder):
        capacity(institution, 130, date(2026, 1, 1))


def test_a_capacity_needs_a_source_and_a_believable_number(ministry: Unit) -> None:
    institution = set_up(ministry)
    for wrong in ({"source": " "}, {"places": 0}, {"places": 10**9}):
        facts: dict[str, Any] = {"places": 10} | wrong
        with pytest.raises(Refused):
            capacity(institution, facts.pop("places"), TODAY, **facts)


def test_a_figure_can_end_without_another(ministry: Unit) -> None:
    figure = capacity(set_up(ministry), 10, TODAY - 10 * DAY)
    ended = end_capacity(capacity=figure, last_day=TODAY, by=User.objects.system(), at=NOW)
    assert ended.period.upper == TODAY + DAY
    with pytest.raises(Refused):
        end_capacity(capacity=ended, last_day=TODAY - 20 * DAY, by=User.objects.system(), at=NOW)


def test_a_service_is_named_once_in_a_place(ministry: Unit) -> None:
    institution = set_up(ministry)
    service = offered(institution)
    with pytest.raises(Refused, match="sudah ada dalam direktori"):
        offered(institution)
    changed = change_service(
        service=service,
        name="Terapi",
        component="",
        cluster="",
        eligibility="",
        how_to_apply="",
        is_open=False,
        revision=1,
        by=User.objects.system(),
        at=NOW,
    )
    assert ServiceOffer.objects.get(pk=changed.pk).is_open is False


@pytest.mark.parametrize(
    ("write", "constraint"),
    [
        (
            lambda i: Institution.objects.filter(pk=i.pk).update(is_safe_house=True, address="x"),
            "institutions_safe_house_has_no_address",
        ),
        (
            lambda i: Capacity.objects.create(institution=i, places=0, basis="beds", period=(TODAY, None), source="x"),
            "institutions_capacity_is_positive",
        ),
        (
            lambda i: Capacity.objects.bulk_create(
                Capacity(institution=i, places=1, basis="beds", period=(TODAY, None), source="x") for _ in range(2)
            ),
            "institutions_one_capacity_per_basis_at_a_time",
        ),
        (
            lambda i: Region.objects.create(code="1.2", name="x", level=1, edition="x"),
            "institutions_region_code_is_dotted",
        ),
        (
            lambda i: Region.objects.create(code="99.99", name="x", level=2, edition="x"),
            "institutions_region_below_province_has_parent",
        ),
    ],
)
def test_the_database_holds_nothing_broken(ministry: Unit, write: Any, constraint: str) -> None:
    institution = set_up(ministry)
    with pytest.raises(IntegrityError, match=constraint), acting(User.objects.system(), "test"):
        write(institution)


def test_regions_and_real_places_are_loaded_once_and_left_as_people_changed_them(db: None) -> None:
    system = User.objects.system()
    assert load_institutions(by=system, at=NOW) == len(reference.institutions())
    assert Region.objects.count() == load_regions(by=system, at=NOW) == 91_599
    unit = Unit.objects.get(code="DKI-PSBL-HS1")
    assert [c.places for c in unit.institution.capacities.filter(period__contains=date(2015, 6, 1))] == [550]
    Unit.objects.filter(pk=unit.pk)
    with acting(system, "test"):
        Unit.objects.filter(pk=unit.pk).update(name="Nama baru")
    with CaptureQueriesContext(connection) as queries:
        assert load_institutions(by=system, at=NOW) == 0
    assert len(queries) < 15
    assert Unit.objects.get(pk=unit.pk).name == "Nama baru"
    assert places_like("31.75")[0] == ("31.75", "Kota Administrasi Jakarta Timur, DKI Jakarta")
    assert ("31.73", "Kota Administrasi Jakarta Barat, DKI Jakarta") in places_like("kota administrasi jakarta b")
    assert places_like("zz") == places_like("") == places_like("\x00") == []
    assert place_names(["11.01.01.2001"])["11.01.01.2001"].endswith(", Aceh")


def test_only_the_system_loads(ministry: Unit, administrator: User) -> None:
    with pytest.raises(NotAllowed):
        load_regions(by=administrator, at=NOW)


@pytest.fixture
def places(ministry: Unit) -> list[Institution]:
    Region.objects.create(code="31", name="DKI Jakarta", level=1, edition="x")
    Region.objects.create(code="31.75", name="Jakarta Timur", level=2, parent_id="31", edition="x")
    region = Region(code="31.75")
    plain = set_up(ministry, "BIASA", region=region, address="Jl. Terbuka 9")
    safe = set_up(ministry, "AMAN", region=region, is_safe_house=True, functions=["ts_kpo"])
    closed = set_up(ministry, "TUTUP", region=region)
    with acting(User.objects.system(), "test"):
        Unit.objects.filter(pk=closed.unit_id).update(closed_on=TODAY)
    offered(plain, "Terapi wicara")
    capacity(plain, 40, TODAY)
    return [plain, safe, closed]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["AMAN", "BIASA"]),
        ({"text": "wicara"}, ["BIASA"]),
        ({"cluster": "ts_kpo"}, ["AMAN"]),
        ({"component": "terapi"}, ["BIASA"]),
        ({"region": "31"}, ["BIASA"]),
        ({"text": "jakarta"}, ["BIASA"]),
        ({"kind": "sentra"}, []),
    ],
)
def test_the_directory_finds_open_places_and_no_safe_house_by_its_place(
    places: list[Institution], asked: dict[str, str], found: list[str]
) -> None:
    assert [i.unit.code for i in directory(**asked, on=TODAY)] == found


def test_no_page_tells_where_a_safe_house_is(places: list[Institution], administrator: User) -> None:
    plain, safe, _closed = places
    rows = {row.name: row for row in rows_of(directory(on=TODAY))}
    assert (rows["Panti BIASA"].place, rows["Panti BIASA"].places) == ("Jakarta Timur, DKI Jakarta", 40)
    assert (rows["Panti AMAN"].place, rows["Panti AMAN"].is_safe_house) == ("", True)
    client = Client()
    client.force_login(make_staff(Role.SOCIAL_WORKER, plain.unit))
    shown = client.get(f"/direktori/{plain.pk}/").content.decode()
    assert ("Jl. Terbuka 9" in shown, "Jakarta Timur" in shown) == (True, True)
    hidden = client.get(f"/direktori/{safe.pk}/").content.decode()
    assert ("Jakarta Timur" in hidden, "Rumah aman" in hidden) == (False, True)


def test_a_page_of_the_directory_costs_the_same_with_one_row_and_with_three(ministry: Unit) -> None:
    Region.objects.create(code="31", name="DKI Jakarta", level=1, edition="x")
    client = Client()
    client.force_login(make_staff(Role.HEAD, ministry))
    counts = []
    for number in range(3):
        institution = set_up(ministry, f"P{number}", region=Region(code="31"))
        offered(institution)
        for path in ("/direktori/", f"/direktori/{institution.pk}/"):
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counts.append((path.count("/"), len(queries)))
    assert len(set(counts)) == 2
    assert max(count for _, count in counts) <= 15


def test_a_head_changes_her_place_on_its_pages(places: list[Institution]) -> None:
    plain = places[0]
    client = Client()
    client.force_login(make_staff(Role.HEAD, plain.unit))
    base = f"/direktori/{plain.pk}"
    wrong = client.post(f"{base}/ubah/", {"revision": "1", "region": "entah di mana", "phone": "12"})
    assert wrong.status_code == 422
    right = {"revision": "1", "region": "31.75 Jakarta Timur, DKI Jakarta", "functions": ["anak", "lansia"]}
    assert client.post(f"{base}/ubah/", right).status_code == 302
    assert client.post(f"{base}/ubah/", right).status_code == 409
    figure = {"id": str(uuid7()), "places": "50", "basis": "beds", "since": "01/01/2026", "source": "Hitungan"}
    assert [client.post(f"{base}/kapasitas/", figure).status_code for _ in range(2)] == [302, 302]
    assert Capacity.objects.filter(institution=plain, basis="beds").count() == 1
    service = {"id": str(uuid7()), "name": "Asrama", "is_open": "on"}
    assert client.post(f"{base}/layanan/", service).status_code == 302
    assert client.post(f"{base}/layanan/", service | {"id": str(uuid7())}).status_code == 422
    made = ServiceOffer.objects.get(name="Asrama")
    assert client.post(f"/direktori/layanan/{made.pk}/ubah/", {"revision": "1", "name": "Asrama 2"}).status_code == 302
    assert client.get(f"/unit/{plain.unit_id}/")["Location"] == f"{base}/"


def test_others_cannot_change_a_place(places: list[Institution]) -> None:
    plain, safe, _closed = places
    client = Client()
    client.force_login(make_staff(Role.HEAD, safe.unit))
    for path in ("ubah", "kapasitas", "layanan"):
        assert client.get(f"/direktori/{plain.pk}/{path}/").status_code == 403


def test_places_are_suggested_while_someone_types(places: list[Institution], administrator: User) -> None:
    client = Client()
    client.force_login(administrator)
    answer = client.get("/wilayah/saran/?name=home&home=jakarta t").content.decode()
    assert answer == '<option value="31.75 Jakarta Timur, DKI Jakarta"></option>'
    assert client.get("/wilayah/saran/?name=&=%00").status_code == 200
