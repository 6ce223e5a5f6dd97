# ruff: noqa: DTZ001 - what stands in a spreadsheet has no zone
import io
import struct
import zipfile
from contextlib import suppress
from datetime import date, datetime, time
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from serasi.common.nik import NikError, read_nik
from serasi.common.spreadsheets import (
    HeaderMap,
    RoundedNumber,
    Row,
    SheetRefused,
    header_key,
    limits,
    read_rows,
    read_sheets,
    write_workbook,
)

NIK = "3175014503900012"


# --- files made by hand


def xlsx(*sheets: list[list[Any]], hidden: tuple[int, ...] = ()) -> bytes:
    written = io.BytesIO()
    workbook = xlsxwriter.Workbook(written, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    clock = workbook.add_format({"num_format": "hh:mm"})
    for number, rows in enumerate(sheets):
        sheet = workbook.add_worksheet(f"Lembar {number + 1}")
        if number in hidden:
            sheet.hide()
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, time):
                    sheet.write_datetime(at, column, value, clock)
                elif value is not None:
                    sheet.write(at, column, value)
    workbook.close()
    return written.getvalue()


def edited(content: bytes, member: str, old: str, new: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after:
        for info in before.infolist():
            body = before.read(info)
            if info.filename == member:
                assert old.encode() in body
                body = body.replace(old.encode(), new.encode())
            after.writestr(info.filename, body)
    return written.getvalue()


def ods(table: str) -> bytes:
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="Data">{table}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return written.getvalue()


def ods_row(*cells: str, repeated: int = 1) -> str:
    filled = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in cells
    )
    return (
        f'<table:table-row table:number-rows-repeated="{repeated}">{filled}'
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
    )


def xls(rows: list[list[str | float]]) -> bytes:
    """The smallest BIFF8 workbook inside the smallest compound file."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    begin = record(0x809, struct.pack("<HHHHII", 0x600, 0x5, 0, 0, 0, 0))
    sheet = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", at, column, 0)
            if isinstance(value, str):
                sheet += record(0x204, place + struct.pack("<HB", len(value), 0) + value.encode("latin-1"))
            else:
                sheet += record(0x203, place + struct.pack("<d", value))
    end = record(0x0A, b"")
    offset = len(begin) + 4 + 8 + 4 + len(end)
    stream = begin + record(0x85, struct.pack("<IHBB", offset, 0, 4, 0) + b"Data") + end + sheet + end
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack(
        "<HHHHHHIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
    )
    header += struct.pack("<I", 0) + b"\xff" * (4 * 108)
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + count), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = (name + "\0").encode("utf-16-le")
        return (
            text.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + b"\0" * 36
            + struct.pack("<IQ", start, size)
        )

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    return header + table + directory.ljust(512, b"\0") + stream


def cells(content: bytes, name: str = "data.xlsx") -> list[tuple[Any, ...]]:
    return [row.cells for row in read_rows(content, name).rows]


# --- reading


def test_every_kind_of_cell_is_read_as_it_stands() -> None:
    sheet = read_rows(
        io.BytesIO(
            xlsx(
                [
                    ["Nama", "NIK", "RT", "Nilai", "Lahir", "Jam", "Aktif"],
                    ["Siti", NIK, 3, 1.5, date(1990, 12, 31), time(9, 30), True],
                    ["  Budi\u200b ", None, -7, 0.1 + 0.2, datetime(2026, 1, 1, 8, 15), None, False],
                ]
            )
        ),
        "Data Warga.XLSX",
    )
    assert sheet.headers == ("Nama", "NIK", "RT", "Nilai", "Lahir", "Jam", "Aktif")
    assert (sheet.name, sheet.header_row) == ("Lembar 1", 1)
    assert sheet.rows[0] == Row(2, ("Siti", NIK, "3", "1.5", date(1990, 12, 31), "09:30:00", "TRUE"))
    assert sheet.rows[1].number == 3
    assert sheet.rows[1].cells[:4] == ("Budi", "", "-7", "0.3")
    assert sheet.rows[1][99] == ""


def test_a_nik_written_as_a_number_is_kept_when_exact_and_marked_when_rounded() -> None:
    exact, rounded, beyond = 3175014503900012, 3175014503900010, 9171014503900013
    sheet = read_rows(xlsx([["Nama", "NIK"], ["A", exact], ["B", rounded], ["C", beyond]]), "data.xlsx")
    assert sheet.rows[0].cells == ("A", str(exact))
    assert not isinstance(sheet.rows[0].cells[1], RoundedNumber)
    assert sheet.rounded == [(3, "NIK"), (4, "NIK")]
    for row in sheet.rows[1:]:
        with pytest.raises(NikError) as refused:
            read_nik(str(row.cells[1]))
        assert refused.value.ruined


def test_titles_above_the_header_are_passed_over_and_row_numbers_stay_those_of_the_file() -> None:
    sheet = read_rows(
        xlsx(
            [
                ["DAFTAR PENERIMA MANFAAT"],
                ["Tahun 2026"],
                [],
                ["No", "Nama", "NIK"],
                [1, "Siti", NIK],
                [],
                [2, "Budi", ""],
            ]
        ),
        "data.xlsx",
    )
    assert sheet.header_row == 4
    assert [row.number for row in sheet.rows] == [5, 7]


def test_a_row_of_column_numbers_below_the_header_is_no_person() -> None:
    assert cells(xlsx([["No", "Nama", "NIK"], ["(1)", "(2)", "(3)"], [1, "Siti", NIK]])) == [("1", "Siti", NIK)]
    assert cells(xlsx([["No", "Nama", "NIK"], [1, 2, 3], [1, "Siti", NIK]])) == [("1", "Siti", NIK)]


def test_grouped_headings_take_the_names_of_their_parts() -> None:
    sheet = read_rows(
        xlsx([["Nama", "Alamat", None, None, "Ket"], [None, "Jalan", "RT", "RW", None], ["Siti", "Jl. A", 1, 2, "-"]]),
        "data.xlsx",
    )
    assert sheet.headers == ("Nama", "Jalan", "RT", "RW", "Ket")
    assert sheet.rows == (Row(3, ("Siti", "Jl. A", "1", "2", "-")),)


def test_the_header_map_finds_the_header_that_words_alone_would_not() -> None:
    rows = [["Dinas", "Sosial", "Kota", "Surabaya"], ["nama", "n.i.k"], ["Siti", NIK]]
    assert read_rows(xlsx(rows), "data.xlsx", header_map=HeaderMap({"nik": [], "nama": []})).header_row == 2


def test_the_first_visible_sheet_with_a_table_is_read_and_the_others_are_named() -> None:
    table = [["Nama", "NIK"], ["Siti", NIK]]
    sheet = read_rows(xlsx([], table, table), "data.xlsx")
    assert (sheet.name, sheet.other_sheets) == ("Lembar 2", ("Lembar 1", "Lembar 3"))
    assert read_rows(xlsx(table, table), "data.xlsx", sheet="Lembar 2").name == "Lembar 2"
    with pytest.raises(SheetRefused, match="Lembar 9"):
        read_rows(xlsx(table), "data.xlsx", sheet="Lembar 9")


def test_a_hidden_sheet_is_not_read() -> None:
    sheet = read_rows(xlsx([["Nama", "NIK"], ["Siti", NIK]], [["Kode", "Arti"], ["L", "Laki"]], hidden=(1,)), "a.xlsx")
    assert (sheet.name, sheet.other_sheets) == ("Lembar 1", ())


def test_all_sheets_are_read_as_they_stand_hidden_ones_too() -> None:
    book = xlsx([["", "A"], [], ["x", 1]], [["B"]], hidden=(1,))
    assert list(read_sheets(book, "a.xlsx").values()) == [[["", "A"], ["", ""], ["x", "1"]], [["B"]]]
    with pytest.raises(SheetRefused, match=r"bukan \.xlsx"):
        read_sheets(b"a,b", "a.csv")


def test_an_ods_file_is_read_also_with_its_endless_empty_rows() -> None:
    content = ods(ods_row("Nama", "NIK") + ods_row("Siti", NIK) + ods_row(repeated=1_048_000))
    sheet = read_rows(content, "data.ods")
    assert (sheet.name, sheet.headers, sheet.rows) == ("Data", ("Nama", "NIK"), (Row(2, ("Siti", NIK)),))


def test_an_old_xls_file_is_read() -> None:
    sheet = read_rows(xls([["Nama", "NIK", "RT"], ["Siti", NIK, 3.0], ["Budi", 3175014503900010.0, 4.0]]), "data.xls")
    assert sheet.rows[0].cells == ("Siti", NIK, "3")
    assert sheet.rounded == [(3, "NIK")]


@pytest.mark.parametrize("delimiter", [",", ";", "|", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_file_is_read_however_it_was_saved(delimiter: str, encoding: str, end: str) -> None:
    lines = [["Nama", "NIK", "Alamat"], ["José “Pepe”", NIK, f'"Jl. A{delimiter} No. 1"'], ["Siti", "", "Jl. B"]]
    content = end.join(delimiter.join(line) for line in lines).encode(encoding)
    sheet = read_rows(content, "data.csv")
    assert sheet.headers == ("Nama", "NIK", "Alamat")
    assert sheet.rows[0].cells == ("José “Pepe”", NIK, f"Jl. A{delimiter} No. 1")
    assert sheet.rows[1].cells == ("Siti", "", "Jl. B")


def test_the_line_with_which_excel_names_its_delimiter_is_obeyed() -> None:
    assert cells(b"sep=;\r\nNama;NIK\r\nSiti, Amd;1\r\n", "data.csv") == [("Siti, Amd", "1")]


def test_a_list_with_a_single_column_is_a_table_too() -> None:
    assert cells(b"NIK\n3175014503900012\n", "nik.csv") == [(NIK,)]


def test_leading_zeros_and_scientific_numbers_in_text_stay_as_typed() -> None:
    assert cells(b"Nama,RT,NIK\nSiti,003,3.17501E+15\n", "a.csv") == [("Siti", "003", "3.17501E+15")]


# --- refusing


@pytest.mark.parametrize(
    ("content", "name", "part_of_message"),
    [
        (b"", "data.xlsx", "kosong"),
        (b"Nama,NIK\n", "data.pdf", "Pilih berkas"),
        (b"Nama,NIK\n", "data", "Pilih berkas"),
        (b"Nama,NIK\n", "data.xlsx", "tidak sesuai"),
        (b"%PDF-1.7\n\x00\x01\x02", "data.csv", "bukan teks"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "data.csv", "bukan teks"),
        (b"<html><table><tr><td>Nama</td></tr></table>", "data.xls", "halaman web"),
        (b"\xef\xbb\xbf <!DOCTYPE html>", "data.xls", "halaman web"),
        (b"<?xml version='1.0'?><Workbook/>", "data.xls", "halaman web"),
        (b"PK\x03\x04 broken", "data.xlsx", "rusak"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "data.xls", "rusak"),
        (b"1,2\n3,4\n", "data.csv", "judul kolom"),
        (b"\n\n", "data.csv", "judul kolom"),
        (b'Nama,NIK\n"Siti' + b"x" * 200_000, "data.csv", "tanda kutip"),
    ],
)
def test_what_is_no_table_is_refused_with_the_way_out(content: bytes, name: str, part_of_message: str) -> None:
    with pytest.raises(SheetRefused) as refused:
        read_rows(content, name)
    assert part_of_message in refused.value.message


def test_a_file_that_is_not_what_it_says_is_refused() -> None:
    table = [["Nama", "NIK"], ["Siti", NIK]]
    for content, name in (
        (xlsx(table), "a.csv"),
        (xlsx(table), "a.xls"),
        (xls([["Nama"]]), "a.xlsx"),
        (ods(""), "a.xlsx"),
    ):
        with pytest.raises(SheetRefused, match="tidak sesuai"):
            read_rows(content, name)


def test_an_ordinary_archive_is_no_spreadsheet() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(SheetRefused, match="tidak sesuai"):
        read_rows(written.getvalue(), "a.xlsx")


def test_a_locked_workbook_says_so() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(SheetRefused, match="kata sandi"):
        read_rows(content, "a.xlsx")


def test_a_heavy_file_is_refused_without_being_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", 1000)
    file = io.BytesIO(b"Nama,NIK\n" * 1000)
    with pytest.raises(SheetRefused, match="MB"):
        read_rows(file, "a.csv")
    assert file.tell() == 1001


def test_a_workbook_cut_off_on_the_way_is_refused() -> None:
    content = xlsx([["Nama", "NIK"], ["Siti", NIK]])
    for length in range(30, len(content), 97):
        with pytest.raises(SheetRefused):
            read_rows(content[:length], "a.xlsx")


# --- bombs


def test_an_archive_that_unpacks_to_far_more_than_it_weighs_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 60_000_000)
    with pytest.raises(SheetRefused, match="terlalu besar"):
        read_rows(written.getvalue(), "a.xlsx")


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>" + " " * 5_000_000)
    lying = written.getvalue().replace(struct.pack("<I", 5_000_011), struct.pack("<I", 100))
    with pytest.raises(SheetRefused, match="rusak"):
        read_rows(lying, "a.xlsx")


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('r="B2"', 'r="XFD1048576"'),
        ('r="B2"', "r = 'XFD1048576'"),
        ('r="B2"', 'r="&#88;FD1048576"'),
        ('<row r="2" spans="1:2"><c r="A2"', '<row r="1048570"><c'),
    ],
)
def test_a_single_cell_far_out_is_refused_before_the_parser_spans_it(old: str, new: str) -> None:
    with pytest.raises(SheetRefused, match="Hapus isi di luar tabel"):
        read_rows(edited(xlsx([["Nama", "NIK"], ["Siti", NIK]]), SHEET, old, new), "a.xlsx")


def test_an_empty_formatted_cell_far_out_does_no_harm() -> None:
    content = edited(
        xlsx([["Nama", "NIK"], ["Siti", NIK]]),
        SHEET,
        "</sheetData>",
        '<row r="90000"><c r="XFD90000" s="0"/></row></sheetData>',
    )
    assert cells(content) == [("Siti", NIK)]


def test_one_long_text_shared_by_very_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_TEXT", 1_000_000)
    with pytest.raises(SheetRefused, match="terlalu besar"):
        read_rows(xlsx([["Nama", "Cerita"], *[["Siti", "x" * 30_000] for _ in range(50)]]), "a.xlsx")


@pytest.mark.parametrize(
    "table",
    [
        ods_row("Nama", "NIK") + ods_row("Siti", repeated=1_000_000),
        (
            '<table:table-row><table:table-cell office:value-type="string" table:number-columns-repeated="9000">'
            "<text:p>x</text:p></table:table-cell></table:table-row>"
        ),
        ods_row(repeated=900_000) + ods_row("Siti"),
    ],
)
def test_a_repeated_ods_cell_is_refused_before_it_is_repeated(table: str) -> None:
    with pytest.raises(SheetRefused, match="Hapus isi di luar tabel"):
        read_rows(ods(table), "a.ods")


def test_entities_that_unfold_are_refused() -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'
    with pytest.raises(SheetRefused, match="rusak"):
        read_rows(edited(xlsx([["Nama"], ["Siti"]]), SHEET, "<worksheet", bomb), "a.xlsx")


def test_too_many_rows_or_columns_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ROWS", 50)
    with pytest.raises(SheetRefused, match="baris"):
        read_rows(b"Nama,NIK\n" + b"Siti,1\n" * 100, "a.csv")
    with pytest.raises(SheetRefused, match="baris"):
        read_rows(xlsx([["Nama", "NIK"], *[["Siti", "1"]] * 60]), "a.xlsx")
    monkeypatch.setattr(limits, "MAX_CELLS", 100)
    with pytest.raises(SheetRefused, match="sel"):
        read_rows(xlsx([["Nama", "NIK"] * 5, *[["Siti", "1"]] * 12]), "a.xlsx")
    with pytest.raises(SheetRefused, match="kolom"):
        read_rows(b",".join([b"Nama"] * 300) + b"\n", "a.csv")


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xls", "a.xlsx", "a.ods"]))
def test_any_bytes_are_either_read_or_refused(content: bytes, name: str) -> None:
    with suppress(SheetRefused):
        read_rows(content, name)


WHOLE = {"a.xlsx": xlsx([["Nama", "NIK"], ["Siti", 1]]), "a.xls": xls([["Nama", "NIK"], ["Siti", 1.0]])}


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(sorted(WHOLE)), st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 255)), max_size=8))
def test_a_damaged_workbook_is_either_read_or_refused(name: str, changes: list[tuple[int, int]]) -> None:
    damaged = bytearray(WHOLE[name])
    for at, value in changes:
        damaged[at % len(damaged)] = value
    with suppress(SheetRefused):
        read_rows(bytes(damaged), name)


# --- headers

FIELDS = HeaderMap(
    {
        "kk": ["No KK", "Nomor Kartu Keluarga"],
        "nik": ["NIK Pengurus", "NIK Pengurus / ART", "Nomor Induk Kependudukan"],
        "name": ["Nama", "Nama ART", "Nama Lengkap"],
        "regency": ["Kab/Kota", "Kabupaten"],
    },
    required=["nik", "name"],
)


@pytest.mark.parametrize(
    "header", ["NO KK", "NO. KK", "no_kk", "Nomor KK", "nomor_kk", "No.KK *", "  no   kk ", "No KK (wajib diisi)"]
)
def test_a_heading_is_known_however_it_is_punctuated(header: str) -> None:
    assert FIELDS.match([header]).columns == {"kk": 0}


def test_a_match_says_what_it_found_missed_and_does_not_know() -> None:
    match = FIELDS.match(["No", "NAMA ART", "kab / kota", "KOMPONEN", ""])
    assert match.columns == {"name": 1, "regency": 2}
    assert match.missing == ("nik",)
    assert match.unknown == ("No", "KOMPONEN")
    assert not match.is_complete


def test_two_columns_for_one_field_are_left_to_the_worker() -> None:
    match = FIELDS.match(["NIK", "NIK Pengurus", "Nama"])
    assert match.columns == {"name": 2}
    assert match.ambiguous == {"nik": ("NIK", "NIK Pengurus")}
    assert match.missing == ()
    assert not match.is_complete


def test_an_alias_with_two_meanings_or_an_undescribed_requirement_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="both"):
        HeaderMap({"one": ["Nama"], "two": ["NAMA"]})
    with pytest.raises(ValueError, match="described"):
        HeaderMap({"one": []}, required=["two"])


def test_reduplication_is_no_other_word() -> None:
    assert header_key("Anak-anak") == header_key("ANAK")


# --- writing


def test_what_is_written_reads_back_the_same() -> None:
    rows = [
        ["Siti", NIK, 3, date(1990, 12, 31), None, True],
        ["Budi", int(NIK), 1.5, datetime(2026, 1, 1, 8, 15), "", False],
    ]
    seen: list[int] = []
    content = write_workbook(["Nama", "NIK", "Jumlah", "Lahir", "Kosong", "Aktif"], rows, progress=seen.append)
    assert seen == [1, 2]
    assert cells(content) == [
        ("Siti", NIK, "3", date(1990, 12, 31), "", "ya"),
        ("Budi", NIK, "1.5", datetime(2026, 1, 1, 8, 15), "", "tidak"),
    ]


DANGEROUS = ["=1+1", "+62812", "-1+2", "@SUM(A1)", "\tx", "\r=1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0"]


def test_no_cell_is_a_formula_or_link_and_each_survives_the_way_through_csv() -> None:
    content = write_workbook(["Isi", "=Judul"], [[text, "https://example.org"] for text in DANGEROUS])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet
    assert sheet.count(b"<t>'") + sheet.count(b'<t xml:space="preserve">\'') == len(DANGEROUS) + 1
    assert [row[0] for row in cells(content)] == [text.strip() for text in DANGEROUS]


def test_a_lone_dash_stays_a_dash_and_an_overlong_text_is_cut_visibly() -> None:
    read = cells(write_workbook(["A", "B"], [["-", "x" * 40_000]]))[0]
    assert read[0] == "-"
    assert len(read[1]) == 32_767
    assert read[1].endswith("…")


def test_a_row_longer_than_the_header_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="row 1"):
        write_workbook(["A"], [["1", "2"]])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), min_size=1, max_size=5))
def test_any_text_can_be_written_and_read_without_harm(rows: list[list[str]]) -> None:
    content = write_workbook(["Nama", "Catatan"], rows)
    assert read_rows(content, "a.xlsx").headers == ("Nama", "Catatan")


def test_a_moment_with_a_zone_is_written_as_its_wall_clock() -> None:
    moment = datetime(2026, 1, 1, 8, 15, tzinfo=ZoneInfo("Asia/Makassar"))
    assert cells(write_workbook(["A", "B"], [["x", moment]]))[0][1] == datetime(2026, 1, 1, 8, 15)


@pytest.mark.slow
def test_a_whole_province_of_rows_is_written_and_read_in_reasonable_time() -> None:
    started = perf_counter()
    content = write_workbook([f"Kolom {n}" for n in range(20)], ([f"Siti {n}"] * 20 for n in range(10_000)))
    assert len(read_rows(content, "a.xlsx").rows) == 10_000
    assert perf_counter() - started < 30
