"""The one exception of the embedded server."""


class PostgresError(Exception):
    """The embedded server cannot be made, started or stopped; its one line names the remedy."""
