"""Files that an author brings along with a form: pictures and sounds beside words, lists that choices come from.

A form names them (``jr://images/halte.png``); where they are kept and how they are served is for whoever has the form.
The lists that Serasi keeps itself (`lists`) are none of them, nor are videos and lists of another kind than CSV.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from serasi.xforms.lists import CASELOAD, PLACES

_ADDRESS: Final = re.compile(r"jr://(images|audio|file-csv)/([^/]+)")


class FileKind(StrEnum):
    PICTURE = "picture"
    SOUND = "sound"
    LIST = "list"


_KINDS: Final = {"images": FileKind.PICTURE, "audio": FileKind.SOUND, "file-csv": FileKind.LIST}


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file as a form names it."""

    name: str
    kind: FileKind


def named_file(address: str) -> NamedFile | None:
    """The file at an address of a form, where it is one that the author brings."""
    found = _ADDRESS.fullmatch(address)
    if found is None or found[2] in {*PLACES, CASELOAD}:
        return None
    return NamedFile(found[2], _KINDS[found[1]])
