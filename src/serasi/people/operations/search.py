"""The search table, made anew from persons, names and addresses."""

from datetime import datetime

from django.db import connection

from serasi.access.models import User
from serasi.access.operations import operation


@operation("people.reference.keep")
def rebuild_search(*, by: User, at: datetime) -> int:
    """Derive the search table and its vocabulary anew (after a bulk load without triggers). Returns the names in it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_rebuild_search()")
        return int(cursor.fetchone()[0])
