"""Interviews with what was answered in them, as one reader may read them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.db.models import Max, QuerySet
from lxml import etree

from serasi.access.models import User
from serasi.assessments.queries import form_of
from serasi.surveys.answers import Answers, read_answers
from serasi.surveys.models import Interview, Reading, Survey
from serasi.xforms.form import Form
from serasi.xforms.safe_xml import child_elements, parse

if TYPE_CHECKING:
    from datetime import datetime

    from serasi.surveys.querysets import InterviewQuerySet

Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True, slots=True)
class Told:
    """One interview and what was answered in it."""

    interview: Interview
    form: Form
    answers: Answers


def narrowed(found: Rows, *, village: str, enumerator: str, since: date | None, until: date | None) -> Rows:
    """Interviews, or their counts, in a place, by somebody, in a time; ``village`` is a code of any level."""
    if village:
        found = found.filter(village__code__startswith=village)
    if enumerator:
        found = found.filter(enumerator=UUID(enumerator))
    if since:
        found = found.filter(held_on__gte=since)
    if until:
        found = found.filter(held_on__lte=until)
    return found


def interviews_of(
    survey: Survey,
    reader: User,
    *,
    village: str = "",
    enumerator: str = "",
    since: date | None = None,
    until: date | None = None,
) -> "InterviewQuerySet":
    """Those that stand, narrowed; ``village`` is a code of any level."""
    standing = Interview.objects.visible_to(reader).standing().filter(survey=survey)
    found = narrowed(standing, village=village, enumerator=enumerator, since=since, until=until)
    return found.select_related("enumerator", "village").order_by("started_at", "id")


def read_one(interview: Interview) -> Told:
    form = form_of(interview.edition_id)
    return Told(interview, form, read_answers(form, interview.instance))


def read_all(interviews: Iterable[Interview]) -> list[Told]:
    """In the order given; of a page of them, never of a survey."""
    return [read_one(interview) for interview in interviews]


def texts_in(told: Told, path: str) -> Iterator[str]:
    """What was written at a question, in a repeat once a row."""
    return (text for row in told.answers.everything if (text := row.get(path, "")))


def choices_of(survey: Survey, reader: User) -> tuple[dict[str, str], dict[str, str]]:
    """By what its interviews may be narrowed: villages and enumerators that have any, each by its key (2 queries)."""
    rows = Interview.objects.visible_to(reader).filter(survey=survey).order_by()
    villages = rows.filter(village__isnull=False).values_list("village", "village__name").distinct()
    users = rows.values_list("enumerator", "enumerator__full_name").distinct()
    return (
        dict(sorted(villages, key=lambda pair: pair[1])),
        {str(key): name for key, name in sorted(users, key=lambda pair: pair[1])},
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """How far the findings of a survey are: when they were worked out last, and what came or went since."""

    at: "datetime | None"
    waiting: int


def checked(survey: Survey) -> Checked:
    """Of a survey all of whose interviews the reader may read (2 queries)."""
    rows = Reading.objects.filter(survey=survey).order_by()
    return Checked(rows.aggregate(at=Max("checked_at"))["at"], rows.filter(checked_at=None).count())


def contents_of(interview: Interview) -> list[str]:
    """The outermost elements of what was answered, as `assessments.queries.chapters_of` takes them."""
    root = parse(interview.instance.encode())
    return [etree.tostring(element, encoding="unicode", with_tail=False) for element in child_elements(root)]
