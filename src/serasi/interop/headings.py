"""Which columns of a spreadsheet mean what: the headings people write, against the fields a roster is read for."""

from functools import cache
from typing import Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serasi.common.spreadsheets import HeaderMap, header_key
from serasi.people.reference import RosterField, roster_field, roster_fields

USED: Final = frozenset(
    [
        "name",
        "nickname",
        "nik",
        "kk",
        "relation",
        "sex",
        "birth_place",
        "birth_date",
        "birth_place_and_date",
        "age",
        "religion",
        "education",
        "marital",
        "mother_name",
        "phone",
        "address",
        "hamlet",
        "rt",
        "rw",
        "rt_rw",
        "village",
        "district",
        "regency",
        "province",
        "region_code",
        "origin",
        "ppks_kind",
    ]
)
"""Fields that become part of a person. Others are recognised, kept with the row, and written nowhere."""


def error_headings() -> tuple[str, ...]:
    """What an error sheet adds to the columns of its file, in the reader's language."""
    return (_("Baris"), pgettext("satu", "Kolom"), _("Apa yang salah"), _("Cara memperbaiki"))


@cache
def _every_error_heading() -> frozenset[str]:
    """Those headings in all languages: passed over when the mended sheet comes back."""
    found: set[str] = set()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found |= set(error_headings())
    return frozenset(found)


@cache
def header_map() -> HeaderMap:
    return HeaderMap({field.code: (field.name, *field.headers) for field in roster_fields()})


@cache
def used_fields() -> tuple[RosterField, ...]:
    """The fields that are used, in the order of the file of headings."""
    return tuple(field for field in roster_fields() if field.code in USED)


def field_name(code: str) -> str:
    return next((str(field) for field in roster_fields() if field.code == code), code)


def guess_mapping(headers: list[str]) -> list[str]:
    """For each column the field it seems to hold, or nothing. The first of two columns of one field is taken.

    The heading decides; "ALAMAT (sesuai KTP)" is understood by what stands before the bracket.
    """
    taken: set[str] = set()
    mapping = []
    for header in headers:
        code = "" if header in _every_error_heading() else _field_of(header)
        if code not in USED or code in taken:
            code = ""
        taken.add(code)
        mapping.append(code)
    return mapping


def recognised_unused(headers: list[str]) -> list[str]:
    """Headings that are understood but belong to no part of a person."""
    return [header for header in headers if (code := _field_of(header)) and code not in USED and code != "row_number"]


def _field_of(header: str) -> str:
    for text in (header, header.partition("(")[0]):
        code = roster_field(text) or next(iter(header_map().match([text]).columns), None)
        if code:
            return code
    return ""


def is_header_again(cells: list[str], headers: list[str]) -> bool:
    """Whether a row repeats the headings, as printed lists do on every page."""
    pairs = [(header_key(cell), header_key(header)) for cell, header in zip(cells, headers, strict=False) if cell]
    return len(pairs) > 1 and sum(cell == header for cell, header in pairs) >= 0.8 * len(pairs)
