"""Runs over many pairs: found, explained, the same at a desk; counted, refused, stopped, taken up, cleared away."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from serasi.people.linkage.evidence import EVIDENCE, FREQUENCY_COLUMNS
from serasi.people.linkage.many.blocking import RULES, Rule, count_pairs, pairs_sql
from serasi.people.linkage.many.columns import batch_of, batches
from serasi.people.linkage.many.invented import invented_people
from serasi.people.linkage.many.matching import as_table, match
from serasi.people.linkage.many.quality import Share, measure
from serasi.people.linkage.many.training import Chosen, Truth, counted_base, train
from serasi.people.linkage.many.workspace import Cancelled, OtherData, Step, Watch, Workspace
from serasi.people.linkage.model import shipped
from serasi.people.linkage.scoring import frequencies_in, ranked, score
from serasi.people.linkage.subject import Person, prepared

SITI = Person(
    "siti", "Siti Nurhasanah", sex="P", birth_date=date(1987, 3, 12), nik="3171015203870001", mother="Tuminah",
    region="31.71.01.1001", source="home",
)  # fmt: skip
SITI_AGAIN = Person(
    "siti again", "St. Noerhasanah, S.Pd", sex="P", birth_date=date(1987, 12, 3), nik="3171015203780001",
    mother="Tuminah", region="31.71.01.1002", source="list",
)  # fmt: skip
BUDI = Person("budi", "Budi Santoso", sex="L", birth_date=date(1990, 5, 17), mother="Sri", source="home")
OTHERS = [
    Person(
        f"other {number}", name, sex="L", birth_date=date(1960 + number, 2, 11), region="31.71.01.1001", source="list"
    )
    for number, name in enumerate(["Agus", "Slamet Riyadi", "Tigor Simanjuntak", "Wayan Sudarma", "Umar", "Eko"])
]
WORLD = [SITI, SITI_AGAIN, BUDI, *OTHERS]


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "work") as opened:
        yield opened


def test_the_same_woman_is_found_under_two_spellings(workspace: Workspace) -> None:
    workspace.load([batch_of(WORLD)])
    match(workspace, shipped(), task="dedupe", least=0.5)
    [pair] = as_table(workspace).to_pylist()
    assert (pair["left_id"], pair["right_id"]) == ("siti", "siti again")
    levels = {each.code: pair[each.code] for each in EVIDENCE}
    assert levels == {
        "name": "same", "father": None, "mother": "same", "birth": "swapped", "nik": "slip", "kk": None,
        "place": "with_mother", "sex": "same",
    }  # fmt: skip


def test_two_lists_are_compared_with_each_other_only(workspace: Workspace) -> None:
    workspace.load([batch_of([*WORLD, replace(SITI, id="twice")])])
    match(workspace, shipped(), task="link", least=0.5)
    pairs = {(pair["left_source"], pair["right_source"]) for pair in as_table(workspace).to_pylist()}
    assert pairs == {("home", "list"), ("list", "home")}


def test_one_person_gets_the_weight_that_splink_gives(workspace: Workspace) -> None:
    people = list(invented_people(800, seed=3))
    by_id = {person.id: prepared(person) for person in people}
    workspace.load(batches(people))
    outcome = match(workspace, shipped(), task="dedupe", least=0.000001)
    shares = {
        column: dict(
            workspace.rows(
                f"select {column}, count(*) / sum(count(*)) over () from subject where {column} is not null group by 1"  # noqa: S608
            )
        )
        for column in FREQUENCY_COLUMNS
    }
    found = as_table(workspace).to_pylist()
    assert len(found) > 150
    for pair in found:
        judged = score(by_id[pair["left_id"]], by_id[pair["right_id"]], outcome.model, frequencies_in(shares))
        assert judged.weight == pytest.approx(pair["weight"], abs=0.002)
        assert judged.probability == pytest.approx(pair["probability"], abs=1e-6)
        seen = {part.comparison.code: part.level.code if part.level else None for part in judged.parts}
        assert seen == {each.code: pair[each.code] for each in EVIDENCE}


def test_a_desk_is_told_why() -> None:
    model = shipped().over(100_000)
    [(best, why), *_rest] = ranked(prepared(SITI), map(prepared, [BUDI, *OTHERS, SITI_AGAIN]), model)
    assert best.id == "siti again"
    assert why.probability > 0.99
    told = [(str(part.comparison.words), str(part.words)) for part in why.explained()]
    assert told[0] == ("NIK", "NIK berbeda satu angka, atau dua angka tertukar")
    assert ("Tanggal lahir", "tanggal dan bulan lahir tertukar") in told


def test_the_pairs_of_a_rule_are_counted_as_they_come_out(workspace: Workspace) -> None:
    workspace.load(batches(invented_people(1_500, seed=5)))
    for rule in RULES:
        for task in ("dedupe", "link"):
            made = workspace.one(f"select count(*) from ({pairs_sql(rule, task)})")  # noqa: S608
            assert count_pairs(workspace, rule, task) == made


def test_a_rule_beyond_the_limit_is_refused_with_its_count(workspace: Workspace) -> None:
    workspace.load(batches(invented_people(400)))
    wide = Rule("sex", ("sex",), "half of everybody")
    outcome = match(workspace, shipped(), task="dedupe", least=0.5, rules=[*RULES, wide], limit=5_000)
    [refused] = outcome.refused
    assert (refused.rule, refused.pairs) == (wide, count_pairs(workspace, wide, "dedupe"))
    assert refused.pairs > 30_000
    assert outcome.kept > 50


def test_nothing_to_compare_gives_no_pairs(workspace: Workspace) -> None:
    assert workspace.load([batch_of([])]) == 0
    assert match(workspace, shipped(), task="dedupe", least=0.5).kept == 0


def test_a_run_that_was_stopped_goes_on_behind_its_last_step(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    steps: list[Step] = []

    def run(watch: Watch, people: int = 500) -> int:
        with Workspace(folder, keep=True) as workspace:
            workspace.load(batches(invented_people(people)))
            return match(workspace, shipped(), task="dedupe", least=0.5, watch=watch).kept

    with pytest.raises(Cancelled):
        run(Watch(told=steps.append, is_cancelled=lambda: len(steps) == 4))
    kept = sorted(path.name for path in folder.glob("pairs-*"))
    assert kept == sorted(f"pairs-{rule.code}.parquet" for rule in RULES[:4])
    assert not (folder / "spill").exists()
    with pytest.raises(OtherData):
        run(Watch(), people=501)
    written = {name: (folder / name).stat().st_mtime_ns for name in kept}

    def look(step: Step) -> None:
        assert {name: (folder / name).stat().st_mtime_ns for name in kept} == written

    assert run(Watch(told=look)) > 50
    assert not folder.exists()


def test_nothing_is_left_behind_and_others_cannot_look(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    with Workspace(folder) as workspace:
        assert folder.stat().st_mode & 0o077 == 0
        workspace.load([batch_of(WORLD)])
        match(workspace, shipped(), task="dedupe", least=0.5)
    assert not folder.exists()


@pytest.mark.slow
def test_what_is_spilled_cannot_be_read(tmp_path: Path) -> None:
    with Workspace(tmp_path / "work", memory="60MB", threads=1) as workspace:
        workspace.connection.execute(
            "create table many as select 'AMINAH ' || md5(range::varchar) name from range(3000000)"
        )
        spilled = b"".join(path.read_bytes()[:3_000_000] for path in (tmp_path / "work" / "spill").iterdir())
    assert len(spilled) > 1_000_000
    assert b"AMINAH" not in spilled


def test_no_extension_is_fetched(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "socket", None)
    settings = dict(workspace.rows("select name, value from duckdb_settings()"))
    assert settings["autoinstall_known_extensions"] == settings["autoload_known_extensions"] == "false"


@pytest.mark.slow
def test_learned_from_invented_people_and_measured_on_others(tmp_path: Path) -> None:
    with Workspace(tmp_path / "work") as workspace:
        workspace.load(batches(invented_people(8_000, seed=11)))
        model = train(
            workspace, counted_base(workspace, Truth()), Chosen("here", "1", "invented", random_pairs=300_000), Watch()
        )
    for comparison in EVIDENCE:
        agree, differ = comparison.levels[0], comparison.levels[-1]
        assert model.weight_of(comparison, agree).bits >= 0 > model.weight_of(comparison, differ).bits
    with Workspace(tmp_path / "work") as workspace:
        workspace.load(batches(invented_people(6_000, seed=12)))
        match(workspace, model, task="dedupe", least=0.1)
        overall = next(quality for quality in measure(workspace, Truth(), thresholds=[0.9]) if quality.group == "all")
    assert overall.precision.value > 0.95
    assert overall.recall.value > 0.85


def test_shares_come_with_how_sure_they_are() -> None:
    low, high = Share(45, 50).interval
    assert (round(low, 3), round(high, 3)) == (0.786, 0.957)  # Wilson, as in the tables
    assert Share(0, 0).interval == (0.0, 1.0)
