"""A place that an enumerator could only write in words: the office finds its village, with one press or by search."""

import pytest
from django.urls import reverse

from serasi.access.models import User
from serasi.access.queries import trail_of
from serasi.access.tests.pages import MOST_STATEMENTS, browser, read, statements, words
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.institutions.models import Region
from serasi.institutions.queries.regions import villages_said
from serasi.people.enums import AddressKind
from serasi.people.models import Address
from serasi.people.operations import Place, add_address
from serasi.surveys import operations as surveys
from serasi.surveys.models import Interview, Survey, Tally
from serasi.surveys.people import people_in
from serasi.surveys.queries import interviews_of, read_all
from serasi.surveys.tests.factories import CIPAYUNG, DESA, ELSEWHERE, NAMA, REGENCY, enumerator, kept, running

pytestmark = pytest.mark.django_db

TEBET = "Kel. Tebet Timur, Tebet, Jakarta Selatan"


@pytest.fixture
def yuni(world: World) -> User:
    return enumerator(world, "Yuni Pendata")


def pages(survey: Survey) -> tuple[str, str]:
    return reverse("surveys:survey", args=[survey.pk]), reverse("surveys:places", args=[survey.pk])


def test_a_guess_is_pressed_and_the_interview_counts_there(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    one = kept(survey, yuni, {DESA: TEBET})
    worker, (home, desk) = browser(world.owner), pages(survey)
    assert "1 wawancara menyebut tempatnya dengan kata-kata" in words(read(worker, home))
    button = read(worker, desk).select_one("main button[name=village]")
    assert button is not None
    assert (button["value"], button.get_text(strip=True)) == (
        ELSEWHERE,
        "Tebet Timur, Tebet, Jakarta Selatan, DKI Jakarta",
    )

    for _again in range(2):
        assert worker.post(reverse("surveys:place", args=[one.pk]), {"village": ELSEWHERE}).status_code == 302

    assert "Tidak ada yang menunggu" in words(read(worker, desk))
    assert "menyebut tempatnya dengan kata-kata" not in words(read(worker, home))
    with as_user(world.owner):
        found = Interview.objects.get(pk=one.pk)
        assert (found.village_id, found.village_found_by, found.instance) == (ELSEWHERE, world.owner, one.instance)
        counted = Tally.objects.filter(interviews__gt=0).values_list("village", "interviews")
        assert list(counted) == [(ELSEWHERE, 1)]
    with as_user(world.head):
        assert [row.actor for row in trail_of(one.pk)] == ["Rini Wulandari", "Yuni Pendata"]


def test_a_village_is_looked_for_where_no_guess_fits(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    one = kept(survey, yuni, {DESA: "di belakang pasar"})
    worker, (_home, desk) = browser(world.owner), pages(survey)
    address = reverse("surveys:place", args=[one.pk])
    assert "Tidak ada tebakan" in words(read(worker, desk))
    assert "di belakang pasar" in words(read(worker, address))

    for typed, said in (
        (REGENCY, "Pilih desa atau kelurahan, bukan wilayah yang lebih luas."),
        ("99.99", "tidak ditemukan"),
        ("", ""),
    ):
        answer = worker.post(address, {"village": typed})
        assert (answer.status_code, said in answer.content.decode()) == (422, True), typed
    assert worker.post(address, {"village": f"{CIPAYUNG} Cipayung"}).status_code == 302
    refused = worker.post(address, {"village": ELSEWHERE})

    assert (refused.status_code, "sudah diketahui" in refused.content.decode()) == (422, True)


def test_who_became_a_person_already_lives_there_too(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    one = kept(survey, yuni, {DESA: TEBET, NAMA: "Wiji Lestari"})
    with as_user(world.owner):
        [told] = read_all(interviews_of(survey, world.owner))
        told.interview.survey = survey
        [someone] = people_in(told)
    settled = surveys.register_someone(person_id=uuid7(), someone=someone, by=world.owner, at=now())
    today = world.panti.day_at(now())
    add_address(
        id=uuid7(),
        person=settled.person,
        kind=AddressKind.DOMICILE,
        place=Place(line="Gang Kelinci 4"),
        since=today,
        by=world.owner,
        at=now(),
    )

    surveys.find_village(interview=one, village=Region.objects.get(pk=ELSEWHERE), by=world.owner, at=now())

    with as_user(world.owner):
        homes = Address.objects.filter(person=settled.person, kind=AddressKind.DOMICILE, period__contains=today)
        assert list(homes.values_list("region", "line")) == [(ELSEWHERE, "Gang Kelinci 4")]


def test_the_desk_is_for_who_settles_interviews_and_costs_the_same_for_one_and_three(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    one = kept(survey, yuni, {DESA: TEBET})
    _home, desk = pages(survey)
    worker = browser(world.owner)
    read(worker, desk)
    cost = statements(worker, desk)
    for place in ("Tebet Timur", "Munjul, Jakarta Timur"):
        kept(survey, yuni, {DESA: place})

    assert statements(worker, desk) == cost <= MOST_STATEMENTS
    assert [browser(user).get(desk).status_code for user in (yuni, world.outsider)] == [403, 404]
    assert browser(world.outsider).get(reverse("surveys:place", args=[one.pk])).status_code == 404


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Desa Cipayung, Kec. Cipayung, Kota Jakarta Timur", [CIPAYUNG]),
        ("cipayung jakarta timur", [CIPAYUNG]),
        (TEBET, [ELSEWHERE]),
        ("Tebet", []),
        ("Tebet Timur", [ELSEWHERE]),
        ("", []),
    ],
)
def test_a_place_said_in_words_is_guessed(world: World, yuni: User, said: str, found: list[str]) -> None:
    running(world, yuni)

    assert [code for code, _name in villages_said([said])[0]] == found
