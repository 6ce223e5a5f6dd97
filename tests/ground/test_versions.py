"""The schema is laid on the oldest PostgreSQL that is promised, too."""

from pathlib import Path

import psycopg
import pytest

from serasi import postgres
from tests.ground.conftest import Command

pytestmark = pytest.mark.slow

OLDEST = Path("/usr/lib/postgresql/15/bin")


def test_every_migration_and_safeguard_runs_on_postgresql_15(
    home: Path, serasi: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not OLDEST.joinpath("postgres").exists():
        pytest.fail("PostgreSQL 15 is missing; on Debian: apt-get install postgresql-15")
    monkeypatch.setenv("SERASI_POSTGRES_BIN", str(OLDEST))

    done = serasi("migrate", "--verbosity", "0", home=home)

    assert (done.returncode, done.stderr) == (0, "")
    with psycopg.connect(postgres.ensure(home).url) as owner:
        version, policies = owner.execute(
            "SELECT current_setting('server_version_num')::int / 10000, (SELECT count(*) > 20 FROM pg_policy)"
        ).fetchone() or (0, False)
    assert (version, policies) == (15, True)
