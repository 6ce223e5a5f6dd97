"""What is planned with someone, as they read it themselves: their place, their goals, who helps them, what comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from serasi.access.models import User
from serasi.cases.enums import GoalResult, TeamPart
from serasi.cases.models import Case, Goal, GoalProgress, Monitoring, Plan, TeamMember
from serasi.daily.models import Visit
from serasi.daily.queries import Slot, expected_by, own_day
from serasi.people.models import Person
from serasi.people.operations.refusals import whole_sight
from serasi.residence.models import Occupancy, Stay
from serasi.residence.queries import day_at


@dataclass(frozen=True, slots=True)
class OwnGoal:
    """One goal of the plan in force; ``result`` is what was found when it was looked at last."""

    statement: str
    indicator: str
    target_date: date
    result: GoalResult | None


@dataclass(frozen=True, slots=True)
class OwnView:
    """One person's own page. ``helpers`` are names with their part in the team, the case manager first; ``day`` and
    ``visitors`` are those of today."""

    person: Person
    stay: Stay | None
    place: Occupancy | None
    goals: Sequence[OwnGoal]
    helpers: Sequence[tuple[str, str]]
    next_look: date | None
    day: Sequence[Slot]
    visitors: Sequence[Visit]


def own_view(user: User, *, at: datetime) -> OwnView | None:
    """The view of the person whose access this is; None for an access that belongs to no record. Eleven statements.

    Files are closed to the people they are about; what of a plan was agreed with them is not. So this reads with whole
    sight, and nothing but that.
    """
    person = Person.objects.visible_to(user).filter(user=user).first()
    if person is None:
        return None
    with whole_sight():
        lives = Occupancy.objects.filter(stay__person=person).at(at)
        place = lives.select_related("stay__unit", "ward", "room", "bed").first()
        stay = place.stay if place else None
        goals, helpers, next_look = _of_case(person, at)
        day, visitors = _of_today(place, at) if place else ([], [])
    return OwnView(person, stay, place, goals, helpers, next_look, day, visitors)


def _of_today(place: Occupancy, at: datetime) -> tuple[list[Slot], list[Visit]]:
    today = day_at(place.stay.unit, at)
    day = own_day(stay=place.stay, ward_id=place.ward_id, day=today)
    return [one for one in day if not one.is_replaced], expected_by(place.stay, day=today)


def _of_case(person: Person, at: datetime) -> tuple[list[OwnGoal], list[tuple[str, str]], date | None]:
    """Of the case that is open, the latest where there are several; without one, nothing."""
    case = Case.objects.filter(person=person, closed_at=None).order_by("-opened_at").values("pk")[:1]
    plan = Plan.objects.filter(case=case, approved_at__isnull=False).order_by("-version").first()
    goals = list(Goal.objects.filter(plan=plan)) if plan else []
    latest: dict[object, str] = {}
    for goal, result in (
        GoalProgress.objects.filter(goal__in=goals)
        .order_by("monitoring__held_on", "monitoring__written_at")
        .values_list("goal", "result")
    ):
        latest[goal] = result
    team = TeamMember.objects.filter(case=case).exclude(part=TeamPart.STUDENT).in_force(at).select_related("user")
    next_on = (
        Monitoring.objects.filter(case=case)
        .order_by("-held_on", "-written_at")
        .values_list("next_on", flat=True)
        .first()
    )
    return (
        [
            OwnGoal(
                one.statement,
                one.indicator,
                one.target_date,
                GoalResult(latest[one.pk]) if one.pk in latest else None,
            )
            for one in goals
        ],
        [
            (member.user.full_name, str(TeamPart(member.part).label))
            for member in sorted(team, key=lambda member: (member.part != TeamPart.MANAGER, member.user.full_name))
        ],
        next_on if next_on is not None and next_on >= timezone.localdate(at) else None,
    )
