"""Whether a person was helped before, as far as the asker may know."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from serasi.access.models import User
from serasi.cases.models import Case
from serasi.people.models import Person


@dataclass(frozen=True, slots=True)
class EarlierHelp:
    """One earlier or present case. ``case`` is there when the asker may open it; else only where and when is told.

    One of the asker's own unit leads to its page all the same, which says how it may be opened in an emergency.
    """

    case_id: UUID
    unit_name: str
    opened_at: datetime
    closed_at: datetime | None
    case: Case | None
    is_behind_glass: bool = False


def helped_before(person: Person, reader: User) -> list[EarlierHelp]:
    """Cases of this person in any unit, latest first; sealed ones only for their team. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id, unit_name, opened_at, closed_at, EXISTS (SELECT 1 FROM cases_behind_glass(case_id, ''))"
            " FROM cases_helped_before(%s)",
            [person.pk],
        )
        told = {row[0]: row for row in cursor.fetchall()}
    own = {
        case.pk: case for case in Case.objects.visible_to(reader).filter(person=person).select_related("unit", "stage")
    }
    rows = [
        EarlierHelp(case_id, unit_name, opened_at, closed_at, own.get(case_id), is_behind_glass)
        for case_id, unit_name, opened_at, closed_at, is_behind_glass in told.values()
    ]
    rows += [
        EarlierHelp(case.pk, case.unit.short_name, case.opened_at, case.closed_at, case)
        for case in own.values()
        if case.pk not in told
    ]
    return sorted(rows, key=lambda row: row.opened_at, reverse=True)
