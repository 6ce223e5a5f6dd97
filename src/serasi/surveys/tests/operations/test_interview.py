"""Interviews arrive: once, from whom and when they may, with their files, corrected by another."""

from datetime import timedelta

import pytest

from serasi.access.operations import NotAllowed, Refused
from serasi.assessments.operations import AnotherUnderThisId, SentFile
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.common.tests.test_images import photo
from serasi.surveys import operations as surveys
from serasi.surveys import queries
from serasi.surveys.models import Interview, InterviewFile
from serasi.surveys.operations import NotAnEnumerator, NotTaken
from serasi.surveys.tests.factories import (
    ANSWERS,
    CIPAYUNG,
    FOTO,
    HASIL,
    NAMA,
    TITIK,
    UMUR,
    added,
    enumerator,
    instance_of,
    kept,
    planned,
    running,
)

pytestmark = pytest.mark.django_db

PHOTO = photo()


def test_what_a_phone_sends_becomes_an_interview(world: World) -> None:
    yuni = enumerator(world, "Yuni Pendata")
    survey = running(world, yuni)
    began = now() - timedelta(hours=3)

    one = kept(survey, yuni, {TITIK: "-6.3201 106.9002 30 8"}, started_at=began, minutes=25)

    assert (one.village_id, one.enumerator, one.held_on) == (CIPAYUNG, yuni, world.panti.day_at(began))
    assert (one.latitude, one.longitude, one.accuracy) == (-6.3201, 106.9002, 8.0)
    assert one.took == timedelta(minutes=25)
    assert one.problems == []


def test_the_same_again_is_the_same_interview_and_adds_its_files(world: World) -> None:
    yuni = enumerator(world, "Yuni Pendata")
    survey = running(world, yuni)
    wanted, taken = uuid7(), SentFile("rumah.jpg", "image/jpeg", PHOTO)
    instance = instance_of(survey, ANSWERS | {FOTO: "rumah.jpg"})

    def send(*files: SentFile) -> Interview:
        return surveys.keep_interview(
            id=wanted, survey=survey, edition=survey.edition, instance=instance, files=files, by=yuni, at=now()
        )

    assert send() == send(taken) == send(taken)
    with as_user(yuni):
        assert Interview.objects.count() == 1
        assert [file.name for file in InterviewFile.objects.all()] == ["rumah.jpg"]


def test_another_content_under_the_same_id_is_refused(world: World) -> None:
    yuni = enumerator(world, "Yuni Pendata")
    survey = running(world, yuni)
    one = kept(survey, yuni)

    with pytest.raises(AnotherUnderThisId):
        kept(survey, yuni, {HASIL: "90000"}, id=one.pk)


def test_who_is_no_enumerator_of_it_sends_nothing(world: World) -> None:
    yuni, budi = enumerator(world, "Yuni Pendata"), enumerator(world, "Budi Pendata")
    survey = running(world, yuni)

    with pytest.raises(NotAnEnumerator):
        kept(survey, budi)
    with pytest.raises(NotAllowed):
        kept(survey, world.officer)


def test_what_was_held_before_someone_was_taken_off_still_arrives(world: World) -> None:
    yuni = enumerator(world, "Yuni Pendata")
    survey = running(world, yuni)
    today = world.panti.day_at(now())
    surveys.remove_enumerator(
        enumerator=survey.enumerators.get(), last_day=today - timedelta(days=2), by=world.owner, at=now()
    )

    assert kept(survey, yuni, started_at=now() - timedelta(days=3)).held_on == today - timedelta(days=3)
    with pytest.raises(NotAnEnumerator):
        kept(survey, yuni)


def test_a_survey_that_closed_takes_what_began_before(world: World) -> None:
    yuni = enumerator(world, "Yuni Pendata")
    survey = running(world, yuni)
    closed_at = now() - timedelta(hours=5)
    surveys.close_survey(survey=survey, by=world.owner, at=closed_at)

    assert kept(survey, yuni, started_at=closed_at - timedelta(minutes=10)).held_on
    with pytest.raises(NotTaken):
        kept(survey, yuni, started_at=closed_at + timedelta(minutes=10))


def test_nobody_interviews_before_it_is_opened(world: World) -> None:
    yuni = enumerator(world, "Yuni Pendata")
    survey = planned(world)
    added(world, survey, yuni)

    with pytest.raises(NotTaken):
        kept(survey, yuni)


@pytest.mark.parametrize("days", [2, -400])
def test_a_clock_that_is_wrong_moves_the_interview_to_when_it_arrived(world: World, days: int) -> None:
    yuni = enumerator(world, "Yuni Pendata")
    survey = running(world, yuni)

    one = kept(survey, yuni, started_at=now() + timedelta(days=days), minutes=20)

    assert one.held_on in {world.panti.day_at(now()), world.panti.day_at(now() - timedelta(minutes=20))}
    assert one.took == timedelta(minutes=20)


def test_a_form_with_guarded_parts_is_no_survey(world: World) -> None:
    edition = planned(world).edition
    edition.sections = [{"name": "diri", "title": "Diri", "raters": [], "tags": ["hiv"]}]

    with pytest.raises(surveys.GuardedForm):
        planned(world, name="Lain", edition=edition)


def test_what_is_missing_or_does_not_fit_is_kept_beside_it(world: World) -> None:
    yuni = enumerator(world, "Yuni Pendata")
    survey = running(world, yuni)

    one = kept(survey, yuni, {NAMA: "", UMUR: "400"})

    assert [each["path"] for each in one.problems] == [NAMA, UMUR]


def test_a_correction_replaces_what_was_said_before(world: World) -> None:
    yuni = enumerator(world, "Yuni Pendata")
    survey = running(world, yuni)
    first = kept(survey, yuni)

    second = kept(survey, yuni, {UMUR: "42"}, replaces=first)

    with as_user(world.owner):
        assert list(Interview.objects.visible_to(world.owner).standing()) == [second]
    with pytest.raises(Refused):
        kept(survey, yuni, {UMUR: "43"}, replaces=first)


def test_one_that_was_voided_counts_no_longer_and_stays_readable(world: World) -> None:
    yuni = enumerator(world, "Yuni Pendata")
    survey = running(world, yuni)
    one = kept(survey, yuni)

    with pytest.raises(NotAllowed):
        surveys.void_interview(interview=one, reason="Bukan pemulung", by=yuni, at=now())
    surveys.void_interview(interview=one, reason="Bukan pemulung", by=world.supervisor, at=now())

    with as_user(world.owner):
        assert list(Interview.objects.standing()) == []
        assert Interview.objects.get().void_reason == "Bukan pemulung"


def test_each_sees_their_own_interviews_and_the_unit_sees_all(world: World) -> None:
    yuni, budi = enumerator(world, "Yuni Pendata"), enumerator(world, "Budi Pendata")
    survey = running(world, yuni, budi)
    hers, his = kept(survey, yuni), kept(survey, budi)

    seen = {}
    for user in (yuni, budi, world.owner, world.outsider, world.officer):
        with as_user(user):
            by_django = set(Interview.objects.visible_to(user))
            assert set(Interview.objects.all()) == by_django
            seen[user] = by_django

    assert seen == {yuni: {hers}, budi: {his}, world.owner: {hers, his}, world.outsider: set(), world.officer: set()}


def test_somebody_interviews_for_what_runs_today(world: World) -> None:
    yuni = enumerator(world, "Yuni Pendata")
    survey = running(world, yuni)
    planned(world, name="Belum dibuka", edition=survey.edition)

    with as_user(yuni):
        assert list(queries.surveys_of(yuni)) == [survey]
    with as_user(world.owner):
        assert list(queries.surveys_of(world.owner)) == []
