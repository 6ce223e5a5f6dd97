"""A cohort of three turns through a cycle: Bagas says what he wants, one of his goals goes on, one of them is late."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import NARROW, WIDE, flaws
from tests.journeys.hands import choose, day, follow, group, is_at, main, mark, path_of, press, reads, tick, write
from tests.journeys.stories import open_file, register

BEGAN = 20
"""Days ago: the entry reviews were due a week ago."""


def goals(page: Page) -> list[Locator]:
    """The goals that a closing review asks about, each with its three answers."""
    return page.get_by_role("group").filter(has=page.get_by_label("Bawa ke siklus berikutnya")).all()


def is_fit(page: Page, *, came_with: dict[str, int]) -> None:
    """Nothing for axe, nothing over the edge, wide and on a phone; then as it was."""
    for viewport in (WIDE, NARROW):
        assert flaws(page, viewport) == ([], 0)
    page.set_viewport_size(came_with)  # type: ignore[arg-type]


@pytest.mark.journey
def test_a_cohort_of_three_turns_and_one_goal_goes_on(open_as: Callable[..., Page]) -> None:
    # Ratih begins a cohort that began twenty days ago on paper.
    ratih = open_as("peksos")
    follow(ratih.get_by_role("navigation", name="Utama", exact=True), "Siklus")
    is_at(ratih, "Siklus")
    follow(main(ratih), "Mulai angkatan")
    is_at(ratih, "Pilih unit")
    follow(main(ratih), "Sentra Terpadu Pangudi Luhur Bekasi")
    is_at(ratih, "Mulai angkatan")
    write(ratih, "Nama angkatan", "Angkatan pertama")
    write(ratih, "Mulai", day(-BEGAN))
    for name in ("Bagas", "Painem"):
        group(ratih, "Siapa yang ikut").get_by_label(re.compile(name)).check()
    is_fit(ratih, came_with=WIDE)
    press(ratih, "Mulai angkatan")
    is_at(ratih, "Angkatan pertama")
    cohort = path_of(ratih)

    # Dimas came today; he joins, and will end with the others.
    register(ratih, "Dimas Prayoga", sex="Laki-laki", age=19, kind="Gelandangan")
    open_file(ratih, "Dimas Prayoga")
    ratih.goto(cohort)
    follow(ratih, "Tambah yang menyusul")
    late = ratih.get_by_role("option").filter(has_text="Dimas Prayoga").get_attribute("value")
    choose(ratih, "Siapa yang menyusul", late)
    press(ratih, "Tambah yang menyusul")
    is_at(ratih, "Angkatan pertama")
    expect(ratih.get_by_role("row")).to_have_count(4)
    reads(ratih, "menyusul")
    is_fit(ratih, came_with=WIDE)

    # The entry review of Bagas, on a telephone beside him: his own words first.
    phone = open_as("peksos", viewport=NARROW)
    phone.goto(cohort)
    phone.get_by_role("link", name=re.compile("^Tinjauan awal, Bagas")).click()
    follow(phone, "Catat tinjauan")
    mark(phone, "Apakah orangnya hadir?", "Ya, hadir")
    write(phone, "Kata-katanya sendiri", "Saya mau sekolah dan bisa main ukulele.")
    write(phone, "Ringkasan", "Bagas setuju masuk sekolah minggu depan.")
    press(phone, "Catat tinjauan")
    reads(phone, "Saya mau sekolah dan bisa main ukulele.", "Hadir sendiri")
    is_fit(phone, came_with=NARROW)

    # What he says of his learning, then and at the midpoint.
    phone.goto(cohort)
    follow(main(phone), "Bagas Saputra")
    follow(phone, "Catat nilai: Ranah kemandirian Foyer")
    mark(phone, "Kata siapa", "Ia sendiri")
    write(phone, "Tanggal", day(-BEGAN))
    choose(phone, "Sejauh mana ia belajar menuju cita-citanya?", "2")
    is_fit(phone, came_with=NARROW)
    press(phone, "Simpan nilai")
    reads(phone, "Pendidikan")

    # The midpoint, earlier than it is due, with his teacher.
    ratih.goto(cohort)
    ratih.get_by_role("link", name=re.compile("^Tinjauan tengah, Bagas")).click()
    follow(ratih, "Catat tinjauan")
    mark(ratih, "Apakah orangnya hadir?", "Ya, hadir")
    write(ratih, "Kata-katanya sendiri", "Guruku baik.")
    write(ratih, "Ringkasan", "Bagas hadir di sekolah setiap hari.")
    write(ratih, "Orang lain 1", "Ibu Yayah")
    press(ratih, "Catat tinjauan")
    reads(ratih, "Ibu Yayah", "Guruku baik.")

    # He goes home earlier than was thought: the closing review. A goal that is left out is asked for by name.
    ratih.goto(cohort)
    ratih.get_by_role("link", name=re.compile("^Tinjauan penutup, Bagas")).click()
    closing = path_of(ratih)
    follow(ratih, "Catat tinjauan")
    mark(ratih, "Apakah orangnya hadir?", "Ya, hadir")
    write(ratih, "Kata-katanya sendiri", "Aku sudah bisa membaca.")
    write(ratih, "Ringkasan", "Sekolah tercapai; yang lain diteruskan.")
    press(ratih, "Catat tinjauan")
    reads(ratih, "Jawab tujuan “Bagas bersekolah lagi”")
    first, *others = goals(ratih)
    first.get_by_label("Tercapai", exact=True).check()
    for number, goal in enumerate(others):
        goal.get_by_label("Tercapai sebagian", exact=True).check()
        write(goal, "Alasan", "Ibunya baru sekali menjenguk")
        if number == 0:
            tick(goal, "Bawa ke siklus berikutnya")
    is_fit(ratih, came_with=WIDE)
    press(ratih, "Catat tinjauan")
    reads(ratih, "Tercapai sebagian", "Dibawa ke siklus berikutnya")
    assert path_of(ratih) == closing

    # The next cycle is open, and its entry review begins with what was carried over.
    ratih.goto(cohort)
    follow(main(ratih), "Bagas Saputra")
    reads(ratih, "Siklus 2", "Belum mulai", "Siklus 1", "Selesai ditinjau")
    is_fit(ratih, came_with=WIDE)
    main(ratih).get_by_role("link", name="Tinjauan awal").first.click()
    reads(ratih, "Dibawa dari siklus sebelumnya")

    # Dimas cannot come to his; with Painem nobody has spoken, and the head sees it.
    ratih.goto(cohort)
    ratih.get_by_role("link", name=re.compile("^Tinjauan awal, Dimas")).click()
    follow(ratih, "Catat tinjauan")
    mark(ratih, "Apakah orangnya hadir?", "Tidak hadir")
    write(ratih, "Mengapa tidak hadir", "Dirawat di puskesmas")
    write(ratih, "Ringkasan", "Pembicaraan pertama menyusul.")
    press(ratih, "Catat tinjauan")
    reads(ratih, "Tidak hadir", "Dirawat di puskesmas")

    head = open_as("kepala")
    tile = main(head).get_by_role("listitem").filter(has_text="tinjauan terlambat")
    expect(tile).to_contain_text("1")
    tile.get_by_role("link").click()
    is_at(head, "Siklus")
    expect(head.get_by_role("row")).to_have_count(2)
    expect(head.get_by_role("row").last).to_contain_text("Painem")
    is_fit(head, came_with=WIDE)
