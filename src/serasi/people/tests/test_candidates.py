"""Who may stand in the register twice: what was found, who sees it, what is decided, what one unit asks another.

The names are far apart, for registering refuses near ones; what matching says of them is told here.
"""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.urls import reverse

from serasi.access.enums import Role
from serasi.access.models import Look, User
from serasi.access.operations import NotAllowed, Refused, acting
from serasi.access.tests.pages import statements
from serasi.common.identifiers import uuid7
from serasi.people.enums import Verdict
from serasi.people.models import Candidate, Distinction, Enquiry, Person
from serasi.people.operations import (
    AlreadyAnswered,
    KnownHere,
    NotFound,
    Pair,
    answer_enquiry,
    ask_other_unit,
    keep_apart,
    keep_candidates,
    keep_team,
    merge_people,
    set_confidentiality,
)
from serasi.people.queries.candidates import enquiries_for, groups_for
from serasi.people.tests.factories import AT, House, later, make_user, system
from serasi.people.tests.test_pages import page_of
from serasi.people.tests.test_visibility import sight_of

NAMES = ("Agus", "Bejo", "Cahyo", "Dimas", "Gunadi", "Heru", "Paijan", "Wiryo")
EVIDENCE = {"name": ("respelt", 9.5), "birth": ("same", 11.2), "nik": ("other", -6.0)}


def found(*pairs: tuple[Person, Person], weight: float = 12.0, hours: int = 0) -> None:
    """What matching comes to tonight."""
    told = [Pair(one.pk, two.pk, weight - place, EVIDENCE) for place, (one, two) in enumerate(pairs)]
    keep_candidates(pairs=told, model="tes 1", by=system(), at=later(hours))


def names_for(reader: User) -> list[list[str]]:
    """The groups that this reader sees, by the names or initials they read."""
    with sight_of(reader):
        return [
            [side.person.shown_name(to=reader) if side.person else side.card.initials for side in group.sides]
            for group in groups_for(reader)
        ]


def ask(house: House, person: Person, other: Person, **given: Any) -> Enquiry:
    facts: Any = {"id": uuid7(), "unit": house.cipayung, "question": "Sejak kapan di sana?", "by": house.owner} | given
    return ask_other_unit(person=person, other_id=other.pk, at=later(), **facts)


# --- what matching found


def test_a_run_writes_the_list_anew_and_a_pair_that_stands_keeps_its_address(house: House) -> None:
    one, two, three = (house.person(name) for name in ("Budi Santoso", "Karto Wiryo", "Paijan"))
    found((one, two), (two, three))
    with acting(system(), "test.look"):
        [first, _second] = Candidate.objects.order_by("-weight").values_list("pk", flat=True)

    found((two, one), weight=20.0, hours=1)

    with acting(system(), "test.look"):
        [stands] = Candidate.objects.all()
    assert (stands.pk, stands.weight, stands.found_at) == (first, 20.0, later(1))


def test_only_the_system_writes_it(house: House) -> None:
    with pytest.raises(NotAllowed):
        keep_candidates(pairs=[], model="tes 1", by=house.head, at=AT)


@pytest.mark.parametrize("broken", ["people_candidate_is_in_order", "people_candidate_stands_once"])
def test_the_database_holds_a_pair_once_and_in_order(house: House, broken: str) -> None:
    one, two = sorted((house.person("Budi"), house.person("Karyo")), key=lambda person: person.pk)
    first, second = (one, two) if broken.endswith("once") else (two, one)
    twice = [Candidate(person=first, other=second, weight=1, model="tes", found_at=AT) for _turn in range(2)]
    with acting(system(), "test.write"), pytest.raises(IntegrityError, match=broken), transaction.atomic():
        Candidate.objects.bulk_create(twice)


# --- who sees it


def test_whoever_may_open_one_of_two_sees_the_pair_and_a_short_card_of_the_other(house: House) -> None:
    here = house.person("Budi Santoso")
    there = house.person("Karto Wiryo", unit=house.kedoya, by=house.outsider)
    found((here, there))

    assert names_for(house.owner) == [["Budi Santoso", "K. W."]]
    assert names_for(house.outsider) == [["Karto Wiryo", "B. S."]]
    stranger = make_user("Wayan Lain", (Role.SOCIAL_WORKER, house.dinas))
    assert names_for(stranger) == []


def test_records_that_hang_together_are_one_group(house: House) -> None:
    one, two, three, four, five = (house.person(name) for name in ("Agus", "Bejo", "Cahyo", "Siti", "Wati"))
    found((four, five), (one, two), (two, three))

    groups = [sorted(group) for group in names_for(house.owner)]
    assert groups == [["Siti", "Wati"], ["Agus", "Bejo", "Cahyo"]]


def test_a_pair_that_was_decided_or_merged_or_sealed_is_gone_for_everybody(house: House) -> None:
    a, b, c, d, e, f, g, h = (house.person(name) for name in NAMES)
    found((a, b), (c, d), (e, f), (g, h))
    keep_apart(id=uuid7(), person=b, other=a, reason="Beda ibu", by=house.owner, at=AT)
    merge_people(
        id=uuid7(), kept=c, absorbed=d, reason="Sama", kept_revision=1, absorbed_revision=1, by=house.owner, at=AT
    )
    keep_team(person=e, members=[house.colleague], by=system(), at=AT)
    set_confidentiality(person=e, confidentiality="sealed", by=system(), at=AT)

    assert [sorted(group) for group in names_for(house.owner)] == [sorted(NAMES[-2:])]


# --- asking the unit that knows the other


@pytest.fixture
def two(house: House) -> tuple[Person, Person]:
    here = house.person("Budi Santoso")
    there = house.person("Karto Wiryo", unit=house.kedoya, by=house.outsider)
    found((here, there))
    return here, there


def test_the_other_unit_is_asked_and_says_that_they_are_two(house: House, two: tuple[Person, Person]) -> None:
    here, there = two
    enquiry = ask(house, here, there)
    with sight_of(house.outsider):
        [(asked, ours, theirs)], _none = enquiries_for(house.outsider)
        assert (asked.pk, ours.person, theirs.person, theirs.card.initials) == (enquiry.pk, there, None, "B. S.")

    answer_enquiry(enquiry=enquiry, verdict=Verdict.DIFFERENT, answer="Beda ibu.", by=house.outsider, at=later(2))

    assert (names_for(house.owner), names_for(house.outsider)) == ([], [])
    with acting(system(), "test.look"):
        assert Distinction.objects.values_list("person", "other", "reason").get() == (here.pk, there.pk, "Beda ibu.")


def test_one_question_at_a_time_is_asked_of_a_pair(house: House, two: tuple[Person, Person]) -> None:
    ask(house, *two)
    with pytest.raises(Refused, match="masih menunggu jawaban"):
        ask(house, *two)


def test_a_question_needs_words(house: House, two: tuple[Person, Person]) -> None:
    with pytest.raises(Refused, match="Tulis pertanyaannya"):
        ask(house, *two, question="  ")


def test_who_may_open_both_decides_alone(house: House) -> None:
    with pytest.raises(KnownHere):
        ask(house, house.person("Budi"), house.person("Karyo"))


def test_a_sealed_record_is_not_to_be_asked_about(house: House, two: tuple[Person, Person]) -> None:
    here, there = two
    keep_team(person=there, members=[house.outsider], by=system(), at=AT)
    set_confidentiality(person=there, confidentiality="sealed", by=system(), at=AT)
    with pytest.raises(NotFound):
        ask(house, here, there)


def test_only_the_unit_that_was_asked_answers_and_once(house: House, two: tuple[Person, Person]) -> None:
    enquiry = ask(house, *two)
    told: Any = {"enquiry": enquiry, "answer": "", "at": later(2)}
    with pytest.raises(NotAllowed):
        answer_enquiry(**told, verdict=Verdict.SAME, by=house.owner)
    with pytest.raises(Refused, match="Pilih jawabannya"):
        answer_enquiry(**told, verdict="mungkin", by=house.outsider)
    with pytest.raises(Refused, match="masih perlu diketahui"):
        answer_enquiry(**told, verdict=Verdict.UNKNOWN, by=house.outsider)
    answer_enquiry(**told, verdict=Verdict.SAME, by=house.outsider)
    with pytest.raises(AlreadyAnswered):
        answer_enquiry(**told, verdict=Verdict.SAME, by=house.outsider)


# --- on pages


def test_a_worker_reads_why_and_records_two_people(house: House) -> None:
    one, two = house.person("Budi Santoso"), house.person("Karto Wiryo")
    found((one, two))
    client = page_of(house.owner)
    listed = client.get(reverse("people:candidates"))
    link = BeautifulSoup(listed.content, "html.parser").select_one("main table a")
    assert link is not None
    page = BeautifulSoup(client.get(str(link["href"])).content, "html.parser")
    text = page.get_text(" ", strip=True)

    assert "nama sama, berbeda ejaan atau urutan kata" in text
    assert [cell.get_text() for cell in page.select("tfoot td.number, tfoot .number")][-1:] == ["+12,0"]
    with acting(system(), "test.look"):
        assert set(Look.objects.filter(purpose="Membandingkan dua data").values_list("subject_id", flat=True)) == {
            one.pk,
            two.pk,
        }
    form = page.select_one("form[action$='/beda/']")
    assert form is not None
    identity = form.select_one("input[name=id]")
    assert identity is not None
    client.post(str(form["action"]), {"id": identity["value"], "reason": "Beda ibu"})
    assert "Tidak ada dugaan data ganda" in client.get(reverse("people:candidates")).content.decode()


def test_a_question_goes_and_comes_back_on_pages(house: House, two: tuple[Person, Person]) -> None:
    with acting(system(), "test.look"):
        pair = Candidate.objects.get()
    mine = page_of(house.owner)
    address = reverse("people:candidate", args=[pair.pk])
    assert mine.post(address, {"id": str(uuid7()), "question": ""}).status_code == 422
    assert mine.post(address, {"id": str(uuid7()), "question": "Ada tato di lengan?"}).status_code == 302

    theirs = page_of(house.outsider)
    listed = theirs.get(reverse("people:enquiries")).content.decode()
    assert ("Ada tato di lengan?" in listed, "Budi Santoso" in listed) == (True, False)
    with acting(system(), "test.look"):
        asked = reverse("people:enquiry", args=[Enquiry.objects.get().pk])
    assert theirs.post(asked, {"answer": ""}).status_code == 422
    assert theirs.post(asked, {"verdict": "same", "answer": "Ada, naga."}).status_code == 302

    page = mine.get(asked).content.decode()
    assert ("Ada, naga." in page, "Daftarkan di unit saya" in page, "Karto Wiryo" in page) == (True, True, False)


def test_who_has_no_part_in_a_pair_finds_nothing(house: House, two: tuple[Person, Person]) -> None:
    ask(house, *two)
    stranger = page_of(make_user("Wayan Lain", (Role.SOCIAL_WORKER, house.dinas)))
    with acting(system(), "test.look"):
        pair, enquiry = Candidate.objects.get(), Enquiry.objects.get()
    assert stranger.get(reverse("people:candidate", args=[pair.pk])).status_code == 404
    assert stranger.get(reverse("people:enquiry", args=[enquiry.pk])).status_code == 404
    assert page_of(house.administrator).get(reverse("people:candidates")).status_code == 403


def test_the_pages_cost_the_same_for_one_pair_and_for_three(house: House) -> None:
    people = [house.person(name) for name in NAMES[:6]]
    addresses = [reverse("people:candidates"), reverse("people:enquiries")]
    found((people[0], people[1]))
    few = [statements(page_of(house.owner), address) for address in addresses]
    found(*zip(people[::2], people[1::2], strict=True), hours=1)
    many = [statements(page_of(house.owner), address) for address in addresses]

    assert many == few
    assert max(many) <= 15


def test_a_pair_and_a_question_are_read_within_fifteen_statements(house: House, two: tuple[Person, Person]) -> None:
    asked = reverse("people:enquiry", args=[ask(house, *two).pk])
    with acting(system(), "test.look"):
        pair = reverse("people:candidate", args=[Candidate.objects.get().pk])

    assert max(statements(page_of(house.owner), address) for address in (pair, asked)) <= 15
    assert statements(page_of(house.outsider), asked) <= 15
