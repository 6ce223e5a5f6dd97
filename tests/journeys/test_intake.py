"""How many screens, how many answers and how much time lie between a voice at the door and a file that is open."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from serasi.cases.reference import danger_screen
from tests.journeys.conftest import NARROW
from tests.journeys.hands import choose, does_not_read, follow, is_at, main, mark, press, reads, write
from tests.journeys.keystrokes import Clerk
from tests.journeys.stories import register


@contextmanager
def screens(page: Page) -> Iterator[list[str]]:
    """The pages that come while this goes on, one entry for each."""
    came: list[str] = []

    def note(page: Page) -> None:
        came.append(page.url)

    page.wait_for_load_state()
    page.on("domcontentloaded", note)
    yield came
    page.remove_listener("domcontentloaded", note)


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
    # Her name was in the report; it has been looked for.
    reads(yusuf, "Mungkin orang ini")
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
    # The entry, which says what is missing where it stands, and the report.
    assert (len(asked), len(set(came))) == (1, 2)

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


@pytest.mark.journey
def test_a_walk_in_who_is_new_has_an_open_file_after_three_screens_and_within_five_minutes(
    open_as: Callable[..., Page],
) -> None:
    # Pak Wagiman has never been here. His daughter brings him, and has time to tell.
    yusuf = open_as("rekan")
    follow(yusuf, "Terima laporan")
    is_at(yusuf, "Catat laporan")
    clerk = Clerk(yusuf)

    # One: the report, decided on in the same breath.
    clerk.choose("Laporan datang lewat", "Datang langsung")
    clerk.write("Nama pelapor atau petugas", "Sri Wahyuni")
    clerk.write("Hubungan atau instansi", "anak kandung")
    clerk.write("Telepon pelapor", "081234567890")
    clerk.write("Siapa yang dilaporkan", "Wagiman Tirtorejo, ±71")
    clerk.write("Tempat ditemukan atau tinggal", "Jl. Kenari 12, RT 03 RW 05")
    clerk.write(
        "Uraian",
        "Tinggal sendiri sejak istrinya meninggal tahun lalu. Tiga bulan ini sering lupa jalan pulang, dua kali"
        " ditemukan warga di terminal. Makan tidak teratur, rumah bocor, tidak ada penghasilan. Anak bekerja di luar"
        " kota dan meminta ayahnya didampingi serta diperiksa.",
    )
    for question in danger_screen():
        clerk.mark(question.name, "Tidak")
    clerk.mark("Kegentingan", "Segera")
    clerk.press("Simpan dan buka kasus")

    # Two: nobody of that name is registered, however it is spelt; so he is.
    is_at(yusuf, "Daftarkan orang")
    reads(yusuf, "Tidak ada orang terdaftar yang namanya seperti itu")
    expect(yusuf.get_by_role("textbox", name="Nama lengkap")).to_have_value("Wagiman Tirtorejo")
    clerk.mark("Jenis kelamin", "Laki-laki")
    clerk.write("Tanggal lahir", "17/08/1955")
    clerk.write("Tempat lahir", "Tirtorejo")
    clerk.choose("Bila tanpa NIK, mengapa", "Tidak membawa dokumen")
    clerk.write("Alamat domisili", "Jl. Kenari 12, RT 03 RW 05")
    clerk.choose("Jenis PPKS", "Lanjut usia telantar")
    clerk.press("Daftarkan")

    # Three: his file.
    is_at(yusuf, "Buka kasus")
    clerk.mark("Risiko", "Sedang")
    clerk.press("Buka kasus")
    is_at(yusuf, "Wagiman Tirtorejo")
    reads(yusuf, "dibuka")

    print(f"walk-in of someone new: {clerk}")
    assert len(clerk.screens) == 3  # after the first page two more, then the file
    assert clerk.seconds <= 300


@pytest.mark.journey
def test_a_crisis_entry_of_someone_unknown_takes_less_than_ninety_seconds(open_as: Callable[..., Page]) -> None:
    tuti = open_as("pengasuh")
    tuti.goto("/kasus/laporan/")
    clerk = Clerk(tuti)
    clerk.follow("Darurat")
    is_at(tuti, "Laporan darurat")
    clerk.write("Siapa yang dilaporkan", "Perempuan, ±25, hamil, daster merah, tidak bicara")
    clerk.write("Di mana orangnya sekarang", "Depan gerbang panti")
    clerk.mark("Bahaya yang tampak sekarang", "Hamil atau baru melahirkan dan dalam bahaya?")
    clerk.write("Tindakan yang sudah dilakukan", "Diselimuti, ambulans 118 dipanggil")
    clerk.press("Simpan sekarang")
    reads(tuti, "Laporan diterima.", "Belum lengkap")

    print(f"crisis entry: {clerk}")
    assert clerk.seconds <= 90
