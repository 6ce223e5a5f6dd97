"""What someone has agreed to is taken back, and the use of it ends in time."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import everyone_can_read
from tests.journeys.hands import choose, is_at, main, mark, press, reads, tab, write
from tests.journeys.stories import open_file, register

TASK = "Persetujuan ditarik: hentikan pemakaian data"


@pytest.mark.journey
def test_a_consent_is_given_withdrawn_and_its_use_ended_before_the_clock_runs_out(
    open_as: Callable[..., Page],
) -> None:
    # Marni agrees that her picture is used; Ratih has read the text to her.
    ratih = open_as("peksos")
    person = register(ratih, "Marni Susilowati", sex="Perempuan", age=34, kind="Pengemis")
    file = open_file(ratih, "Marni Susilowati")
    ratih.goto(f"{person}persetujuan/tambah/")
    choose(ratih, "Naskah yang dibacakan dan dijelaskan", "Foto untuk pengenalan")
    mark(ratih, "Cara", "Tanda tangan")
    press(ratih, "Simpan")

    # The file shows purpose and version of the text, who explained it, and that it holds.
    ratih.goto(file.path)
    tab(ratih, "Kesepakatan")
    row = main(ratih).get_by_role("row").filter(has_text="Foto untuk pengenalan, versi 1")
    expect(row).to_contain_text("Ratih Kusumawardani")
    expect(row).to_contain_text("Berlaku")

    # Weeks later she does not want it any more.
    row.get_by_role("link", name=re.compile("^Tarik")).click()
    is_at(ratih, "Tarik persetujuan")
    everyone_can_read(ratih)
    write(ratih, "Alasan", "Tidak ingin fotonya dilihat keluarga di kampung.")
    press(main(ratih), "Simpan")
    is_at(ratih, "Marni Susilowati")
    reads(ratih, "Pemrosesan berhenti paling lambat")

    # A clock runs: it stands in the file, and on Ratih's first page with its day.
    ratih.goto(file.part("kesepakatan"))
    expect(row).to_contain_text("Hentikan pemakaian paling lambat")
    everyone_can_read(ratih)
    ratih.goto("/")
    task = main(ratih).get_by_role("listitem").filter(has_text=TASK).filter(has_text="Marni Susilowati")
    task.get_by_role("link").first.click()

    # The picture is taken down; she says so, and nothing waits any more.
    row.get_by_role("button", name=re.compile("^Sudah dihentikan")).click()
    reads(ratih, "Pemakaian data dinyatakan berhenti.")
    expect(row).to_contain_text("Ditarik, sudah dihentikan")
    ratih.goto("/")
    expect(main(ratih).get_by_role("listitem").filter(has_text=TASK).filter(has_text="Marni")).to_have_count(0)
