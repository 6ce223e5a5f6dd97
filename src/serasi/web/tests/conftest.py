import pytest

from serasi.cases.tests.factories import World, find_world


@pytest.fixture
def world(db: None) -> World:
    return find_world()
