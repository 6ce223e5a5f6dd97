"""The one way in: a file becomes a table, or is refused with what to do."""

from typing import IO

from django.utils.translation import gettext as _

from serasi.common.cells import Cell
from serasi.common.spreadsheets import limits
from serasi.common.spreadsheets.headers import HeaderMap
from serasi.common.spreadsheets.outside import kind_of
from serasi.common.spreadsheets.sheet import Sheet, SheetRefused
from serasi.common.spreadsheets.table import table_of
from serasi.common.spreadsheets.text_files import text_rows
from serasi.common.spreadsheets.workbooks import workbook_sheets, workbook_table


def read_rows(file: IO[bytes] | bytes, filename: str, *, sheet: str = "", header_map: HeaderMap | None = None) -> Sheet:
    """Read the first visible sheet that holds a table, or the one named. Raises SheetRefused.

    The header is looked for in the first 20 rows: the row that answers `header_map` best, or the first that
    is filled with words like a header. A second header row under grouped headings is joined with it; a row
    of column numbers below it is left out.
    """
    content = file if isinstance(file, bytes) else file.read(limits.MAX_BYTES + 1)
    _weigh(content)
    kind = kind_of(content, filename)
    if kind == "text":
        return table_of("", text_rows(content), (), header_map)
    return workbook_table(content, kind, sheet, header_map)


def read_sheets(content: bytes, filename: str) -> dict[str, list[list[Cell]]]:
    """All sheets of an XLSX or ODS file, hidden ones too, each from its first row on. Raises SheetRefused."""
    _weigh(content)
    if kind_of(content, filename) not in {"xlsx", "ods"}:
        raise SheetRefused(_("Berkas ini bukan .xlsx. Simpan Sebagai .xlsx lalu unggah lagi."))
    return workbook_sheets(content)


def _weigh(content: bytes) -> None:
    if not content:
        raise SheetRefused(_("Berkas kosong."))
    if len(content) > limits.MAX_BYTES:
        raise SheetRefused(
            _("Berkas lebih dari %(limit)d MB. Bagi menjadi beberapa berkas.")
            % {"limit": limits.MAX_BYTES // (1024 * 1024)}
        )
