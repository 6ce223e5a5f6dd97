"""The one entry point, ``serasi COMMAND …``.

Here belong: finding the data folder, the database and the command; serving; backup and restore of a whole
installation. Not here: what a command of one room does — that is a management command of that room, and is
found by itself: ``serasi import roster`` is ``import_roster``. A management command may say two things
about itself as class attributes: ``needs_database = False``, and ``database_role = "owner"`` when it
changes the schema.
"""

from serasi.cli.entry import main

__all__ = ["main"]
