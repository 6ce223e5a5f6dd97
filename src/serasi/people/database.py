"""What this app keeps in the database itself, laid anew after every migration by `serasi.access.safeguards`.

The SQL stands in ``sql/``, one file for each idea, in the order in which they are laid:

* ``circle`` – ``people_own_circle``, whom an actor sees for what they are; row policies call it once in a statement.
* ``seals`` – confidentiality is repeated on unit rows; a merged record points straight at the kept one.
* ``index`` – the search table follows persons, aliases and addresses, whoever writes them.
* ``search`` – ``people_search`` and ``people_lookup``, the only doors to names and numbers across units.

Functions that must see more than the actor set ``serasi.scope`` for as long as they read, and put it back.
"""

from importlib.resources import files
from typing import Final

_SQL: Final = files("serasi.people") / "sql"

FUNCTIONS: Final = "\n".join(
    (_SQL / f"{name}.sql").read_text("utf-8") for name in ("circle", "seals", "index", "search")
)
