"""Finding cases."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from serasi.access.models import User
from serasi.cases.enums import Confidentiality
from serasi.cases.models import Case
from serasi.cases.queries.header import with_header, with_person
from serasi.people.queries.search import find_people, may_search


def case_list(reader: User, chosen: Mapping[str, Any]) -> QuerySet[Any, Any]:
    """The files this user may open, narrowed by what was chosen; each with what a header needs. Latest first."""
    cases = with_header(Case.objects.visible_to(reader), reader)
    if chosen.get("mine"):
        cases = cases.filter(is_reader_on_team=True)
    match chosen.get("state"):
        case "open":
            cases = cases.filter(closed_at=None)
        case "closed":
            cases = cases.filter(closed_at__isnull=False)
        case "overdue":
            cases = cases.filter(next_on__lt=timezone.localdate())
    if phase := chosen.get("phase"):
        cases = cases.filter(stage__phase=phase, closed_at=None)
    for name in ("cluster", "risk"):
        if value := chosen.get(name):
            cases = cases.filter(**{name: value})
    if text := chosen.get("q"):
        cases = cases.filter(named(reader, text))
    return cases.order_by("-opened_at", "-pk")


def latest_of(reader: User) -> QuerySet[Any, Any]:
    """The open files on whose team the reader is, each `with_person` and its stage. Latest first."""
    mine = Case.objects.of_team_member(reader).open()
    return with_person(mine, reader).select_related("stage").order_by("-opened_at", "-pk")


def named(reader: User, text: str) -> Q:
    """A number or part of it, or a name however spelt; a child in court is found by name by the team alone.

    For cases that were read `with_person`.
    """
    by_number = Q(number__icontains=text.replace(" ", ""))
    if may_search(reader):
        found = [found.person.pk for found in find_people(by=reader, text=text) if found.person]
        by_name = Q(person__in=found)
    else:
        by_name = Q(person__full_name__icontains=text)
    return by_number | by_name & (~Q(confidentiality=Confidentiality.SPPA) | Q(is_reader_on_team=True))
