"""People who turn through cycles; everything through the operations."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from serasi.access.models import User
from serasi.cases.enums import GoalResult
from serasi.cases.models import Case
from serasi.cases.operations.team import add_member
from serasi.cases.queries.plan import goals_to_judge
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.common.periods import add_months
from serasi.cycles import operations as cycles
from serasi.cycles.models import Cycle, Domain, DomainSet, Meeting, RatingRound, Review
from serasi.cycles.operations import Answered, Said
from serasi.cycles.queries import domain_set


def foyer() -> DomainSet:
    return domain_set("foyer", on=date(2026, 1, 1))


def domain(code: str) -> Domain:
    return Domain.objects.get(domain_set=foyer(), code=code)


def rate(case: Case, by: User, steps: Mapping[str, int], **facts: Any) -> RatingRound:
    """What the person says of some domains of a Foyer, by their codes."""
    return cycles.rate(
        id=facts.pop("id", None) or uuid7(),
        case=case,
        voice=facts.pop("voice", "self"),
        said=[Said(domain(code), step, facts.get("words", "")) for code, step in steps.items()],
        rated_on=facts.get("rated_on"),
        by=by,
        at=facts.get("at") or now(),
    )


def months_ago(case: Case, months: int) -> date:
    return add_months(case.unit.day_at(now()), -months)


def old_case(
    world: World, name: str = "", *, by: User | None = None, team: Sequence[User] = (), days: int = 400, **facts: Any
) -> Case:
    """A case that was opened long ago; its team came today."""
    by, at = by or world.owner, now() - timedelta(days=days)
    unit = facts.get("unit") or world.panti
    person = facts.pop("person", None) or make_person(world, name, by=by, unit=unit, at=at)
    case = make_case(world, with_report=False, by=by, person=person, at=at, **facts)
    for member in team:
        add_member(id=uuid7(), case=case, user=member, part="member", by=by, at=now())
    return case


def start(case: Case, by: User, **facts: Any) -> Cycle:
    return cycles.start_cycle(
        id=facts.pop("id", None) or uuid7(),
        case=case,
        starts_on=facts.pop("starts_on", None) or months_ago(case, 2),
        by=by,
        at=now(),
        **facts,
    )


def review_of(cycle: Cycle, kind: str, *, reader: User) -> Review:
    with as_user(reader):
        return Review.objects.select_related("cycle__case__unit").get(cycle=cycle, kind=kind)


def hold(review: Review, by: User, **facts: Any) -> Meeting:
    """Held on the day it was due or today, with the person present."""
    described: dict[str, Any] = {
        "held_on": min(review.due_on, review.cycle.case.unit.day_at(now())),
        "person_was_there": True,
        "own_words": "Saya ingin bekerja di bengkel.",
        "summary": "Sepakat meneruskan latihan.",
    }
    return cycles.hold_review(
        id=facts.pop("id", None) or uuid7(), review=review, by=by, at=now(), **(described | facts)
    )


def answers(case: Case, result: GoalResult = GoalResult.PARTLY, *, reader: User, **facts: Any) -> list[Answered]:
    """The same answer to every goal that still stands."""
    reason = facts.pop("reason", "" if result == GoalResult.ACHIEVED else "Baru separuh jalan")
    with as_user(reader):
        return [Answered(goal, result, reason=reason, **facts) for goal in goals_to_judge(case)]
