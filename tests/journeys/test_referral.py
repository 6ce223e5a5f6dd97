"""A man of Surabaya is referred to a sentra of the ministry, and comes home."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hands import (
    choose,
    does_not_read,
    follow,
    is_at,
    is_not_there,
    main,
    mark,
    path_of,
    press,
    reads,
    write,
)
from tests.journeys.stories import agree, assess, decide, go_on_to, open_file, register

NAMES = {
    "Sidoarjo": "UPT Rehabilitasi Sosial PMKS Sidoarjo",
    "Pangudi Luhur": "Sentra Terpadu Pangudi Luhur Bekasi",
}
"""What is typed to find a unit, and its whole name."""


@pytest.mark.journey
def test_a_referral_goes_from_the_city_to_the_ministry_and_its_result_comes_back(open_as: Callable[..., Page]) -> None:
    # Dewi, of the city, has assessed Suroso; a hand prosthesis is not to be had in Surabaya.
    dewi = open_as("surabaya.peksos")
    register(dewi, "Suroso Hadiwijoyo", sex="Laki-laki", age=44, kind="Penyandang disabilitas")
    file = open_file(dewi, "Suroso Hadiwijoyo")
    go_on_to(dewi, file, "Kesepakatan awal")
    agree(dewi, file, "Pelayanan dan pencatatan", "Berbagi data untuk rujukan")
    go_on_to(dewi, file, "Asesmen komprehensif")
    assess(dewi, file, "Sosial", "Tinggal dengan ibunya; dulu tukang bubut, tangan kanan putus di mesin.")
    dewi.goto(file.part("catatan"))
    write(dewi, "Catatan", "Ibunya berutang pada tetangga; jangan disampaikan kepada siapa pun.")
    press(dewi, "Simpan catatan")

    # She asks Sidoarjo first, which is near; her head approves and it is sent.
    _refer(dewi, file.part("rujukan"), "Sidoarjo", "Mohon tempat latihan kerja tangan.", "Identitas")
    anna = open_as("surabaya.kepala")
    decide(anna, file)
    kholilur = open_as("sidoarjo.peksos")
    kholilur.goto("/kasus/rujukan/")
    follow(main(kholilur), "Suroso Hadiwijoyo")
    reads(kholilur, "Mohon tempat latihan kerja tangan.")
    refused = path_of(kholilur)
    follow(kholilur, "Tolak")
    choose(kholilur, "Alasan penolakan", "Di luar fungsi layanan")
    write(kholilur, "Penjelasan dan langkah yang disarankan", "Kami tidak melatih tangan; ajukan ke sentra terpadu.")
    press(kholilur, "Tolak")

    # Refused with a reason that Dewi reads; what was disclosed is closed again at the other end.
    does_not_read(kholilur, "Tanggal lahir")
    kholilur.goto(refused)
    reads(kholilur, "Isi rujukan tidak lagi terbaca di sini")
    dewi.goto(file.part("rujukan"))
    reads(dewi, "Ditolak")
    main(dewi).get_by_role("table").get_by_role("link").first.click()
    reads(dewi, "Di luar fungsi layanan", "Kami tidak melatih tangan")

    # Now the sentra in Bekasi: identity, family and assessment go along, progress does not.
    _refer(
        dewi,
        file.part("rujukan"),
        "Pangudi Luhur",
        "Mohon prostesis tangan dan latihan.",
        "Identitas",
        "Ringkasan asesmen",
    )
    reads(dewi, "Menunggu persetujuan", "Yang terbaca unit tujuan")
    sent = path_of(dewi)
    ratih = open_as("peksos")
    ratih.goto("/kasus/rujukan/")
    does_not_read(ratih, "Suroso Hadiwijoyo")
    decide(anna, file)

    # Ratih finds it in her inbox: what was chosen, and nothing else; the file itself is closed to her.
    ratih.goto("/kasus/rujukan/")
    follow(main(ratih), "Suroso Hadiwijoyo")
    reads(ratih, "Mohon prostesis tangan dan latihan.", "tangan kanan putus di mesin")
    does_not_read(ratih, "berutang")
    received = path_of(ratih)
    is_not_there(ratih, file.part("catatan"))

    # Question and answer, both ways.
    write(ratih, "Pesan", "Apakah lukanya sudah boleh dibebani?")
    press(ratih, "Kirim pesan")
    reads(ratih, "Pesan dikirim.", "Apakah lukanya sudah boleh dibebani?")
    dewi.goto(sent)
    reads(dewi, "Apakah lukanya sudah boleh dibebani?", "Ratih Kusumawardani")
    write(dewi, "Pesan", "Sudah, surat dokter dibawa ibunya.")
    press(dewi, "Kirim pesan")
    ratih.goto(received)
    reads(ratih, "Sudah, surat dokter dibawa ibunya.")

    # The sentra accepts; a file of its own begins, and Dewi's goes on.
    follow(ratih, "Terima")
    write(ratih, "Pesan bagi perujuk", "Tempat tersedia Senin depan.")
    press(ratih, "Terima")
    reads(ratih, "Rujukan diterima.")
    ratih.goto(received)
    main(ratih).get_by_role("link", name="Berkas ST-PANGUDI-LUHUR/").click()
    is_at(ratih, "Suroso Hadiwijoyo")
    there = path_of(ratih)
    dewi.goto(sent)
    reads(dewi, "Diterima", "Tempat tersedia Senin depan.")

    # He comes with his mother: the hand-over is written at both ends.
    _hand_over(
        dewi, file.part("resosialisasi"), "Ratih Kusumawardani", "Pekerja sosial sentra", "Sehat, membawa surat dokter."
    )
    _hand_over(
        ratih, f"{there}resosialisasi/", "Ratih Kusumawardani", "Pekerja sosial sentra", "Datang bersama ibunya."
    )
    ratih.goto(received)
    reads(ratih, "Berita acara serah terima", "Datang bersama ibunya.", "Sehat, membawa surat dokter.")

    # Months later the result is told to those who asked.
    follow(ratih, "Kirim hasil")
    write(ratih, "Hasil bagi perujuk", "Memakai prostesis; dapat membubut lagi. Kontrol tiap enam bulan.")
    press(ratih, "Kirim hasil")
    reads(ratih, "Hasil dikirim kepada perujuk.")
    dewi.goto(sent)
    reads(dewi, "Hasil dari penerima", "dapat membubut lagi")

    # Those who were not asked, and he who refused, read nothing of it.
    for outsider in (open_as("rekan"), kholilur):
        is_not_there(outsider, sent)
        is_not_there(outsider, there + "catatan/")
    lks = open_as("lks")
    is_not_there(lks, received)
    expect(main(dewi)).to_contain_text("Hasil dari penerima")


def _refer(page: Page, referrals: str, unit: str, reason: str, *disclosed: str) -> None:
    """Choose the unit in the directory, say what is asked and what goes along, look at it, put it before the head."""
    page.goto(referrals)
    follow(page, "Rujukan baru")
    write(page, "Nama unit", unit)
    press(page, "Saring")
    main(page).get_by_role("link", name=f"Pilih {NAMES[unit]}").click()
    mark(page, "Kegentingan", "Segera")
    choose(page, "Alasan rujukan", "Layanan yang diperlukan tidak tersedia di unit ini")
    write(page, "Uraian dan yang diminta", reason)
    mark(page, "Yang diungkap", *disclosed)
    press(page, "Lanjut ke pratinjau")
    reads(page, "Pratinjau: persis ini yang terbaca unit tujuan")
    press(page, "Ajukan kepada supervisor")
    reads(page, "Rujukan diajukan kepada supervisor.")


def _hand_over(page: Page, homecoming: str, receiver: str, part: str, condition: str) -> None:
    page.goto(homecoming)
    follow(page, "Catat serah terima")
    write(page, "Nama penerima", receiver)
    write(page, "Hubungan atau jabatan", part)
    write(page, "Keadaan saat diserahkan", condition)
    page.get_by_role("combobox", name="Untuk rujukan").select_option(index=1)
    press(page, "Simpan")
    reads(page, "Tersimpan.", condition)
