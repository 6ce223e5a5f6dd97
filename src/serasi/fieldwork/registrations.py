"""What this app adds at start. Its doors are loaded with it: each operation tells the trail its name."""

from serasi.fieldwork import operations, queries

DOORS = (operations, queries)


def register() -> None:
    """Nothing yet that a lower app shows."""
