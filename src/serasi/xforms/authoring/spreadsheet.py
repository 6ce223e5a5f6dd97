"""A workbook as a spreadsheet to go on with: what stands in git as text opens where authors work."""

import io
from typing import Final

import xlsxwriter

from serasi.xforms.authoring.workbook import Workbook

WIDE: Final = {"label": 40, "hint": 40, "calculation": 34, "relevant": 26, "isi": 60, "arti": 44, "alasan": 44}
"""Columns in letters, by how their heading begins."""
USUAL: Final = 16


def as_spreadsheet(workbook: Workbook) -> bytes:
    """The same sheets as XLSX. Everything is text: a formula of the form is no formula of the spreadsheet."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False}) as book:
        heading = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for table in workbook.sheets.values():
            sheet = book.add_worksheet(table.name[:31])
            sheet.freeze_panes(1, 0)
            for column, name in enumerate(table.headings):
                width = next((wide for begins, wide in WIDE.items() if name.startswith(begins)), USUAL)
                sheet.set_column(column, column, width, body)
                sheet.write_string(0, column, name, heading)
                for row in table.rows:
                    if row[name]:
                        sheet.write_string(row.number - 1, column, row[name], body)
    return written.getvalue()
