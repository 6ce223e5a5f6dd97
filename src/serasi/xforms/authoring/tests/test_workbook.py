"""A workbook is read with the places its author sees, and refused with what to do."""

import io
from collections.abc import Sequence

import pytest
import xlsxwriter

from serasi.xforms.authoring.workbook import MAX_CELL, Workbook, read
from serasi.xforms.findings import Unreadable


def xlsx(**sheets: Sequence[Sequence[object]]) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, column, cell)
    return written.getvalue()


def refusal(source: bytes, name: str) -> list[str]:
    with pytest.raises(Unreadable) as refused:
        read(source, name)
    return [str(finding) for finding in refused.value.findings]


def cells(workbook: Workbook, sheet: str) -> list[tuple[int, dict[str, str]]]:
    return [(row.number, dict(row.cells)) for row in workbook[sheet].rows]


def test_a_spreadsheet_and_its_text_are_one() -> None:
    text = (
        "# Judul\n\nPengantar.\n\n## survey\n\n| type | name | label |\n| --- | :-: | --- |\n| text | nama | Nama? |\n"
    )
    book = xlsx(survey=[["type", "name", "label"], ["text", "nama", "Nama?"]])
    assert cells(read(text.encode(), "a.md"), "survey") == cells(read(book, "a.xlsx"), "survey")
    assert cells(read(book, "a.xlsx"), "survey") == [(2, {"type": "text", "name": "nama", "label": "Nama?"})]


def test_rows_keep_the_numbers_that_their_author_sees() -> None:
    book = xlsx(Survey=[["type", "name"], ["text", "a"], [None, None], ["integer", "b"]], lain=[["x"]])
    workbook = read(book, "a.xlsx")
    assert [number for number, _cells in cells(workbook, "survey")] == [2, 4]
    assert sorted(workbook.sheets) == ["lain", "survey"]


def test_numbers_and_truths_are_text() -> None:
    book = xlsx(choices=[["list_name", "name", "nilai"], ["ya", 1, 2.5], ["ya", True, "'=1"]])
    assert cells(read(book, "a.xlsx"), "choices") == [
        (2, {"list_name": "ya", "name": "1", "nilai": "2.5"}),
        (3, {"list_name": "ya", "name": "TRUE", "nilai": "=1"}),
    ]


def test_text_may_hold_bars_and_new_lines() -> None:
    text = "## survey\n| type | constraint | label |\n| --- | --- | --- |\n| text | regex(., 'a\\|b') | satu<br>dua |\n"
    assert cells(read(text.encode(), "a.md"), "survey") == [
        (2, {"type": "text", "constraint": "regex(., 'a|b')", "label": "satu\ndua"})
    ]


@pytest.mark.parametrize(
    ("source", "name", "said"),
    [
        (b"x", "a.xls", "Berkas .xls tidak diterima. Buka di Excel atau LibreOffice, lalu Simpan Sebagai .xlsx."),
        (b"x", "a.pdf", "Instrumen ditulis dalam berkas .xlsx (XLSForm) atau teks .md."),
        (b"", "a.xlsx", "Berkas kosong."),
        (b"hanya teks", "a.md", "Teks ini tidak berisi tabel. Setiap lembar adalah judul (## survey) dan tabel."),
        (
            b"| a |\n| - |\n",
            "a.md",
            "Tabel di baris teks 1 tidak bernama. Tulis di atasnya judul lembar, misalnya ## survey.",
        ),
        (b"\xff\xfe\x00", "a.md", "Berkas ini bukan teks UTF-8. Simpan ulang sebagai UTF-8."),
        (
            b"## survey\n| a |\n## Survey\n| b |\n",
            "a.md",
            "Ada dua lembar bernama “survey”. Hapus salah satu.",
        ),
        (b"## survey\n| a | a |\n", "a.md", "Kolom “a” ada dua kali. Hapus atau ganti nama salah satu."),
        (b"## survey\n| | |\n| a | b |\n", "a.md", "Baris 1 harus berisi judul kolom."),
        (
            b"## survey\n| a |\n| " + b"x" * (MAX_CELL + 1) + b" |\n",
            "a.md",
            "Isi sel terlalu panjang (8001 huruf; paling banyak 8000).",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(source: bytes, name: str, said: str) -> None:
    assert refusal(source, name) == [said]


def test_a_list_of_villages_is_refused_by_its_length() -> None:
    book = xlsx(choices=[["list_name", "name"], *[["desa", str(number)] for number in range(6_100)]])
    (said,) = refusal(book, "a.xlsx")
    assert said.startswith("Lembar “choices” memakai 6101 baris dan 2 kolom; paling banyak 6000 baris")
