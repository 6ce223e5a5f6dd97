"""What is derived from interviews: written with each of them, worked out again by the clock, rebuilt whole.

Readings and tallies are written in the transaction that keeps, replaces or voids an interview, so they are always
right. Findings depend on all the interviews there are: what has come since is marked as not checked, and a job works
them out for the whole survey (`tasks`).
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Q

from serasi.access.models import User
from serasi.access.operations import acting, operation, require
from serasi.common.identifiers import uuid7
from serasi.surveys.answers import Answers, read_answers
from serasi.surveys.kept import Count
from serasi.surveys.models import READER, Finding, Interview, Reading, Survey, Tally
from serasi.surveys.people import number_of_people
from serasi.surveys.permissions import JUDGE
from serasi.surveys.queries.checks import Found, findings_of, held_in
from serasi.surveys.questionnaire import questionnaire_of

AT_ONCE: Final = 500
"""Interviews that are held in memory while a survey is read anew."""


def read_in(interview: Interview) -> None:
    """Part of keeping an interview: it is read, and counted; the one it replaces counts no longer."""
    _meanwhile(interview.survey_id)
    answers = _answers(interview)
    Reading.objects.create(**_reading(interview, answers))
    _count(interview, answers, 1)
    if interview.replaces is not None:
        take_out(interview.replaces)


def take_out(interview: Interview) -> None:
    """Part of an act after which an interview no longer stands: it is not counted, and nothing is found about it."""
    _meanwhile(interview.survey_id)
    _count(interview, _answers(interview), -1)
    Finding.objects.filter(interview=interview).delete()
    Reading.objects.filter(interview=interview).update(checked_at=None)


def bring_back(interview: Interview) -> None:
    """Part of an act after which an interview stands again, since what replaced it was voided."""
    _meanwhile(interview.survey_id)
    _count(interview, _answers(interview), 1)
    Reading.objects.filter(interview=interview).update(checked_at=None)


@operation(JUDGE)
def check_survey(*, survey: Survey, by: User, at: datetime) -> int:
    """Work out what there is to look at, with everything that stands now; how many findings there are.

    Asked by the clock in the name of the system. What comes meanwhile waits for the next time: exactly the readings
    that were there are marked.
    """
    require(by, JUDGE, on=survey)
    _lock("pg_advisory_xact_lock", "surveys.check", survey.pk)
    waiting = list(Reading.objects.filter(survey=survey, checked_at=None).values_list("pk", flat=True))
    found = {(one.held.id, str(one.kind), one.about): one for one in findings_of(survey, held_in(survey))}
    there = {
        (one.interview_id, one.kind, one.about): one for one in Finding.objects.filter(survey=survey).iterator(2000)
    }
    Finding.objects.filter(pk__in=[one.pk for key, one in there.items() if key not in found]).delete()
    changed = [one for key, one in there.items() if key in found and (one.facts, one.others) != _evidence(found[key])]
    for one in changed:
        one.facts, one.others = _evidence(found[one.interview_id, one.kind, one.about])
    Finding.objects.bulk_update(changed, ["facts", "others"], batch_size=AT_ONCE)
    Finding.objects.bulk_create(
        (_finding(survey, one) for key, one in found.items() if key not in there), batch_size=AT_ONCE
    )
    Reading.objects.filter(pk__in=waiting).update(checked_at=at)
    return len(found)


@operation(JUDGE)
def reread_survey(*, survey: Survey, by: User, at: datetime) -> int:
    """Everything that is derived of a survey, from its interviews alone; how many were read.

    For interviews that were read another way (`READER`) or not at all. Nobody keeps or voids one meanwhile.
    """
    require(by, JUDGE, on=survey)
    _lock("pg_advisory_xact_lock", "surveys.read", survey.pk)
    Finding.objects.filter(survey=survey).delete()
    Tally.objects.filter(survey=survey).delete()
    Reading.objects.filter(survey=survey).delete()
    counts: dict[tuple[Any, ...], Count] = {}
    number = 0
    every = _with_standing(survey)
    while some := list(islice(every, AT_ONCE)):
        readings = []
        for interview, stands in some:
            answers = _answers(interview)
            readings.append(Reading(**_reading(interview, answers)))
            if stands:
                cell = counts.setdefault(_cell(interview), Count())
                cell.add(questionnaire_of(survey.edition_id).count(answers))
        Reading.objects.bulk_create(readings)
        number += len(readings)
    Tally.objects.bulk_create(
        (
            Tally(
                id=uuid7(),
                survey=survey,
                held_on=held_on,
                enumerator_id=enumerator,
                village_id=village,
                interviews=count.interviews,
                answers=count.written,
                known=count.known,
            )
            for (_survey, held_on, enumerator, village), count in counts.items()
        ),
        batch_size=AT_ONCE,
    )
    check_survey(survey=survey, by=by, at=at)
    return number


def check_waiting(*, by: User, at: datetime) -> int:
    """Every survey in which something changed since it was checked, one transaction each; how many."""
    with acting(by, "surveys.check_waiting"):
        waiting = Reading.objects.filter(checked_at=None).order_by().values("survey")
        surveys = list(Survey.objects.filter(pk__in=waiting).select_related("unit"))
    for survey in surveys:
        check_survey(survey=survey, by=by, at=at)
    return len(surveys)


def reread_outdated(*, by: User, at: datetime) -> int:
    """Every survey with interviews that were read another way or not at all; how many."""
    with acting(by, "surveys.reread_outdated"):
        outdated = Interview.objects.filter(Q(reading=None) | ~Q(reading__reader=READER)).order_by().values("survey")
        surveys = list(Survey.objects.filter(pk__in=outdated).select_related("unit"))
    for survey in surveys:
        reread_survey(survey=survey, by=by, at=at)
    return len(surveys)


def _answers(interview: Interview) -> Answers:
    return read_answers(questionnaire_of(interview.edition_id).form, interview.instance)


def _reading(interview: Interview, answers: Answers) -> dict[str, Any]:
    questionnaire = questionnaire_of(interview.edition_id)
    return {
        "id": uuid7(),
        "interview": interview,
        "survey_id": interview.survey_id,
        "enumerator_id": interview.enumerator_id,
        "traits": questionnaire.traits(answers).written,
        "people": number_of_people(questionnaire, answers),
        "written": questionnaire.written(answers),
        "place": questionnaire.place(answers),
    }


def _count(interview: Interview, answers: Answers, times: int) -> None:
    """Into the tally of its enumerator, village and day, or out of it; nobody else changes that one meanwhile."""
    survey, held_on, enumerator, village = _cell(interview)
    cell = {"survey_id": survey, "held_on": held_on, "enumerator_id": enumerator, "village_id": village}
    Tally.objects.bulk_create([Tally(id=uuid7(), **cell)], ignore_conflicts=True)
    tally = Tally.objects.select_for_update(no_key=True).get(**cell)
    count = tally.count
    count.add(questionnaire_of(interview.survey.edition_id).count(answers), times)
    tally.interviews, tally.answers, tally.known = count.interviews, count.written, count.known
    tally.save(update_fields=["interviews", "answers", "known"])


def _cell(interview: Interview) -> tuple[Any, ...]:
    return interview.survey_id, interview.held_on, interview.enumerator_id, interview.village_id


def _with_standing(survey: Survey) -> Iterator[tuple[Interview, bool]]:
    standing = set(Interview.objects.standing().filter(survey=survey).values_list("pk", flat=True))
    for interview in Interview.objects.filter(survey=survey).order_by("pk").iterator(AT_ONCE):
        interview.survey = survey
        yield interview, interview.pk in standing


def _evidence(found: Found) -> tuple[dict[str, Any], list[UUID]]:
    return dict(found.facts), list(found.others)


def _finding(survey: Survey, found: Found) -> Finding:
    facts, others = _evidence(found)
    return Finding(
        id=uuid7(),
        survey=survey,
        interview_id=found.held.id,
        enumerator_id=found.held.enumerator_id,
        village_id=found.held.village_id,
        started_at=found.held.started_at,
        kind=found.kind,
        about=found.about,
        facts=facts,
        others=others,
    )


def _meanwhile(survey_id: UUID) -> None:
    """Nobody rebuilds what is derived of this survey until the transaction ends; others may keep interviews."""
    _lock("pg_advisory_xact_lock_shared", "surveys.read", survey_id)


def _lock(how: str, name: str, survey_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {how}(hashtextextended(%s, 0))", [f"{name}{survey_id}"])
