"""Acts on people: what each does, and to whom it is refused."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from serasi.access.enums import Role
from serasi.access.models import TrailEntry
from serasi.access.operations import Conflict, NotAllowed, Refused
from serasi.common.identifiers import uuid7
from serasi.people import reference
from serasi.people.enums import ConsentPurpose, IdentityState, Sex
from serasi.people.models import (
    Address,
    Consent,
    Household,
    HouseholdMember,
    Person,
    PersonUnit,
    PpksKind,
)
from serasi.people.operations import (
    FamilyCard,
    KkRefused,
    LikelySame,
    NewPerson,
    NikRefused,
    NotFound,
    Place,
    SameNikNeedsReason,
    TeamNeeded,
    add_address,
    add_alias,
    assign_kind,
    change_person,
    confirm_stopped,
    end_kind,
    give_consent,
    join_household,
    join_household_of,
    keep_team,
    leave_household,
    link_to_unit,
    load_reference,
    recognise,
    register_person,
    reveal_nik,
    set_confidentiality,
    unlink_from_unit,
    withdraw_consent,
)
from serasi.people.tests.factories import AT, TODAY, House, later, make_person, make_user, system
from serasi.people.tests.test_visibility import sight_of


def test_the_reference_is_loaded_once_however_often(house: House) -> None:
    assert load_reference(by=system(), at=AT) == load_reference(by=system(), at=AT)
    assert PpksKind.objects.count() == 26
    assert PpksKind.objects.get(pk="pemulung").pas_id == "berpendapatan_rendah"
    with pytest.raises(NotAllowed):
        load_reference(by=house.head, at=AT)


@pytest.mark.parametrize("nik", ["123", "3173041505900000", "3173049905900001", "3173041513900001", "NIK"])
def test_a_nik_of_impossible_structure_is_refused(house: House, nik: str) -> None:
    with pytest.raises(NikRefused) as refused:
        house.person(nik=nik)
    assert refused.value.field == "nik"


def test_a_kk_of_impossible_structure_is_refused() -> None:
    with pytest.raises(KkRefused):
        FamilyCard("31730415", "anak")


def test_a_likely_match_is_decided_before_a_second_record(house: House) -> None:
    first = house.person("Budi Santoso", birth_year_from=1990, birth_year_to=1990)
    with pytest.raises(LikelySame) as likely:
        house.person("Boedi Santoso", birth_year_from=1990, birth_year_to=1990)
    [match] = likely.value.matches
    assert match.person_id == first.pk
    assert "tahun lahir sama" in match.reasons
    house.person("Boedi Santoso", birth_year_from=1950, birth_year_to=1950)
    house.person("Budi Santoso", birth_year_from=1990, birth_year_to=1990, sex="P")


def test_a_nik_that_is_used_needs_a_decision_and_a_reason(house: House) -> None:
    first = house.person("Budi Santoso", nik="3173041505900001")
    with pytest.raises(LikelySame) as likely:
        house.person("Ujang Komar", nik="3173 0415 0590 0001", by=house.outsider, unit=house.kedoya)
    assert [(m.person_id, m.person, m.reasons) for m in likely.value.matches] == [(first.pk, None, ("NIK sama",))]
    with pytest.raises(SameNikNeedsReason):
        house.person("Ujang Komar", nik="3173041505900001", not_same_as=[first.pk])
    house.person("Ujang Komar", nik="3173041505900001", not_same_as=[first.pk], distinct_reason="NIK ganda")


def test_nothing_tells_of_a_sealed_person(house: House) -> None:
    sealed = house.person("Maya Anggraini", sex="P", nik="3173045505900002")
    keep_team(person=sealed, members=[house.owner], by=house.owner, at=AT)
    set_confidentiality(person=sealed, confidentiality="sealed", by=house.owner, at=AT)
    house.person("Maya Anggraini", sex="P", nik="3173045505900002", by=house.colleague)
    with pytest.raises(NotFound):
        recognise(id=uuid7(), person_id=sealed.pk, unit=house.kedoya, reason="datang", by=house.outsider, at=AT)


def test_only_who_works_at_the_unit_registers_there(house: House) -> None:
    for user in (house.student, house.administrator, house.ministry, house.outsider):
        with pytest.raises(NotAllowed):
            house.person(by=user)
    house.person(by=house.officer)


def test_facts_are_changed_on_the_revision_that_was_shown(house: House) -> None:
    person = house.person("Budi Santoso")
    change_person(person=person, revision=1, full_name="Budi Susanto", nik="3173041505900001", by=house.owner, at=AT)
    with sight_of(house.owner):
        stored = Person.objects.get()
        assert (stored.full_name, stored.sort_key, stored.nik, stored.no_nik_reason, stored.revision) == (
            "Budi Susanto",
            "budi susanto",
            "3173041505900001",
            "",
            2,
        )
        assert Person.objects.filter(nik_hash="3173041505900001").exists()
    with pytest.raises(Conflict):
        change_person(person=person, revision=1, nickname="Kancil", by=house.colleague, at=AT)
    with pytest.raises(NotAllowed):
        change_person(person=person, revision=2, nickname="Kancil", by=house.outsider, at=AT)
    with pytest.raises(TypeError):
        change_person(person=person, revision=2, confidentiality="sealed", by=house.owner, at=AT)


def test_the_trail_holds_no_readable_nik(house: House) -> None:
    house.person(nik="3173041505900001")
    entry = TrailEntry.objects.get(table_name="people_person")
    assert (entry.actor_id, entry.operation) == (house.owner.pk, "people.registration.register_person")
    assert "3173041505900001" not in str(entry.after)


def test_a_new_address_ends_the_one_before(house: House) -> None:
    person = house.person()
    for line, day in (("Jl. Satu", TODAY), ("Jl. Dua", TODAY), ("Jl. Tiga", TODAY + timedelta(days=3))):
        add_address(
            id=uuid7(), person=person, kind="domicile", place=Place(line=line), since=day, by=house.owner, at=AT
        )
    with sight_of(house.owner):
        assert [(a.line, a.period.upper) for a in Address.objects.order_by("period")] == [
            ("Jl. Dua", TODAY + timedelta(days=3)),
            ("Jl. Tiga", None),
        ]


def test_a_family_card_is_one_household_whichever_unit_wrote_it(house: House) -> None:
    ours = house.person("Budi Santoso")
    theirs = house.person("Sri Wahyuni", sex="P", by=house.outsider, unit=house.kedoya)
    card = FamilyCard("3173041505120003", "anak")
    member = join_household(id=uuid7(), person=ours, card=card, since=TODAY, by=house.owner, at=AT)
    join_household(id=uuid7(), person=theirs, card=card, since=TODAY, by=house.outsider, at=AT)
    with sight_of(house.owner):
        assert (Household.objects.count(), HouseholdMember.objects.count()) == (1, 1)
    with sight_of(house.officer):
        assert (Household.objects.count(), HouseholdMember.objects.count()) == (1, 2)
    child = house.person("Andi Pratama")
    join_household_of(id=uuid7(), person=child, member=member, relation="anak", since=TODAY, by=house.owner, at=AT)
    leave_household(member=member, until=TODAY + timedelta(days=1), by=house.owner, at=AT)
    with pytest.raises(Refused):
        leave_household(member=member, until=TODAY, by=house.owner, at=AT)


def test_a_second_household_ends_the_first(house: House) -> None:
    person = house.person()
    for number, day in (("3173041505120003", TODAY), ("3173041505120004", TODAY + timedelta(days=5))):
        join_household(id=uuid7(), person=person, card=FamilyCard(number, "anak"), since=day, by=house.owner, at=AT)
    with sight_of(house.owner):
        assert [m.period.upper for m in HouseholdMember.objects.order_by("period")] == [
            TODAY + timedelta(days=5),
            None,
        ]


def test_kinds_begin_and_end_and_do_not_repeat(house: House) -> None:
    person = house.person()
    assigned = assign_kind(id=uuid7(), person=person, kind="gelandangan", since=TODAY, by=house.owner, at=AT)
    with pytest.raises(Refused, match="sudah tercatat"):
        assign_kind(id=uuid7(), person=person, kind="gelandangan", since=TODAY, by=house.owner, at=AT)
    end_kind(assigned=assigned, until=TODAY + timedelta(days=30), by=house.owner, at=AT)
    with pytest.raises(Refused):
        assign_kind(id=uuid7(), person=person, kind="tidak-ada", since=TODAY, by=house.owner, at=AT)


def test_withdrawing_consent_starts_a_clock_that_stops_when_processing_does(house: House) -> None:
    person = house.person()
    consent = give_consent(
        id=uuid7(), person=person, purpose="care", text_version="1", method="signature", by=house.owner, at=AT
    )
    withdraw_consent(consent=consent, reason="pindah", by=house.owner, at=later())
    withdraw_consent(consent=consent, reason="lagi", by=house.owner, at=later(9))
    with sight_of(house.owner):
        stored = Consent.objects.get()
        assert (stored.withdrawn_at, stored.withdrawal_reason) == (later(), "pindah")
        assert stored.withdrawal_due_at == later(1 + 72)
    assert confirm_stopped(consent=consent, by=house.owner, at=later(20)).stopped_at == later(20)


def test_units_come_to_know_a_person_and_the_last_one_stays(house: House) -> None:
    person = house.person()
    link_to_unit(id=uuid7(), person=person, unit=house.kedoya, by=house.owner, at=AT)
    assert link_to_unit(id=uuid7(), person=person, unit=house.kedoya, by=house.owner, at=AT).unit_id == house.kedoya.pk
    unlink_from_unit(person=person, unit=house.cipayung, by=house.owner, at=later())
    with sight_of(house.outsider):
        assert PersonUnit.objects.filter(until_at=None).count() == 1
    with pytest.raises(Refused, match="satu-satunya"):
        unlink_from_unit(person=person, unit=house.kedoya, by=house.outsider, at=later(2))
    with pytest.raises(NotAllowed):
        link_to_unit(id=uuid7(), person=person, unit=house.cipayung, by=house.owner, at=later(3))


def test_only_the_team_seals_and_a_sealed_person_keeps_a_team(house: House) -> None:
    person = house.person()
    with pytest.raises(TeamNeeded):
        set_confidentiality(person=person, confidentiality="sealed", by=house.owner, at=AT)
    keep_team(person=person, members=[house.owner], by=house.owner, at=AT)
    set_confidentiality(person=person, confidentiality="sealed", by=house.owner, at=AT)
    with pytest.raises(TeamNeeded):
        keep_team(person=person, members=[], by=house.owner, at=AT)
    with pytest.raises(NotAllowed):
        set_confidentiality(person=person, confidentiality="ordinary", by=house.head, at=AT)
    with pytest.raises(NotAllowed):
        add_alias(id=uuid7(), person=person, name="Mawar", kind="alias", by=house.colleague, at=AT)
    set_confidentiality(person=person, confidentiality="ordinary", by=house.owner, at=AT)


def test_a_number_is_revealed_only_for_a_purpose(house: House) -> None:
    person = house.person(nik="3173041505900001")
    assert reveal_nik(person=person, purpose="mengurus BPJS", by=house.owner, at=AT) == "3173041505900001"
    with pytest.raises(Refused):
        reveal_nik(person=person, purpose=" ", by=house.owner, at=AT)
    with pytest.raises(NotAllowed):
        reveal_nik(person=person, purpose="ingin tahu", by=house.officer, at=AT)


def test_what_the_database_cannot_hold_is_refused_in_words(house: House) -> None:
    with pytest.raises(Refused, match="terlalu panjang"):
        house.person("a" * 400)
    with pytest.raises(Refused, match="terlalu panjang"):
        house.person("Budi", mother_name="a\x00b")
    person = house.person()
    with pytest.raises(Refused):
        add_address(
            id=uuid7(),
            person=person,
            kind="domicile",
            place=Place(region_id="99.99"),
            since=TODAY,
            by=house.owner,
            at=AT,
        )


def test_a_user_with_two_posts_reaches_each_person_through_the_right_one(house: House) -> None:
    both = make_user("Dua Tempat", (Role.CARER, house.cipayung), (Role.SOCIAL_WORKER, house.kedoya))
    ours, theirs = house.person("Budi Santoso"), house.person("Joko Susilo", by=house.outsider, unit=house.kedoya)
    with pytest.raises(NotAllowed):
        change_person(person=ours, revision=1, nickname="A", by=both, at=AT)
    change_person(person=theirs, revision=1, nickname="B", by=both, at=AT)


def test_fifty_desks_that_send_the_same_form_at_once_make_one_person(committed_house: House) -> None:
    house = committed_house
    record_id = uuid7()

    def send(_number: int) -> str:
        try:
            return str(house_person().pk)
        finally:
            connection.close()

    def house_person() -> Person:
        return make_person("Budi Santoso", by=house.owner, unit=house.cipayung, id=record_id)

    with ThreadPoolExecutor(8) as desks:
        made = set(desks.map(send, range(50)))
    assert made == {str(record_id)}
    with transaction.atomic(), sight_of(house.owner):
        assert Person.objects.count() == 1


def test_two_desks_that_register_one_nik_at_once_make_one_person(committed_house: House) -> None:
    house = committed_house

    def send(number: int) -> str:
        try:
            name = ["Budi Santoso", "Ujang Komar", "Slamet Riyadi", "Joko Susilo"][number]
            register_person(
                id=uuid7(),
                new=NewPerson(full_name=name, identity_state="dokumen_dilihat", sex="L", nik="3173041505900001"),
                unit=house.cipayung,
                by=house.owner,
                at=AT,
            )
        except LikelySame:
            return "likely"
        finally:
            connection.close()
        return "made"

    with ThreadPoolExecutor(4) as desks:
        assert sorted(desks.map(send, range(4))) == ["likely", "likely", "likely", "made"]


def test_the_purposes_of_consent_are_those_of_the_texts() -> None:
    assert {text.purpose for text in reference.consent_texts()} == set(ConsentPurpose.values)


def test_the_codes_in_the_code_are_those_of_the_lists() -> None:
    assert reference.sexes().codes == tuple(Sex.values)
    assert reference.identity_states().codes == tuple(IdentityState.values)


def test_an_officer_of_a_dinas_keeps_closely_whom_they_registered(house: House) -> None:
    person = house.person(by=house.officer, unit=house.dinas)
    keep_team(person=person, members=[house.officer], by=house.officer, at=AT)
    set_confidentiality(person=person, confidentiality="sealed", by=house.officer, at=AT)
    assert Person.objects.filter(pk=person.pk, confidentiality="sealed").count() == 0  # for nobody outside the team
    elsewhere = house.person("Joko Susilo")
    with pytest.raises(NotAllowed):
        keep_team(person=elsewhere, members=[house.officer], by=house.officer, at=AT)


def test_a_field_assistant_records_consents_of_those_they_are_with(house: House) -> None:
    assistant = make_user("Tini Pendamping", (Role.FIELD_ASSISTANT, house.cipayung))
    person, other = house.person(), house.person("Joko Susilo")
    keep_team(person=person, members=[assistant], by=house.owner, at=AT)
    facts: dict[str, Any] = {
        "purpose": "care",
        "text_version": "1",
        "method": "signature",
        "given_by": "self",
        "given_at": AT,
        "by": assistant,
        "at": AT,
    }
    assert give_consent(id=uuid7(), person=person, **facts).purpose == "care"
    with pytest.raises(NotAllowed):
        give_consent(id=uuid7(), person=other, **facts)
