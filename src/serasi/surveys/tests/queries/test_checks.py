"""What a supervisor is shown: each check finds what it is for, and leaves alone what is usual."""

from collections.abc import Sequence
from typing import Any

import pytest

from serasi.access.models import User
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.surveys import operations as surveys
from serasi.surveys.enums import Check
from serasi.surveys.models import Finding, Survey
from serasi.surveys.queries import findings_in, judged
from serasi.surveys.queries.checks import distance_m, usual_range
from serasi.surveys.queries.findings import ALL
from serasi.surveys.tests.factories import (
    ANGGOTA,
    CILANGKAP,
    DESA,
    ELSEWHERE,
    HASIL,
    NAMA,
    NIK,
    PUAS,
    TELEPON,
    TITIK,
    UMUR,
    enumerator,
    kept,
    running,
)

pytestmark = pytest.mark.django_db

SOMEONE_NIK = "3175104507850003"
NAMES = ("Karsih", "Darmi Astuti", "Wagiyem Lestari", "Sutarno", "Ponirah", "Tukijan", "Marsudi", "Legiman", "Ngatinah")


def found(survey: Survey, reader: User, *kinds: Check) -> list[Finding]:
    """Checked now, decided or not; the latest interview first."""
    surveys.check_survey(survey=survey, by=reader, at=now())
    with as_user(reader):
        rows = list(findings_in(survey, reader, decided=ALL))
        return [each for each in rows if not kinds or each.kind in kinds]


def households(survey: Survey, by: User, each: Sequence[dict[str, Any]], **facts: Any) -> list[Any]:
    """So many interviews one after another, each of somebody else."""
    return [
        kept(survey, by, {NAMA: NAMES[number], UMUR: str(20 + 5 * number)} | answers, **facts)
        for number, answers in enumerate(each)
    ]


@pytest.fixture
def yuni(world: World) -> User:
    return enumerator(world, "Yuni Pendata")


def test_nothing_is_found_among_ordinary_interviews(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    households(survey, yuni, [{TITIK: f"-6.32{number} 106.90{number} 0 5"} for number in range(8)])

    assert found(survey, world.owner) == []


def test_the_same_nik_is_found_however_it_is_typed(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    first, second, _third = households(survey, yuni, [{NIK: SOMEONE_NIK}, {NIK: "3175 1045 0785 0003"}, {}])

    [one] = found(survey, world.owner, Check.SAME_NIK)

    assert (one.interview, one.others, one.facts["values"]) == (second, [first.pk], [SOMEONE_NIK])


def test_the_same_phone_is_found_however_it_is_written(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    first, second = households(survey, yuni, [{TELEPON: "0812-3456-7890"}, {TELEPON: "+62 812 3456 7890"}])

    assert [(one.interview, one.others) for one in found(survey, world.owner, Check.SAME_PHONE)] == [
        (second, [first.pk])
    ]


def test_the_same_name_however_spelt_and_age_in_one_village_is_found(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    first, second, _older, _elsewhere = households(
        survey,
        yuni,
        [
            {NAMA: "Soekarni Djaya", UMUR: "45"},
            {NAMA: "Sukarni Jaya", UMUR: "46"},
            {NAMA: "Sukarni Jaya", UMUR: "70"},
            {NAMA: "Sukarni Jaya", UMUR: "45", DESA: CILANGKAP},
        ],
    )

    found_ones = found(survey, world.owner, Check.SAME_PERSON)

    assert [(one.interview, one.others) for one in found_ones] == [(second, [first.pk])]


def test_a_number_far_from_the_others_is_shown_with_the_usual(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    incomes = ["40000", "45000", "50000", "42000", "55000", "48000", "60000", "4500000"]
    *_rest, strange = households(survey, yuni, [{HASIL: income} for income in incomes])

    [one] = found(survey, world.owner, Check.OUTLIER)
    low, high = one.facts["usual"]

    assert (one.interview, one.about, one.facts["values"]) == (strange, HASIL, [4500000.0])
    assert 10_000 < low < 40_000
    assert 60_000 < high < 300_000


def test_too_fast_is_against_the_usual_time_and_the_number_of_answers(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    households(survey, yuni, [{}] * 8, minutes=30)
    fast = kept(survey, yuni, {NAMA: "Tergesa"}, minutes=4)

    [one] = found(survey, world.owner, Check.TOO_FAST)

    assert (one.interview, one.facts["seconds"], one.facts["usual"]) == (fast, 240.0, 1800.0)


def test_a_point_far_from_the_others_of_its_village_is_found(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    points = [f"-6.32{number} 106.90{number} 0 5" for number in range(5)]
    *_rest, far = households(survey, yuni, [{TITIK: point} for point in [*points, "-6.60 106.80 0 5"]])

    [one] = found(survey, world.owner, Check.FAR_AWAY)

    assert one.interview == far
    assert 30_000 < one.facts["metres"] < 40_000


def test_a_village_outside_the_area_is_found(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    _inside, outside = households(survey, yuni, [{}, {DESA: ELSEWHERE}])

    assert [(one.interview, one.about) for one in found(survey, world.owner, Check.OUTSIDE_AREA)] == [
        (outside, "village")
    ]


def test_many_interviews_at_one_place_by_one_enumerator_are_found_together(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    *others, latest = households(survey, yuni, [{TITIK: f"-6.32000{number} 106.900001 0 5"} for number in range(5)])

    [one] = found(survey, world.owner, Check.SAME_PLACE)

    assert (one.interview, one.others, one.facts["count"]) == (latest, [each.pk for each in others], 5)


def test_a_missing_point_and_many_unknowns_and_blanks_are_found(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    one = kept(survey, yuni, {NAMA: "", PUAS: "tidak_tahu"})

    kinds = {each.kind for each in found(survey, world.owner) if each.interview == one}

    assert kinds == {Check.NO_POINT, Check.INCOMPLETE}


def test_members_of_a_household_told_twice_are_found(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    members = "<anggota><nama>Budi</nama><umur>7</umur></anggota><anggota><nama>Wati</nama><umur>4</umur></anggota>"
    first, second = households(survey, yuni, [{ANGGOTA: members}, {ANGGOTA: members}])

    [one] = found(survey, world.owner, Check.SAME_PERSON)

    assert (one.interview, one.others, one.facts["names"]) == (second, [first.pk], ["Budi", "Wati"])


def test_what_was_decided_stays_with_the_finding(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    one = kept(survey, yuni)
    surveys.decide_finding(
        id=uuid7(),
        interview=one,
        kind=Check.NO_POINT,
        about="",
        outcome="fine",
        reason="Di kolong jembatan",
        by=world.supervisor,
        at=now(),
    )

    [finding] = found(survey, world.owner, Check.NO_POINT)

    with as_user(world.owner):
        [one_judged] = judged([finding])
    assert one_judged.verdict is not None
    assert one_judged.verdict.reason == "Di kolong jembatan"


def test_distance_and_usual_range() -> None:
    assert round(distance_m((-6.2, 106.8), (-6.2, 106.9))) == 11054
    assert usual_range([1, 2, 3]) is None
    assert usual_range([5] * 20) is None
