"""More people than beds: the head of Keputih sees what comes, who could leave, who waits and why, and where room is."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import everyone_can_read
from tests.journeys.hands import choose, does_not_read, follow, is_at, main, mark, path_of, press, reads, write
from tests.journeys.stories import decide_on

FIRST, OUTSIDE = "Tukiran Brajamusti", "Ponirah Lestaridewi"


@pytest.mark.journey
def test_the_head_of_keputih_deals_with_more_people_than_beds(open_as: Callable[..., Page]) -> None:
    # Hari opens his board: wards with more people than beds say so, and who lies on a mat is counted.
    hari = open_as("keputih.kepala")
    follow(hari.get_by_role("navigation", name="Utama", exact=True), "Hunian")
    reads(hari, "di atas daya tampung", "di lantai")
    everyone_can_read(hari)

    # What is expected, with its range, and how far the same reckoning was off on days of the past.
    hari.goto("/hunian/prakiraan/")
    is_at(hari, "Prakiraan penghuni")
    house = path_of(hari)
    reads(hari, "di atas daya tampung", "Dalam 30 hari", "Dalam 90 hari", "meleset", "Yang pernah diperkirakan")
    assert re.search(r"[\d.]+ orang \([\d.]+–[\d.]+\)", main(hari).inner_text())
    press(hari, "Hitung sekarang")
    reads(hari, "Prakiraan dihitung.")
    everyone_can_read(hari)

    # Who could live outside by now: with what speaks for it, and what is missing.
    follow(hari, "Dapat tinggal di luar")
    ready = main(hari).get_by_role("listitem").filter(has=hari.get_by_role("link", name="Jumadi Sastrowirya"))
    expect(ready.first).to_contain_text("Siap menurut penilaian kesiapan")
    expect(ready.first).to_contain_text("Keluarga ditemukan")
    almost = main(hari).get_by_role("listitem").filter(has=hari.get_by_role("link", name="Rukmini Padmasari"))
    expect(almost.first).to_contain_text("Kesiapan belum dinilai")
    everyone_can_read(hari)

    # Who waits, and why in this order: an old man on the street, for whom nothing else was possible, stands first.
    follow(hari, "Daftar tunggu")
    expect(main(hari).get_by_role("heading", level=2).first).to_have_text(FIRST)
    first = main(hari).get_by_role("listitem").filter(has=hari.get_by_role("link", name=FIRST))
    for reason in ("Risiko tinggi", "Tidur di jalan", "Lanjut usia", "Menunggu 41 hari", "tidak bisa"):
        expect(first.first).to_contain_text(reason)
    reads(hari, "Mungkin dilayani di luar lembaga", "Belum ada upaya di luar lembaga")
    everyone_can_read(hari)

    # The landlady of Ponirah has a room now: what was tried is written, and she waits no longer.
    follow(main(hari), OUTSIDE)
    waiting = path_of(hari) + "tunggu/"
    hari.goto(waiting)
    reads(hari, "Menunggu tempat", "Kamar kos murah ada bulan depan")
    follow(hari, "Catat upaya di luar lembaga")
    mark(hari, "Yang dicoba", "Tempat tinggal sendiri dengan dukungan")
    mark(hari, "Hasilnya", "Bisa, dan dijalankan")
    write(hari, "Dengan siapa, dan apa jawabannya", "Ibu kos di Semolowaru; bantuan sewanya turun, pindah hari ini.")
    everyone_can_read(hari)
    press(hari, "Simpan")
    reads(hari, "Upaya dicatat.")
    hari.goto(house + "tunggu/")
    does_not_read(hari, OUTSIDE)

    # Where there is a place: a house in the same city with free beds, for whom it is.
    follow(hari, "Tempat di lembaga lain")
    near = main(hari).get_by_role("listitem").filter(has=hari.get_by_role("heading", level=2)).first
    expect(near).to_contain_text("Griya Wreda")
    expect(near).to_contain_text("tempat tidur kosong")
    expect(near).to_contain_text("kota atau kabupaten yang sama")
    everyone_can_read(hari)

    # Cahyo asks that house for Tukiran; Hari agrees, and Griya Wreda has it.
    cahyo = open_as("keputih.peksos")
    cahyo.goto(house + "tunggu/")
    follow(main(cahyo), FIRST)
    referrals = path_of(cahyo) + "rujukan/"
    cahyo.goto(referrals)
    follow(cahyo, "Rujukan baru")
    write(cahyo, "Nama unit", "Griya Wreda")
    press(cahyo, "Saring")
    main(cahyo).get_by_role("link", name=re.compile("^Pilih .*Griya Wreda")).click()
    mark(cahyo, "Kegentingan", "Segera")
    choose(cahyo, "Alasan rujukan", "Layanan yang diperlukan tidak tersedia di unit ini")
    write(cahyo, "Uraian dan yang diminta", "Lanjut usia di jalan; di sini tidak ada tempat tidur di lantai dasar.")
    mark(cahyo, "Yang diungkap", "Identitas")
    press(cahyo, "Lanjut ke pratinjau")
    press(cahyo, "Ajukan kepada supervisor")
    reads(cahyo, "Rujukan diajukan kepada supervisor.")
    decide_on(hari, FIRST)
    lestari = open_as("wreda.peksos")
    lestari.goto("/kasus/rujukan/")
    reads(lestari, FIRST)
    follow(main(lestari), FIRST)
    follow(lestari, "Terima")
    write(lestari, "Pesan bagi perujuk", "Satu tempat di Ruang Melati, dekat pengasuh.")
    press(lestari, "Terima")
    reads(lestari, "Rujukan diterima.")

    # He has a place elsewhere; the list is shorter by two, and says of the file how waiting ended.
    hari.goto(house + "tunggu/")
    follow(main(hari), FIRST)
    hari.goto(path_of(hari) + "tunggu/")
    follow(hari, "Keluarkan dari daftar tunggu")
    mark(hari, "Selesai menunggu karena", "Mendapat tempat di lembaga lain")
    write(hari, "Penjelasan", "Griya Wreda, Ruang Melati")
    press(hari, "Simpan")
    reads(hari, "Ia tidak lagi menunggu.")
    hari.goto(house + "tunggu/")
    does_not_read(hari, FIRST, OUTSIDE)
    expect(main(hari).get_by_role("heading", level=2)).to_have_count(3)
