"""The ``serasi`` command: which command is meant, and what it answers when it is none."""

import json
from pathlib import Path

import pytest

from serasi import postgres
from serasi.cli import catalogue
from serasi.cli.home import data_folder
from tests.ground.conftest import Command

pytestmark = pytest.mark.slow

COMMAND = """
class Command:
    help = _("Bring residents of one unit in. Long story.")
    needs_database = False
    database_role = "owner"
"""


def test_help_lists_the_commands_with_their_meaning(serasi: Command) -> None:
    answer = serasi("--help")

    assert answer.returncode == 0
    assert "  serve" in answer.stdout
    assert answer.stdout.count("\n") > 10


def test_a_word_that_is_no_command_is_wrong_use_and_answered_with_the_list(serasi: Command, tmp_path: Path) -> None:
    answer = serasi("nonsense")

    assert (answer.returncode, answer.stdout) == (2, "")
    assert "nonsense" in answer.stderr
    assert "  serve" in answer.stderr
    assert not (tmp_path / "var" / "postgres").exists()


@pytest.mark.parametrize(
    "arguments", [("version",), ("version", "--json"), ("status",), ("serve", "--help"), ("migrate", "--help")]
)
def test_what_needs_no_database_starts_none(serasi: Command, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    answer = serasi(*arguments)

    assert (answer.returncode, answer.stderr) == (0, "")
    assert not (tmp_path / "var" / "postgres").exists()


def test_a_wrong_option_is_wrong_use(serasi: Command) -> None:
    assert serasi("version", "--nonsense").returncode == 2


def test_a_failure_is_one_line_and_no_traceback(serasi: Command, tmp_path: Path) -> None:
    answer = serasi("backup", str(tmp_path / "new"), DATABASE_URL="postgresql://serasi@127.0.0.1:1/serasi")

    assert (answer.returncode, answer.stdout) == (1, "")
    assert len(answer.stderr.splitlines()) == 1


def test_serving_on_a_port_that_is_no_port_is_told_in_one_line(serasi: Command) -> None:
    answer = serasi("serve", PORT="eighty")

    assert (answer.returncode, len(answer.stderr.splitlines())) == (1, 1)


def test_the_longest_run_of_words_is_the_command() -> None:
    names = {"import", "import_roster"}

    assert catalogue.find(["import", "roster", "F.xlsx"], names) == catalogue.Match(
        "import_roster", "import roster", ("F.xlsx",)
    )
    assert catalogue.find(["import", "F.xlsx"], names) == catalogue.Match("import", "import", ("F.xlsx",))
    assert catalogue.find(["--unit", "import"], names) is None


def test_a_command_is_known_from_its_source_alone(tmp_path: Path) -> None:
    folder = tmp_path / "people" / "management" / "commands"
    folder.mkdir(parents=True)
    (folder / "import_roster.py").write_text(COMMAND)
    (folder / "_shared.py").write_text("")

    own = catalogue.own_commands(tmp_path)

    assert list(own) == ["import_roster"]
    assert own["import_roster"].words == "import roster"
    assert own["import_roster"].summary == "Bring residents of one unit in. Long story"
    assert not catalogue.needs_database("import_roster", own)
    assert catalogue.as_owner("import_roster", own)


def test_a_schema_is_changed_by_its_owner_and_work_is_done_as_the_application() -> None:
    assert catalogue.as_owner("migrate", {})
    assert not catalogue.as_owner("shell", {})


def test_the_data_folder_of_a_clone_is_its_own_wherever_one_stands(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SERASI_HOME", raising=False)
    monkeypatch.chdir(tmp_path)

    assert data_folder() == Path(__file__).parents[2] / "var"


def test_status_and_stop_tell_of_the_running_server(serasi: Command, home: Path) -> None:
    url = postgres.ensure(home).url

    status = json.loads(serasi("status", "--json", home=home).stdout)
    assert (status["running"], str(status["port"]) in url) == (True, True)
    assert serasi("stop", home=home).returncode == 0
    assert not postgres.status(home).running
