"""Lists that a form may read from or write to, which Serasi itself keeps: people, households, and places.

What a form says of a person or a household it says with `save_to` and the sheet `entities`, as ODK has it. Only these
lists and properties are known, so that what is answered lands where the same fact is kept at a desk.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

PEOPLE: Final = "orang"
HOUSEHOLDS: Final = "keluarga"

PROPERTIES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        PEOPLE: frozenset(
            {
                *("full_name", "nickname", "sex", "birth_date", "birth_year", "age"),
                *("nik", "kk", "phone", "address", "village", "relation"),
            }
        ),
        HOUSEHOLDS: frozenset({"kk", "address", "village", "phone"}),
    }
)
"""What is kept of one of each list. ``village`` is a Kemendagri code, ``sex`` L or P, ``age`` whole years at the day of
the answer, ``relation`` that to the head of the household."""

CASELOAD: Final = "klien.csv"
"""Those whom a device knows: made for each user by `serasi.fieldwork`, and only there."""
PARENTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "provinsi.csv": (),
        "kabupaten.csv": ("provinsi",),
        "kecamatan.csv": ("provinsi", "kabupaten"),
        "desa.csv": ("provinsi", "kabupaten", "kecamatan"),
    }
)
"""Lists of places, widest first, and the columns in which the codes above a place stand. ``name`` is its Kemendagri
code, ``label`` its name, ``lengkap`` its name with that of what it lies in."""
PLACES: Final = tuple(PARENTS)
OUTSIDE: Final = "luar"
"""The value of the line for a place that is not in the list; ask for its name in words beside it."""


def columns_of(file: str) -> frozenset[str]:
    """What a formula may ask of a list of places."""
    return frozenset({"name", "label", "lengkap", *PARENTS.get(file, ())})
