"""A database goes, whoever is in it."""

from pathlib import Path

import psycopg
import pytest

from serasi import postgres

pytestmark = pytest.mark.slow


def test_a_database_goes_with_whoever_is_still_in_it(running_home: Path) -> None:
    url = postgres.ensure(running_home).url
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("CREATE DATABASE full_house")
        with psycopg.connect(url, dbname="full_house") as guest:
            guest.execute("SELECT 1")
            postgres.drop_database(owner, "full_house")
            with pytest.raises(psycopg.OperationalError):
                guest.execute("SELECT 1")
        assert owner.execute("SELECT 1 FROM pg_database WHERE datname = 'full_house'").fetchone() is None


def test_a_database_that_is_not_there_is_gone_already(running_home: Path) -> None:
    with psycopg.connect(postgres.ensure(running_home).url, autocommit=True) as owner:
        postgres.drop_database(owner, "never_was")
