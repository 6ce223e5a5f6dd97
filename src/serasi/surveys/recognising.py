"""Which question asks for what: a name, a NIK, a village … The same words that column headings are read by.

A question says it by the property of an entity that its answer is kept in (`save_to`), else by its own name. What is
not recognised is an ordinary question.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from serasi.people.reference import roster_field
from serasi.xforms.form import Form

VILLAGE: Final = "village"
IDENTIFYING: Final = frozenset(
    {
        "nik", "kk", "name", "nickname", "head_name", "mother_name", "father_name", "guardian_name", "phone", "address",
        "hamlet", "rt", "rw", "rt_rw", "case_number", "dtks_id", "family_id", "birth_place", "birth_place_and_date",
        "sent_by", "note",
    }
)  # fmt: skip
"""Meanings that name somebody, or where exactly they live; «note» may hold anything."""
_PLACES: Final = {"village": VILLAGE, "region_code": VILLAGE, "desa": VILLAGE, "kelurahan": VILLAGE}


def meanings_of(form: Form) -> Mapping[str, str]:
    """What each recognised question asks for, by path: a code of `people/reference/aliases.toml`."""
    saved = {path: name for entity in form.entities for name, path in entity.properties.items()}
    found: dict[str, str] = {}
    for field in form.questions:
        for said in (saved.get(field.path, ""), field.entity_property, field.name):
            meaning = roster_field(said) if said else None
            if meaning is not None:
                found[field.path] = _PLACES.get(meaning, meaning)
                break
    return MappingProxyType(found)
