"""The same box is asked again and again: what was typed stays, the address tells nothing, and back leads back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import everyone_can_read
from tests.journeys.hands import follow, is_at, main, reads
from tests.journeys.stories import register


@pytest.mark.journey
def test_who_searches_by_script_stays_in_the_box_and_can_go_back(open_as: Callable[..., Page]) -> None:
    gunawan = open_as("gunawan")
    register(gunawan, "Sulaeman Kertapati", sex="Laki-laki", age=44, kind="Pemulung")
    gunawan.goto("/orang/")
    asked = main(gunawan).get_by_role("textbox", name="Nama, NIK, KK, atau telepon")
    asked.fill("Sulaiman Kertapatih")
    asked.press("Enter")
    reads(gunawan, "Sulaeman Kertapati", "mungkin dimaksud")
    expect(asked).to_be_focused()
    expect(asked).to_have_value("Sulaiman Kertapatih")
    assert "cari=" in gunawan.url
    assert "Sulaiman" not in gunawan.url
    everyone_can_read(gunawan)
    first = gunawan.url

    asked.fill("Zwingli Orrefors")
    asked.press("Enter")
    reads(gunawan, "Tidak ada yang cocok")
    gunawan.go_back()
    gunawan.wait_for_url(first)
    follow(main(gunawan), "Sulaeman Kertapati")
    is_at(gunawan, "Sulaeman Kertapati")
    gunawan.go_back()
    reads(gunawan, "mungkin dimaksud")
