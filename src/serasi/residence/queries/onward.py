"""Where someone can go to live next: the next home of a graded chain, homes of the same owner, every other home."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from serasi.access.models import Unit
from serasi.residence.enums import Grade
from serasi.residence.models import Stay, Ward
from serasi.residence.queries.days import day_at

NEXT: Final[dict[str, tuple[str, ...]]] = {
    Grade.SEVERE: (Grade.MEDIUM,),
    Grade.MEDIUM: (Grade.MILD, Grade.SEVERE),
    Grade.MILD: (Grade.SKILLED, Grade.MEDIUM),
    Grade.SKILLED: (Grade.MILD,),
    Grade.TRANSIT: (Grade.SEVERE, Grade.MEDIUM, Grade.MILD, Grade.SKILLED),
}
"""What follows a grade: forward first, then the step back of who gets worse; from a transit home to any home."""


@dataclass(frozen=True, slots=True)
class Home:
    """A home to go to; ``grade`` is what makes it the next of the chain, ``is_of_owner`` that it has the same owner."""

    unit: Unit
    grade: Grade | None
    is_of_owner: bool


def homes_to_go_to(*, stay: Stay, ward: Ward | None, at: datetime) -> list[Home]:
    """Every open home with wards but this one: next of the chain first, then of the same owner, then the rest.

    The chain is the grade of the wards, which each house says of itself (`Ward.grade`). Two statements.
    """
    wanted = NEXT.get(ward.grade, ()) if ward is not None else ()
    graded: dict[UUID, set[str]] = {}
    for unit_id, grade in Ward.objects.open_on(day_at(stay.unit, at)).values_list("unit_id", "grade"):
        graded.setdefault(unit_id, set()).add(grade)
    homes = [
        Home(
            unit,
            next((Grade(grade) for grade in wanted if grade in graded[unit.pk]), None),
            (unit.owner, unit.parent_id) == (stay.unit.owner, stay.unit.parent_id),
        )
        for unit in Unit.objects.open().filter(pk__in=[*graded]).exclude(pk=stay.unit_id).order_by("name")
    ]

    def rank(home: Home) -> tuple[bool, int, bool]:
        return (
            not (home.is_of_owner and home.grade is not None),
            wanted.index(home.grade) if home.grade is not None else len(wanted),
            not home.is_of_owner,
        )

    return sorted(homes, key=rank)
