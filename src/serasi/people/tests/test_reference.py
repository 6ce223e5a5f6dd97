"""The lists a person is described with. No database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from serasi.institutions.reference import institutions, unit_templates
from serasi.institutions.reference.tables import BadReferenceError, Entry, Listing, read_listing
from serasi.people import enums
from serasi.people import reference as ref

ALL: list[Callable[[], Listing[Any]]] = [
    ref.clusters,
    ref.ppks_kinds,
    ref.pas_kinds,
    ref.sexes,
    ref.religions,
    ref.education_levels,
    ref.marital_states,
    ref.relations,
    ref.no_nik_reasons,
    ref.identity_states,
    ref.roster_fields,
    ref.consent_texts,
]


@pytest.mark.parametrize("listing", [read() for read in ALL], ids=lambda x: x.edition.code)
def test_every_entry_of_every_list_names_its_source(listing: Listing[Entry]) -> None:
    assert [entry.code for entry in listing if not entry.source.strip()] == []
    assert listing.edition.regulation != ""
    assert [entry.order for entry in listing] == list(range(1, len(listing) + 1))


def test_there_are_26_kinds_12_groups_and_five_clusters() -> None:
    assert len(ref.ppks_kinds()) == 26
    assert len(ref.pas_kinds()) == 12
    assert ref.clusters().codes == (
        "anak",
        "disabilitas",
        "lansia",
        "napza",
        "ts_kpo",
        "ppks_lain",
        "bukan_sasaran",
    )


def test_every_kind_has_one_group_and_every_group_has_a_kind() -> None:
    assert {pair.kind for pair in ref.pas_mapping()} == set(ref.ppks_kinds().codes)
    assert {pair.pas for pair in ref.pas_mapping()} == set(ref.pas_kinds().codes)
    assert ref.pas_for("pemulung") == "berpendapatan_rendah"


def test_the_kinds_stand_in_the_order_of_the_regulation() -> None:
    assert ref.ppks_kinds()["anak_balita_telantar"].number == 1
    assert ref.ppks_kinds()["korban_napza"].number == 17
    assert ref.ppks_kinds()["komunitas_adat_terpencil"].number == 26


@pytest.mark.parametrize(
    ("cell", "kinds"),
    [
        ("ABT", ["anak_balita_telantar"]),
        ("Anak Terlantar", ["anak_telantar"]),
        ("anak telantar ", ["anak_telantar"]),
        ("WRSE", ["perempuan_rawan"]),
        ("Wanita Rawan Sosial Ekonomi", ["perempuan_rawan"]),
        ("LUT", ["lanjut_usia_telantar"]),
        ("Lanjut Usia Terlantar (LUT)", ["lanjut_usia_telantar"]),
        ("ABH (Anak Berhadapan Dengan Hukum)", ["anak_berhadapan_hukum"]),
        ("PMKS-17", ["korban_napza"]),
        ("08", ["lanjut_usia_telantar"]),
        ("ODGJ", ["penyandang_disabilitas"]),
        ("PM", ["pemulung", "pekerja_migran_bermasalah"]),
        ("27", []),
        ("", []),
        ("petani", []),
    ],
)
def test_a_cell_of_a_spreadsheet_is_read_as_kinds(cell: str, kinds: list[str]) -> None:
    assert [kind.code for kind in ref.ppks_kinds_named(cell)] == kinds


@pytest.mark.parametrize(
    "code",
    [
        "ABT",
        "AT",
        "AJ",
        "WRSE",
        "KTK",
        "LUT",
        "PACA",
        "TS",
        "GLDNG",
        "PGMS",
        "BWBLK",
        "NAPZA",
        "KFM",
        "KBSP",
        "KAT",
        "KBA",
        "KBS",
        "PM",
        "ODHA",
    ],
)
def test_every_short_code_of_2007_is_understood(code: str) -> None:
    assert ref.ppks_kinds_named(code) != ()


def test_an_age_outside_the_band_is_a_warning_with_its_sureness() -> None:
    kind = ref.ppks_kinds()["lanjut_usia_telantar"]
    doubts = ref.kind_doubts(kind, age=45, sex="L")
    assert [(doubt.what, doubt.sure) for doubt in doubts] == [("too_young", "V")]
    assert ref.kind_doubts(kind, age=60, sex="L") == ()
    assert ref.kind_doubts(kind, age=None, sex="X") == ()


def test_a_man_recorded_as_vulnerable_woman_is_a_warning() -> None:
    kind = ref.ppks_kinds()["perempuan_rawan"]
    assert [doubt.what for doubt in ref.kind_doubts(kind, age=30, sex="L")] == ["sex"]
    assert ref.kind_doubts(kind, age=30, sex="P") == ()


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("NO KK", "kk"),
        ("NO. KK", "kk"),
        ("Nomor Kartu Keluarga", "kk"),
        ("NOMOR_KK", "kk"),
        ("no.  kk ", "kk"),
        ("NIK PENGURUS / ART", "nik"),
        ("NIK ART", "nik"),
        ("NAMA PENGURUS / ART", "name"),
        ("TEMPAT/TGL LAHIR", "birth_place_and_date"),
        ("Tgl. Lahir", "birth_date"),
        ("JK", "sex"),
        ("L/P", "sex"),
        ("DESA/KEL", "village"),
        ("KAB/KOTA", "regency"),
        ("PROV.", "province"),
        ("JENIS PMKS", "ppks_kind"),
        ("TANGGAL MASUK", "entry_date"),
        ("NAMA IBU KANDUNG", "mother_name"),
        ("No.", "row_number"),
        ("WARNA KESUKAAN", None),
    ],
)
def test_a_column_heading_is_read_however_it_is_written(header: str, field: str | None) -> None:
    assert ref.roster_field(header) == field


def test_the_family_card_has_eleven_relations_and_care_has_its_own() -> None:
    assert [r.siak_code for r in ref.relations() if r.kind == "family_card"] == [str(n) for n in range(1, 12)]
    assert {r.kind for r in ref.relations()} == {"family_card", "household", "guardian", "caring"}
    isteri = ref.relation_named("ISTERI")
    assert isteri is not None
    assert isteri.code == "istri"


def test_a_plain_list_understands_its_spellings() -> None:
    for cell, code in [("Lk", "L"), ("PEREMPUAN", "P"), ("1", "L")]:
        entry = ref.named(ref.sexes(), cell)
        assert entry is not None
        assert entry.code == code
    assert ref.named(ref.religions(), "pastafari") is None


def test_an_edition_knows_the_days_on_which_it_holds() -> None:
    edition = ref.pas_kinds().edition
    assert edition.holds_on(date(2025, 3, 10))
    assert not edition.holds_on(date(2025, 3, 9))


def test_institutions_and_templates_serve_known_clusters() -> None:
    served = {cluster for row in (*institutions(), *unit_templates()) for cluster in row.functions}
    assert served == {"anak", "disabilitas", "lansia", "napza", "ts_kpo"}


def test_the_lists_and_the_states_of_the_app_are_the_same_words() -> None:
    assert set(enums.Sex.values) == set(ref.sexes().codes)
    assert set(enums.ConsentPurpose.values) <= {text.purpose for text in ref.consent_texts()}
    assert set(enums.IdentityState.values) == set(ref.identity_states().codes)


def test_only_the_service_text_is_required_and_every_text_cites_the_law_it_rests_on() -> None:
    assert [text.purpose for text in ref.consent_texts() if text.is_required_for_service] == ["care"]
    law_in_force = date(2022, 10, 17)
    assert ref.consent_texts_on(law_in_force - timedelta(days=1)) == ()
    assert len(ref.consent_texts_on(law_in_force)) == len(ref.consent_texts())
    assert {text.withdrawal_hours for text in ref.consent_texts()} == {72}
    assert [text.code for text in ref.consent_texts() if "UU 27/2022" not in text.source] == []


HEAD = '[edition]\ncode="e"\nname="E"\nregulation="r"\nvalid_from=2020-01-01\nsource="s"\nsure="V"\n'
GOOD = '[[entry]]\ncode="a"\nname="A"\nsource="s"\nsure="V"\n'


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (HEAD, "no entries"),
        (HEAD + GOOD + GOOD, "code used more than once: a"),
        (HEAD + GOOD.replace('"V"', '"Q"'), "'Q' is not one of"),
        (HEAD + GOOD.replace('code="a"', 'code="A b"'), "must match"),
        (HEAD + GOOD.replace('source="s"', 'source=" "'), "source is empty"),
        (HEAD + GOOD.replace('source="s"\n', ""), "source is missing"),
        (HEAD + GOOD + 'colour="red"\n', "unknown fields"),
        (HEAD + GOOD.replace('name="A"', "name=3"), "expected str"),
        (HEAD + "valid_until=2019-01-01\n" + GOOD, "ends before it begins"),
        ("[edition\n", "not valid TOML"),
    ],
)
def test_a_slip_in_a_table_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "table.toml"
    path.write_text(text)
    with pytest.raises(BadReferenceError, match=complaint):
        read_listing(path, Entry)
