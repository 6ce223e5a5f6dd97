"""Cells merged over several rows: the family card number that stands once for the whole family."""

import io
import zipfile
from dataclasses import replace

import python_calamine

from serasi.common.spreadsheets import Cell, Sheet


def filled_down(table: Sheet, content: bytes) -> Sheet:
    """The table with the value of each merged cell in every row it covers. A file without merges is as it was.

    The content was read by `read_rows` before, so it is what it says and of bearable size.
    """
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return table
    try:
        sheet = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_name(table.name)
        merged = sheet.merged_cell_ranges or []
    except (python_calamine.CalamineError, ValueError, OSError):
        return table
    cells = {row.number: list(row.cells) for row in table.rows}
    is_changed = False
    for (top, left), (bottom, right) in merged:
        if bottom == top or left != right or top + 1 not in cells:
            continue
        value: Cell = cells[top + 1][left] if left < len(cells[top + 1]) else ""
        for number in range(top + 2, bottom + 2):
            if value and number in cells and left < len(cells[number]) and not cells[number][left]:
                cells[number][left] = value
                is_changed = True
    if not is_changed:
        return table
    return replace(table, rows=tuple(replace(row, cells=tuple(cells[row.number])) for row in table.rows))
