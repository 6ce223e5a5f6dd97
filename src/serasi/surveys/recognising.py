"""Which question asks for what: a name, a NIK, a village … The same words that column headings are read by.

A question says it by the property of an entity that its answer is kept in (`save_to`), else by its own name. What is
not recognised is an ordinary question.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from serasi.people.reference import roster_field
from serasi.xforms.form import Form

META: Final = "/meta"
VILLAGE: Final = "village"
PLACE_WORDS: Final = "place_words"
"""Where somebody lives outside the area of whoever asks, in words: the village, district, and regency."""
IDENTIFYING: Final = frozenset(
    {
        "nik", "kk", "name", "nickname", "head_name", "mother_name", "father_name", "guardian_name", "phone", "address",
        "hamlet", "rt", "rw", "rt_rw", "case_number", "dtks_id", "family_id", "birth_place", "birth_place_and_date",
        "sent_by", "note",
    }
)  # fmt: skip
"""Meanings that name somebody, or where exactly they live; «note» may hold anything."""
_ALSO: Final = {
    "full_name": "name",
    "region_code": VILLAGE,
    "desa": VILLAGE,
    "kelurahan": VILLAGE,
    "kode_desa": VILLAGE,
    "desa_luar": PLACE_WORDS,
    "tempat_luar": PLACE_WORDS,
    "wilayah_luar": PLACE_WORDS,
}
"""What properties of entities (`serasi.xforms.lists`) and questions of forms are called beside those headings."""


def meanings_of(form: Form) -> Mapping[str, str]:
    """What each recognised question asks for, by path: a code of `people/reference/aliases.toml`."""
    found: dict[str, str] = {}
    for field in form.questions:
        if f"{META}/" in field.path:
            continue
        for said in (field.entity_property, field.name):
            meaning = _ALSO.get(said) or (roster_field(said) if said else None)
            if meaning is not None:
                found[field.path] = _ALSO.get(meaning, meaning)
                break
    return MappingProxyType(found)
