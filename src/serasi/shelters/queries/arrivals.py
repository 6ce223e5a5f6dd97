"""Who came, as lists need it: arrivals with their standing, and the outcome of each."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from serasi.access.models import User
from serasi.shelters.models import Arrival, Gathering, Outcome


def arrivals_of(gathering: Gathering, reader: User, *, words: str = "", only: str = "") -> "QuerySet[Any]":
    """Families together; narrowed to a number or a part of the name that was said."""
    found = Arrival.objects.visible_to(reader).filter(gathering=gathering).with_standing().select_related("person")
    if words.strip("# ").isdigit():
        number = int(words.strip("# ")[:9])
        found = found.filter(Q(tag=number) | Q(group_tag=number))
    elif words:
        found = found.filter(name__icontains=words)
    return found.shown(only).in_order()


def outcomes_of(arrivals: Sequence[Arrival]) -> Mapping[UUID, Outcome]:
    """The standing outcome of each, by arrival. One query."""
    standing = Outcome.objects.standing().filter(arrival__in=[arrival.pk for arrival in arrivals])
    return {outcome.arrival_id: outcome for outcome in standing.select_related("to_unit")}


def latest_tag(gathering: Gathering, ranges: Sequence[tuple[int, int]]) -> int:
    """The highest number given out of these ranges; 0 where none is."""
    within = Q(pk__in=[])
    for first, last in ranges:
        within |= Q(tag__range=(first, last))
    found: int | None = Arrival.objects.filter(within, gathering=gathering).aggregate(latest=Max("tag"))["latest"]
    return found or 0
