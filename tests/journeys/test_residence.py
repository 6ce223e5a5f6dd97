"""Living in a house: somebody comes, goes to hospital, is missing and found, moves on; and a mistake is put right."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import NARROW, everyone_can_read
from tests.journeys.hands import (
    at,
    box,
    choose,
    day,
    follow,
    group,
    is_at,
    main,
    mark,
    path_of,
    press,
    reads,
    write,
)
from tests.journeys.stories import File, add_to_team, open_file, register

pytestmark = pytest.mark.journey

Opener = Callable[..., Page]


def somebody(page: Page, name: str, *, sex: str = "Laki-laki", age: int = 40, kind: str = "Gelandangan") -> File:
    """Someone is registered, and a file is opened that helps them in the house."""
    register(page, name, sex=sex, age=age, kind=kind)
    return open_file(page, name, approach="Residensial")


def ask_to_admit(page: Page, file: File) -> None:
    """The form of admission, with why and how they will leave; the bed that suits best is chosen already."""
    page.goto(file.part("hunian") + "terima/")
    is_at(page, "Terima tinggal")
    write(page, "Tujuan tinggal", "Pemulihan dan pemenuhan kebutuhan dasar")
    write(page, "Rencana keluar", "Kembali ke keluarga di Karawang")


def admit(page: Page, file: File) -> str:
    """Admitted into the first bed that was suggested; gives the address of the stay."""
    ask_to_admit(page, file)
    press(page, "Terima")
    is_at(page, file.name)
    return path_of(page)


def do(page: Page, what: str) -> None:
    """One of the things that can be written down of a stay."""
    page.get_by_role("group", name="Catat yang terjadi").get_by_role("link", name=what, exact=True).click()


def place_of(page: Page, name: str) -> Locator:
    """The mark of somebody on the board."""
    return main(page).get_by_role("listitem").filter(has_text=name).filter(has=page.locator(".place-who"))


def test_an_elder_goes_to_hospital_and_comes_back_to_the_bed_that_waited(open_as: Opener) -> None:
    ratih = open_as("peksos")
    file = somebody(ratih, "Mbok Sarmini Kalicacing", sex="Perempuan", age=78, kind="Lanjut usia telantar")
    add_to_team(ratih, file, "Tuti Rohayati")

    # What she needs is asked first: the beds on the ground floor near the carer come up.
    ask_to_admit(ratih, file)
    group(ratih, "Kebutuhan tempat").get_by_label("Lantai dasar", exact=True).check()
    expect(group(ratih, "Tempat").get_by_role("radio").first).to_be_checked()
    expect(group(ratih, "Tempat")).to_contain_text("lantai dasar")
    everyone_can_read(ratih)
    press(ratih, "Terima")
    is_at(ratih, file.name)
    stay = path_of(ratih)

    # In the night the carer finds her with a fever: two fields on a phone.
    tuti = open_as("pengasuh", viewport=NARROW)
    tuti.goto("/hunian/")
    place_of(tuti, file.name).get_by_role("link").click()
    is_at(tuti, file.name)
    do(tuti, "Ke rumah sakit")
    write(tuti, "Rumah sakit", "RSUD Bekasi")
    write(tuti, "Alasan", "Demam tinggi sejak sore")
    press(tuti, "Simpan")
    reads(tuti, "Kepergian ke rumah sakit dicatat.", "Ke: RSUD Bekasi", "Demam tinggi sejak sore")

    # Everyone sees the bed that waits.
    ratih.goto("/hunian/?tampil=hospital")
    expect(place_of(ratih, file.name)).to_contain_text("Rumah sakit")

    # She comes back into it.
    ratih.goto(stay)
    do(ratih, "Kembali")
    expect(group(ratih, "Tempat").get_by_role("radio").first).to_be_checked()
    reads(ratih, "Ke tempatnya semula")
    press(ratih, "Simpan")
    reads(ratih, "Kembalinya dicatat.", "Ada di tempat")
    everyone_can_read(ratih)


def test_somebody_is_missing_is_found_and_comes_back(open_as: Opener) -> None:
    ratih = open_as("peksos")
    file = somebody(ratih, "Darsono Wirapati")
    stay = admit(ratih, file)

    do(ratih, "Pergi tanpa izin")
    write(ratih, "Keadaan terakhir", "Tidak ada saat apel malam; membawa tas")
    write(ratih, "Mungkin ke mana", "Terminal Bekasi")
    press(ratih, "Simpan")
    reads(ratih, "Kepergian tanpa izin dicatat.", "Pergi tanpa izin", "Terminal Bekasi")

    # He is counted as missing, and his bed is not given to anybody.
    ratih.goto("/hunian/?tampil=absconded")
    expect(place_of(ratih, file.name)).to_contain_text("Pergi tanpa izin")

    ratih.goto(stay)
    do(ratih, "Kembali")
    write(ratih, "Catatan", "Ditemukan di terminal, sehat")
    press(ratih, "Simpan")
    reads(ratih, "Kembalinya dicatat.", "Ada di tempat", "Ditemukan di terminal, sehat")

    # What happened stays readable in its order.
    told = ratih.locator(".timeline")
    expect(told).to_contain_text("Tidak ada saat apel malam")


def test_a_home_hands_somebody_on_to_the_next_of_the_chain_which_has_said_yes(open_as: Opener) -> None:
    # The medium home holds a bed for somebody of the home for severe illness.
    wahid = open_as("hs2.peksos")
    wahid.goto("/hunian/")
    follow(wahid, "Yang ditunggu")
    is_at(wahid, "Yang ditunggu")
    name = main(wahid).get_by_role("rowheader").first.inner_text()
    everyone_can_read(wahid)

    # There he is chosen on the board, and handed on.
    imam = open_as("hs.peksos")
    imam.goto("/hunian/")
    place_of(imam, name).get_by_role("link").first.click()
    is_at(imam, name)
    do(imam, "Pindah ke unit lain")
    reads(imam, "Jenjang berikutnya: Sedang")
    follow(imam, "PSBL Harapan Sentosa 2")
    is_at(imam, "Pindah ke PSBL Harapan Sentosa 2")
    write(imam, "Catatan serah terima", "Minum obat sendiri dua bulan terakhir; suka berkebun")
    press(imam, "Pindahkan")
    reads(imam, "Ia pindah ke PSBL Harapan Sentosa 2.")

    # The bed that waited holds him now, and nobody is expected any longer under this name.
    wahid.goto("/hunian/")
    place_of(wahid, name).get_by_role("link").first.click()
    is_at(wahid, name)
    reads(wahid, "Ada di tempat")
    imam.goto("/hunian/")
    expect(place_of(imam, name)).to_have_count(0)


def test_a_wrong_movement_is_put_right_and_what_was_believed_stays_readable(open_as: Opener) -> None:
    ratih = open_as("peksos")
    file = somebody(ratih, "Kasiyanto Brajawana")
    ask_to_admit(ratih, file)
    at(ratih, "Waktu masuk", date=day(-2), time="09.15")
    press(ratih, "Terima")
    is_at(ratih, file.name)
    stay = path_of(ratih)

    # The board of yesterday shows him.
    ratih.goto(f"/hunian/?hari={day(-1)}&pukul=12.00")
    expect(place_of(ratih, file.name)).to_have_count(1)

    # But he came only this night: the line is put right.
    ratih.goto(stay)
    ratih.get_by_role("link", name=re.compile("^Betulkan ?: Masuk")).click()
    at(ratih, "Waktu sebenarnya", date=day(), time="00.01")
    write(ratih, "Mengapa dibetulkan", "Tertulis tanggal laporan, bukan tanggal masuk")
    press(ratih, "Simpan")
    reads(
        ratih, "Catatan dibetulkan.", "Tertulis tanggal laporan, bukan tanggal masuk", "Dibetulkan Ratih Kusumawardani"
    )

    # The past board has changed; the old line is there, struck through, with who and why.
    expect(ratih.locator(".timeline s")).to_have_count(1)
    everyone_can_read(ratih)
    ratih.goto(f"/hunian/?hari={day(-1)}&pukul=12.00")
    reads(ratih, "Keadaan pada")
    expect(place_of(ratih, file.name)).to_have_count(0)


def test_an_objection_is_told_and_overridden_with_a_reason(open_as: Opener) -> None:
    ratih = open_as("peksos")
    file = somebody(ratih, "Rubiman Tejakusuma")

    # No bed for women is suggested; every other place can be chosen still.
    ask_to_admit(ratih, file)
    expect(group(ratih, "Tempat")).not_to_contain_text("Manggis")
    mark(ratih, "Tempat", "Tempat lain, atau di lantai")
    others = ratih.get_by_role("combobox", name="Pilih dari semua tempat")
    womens = others.locator("optgroup[label*='Manggis'] option[value^=bed]").last.get_attribute("value")
    choose(ratih, "Pilih dari semua tempat", womens)
    press(ratih, "Terima")

    expect(main(ratih)).to_contain_text("Wisma ini untuk perempuan.")
    everyone_can_read(ratih)
    group(ratih, "Tetap tempatkan di sini walau").get_by_role("checkbox").check()
    box(ratih, "Alasan tetap menempatkan").fill("Wisma putra terendam banjir; semua penghuni putri sudah pindah")
    press(ratih, "Terima")
    is_at(ratih, file.name)
    reads(ratih, "Wisma Manggis", "Wisma putra terendam banjir")


def test_the_board_is_read_on_a_phone_and_on_a_wall_without_names(open_as: Opener) -> None:
    tuti = open_as("pengasuh", viewport=NARROW)
    tuti.goto("/hunian/")
    is_at(tuti, "Papan hunian")
    reads(tuti, "Wisma Delima", "tempat tidur terisi")
    everyone_can_read(tuti)
    main(tuti).get_by_role("link", name=re.compile("Kosong|kosong")).first.click()
    expect(tuti).to_have_url(re.compile("tampil=free"))

    tuti.goto("/hunian/?layar=1")
    for name in ("Bagas Saputra", "Mbah Painem"):
        expect(main(tuti)).not_to_contain_text(name)
    everyone_can_read(tuti)
