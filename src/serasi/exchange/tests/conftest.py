"""One house of people and one system that may ask, for every test of this app."""

import pytest

from serasi.exchange.tests.factories import Registry


@pytest.fixture
def registry(db: None, settings: object) -> Registry:
    settings.SERASI_EXCHANGE_LOOPBACK = True  # type: ignore[attr-defined]
    return Registry()
