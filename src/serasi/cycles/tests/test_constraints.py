"""What the database itself refuses: each rule of these models broken once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from serasi.access.operations import acting
from serasi.cases.models import Case, Goal
from serasi.cases.queries.plan import goals_to_judge
from serasi.cases.tests.factories import World, as_user, now
from serasi.cases.tests.work_factories import make_approved_plan
from serasi.cycles.models import (
    Cohort,
    Cycle,
    CyclePractice,
    Domain,
    DomainSet,
    GoalOutcome,
    Invitation,
    Meeting,
    Rating,
    RatingRound,
    Review,
    Seat,
)
from serasi.cycles.tests.factories import domain, old_case, start

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Ground:
    """A cycle with its reviews, and a goal."""

    world: World
    case: Case
    cycle: Cycle
    entry: Review
    goal: Goal

    @property
    def written(self) -> dict[str, Any]:
        return {"written_by": self.world.owner, "written_at": now()}

    def cohort(self, **facts: Any) -> Cohort:
        day = now().date()
        whole = {"unit": self.world.panti, "name": "Maret", "starts_on": day, "ends_on": day + timedelta(days=9)}
        return Cohort.objects.create(**self.written, **(whole | facts))

    def another(self, **facts: Any) -> Cycle:
        first = self.cycle.ends_on + timedelta(days=1)
        whole = {"case": self.case, "starts_on": first, "ends_on": first + timedelta(days=9)}
        return Cycle.objects.create(**self.written, **(whole | facts))

    def meeting(self, **facts: Any) -> Meeting:
        whole = {"review": self.entry, "held_on": self.cycle.starts_on, "person_was_there": True, "summary": "Baik."}
        return Meeting.objects.create(**self.written, **(whole | facts))

    def outcome(self, **facts: Any) -> GoalOutcome:
        meeting = facts.pop("meeting", None) or self.meeting()
        whole = {"meeting": meeting, "goal": self.goal, "statement": "Bekerja", "result": "achieved"}
        return GoalOutcome.objects.create(**(whole | facts))

    def round(self, **facts: Any) -> RatingRound:
        whole = {"case": self.case, "voice": "self", "rated_on": self.cycle.starts_on}
        return RatingRound.objects.create(**self.written, **(whole | facts))

    def rating(self, **facts: Any) -> Rating:
        said = facts.pop("round", None) or self.round()
        return Rating.objects.create(**self.written, **({"round": said, "domain": domain("civic"), "step": 3} | facts))


@pytest.fixture
def ground(world: World) -> Ground:
    case = old_case(world)
    make_approved_plan(world, case)
    cycle = start(case, world.owner)
    with as_user(world.owner):
        return Ground(world, case, cycle, cycle.reviews.get(kind="entry"), goals_to_judge(case)[0])


def twice(make: Callable[[], Any]) -> None:
    make()
    make()


def _twice_in_a_round(ground: Ground) -> None:
    said = ground.round()
    twice(lambda: ground.rating(round=said))


def _twice_answered(ground: Ground) -> None:
    meeting = ground.meeting()
    twice(lambda: ground.outcome(meeting=meeting))


def _twice_seated(ground: Ground) -> None:
    meeting = ground.meeting()
    twice(lambda: Seat.objects.create(meeting=meeting, user=ground.world.owner))


def _edition(**facts: Any) -> DomainSet:
    whole = {"edition": "foyer_0", "code": "foyer", "name": "Foyer", "period": DateRange(None, None), "source": "x"}
    return DomainSet.objects.create(**(whole | facts))


def _domain(**facts: Any) -> Domain:
    whole = {
        "id": "foyer_1.x", "domain_set_id": "foyer_1", "code": "x", "order": 90, "name": "X", "question": "?",
        "anchors": list("12345"),
    }  # fmt: skip
    return Domain.objects.create(**(whole | facts))


RULES: dict[str, Callable[[Ground], Any]] = {
    "cycles_one_edition_of_domains_at_a_time": lambda _: _edition(),
    "cycles_domain_code_is_unique": lambda _: _domain(code="civic"),
    "cycles_domain_order_is_unique": lambda _: _domain(order=1),
    "cycles_domain_has_words_for_each_step": lambda _: _domain(anchors=["1"]),
    "cycles_voice_is_known": lambda g: g.round(voice="crowd"),
    "cycles_domain_is_rated_once_in_a_round": _twice_in_a_round,
    "cycles_step_is_1_to_5": lambda g: g.rating(step=6),
    "cycles_rating_correction_is_whole": lambda g: g.rating(superseded_at=now(), superseded_by=g.world.owner),
    "cycles_practice_lasts_months": lambda g: CyclePractice.objects.create(unit=g.world.panti, months=0),
    "cycles_practice_reviews_follow_each_other": lambda g: CyclePractice.objects.create(
        unit=g.world.panti, shares=[10, 10, 100]
    ),
    "cycles_cohort_is_named_once": lambda g: twice(g.cohort),
    "cycles_cohort_ends_after_start": lambda g: g.cohort(ends_on=now().date()),
    "cycles_cycles_of_a_case_follow_each_other": lambda g: g.another(starts_on=g.cycle.ends_on),
    "cycles_cycle_ends_after_start": lambda g: g.another(ends_on=g.cycle.ends_on + timedelta(days=1)),
    "cycles_cycle_is_ended_within_itself": lambda g: g.another(
        ended_on=g.cycle.ends_on, end_reason="Pindah", ended_by=g.world.owner, ended_at=now()
    ),
    "cycles_ending_is_whole": lambda g: g.another(is_void=True),
    "cycles_each_review_once_in_a_cycle": lambda g: Review.objects.create(
        cycle=g.cycle, kind="entry", due_on=g.cycle.starts_on
    ),
    "cycles_review_kind_is_known": lambda g: Review.objects.create(
        cycle=g.cycle, kind="other", due_on=g.cycle.starts_on
    ),
    "cycles_review_place_has_its_time": lambda g: Review.objects.filter(pk=g.entry.pk).update(planned_place="Aula"),
    "cycles_invitation_is_for_user_or_name": lambda g: Invitation.objects.create(review=g.entry),
    "cycles_user_is_invited_once": lambda g: twice(
        lambda: Invitation.objects.create(review=g.entry, user=g.world.owner)
    ),
    "cycles_review_is_held_once": lambda g: twice(g.meeting),
    "cycles_absence_has_a_reason": lambda g: g.meeting(person_was_there=False),
    "cycles_meeting_has_a_summary": lambda g: g.meeting(summary=""),
    "cycles_meeting_correction_is_whole": lambda g: g.meeting(superseded_at=now()),
    "cycles_seat_is_of_user_or_name": lambda g: Seat.objects.create(meeting=g.meeting()),
    "cycles_user_sits_once": _twice_seated,
    "cycles_goal_is_answered_once": _twice_answered,
    "cycles_result_is_known": lambda g: g.outcome(result="dropped", reason="x"),
    "cycles_unreached_goal_has_a_reason": lambda g: g.outcome(result="partly"),
    "cycles_achieved_goal_is_not_carried_over": lambda g: g.outcome(carries_over=True),
}


def _break(ground: Ground, rule: str) -> None:
    with transaction.atomic(), acting(ground.world.owner, "test.break"), connection.cursor() as cursor:
        RULES[rule](ground)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("rule", RULES)
def test_the_database_refuses(ground: Ground, rule: str) -> None:
    with pytest.raises(IntegrityError) as refused:
        _break(ground, rule)

    assert refused.value.__cause__.diag.constraint_name == rule  # type: ignore[union-attr]


def test_every_rule_is_broken_once() -> None:
    models = (
        Cohort, Cycle, CyclePractice, Domain, DomainSet, GoalOutcome, Invitation, Meeting, Rating, RatingRound, Review,
        Seat,
    )  # fmt: skip

    assert {rule.name for model in models for rule in model._meta.constraints} == set(RULES)
