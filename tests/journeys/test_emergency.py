"""A file is opened at night by someone it is not for, in sight of the head."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import everyone_can_read
from tests.journeys.hands import choose, does_not_read, follow, is_at, main, mark, press, reads, write
from tests.journeys.stories import File, look_at_cases, open_file, register, search_person

PARTS = ("catatan", "kesepakatan", "asesmen", "rencana", "pemantauan", "tim")
WHY = "Keadaan darurat apa yang membuat Anda harus membuka berkas ini?"


@pytest.mark.journey
def test_a_file_is_opened_in_an_emergency_read_reviewed_and_shut_when_there_was_none(
    open_as: Callable[..., Page],
) -> None:
    # Ratih keeps the file of Pak Wiryo. What he takes for his sugar stands in a note.
    ratih = open_as("peksos")
    register(ratih, "Wiryo Sukarta", sex="Laki-laki", age=72, kind="Lanjut usia telantar")
    file = open_file(ratih, "Wiryo Sukarta")
    ratih.goto(file.part("catatan"))
    write(ratih, "Catatan", "Kadar gula tinggi; minum glibenklamid pagi dan sore.")
    press(ratih, "Simpan catatan")
    reads(ratih, "Catatan disimpan.")

    # At two in the morning Pak Wiryo does not wake up. Gunawan, on duty, is not of his team. He finds the man by name,
    # and the page of the file says what he may do.
    gunawan = open_as("gunawan")
    _find_file(gunawan, file)
    does_not_read(gunawan, "Wiryo")
    everyone_can_read(gunawan)

    # "Penting" is no reason that someone else could weigh.
    main(gunawan).get_by_text("Ini keadaan darurat").click()
    follow(gunawan, "Buka dalam keadaan darurat")
    everyone_can_read(gunawan)
    write(gunawan, WHY, "Penting")
    press(gunawan, "Buka berkas")
    expect(gunawan.get_by_role("alert")).to_be_visible()
    write(gunawan, WHY, "Pak Wiryo tidak sadar; dokter IGD menanyakan obat yang diminum.")
    choose(gunawan, "Untuk berapa lama", "1 jam")
    press(gunawan, "Buka berkas")
    reads(gunawan, "Akses darurat dibuka dan kepala unit diberi tahu.", "Wiryo Sukarta", "untuk dibaca sampai pukul")

    # He reads what he needs, and writes nothing.
    gunawan.goto(file.part("catatan"))
    reads(gunawan, "minum glibenklamid pagi dan sore.")
    for part in PARTS:
        gunawan.goto(file.part(part))
        expect(main(gunawan).get_by_role("textbox")).to_have_count(0)
        expect(main(gunawan).get_by_role("button")).to_have_count(0)

    # Bambang, head of the sentra, sees it on his first page, reads why and what was opened, and finds it right.
    bambang = open_as("kepala")
    _review(bambang, "Gunawan Prasetya", "Pak Wiryo tidak sadar; dokter IGD", "Ya, keadaannya memang darurat")

    # Tuti, a carer, is curious in the evening. She comes in, too; Bambang sees that as well, and shuts it.
    tuti = open_as("pengasuh")
    tuti.goto(file.path)
    main(tuti).get_by_text("Ini keadaan darurat").click()
    follow(tuti, "Buka dalam keadaan darurat")
    write(tuti, WHY, "Ingin tahu bagaimana keadaan Pak Wiryo di rumah sakit.")
    press(tuti, "Buka berkas")
    reads(tuti, "Wiryo Sukarta")
    _review(
        bambang,
        "Tuti Rohayati",
        "Ingin tahu bagaimana keadaan",
        "Tidak; akses dihentikan dan perlu tindak lanjut",
        note="Tidak ada keadaan darurat; dibicarakan dengan Bu Tuti besok pagi.",
    )
    for part in ("", "catatan/"):
        answer = tuti.goto(f"{file.path}{part}")
        assert answer is not None
        assert answer.status == 404
        does_not_read(tuti, "glibenklamid")

    # Both stand in the trail, with what came of them.
    bambang.goto("/jejak/darurat/")
    reads(bambang, "Tidak dapat dibenarkan", "dibicarakan dengan Bu Tuti besok pagi.")


def _find_file(page: Page, file: File) -> None:
    search_person(page, file.name)
    main(page).get_by_role("link", name=file.name, exact=True).click()
    is_at(page, file.name)
    look_at_cases(page)
    main(page).get_by_role("link", name=re.compile("^Dibantu di")).click()
    is_at(page, "Berkas ini di luar tim Anda")


def _review(head: Page, who: str, reason: str, verdict: str, *, note: str = "") -> None:
    """The head follows the task on the first page to the alarm, and answers it."""
    head.goto("/")
    task = main(head).get_by_role("listitem").filter(has_text="Tinjau akses darurat").filter(has_text=who)
    task.get_by_role("link").last.click()
    is_at(head, "Tinjau akses darurat")
    reads(head, reason, "Membuka berkas kasus")
    everyone_can_read(head)
    mark(head, "Apakah akses ini dapat dibenarkan?", verdict)
    if note:
        write(head, "Catatan", note)
    press(head, "Simpan tinjauan")
    is_at(head, "Jejak")
