"""Dito, nine years old, brought in by public order at night."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NARROW
from tests.journeys.hands import (
    choose,
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

QUESTIONS = (
    "Tidak sadar, sesak, berdarah banyak, kejang, atau luka berat?",
    "Mengatakan ingin mati atau melukai diri, atau baru mencobanya?",
    "Sedang mengalami atau terancam kekerasan sekarang?",
    "Diperdagangkan, dijerat utang, atau dieksploitasi?",
    "Gaduh gelisah, mendengar suara, atau membahayakan orang lain?",
    "Hamil atau baru melahirkan dan dalam bahaya?",
    "Bayi atau balita tampak lemas, demam tinggi, atau kurang gizi berat?",
    "Batuk lebih dari dua minggu, demam dengan ruam, atau tanda penyakit menular?",
    "Baru berhenti memakai zat dan gemetar, bingung, atau kejang?",
    "Dipasung, dikurung, atau dirantai?",
)


@pytest.mark.journey
def test_a_street_child_brought_in_by_public_order_comes_as_far_as_the_agreement(
    open_as: Callable[..., Page],
) -> None:
    # Tuti, the carer on the night shift, holds the telephone in one hand. Public order has brought a boy.
    phone = open_as("pengasuh", viewport=NARROW)
    phone.goto("/kasus/laporan/darurat/")
    is_at(phone, "Laporan darurat")
    write(phone, "Siapa yang dilaporkan", "Anak laki-laki, ±9, kaus merah, membawa kecrekan")
    write(phone, "Di mana orangnya sekarang", "Ruang terima tamu")
    mark(phone, "Bahaya yang tampak sekarang", "Anak tanpa orang dewasa yang aman?")
    choose(phone, "Laporan datang lewat", "Penyerahan hasil penertiban (razia)")
    write(phone, "Tindakan yang sudah dilakukan", "Diberi makan dan selimut")
    press(phone, "Simpan sekarang")

    # It is kept; the page says what to do first, and what is still to be told.
    expect(phone.get_by_role("main")).to_contain_text("Anak laki-laki, ±9, kaus merah")
    reads(phone, "Darurat", "Belum lengkap")
    report = path_of(phone)

    # In the morning Ratih finds it among the new reports and completes it at her desk.
    ratih = open_as("peksos")
    follow(ratih.get_by_role("navigation", name="Utama", exact=True), "Laporan masuk")
    follow(main(ratih), "Anak laki-laki, ±9, kaus merah, membawa kecrekan")
    follow(ratih, "Lengkapi")
    is_at(ratih, "Lengkapi laporan")
    write(ratih, "Nama pelapor atau petugas", "Aipda Sutrisno")
    write(ratih, "Hubungan atau instansi", "Satpol PP Kota Bekasi")
    write(ratih, "Uraian", "Terjaring penertiban di lampu merah. Menyebut dirinya Dito, tidur di kolong jembatan.")
    for question in QUESTIONS:
        mark(ratih, question, "Tidak")
    press(ratih, "Simpan laporan")
    reads(ratih, "Belum diputuskan", "1 pertanyaan belum dijawab")

    # She decides: urgent, a case.
    mark(ratih, "Kegentingan", "Darurat")
    mark(ratih, "Keputusan", "Buka kasus")
    press(ratih, "Putuskan")

    # Who is it? Nobody of that name stands in the register.
    is_at(ratih, "Siapa orangnya?")
    ratih.get_by_role("searchbox", name="Nama, NIK, telepon, atau nama panggilan").fill("Dito Kecrek")
    press(ratih, "Cari")
    follow(ratih, "Daftarkan orang ini")
    is_at(ratih, "Daftarkan orang")
    expect(ratih.get_by_role("textbox", name="Nama lengkap")).to_have_value("Dito Kecrek")
    write(ratih, "Nama lengkap", "Dito Ramdhani")
    write(ratih, "Nama panggilan", "Dito")
    mark(ratih, "Jenis kelamin", "Laki-laki")
    group(ratih, "Atau umur kira-kira").get_by_role("textbox").first.fill("9")
    choose(ratih, "Bila tanpa NIK, mengapa", "Tidak membawa dokumen")
    choose(ratih, "Jenis PPKS", "Anak jalanan")
    press(ratih, "Daftarkan")

    # The way leads on to the file of this report, with what kind and screen propose.
    is_at(ratih, "Buka kasus")
    reads(ratih, "Dito Ramdhani terdaftar.")
    expect(group(ratih, "Risiko").get_by_label("Tinggi", exact=True)).to_be_checked()
    press(ratih, "Buka kasus")
    is_at(ratih, "Dito Ramdhani")
    reads(ratih, "Akses", "Risiko tinggi", "Ratih Kusumawardani")
    file = path_of(ratih)
    person = ratih.get_by_role("link", name="Data orang").get_attribute("href") or ""

    # Going on is refused, and the page says what is missing and leads there.
    follow(ratih, "Ke Kesepakatan awal")
    reads(ratih, "Yang harus dilengkapi dahulu", "Skrining bahaya belum diisi. Jawab semua pertanyaan skrining")
    expect(ratih.get_by_role("button", name="Pindahkan tahap")).to_have_count(0)
    follow(ratih, "Skrining bahaya selesai")
    follow(ratih, "Lengkapi")
    mark(ratih, "Tidak makan sehari atau tidak punya tempat tidur malam ini?", "Tidak")
    press(ratih, "Simpan laporan")
    does_not_read(ratih, "pertanyaan belum dijawab")

    # Now the first stage is behind him; at the second, agreement and consent are asked.
    ratih.goto(file)
    follow(ratih, "Ke Kesepakatan awal")
    press(ratih, "Pindahkan tahap")
    reads(ratih, "Kasus kini di tahap Kesepakatan awal.")
    follow(ratih, "Ke Asesmen komprehensif")
    reads(ratih, "Persetujuan layanan belum tercatat.", "Kesepakatan pelayanan belum ditandatangani.")

    # The psychologist comes into the team, and finds the boy among her cases.
    tab(ratih, "Tim dan tugas")
    follow(ratih, "Tambah anggota")
    choose(ratih, "Petugas", "Dian Paramitha")
    write(ratih, "Profesi dalam kasus ini", "Psikolog")
    press(ratih, "Simpan")
    reads(ratih, "Dian Paramitha kini dalam tim.")
    dian = open_as("psikolog")
    dian.goto(file)
    is_at(dian, "Dito Ramdhani")
    reads(dian, "Kesepakatan awal")

    # Yusuf, a colleague outside the team, is told that it is not his; another city's worker, nothing at all.
    yusuf = open_as("rekan")
    answer = yusuf.goto(file)
    assert answer is not None
    assert answer.status == 404
    is_at(yusuf, "Berkas ini di luar tim Anda")
    does_not_read(yusuf, "Dito")
    dewi = open_as("surabaya.peksos")
    is_not_there(dewi, person)
    is_not_there(dewi, report)
