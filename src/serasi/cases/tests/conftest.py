from collections.abc import Iterator
from typing import Any

import pytest

from serasi.access.tests.copies import copied_database
from serasi.cases.tests.factories import World, find_world


@pytest.fixture
def world(db: None) -> World:
    return find_world()


@pytest.fixture
def committed_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A house in a database of its own, in which everything is committed."""
    with django_db_blocker.unblock(), copied_database():
        yield find_world()
