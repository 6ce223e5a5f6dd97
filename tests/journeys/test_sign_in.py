"""Coming in, being kept out, locking, leaving; and working without a mouse or without script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PASSWORD, sign_in
from tests.journeys.hands import choose, follow, group, is_at, main, mark, path_of, press, reads, write
from tests.journeys.stories import open_file, register


@pytest.mark.journey
def test_who_types_a_wrong_password_too_often_is_locked_out_and_told_for_how_long(open_as: Callable[..., Page]) -> None:
    # Neneng has forgotten her password. It is said that something does not fit, not what.
    neneng = open_as(None)
    for _attempt in range(5):
        sign_in(neneng, "btb.peksos", "sandi-yang-keliru")
        expect(neneng.get_by_role("alert")).to_contain_text("Surel atau kata sandi tidak cocok.")

    # From the sixth time on even the right one is not taken, and the page says how long she must wait.
    sign_in(neneng, "btb.peksos", "sandi-yang-lain-lagi")
    expect(neneng.get_by_role("alert")).to_contain_text(
        re.compile(r"Terlalu banyak percobaan yang gagal\. Demi keamanan, coba lagi dalam \d+ menit\.")
    )
    neneng.get_by_label("Surel").fill("btb.peksos@demo")
    neneng.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    press(neneng, "Masuk")
    expect(neneng.get_by_role("alert")).to_contain_text("Terlalu banyak percobaan yang gagal.")

    # Her colleagues come in as ever; their sign-ins are theirs.
    hesti = open_as("btb.supervisor")
    is_at(hesti, "Hari ini")


@pytest.mark.journey
def test_signing_out_leaves_nothing_behind(open_as: Callable[..., Page]) -> None:
    # Asep has used the tablet at the front desk.
    asep = open_as("pendamping")
    asep.locator("summary").filter(has_text="Menu akun").click()
    press(asep, "Keluar")
    reads_on_bare_page(asep, "Anda sudah keluar. Peramban ini tidak menyimpan apa pun.")

    # No cookie of a session is left, nothing is stored, and the way back leads to the sign-in page.
    assert [cookie["name"] for cookie in asep.context.cookies() if cookie["name"] == "sessionid"] == []
    assert asep.evaluate("() => Object.keys(localStorage).concat(Object.keys(sessionStorage))") == []
    asep.go_back()
    asep.goto("/orang/")
    expect(asep.get_by_role("heading", name="Masuk", level=1)).to_be_visible()


@pytest.mark.journey
def test_an_idle_screen_locks_and_opens_again_where_it_was(open_as: Callable[..., Page]) -> None:
    # Yusuf was called to the gate; the screen is locked as the clock of the page does it.
    yusuf = open_as("rekan")
    yusuf.goto("/orang/daftar/")
    yusuf.locator("#idle-form").evaluate("form => form.requestSubmit()")
    expect(yusuf.get_by_role("heading", name="Layar terkunci")).to_be_visible()

    # Whoever sits down there sees no page, whatever address they try.
    yusuf.goto("/kasus/")
    expect(yusuf.get_by_role("heading", name="Layar terkunci")).to_be_visible()
    yusuf.get_by_label("Kata sandi").fill("tebakan orang lain")
    press(yusuf, "Buka")
    expect(yusuf.get_by_role("alert")).to_contain_text("Kata sandi tidak cocok.")

    # Yusuf comes back.
    yusuf.get_by_label("Kata sandi").fill(PASSWORD)
    press(yusuf, "Buka")
    is_at(yusuf, "Kasus")


@pytest.mark.journey
def test_a_form_sent_from_a_locked_screen_is_not_lost(open_as: Callable[..., Page]) -> None:
    # Wulan writes in one tab while her session is locked from another.
    wulan = open_as("wulan")
    wulan.goto("/orang/daftar/tidak-dikenal/")
    write(wulan, "Ciri-ciri", "Laki-laki muda, jaket hijau, tidak bersandal")
    mark(wulan, "Jenis kelamin", "Laki-laki")
    other = wulan.context.new_page()
    other.goto("/orang/")
    other.locator("#idle-form").evaluate("form => form.requestSubmit()")
    expect(other.get_by_role("heading", name="Layar terkunci")).to_be_visible()

    # What she sends is kept behind the lock, and goes on when she has said who she is.
    press(wulan, "Daftarkan")
    reads_on_bare_page(wulan, "Isian yang baru saja Anda kirim tersimpan di halaman ini dan tidak hilang.")
    wulan.get_by_label("Kata sandi").fill(PASSWORD)
    press(wulan, "Buka")
    main(wulan).get_by_role("button", name=re.compile("^Kirim")).click()
    reads(wulan, "jaket hijau", "Tidak dikenal")


@pytest.mark.journey
def test_a_note_is_written_with_the_keyboard_alone(open_as: Callable[..., Page]) -> None:
    # Gunawan's mouse is broken.
    gunawan = open_as("gunawan")
    register(gunawan, "Parto Suwiryo", sex="Laki-laki", age=61, kind="Lanjut usia telantar")
    file = open_file(gunawan, "Parto Suwiryo")
    gunawan.goto(file.part("catatan"))

    # The first key leads past the navigation, straight to the page.
    gunawan.keyboard.press("Tab")
    expect(gunawan.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    gunawan.keyboard.press("Enter")
    expect(main(gunawan)).to_be_focused()

    # From box to box he comes to the text, writes, and sends.
    note = gunawan.get_by_role("textbox", name="Catatan", exact=True)
    _tab_to(gunawan, note)
    expect(note).to_be_focused()
    gunawan.keyboard.type("Makan siang bersama, bercerita tentang sawahnya.")
    _tab_to(gunawan, gunawan.get_by_role("button", name="Simpan catatan"))
    gunawan.keyboard.press("Enter")
    reads(gunawan, "Catatan disimpan.", "bercerita tentang sawahnya.")


@pytest.mark.journey
def test_everything_of_the_first_day_works_without_script(open_as: Callable[..., Page]) -> None:
    # Maya's old telephone runs no script.
    maya = open_as("peksos.dki", script=False)

    # A report of the neighbours.
    follow(maya, "Terima laporan")
    choose(maya, "Laporan datang lewat", "Masyarakat atau RT/RW")
    write(maya, "Nama pelapor atau petugas", "Pak RT Sanusi")
    write(maya, "Siapa yang dilaporkan", "Ibu Warsiti, ±55, kolong tol Penjaringan")
    write(maya, "Uraian", "Warga melaporkan seorang ibu memulung sendirian, sakit.")
    mark(maya, "Kegentingan", "Segera")
    press(maya, "Simpan laporan")
    reads(maya, "Laporan diterima.", "Belum diputuskan")
    mark(maya, "Keputusan", "Buka kasus")
    press(maya, "Putuskan")

    # The person: nobody of that name stands in the register.
    is_at(maya, "Daftarkan orang")
    write(maya, "Nama lengkap", "Warsiti Penjaringan")
    mark(maya, "Jenis kelamin", "Perempuan")
    group(maya, "Atau umur kira-kira").get_by_role("textbox").first.fill("55")
    choose(maya, "Bila tanpa NIK, mengapa", "Tidak membawa dokumen")
    choose(maya, "Jenis PPKS", "Pemulung")
    press(maya, "Daftarkan")

    # Her file, and a note in it.
    is_at(maya, "Buka kasus")
    press(maya, "Buka kasus")
    is_at(maya, "Warsiti Penjaringan")
    maya.goto(f"{path_of(maya)}catatan/")
    write(maya, "Catatan", "Diantar ke puskesmas, obat diterima.")
    press(maya, "Simpan catatan")
    reads(maya, "Catatan disimpan.", "obat diterima.")
    follow(main(maya).get_by_role("navigation", name="Bagian berkas"), "Ringkasan")
    follow(maya, "Data orang")
    is_at(maya, "Warsiti Penjaringan")

    # Leaving works too.
    maya.goto("/masuk/keluar/")
    press(maya, "Keluar")
    reads_on_bare_page(maya, "Anda sudah keluar.")


def reads_on_bare_page(page: Page, sentence: str) -> None:
    expect(page.get_by_text(sentence)).to_be_visible()


def _tab_to(page: Page, control: Locator, *, most: int = 60) -> None:
    """Press Tab until this control has the focus."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if control.evaluate("control => control === document.activeElement"):
            return
    raise AssertionError(f"no way to {control} by Tab")
