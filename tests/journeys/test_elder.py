"""An elder found at a bus station, who has no papers and does not say who she is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hands import (
    choose,
    day,
    does_not_read,
    follow,
    group,
    is_at,
    is_not_there,
    main,
    mark,
    path_of,
    press,
    reads,
    tab,
    write,
)
from tests.journeys.stories import add_to_team, answer_spm, assess, go_on_to, open_file, search_person


@pytest.mark.journey
def test_an_elder_with_no_identity_gets_a_name_an_agreement_by_thumb_print_and_an_spm_answer(
    open_as: Callable[..., Page],
) -> None:
    # Ratih searches first, as always; a woman without a name is not found by it.
    ratih = open_as("peksos")
    search_person(ratih, "Nenek Kebaya Ungu")
    reads(ratih, "Tidak ada yang cocok")

    # She is registered by what is seen.
    ratih.goto("/orang/daftar/")
    follow(ratih, "Identitasnya tidak diketahui")
    is_at(ratih, "Orang tidak dikenal")
    write(ratih, "Ciri-ciri", "Perempuan ±80, kebaya ungu, bungkuk, membawa tas anyaman berisi batu akik")
    mark(ratih, "Jenis kelamin", "Perempuan")
    group(ratih, "Umur kira-kira").get_by_role("textbox").first.fill("80")
    write(ratih, "Ditemukan di", "Terminal Bekasi, jalur 4")
    press(ratih, "Daftarkan")
    reads(ratih, "Tidak dikenal", "sekitar 80 tahun", "Identitas belum diketahui", "Terminal Bekasi, jalur 4")
    person = path_of(ratih)

    # Her kind, and her file.
    follow(ratih, "Tetapkan jenis")
    ratih.get_by_role("button", name="Lanjut usia telantar").click()
    press(ratih, "Simpan")
    reads(ratih, "Lanjut usia telantar")
    ratih.goto(person)
    name = main(ratih).get_by_role("heading", level=1).inner_text()
    file = open_file(ratih, name, risk="Tinggi", approach="Residensial")
    add_to_team(ratih, file, "Dian Paramitha")
    add_to_team(ratih, file, "Tuti Rohayati")
    go_on_to(ratih, file, "Kesepakatan awal")

    # She agrees by thumb-print. Without a witness that is not taken.
    tab(ratih, "Kesepakatan")
    main(ratih).get_by_role("link", name="Catat kesepakatan").first.click()
    mark(ratih, "Disetujui oleh", "Penerima manfaat sendiri")
    mark(ratih, "Cara menyetujui", "Cap jempol")
    write(ratih, "Berlaku mulai", day())
    write(ratih, "Berlaku sampai", day(365))
    mark(ratih, "Persetujuan pemakaian data", "Pelayanan dan pencatatan")
    press(ratih, "Simpan")
    expect(ratih.get_by_role("alert")).to_contain_text("memerlukan nama saksi")
    write(ratih, "Nama saksi", "Tuti Rohayati")
    press(ratih, "Simpan")
    reads(ratih, "Kesepakatan dicatat.", "Cap jempol, saksi Tuti Rohayati")

    # After three days she says her name to the carer, who writes it down; the carer does not change her data.
    tuti = open_as("pengasuh")
    tuti.goto(file.part("catatan"))
    write(tuti, "Catatan", "Pagi ini beliau menyebut dirinya Mbah Rusmini, anak Pak Karto dari Ngawi.")
    press(tuti, "Simpan catatan")
    reads(tuti, "Mbah Rusmini")

    # Ratih puts the name on the record, as she says it; the reason for no NIK changes with it.
    ratih.goto(person)
    follow(ratih, "Ubah data")
    write(ratih, "Nama lengkap", "Rusmini")
    write(ratih, "Nama panggilan", "Mbah Rusmini")
    choose(ratih, "Identitas diketahui dari", "Menurut pengakuan")
    choose(ratih, "Bila tanpa NIK, mengapa", "Dokumen hilang atau rusak")
    press(ratih, "Simpan")
    is_at(ratih, "Rusmini")
    reads(ratih, "Menurut pengakuan", "Dokumen hilang atau rusak", "kebaya ungu")
    does_not_read(ratih, "Tidak dikenal")

    # Two professions assess; her health and her memory are kept apart for those who need them.
    go_on_to(ratih, file, "Asesmen komprehensif")
    assess(ratih, file, "Biologis", "Penglihatan kabur, makan sendiri, berjalan berpegangan.")
    assess(ratih, file, "Sosial", "Menyebut Ngawi dan nama ayahnya. Tidak ada yang mencari.")
    assess(ratih, file, "Spiritual", "Salat lima waktu, hafal doa.")
    ratih.goto(file.path)
    reads(ratih, "Asesmen belum lengkap")
    dian = open_as("psikolog")
    dian.goto(file.part("asesmen"))
    follow(dian, "Tulis: Psikologis")
    write(dian, "Temuan", "Daya ingat jangka pendek sangat kurang. Tenang bila diajak bercerita.")
    mark(dian, "Jaga bagian ini secara khusus", "Kesehatan jiwa")
    press(dian, "Selesaikan asesmen")
    reads(dian, "Asesmen selesai.")

    # The answer that the SPM counts.
    answer_spm(ratih, file, "Membutuhkan rehabilitasi dasar di dalam panti", "Tidak ada yang merawat di luar.")
    go_on_to(ratih, file, "Temu bahas kasus")
    reads(ratih, "Temu bahas kasus")

    # The register finds her by her name however it is spelt; the carer does not read what is kept apart.
    search_person(ratih, "Roesmini")
    expect(main(ratih).get_by_role("link", name="Rusmini")).to_be_visible()
    tuti.goto(file.part("asesmen"))
    reads(tuti, "Biologis")
    does_not_read(tuti, "Daya ingat")
    outsider = open_as("lks")
    is_not_there(outsider, person)
