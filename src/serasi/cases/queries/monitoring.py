"""How a person has been doing over time: monitorings and after-care visits carry the same three scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from serasi.cases.models import AftercareVisit, Case, GoalProgress, Monitoring


@dataclass(frozen=True, slots=True)
class Reading:
    """The three scores on one day; a score that was not given is None."""

    on: date
    needs: int | None
    roles: int | None
    problems: int | None
    is_aftercare: bool = False


def monitorings(case: Case) -> list[Monitoring]:
    """Every monitoring with its judgements, the latest first (2 queries)."""
    progress = GoalProgress.objects.select_related("goal").order_by("goal__aim", "goal__order")
    return list(case.monitorings.select_related("written_by").prefetch_related(Prefetch("goals", queryset=progress)))


def functioning_over_time(monitored: Sequence[Monitoring], visited: Sequence[AftercareVisit]) -> list[Reading]:
    """The scores in order of days, of those looks at which at least one was given."""
    readings = [Reading(m.held_on, m.needs_score, m.roles_score, m.problems_score) for m in monitored]
    readings += [
        Reading(v.held_on, v.needs_score, v.roles_score, v.problems_score, is_aftercare=True)
        for v in visited
        if v.held_on
    ]
    scored = [r for r in readings if (r.needs, r.roles, r.problems) != (None, None, None)]
    return sorted(scored, key=lambda reading: reading.on)
