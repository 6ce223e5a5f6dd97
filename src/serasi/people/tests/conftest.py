from collections.abc import Iterator
from typing import Any

import pytest

from serasi.access.tests.copies import copied_database
from serasi.people.tests.factories import House


@pytest.fixture
def house(db: None) -> House:
    return House()


@pytest.fixture
def committed_house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    """A house whose rows are committed, for tests with several sessions at once; in a database of its own."""
    with django_db_blocker.unblock(), copied_database():
        yield House()


@pytest.fixture(autouse=True)
def _one_factor(settings: Any) -> None:
    """Signing in is tested in `access`; here nobody is asked for a second factor."""
    settings.SERASI_DEMO = True
