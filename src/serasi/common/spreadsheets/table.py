"""From rows to a table: where the header is, and what stands below it."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from serasi.common.cells import Cell
from serasi.common.spreadsheets import limits
from serasi.common.spreadsheets.headers import HeaderMap
from serasi.common.spreadsheets.sheet import RoundedNumber, Row, Sheet, SheetRefused


def table_of(name: str, rows: list[list[Cell]], others: tuple[str, ...], header_map: HeaderMap | None) -> Sheet:
    at = _header_at(rows, header_map)
    if at is None:
        raise SheetRefused(
            _("Baris judul kolom tidak ditemukan dalam %(count)d baris pertama.") % {"count": limits.HEADER_WITHIN}
        )
    headers = [cell if isinstance(cell, str) else f"{cell:%d/%m/%Y}" for cell in rows[at]]
    below = at + 1
    if below < len(rows) and _is_second_header(rows[at], rows[below]):
        for column, cell in enumerate(rows[below]):
            if cell and column < len(headers):
                headers[column] = str(cell)
            elif cell:
                headers += [""] * (column - len(headers)) + [str(cell)]
        below += 1
    if below < len(rows) and _is_column_numbers(rows[below]):
        below += 1
    width = max((column + 1 for row in rows[at:] for column, cell in enumerate(row) if cell), default=0)
    headers = [*headers[:width], *[""] * (width - len(headers))]
    found = tuple(
        Row(number, (*cells[:width], *[""] * (width - len(cells))))
        for number, cells in enumerate(rows[below:], start=below + 1)
        if any(cells)
    )
    if len(found) > limits.MAX_ROWS:
        raise limits.too_large(len(found), len(headers))
    return Sheet(name, tuple(" ".join(header.split()) for header in headers), at + 1, found, others)


def _header_at(rows: Sequence[Sequence[Cell]], header_map: HeaderMap | None) -> int | None:
    first = rows[: limits.HEADER_WITHIN]
    if header_map is not None:
        matches = [len(header_map.match([str(cell) for cell in row]).columns) for row in first]
        if matches and max(matches) > 0:
            return matches.index(max(matches))
    words = [sum(_is_word(cell) for cell in row) for row in first]
    enough = max(1, max(words, default=0) * 0.6)
    widest = max((sum(1 for cell in row if cell) for row in first), default=0)
    if widest > 1:
        enough = max(2, enough)
    return next((at for at, count in enumerate(words) if count >= enough and count), None)


def _is_word(cell: Cell) -> bool:
    return isinstance(cell, str) and bool(re.search(r"[^\W\d_]", cell)) and not isinstance(cell, RoundedNumber)


def _is_second_header(header: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether the row names the parts of grouped headings: words only, and nothing under the first column."""
    filled = [cell for cell in below if cell]
    first = next((column for column, cell in enumerate(header) if cell), 0)
    has_gap = any(not cell for cell in header[first:]) or len(below) > len(header)
    return bool(filled) and has_gap and all(map(_is_word, filled)) and not any(below[: first + 1])


def _is_column_numbers(row: Sequence[Cell]) -> bool:
    numbers = [str(cell).strip("()") for cell in row if cell]
    return len(numbers) > 2 and numbers == [str(number) for number in range(1, len(numbers) + 1)]
