"""A house from a spreadsheet: read however it is written, shown before it is saved, saved once."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from serasi.access.tests.pages import browser
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.spreadsheets import read_rows
from serasi.interop.housing import HouseUnreadable, read_house, template
from serasi.residence import operations as residence
from serasi.residence.models import Bed, Building, Room, Ward

pytestmark = pytest.mark.django_db

HEADINGS = ("Gedung", "Wisma", "Untuk", "Kamar", "Tempat tidur", "Sifat")
MAWAR = (
    ("Utama", "Mawar", "P", "Kamar 1", "1-3", ""),
    ("", "", "", "Kamar 2", "1", "kursi roda; lantai dasar"),
    ("", "Kenanga", "L", "Kamar 1", "A1, A2", ""),
)


def book(*rows: tuple[Any, ...], headings: tuple[str, ...] = HEADINGS) -> bytes:
    written = io.BytesIO()
    file = xlsxwriter.Workbook(written)
    sheet = file.add_worksheet()
    sheet.write_row(0, 0, headings)
    for at, row in enumerate(rows, start=1):
        sheet.write_row(at, 0, row)
    file.close()
    return written.getvalue()


def lines(content: bytes) -> list[tuple[str, ...]]:
    found = read_house(content, "rumah.xlsx")
    assert [one.problem.what for one in found.faults] == []
    return [(one.building, one.ward, one.room, one.bed) for one in found.wanted]


def faults(*rows: tuple[Any, ...], headings: tuple[str, ...] = HEADINGS) -> list[tuple[int, str, str]]:
    found = read_house(book(*rows, headings=headings), "rumah.xlsx")
    return [(one.number, one.problem.column, one.problem.what) for one in found.faults]


def upload(client: Client, url: str, content: bytes) -> BeautifulSoup:
    response = client.post(url, {"file": SimpleUploadedFile("rumah.xlsx", content)})
    assert response.status_code == 200, response.content.decode()[:400]
    return BeautifulSoup(response.content, "html.parser")


def house_of(world: World) -> list[tuple[str, str, str, str, str]]:
    with as_user(world.head):
        beds = Bed.objects.select_related("room__ward__building").order_by(
            "room__ward__building__position", "room__ward__position", "room__position", "position"
        )
        return [
            (bed.room.ward.building.name, bed.room.ward.name, bed.room.ward.sex, bed.room.name, bed.label)
            for bed in beds
        ]


# --- Reading ---------------------------------------------------------------------------------------------------------


def test_a_name_stands_for_the_rows_below_it_and_a_range_for_its_beds() -> None:
    assert lines(book(*MAWAR)) == [
        ("Utama", "Mawar", "Kamar 1", "1"),
        ("Utama", "Mawar", "Kamar 1", "2"),
        ("Utama", "Mawar", "Kamar 1", "3"),
        ("Utama", "Mawar", "Kamar 2", "1"),
        ("Utama", "Kenanga", "Kamar 1", "A1"),
        ("Utama", "Kenanga", "Kamar 1", "A2"),
    ]


def test_headings_are_understood_however_they_are_written() -> None:
    content = book(("Melati", "Ruang 3", 2), ("JUMLAH", "", 2), headings=("NAMA ASRAMA", "No. Kamar", "Jml TT (unit)"))
    assert lines(content) == [("Gedung utama", "Melati", "Ruang 3", "1"), ("Gedung utama", "Melati", "Ruang 3", "2")]


def test_a_room_without_beds_is_a_room() -> None:
    assert lines(book(("Utama", "Mawar", "", "Aula", "", ""))) == [("Utama", "Mawar", "Aula", "")]


def test_each_mistake_is_said_with_its_row_and_column() -> None:
    assert faults(
        ("Utama", "", "", "Kamar 1", "1", ""),
        ("Utama", "Mawar", "waria", "Kamar 1", "1", "kolam renang"),
        ("Utama", "Mawar", "P", "Kamar 1", "9-1", ""),
        ("Utama", "Mawar", "P", "Kamar 1", "1", ""),
        ("Utama", "Mawar", "L", "Kamar 1", "1", "bayi"),
        ("Utama", "Mawar", "L", "K" * 41, "2", ""),
    ) == [
        (2, "Wisma", "Wisma kosong."),
        (3, "Untuk", "“waria” tidak dikenali."),
        (3, "Sifat", "Sifat “kolam renang” tidak dikenal."),
        (4, "Tempat tidur", "Tambahkan antara 1 dan 200 tempat tidur sekaligus."),
        (6, "Sifat", "Tempat tidur ini juga ada di baris 5."),
        (7, "Kamar", "Lebih dari 40 huruf."),
    ]


def test_one_ward_is_for_one_sex() -> None:
    assert faults(("Utama", "Mawar", "P", "Kamar 1", "1", ""), ("Utama", "Mawar", "L", "Kamar 2", "1", "")) == [
        (3, "Untuk", "Wisma ini di baris 2 untuk penghuni lain.")
    ]


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (b"", "kosong.xlsx"),
        (b"bukan berkas", "rumah.xlsx"),
        (book(("Asep", "L"), headings=("Nama", "Sex")), "orang.xlsx"),
        (book(("A", "B", "C"), headings=("Wisma", "Kamar", "No. kamar")), "dua.xlsx"),
        (template(), "templat.xlsx"),
    ],
)
def test_what_is_no_list_of_a_house_is_refused_in_words(content: bytes, filename: str) -> None:
    with pytest.raises(HouseUnreadable):
        read_house(content, filename)


# --- The page --------------------------------------------------------------------------------------------------------


def test_a_head_looks_first_and_then_saves_and_the_same_file_changes_nothing(world: World) -> None:
    client, url = browser(world.head), reverse("interop:house", args=[world.panti.pk])
    page = upload(client, url, book(*MAWAR))
    assert [dt.get_text() for dt in page.select("dl.facts dt")] == [
        "Gedung baru: 1", "Wisma baru: 2", "Kamar baru: 3", "Tempat tidur baru: 6"
    ]  # fmt: skip
    assert house_of(world) == []

    sent = {"lines": page.select_one("input[name=lines]")["value"]}  # type: ignore[index]
    assert client.post(url, sent).status_code == 302
    built = house_of(world)
    assert built[0] == ("Utama", "Mawar", "P", "Kamar 1", "1")
    assert len(built) == 6
    assert client.post(url, sent).status_code == 302  # sent twice
    assert house_of(world) == built

    again = upload(client, url, book(*MAWAR))
    assert "Tidak ada yang berubah" in again.get_text()
    assert again.select_one("input[name=lines]") is None


def test_a_list_adds_and_changes_and_never_removes(world: World) -> None:
    client, url = browser(world.head), reverse("interop:house", args=[world.panti.pk])
    for rows in (MAWAR, (("UTAMA", "mawar", "L/P", "kamar 1", "1", "isolasi"), ("", "", "", "Kamar 9", "1", ""))):
        page = upload(client, url, book(*rows))
        client.post(url, {"lines": page.select_one("input[name=lines]")["value"]})  # type: ignore[index]
    with as_user(world.head):
        assert Building.objects.count() == 1
        assert list(Ward.objects.order_by("position").values_list("name", "sex")) == [("Mawar", ""), ("Kenanga", "L")]
        assert Room.objects.count() == 4
        assert Bed.objects.get(room__ward__name="Mawar", room__name="Kamar 1", label="1").properties == ["isolation"]
    assert len(house_of(world)) == 7


def test_mistakes_keep_the_whole_list_out(world: World) -> None:
    client, url = browser(world.head), reverse("interop:house", args=[world.panti.pk])
    page = upload(client, url, book(*MAWAR, ("", "", "", "Kamar 4", "1", "kolam")))
    assert page.select_one("input[name=lines]") is None
    row = page.select_one("table tbody tr")
    assert row is not None
    assert [cell.get_text(strip=True) for cell in row.select("th, td")][:3] == [
        "5", "Sifat", "Sifat “kolam” tidak dikenal."
    ]  # fmt: skip


def test_what_is_closed_is_not_opened_by_a_list(world: World) -> None:
    client, url = browser(world.head), reverse("interop:house", args=[world.panti.pk])
    page = upload(client, url, book(*MAWAR))
    sent = {"lines": page.select_one("input[name=lines]")["value"]}  # type: ignore[index]
    client.post(url, sent)
    with as_user(world.head):
        ward = Ward.objects.select_related("unit").get(name="Kenanga")
    residence.close_ward(ward=ward, last_day=now().date(), by=world.head, at=now())
    assert "Kenanga sudah ditutup" in upload(client, url, book(*MAWAR)).get_text()
    refused = client.post(url, sent)
    assert (refused.status_code, "sudah ditutup" in refused.content.decode()) == (422, True)


def test_lines_of_another_house_or_user_are_refused(world: World) -> None:
    client, url = browser(world.head), reverse("interop:house", args=[world.panti.pk])
    sent = {"lines": upload(client, url, book(*MAWAR)).select_one("input[name=lines]")["value"]}  # type: ignore[index]
    other = browser(world.other_head)
    assert other.post(reverse("interop:house", args=[world.other.pk]), sent).status_code == 422
    assert client.post(url, {"lines": f"x{sent['lines']}"}).status_code == 422
    assert other.get(url).status_code == 404
    assert browser(world.carer).get(url).status_code == 403
    assert house_of(world) == []


def test_the_template_comes_back_as_it_is_filled_in(world: World) -> None:
    response = browser(world.head).get(reverse("interop:house_template"))
    assert read_rows(response.content, "templat.xlsx").headers[:2] == ("Gedung", "Wisma")


# --- The command -----------------------------------------------------------------------------------------------------


def test_the_command_does_what_the_page_does(world: World, tmp_path: Path, capsys: Any) -> None:
    file, mended = tmp_path / "rumah.xlsx", tmp_path / "perbaiki.xlsx"
    file.write_bytes(book(*MAWAR))
    told = []
    for more in (["--preview"], [], []):
        call_command("import_house", str(file), "--unit", world.panti.code, "--by", world.head.email, "--json", *more)
        told.append(json.loads(capsys.readouterr().out))
    assert [one["beds"] for one in told] == [6, 6, 0]
    assert len(house_of(world)) == 6

    file.write_bytes(book(("Utama", "Mawar", "", "Kamar 1", "1", "kolam")))
    with pytest.raises(CommandError, match="1 mistakes; nothing changed"):
        call_command("import_house", str(file), "--unit", world.panti.code, "--errors", str(mended))
    assert read_rows(mended.read_bytes(), "perbaiki.xlsx").rows[0].cells[-4:-2] == ("2", "Sifat")
