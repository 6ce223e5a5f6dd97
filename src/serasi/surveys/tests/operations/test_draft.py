"""An interview typed on line: what is typed and taken along, what a correction begins with, what is refused."""

from datetime import timedelta

import pytest

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused
from serasi.assessments.operations import Unanswered
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.common.tests.test_images import photo
from serasi.surveys import operations as surveys
from serasi.surveys.models import Draft, Interview, InterviewFile, Survey
from serasi.surveys.operations import Entry
from serasi.surveys.tests.factories import CIPAYUNG, DESA, FOTO, NAMA, UMUR, enumerator, kept, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def yuni(world: World) -> User:
    return enumerator(world, "Yuni Pendata")


def begun(survey: Survey, by: User, **facts: Interview | None) -> Draft:
    return surveys.begin_interview(id=uuid7(), survey=survey, by=by, at=now(), **facts)


def type_in(draft: Draft, by: User, **answers: str) -> list[tuple[Entry, str]]:
    paths = {"nama": NAMA, "umur": UMUR, "desa": DESA, "foto": FOTO}
    typed = [Entry(uuid7(), paths[name], value) for name, value in answers.items()]
    return surveys.keep_typed(draft=draft, typed=typed, by=by, at=now())


def test_a_photo_goes_along_with_what_was_typed(world: World, yuni: User) -> None:
    draft = begun(running(world, yuni), yuni)
    taken = uuid7()
    for _again in range(2):
        file = surveys.keep_draft_file(id=taken, draft=draft, path=FOTO, content=photo(), by=yuni, at=now())
    type_in(draft, yuni, nama="Karsih", desa=CIPAYUNG, foto=file.name)

    one = surveys.finish_interview(draft=draft, by=yuni, at=now())

    assert surveys.finish_interview(draft=draft, by=yuni, at=now()) == one
    with as_user(yuni):
        assert [each.name for each in InterviewFile.objects.filter(interview=one)] == [file.name]
        assert not Draft.objects.exists()
    assert one.village_id == CIPAYUNG


def test_what_is_missing_is_named_and_nothing_is_sent(world: World, yuni: User) -> None:
    draft = begun(running(world, yuni), yuni)
    type_in(draft, yuni, umur="41")

    with pytest.raises(Unanswered) as refused:
        surveys.finish_interview(draft=draft, by=yuni, at=now())

    assert [each.path for each in refused.value.problems] == [NAMA]
    with as_user(yuni):
        assert Draft.objects.count() == 1
        assert not Interview.objects.exists()


def test_a_correction_begins_with_what_was_said_and_keeps_its_day(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    first = kept(survey, yuni, {UMUR: "41"}, started_at=now() - timedelta(days=3), minutes=20)

    draft = begun(survey, yuni, replaces=first)
    type_in(draft, yuni, umur="42")
    second = surveys.finish_interview(draft=draft, by=yuni, at=now())

    assert (second.held_on, second.took, second.replaces) == (first.held_on, first.took, first)
    assert "<umur>42</umur>" in second.instance
    assert "Karsih" in second.instance


def test_nobody_types_in_what_another_began(world: World, yuni: User) -> None:
    survey = running(world, yuni, world.owner)
    draft = begun(survey, yuni)

    with pytest.raises((NotAllowed, Refused)):
        type_in(draft, world.owner, nama="Karsih")


def test_nothing_begins_in_a_survey_that_does_not_run(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    surveys.close_survey(survey=survey, by=world.owner, at=now())

    with pytest.raises(surveys.NotTaken):
        begun(survey, yuni)


def test_what_has_no_place_in_the_form_is_told_and_keeps_nothing_back(world: World, yuni: User) -> None:
    draft = begun(running(world, yuni), yuni)
    bad = Entry(uuid7(), "/data/diri/tidak_ada", "x")
    good = Entry(uuid7(), NAMA, "Karsih")

    refused = surveys.keep_typed(draft=draft, typed=[bad, good], by=yuni, at=now())

    assert [one for one, _why in refused] == [bad]
    with as_user(yuni):
        assert Draft.objects.get().answers == {NAMA: "Karsih"}
