"""What was planned and how far it got."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Prefetch, Q, Subquery, Sum

from serasi.cases.enums import GoalResult
from serasi.cases.models import Case, Component, Delivery, Goal, GoalProgress, Plan, ServiceLine


def plan_in_force(case: Case) -> Plan | None:
    """The approved plan with the highest version."""
    return case.plans.filter(approved_at__isnull=False).order_by("-version").first()


def plans_with_content(case: Case) -> list[Plan]:
    """Every version, the latest first, with goals, lines, who provides and how often it was given (4 queries)."""
    lines = (
        ServiceLine.objects.select_related("component", "provider", "provider_unit")
        .annotate(given=Sum("deliveries__quantity", filter=Q(deliveries__withdrawn_at=None), default=0))
        .order_by("component__number", "id")
    )
    goals = Goal.objects.annotate(latest_result=_latest_result()).prefetch_related(Prefetch("lines", queryset=lines))
    return list(case.plans.select_related("written_by").prefetch_related(Prefetch("goals", queryset=goals)))


def goals_to_judge(case: Case) -> list[Goal]:
    """The goals of the plan in force, without those that were dropped at an earlier monitoring."""
    plan = plan_in_force(case)
    if plan is None:
        return []
    goals = plan.goals.annotate(latest_result=_latest_result())
    return [goal for goal in goals if goal.latest_result != GoalResult.DROPPED]


def _latest_result() -> Subquery:
    progress = GoalProgress.objects.filter(goal=OuterRef("pk"))
    return Subquery(progress.order_by("-monitoring__held_on", "-monitoring__written_at").values("result")[:1])


@dataclass(frozen=True, slots=True)
class Coverage:
    """One component: how often it was planned (by the plan in force) and given (in this file, ever)."""

    component: Component
    planned: int
    delivered: int
    beside_the_plan: int


def planned_in(plan: Plan | None) -> dict[str, int]:
    """How often each component is planned; no query for a plan read with `plans_with_content`, else two."""
    planned: dict[str, int] = {}
    for goal in plan.goals.all() if plan else ():
        for line in goal.lines.all():
            planned[line.component_id] = planned.get(line.component_id, 0) + line.planned_count
    return planned


def coverage(case: Case, planned: Mapping[str, int]) -> Sequence[Coverage]:
    """All components in force or used, planned against delivered (2 queries)."""
    given = {
        row["component"]: (row["n"], row["beside"])
        for row in Delivery.objects.filter(case=case, withdrawn_at=None)
        .order_by()
        .values("component")
        .annotate(n=Sum("quantity"), beside=Sum("quantity", filter=Q(line=None), default=0))
    }
    return [
        Coverage(component, planned.get(component.pk, 0), *given.get(component.pk, (0, 0)))
        for component in Component.objects.order_by("number", "edition")
        if component.valid_until is None or component.pk in planned or component.pk in given
    ]
