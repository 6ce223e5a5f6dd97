"""What this app keeps in the database itself, laid anew after every migration by `serasi.access.safeguards`.

The SQL stands in ``sql/``:

* ``reach`` – which lists the actor may use, in which districts, and of whom they may ask;
* ``candidates`` – `entitlements_candidates`, the one door to entries that are nobody's yet: asked by people, answered
  with what fits each of them, every asking logged; and `entitlements_family`, which counts what stands on the same
  family card without names.

Functions that must see more than the actor set ``serasi.scope`` for as long as they read, and put it back.
"""

from importlib.resources import files
from typing import Final

_SQL: Final = files("serasi.entitlements") / "sql"

FUNCTIONS: Final = "\n".join((_SQL / f"{name}.sql").read_text("utf-8") for name in ("reach", "candidates"))
