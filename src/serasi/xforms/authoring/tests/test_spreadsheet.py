"""What stands in git as text goes on as a spreadsheet, and comes back the same."""

from pathlib import Path

import pytest

import serasi
from serasi.xforms.authoring.publish import author
from serasi.xforms.authoring.spreadsheet import as_spreadsheet
from serasi.xforms.authoring.workbook import read

SHIPPED = sorted((Path(serasi.__file__).parent / "assessments/reference/instruments").glob("*.md"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_instrument_reads_the_same_from_its_spreadsheet(path: Path) -> None:
    text = read(path.read_bytes(), path.name)

    assert read(as_spreadsheet(text), "lembar.xlsx") == text


def test_the_form_is_the_same_too() -> None:
    source = SHIPPED[0].read_bytes()

    from_text, from_spreadsheet = author(source, "a.md"), author(as_spreadsheet(read(source, "a.md")), "a.xlsx")

    assert from_spreadsheet == from_text
