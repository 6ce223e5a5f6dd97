"""Patterns: how many incidents of which kind, when, where; and, for who may read them, who comes up again and again."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Count

from serasi.access.models import Unit, User
from serasi.safety.enums import Part
from serasi.safety.models import Involved
from serasi.safety.queries.names import names_in

SMALLEST_CELL: Final = 5
"""Counts below this are not told to who may not read the incidents: a small number in a small house is a person."""
KEPT_BACK: Final = "×"
MOST_REPEATED: Final = 20


@dataclass(frozen=True, slots=True)
class Pattern:
    """Incidents of a time, counted along each line; weekdays from Monday (1), months by their first day."""

    total: int
    kinds: Mapping[str, int]
    severities: Mapping[str, int]
    hours: Mapping[int, int]
    weekdays: Mapping[int, int]
    months: Mapping[date, int]
    wards: Mapping[str, int]
    kinds_by_severity: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A person who was affected by, or caused, several incidents."""

    person_id: UUID
    name: str
    incidents: int


def pattern_of(units: Iterable[Unit], since: datetime, until: datetime) -> Pattern:
    """Counted by the database in the houses where the actor may count (`database.PATTERN_FUNCTIONS`). One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM safety_pattern(%s, %s, %s)", [[unit.pk for unit in units], since, until])
        rows = cursor.fetchall()
    kinds: Counter[str] = Counter()
    severities: Counter[str] = Counter()
    hours: Counter[int] = Counter()
    weekdays: Counter[int] = Counter()
    months: Counter[date] = Counter()
    wards: Counter[str] = Counter()
    crossed: Counter[tuple[str, str]] = Counter()
    for _unit, ward, kind, severity, hour, weekday, month, number in rows:
        kinds[kind] += number
        severities[severity] += number
        hours[hour] += number
        weekdays[weekday] += number
        months[month] += number
        wards[ward] += number
        crossed[kind, severity] += number
    return Pattern(sum(kinds.values()), kinds, severities, hours, weekdays, months, wards, crossed)


def repeated_people(reader: User, unit: Unit, since: datetime) -> list[Repeated]:
    """Who was affected or caused it twice or more; by name or tag as this reader may know them."""
    rows = (
        Involved.objects.visible_to(reader)
        .standing()
        .filter(
            unit=unit, person__isnull=False, incident__happened_at__gte=since, part__in=[Part.AFFECTED, Part.CAUSED]
        )
        .order_by()
        .values("person_id")
        .annotate(incidents=Count("incident", distinct=True))
        .filter(incidents__gte=2)
        .order_by("-incidents", "person_id")[:MOST_REPEATED]
    )
    counted = {row["person_id"]: row["incidents"] for row in rows}
    latest_tag = dict(
        Involved.objects.visible_to(reader)
        .filter(unit=unit, person__in=list(counted))
        .order_by("written_at")
        .values_list("person_id", "tag")
    )
    names = names_in(reader, counted)
    return [Repeated(pk, names.of(pk, latest_tag.get(pk, "")), number) for pk, number in counted.items()]


def told(number: int, *, is_whole: bool) -> str:
    """A count as it may be told: small ones only to who may read the incidents behind it."""
    return str(number) if is_whole or number == 0 or number >= SMALLEST_CELL else f"<{SMALLEST_CELL}"


def told_line(numbers: Sequence[int]) -> list[str]:
    """The counts of one line to who may not read behind them. A single small one could be counted out of the total:
    then the next smallest is kept back as well."""
    shown = [told(number, is_whole=False) for number in numbers]
    small = [place for place, number in enumerate(numbers) if 0 < number < SMALLEST_CELL]
    others = [place for place, number in enumerate(numbers) if number >= SMALLEST_CELL]
    if len(small) == 1 and others:
        shown[min(others, key=lambda place: numbers[place])] = KEPT_BACK
    return shown
