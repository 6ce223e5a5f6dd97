"""What a spreadsheet is once it is read: a table of texts and days, or a refusal."""

from dataclasses import dataclass

from serasi.common.cells import Cell


class SheetRefused(ValueError):
    """The file cannot be read as a table; the message is Indonesian and says what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class RoundedNumber(str):
    """A number with more digits than a spreadsheet keeps: its last digits are lost or in doubt.

    Its text is the scientific form, so whatever reads numbers from text (`read_nik`) refuses it with the
    reason.
    """

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row, with the number people see in their spreadsheet."""

    number: int
    cells: tuple[Cell, ...]

    def __getitem__(self, column: int) -> Cell:
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table found in a file: its header and what stands below it, without empty rows."""

    name: str
    headers: tuple[str, ...]
    header_row: int
    rows: tuple[Row, ...]
    other_sheets: tuple[str, ...] = ()

    @property
    def rounded(self) -> list[tuple[int, str]]:
        """Row number and header of every number that has lost digits."""
        return [
            (row.number, header)
            for row in self.rows
            for header, cell in zip(self.headers, row.cells, strict=False)
            if isinstance(cell, RoundedNumber)
        ]
