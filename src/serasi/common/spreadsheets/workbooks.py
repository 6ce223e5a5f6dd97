"""Workbooks: XLSX, XLS and ODS."""

import io

import python_calamine
from django.utils.translation import gettext as _

from serasi.common.cells import Cell
from serasi.common.spreadsheets import limits
from serasi.common.spreadsheets.headers import HeaderMap
from serasi.common.spreadsheets.sheet import Sheet, SheetRefused
from serasi.common.spreadsheets.table import table_of
from serasi.common.spreadsheets.values import cell_of


def workbook_table(content: bytes, kind: str, wanted: str, header_map: HeaderMap | None) -> Sheet:
    if kind == "xls" and len(content) > limits.MAX_XLS_BYTES:
        raise SheetRefused(
            _("Berkas .xls lebih dari %(limit)d MB. Simpan Sebagai .xlsx lalu unggah lagi.")
            % {"limit": limits.MAX_XLS_BYTES // (1024 * 1024)}
        )
    workbook, names = _opened(content)
    visible = [name for name, is_visible in names.items() if is_visible]
    if wanted and wanted not in visible:
        raise SheetRefused(_("Lembar “%(sheet)s” tidak ada di berkas ini.") % {"sheet": wanted})
    refusal: SheetRefused | None = None
    for name in [wanted] if wanted else visible:
        others = tuple(other for other in visible if other != name)
        try:
            return table_of(name, _sheet_rows(workbook, name), others, header_map)
        except SheetRefused as refused:
            refusal = refusal or refused
    raise refusal or SheetRefused(_("Tidak ada lembar kerja yang terlihat di berkas ini."))


def workbook_sheets(content: bytes) -> dict[str, list[list[Cell]]]:
    """Every sheet, hidden ones too, each from its first row on."""
    workbook, names = _opened(content)
    return {name: _sheet_rows(workbook, name) for name in names}


def _opened(content: bytes) -> tuple[python_calamine.CalamineWorkbook, dict[str, bool]]:
    """The workbook with the names of its sheets and whether each is visible."""
    try:
        workbook = python_calamine.load_workbook(io.BytesIO(content))
        return workbook, {
            meta.name: meta.visible == python_calamine.SheetVisibleEnum.Visible
            for meta in workbook.sheets_metadata
            if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
        }
    except python_calamine.PasswordError as error:
        raise limits.locked() from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic inside the parser is no Exception
        raise limits.damaged() from error


def _sheet_rows(workbook: python_calamine.CalamineWorkbook, name: str) -> list[list[Cell]]:
    try:
        sheet = workbook.get_sheet_by_name(name)
        height, width = sheet.total_height, sheet.total_width
        rows = sheet.to_python(skip_empty_area=False) if limits.fits(height, width) else []
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic inside the parser is no Exception
        raise limits.damaged() from error
    if not limits.fits(height, width):
        raise limits.too_large(height, width)
    return [[cell_of(value) for value in row] for row in rows]
