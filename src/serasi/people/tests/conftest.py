import pytest

from serasi.people.tests.factories import House


@pytest.fixture
def house(db: None) -> House:
    return House()
