"""What instruments found in a case: scores with their bands, what changed since the last time, what that suggests."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from typing import Final
from uuid import UUID

from serasi.access.models import User
from serasi.assessments.enums import Direction
from serasi.assessments.models import Opinion, Scale, Score, Suggestion
from serasi.cases.models import Case

RELIABLE: Final = 1.96
"""Of the standard error of a difference: with 95 % certainty more than chance (Jacobson & Truax 1991)."""


@dataclass(frozen=True, slots=True)
class Found:
    """One score as it is shown: beside the one before it, and what its band suggests.

    ``change`` is in points of the scale. ``is_reliable`` says whether it is more than the scale's own error; None where
    the instrument gives no error, or there is nothing to compare.
    """

    score: Score
    earlier: Score | None
    opinions: tuple[Opinion, ...]
    suggestions: tuple[Suggestion, ...]

    @property
    def change(self) -> Decimal | None:
        if self.earlier is None or self.score.value is None or self.earlier.value is None:
            return None
        return self.score.value - self.earlier.value

    @property
    def is_reliable(self) -> bool | None:
        return None if self.change is None else is_reliable(self.change, self.score.scale.error)


def is_reliable(change: Decimal, error: Decimal | None) -> bool | None:
    """Whether a change is larger than error alone explains in 95 of 100: |change| > 1.96 · √2 · SEM.

    Jacobson & Truax (1991), Journal of Consulting and Clinical Psychology 59(1), 12–19. None without an error.
    """
    return None if error is None else abs(float(change)) > RELIABLE * sqrt(2) * float(error)


def scores_of(case: Case, reader: User) -> list[Score]:
    """All scores that count, of this person in every file the reader may open, oldest first (1 query)."""
    return list(
        Score.objects.visible_to(reader)
        .in_force()
        .filter(assessment__case__person=case.person_id)
        .select_related("scale__edition", "band", "assessment__written_by")
        .order_by("assessment__assessed_on", "assessment__finished_at", "scale__order")
    )


def compared_along(score: Score) -> tuple[UUID, str, str]:
    """What may stand in one curve: the same scale of the same instrument under the same key."""
    edition = score.scale.edition
    return edition.instrument_id, edition.key, score.scale.name


def found(case: Case, reader: User) -> dict[UUID, list[Found]]:
    """Every score of this person with what came before it and what it suggests, by assessment (3 queries)."""
    scores = scores_of(case, reader)
    opinions: dict[UUID, list[Opinion]] = defaultdict(list)
    for opinion in Opinion.objects.filter(score__in=scores).select_related("written_by", "band"):
        opinions[opinion.score_id].append(opinion)
    suggestions: dict[UUID, list[Suggestion]] = defaultdict(list)
    for suggestion in Suggestion.objects.filter(band__in={one.band_id for one in scores if one.band_id}):
        suggestions[suggestion.band_id].append(suggestion)
    by_assessment: dict[UUID, list[Found]] = defaultdict(list)
    earlier: dict[tuple[UUID, str, str], Score] = {}
    for score in scores:
        line = compared_along(score)
        by_assessment[score.assessment_id].append(
            Found(
                score,
                earlier.get(line),
                tuple(opinions[score.pk]),
                tuple(suggestions[score.band_id]) if score.band_id else (),
            )
        )
        if score.value is not None:
            earlier[line] = score
    return by_assessment


@dataclass(frozen=True, slots=True)
class Line:
    """One scale over time: ``scores`` oldest first, those without a value too, where a curve has a gap."""

    scores: tuple[Score, ...]

    @property
    def scale(self) -> Scale:
        return self.scores[-1].scale

    @property
    def start(self) -> Score | None:
        """The person's own start, which everything later is compared with."""
        return next((one for one in self.scores if one.value is not None), None)

    @property
    def latest(self) -> Score | None:
        return next((one for one in reversed(self.scores) if one.value is not None), None)

    @property
    def change(self) -> Decimal | None:
        """From the start to the latest, in points; None before there are two."""
        first, latest = self.start, self.latest
        if first is None or latest is None or first is latest or first.value is None or latest.value is None:
            return None
        return latest.value - first.value

    @property
    def is_reliable(self) -> bool | None:
        return None if self.change is None else is_reliable(self.change, self.scale.error)

    @property
    def is_better(self) -> bool | None:
        """None where nothing changed, or neither way is better."""
        if not self.change or self.scale.direction == Direction.NEITHER:
            return None
        return (self.change > 0) == (self.scale.direction == Direction.HIGHER)


def lines(scores: Sequence[Score]) -> list[Line]:
    """The same scores as curves: by instrument in the order of its title, then by scale."""
    grouped: dict[tuple[UUID, str, str], list[Score]] = defaultdict(list)
    for score in scores:
        grouped[compared_along(score)].append(score)
    found = [Line(tuple(group)) for group in grouped.values()]
    return sorted(found, key=lambda one: (one.scale.edition.title, one.scale.edition.key, one.scale.order))
