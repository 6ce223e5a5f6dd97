"""Who sees a person's rows, as SQL for row-level security; `querysets.py` says the same to Django, and a test compares.

`people_own_circle()` and `people_open_units()` return arrays and are called once in a statement, never once in a row.
"""

from typing import Final

from serasi.people.enums import HEALTH_KINDS

CIRCLE: Final = "ANY((SELECT people_own_circle())::uuid[])"
"""People the actor sees for what they are: on their team, or the actor's own record."""

UNITS: Final = "ANY((SELECT access_units('people.person.open'))::uuid[])"

PERSON_POLICY: Final = f"""
    people_person.id = {CIRCLE}
    OR (people_person.confidentiality <> 'sealed' AND EXISTS (
        SELECT 1 FROM people_personunit known
        WHERE known.person_id = people_person.id AND known.until_at IS NULL AND known.unit_id = {UNITS}
    ))
"""  # noqa: S608  (names of our own tables)

UNIT_POLICY: Final = f"""
    people_personunit.person_id = {CIRCLE}
    OR (NOT people_personunit.is_sealed AND people_personunit.unit_id = {UNITS})
"""


KIND_POLICY: Final = f"""
    EXISTS (SELECT 1 FROM people_person about WHERE about.id = people_personkind.person_id)
    AND (people_personkind.kind_id <> ALL ('{{{",".join(sorted(HEALTH_KINDS))}}}'::text[])
        OR (people_personkind.person_id = {CIRCLE} AND (SELECT access_may('people.kind.health')))
        OR EXISTS (
            SELECT 1 FROM people_personunit known
            WHERE known.person_id = people_personkind.person_id AND known.until_at IS NULL AND NOT known.is_sealed
                AND known.unit_id = ANY((SELECT access_units('people.kind.health'))::uuid[])))
"""  # noqa: S608  (as above)
"""A kind that tells of health is read by those who may read that of this person: their team, and who heads the unit."""


def as_person(table: str, column: str = "person_id") -> str:
    """A row is seen by whoever sees the person it is about."""
    return f"EXISTS (SELECT 1 FROM people_person about WHERE about.id = {table}.{column})"  # noqa: S608  (as above)


def as_either(table: str) -> str:
    """A row about two people, ``person`` and ``other``, is seen by whoever sees one of them."""
    return f"EXISTS (SELECT 1 FROM people_person about WHERE about.id IN ({table}.person_id, {table}.other_id))"  # noqa: S608  (as above)
