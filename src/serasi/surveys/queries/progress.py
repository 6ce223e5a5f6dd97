"""How far a survey has come: counts alone, also for those who read no interview."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from serasi.access.models import User
from serasi.institutions.models import Region
from serasi.surveys.models import Survey


@dataclass(frozen=True, slots=True)
class Counted:
    """How many interviews stand of one survey, village, enumerator and day."""

    survey_id: UUID
    village_id: str | None
    enumerator_id: UUID
    held_on: date
    interviews: int


def counted(surveys: Iterable[Survey]) -> list[Counted]:
    """Of the surveys the actor may see; of others the actor's own interviews alone (1 query)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM surveys_counted(%s::uuid[])", [[survey.pk for survey in surveys]])
        return [Counted(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class OfEnumerator:
    user: User
    is_on: bool
    """Whether they interview today."""
    interviews: int
    villages: int
    latest_on: date | None


@dataclass(frozen=True, slots=True)
class OfVillage:
    """``village`` is None for interviews that name none."""

    village: Region | None
    interviews: int
    wanted: int

    @property
    def is_reached(self) -> bool:
        return self.wanted > 0 and self.interviews >= self.wanted


@dataclass(frozen=True, slots=True)
class Progress:
    interviews: int
    wanted: int
    by_enumerator: Sequence[OfEnumerator]
    by_village: Sequence[OfVillage]
    by_day: Sequence[tuple[date, int]]
    """Every day from the first interview to the latest, days without any among them."""


def progress_of(survey: Survey, *, today: date) -> Progress:
    """By enumerator, by village and by day (at most 4 queries)."""
    counts = counted([survey])
    by_user, by_village, by_day = Counter[UUID](), Counter[str | None](), Counter[date]()
    villages_of: dict[UUID, set[str | None]] = {}
    latest: dict[UUID, date] = {}
    for one in counts:
        by_user[one.enumerator_id] += one.interviews
        by_village[one.village_id] += one.interviews
        by_day[one.held_on] += one.interviews
        villages_of.setdefault(one.enumerator_id, set()).add(one.village_id)
        latest[one.enumerator_id] = max(latest.get(one.enumerator_id, date.min), one.held_on)
    wanted = {target.village_id: target.interviews for target in survey.targets.all()}
    return Progress(
        interviews=sum(by_user.values()),
        wanted=sum(wanted.values()),
        by_enumerator=_enumerators(survey, by_user, villages_of, latest, today),
        by_village=_villages(by_village, wanted),
        by_day=_days(by_day),
    )


def _enumerators(
    survey: Survey,
    by_user: Counter[UUID],
    villages_of: dict[UUID, set[str | None]],
    latest: dict[UUID, date],
    today: date,
) -> list[OfEnumerator]:
    """Everyone who was named, by name; what somebody else's are is not known to who sees their own alone."""
    users: dict[UUID, User] = {}
    on: set[UUID] = set()
    for row in survey.enumerators.select_related("user"):
        users[row.user_id] = row.user
        if row.starts_on <= today and (row.last_day is None or today <= row.last_day):
            on.add(row.user_id)
    return [
        OfEnumerator(user, key in on, by_user[key], len(villages_of.get(key, set()) - {None}), latest.get(key))
        for key, user in sorted(users.items(), key=lambda pair: pair[1].full_name)
    ]


def _villages(by_village: Counter[str | None], wanted: dict[str, int]) -> list[OfVillage]:
    codes = {code for code in by_village if code} | set(wanted)
    regions = Region.objects.select_related("parent").in_bulk(codes) if codes else {}
    rows = [OfVillage(regions[code], by_village[code], wanted.get(code, 0)) for code in sorted(regions)]
    return [*rows, OfVillage(None, by_village[None], 0)] if by_village[None] else rows


def _days(by_day: Counter[date]) -> list[tuple[date, int]]:
    if not by_day:
        return []
    first, last = min(by_day), max(by_day)
    days = [date.fromordinal(number) for number in range(first.toordinal(), last.toordinal() + 1)]
    return [(day, by_day[day]) for day in days]
