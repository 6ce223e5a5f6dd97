"""Spreadsheets that go out: the template to fill in, and the sheet of errors to mend."""

import io
from collections.abc import Iterable
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _

from serasi.common.spreadsheets import write_workbook
from serasi.interop.headings import error_headings
from serasi.interop.models import RosterImport, RosterRow
from serasi.interop.reading import Problem
from serasi.people import reference

TEMPLATE_VERSION: Final = 1
_ROWS: Final = 2_000
_COLUMNS: Final = (
    ("name", 30),
    ("nickname", 18),
    ("nik", 22),
    ("kk", 22),
    ("relation", 20),
    ("sex", 14),
    ("birth_place", 18),
    ("birth_date", 14),
    ("age", 8),
    ("religion", 14),
    ("education", 16),
    ("marital", 16),
    ("mother_name", 24),
    ("phone", 18),
    ("address", 34),
    ("rt", 6),
    ("rw", 6),
    ("village", 20),
    ("district", 20),
    ("regency", 22),
    ("province", 20),
    ("origin", 20),
    ("ppks_kind", 34),
)
_EXAMPLE: Final = {
    "name": "CONTOH Siti Rekaan (hapus baris ini)",
    "nickname": "Siti",
    "nik": "0000000000000000",
    "kk": "0000000000000000",
    "relation": "Kepala keluarga",
    "sex": "P",
    "birth_place": "Kota Contoh",
    "birth_date": "31/12/1950",
    "phone": "0812 0000 0000",
    "address": "Jl. Contoh 1",
    "rt": "001",
    "rw": "002",
    "village": "Desa Contoh",
    "district": "Kecamatan Contoh",
    "regency": "Kota Contoh",
    "province": "Provinsi Contoh",
}


def error_sheet(roster: RosterImport, rows: Iterable[RosterRow]) -> bytes:
    """The faulty rows as they stood, each with where it stood, what is wrong and how to mend it; ready to come back."""
    width = len(roster.headers)
    return write_workbook(
        [*roster.headers, *error_headings()], (_error_row(row, width) for row in rows), title=_("Perbaiki")
    )


def _error_row(row: RosterRow, width: int) -> list[object]:
    cells: list[object] = list(row.values[:width])
    cells += [""] * (width - len(cells))
    errors = [error for error in map(Problem.told, row.problems) if error.is_error]
    said = ([e.column for e in errors], [e.what for e in errors], [e.fix for e in errors])
    return [*cells, row.number, *map(_joined, said)]


def _joined(texts: list[str]) -> str:
    """One text as it is; several numbered, so that what is wrong and how to mend it stay together."""
    return texts[0] if len(texts) == 1 else "; ".join(f"{at}) {text}" for at, text in enumerate(texts, 1) if text)


def template() -> bytes:
    """An XLSX to fill in: headings that stay, lists to choose from, a sheet of codes, an invented example.

    It is Indonesian for every reader: it is filled in by many hands and read back by its Indonesian headings.
    """
    lists = {
        "sex": [sex.code for sex in reference.sexes() if sex.code != "X"],
        "relation": [relation.name for relation in reference.relations()],
        "religion": [entry.name for entry in reference.religions()],
        "education": [entry.name for entry in reference.education_levels()],
        "marital": [entry.name for entry in reference.marital_states()],
        "ppks_kind": [kind.name for kind in reference.ppks_kinds()],
    }
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written)
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF7", "locked": True, "text_wrap": True}),
        "text": book.add_format({"num_format": "@", "locked": False}),
        "example": book.add_format({"num_format": "@", "locked": False, "italic": True, "font_color": "#666666"}),
    }
    sheet = book.add_worksheet("Daftar")
    codes = book.add_worksheet("Kode")
    _guide(book.add_worksheet("Petunjuk"))
    for column, (code, values) in enumerate(lists.items()):
        codes.set_column(column, column, 30)
        codes.write_string(0, column, _name(code), formats["head"])
        for at, value in enumerate(values, start=1):
            codes.write_string(at, column, value)
    codes.protect()
    sheet.freeze_panes(1, 1)
    for column, (code, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width, formats["text"])
        sheet.write_string(0, column, _name(code), formats["head"])
        sheet.write_string(1, column, _EXAMPLE.get(code, ""), formats["example"])
        if code in lists:
            _choose(sheet, column, list(lists).index(code), len(lists[code]))
    sheet.write_string(1, len(_COLUMNS) - 1, lists["ppks_kind"][0], formats["example"])
    sheet.protect(options={"insert_rows": True, "delete_rows": True, "sort": True, "format_columns": True})
    book.set_custom_property("Serasi templat daftar", f"versi {TEMPLATE_VERSION}")
    book.close()
    return written.getvalue()


def _choose(sheet: Any, column: int, list_column: int, length: int) -> None:
    letter = chr(65 + list_column)
    sheet.data_validation(
        1,
        column,
        _ROWS,
        column,
        {
            "validate": "list",
            "source": f"='Kode'!${letter}$2:${letter}${length + 1}",
            "error_type": "warning",
            "error_title": "Tidak ada di daftar",
            "error_message": "Pilih dari daftar, atau lihat lembar Kode.",
        },
    )


def _guide(sheet: Any) -> None:
    sheet.set_column(0, 0, 100)
    lines = (
        f"Templat daftar orang Serasi, versi {TEMPLATE_VERSION}",
        "Isi satu orang satu baris pada lembar Daftar. Hanya nama yang wajib; kosongkan yang tidak diketahui.",
        "NIK dan nomor KK ditulis sebagai teks, 16 angka. Kolomnya sudah diatur demikian.",
        "Tanggal: hari, bulan, tahun, misalnya 31/12/1950. Bila hanya umur yang diketahui, isi kolom Umur.",
        "Jenis PPKS boleh lebih dari satu, dipisahkan titik koma.",
        "Hapus baris contoh. Baris yang namanya diawali CONTOH tidak pernah disimpan.",
    )
    for at, line in enumerate(lines):
        sheet.write_string(at, 0, line)
    sheet.protect()


def _name(code: str) -> str:
    return next(field.name for field in reference.roster_fields() if field.code == code)
