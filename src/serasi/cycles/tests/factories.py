"""People who turn through cycles; everything through the operations."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from serasi.access.models import User
from serasi.cases.models import Case
from serasi.cases.tests.factories import now
from serasi.common.identifiers import uuid7
from serasi.cycles import operations as cycles
from serasi.cycles.models import Domain, DomainSet, RatingRound
from serasi.cycles.operations import Said
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
