"""A list as a unit really holds it: 500 rows, of which many are wrong."""

import io
import re
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from serasi.interop.tests.messy import FIRST, lines, messy_file, plain
from tests.journeys.conftest import everyone_can_read
from tests.journeys.hands import follow, is_at, is_not_there, main, mark, path_of, press, reads
from tests.journeys.stories import register, search_person

OUTCOMES = ("Orang baru", "Sudah dikenal", "Menunggu keputusan", "Perlu diperbaiki", "Dilewati")


@pytest.mark.journey
def test_a_list_of_500_messy_rows_is_read_mended_saved_and_changes_nothing_the_second_time(
    open_as: Callable[..., Page], tmp_path: Path
) -> None:
    listed = lines()
    expected = Counter(line.outcome for line in listed.values())
    file = tmp_path / "Daftar PM Oktober 2026.xlsx"
    file.write_bytes(messy_file(listed))

    # One of the list is known to the sentra already, spelt a little differently.
    ratih = open_as("peksos")
    register(ratih, "Hardjo Oetomo", sex="Laki-laki", age=76, kind="Lanjut usia telantar")

    # Ratih uploads the list as it is. A worker reads it; nothing is saved yet.
    follow(ratih.get_by_role("navigation", name="Utama", exact=True), "Impor daftar")
    ratih.get_by_label("Berkas daftar").set_input_files(file)
    press(ratih, "Unggah dan baca")
    is_at(ratih, file.name)
    roster = path_of(ratih)
    _wait_for(ratih, "Simpan ke data orang")
    faulty = expected["faulty"]
    assert _tally(ratih, "Perlu diperbaiki") == faulty
    assert sum(_tally(ratih, label) for label in OUTCOMES) == len(listed)
    assert _tally(ratih, "Menunggu keputusan") == 1

    # Wrong rows say what is wrong and how to mend it, on the page and in a sheet to take along.
    reads(ratih, "Tanggal ini tidak ada di kalender.")
    with ratih.expect_download() as coming:
        follow(ratih, "Unduh lembar kesalahan")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(Path(coming.value.path()).read_bytes())).get_sheet_by_index(0)
    told = [[str(cell) for cell in row] for row in sheet.to_python()]
    assert any("Tanggal ini tidak ada di kalender." in cell for row in told for cell in row)

    # The good ones are saved.
    mark(ratih, "Baris mana yang disimpan?", "Baris yang benar saja; sisanya saya perbaiki dan unggah kemudian")
    press(ratih, "Simpan")
    _wait_for(ratih, "Daftar tersimpan")
    search_person(ratih, "Suminah binti Kasan")
    expect(main(ratih).get_by_role("link", name="SUMINAH BINTI KASAN", exact=True)).to_be_visible()

    # One looks like Pak Hardjo, whom she knows; she says so, and nothing waits any more.
    ratih.goto(f"{roster}?hasil=waiting")
    follow(main(ratih).get_by_role("row").filter(has_text="Harjo Utomo"), "Putuskan")
    reads(ratih, "Hardjo Oetomo")
    ratih.get_by_role("radio", name="Orang yang sama: Hardjo Oetomo").check()
    press(ratih, "Simpan keputusan")
    ratih.goto(roster)
    assert _tally(ratih, "Menunggu keputusan") == 0

    # The same file again: it is the import that stands there, and nobody is written down twice.
    people = _count_of(ratih)
    ratih.goto("/impor/")
    ratih.get_by_label("Berkas daftar").set_input_files(file)
    press(ratih, "Unggah dan baca")
    expect(ratih).to_have_url(re.compile(re.escape(roster)))
    assert _count_of(ratih) == people

    # Who works elsewhere does not see the list.
    outsider = open_as("lks")
    is_not_there(outsider, roster)
    is_not_there(outsider, f"{roster}kesalahan.xlsx")


@pytest.mark.journey
def test_an_import_shows_how_far_it_is_and_is_stopped_without_anything_half_done(
    open_as: Callable[..., Page], worker: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    # The worker is busy with another list when Wulan uploads hers; the page says that it waits.
    wulan = open_as("wulan")
    people = _count_of(wulan)
    file = tmp_path / "Daftar kunjungan.xlsx"
    file.write_bytes(messy_file({FIRST + row: plain(500 + row) for row in range(60)}))
    with _resting(worker):
        _upload(wulan, file)
        reads(wulan, "Berkas sedang dibaca", "Menunggu giliran: 0 dari")
        expect(wulan.get_by_role("progressbar", name="Berkas sedang dibaca")).to_be_visible()
        everyone_can_read(wulan)

        # It is the wrong list. She stops it: nothing of it stays.
        _confirm(wulan, "Batalkan", "Ya, batalkan impor")
        reads(wulan, "Impor ini dibatalkan. Isi berkasnya sudah dihapus")
    assert _count_of(wulan) == people

    # It was the right one after all. It is read, and saving begins when the worker rests again; she stops that, too.
    _upload(wulan, file)
    _wait_for(wulan, "Simpan ke data orang")
    roster = path_of(wulan)
    new = _tally(wulan, "Orang baru")
    assert new > 30
    with _resting(worker):
        press(wulan, "Simpan")
        reads(wulan, "Baris sedang disimpan", "Menunggu giliran: 0 dari")
        _confirm(wulan, "Hentikan", "Ya, hentikan")
        reads(wulan, "Penyimpanan berhenti sebelum selesai", "0 dari", "baris sudah tersimpan dan tetap ada.")
    assert _count_of(wulan) == people

    # What was stopped goes on where it stood.
    wulan.goto(roster)
    press(wulan, "Lanjutkan menyimpan")
    _wait_for(wulan, "Daftar tersimpan")
    reads(wulan, f"{new} di antaranya baru didaftarkan.")


@contextmanager
def _resting(worker: subprocess.Popen[bytes]) -> Iterator[None]:
    """The worker does nothing for a while."""
    worker.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        worker.send_signal(signal.SIGCONT)


def _upload(page: Page, file: Path) -> None:
    page.goto("/impor/")
    page.get_by_label("Berkas daftar").set_input_files(file)
    press(page, "Unggah dan baca")
    is_at(page, file.name)


def _confirm(page: Page, act: str, answer: str) -> None:
    """Two steps: the act, and yes."""
    main(page).locator("summary").filter(has_text=act).click()
    press(page, answer)


def _wait_for(page: Page, title: str) -> None:
    """Load the page again, as its button does, until the work is done."""
    for _look in range(90):
        if page.get_by_text(title, exact=True).count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    expect(page.get_by_text(title, exact=True)).to_be_visible()


def _tally(page: Page, label: str) -> int:
    """One number of the import."""
    tile = main(page).get_by_role("listitem").filter(has=page.get_by_role("link", name=label, exact=True))
    return int(re.sub(r"\D", "", tile.inner_text())) if tile.count() else 0


def _count_of(page: Page) -> str:
    page.goto("/orang/")
    return page.get_by_role("navigation", name="Halaman daftar").get_by_role("paragraph").inner_text()
