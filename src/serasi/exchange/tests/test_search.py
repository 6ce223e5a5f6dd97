"""Who is told of whom: by the agreement, by consent, and never of those who are kept from everybody."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from serasi.access.queries import who_opened
from serasi.common.identifiers import uuid7
from serasi.exchange.conditions import NAMES
from serasi.exchange.enums import Attribute, Basis, RecordField
from serasi.exchange.models import Inquiry
from serasi.exchange.tests.factories import NIK, Registry, Speaker, nik, search_of, sight
from serasi.people.enums import Confidentiality, ConsentPurpose
from serasi.people.operations import Place, add_address, set_confidentiality, withdraw_consent
from serasi.people.tests.factories import AT, make_unit, system

pytestmark = pytest.mark.django_db


def names_found(answer: dict[str, Any]) -> list[str]:
    return [one["name"]["given_name"] for one in answer["data"]["reg_records"]]


def expression(query: Any) -> dict[str, Any]:
    return {"type": "ns:org:QueryType:expression", "value": {"expression": {"collection": "Person", "query": query}}}


def test_a_person_is_told_of_with_the_fields_of_the_agreement_and_no_others(registry: Registry) -> None:
    registry.budi(birth_place="Senen", mother_name="Siti Aminah", phone="+6281234567890")

    answered = registry.peer().search(nik())

    assert answered["status"] == "succ"
    assert answered["pagination"] == {"page_size": 100, "page_number": 1, "total_count": 1}
    assert answered["data"]["reg_records"] == [
        {
            "@type": "SRPerson",
            "identifier": [{"@type": "Identifier", "identifier_type": "NationalID", "identifier_value": NIK}],
            "name": {"@type": "Name", "given_name": "Budi Santoso"},
            "sex": "male",
            "birth_date": "1990-02-15T00:00:00Z",
        }
    ]


def test_an_agreement_that_names_no_field_tells_that_somebody_is_there(registry: Registry) -> None:
    registry.budi()

    answered = registry.peer(record_fields=[]).search(nik())

    assert answered["data"]["reg_records"] == [{"@type": "SRPerson"}]


def test_everything_that_can_be_agreed_is_told(registry: Registry) -> None:
    budi = registry.budi(phone="+6281234567890", kinds=["gelandangan", "orang_dengan_hiv_aids"])
    place = Place(region_id="31.73.04.1001", line="Jalan Kramat 1", rt="001", rw="002")
    add_address(id=uuid7(), person=budi, kind="domicile", place=place, since=date(2026, 1, 1), by=registry.owner, at=AT)

    record = registry.peer(record_fields=RecordField.values).search(nik())["data"]["reg_records"][0]

    assert record["phone_number"] == ["+6281234567890"]
    assert record["address"] == {
        "@type": "Address",
        "country": "IDN",
        "street_address": "Jalan Kramat 1 RT 001 RW 002",
        "locality": "Senen",
        "locality_code": "31.73.04.1001",
        "district": "Jakarta Pusat",
        "district_code": "31.73",
    }
    assert record["additional_attributes"] == [{"ppks_kind": "gelandangan"}], "what tells of health is told to nobody"
    assert record["registration_date"] == "2026-11-20T10:00:00+07:00"


def test_a_member_is_the_same_person_in_the_words_of_a_group(registry: Registry) -> None:
    registry.budi()

    data = registry.peer().search(nik(), response_entity="Member")["data"]

    assert data["reg_record_type"] == "Member"
    assert data["reg_records"][0]["member_identifier"][0]["identifier_value"] == NIK
    assert data["reg_records"][0]["demographic_info"]["name"]["given_name"] == "Budi Santoso"


@pytest.mark.parametrize("kept", [Confidentiality.SEALED, Confidentiality.SPPA])
def test_a_sealed_person_and_a_child_in_a_court_case_are_told_of_to_nobody(registry: Registry, kept: str) -> None:
    budi = registry.budi()
    registry.agrees(budi)
    set_confidentiality(person=budi, confidentiality=kept, by=system(), at=AT)

    for basis in (Basis.LAW, Basis.CONSENT):
        speaker = registry.peer(f"bansos-{basis}", basis=basis, consent_purpose=ConsentPurpose.SHARING)
        assert speaker.search(nik())["pagination"]["total_count"] == 0


def test_by_consent_only_those_are_told_of_who_agreed_and_did_not_take_it_back(registry: Registry) -> None:
    budi = registry.budi()
    speaker = registry.peer(basis=Basis.CONSENT, consent_purpose=ConsentPurpose.SHARING)

    registry.agrees(budi, ConsentPurpose.MATCHING)
    assert names_found(speaker.search(nik())) == []
    given = registry.agrees(budi)
    assert names_found(speaker.search(nik())) == ["Budi Santoso"]
    withdraw_consent(consent=given, reason="tidak disebutkan", by=registry.owner, at=timezone.now())
    assert names_found(speaker.search(nik())) == []


def test_only_people_of_the_unit_of_the_agreement_and_below_are_told_of(registry: Registry) -> None:
    registry.budi()
    elsewhere = make_unit("JATIM", kind="province")

    assert names_found(registry.peer("kedoya", unit=registry.kedoya).search(nik())) == []
    assert names_found(registry.peer("jatim", unit=elsewhere, by=system()).search(nik())) == []
    assert names_found(registry.peer("cipayung", unit=registry.cipayung).search(nik())) == ["Budi Santoso"]
    assert names_found(registry.peer("dki").search(nik())) == ["Budi Santoso"]


def test_everybody_told_of_stands_in_the_reading_log_with_the_system_as_reader(registry: Registry) -> None:
    budi, speaker = registry.budi(), registry.peer(purposes=["eligibility", "graduation"])

    answered = speaker.search(nik(), authorize={"purpose": {"code": "graduation"}}, consent={"id": "PERS-7"})

    look = next(row for row in who_opened(budi.pk) if row.user_id == speaker.peer.reader_id)
    assert (answered["status"], look.user_name, look.unit_name) == ("succ", "Bansos", "Ps-Cipayung")
    assert look.purpose == "DCI: graduation (PKS 12/2026)"
    with sight():
        inquiry = Inquiry.objects.get(peer=speaker.peer)
    assert (inquiry.purpose, inquiry.consent_reference, inquiry.found) == ("graduation", "PERS-7", 1)


def test_the_log_of_inquiries_names_nobody(registry: Registry) -> None:
    registry.budi()
    speaker = registry.peer()
    speaker.search(nik())
    speaker.search(expression({"name": "Budi Santoso"}), kind="expression")

    with sight():
        kept = json.dumps(list(Inquiry.objects.values()), default=str)

    assert kept.count("transaction_id") == 2
    assert [word for word in ("Budi", NIK) if word in kept] == []


def test_a_purpose_that_was_not_agreed_is_answered_nothing(registry: Registry) -> None:
    registry.budi()
    one, two = registry.peer("one"), registry.peer("two", purposes=["eligibility", "graduation"])

    stated: dict[str, Any] = {"authorize": {"purpose": {"code": "marketing"}}}

    assert one.search(nik(), **stated)["status_reason_code"] == "rjct.search_criteria.invalid"
    assert one.search(nik())["status"] == "succ", "where there is one purpose it need not be stated"
    assert two.search(nik())["status_reason_code"] == "rjct.search_criteria.invalid"


def crowd(registry: Registry) -> Speaker:
    registry.budi()
    registry.person("Siti Rahayu", sex="P", birth_date=date(2001, 6, 1))
    registry.person("Joko Susilo", birth_date=date(1955, 12, 31))
    registry.person("Tanpa Tanggal")
    return registry.peer()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"sex": "female"}, ["Siti Rahayu"]),
        ({"gender": {"$eq": "P"}}, ["Siti Rahayu"]),
        ({"birth_date": {"$lt": "1990-02-15"}}, ["Joko Susilo"]),
        ({"birth_date": {"$lte": "1990-02-15T00:00:00Z"}}, ["Budi Santoso", "Joko Susilo"]),
        ({"birth_date": {"$gte": "1990-01-01", "$lt": "2000-01-01"}}, ["Budi Santoso"]),
        ({"name": "budi santosa"}, []),
        ({"name": "BUDI  SANTOSO"}, ["Budi Santoso"]),
        ({"$or": [{"name": "Joko Susilo"}, {"sex": "female"}]}, ["Joko Susilo", "Siti Rahayu"]),
        ({"$not": {"sex": "male"}}, ["Siti Rahayu"]),
        ({"nik": {"$in": [NIK, "3173040000000000"]}}, ["Budi Santoso"]),
        ({"UIN": "TEST-001"}, []),
        ({"$and": [{"sex": "male"}, {"age": {"$gt": 50}}]}, ["Joko Susilo"]),
    ],
)
def test_expressions_find_whom_they_say(registry: Registry, query: Any, found: list[str]) -> None:
    answered = crowd(registry).search(
        expression(query), kind="expression", sort=[{"attribute_name": "name", "sort_order": "asc"}]
    )

    assert (answered["status"], names_found(answered)) == ("succ", found)


def predicate(name: str, operator: str, value: Any) -> dict[str, Any]:
    return {"attribute_name": name, "operator": operator, "attribute_value": value}


def test_predicates_join_two_expressions_by_and_or_and_not(registry: Registry) -> None:
    speaker = crowd(registry)
    male, young = predicate("sex", "eq", "male"), predicate("birth_date", "ge", "1980-01-01")
    found = {}
    for join in ("and", "or", "not"):
        asked = [{"seq_num": 1, "expression1": male, "condition": join, "expression2": young}]
        found[join] = names_found(speaker.search(asked, kind="predicate", sort=[{"attribute_name": "name"}]))

    assert found == {
        "and": ["Budi Santoso"],
        "or": ["Budi Santoso", "Joko Susilo", "Siti Rahayu", "Tanpa Tanggal"],
        "not": ["Joko Susilo", "Tanpa Tanggal"],
    }


def test_an_age_is_that_of_today_and_turns_on_the_birthday(registry: Registry) -> None:
    today = timezone.localdate()
    born = today.replace(year=today.year - 20, day=min(today.day, 28))
    registry.person("Baru Dua Puluh", birth_date=born)
    registry.person("Besok Dua Puluh", birth_date=born + timedelta(days=4))
    speaker = registry.peer()

    def found(operator: str, years: Any) -> int:
        asked = [{"expression1": predicate("age", operator, years)}]
        return int(speaker.search(asked, kind="predicate")["pagination"]["total_count"])

    counted = {operator: found(operator, "20") for operator in ("lt", "le", "eq", "ge", "gt")}

    assert counted == {"lt": 1, "le": 2, "eq": 1, "ge": 1, "gt": 0}


def test_a_region_is_everybody_who_lives_in_it_whatever_the_level(registry: Registry) -> None:
    budi = registry.budi()
    place = Place(region_id="31.73.04.1001", line="", rt="", rw="")
    add_address(id=uuid7(), person=budi, kind="domicile", place=place, since=date(2026, 1, 1), by=registry.owner, at=AT)
    speaker = registry.peer()

    found = {
        code: len(names_found(speaker.search({"type": "region", "value": code})))
        for code in ("31", "31.73", "317304", "31.73.04.1001", "35", "31.7304.1002")
    }

    assert found == {"31": 1, "31.73": 1, "317304": 1, "31.73.04.1001": 1, "35": 0, "31.7304.1002": 0}


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("idtype-value", {"type": "poverty_score", "value": "2"}),
        ("idtype-value", {"type": "MOBILE", "value": "0812"}),
        ("idtype-value", {"type": "NIK", "value": {"$ne": ""}}),
        ("idtype-value", "3173"),
        ("expression", {"value": {"expression": {"query": {"__class__": {"$eq": 1}}}}}),
        ("expression", {"value": {"expression": {"query": {"sex": {"$where": "1"}}}}}),
        ("expression", {"value": {"expression": {"query": {"$and": []}}}}),
        (
            "expression",
            {
                "value": {
                    "expression": {"query": {"$and": [{"$and": [{"$and": [{"$and": [{"$and": [{"sex": "male"}]}]}]}]}]}}
                }
            },
        ),
        ("predicate", [{"expression1": {"attribute_name": "age", "operator": "like", "attribute_value": "1"}}]),
        ("predicate", [{"expression1": {"attribute_name": "age", "operator": "lt", "attribute_value": "young"}}]),
        ("predicate", [{"expression1": {"attribute_name": "sex", "operator": "lt", "attribute_value": "male"}}]),
        (
            "predicate",
            [{"expression1": {"attribute_name": "birth_date", "operator": "lt", "attribute_value": "0001-01-01"}}],
        ),
        ("predicate", []),
        ("sql", "SELECT 1"),
    ],
)
def test_what_cannot_be_searched_by_is_refused_in_the_words_of_the_standard(
    registry: Registry, kind: str, query: Any
) -> None:
    answered = registry.peer().search(query, kind=kind)

    assert (answered["status"], answered["status_reason_code"]) == ("rjct", "rjct.search_criteria.invalid")
    assert "data" not in answered


def test_every_attribute_of_the_standard_has_its_own_way_into_the_register(registry: Registry) -> None:
    speaker = registry.peer(search_attributes=Attribute.values)
    fitting = {"sex": "male", "age": "30", "region": "31.73", "birth_date": "1990-02-15", "registered": "2026-11-20"}

    for name, attribute in NAMES.items():
        answered = speaker.search({"type": name.upper(), "value": fitting.get(attribute, NIK)})
        assert answered["status"] == "succ", name


def test_more_people_than_agreed_are_not_told_of_and_pages_hold_what_was_asked(registry: Registry) -> None:
    crowd(registry)
    few, enough = registry.peer("few", most_records=3), registry.peer("enough", most_records=4)
    asked, by_name = expression({"sex": {"$in": ["male", "female"]}}), [{"attribute_name": "name"}]

    assert few.search(asked, kind="expression")["status_reason_code"] == "rjct.search.too_many_records_found"
    second = enough.search(asked, kind="expression", sort=by_name, pagination={"page_size": 3, "page_number": 2})
    assert names_found(second) == ["Tanpa Tanggal"]
    assert second["pagination"] == {"page_size": 3, "page_number": 2, "total_count": 4}
    pages: list[Any] = [
        {"page_size": 5},
        {"page_size": 0},
        {"page_size": 1, "page_number": 0},
        {"page_size": "1"},
        [],
        1,
    ]
    for page in pages:
        refused = enough.search(asked, kind="expression", pagination=page)
        assert refused["status_reason_code"] == "rjct.pagination.invalid"
    for sort in ([{"attribute_name": "mother_name"}], "name", [1], [{"attribute_name": "name", "sort_order": "up"}]):
        assert enough.search(asked, kind="expression", sort=sort)["status_reason_code"] == "rjct.sort.invalid"


def test_each_request_of_a_message_is_answered_by_itself(registry: Registry) -> None:
    registry.budi()
    message = search_of(nik())
    message["search_request"].append({**message["search_request"][0], "reference_id": "r2", "timestamp": "yesterday"})

    told = registry.peer().ask(message)

    answers = told["message"]["search_response"]
    assert [(one["reference_id"], one["status"]) for one in answers] == [("r1", "succ"), ("r2", "rjct")]
    assert answers[1]["status_reason_code"] == "rjct.timestamp.invalid"
    assert (told["header"]["status"], told["header"]["total_count"]) == ("succ", 2)
