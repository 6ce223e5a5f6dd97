"""Someone wholly new: searched for from wherever one is, and registered with what was searched for."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hands import box, choose, follow, is_at, main, mark, path_of, press, reads
from tests.journeys.test_intake import screens


@pytest.mark.journey
def test_who_is_new_is_registered_three_screens_after_the_search(open_as: Callable[..., Page]) -> None:
    yusuf = open_as("rekan")
    with screens(yusuf) as came:
        # One: nobody.
        asked = yusuf.get_by_role("searchbox", name="Cari nama, nomor kasus, atau tempat")
        asked.fill("Zulhikmawarni Qosasih 1972")
        asked.press("Enter")
        reads(yusuf, "Tidak ada yang cocok")

        # Two: what was typed stands where it belongs, and not in the address.
        follow(main(yusuf), "Daftarkan orang baru")
        is_at(yusuf, "Daftarkan orang")
        expect(box(yusuf, "Nama lengkap")).to_have_value("Zulhikmawarni Qosasih")
        expect(box(yusuf, "Angka umur")).not_to_have_value("")
        assert "Zulhikmawarni" not in "".join(came)
        mark(yusuf, "Jenis kelamin", "Perempuan")
        choose(yusuf, "Bila tanpa NIK, mengapa", "Tidak membawa dokumen")
        press(yusuf, "Daftarkan")

        # Three: her page. Consent and household come later.
        is_at(yusuf, "Zulhikmawarni Qosasih")
    assert [path.partition("?")[0] for path in came[1:]] == [
        yusuf.url.replace(path_of(yusuf), "/orang/daftar/"),
        yusuf.url,
    ]
    assert len(came) == 3
