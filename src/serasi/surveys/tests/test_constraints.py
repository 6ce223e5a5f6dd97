"""What the database itself refuses, whoever writes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from serasi.access.models import User
from serasi.access.operations import acting
from serasi.cases.tests.factories import World, make_person, now
from serasi.surveys.models import (
    Draft,
    DraftFile,
    Enumerator,
    Finding,
    Interview,
    InterviewFile,
    Reading,
    Release,
    Settled,
    Survey,
    Tally,
    Target,
    Verdict,
)
from serasi.surveys.tests.factories import CIPAYUNG, enumerator, kept, running

pytestmark = pytest.mark.django_db


@pytest.fixture
def yuni(world: World) -> User:
    return enumerator(world, "Yuni Pendata")


def refuses(name: str, write: Callable[[], Any]) -> bool:
    with (
        acting(User.objects.system(), "test.write"),
        pytest.raises(IntegrityError, match=name),
        transaction.atomic(),
    ):
        write()
    return True


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("surveys_survey_says_what_for", {"name": ""}),
        ("surveys_survey_says_what_for", {"purpose": ""}),
        ("surveys_days_are_in_order", {"ends_on": "2001-01-01"}),
        ("surveys_opening_is_whole", {"opened_by": None}),
        ("surveys_only_opened_is_closed", {"closed_at": "2001-01-01T00:00Z"}),
        ("surveys_running_is_not_archived", {"archived_at": "2040-01-01T00:00Z"}),
    ],
)
def test_a_survey_that_cannot_be(world: World, yuni: User, name: str, changes: dict[str, Any]) -> None:
    survey = running(world, yuni)
    if "closed_at" in changes:
        changes = changes | {"closed_by": world.owner}
    if "archived_at" in changes:
        changes = changes | {"archived_by": world.owner}

    assert refuses(name, lambda: Survey.objects.filter(pk=survey.pk).update(**changes))


def test_an_enumerator_is_named_once_at_a_time(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    facts: dict[str, Any] = {"survey": survey, "user": yuni, "added_by": world.owner, "added_at": now()}
    begins_on = survey.begins_on

    assert refuses(
        "surveys_enumerator_is_named_once",
        lambda: Enumerator.objects.create(period=DateRange(begins_on + timedelta(days=1), None), **facts),
    )
    assert refuses(
        "surveys_enumerator_has_a_start", lambda: Enumerator.objects.create(period=DateRange(None, begins_on), **facts)
    )


def test_a_village_has_one_target_of_at_least_one(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    with acting(User.objects.system(), "test.write"):
        Target.objects.create(survey=survey, village_id=CIPAYUNG, interviews=1)

    def target(wanted: int) -> Callable[[], Target]:
        return lambda: Target.objects.create(survey=survey, village_id=CIPAYUNG, interviews=wanted)

    assert refuses("surveys_village_has_one_target", target(2))
    assert refuses("surveys_target_is_at_least_one", target(0))


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("surveys_voiding_says_why", {"voided_at": "2040-01-01T00:00Z"}),
        ("surveys_interview_ends_after_it_starts", {"ended_at": "2001-01-01T00:00Z"}),
        ("surveys_point_is_on_earth", {"latitude": 91.0, "longitude": 0.0}),
        ("surveys_interview_replaces_another", {}),
    ],
)
def test_an_interview_that_cannot_be(world: World, yuni: User, name: str, changes: dict[str, Any]) -> None:
    one = kept(running(world, yuni), yuni)
    facts = {field.attname: getattr(one, field.attname) for field in Interview._meta.fields if field.name != "id"}
    copy = Interview(**facts | changes)
    if not changes:
        copy.replaces_id = copy.pk

    assert refuses(name, lambda: copy.save(force_insert=True))


def test_an_interview_that_arrived_never_changes(world: World, yuni: User) -> None:
    one = kept(running(world, yuni), yuni)
    mine = Interview.objects.filter(pk=one.pk)

    assert refuses("an interview never changes", lambda: mine.update(village=None))
    assert refuses("an interview never changes", lambda: mine._raw_delete(mine.db))


def test_what_hangs_on_an_interview_is_there_once(world: World, yuni: User) -> None:
    survey = running(world, yuni)
    one, person, at = kept(survey, yuni), make_person(world), now()
    draft = Draft(survey=survey, edition=survey.edition, enumerator=yuni, started_at=at, saved_at=at)

    def file() -> InterviewFile:
        return InterviewFile.objects.create(
            interview=one, name="a.jpg", file="x", media_type="image/jpeg", size=1, arrived_at=at
        )

    def draft_file() -> DraftFile:
        return DraftFile.objects.create(draft=draft, name="a.jpg", content="x", media_type="image/jpeg")

    def verdict(reason: str = "Benar") -> Verdict:
        return Verdict.objects.create(
            interview=one, kind="no_point", outcome="fine", reason=reason, decided_by=world.head, decided_at=at
        )

    def settled() -> Settled:
        return Settled.objects.create(
            interview=one, place=0, person=person, is_new=True, settled_by=world.owner, settled_at=at
        )

    def release() -> Release:
        return Release.objects.create(
            survey=survey, purpose="", level=2, rows=1, unique_rows=0, taken_by=world.owner, taken_at=at
        )

    def reading() -> Reading:
        return Reading.objects.create(interview=one, survey=survey, enumerator=yuni, traits={}, people=0, written=[])

    def tally() -> Tally:
        return Tally.objects.create(survey=survey, enumerator=yuni, held_on=one.held_on, village=one.village)

    def finding() -> Finding:
        return Finding.objects.create(
            survey=survey, interview=one, enumerator=yuni, started_at=at, kind="no_point", about=""
        )

    assert refuses("surveys_verdict_says_why", lambda: verdict(""))
    assert refuses("surveys_reading_interview_id", reading)
    assert refuses("surveys_one_tally_each", tally)
    assert refuses("surveys_release_says_what_for", release)
    with acting(User.objects.system(), "test.write"):
        draft.save(force_insert=True)
        for write in (file, draft_file, verdict, settled, finding):
            write()
    assert refuses("surveys_one_finding_each", finding)
    assert refuses("surveys_file_is_named_once", file)
    assert refuses("surveys_draft_file_is_named_once", draft_file)
    assert refuses("surveys_finding_is_decided_once", verdict)
    assert refuses("surveys_row_is_settled_once", settled)
