"""Backup and restore of everything."""

import json
from pathlib import Path

import psycopg
import pytest

from serasi import postgres
from tests.ground.conftest import Command

pytestmark = pytest.mark.slow

ROWS = [(1, "Siti"), (2, "Budi")]


@pytest.fixture
def lived_in(home: Path) -> Path:
    """Return a data folder with records behind forced row-level security, an upload and keys."""
    with psycopg.connect(postgres.ensure(home).url) as connection:
        connection.execute("CREATE TABLE person (id int PRIMARY KEY, name text NOT NULL)")
        connection.execute("INSERT INTO person VALUES (1, 'Siti'), (2, 'Budi')")
        connection.execute("ALTER TABLE person ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    (home / "uploads" / "2026").mkdir(parents=True)
    (home / "uploads" / "2026" / "letter.pdf").write_bytes(b"letter")
    (home / "keys.json").write_text('{"keys": 1}')
    return home


def people(home: Path) -> list[tuple[object, ...]]:
    """Return the records as whoever may read past the policies."""
    with psycopg.connect(postgres.ensure(home).url) as connection:
        connection.execute("SET ROLE serasi_backup")
        return connection.execute("SELECT id, name FROM person ORDER BY id").fetchall()


def test_a_backup_restores_all_into_an_empty_folder(serasi: Command, lived_in: Path) -> None:
    backup, elsewhere = lived_in.parent / "backup", lived_in.parent / "elsewhere"

    made = serasi("backup", str(backup), "--json", home=lived_in)
    restored = serasi("restore", str(backup), home=elsewhere)
    try:
        assert (made.returncode, made.stderr) == (0, "")
        assert sorted(json.loads(made.stdout)["files"]) == ["database.dump", "files.zip", "keys.json"]
        assert (restored.returncode, restored.stderr) == (0, "")
        assert people(elsewhere) == ROWS
        assert (elsewhere / "uploads" / "2026" / "letter.pdf").read_bytes() == b"letter"
        assert (elsewhere / "keys.json").read_text() == '{"keys": 1}'
    finally:
        postgres.stop(elsewhere)


def test_data_that_are_there_are_given_up_only_on_request(serasi: Command, lived_in: Path) -> None:
    backup = str(lived_in.parent / "backup")
    serasi("backup", backup, home=lived_in)
    with psycopg.connect(postgres.ensure(lived_in).url) as connection:
        connection.execute("ALTER TABLE person NO FORCE ROW LEVEL SECURITY")
        connection.execute("DELETE FROM person WHERE id = 2")

    refused = serasi("restore", backup, home=lived_in)
    assert (refused.returncode, "--replace" in refused.stderr, people(lived_in)) == (1, True, ROWS[:1])

    assert serasi("restore", backup, "--replace", home=lived_in).returncode == 0
    assert people(lived_in) == ROWS


def test_a_damaged_backup_changes_nothing(serasi: Command, lived_in: Path) -> None:
    backup = lived_in.parent / "backup"
    serasi("backup", str(backup), home=lived_in)
    with (backup / "database.dump").open("ab") as file:
        file.write(b"x")

    answer = serasi("restore", str(backup), "--replace", home=lived_in)

    assert (answer.returncode, len(answer.stderr.splitlines())) == (1, 1)
    assert people(lived_in) == ROWS


def test_a_backup_goes_over_no_other_files(serasi: Command, lived_in: Path) -> None:
    (lived_in.parent / "taken").mkdir()
    (lived_in.parent / "taken" / "file").write_text("mine")

    answer = serasi("backup", str(lived_in.parent / "taken"), home=lived_in)

    assert answer.returncode == 1
    assert [path.name for path in (lived_in.parent / "taken").iterdir()] == ["file"]
