"""What is kept beside interviews equals what they come to when they are read again, whatever happened to them."""

from collections import Counter
from statistics import quantiles
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.surveys import operations as surveys
from serasi.surveys.kept import Count
from serasi.surveys.models import READER, Finding, Interview, Reading, Survey, Tally
from serasi.surveys.operations import check_waiting, reread_outdated
from serasi.surveys.queries import checked, counted_in, interviews_of, read_all
from serasi.surveys.queries.checks import Held, findings_of
from serasi.surveys.queries.results import quartiles_of
from serasi.surveys.questionnaire import questionnaire_of
from serasi.surveys.tests.factories import (
    ANGGOTA,
    BANTUAN,
    CILANGKAP,
    CIPAYUNG,
    DESA,
    ELSEWHERE,
    HASIL,
    KELAMIN,
    NAMA,
    NIK,
    PUAS,
    TITIK,
    UMUR,
    enumerator,
    kept,
    running,
)

pytestmark = pytest.mark.django_db

NIKS = ("", "3175104507850003", "3175 1045 0785 0003", "3175104507850009")
NAMES = ("Karsih", "Sukarni Jaya", "Soekarni Djaya", "Darmi Astuti", "")
POINTS = ("", "-6.320001 106.900001 0 5", "-6.320002 106.900002 0 5", "-6.60 106.80 0 5", "48.1 11.5 0 5")
VILLAGES = (CIPAYUNG, CILANGKAP, ELSEWHERE, "")
FAMILIES = ("", "<anggota><nama>Budi</nama><umur>7</umur></anggota><anggota><nama>Wati</nama><umur>4</umur></anggota>")

answers = st.fixed_dictionaries(
    {
        NIK: st.sampled_from(NIKS),
        NAMA: st.sampled_from(NAMES),
        UMUR: st.sampled_from(("40", "41", "90", "")),
        HASIL: st.sampled_from(("40000", "45000", "52000", "4500000", "")),
        KELAMIN: st.sampled_from(("L", "P", "")),
        BANTUAN: st.sampled_from(("pkh sembako", "pkh", "tidak_ada", "")),
        PUAS: st.sampled_from(("ya", "tidak_tahu", "")),
        TITIK: st.sampled_from(POINTS),
        DESA: st.sampled_from(VILLAGES),
        ANGGOTA: st.sampled_from(FAMILIES),
    }
)
arrivals = st.tuples(st.just("arrive"), st.integers(0, 1), answers, st.sampled_from((2, 25, 30, 31)))
acts = st.one_of(
    arrivals,
    st.tuples(st.just("correct"), st.integers(0, 20), answers, st.just(25)),
    st.tuples(st.just("void"), st.integers(0, 20), st.none(), st.none()),
    st.tuples(st.just("again"), st.integers(0, 20), st.none(), st.none()),
    st.tuples(st.just("check"), st.none(), st.none(), st.none()),
)


def happens(world: World, survey: Survey, users: tuple[User, User], act: Any) -> None:
    """One act of a history; what cannot be done is refused and changes nothing."""
    what, which, said, minutes = act
    if what == "arrive":
        kept(survey, users[which], said, minutes=minutes)
        return
    if what == "check":
        surveys.check_survey(survey=survey, by=world.supervisor, at=now())
        return
    with as_user(world.supervisor):
        interviews = list(Interview.objects.filter(survey=survey).select_related("survey__unit").order_by("pk"))
    if not interviews:
        return
    one = interviews[which % len(interviews)]
    try:
        with transaction.atomic():
            if what == "correct":
                user = next(user for user in users if user.pk == one.enumerator_id)
                kept(survey, user, said, minutes=minutes, replaces=one)
            elif what == "void":
                surveys.void_interview(interview=one, reason="Uji", by=world.supervisor, at=now())
            else:
                decided = {"kind": "no_point", "about": "", "outcome": "void", "reason": "Uji"}
                surveys.decide_finding(id=uuid7(), interview=one, by=world.supervisor, at=now(), **decided)
    except Refused:
        pass


def plainly(world: World, survey: Survey) -> tuple[Any, Any]:
    """Findings and counts from the answers of every interview that stands, read again."""
    with as_user(world.supervisor):
        told = read_all(interviews_of(survey, world.supervisor))
        held = [
            Held(
                one.interview.pk,
                one.interview.enumerator_id,
                one.interview.village_id,
                one.interview.started_at,
                one.interview.took.total_seconds() if one.interview.took else None,
                one.interview.point,
                one.interview.problems,
                questionnaire_of(one.interview.edition_id).traits(one.answers),
            )
            for one in told
        ]
        counts = Count()
        for one in told:
            counts.add(questionnaire_of(survey.edition_id).count(one.answers))
    found = {
        (one.held.id, str(one.kind), one.about): (dict(one.facts), list(one.others))
        for one in findings_of(survey, held)
    }
    return found, counts


def as_kept(world: World, survey: Survey) -> tuple[Any, Any]:
    with as_user(world.supervisor):
        rows = Finding.objects.visible_to(world.supervisor).filter(survey=survey)
        found = {(one.interview_id, one.kind, one.about): (one.facts, one.others) for one in rows}
        counts = Count()
        for tally in Tally.objects.visible_to(world.supervisor).filter(survey=survey):
            counts.add(tally.count)
    return found, counts


def without_nones(found: dict[Any, Any]) -> dict[Any, Any]:
    """As JSON has it: a tuple is a list."""
    return {
        key: ({name: list(value) if isinstance(value, tuple) else value for name, value in facts.items()}, others)
        for key, (facts, others) in found.items()
    }


@pytest.mark.slow
def test_after_any_history_what_is_kept_is_what_the_interviews_come_to(world: World) -> None:
    users = (enumerator(world, "Yuni Pendata"), enumerator(world, "Budi Pendata"))
    survey = running(world, *users)
    seen = Counter[str]()

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(begins=st.lists(arrivals, min_size=9, max_size=14), history=st.lists(acts, max_size=12))
    def once(begins: list[Any], history: list[Any]) -> None:
        with transaction.atomic():
            for act in [*begins, *history]:
                happens(world, survey, users, act)
            plain_findings, plain_counts = plainly(world, survey)
            assert as_kept(world, survey)[1] == plain_counts
            surveys.check_survey(survey=survey, by=world.supervisor, at=now())
            found, counts = as_kept(world, survey)
            assert found == without_nones(plain_findings)
            surveys.reread_survey(survey=survey, by=User.objects.system(), at=now())
            assert as_kept(world, survey) == (found, counts)
            seen.update(kind for _pk, kind, _about in found)
            transaction.set_rollback(True)

    once()

    assert len(seen) >= 8


def test_a_finding_goes_with_its_interview_and_comes_back_with_it(world: World) -> None:
    yuni = enumerator(world, "Yuni Pendata")
    survey = running(world, yuni)
    first = kept(survey, yuni)
    surveys.check_survey(survey=survey, by=world.supervisor, at=now())
    correction = kept(survey, yuni, {TITIK: POINTS[1]}, replaces=first)

    def kinds() -> list[str]:
        with as_user(world.supervisor):
            return list(Finding.objects.filter(interview=first).values_list("kind", flat=True))

    assert kinds() == []
    surveys.void_interview(interview=correction, reason="Keliru", by=world.supervisor, at=now())
    surveys.check_survey(survey=survey, by=world.supervisor, at=now())
    assert kinds() == ["no_point"]
    with as_user(world.supervisor):
        assert counted_in(survey, world.supervisor).interviews == 1


def test_the_clock_checks_what_came_since_and_nothing_else(world: World) -> None:
    yuni = enumerator(world, "Yuni Pendata")
    survey = running(world, yuni)
    kept(survey, yuni)

    def waiting() -> int:
        with as_user(world.supervisor):
            return checked(survey).waiting

    assert waiting() == 1
    assert check_waiting(by=User.objects.system(), at=now()) == 1
    assert waiting() == 0
    assert check_waiting(by=User.objects.system(), at=now()) == 0


def test_what_was_read_another_way_is_read_anew(world: World) -> None:
    yuni = enumerator(world, "Yuni Pendata")
    survey = running(world, yuni)
    kept(survey, yuni, {BANTUAN: "pkh"})
    system = User.objects.system()
    assert reread_outdated(by=system, at=now()) == 0
    with as_user(system):
        Reading.objects.update(reader=READER - 1, traits={})
        Tally.objects.all().delete()

    assert reread_outdated(by=system, at=now()) == 1
    with as_user(world.supervisor):
        assert counted_in(survey, world.supervisor).values[BANTUAN] == {"pkh": 1}
        assert Reading.objects.get().as_traits.answered > 0


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=40))
def test_quartiles_of_counted_numbers_are_those_of_the_numbers(numbers: list[int]) -> None:
    found = quartiles_of({float(number): times for number, times in Counter(numbers).items()})

    assert found is not None
    assert [found.lower, found.middle, found.upper] == pytest.approx(quantiles(numbers, n=4, method="inclusive"))
