"""The pages of an import as their readers meet them: uploading, looking through, mending, deciding, and who may not."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from serasi.access.models import BackgroundWork, Look, User
from serasi.access.operations import acting
from serasi.access.operations.work import run_work
from serasi.common.identifiers import uuid7
from serasi.common.spreadsheets import read_rows
from serasi.interop.enums import RosterState
from serasi.interop.models import RosterImport, RosterRow
from serasi.interop.operations import save_roster
from serasi.interop.tests.conftest import House
from serasi.interop.tests.factories import (
    AT,
    Formula,
    nik,
    outcomes,
    read,
    rows_of,
    save,
    seen,
    upload,
    work_off,
    workbook,
)
from serasi.interop.tests.test_roster import BUDI, HEAD, SITI, WRONG, known, people
from serasi.interop.workbooks import template

pytestmark = pytest.mark.django_db

Browser = Callable[[User], Client]
MESSAGE = re.compile(r"\s+")


def sent(content: bytes, house: House, *, name: str = "daftar.xlsx") -> dict[str, object]:
    return {"id": str(uuid7()), "unit": str(house.unit.pk), "file": SimpleUploadedFile(name, content)}


def errors_of(text: str) -> list[str]:
    """The messages of a form that was refused, one each."""
    page = BeautifulSoup(text, "html.parser")
    found = [MESSAGE.sub(" ", item.get_text(" ").strip()) for item in page.select(".error")]
    return list(dict.fromkeys(found))


def everything(user: User) -> tuple[int, int, int]:
    with acting(User.objects.system(), "test"):
        return RosterImport.objects.count(), RosterRow.objects.count(), BackgroundWork.objects.count()


# --- the whole way


def test_a_list_is_uploaded_looked_through_and_saved(house: House, browser: Browser) -> None:
    client = browser(house.owner)
    answer = client.post("/impor/", sent(workbook([HEAD, BUDI, WRONG]), house))
    assert answer.status_code == 302
    address = answer["Location"]
    page = client.get(address)
    assert "Berkas sedang dibaca" in page.text

    with acting(house.owner, "test"):
        roster = RosterImport.objects.select_related("reading").get()
    work_off(roster.reading)
    page = client.get(address)
    assert "Tanggal ini tidak ada di kalender." in page.text
    assert "3578091506800001" not in page.text

    assert client.post(f"{address}simpan/", {"only_good": "all"}).status_code == 422
    assert client.post(f"{address}simpan/", {"only_good": "good"})["Location"] == address
    assert "Baris sedang disimpan" in client.get(address).text
    work_off(seen(roster, house.owner).saving)
    assert "Daftar tersimpan" in client.get(address).text
    assert people(house.owner) == ["Budi Santoso"]


def test_the_same_file_again_shows_what_it_came_to(house: House, browser: Browser) -> None:
    client, content = browser(house.owner), workbook([HEAD, BUDI])
    first = client.post("/impor/", sent(content, house))["Location"]
    again = client.post("/impor/", sent(content, house), follow=True)
    assert again.redirect_chain == [(first, 302)]
    assert "Berkas yang sama sudah pernah diunggah" in again.text
    assert everything(house.owner)[0] == 1


def test_the_same_form_sent_twice_is_one_import(house: House, browser: Browser) -> None:
    client = browser(house.owner)
    form = sent(workbook([HEAD, BUDI]), house)
    for _ in range(2):
        form["file"] = SimpleUploadedFile("daftar.xlsx", workbook([HEAD, BUDI]))
        assert client.post("/impor/", form).status_code == 302
    assert everything(house.owner)[0] == 1


def test_a_colleagues_file_is_not_shown_but_said(house: House, browser: Browser) -> None:
    content = workbook([HEAD, BUDI])
    read(content, by=house.owner, unit=house.unit)
    answer = browser(house.colleague).post("/impor/", sent(content, house))
    assert answer.status_code == 422
    assert "Berkas yang sama sudah diunggah rekan di unit ini" in answer.text


def test_an_import_is_cancelled_on_its_page(house: House, browser: Browser) -> None:
    client, roster = browser(house.owner), read(workbook([HEAD, BUDI]), by=house.owner, unit=house.unit)
    assert client.post(f"/impor/{roster.pk}/batal/").status_code == 302
    assert seen(roster, house.owner).state is RosterState.CANCELLED
    assert "Impor ini dibatalkan" in client.get(f"/impor/{roster.pk}/").text
    assert client.get(f"/impor/{roster.pk}/batal/").status_code == 405


def test_a_reading_that_fails_is_said_and_thrown_away(
    house: House, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(_roster: RosterImport) -> int:
        raise ValueError("Budi Santoso")

    monkeypatch.setattr("serasi.interop.operations.judging._store_rows", stumble)
    client, roster = browser(house.owner), upload(workbook([HEAD, BUDI]), by=house.owner, unit=house.unit)
    work_off(roster.reading)
    page = client.get(f"/impor/{roster.pk}/")
    assert ("Berkas tidak dapat dibaca" in page.text, "Budi Santoso" in page.text) == (True, False)
    assert client.post(f"/impor/{roster.pk}/batal/").status_code == 302
    assert seen(roster, house.owner).state is RosterState.CANCELLED


def test_a_work_stopped_on_its_own_page_leaves_an_import_that_goes_on(
    house: House, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("serasi.interop.operations.saving.CHUNK", 1)
    client = browser(house.owner)
    roster = read(workbook([HEAD, BUDI, SITI]), by=house.owner, unit=house.unit)
    save_roster(roster=roster, only_good=True, by=house.owner, at=AT)
    saving = seen(roster, house.owner).saving
    assert saving is not None
    run_work(work_id=saving.pk, run=uuid7(), clock=lambda: AT, most_seconds=0)
    assert browser(house.colleague).post(f"/pekerjaan/{saving.pk}/batal/").status_code == 404
    assert client.post(f"/pekerjaan/{saving.pk}/batal/").status_code == 302
    assert "1 dari 2 baris sudah tersimpan" in client.get(f"/impor/{roster.pk}/").text
    assert client.post(f"/impor/{roster.pk}/simpan/", {"only_good": "good"}).status_code == 302
    work_off(seen(roster, house.owner).saving)
    assert people(house.owner) == ["Budi Santoso", "Siti Aminah"]


def test_columns_are_put_right_on_their_page(house: House, browser: Browser) -> None:
    client = browser(house.owner)
    roster = read(workbook([["SEBUTAN", "JK"], ["Budi Santoso", "L"]]), by=house.owner, unit=house.unit)
    address = f"/impor/{roster.pk}/kolom/"
    assert client.get(address).status_code == 200
    form = {"revision": "1", "column_0": "sex", "column_1": "sex", "no_nik_reason": "tidak_membawa_dokumen"}
    refused = client.post(address, form)
    assert (refused.status_code, "Satu isian hanya dapat diambil dari satu kolom." in refused.text) == (422, True)
    assert client.post(address, form | {"column_0": "name"}).status_code == 302
    assert seen(roster, house.owner).mapping == ["name", "sex"]
    assert client.post(address, form | {"column_0": "'; DROP"}).status_code in {302, 422}


def table(text: str) -> list[list[str]]:
    page = BeautifulSoup(text, "html.parser")
    rows = page.select("main table tr")
    return [[MESSAGE.sub(" ", cell.get_text(" ").strip()) for cell in row.select("th, td")] for row in rows]


def test_what_must_be_mended_comes_first_and_says_row_column_wrong_and_fix(house: House, browser: Browser) -> None:
    ruined = ["", "", 3578091506800000, "1950", "P", "Bola"]
    roster = read(workbook([HEAD, BUDI, WRONG, ruined]), by=house.owner, unit=house.unit)
    client = browser(house.owner)
    fix_nik = "Ubah format kolom menjadi Teks, lalu ketik atau salin ulang nomornya dari KTP, KK, atau berkas asal."
    assert table(client.get(f"/impor/{roster.pk}/").text) == [
        ["Baris", "Nama", "Kolom", "Apa yang salah", "Cara memperbaiki"],
        [
            *("3", "Agus Salim", "TGL LAHIR", "Tanggal ini tidak ada di kalender."),
            "Tulis hari, bulan, lalu tahun, seperti 31/12/1990.",
        ],
        [
            "4",
            "–",
            "NAMA",
            "Nama belum diisi.",
            "Isi nama lengkap, atau nama panggilan bila hanya itu.",
        ],
        [
            "4",
            "–",
            "NIK",
            "NIK sudah dibulatkan oleh lembar kerja sehingga angka terakhirnya hilang.",
            fix_nik,
        ],
        [
            "4",
            "–",
            "JENIS PMKS",
            "Jenis PPKS tidak dikenal.",
            "Pilih dari lembar “Kode” pada templat, misalnya “Lanjut usia telantar”.",
        ],
    ]
    assert table(client.get(f"/impor/{roster.pk}/?hasil=new").text) == [
        ["Baris", "Nama", "Terbaca", "Lahir", "Hasil"],
        ["2", "Budi Santoso", "Laki-laki · •••• •••• •••• 0001 · Gelandangan", "15/06/1980", "Orang baru"],
    ]
    assert len(table(client.get(f"/impor/{roster.pk}/?hasil=semua").text)) == 4
    assert len(table(client.get(f"/impor/{roster.pk}/?hasil=%00").text)) == 4


@pytest.mark.parametrize("written", [nik(1), "3578.0915.0680.0001", "35 78 09 15 06 80 0001"])
def test_no_page_of_an_import_shows_a_whole_number_of_identity(house: House, browser: Browser, written: str) -> None:
    content = workbook([HEAD, BUDI, [2, "", written, "", "", ""], [3, written, "", "31/02/1980", "", ""]])
    roster = read(content, by=house.owner, unit=house.unit)
    client, address = browser(house.owner), f"/impor/{roster.pk}/"
    shown = "".join(client.get(address + page).text for page in ("", "?hasil=semua", "kolom/"))
    assert (nik(1) in shown, written in shown, "•••• 0001" in shown) == (False, False, True)


# --- decisions


def test_a_waiting_row_is_shown_beside_the_person_and_decided(house: House, browser: Browser) -> None:
    budi = known("Budi Santoso", by=house.colleague, unit=house.unit, birth_year_from=1980, birth_year_to=1980)
    content = workbook([["NAMA", "TGL LAHIR", "JK"], ["Boedi Santosa", "1980", "L"], ["Budy Santoso", "1981", "L"]])
    roster = save(read(content, by=house.owner, unit=house.unit), by=house.owner)
    client, rows = browser(house.owner), rows_of(roster, house.owner)
    first, second = f"/impor/baris/{rows[2].pk}/", f"/impor/baris/{rows[3].pk}/"

    page = client.get(first)
    assert (page.status_code, "Boedi Santosa" in page.text, "Budi Santoso" in page.text) == (200, True, True)
    with acting(house.owner, "test"):
        looks = Look.objects.filter(subject_id=budi.pk).values_list("user_id", "purpose")
        assert list(looks) == [(house.owner.pk, "Membandingkan dengan baris daftar")]
    assert client.post(first, {}).status_code == 422
    assert client.post(first, {"answer": str(uuid7())}).status_code == 422
    assert client.post(first, {"answer": str(budi.pk)})["Location"] == second
    answer = client.post(second, {"answer": "lain", "reason": "Adiknya."})

    assert answer["Location"] == f"/impor/{roster.pk}/"
    assert outcomes(roster, house.owner) == {2: "known", 3: "new"}
    assert people(house.owner) == ["Budi Santoso", "Budy Santoso"]
    assert client.get(first)["Location"] == f"/impor/{roster.pk}/"


def compared(page: str) -> dict[str, list[str]]:
    """What stands beside what, with the word for each line."""
    table = BeautifulSoup(page, "html.parser").select_one("table.compare")
    assert table is not None
    cells = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table.select("tbody tr")]
    return {first: rest for first, *rest in cells}


def test_what_only_one_side_knows_is_not_called_different(house: House, browser: Browser) -> None:
    known("Siti Aminah", by=house.colleague, unit=house.unit, birth_year_from=1950, birth_year_to=1950, sex="X")
    known("Budi Santoso", by=house.colleague, unit=house.unit, mother_name="Ibu Rekaan", birth_date=date(1980, 6, 15))
    boedi = [1, "BOEDI SANTOSO", "", "16/06/1980", "L", ""]
    roster = save(read(workbook([HEAD, boedi, SITI]), by=house.owner, unit=house.unit), by=house.owner)
    client, rows = browser(house.owner), rows_of(roster, house.owner)

    assert compared(client.get(f"/impor/baris/{rows[2].pk}/").text) == {
        "Nama Berbeda": ["BOEDI SANTOSO", "Budi Santoso"],
        "Jenis kelamin": ["Laki-laki", "Laki-laki"],
        "Lahir Berbeda": ["16/06/1980", "15/06/1980"],
        "NIK": ["Belum diisi", "Belum diisi"],
        "Nama ibu kandung Hanya di Serasi": ["Belum diisi", "Ibu Rekaan"],
    }
    assert compared(client.get(f"/impor/baris/{rows[3].pk}/").text) == {
        "Nama": ["Siti Aminah", "Siti Aminah"],
        "Jenis kelamin Hanya di berkas": ["Perempuan", "Belum diisi"],
        "Lahir": ["17/08/1950", "1950"],
        "NIK": ["Belum diisi", "Belum diisi"],
        "Nama ibu kandung": ["Belum diisi", "Belum diisi"],
    }


def test_of_someone_elsewhere_only_a_card_is_shown(house: House, browser: Browser) -> None:
    known("Budi Santoso", by=house.outsider, unit=house.elsewhere, nik=nik(1), mother_name="Ibu Rahasia")
    roster = save(read(workbook([HEAD, BUDI]), by=house.owner, unit=house.unit), by=house.owner)
    page = browser(house.owner).get(f"/impor/baris/{rows_of(roster, house.owner)[2].pk}/")
    assert ("B. S. (di luar unit Anda)" in page.text, "Ibu Rahasia" in page.text) == (True, False)
    assert compared(page.text) == {
        "Inisial": ["B. S.", "B. S."],
        "Jenis kelamin": ["Laki-laki", "Laki-laki"],
        "Tahun lahir Hanya di berkas": ["1980", "Belum diisi"],
        "Kabupaten/kota": ["Belum diisi", "Belum diisi"],
    }


def test_the_same_nik_of_someone_else_asks_for_a_reason(house: House, browser: Browser) -> None:
    known("Joko Widodo", by=house.owner, unit=house.unit, nik=nik(1))
    roster = save(read(workbook([HEAD, BUDI]), by=house.owner, unit=house.unit), by=house.owner)
    row = rows_of(roster, house.owner)[2]
    assert row.outcome == "waiting"
    client = browser(house.owner)
    assert client.post(f"/impor/baris/{row.pk}/", {"answer": "lain"}).status_code == 422
    assert people(house.owner) == ["Joko Widodo"]
    assert client.post(f"/impor/baris/{row.pk}/", {"answer": "lain", "reason": "Salah ketik."}).status_code == 302
    assert people(house.owner) == ["Budi Santoso", "Joko Widodo"]


# --- sheets that go out


def test_the_sheet_of_errors_says_where_what_and_how_and_comes_back_mended(house: House, browser: Browser) -> None:
    rounded = [4, "=Dewi", 3578091506800000, "1950", "P", "Bola"]
    failed = [5, "Eko", Formula("=NA()", "#N/A"), "", "L", ""]
    roster = save(read(workbook([HEAD, BUDI, WRONG, rounded, failed]), by=house.owner, unit=house.unit), by=house.owner)

    answer = browser(house.owner).get(f"/impor/{roster.pk}/kesalahan.xlsx")

    sheet = read_rows(answer.content, "kesalahan.xlsx")
    assert list(sheet.headers) == [*HEAD, "Baris", "Kolom", "Apa yang salah", "Cara memperbaiki"]
    fix_nik = "Ubah format kolom menjadi Teks, lalu ketik atau salin ulang nomornya dari KTP, KK, atau berkas asal."
    fix_kind = "Pilih dari lembar “Kode” pada templat, misalnya “Lanjut usia telantar”."
    ruined = "NIK sudah dibulatkan oleh lembar kerja sehingga angka terakhirnya hilang."
    assert [list(row.cells) for row in sheet.rows] == [
        [
            *("3", "Agus Salim", "", "31/02/1980", "L", "", "3", "TGL LAHIR"),
            *("Tanggal ini tidak ada di kalender.", "Tulis hari, bulan, lalu tahun, seperti 31/12/1990."),
        ],
        [
            *("4", "=Dewi", "3.57809150680000E+15", "1950", "P", "Bola", "4", "1) NIK; 2) JENIS PMKS"),
            *(f"1) {ruined}; 2) Jenis PPKS tidak dikenal.", f"1) {fix_nik}; 2) {fix_kind}"),
        ],
        ["5", "Eko", "#N/A", "", "L", "", "5", "NIK", "Rumus di sel ini gagal.", "Ganti rumus dengan nilainya."],
    ]

    mended = [list(row.cells) for row in sheet.rows]
    mended[0][3], mended[1][2], mended[1][5], mended[2][2] = "28/02/1980", "", "", nik(9)
    back = save(read(workbook([sheet.headers, *mended]), by=house.owner, unit=house.unit), by=house.owner)
    assert outcomes(back, house.owner) == {2: "new", 3: "new", 4: "new"}
    assert people(house.owner) == ["=Dewi", "Agus Salim", "Budi Santoso", "Eko"]


def test_who_reads_english_is_told_in_english_what_is_wrong(house: House, browser: Browser) -> None:
    short = [4, "Dewi Lestari", "123", "1950", "P", "PM"]
    roster = read(workbook([HEAD, BUDI, WRONG, short, BUDI]), by=house.owner, unit=house.unit)
    with acting(house.owner, "test"):
        User.objects.filter(pk=house.owner.pk).update(language="en")
    house.owner.refresh_from_db()
    client = browser(house.owner)

    page = BeautifulSoup(client.get(f"/impor/{roster.pk}/").text, "html.parser")
    told = [[cell.get_text(" ", strip=True) for cell in row.select("td, th")] for row in page.select("tbody tr")]
    day = ["TGL LAHIR", "This date does not exist.", "Write day, month, then year, like 31/12/1990."]
    number = ["NIK", "NIK must have 16 digits; 3 were written.", "Copy the NIK again from the KTP or KK."]
    kind = ["JENIS PMKS", "This code can mean more than one kind."]
    kind.append("Write one of these: “Pemulung”, “Pekerja migran bermasalah sosial”.")
    assert told == [["3", "Agus Salim", *day], ["4", "Dewi Lestari", *number], ["4", "Dewi Lestari", *kind]]

    everyone = client.get(f"/impor/{roster.pk}/?hasil=semua").text
    assert ("Same as row 2." in everyone, "Sama dengan" in everyone) == (True, False)

    sheet = read_rows(client.get(f"/impor/{roster.pk}/kesalahan.xlsx").content, "kesalahan.xlsx")
    assert list(sheet.headers) == [*HEAD, "Row", "Column", "What is wrong", "How to fix it"]
    assert sheet.rows[0].cells[-3:] == tuple(day)

    back = read(workbook([sheet.headers, sheet.rows[0].cells]), by=house.owner, unit=house.unit)
    assert back.mapping[-4:] == ["", "", "", ""]


def test_the_sheet_of_errors_carries_no_formula(house: House, browser: Browser) -> None:
    bad = [1, "=cmd|' /C calc'!A0", "@SUM(1)", "31/02/1980", "L", "+1+1"]
    roster = read(workbook([HEAD, bad]), by=house.owner, unit=house.unit)
    answer = browser(house.owner).get(f"/impor/{roster.pk}/kesalahan.xlsx")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        written = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in written
    assert "'=cmd|" in written


def test_the_template_is_filled_in_and_read(house: House, browser: Browser) -> None:
    answer = browser(house.owner).get("/impor/templat.xlsx")
    sheet = read_rows(answer.content, "templat.xlsx")
    assert (answer.status_code, sheet.name, sheet.other_sheets) == (200, "Daftar", ("Kode", "Petunjuk"))
    empty = read(answer.content, by=house.owner, unit=house.unit)
    assert outcomes(empty, house.owner) == {2: "skipped"}
    assert "" not in empty.mapping

    with translation.override("en"):
        assert read_rows(template(), "templat.xlsx").headers == sheet.headers

    filled = dict.fromkeys(sheet.headers, "")
    filled |= {"Nama lengkap": "Siti Aminah", "Jenis kelamin": "P", "Tanggal lahir": "17/08/1950"}
    filled |= {"NIK": nik(3, day=17, month=8, year=1950, sex="P"), "Jenis PPKS": "Lanjut usia telantar; Pengemis"}
    content = workbook([sheet.headers, sheet.rows[0].cells, list(filled.values())])
    roster = save(read(content, by=house.owner, unit=house.unit), by=house.owner)
    rows = rows_of(roster, house.owner)
    assert {n: (row.outcome, row.problems) for n, row in rows.items()} == {
        2: ("skipped", [["", "Baris contoh dari templat.", "", False]]),
        3: ("new", []),
    }
    assert people(house.owner) == ["Siti Aminah"]


# --- what is no list


def locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")


def bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(300):
                sheet.write(bytes(1024 * 1024))
    return written.getvalue()


HOSTILE = {
    "empty": (b"", "daftar.xlsx"),
    "no_spreadsheet": (b"\x89PNG\r\n\x1a\n" + bytes(100), "daftar.xlsx"),
    "a_page": (b"<html><table><tr><td>NIK</td></tr></table></html>", "daftar.xls"),
    "a_program": (b"MZ" + bytes(2000), "daftar.csv"),
    "another_kind": (b"%PDF-1.7", "daftar.pdf"),
    "locked": (locked(), "daftar.xlsx"),
    "torn": (workbook([HEAD, BUDI])[:900], "daftar.xlsx"),
    "no_table": (workbook([[1, 2, 3], [4, 5, 6]]), "daftar.xlsx"),
    "nul": (b"NAMA,NIK\nBudi\x00,1\n", "daftar.csv"),
    "odd_name": (workbook([HEAD, BUDI]), "daftar.xlsx\x00.exe"),
}


@pytest.mark.parametrize("which", HOSTILE)
def test_what_is_no_list_is_refused_with_a_sentence_and_changes_nothing(
    house: House, browser: Browser, which: str
) -> None:
    content, name = HOSTILE[which]
    answer = browser(house.owner).post("/impor/", sent(content, house, name=name))
    assert (answer.status_code, len(errors_of(answer.text)) > 0) == (422, True), errors_of(answer.text)
    assert everything(house.owner) == (0, 0, 0)


def test_a_zip_bomb_is_refused_before_it_unfolds(house: House, browser: Browser) -> None:
    answer = browser(house.owner).post("/impor/", sent(bomb(), house))
    assert (answer.status_code, "Isi berkas terlalu besar setelah dibuka" in answer.text) == (422, True)
    assert everything(house.owner) == (0, 0, 0)


def test_a_file_of_more_than_twenty_megabytes_is_refused(house: House, browser: Browser) -> None:
    answer = browser(house.owner).post("/impor/", sent(bytes(21 * 1024 * 1024), house))
    assert answer.status_code in {413, 422}
    assert everything(house.owner) == (0, 0, 0)


def test_forged_forms_are_refused(house: House, browser: Browser) -> None:
    client, content = browser(house.owner), workbook([HEAD, BUDI])
    good = sent(content, house)
    for forged in ({"unit": str(house.elsewhere.pk)}, {"unit": "x"}, {"id": "x"}, {"file": "a text"}, {"unit": "\x00"}):
        good["file"] = SimpleUploadedFile("daftar.xlsx", content)
        assert (forged, client.post("/impor/", good | forged).status_code) == (forged, 422)
    assert everything(house.owner) == (0, 0, 0)


# --- who may


def test_who_opens_which_page(house: House, browser: Browser) -> None:
    roster = save(read(workbook([HEAD, BUDI, WRONG]), by=house.owner, unit=house.unit), by=house.owner)
    row = rows_of(roster, house.owner)[2]
    pages = ("", "kolom/", "kesalahan.xlsx")
    addresses = ["/impor/", "/impor/templat.xlsx", *(f"/impor/{roster.pk}/{page}" for page in pages)]
    addresses.append(f"/impor/baris/{row.pk}/")
    everyone = ("owner", "head", "colleague", "outsider", "officer", "administrator")
    answers = {
        name: [client.get(address).status_code for address in addresses]
        for name, client in ((name, browser(getattr(house, name))) for name in everyone)
    }
    assert answers == {
        "owner": [200, 200, 200, 302, 200, 302],
        "head": [200, 200, 200, 302, 200, 302],
        "colleague": [200, 200, 404, 404, 404, 404],
        "outsider": [200, 200, 404, 404, 404, 404],
        "officer": [403, 403, 403, 403, 403, 403],
        "administrator": [403, 403, 403, 403, 403, 403],
    }
    for name in everyone[2:]:
        client = browser(getattr(house, name))
        posts = [client.post(f"/impor/{roster.pk}/{act}/").status_code for act in ("simpan", "batal", "kolom")]
        posts.append(client.post(f"/impor/baris/{row.pk}/", {"answer": "lewati"}).status_code)
        assert (name, set(posts)) == (name, {403 if name in {"officer", "administrator"} else 404})
    assert outcomes(roster, house.owner) == {2: "new", 3: "faulty"}


def test_the_list_of_imports_is_ones_own_or_the_units_one_oversees(house: House, browser: Browser) -> None:
    read(workbook([HEAD, BUDI]), by=house.owner, unit=house.unit, filename="punya-owner.xlsx")
    shown = {
        name: "punya-owner.xlsx" in browser(getattr(house, name)).get("/impor/").text
        for name in ("owner", "head", "colleague", "outsider")
    }
    assert shown == {"owner": True, "head": True, "colleague": False, "outsider": False}


# --- what a page costs


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def alike(count: int) -> bytes:
    names = ("Boedi Santosa", "Budy Santoso", "Budi Santoso")
    regions = ("357809", "320101", "327102")
    good = ("Ahmad Wijaya", "Bagus Tanjung", "Cahyo Gultom")
    rows = [[names[n], "", f"198{n}", "L", "Keputih", "Surabaya"] for n in range(count)]
    rows += [[good[n], nik(n + 1, region=regions[n]), "15/06/1980", "L", "Desa", "Bogor"] for n in range(count)]
    rows += [[f"Salah {good[n]}", "", "31/02/1980", "L", "", ""] for n in range(count)]
    return workbook([["NAMA", "NIK", "TGL LAHIR", "JK", "DESA", "KAB/KOTA"], *rows])


def test_one_and_three_rows_of_each_sort_cost_the_same(house: House, browser: Browser) -> None:
    known("Budi Santoso", by=house.colleague, unit=house.unit, birth_year_from=1980, birth_year_to=1981)
    client = browser(house.owner)
    costs: list[dict[str, int]] = []
    for count in (1, 3):
        roster = read(alike(count), by=house.owner, unit=house.unit)
        address = f"/impor/{roster.pk}/"
        cost = {"preview": queries(client, address), "columns": queries(client, f"{address}kolom/")}
        save_roster(roster=roster, only_good=True, by=house.owner, at=AT)
        roster = seen(roster, house.owner)
        cost["progress"] = queries(client, address)
        cost["work"] = queries(client, f"/pekerjaan/{roster.saving_id}/")
        work_off(roster.saving)
        cost |= {"result": queries(client, address), "errors": queries(client, f"{address}kesalahan.xlsx")}
        row = next(row for row in rows_of(roster, house.owner).values() if row.outcome == "waiting")
        cost["decision"] = queries(client, f"/impor/baris/{row.pk}/")
        costs.append(cost)
    one, three = costs
    assert one == three
    assert max(one.values()) <= 15


def test_one_and_three_imports_cost_the_same(house: House, browser: Browser) -> None:
    client = browser(house.owner)
    read(workbook([HEAD, BUDI]), by=house.owner, unit=house.unit)
    one = queries(client, "/impor/")
    read(workbook([HEAD, SITI]), by=house.owner, unit=house.unit)
    save(read(workbook([HEAD, BUDI, SITI]), by=house.owner, unit=house.unit), by=house.owner)
    assert (queries(client, "/impor/"), one <= 15) == (one, True)


def test_the_progress_is_told_in_a_fragment_that_reloads_the_page_at_the_end(house: House, browser: Browser) -> None:
    client, roster = browser(house.owner), upload(workbook([HEAD, BUDI]), by=house.owner, unit=house.unit)
    address = f"/pekerjaan/{roster.reading_id}/"
    waits = client.get(address, headers={"HX-Request": "true"})
    assert ("0 dari 1 baris" in waits.text, "<html" in waits.text, waits.get("HX-Refresh")) == (True, False, None)
    work_off(roster.reading)
    done = client.get(address, headers={"HX-Request": "true"})
    assert ("1 dari 1 baris" in done.text, done["HX-Refresh"]) == (True, "true")
    assert f"/impor/{roster.pk}/" in client.get(address).text
    assert browser(house.colleague).get(address).status_code == 404
