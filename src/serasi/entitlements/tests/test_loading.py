"""A list comes in: however it is written, whole or not, once or twice, and goes again when its time is over."""

import io
from datetime import timedelta
from typing import Any

import pyarrow
import pyarrow.parquet
import pytest
import xlsxwriter

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused
from serasi.access.operations.work import run_work
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.common.sentences import retold
from serasi.entitlements.enums import DeliveryState
from serasi.entitlements.models import BridgedRegion, Delivery, Match, Remark
from serasi.entitlements.operations import (
    FileUnreadable,
    NotNow,
    delete_ended,
    go_on_loading,
    load_bridge,
    loading,
    stop_loading,
    withdraw_delivery,
)
from serasi.entitlements.queries.deliveries import remarks_sheet
from serasi.entitlements.tests.factories import (
    BUDI,
    HEADERS,
    KK,
    PLACE,
    checked,
    csv_of,
    entries_of,
    loaded,
    nik,
    received,
    regions,
    registered,
    row,
    seen,
    work_off,
)
from serasi.institutions.models import Region

pytestmark = pytest.mark.django_db


def workbook(rows: list[list[Any]]) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Data")
    for at, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.write(at, column, cell)
    book.close()
    return written.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_list_is_read_however_it_is_delimited_and_encoded(world: World, encoding: str, delimiter: str) -> None:
    text = csv_of(row(nik(1), name="Renée Santoso"), delimiter=delimiter).decode().encode(encoding)

    delivery = loaded(world, text)

    (entry,) = entries_of(delivery)
    assert (entry.name, entry.nik, entry.kk, entry.birth_date, entry.region_id, entry.number) == (
        "Renée Santoso",
        nik(1),
        KK,
        BUDI[1],
        "31.75.10",
        2,
    )


def test_a_workbook_is_read_below_its_title_and_its_rounded_numbers_are_refused(world: World) -> None:
    rows: list[list[Any]] = [
        ["DAFTAR PKH TAHAP 3"],
        [],
        list(HEADERS),
        row(nik(1)),
        [float(nik(10)), "", "Siti", "", "", *PLACE],
    ]

    delivery = loaded(world, workbook(rows), file_name="daftar.xlsx")

    assert [entry.number for entry in entries_of(delivery)] == [4]
    with as_user(world.head):
        (remark,) = Remark.objects.filter(delivery=delivery)
    assert (remark.number, remark.column, remark.is_refused) == (5, "NIK", True)
    assert "dibulatkan" in retold(remark.what)


def test_a_parquet_file_is_read_with_its_numbers_whole(world: World) -> None:
    table = pyarrow.table(
        {
            "nomor_induk_kependudukan": [int(nik(1)), int(nik(2))],
            "nomor_kartu_keluarga": [KK, KK],
            "nama": ["Budi", "Siti"],
            "desil_nasional": [2, 11],
        }
    )
    written = io.BytesIO()
    pyarrow.parquet.write_table(table, written)

    delivery = loaded(world, written.getvalue(), file_name="dtsen.parquet", programme="dtsen")

    assert [(entry.nik, entry.desil) for entry in entries_of(delivery)] == [(nik(1), 2), (nik(2), None)]
    assert (delivery.rows_taken, delivery.rows_refused, delivery.rows_remarked) == (2, 0, 1)


def test_the_headings_of_a_pkh_companion_name_the_member_before_the_one_who_draws_the_aid(world: World) -> None:
    headers = ("NO. KK", "NIK PENGURUS", "NAMA PENGURUS", "NIK ART", "NAMA ART", "KOMPONEN PKH")

    delivery = loaded(world, csv_of([KK, nik(1), "Siti", nik(2), "Budi", "SD"], headers=headers))

    (entry,) = entries_of(delivery)
    assert (entry.nik, entry.name, entry.component) == (nik(2), "Budi", "SD")


def test_rows_that_fail_do_not_stop_the_others_and_are_told_without_their_numbers(world: World) -> None:
    wrong = "3175104012800001"[:15]
    content = csv_of(
        row(nik(1)), row(wrong), ["", "", "Tanpa Nomor", "", "", *PLACE], row(nik(2), name=""), row(nik(3))
    )

    delivery = loaded(world, content)

    assert (delivery.rows_read, delivery.rows_taken, delivery.rows_refused) == (5, 2, 3)
    with as_user(world.head):
        told = [(one.number, one.column, str(retold(one.what))) for one in Remark.objects.filter(delivery=delivery)]
        sheet = remarks_sheet(delivery)
    assert told == [
        (3, "NIK", "NIK harus 16 angka; yang tertulis 15 angka."),
        (4, "NIK", "NIK dan nomor KK kosong."),
        (5, "NAMA", "Nama kosong."),
    ]
    assert wrong.encode() not in sheet


def test_a_birth_date_that_is_not_understood_is_remarked_upon_and_the_row_is_taken(world: World) -> None:
    content = csv_of([nik(1), KK, "Budi", "31/02/1980", "", *PLACE])

    delivery = loaded(world, content)

    assert [entry.birth_date for entry in entries_of(delivery)] == [None]
    assert (delivery.rows_remarked, delivery.rows_refused) == (1, 0)


def test_the_same_file_twice_changes_nothing(world: World) -> None:
    first = loaded(world, csv_of(row(nik(1))))

    again = received(world, csv_of(row(nik(1))))

    assert again.pk == first.pk
    assert len(entries_of(first)) == 1


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "daftar.csv", "Judul kolom tidak ditemukan"),
        (b"satu;dua\n1;2", "daftar.csv", "Judul kolom tidak ditemukan"),
        (b"PK\x03\x04rusak", "daftar.xlsx", "Berkas rusak"),
        (b"PAR1rusak", "daftar.parquet", "Parquet ini rusak"),
        (b"NIK;NAMA", "daftar.pdf", "Pilih berkas CSV"),
        (b"PK\x03\x04", "daftar.csv", "tidak sesuai dengan akhirannya"),
        (bytes(range(256)) * 8, "daftar.csv", "bukan teks CSV"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(world: World, content: bytes, name: str, said: str) -> None:
    with pytest.raises(FileUnreadable, match=said):
        received(world, content, file_name=name)


def test_a_newer_period_supersedes_and_the_older_stays_as_history(world: World) -> None:
    older = loaded(world, csv_of(row(nik(1))), period="2026-04")
    newer = loaded(world, csv_of(row(nik(2))), period="2026-07")
    today = world.panti.day_at(now())

    assert [seen(one, world.head).state_on(today) for one in (older, newer)] == [
        DeliveryState.SUPERSEDED,
        DeliveryState.IN_FORCE,
    ]


def test_a_newer_list_of_one_district_does_not_supersede_that_of_the_whole_city(world: World) -> None:
    regions()
    city = Region.objects.get(pk="31.75")
    whole = loaded(world, csv_of(row(nik(1))), period="2026-04", region=city)
    part_before = loaded(world, csv_of(row(nik(3))), period="2026-04", region=Region.objects.get(pk="31.75.10"))
    loaded(world, csv_of(row(nik(2))), period="2026-07", region=Region.objects.get(pk="31.75.10"))
    today = world.panti.day_at(now())

    assert seen(whole, world.head).state_on(today) is DeliveryState.IN_FORCE
    assert seen(part_before, world.head).state_on(today) is DeliveryState.SUPERSEDED


def test_loading_that_was_stopped_goes_on_where_it_stopped(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "CHUNK", 2)
    delivery = received(world, csv_of(*(row(nik(serial)) for serial in range(1, 6))))
    assert delivery.loading is not None
    run_work(work_id=delivery.loading.pk, run=uuid7(), clock=now, most_seconds=0)

    stopped = stop_loading(delivery=delivery, by=world.head, at=now())

    assert seen(stopped, world.head).state_on(world.panti.day_at(now())) is DeliveryState.STOPPED
    loading._put_away()
    going = go_on_loading(delivery=stopped, by=world.head, at=now())
    work_off(going)
    assert [entry.number for entry in entries_of(delivery)] == [2, 3, 4, 5, 6]
    whole = seen(delivery, world.head)
    assert (whole.rows_read, whole.rows_taken, whole.file.name) == (5, 5, "")
    with pytest.raises(NotNow):
        stop_loading(delivery=whole, by=world.head, at=now())


def test_a_list_whose_time_is_over_while_it_is_loaded_leaves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "CHUNK", 2)
    delivery = received(world, csv_of(*(row(nik(serial)) for serial in range(1, 6))))
    assert delivery.loading is not None
    run_work(work_id=delivery.loading.pk, run=uuid7(), clock=now, most_seconds=0)
    while delete_ended(by=User.objects.system(), at=now() + timedelta(days=100)):
        pass

    work_off(delivery)

    assert entries_of(delivery) == []
    assert seen(delivery, world.head).loaded_at is None


def test_the_file_goes_when_it_is_loaded(world: World, django_capture_on_commit_callbacks: Any) -> None:
    delivery = received(world, csv_of(row(nik(1))))
    storage, name = delivery.file.storage, str(delivery.file.name)
    with storage.open(name) as file:
        assert file.read().startswith(b"NIK")

    with django_capture_on_commit_callbacks(execute=True):
        work_off(delivery)

    assert not storage.exists(name)


def test_a_withdrawn_list_is_deleted_and_that_it_was_there_is_kept(world: World) -> None:
    budi = registered(world, number=nik(1))
    delivery = loaded(world, csv_of(row(nik(1))))
    checked(world, budi)
    withdraw_delivery(delivery=delivery, reason="Salah kirim", by=world.head, at=now())
    system = User.objects.system()

    while delete_ended(by=system, at=now()):
        pass

    after = seen(delivery, world.head)
    assert (entries_of(delivery), after.rows_deleted, after.deleted_at is not None) == ([], 1, True)
    with as_user(system):
        assert not Match.objects.exists()
    with pytest.raises(NotNow):
        withdraw_delivery(delivery=delivery, reason="Lagi", by=world.head, at=now())


def test_a_list_whose_last_day_is_over_is_deleted_and_one_on_its_last_day_is_not(world: World) -> None:
    until = world.panti.day_at(now()) + timedelta(days=3)
    delivery = loaded(world, csv_of(row(nik(1))), until=until)
    system = User.objects.system()

    assert not delete_ended(by=system, at=now() + timedelta(days=3))
    assert delete_ended(by=system, at=now() + timedelta(days=4))
    assert entries_of(delivery) == []


def test_who_may_not_load_is_refused(world: World) -> None:
    with pytest.raises(NotAllowed):
        received(world, csv_of(row(nik(1))), by=world.owner)
    with pytest.raises(NotAllowed):
        received(world, csv_of(row(nik(1))), by=world.other_head)


def test_a_list_that_may_no_longer_be_used_is_not_taken(world: World) -> None:
    with pytest.raises(Refused, match="sudah lewat"):
        received(world, csv_of(row(nik(1))), until=now().date() - timedelta(days=2))


def test_codes_of_bps_go_over_the_bridge_and_what_contradicts_the_names_stays_as_said(world: World) -> None:
    regions()
    load_bridge(
        pairs=[("3175010", "31.75.10"), ("9999999", "99.99")], edition="uji", by=User.objects.system(), at=now()
    )
    headers = ("NIK", "NAMA", "KODE KECAMATAN", "KECAMATAN", "KABUPATEN", "PROVINSI")
    content = csv_of(
        [nik(1), "Budi", "3175010", "", "", ""],
        [nik(2), "Siti", "3175010", "Ciracas", "Jakarta Timur", "DKI Jakarta"],
        [nik(3), "Tono", "", "Kecamatan Entah", "Entah", "Entah"],
        headers=headers,
    )

    delivery = loaded(world, content, programme="dtsen")

    assert BridgedRegion.objects.count() == 1
    assert [(entry.region_id, entry.place_said) for entry in entries_of(delivery)] == [
        ("31.75.10", "3175010"),
        (None, "Ciracas, Jakarta Timur, DKI Jakarta"),
        (None, "Kecamatan Entah, Entah, Entah"),
    ]
    assert delivery.rows_unplaced == 2
    assert isinstance(delivery, Delivery)
