"""Formulas that failed: `#N/A` where a number should stand. The parser of spreadsheets reads them as empty cells."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Final
from xml.parsers import expat

from serasi.common.spreadsheets import Cell, Sheet

_CHUNK: Final = 1 << 16
_LONGEST: Final = 40


def failures_shown(table: Sheet, content: bytes) -> Sheet:
    """The table with the error of each failed formula in its cell, so that it is not taken for an empty one.

    The content was read by `read_rows` before, so it is what it says and of bearable size. Only XLSX tells of errors.
    """
    found: dict[int, dict[int, str]] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            part = _part_of(archive, table.name)
            if part:
                with archive.open(part) as stream:
                    for row, column, error in _errors(stream):
                        found.setdefault(row, {})[column] = error
    except (zipfile.BadZipFile, KeyError, expat.ExpatError):
        return table
    if not found:
        return table
    return replace(
        table,
        rows=tuple(
            replace(row, cells=_with(row.cells, found[row.number])) if row.number in found else row
            for row in table.rows
        ),
    )


def _with(cells: tuple[Cell, ...], errors: dict[int, str]) -> tuple[Cell, ...]:
    return tuple(cell or errors.get(column, "") for column, cell in enumerate(cells))


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The file inside the archive that holds a sheet; nothing when the archive is no XLSX."""
    if "xl/workbook.xml" not in archive.namelist():
        return ""
    sheets = {
        attributes.get("name", ""): next((v for k, v in attributes.items() if k.endswith(":id")), "")
        for attributes in _elements(archive.read("xl/workbook.xml"), "sheet")
    }
    targets = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for attributes in _elements(archive.read("xl/_rels/workbook.xml.rels"), "Relationship")
    }
    target = targets.get(sheets.get(sheet, ""), "")
    return posixpath.normpath(posixpath.join("xl", target)).removeprefix("/") if target else ""


def _elements(xml: bytes, name: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == name:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(xml, True)  # noqa: FBT003 - positional only
    return found


def _errors(stream: IO[bytes]) -> Iterator[tuple[int, int, str]]:
    """Row number, column and text of every cell of the kind "error"."""
    found: list[tuple[int, int, str]] = []
    where: tuple[int, int] | None = None
    is_value = False

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal where, is_value
        name = tag.rpartition(":")[2]
        if name == "c":
            place = re.fullmatch(r"([A-Z]{1,3})(\d{1,7})", attributes.get("r", ""))
            where = (int(place[2]), _column(place[1])) if place and attributes.get("t") == "e" else None
        is_value = name == "v" and where is not None

    def text(data: str) -> None:
        nonlocal where
        if is_value and where is not None:
            found.append((*where, data[:_LONGEST]))
            where = None

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    while chunk := stream.read(_CHUNK):
        parser.Parse(chunk)
        yield from found
        found.clear()
    parser.Parse(b"", True)  # noqa: FBT003 - positional only
    yield from found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
