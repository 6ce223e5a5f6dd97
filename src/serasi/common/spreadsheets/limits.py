"""How large a file may be, outside and inside, and what is said of one that is larger or not whole."""

from django.utils.translation import gettext as _

from serasi.common.spreadsheets.sheet import SheetRefused

MAX_BYTES = 20 * 1024 * 1024
MAX_XLS_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 250 * 1024 * 1024
MAX_RATIO = 250
MAX_MEMBERS = 2_000
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELLS = 2_000_000
MAX_TEXT = 200_000_000
HEADER_WITHIN = 20
"""The header stands in one of the first rows; so many may stand above a table of `MAX_ROWS`."""


def fits(rows: int, columns: int) -> bool:
    return rows <= MAX_ROWS + HEADER_WITHIN and columns <= MAX_COLUMNS and rows * columns <= MAX_CELLS


def locked() -> SheetRefused:
    return SheetRefused(_("Berkas dilindungi kata sandi. Hapus kata sandinya lalu unggah lagi."))


def damaged() -> SheetRefused:
    return SheetRefused(_("Berkas rusak atau tidak lengkap. Buka lagi di Excel atau LibreOffice, lalu simpan ulang."))


def too_big_unpacked() -> SheetRefused:
    return SheetRefused(_("Isi berkas terlalu besar setelah dibuka. Bagi menjadi beberapa berkas."))


def too_large(rows: int, columns: int) -> SheetRefused:
    return SheetRefused(
        _(
            "Lembar kerja memakai %(rows)d baris dan %(columns)d kolom. Paling banyak %(max_rows)d baris, "
            "%(max_columns)d kolom, dan %(max_cells)d sel. Hapus isi di luar tabel atau bagi berkasnya."
        )
        % {
            "rows": rows,
            "columns": columns,
            "max_rows": MAX_ROWS,
            "max_columns": MAX_COLUMNS,
            "max_cells": MAX_CELLS,
        }
    )
