"""`serasi link …` over files: as lists come, with one line for what is wrong."""

import csv
import json
from datetime import date
from io import StringIO
from pathlib import Path

import pyarrow as pa
import pytest
from django.core.management import CommandError, call_command
from pyarrow import parquet

from serasi.interop.linking import UnreadableList, people_in
from serasi.people.linkage.many.invented import invented_people
from serasi.people.linkage.model import Model, shipped
from serasi.people.linkage.subject import Person

LIST = """\
id;NAMA LENGKAP;JK;TGL LAHIR;NIK;NO KK;NAMA IBU KANDUNG;region
1;Siti Nurhasanah;P;12-03-1987;3171015203870001;;Tuminah;31.71.01.1001
2;St. Noerhasanah, S.Pd;Perempuan;03/12/1987;3171015203780001;;Tuminah;31.71.01.1002
3;Budi;L;1990;;;;
"""
TODAY = date(2026, 11, 1)


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def run(*words: object) -> str:
    out = StringIO()
    call_command(*map(str, words), stdout=out)
    return out.getvalue()


def test_a_list_is_read_as_it_comes(people: Path) -> None:
    siti, _again, budi = people_in(people, today=TODAY)
    assert siti == Person(
        "1", "Siti Nurhasanah", sex="P", birth_date=date(1987, 3, 12), nik="3171015203870001", mother="Tuminah",
        region="31.71.01.1001",
    )  # fmt: skip
    assert budi == Person("3", "Budi", sex="L", birth_years=(1990, 1990))


def test_a_list_of_older_windows(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes("NAMA,NIK\nRené,3171015203870001\n".encode("cp1252"))
    assert [(person.id, person.name) for person in people_in(path, today=TODAY)] == [("1", "René")]


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n"])
def test_a_list_without_names_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableList, match="no column with a name"):
        list(people_in(path, today=TODAY))


def test_who_is_twice_in_a_list(people: Path, tmp_path: Path) -> None:
    out = tmp_path / "pairs.csv"
    said = json.loads(run("link_dedupe", people, "--out", out, "--json"))
    assert said == {"records": 3, "compared": 1, "pairs": 1, "refused_rules": {}}
    with out.open(encoding="utf-8", newline="") as file:
        [pair] = csv.DictReader(file)
    assert (pair["left_id"], pair["right_id"], pair["nik"], pair["birth"]) == ("1", "2", "slip", "swapped")


def test_who_of_one_list_is_in_another(people: Path, tmp_path: Path) -> None:
    other, out = tmp_path / "other.parquet", tmp_path / "pairs.parquet"
    parquet.write_table(
        pa.table(
            {"id": ["x"], "name": ["NOERHASANAH ST"], "nik": ["3171015203870001"], "birth_date": [date(1987, 3, 12)]}
        ),
        other,
    )
    assert "pairs at least 0.9 probable" in run("link_match", people, other, "--out", out, "--least", 0.9)
    pairs = parquet.read_table(out).to_pylist()
    assert {(pair["left_source"], pair["left_id"], pair["right_source"], pair["right_id"]) for pair in pairs} == {
        ("people.csv", "1", "other.parquet", "x"),
        ("people.csv", "2", "other.parquet", "x"),
    }


@pytest.mark.slow
def test_a_list_teaches_a_model(tmp_path: Path) -> None:
    path, out = tmp_path / "many.csv", tmp_path / "model.json"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "sex", "birth_date", "nik", "kk", "mother", "region"])
        for each in invented_people(5_000, seed=4):
            born = each.birth_date.isoformat() if each.birth_date else ""
            writer.writerow([each.id, each.name, each.sex, born, each.nik, each.kk, each.mother, each.region])
    said = json.loads(run("link_train", path, "--out", out, "--json"))
    assert said["records"] == Model.load(out).records == 5_000
    assert 0.15 < said["matches_per_record"] < 0.4
    assert Model.load(out).weights["kk"].keys() == shipped().weights["kk"].keys()


def test_quality_is_told_by_group() -> None:
    found = json.loads(run("link_quality", "--records", 600, "--seed", 2, "--json"))
    overall = next(quality for quality in found if quality["group"] == "all" and quality["threshold"] == 0.9)
    assert overall["precision"]["share"] > 0.9
    assert overall["precision"]["from"] < overall["precision"]["share"] < overall["precision"]["to"]
    assert {"women", "men", "no NIK on one or both", "a name of one word", "province 32"} <= {
        quality["group"] for quality in found
    }


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["link_dedupe", "nowhere.csv", "--out", "p.csv"], "nowhere.csv"),
        (["link_dedupe", "{people}", "--out", "/nowhere/p.csv"], "no folder /nowhere"),
        (["link_dedupe", "{people}", "--out", "{folder}/p.csv", "--model", "{people}"], "no model"),
        (["link_train", "{people}", "--out", "{folder}/m.json"], "find no two records"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(people: Path, tmp_path: Path, words: list[str], says: str) -> None:
    with pytest.raises(CommandError, match=says) as failed:
        run(*(word.format(people=people, folder=tmp_path) for word in words))
    assert "\n" not in str(failed.value)


def test_a_probability_lies_between_none_and_one(people: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="invalid probability"):
        run("link_dedupe", people, "--out", tmp_path / "p.csv", "--least", 2)
