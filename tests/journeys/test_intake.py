"""How many screens, and how many answers, lie between a voice at the door and a report that is decided on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.journeys.conftest import NARROW
from tests.journeys.hands import choose, does_not_read, follow, is_at, main, mark, press, reads, write
from tests.journeys.stories import register


@contextmanager
def screens(page: Page) -> Iterator[list[str]]:
    """The pages that come while this goes on, one entry for each."""
    came: list[str] = []

    def note(frame: Frame) -> None:
        if frame == page.main_frame:
            came.append(frame.url)

    page.on("framenavigated", note)
    yield came
    page.remove_listener("framenavigated", note)


@pytest.mark.journey
def test_a_walk_in_is_received_decided_and_recognised_on_three_screens_with_five_answers(
    open_as: Callable[..., Page],
) -> None:
    # Bu Sarinem is known: she was here last year. Today her neighbour brings her.
    yusuf = open_as("rekan")
    register(yusuf, "Sarinem Kedungjati", sex="Perempuan", age=67, kind="Lanjut usia telantar")
    yusuf.goto("/")
    with screens(yusuf) as came:
        # One: the report. What is not known yet stays empty.
        follow(yusuf, "Terima laporan")
        choose(yusuf, "Laporan datang lewat", "Datang langsung")
        write(yusuf, "Siapa yang dilaporkan", "Sarinem Kedungjati")
        write(yusuf, "Uraian", "Tidak makan dua hari, rumahnya kebanjiran.")
        mark(yusuf, "Kegentingan", "Segera")
        press(yusuf, "Simpan laporan")

        # Two: what becomes of it.
        reads(yusuf, "Belum diputuskan")
        mark(yusuf, "Keputusan", "Buka kasus")
        press(yusuf, "Putuskan")

        # Three: who it is.
        is_at(yusuf, "Siapa orangnya?")
        assert len(came) == 3
    yusuf.get_by_role("searchbox", name="Nama, NIK, telepon, atau nama panggilan").fill("Sarinem Kedungjati")
    press(yusuf, "Cari")
    main(yusuf).get_by_role("link", name="Ini orangnya").first.click()
    is_at(yusuf, "Buka kasus")


@pytest.mark.journey
def test_a_crisis_is_written_down_on_one_screen_with_one_answer_and_completed_later(
    open_as: Callable[..., Page],
) -> None:
    # Tuti has one hand free. Whom she sees is all that she must write.
    tuti = open_as("pengasuh", viewport=NARROW)
    tuti.goto("/kasus/laporan/")
    with screens(tuti) as came:
        follow(tuti, "Darurat")
        press(tuti, "Simpan sekarang")
        expect(tuti.get_by_role("alert").get_by_role("listitem")).to_have_count(1)
        write(tuti, "Siapa yang dilaporkan", "Laki-laki, ±30, di depan gerbang, berdarah")
        press(tuti, "Simpan sekarang")
        reads(tuti, "Laporan diterima.", "Belum lengkap")
    asked = [address for address in came if address.endswith("/darurat/")]
    assert (len(set(asked)), len(set(came))) == (1, 2)

    # At half past four it is quiet. Her first page remembers; she completes it.
    tuti.goto("/")
    task = main(tuti).get_by_role("listitem").filter(has_text="Laporan darurat belum lengkap")
    task.filter(has_text="di depan gerbang").get_by_role("link").first.click()
    is_at(tuti, "Lengkapi laporan")
    choose(tuti, "Laporan datang lewat", "Datang langsung")
    write(tuti, "Uraian", "Dipukul orang tak dikenal; dibawa ke IGD dan kembali pukul empat.")
    press(tuti, "Simpan laporan")
    reads(tuti, "Dipukul orang tak dikenal", "Belum diputuskan")
    does_not_read(tuti, "Belum lengkap")
