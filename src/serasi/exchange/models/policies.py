"""Who sees the rows of this app, as SQL for row-level security; `querysets.py` says the same to Django."""

from typing import Final

OF_PEER: Final = "unit_id = ANY((SELECT access_units('exchange.peer.see'))::uuid[])"


def of_a_peer(table: str) -> str:
    """A row is seen by whoever sees its peer."""
    return f"EXISTS (SELECT 1 FROM exchange_peer asks WHERE asks.id = {table}.peer_id)"  # noqa: S608  (our own names)


OF_NOBODY: Final = "false"
"""Read by the system alone."""
