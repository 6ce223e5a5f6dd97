"""A case as the people working on it move through it: each verb is one operation, and time goes on between them."""

from serasi.start.world.helping import Helping, Service, Wish
from serasi.start.world.leaving import Leaving
from serasi.start.world.understanding import Found, Understanding

__all__ = ["CaseFile", "Found", "Service", "Wish"]


class CaseFile(Understanding, Helping, Leaving):
    """Everything that happens to one case, from the report to the last visit."""
