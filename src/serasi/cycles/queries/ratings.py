"""Where somebody stands, and how that moved: per domain, each voice for itself. Nothing is averaged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any
from uuid import UUID

from serasi.cases.models import Case
from serasi.cycles.enums import Voice
from serasi.cycles.models import Domain, DomainSet, Rating
from serasi.cycles.querysets import own_cases


def domain_set(code: str, *, on: date) -> DomainSet:
    """The edition of a set that holds on a day; raises ``DomainSet.DoesNotExist``."""
    return DomainSet.objects.get(code=code, period__contains=on)


def domain_sets_on(day: date) -> list[DomainSet]:
    """Those that hold on a day."""
    return list(DomainSet.objects.filter(period__contains=day).order_by("code"))


@dataclass(frozen=True, slots=True)
class Point:
    """What one voice said of one domain on one day; ``by`` took it down."""

    rating_id: UUID
    voice: Voice
    rated_on: date
    step: int
    words: str
    by: str


@dataclass(frozen=True)
class DomainCurve:
    """One domain over time; ``points`` in the order of days, all voices together."""

    domain: Domain
    points: tuple[Point, ...]

    @cached_property
    def by_voice(self) -> Mapping[Voice, tuple[Point, ...]]:
        """The voices that spoke, each in the order of days."""
        return {voice: found for voice in Voice if (found := tuple(one for one in self.points if one.voice == voice))}

    @cached_property
    def latest(self) -> Mapping[Voice, Point]:
        return {voice: points[-1] for voice, points in self.by_voice.items()}

    @cached_property
    def start(self) -> Mapping[Voice, Point]:
        """The person's own start, which everything later is compared with."""
        return {voice: points[0] for voice, points in self.by_voice.items()}


def curve(case: Case, domain_set: DomainSet) -> list[DomainCurve]:
    """Every domain of the set in its order, with all that was said and is in force (2 queries)."""
    return _curves(_in_force(round__case=case, domain__domain_set=domain_set), domain_set.domains.order_by("order"))


def curves_of(case: Case) -> list[tuple[DomainSet, list[DomainCurve]]]:
    """The same of every set in which this person was ever rated (2 queries)."""
    return _by_set(_in_force(round__case=case))


def own_curves() -> list[tuple[DomainSet, list[DomainCurve]]]:
    """The same of whoever asks (2 queries)."""
    return _by_set(_in_force(round__case__id__among=own_cases()))


def _in_force(**of: Any) -> list[tuple[Any, ...]]:
    return list(
        Rating.objects.in_force()
        .filter(**of)
        .order_by("round__rated_on", "round__written_at", "round_id")
        .values_list(
            "domain_id", "id", "round__voice", "round__rated_on", "step", "words", "round__written_by__full_name"
        )
    )


def _by_set(ratings: list[tuple[Any, ...]]) -> list[tuple[DomainSet, list[DomainCurve]]]:
    rated = {one[0] for one in ratings}
    domains = (
        Domain.objects.filter(domain_set__domains__in=rated)
        .distinct()
        .select_related("domain_set")
        .order_by("domain_set", "order")
    )
    curves = _curves(ratings, domains)
    return [(domain_set, list(found)) for domain_set, found in groupby(curves, key=lambda one: one.domain.domain_set)]


def _curves(ratings: list[tuple[Any, ...]], domains: Iterable[Domain]) -> list[DomainCurve]:
    points: dict[str, list[Point]] = {}
    for domain_id, rating_id, voice, rated_on, step, words, by in ratings:
        points.setdefault(domain_id, []).append(Point(rating_id, Voice(voice), rated_on, step, words, by))
    return [DomainCurve(domain, tuple(points.get(domain.pk, ()))) for domain in domains]


@dataclass(frozen=True, slots=True)
class LatestOfDomain:
    """What each voice said latest of one domain; a voice that never spoke is not there."""

    domain: Domain
    by_voice: Mapping[Voice, Point]


def latest_ratings(case: Case, domain_set: DomainSet) -> list[LatestOfDomain]:
    """Every domain of the set in its order (2 queries)."""
    return [LatestOfDomain(one.domain, one.latest) for one in curve(case, domain_set)]
