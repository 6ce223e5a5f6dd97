"""What headings and cells mean, without a database."""

from datetime import date
from typing import Any

import pytest

from serasi.common.spreadsheets import Cell, uses_pria_wanita
from serasi.institutions.queries.places import place_key
from serasi.interop.headings import guess_mapping, is_header_again, recognised_unused
from serasi.interop.reading import Entry, Nature, read_entry

TODAY = date(2026, 11, 22)


def entry(*, pria_wanita: bool = False, **cells: Cell) -> Entry:
    return read_entry(
        list(cells.values()),
        headers=[code.upper() for code in cells],
        mapping=list(cells),
        today=TODAY,
        known_region=lambda _code: True,
        pria_wanita=pria_wanita,
    )


@pytest.mark.parametrize(
    ("headers", "mapping"),
    [
        (
            ("iddtks|provinsi|kabupaten_kota|kecamatan|desa_kelurahan|alamat|dusun|rt|rw|nomor_kk|nomor_nik|nama"
            "|tanggal_lahir|tempat_lahir|jenis_kelamin|nama_ibu_kandung|hubungan_keluarga|tahun_data|jenis_pmks"),
            ("|province|regency|district|village|address|hamlet|rt|rw|kk|nik|name|birth_date|birth_place|sex"
            "|mother_name|relation||ppks_kind"),
        ),
        (
            "NO. KK|NIK PENGURUS / ART|NAMA PENGURUS / ART|KOMPONEN PKH|ALAMAT|RT|RW|DESA/KEL|KECAMATAN|KAB/KOTA",
            "kk|nik|name||address|rt|rw|village|district|regency",
        ),
        (
            "nomor_kartu_keluarga|nomor_induk_kependudukan|NAMA LENGKAP|desil_nasional|id_keluarga",
            "kk|nik|name||",
        ),
        ("NO|NAMA KLIEN|TTL|L/P|USIA (TH)|PMKS|NO. HP|KET", "|name|birth_place_and_date|sex|age|ppks_kind|phone|"),
        ("No.|N a m a|N.I.K.|Nomor  Kartu  Keluarga|Jns. Kelamin *", "|name|nik|kk|sex"),
        ("NAMA|NAMA LENGKAP|ALAMAT (sesuai KTP)|Baris|Kolom|Apa yang salah", "name||address|||"),
    ],
)  # fmt: skip
def test_headings_are_understood_however_they_are_written(headers: str, mapping: str) -> None:
    assert guess_mapping(headers.split("|")) == mapping.split("|")


def test_what_is_understood_but_not_kept_is_named() -> None:
    assert recognised_unused(["NO", "NAMA", "DESIL", "WISMA", "KOLOM LAIN"]) == ["DESIL", "WISMA"]


def test_a_heading_repeated_on_the_next_printed_page_is_no_person() -> None:
    headers = ["NO", "NAMA", "NIK"]
    assert [is_header_again(row, headers) for row in (["No.", "Nama", "NIK"], ["1", "Nama", ""], ["", "", ""])] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("cells", "facts"),
    [
        ({"birth_place_and_date": "Solo, 31-12-1990"}, {"birth_place": "Solo", "birth_date": date(1990, 12, 31)}),
        ({"birth_place_and_date": "BANDUNG 1 Mei 1945"}, {"birth_place": "BANDUNG", "birth_date": date(1945, 5, 1)}),
        ({"birth_date": date(1990, 12, 31)}, {"birth_date": date(1990, 12, 31), "birth_year_from": 1990}),
        ({"birth_date": "-", "age": "60"}, {"birth_date": None, "birth_year_from": 1965, "birth_year_to": 1966}),
        ({"birth_date": "± 60 th"}, {"birth_date": None, "birth_year_from": 1965, "birth_year_to": 1966}),
        ({"birth_date": "umur 60"}, {"birth_date": None, "birth_year_from": 1965}),
        ({"birth_date": "60 tahun", "age": "61"}, {"birth_year_from": 1965}),
        ({"rt_rw": "1/2"}, {"rt": "001", "rw": "002"}),
        ({"rt": "1", "rw": "RW 12"}, {"rt": "001", "rw": "012"}),
        ({"phone": "62 812-3456-7890"}, {"phone": "+6281234567890"}),
        ({"phone": "tidak punya"}, {"phone": ""}),
        ({"religion": "ISLAM", "marital": "Belum Kawin"}, {"religion": "islam"}),
        ({"nickname": "Mbah Gondrong", "name": "tidak diketahui"}, {"full_name": "", "nickname": "Mbah Gondrong"}),
        ({"ppks_kind": "ODHA / Pengemis"}, {"kinds": ("orang_dengan_hiv_aids", "pengemis")}),
        ({"ppks_kind": "ABH (Anak Berhadapan dengan Hukum)"}, {"kinds": ("anak_berhadapan_hukum",)}),
    ],
)  # fmt: skip
def test_a_cell_says_what_it_says(cells: dict[str, Any], facts: dict[str, Any]) -> None:
    found = entry(**({"name": "Budi Santoso"} | cells))
    assert {name: getattr(found, name) for name in facts} == facts
    assert [problem for problem in found.problems if problem.is_error] == []


@pytest.mark.parametrize("written", ["umur 600", "60", "60 orang"])
def test_what_is_no_age_in_a_column_of_dates_stays_a_fault(written: str) -> None:
    assert entry(name="Budi Santoso", birth_date=written).is_faulty


def test_p_is_pria_where_the_other_letter_is_w() -> None:
    assert [uses_pria_wanita(letters) for letters in ("PW", "LP", "PPP")] == [True, False, False]
    assert [entry(name="Budi", sex="P", pria_wanita=said).sex for said in (True, False)] == ["L", "P"]


def test_rows_that_say_the_same_have_one_fingerprint_whatever_their_columns() -> None:
    one = entry(name="Budi  Santoso", sex="L", note="")
    two = entry(sex="l", name="BUDI SANTOSO")
    other = entry(name="Budi Santosa", sex="L")
    assert (one.fingerprint == two.fingerprint, one.fingerprint == other.fingerprint) == (True, False)


@pytest.mark.parametrize(
    ("cells", "nature"),
    [
        ({"name": "Jumlah"}, Nature.TOTAL),
        ({"name": "Sub Total Wisma Mawar"}, Nature.TOTAL),
        ({"name": "", "address": "lanjutan"}, Nature.OTHER),
        ({"name": "", "nik": "3578091506800001"}, Nature.PERSON),
        ({"name": "Contoh Nama"}, Nature.EXAMPLE),
        ({"name": "Totalindo Prakoso"}, Nature.PERSON),
    ],
)
def test_what_a_row_is(cells: dict[str, Any], nature: Nature) -> None:
    assert entry(**cells).nature is nature


@pytest.mark.parametrize("hostile", ["\x00", "=1+1", "a" * 40_000, "🌸" * 500, "\u202eBudi", "1e999", "-1", "9" * 400])
def test_nothing_that_stands_in_a_cell_makes_reading_stumble(hostile: str) -> None:
    codes = ["name", "nickname", "nik", "kk", "relation", "sex", "birth_date", "birth_place_and_date", "age", "phone"]
    codes += ["religion", "rt", "rw", "rt_rw", "ppks_kind", "address", "origin", "region_code", "regency", "village"]
    for code in codes:
        cells: dict[str, Any] = {"name": "Budi Santoso", code: hostile}
        read = entry(**cells)
        assert len(read.full_name) <= 150
        assert len(read.line) <= 200


def test_names_of_regions_are_compared_without_their_designation() -> None:
    assert place_key("Kec. SUKOLILO") == place_key("Sukolilo")
    assert place_key("Kab. Bogor") == place_key("Kabupaten  bogor")
