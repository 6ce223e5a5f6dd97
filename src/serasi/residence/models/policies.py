"""Who sees the rows of this app, as SQL for row-level security; `querysets.py` says the same to Django.

Who lives where is closed like the person: a sealed person's stay exists for their team alone. That a bed is taken is
seen by everyone who may see the board: `Occupancy` knows no person.
"""

from typing import Final

from serasi.people.models.policies import CIRCLE, as_person

BOARD_UNITS: Final = "ANY((SELECT access_units('residence.board.see'))::uuid[])"


OF_STAY: Final = "EXISTS (SELECT 1 FROM residence_stay stay WHERE stay.id = stay_id)"
"""Of a stay that may be read."""


def of_person_and_unit(table: str) -> str:
    """A row about a person at a unit: who may open the person and either reaches the unit or is near the person."""
    return (
        f"{as_person(table)} AND ({table}.unit_id = ANY((SELECT access_units('residence.stay.see'))::uuid[])"
        f" OR ((SELECT access_may('residence.stay.see')) AND {table}.person_id = {CIRCLE}))"
    )
