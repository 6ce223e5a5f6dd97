"""The places that help and the regions. No database."""

from __future__ import annotations

import gzip
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from serasi.institutions import reference as ref
from serasi.institutions.reference.regions import build


@pytest.fixture(scope="module")
def regions() -> list[ref.RegionRow]:
    return list(ref.read_regions())


def test_the_edition_of_2025_has_its_counts(regions: list[ref.RegionRow]) -> None:
    assert Counter(region.level for region in regions) == {1: 38, 2: 514, 3: 7_285, 4: 83_762}


def test_every_region_stands_after_its_parent(regions: list[ref.RegionRow]) -> None:
    seen: set[str | None] = {None}
    for region in regions:
        assert region.parent in seen
        seen.add(region.code)
    assert len(seen) == len(regions) + 1


def test_names_and_codes_fit_the_database_and_have_no_stray_spaces(regions: list[ref.RegionRow]) -> None:
    assert [r for r in regions if r.name != " ".join(r.name.split()) or not r.name] == []
    assert max(len(r.name) for r in regions) <= 80
    assert max(len(r.code) for r in regions) == 13


def test_a_kelurahan_is_told_from_a_desa_by_its_code(regions: list[ref.RegionRow]) -> None:
    urban = sum(region.is_urban_village for region in regions)
    assert urban == 8_496
    assert not ref.RegionRow("35.78", "Kota Surabaya").is_urban_village


def test_jakarta_is_shown_under_the_name_people_use() -> None:
    assert ref.region_names()["31"].shown == "DKI Jakarta"


def test_building_the_regions_again_gives_the_same_bytes(
    tmp_path: Path, regions: list[ref.RegionRow], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {1: "provinces", 2: "regencies", 3: "districts", 4: "villages"}
    for level, name in names.items():
        lines = [
            f'{region.code},"{region.name.replace(chr(34), chr(34) * 2)}"'
            for region in regions
            if region.level == level
        ]
        (tmp_path / f"{name}.csv").write_text("\n".join(["code,name", *lines]) + "\n", encoding="utf-8")
    target = tmp_path / "out.csv.gz"
    assert build.main([str(tmp_path), str(target)]) == 0
    assert gzip.decompress(target.read_bytes()) == gzip.decompress(build.TARGET.read_bytes())
    (tmp_path / "provinces.csv").write_text("code,name\n11,Aceh\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="the edition has 38"):
        build.main([str(tmp_path), str(target)])


def test_every_institution_has_a_source_and_a_region_that_exists(regions: list[ref.RegionRow]) -> None:
    codes = {region.code for region in regions if region.level <= 2}
    assert [row.code for row in ref.institutions() if not row.source.strip()] == []
    assert [row.code for row in ref.institutions() if row.region not in codes] == []


def test_there_are_31_sentra_of_the_ministry_and_those_not_confirmed_say_so() -> None:
    sentra = [row for row in ref.institutions() if row.kind == "sentra"]
    assert len(sentra) == 31
    assert {row.owner for row in sentra} == {"ministry"}
    assert Counter(row.sure for row in sentra) == {"V": 14, "U": 17}
    assert [row.code for row in sentra if row.capacities] == []


def test_jakarta_homes_carry_the_capacity_table_of_2015() -> None:
    table = {
        row.code: figure.places
        for row in ref.institutions()
        for figure in row.capacities
        if row.parent == "DINSOS-DKI" and figure.since == date(2015, 1, 1)
    }
    assert len(table) == 21
    assert sum(table.values()) == 3_626
    assert table["DKI-PSBL-HS1"] == 550


def test_the_graded_homes_of_jakarta_form_one_chain() -> None:
    chain = [row.code for row in ref.institutions() if row.chain == "psbl_harapan_sentosa"]
    assert chain == ["DKI-PSBL-HS1", "DKI-PSBL-HS2", "DKI-PSBL-HS3", "DKI-PSBL-HS4"]


def test_keputih_was_over_capacity_whenever_it_was_counted() -> None:
    keputih = ref.institutions()["SBY-KEPUTIH"]
    assert [figure.people for figure in keputih.presents] == [1500, 1113, 1027, 1050, 762]
    assert min(figure.people for figure in keputih.presents) > max(c.places for c in keputih.capacities)


def test_invented_institutions_are_marked_and_owned_by_lks() -> None:
    invented = [row for row in ref.institutions() if row.invented]
    assert [row.code for row in invented if row.owner != "lks"] == []
    assert len(invented) == 4
    assert [row.code for row in ref.institutions() if row.is_safe_house] == ["LKS-CONTOH-AMAN"]


def test_a_province_is_below_the_ministry_only_in_counting() -> None:
    dinsos = ref.institutions()["DINSOS-DKI"]
    assert (dinsos.parent, dinsos.owner) == ("KEMENSOS", "province")


def test_every_kind_of_institution_has_a_template() -> None:
    kinds = {template.kind for template in ref.unit_templates()}
    assert kinds == {"sentra", "panti", "uptd", "lks", "province", "regency", "shelter"}


def test_sources_and_notes_fit_the_columns_they_are_loaded_into() -> None:
    rows = list(ref.institutions())
    assert [r.code for r in rows if len(r.source) > 200 or len(r.name) > 160 or len(r.short_name) > 60] == []
    assert [r.code for r in rows for c in r.capacities if len(c.source) > 200] == []
