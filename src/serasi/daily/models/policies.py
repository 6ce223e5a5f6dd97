"""Who sees the rows of this app, as SQL for row-level security; `querysets.py` says the same to Django."""

from typing import Final

_STAY_IS_SEEN: Final = "EXISTS (SELECT 1 FROM residence_stay stay WHERE stay.id = stay_id)"


def of_unit(code: str = "daily.day.see") -> str:
    """A row about a ward, or about a number tag in it."""
    return f"unit_id = ANY((SELECT access_units('{code}'))::uuid[])"


def of_stay(code: str = "daily.day.see") -> str:
    """A row about one resident: the stay itself must be seen, so a sealed person's day exists for their team alone."""
    return f"{of_unit(code)} AND {_STAY_IS_SEEN}"


OF_UNIT_OR_STAY: Final = f"{of_unit()} AND (stay_id IS NULL OR {_STAY_IS_SEEN})"

_VITALS_ARE_SEEN: Final = "EXISTS (SELECT 1 FROM daily_vitalsigns seen WHERE seen.id = vital_signs_id)"
OF_VITALS: Final = f"{of_unit('daily.vitals.see')} AND {_VITALS_ARE_SEEN}"
