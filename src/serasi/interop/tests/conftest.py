"""People of these tests: owner, colleague and head at one panti, an outsider at another, an officer above."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from serasi.access.enums import Role
from serasi.access.models import Unit, User
from serasi.access.tests import pages
from serasi.access.tests.copies import copied_database
from serasi.cases.tests.conftest import world
from serasi.interop.tests.factories import load_lists, new_unit, new_user

__all__ = ["world"]


@pytest.fixture(scope="session", autouse=True)
def static_folder() -> None:
    """The folder of collected files; the middleware that serves it warns when it is not there."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@dataclass(frozen=True)
class House:
    unit: Unit
    elsewhere: Unit
    owner: User
    colleague: User
    head: User
    outsider: User
    officer: User
    administrator: User

    @classmethod
    def built(cls) -> "House":
        load_lists()
        dinas = new_unit("DINAS-A")
        unit, elsewhere = new_unit("PANTI-A", parent=dinas), new_unit("PANTI-B", parent=dinas)
        return cls(
            unit=unit,
            elsewhere=elsewhere,
            owner=new_user("owner", unit),
            colleague=new_user("colleague", unit),
            head=new_user("head", unit, Role.HEAD),
            outsider=new_user("outsider", elsewhere),
            officer=new_user("officer", dinas, Role.MINISTRY_OFFICER),
            administrator=new_user("administrator", dinas, Role.ADMINISTRATOR),
        )


@pytest.fixture
def house(db: None) -> House:
    return House.built()


@pytest.fixture
def browser() -> Callable[[User], Client]:
    return pages.browser


@pytest.fixture
def committed_house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    """A house whose rows are committed, for programs that run beside the test; in a database of its own."""
    with django_db_blocker.unblock(), copied_database():
        yield House.built()


@pytest.fixture
def environment() -> dict[str, str]:
    """The environment of a program that works on the database of this test."""
    database = connection.settings_dict
    address = f"postgresql://{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
    kept = {key: value for key, value in os.environ.items() if key not in {"PORT", "DJANGO_SETTINGS_MODULE"}}
    return kept | {"DATABASE_URL": f"{address}/{database['NAME']}", "SERASI_DEMO": "0"}
