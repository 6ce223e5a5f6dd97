"""What the one door to entries answers: whom one may ask about, who may be whom, what stands on a family card."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from serasi.entitlements.weighing import Candidate


def whom_may_be_asked(people: Collection[UUID]) -> list[UUID]:
    """Of these people, those whom the present actor may look up. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT entitlements_may_ask(%s::uuid[])", [list(people)])
        found: list[UUID] = cursor.fetchone()[0]
    return found


def candidates_of(people: Collection[UUID], *, purpose: str) -> list[Candidate]:
    """Entries that may be these people; logged for each. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, entry_id, has_same_nik, nik_differs, name, birth_date, was_denied"
            " FROM entitlements_candidates(%s::uuid[], %s)",
            [list(people), purpose],
        )
        return [Candidate(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class OnCard:
    """How many others stand on somebody's family card in one list, with one component."""

    person_id: UUID
    delivery_id: UUID
    component: str
    members: int


def on_cards_of(people: Collection[UUID]) -> list[OnCard]:
    """One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, delivery_id, component, members FROM entitlements_family(%s::uuid[])", [list(people)]
        )
        return [OnCard(*row) for row in cursor.fetchall()]
