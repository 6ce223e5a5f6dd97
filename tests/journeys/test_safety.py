"""A fall at night, told from a telephone in one screen; and a concern about the head that the head never sees."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NARROW, everyone_can_read
from tests.journeys.hands import (
    choose,
    day,
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
from tests.journeys.stories import open_file, register

PERSON = "Wagiman Atmosuwito"


def build_ward(head: Page) -> None:
    """One building, one ward, one room with two beds."""
    head.goto("/hunian/rumah/")
    main(head).get_by_role("link", name="Tambah gedung").first.click()
    write(head, "Nama gedung", "Gedung Aman")
    press(head, "Simpan")
    follow(head, "Tambah wisma: Gedung Aman")
    write(head, "Nama wisma", "Wisma Teduh")
    press(head, "Simpan")
    follow(head, "Kamar: Wisma Teduh")
    write(head, "Nama kamar", "Teduh 1")
    press(head, "Simpan")
    reads(head, "Teduh 1")


def choose_resident(page: Page, group: str) -> None:
    """A large house offers its residents by a part of their name."""
    if (search := page.get_by_label("Cari penghuni")).count():
        search.press_sequentially("Wagiman")
    page.get_by_role("group", name=group).get_by_label(PERSON).check()


@pytest.mark.journey
def test_a_fall_at_night_is_reported_told_followed_up_and_closed(open_as: Callable[..., Page]) -> None:
    # Bambang, the head, has a ward; Ratih lets an old man live there.
    bambang, ratih = open_as("kepala"), open_as("peksos")
    build_ward(bambang)
    register(ratih, PERSON, sex="Laki-laki", age=78, kind="Lanjut usia telantar")
    file = open_file(ratih, PERSON)
    ratih.goto(file.path + "hunian/terima/")
    write(ratih, "Tujuan tinggal", "Dirawat sampai pulih")
    write(ratih, "Rencana keluar", "Kembali ke anaknya di Wonogiri")
    press(ratih, "Terima")
    reads(ratih, "Ia diterima tinggal di sini.")

    # Tuti finds him on the bathroom floor at night. One screen on her telephone.
    tuti = open_as("pengasuh", viewport=NARROW)
    tuti.goto("/keselamatan/")
    is_at(tuti, "Keselamatan")
    follow(tuti, "Laporkan kejadian")
    everyone_can_read(tuti)
    tuti.set_viewport_size(NARROW)  # type: ignore[arg-type]
    choose(tuti, "Apa yang terjadi", "Jatuh")
    mark(tuti, "Seberapa berat", "Sedang: terluka, dirawat di tempat")
    choose_resident(tuti, "Siapa yang terdampak")
    write(tuti, "Ceritakan singkat", "Terpeleset di kamar mandi, pelipis luka.")
    press(tuti, "Laporkan")
    reads(tuti, "Kejadian dilaporkan.", PERSON, "Kepala unit", "Keluarga", "Sisa")
    incident = path_of(tuti)
    everyone_can_read(tuti)

    # In the morning Bambang has it on his first page. He was told, and tells the family.
    bambang.goto("/")
    reads(bambang, "Kejadian: masih harus memberi tahu")
    bambang.goto(incident)
    for recipient, who in (("Kepala unit", "Bambang sendiri"), ("Keluarga", "anaknya, Sutini")):
        follow(bambang, "Catat pemberitahuan")
        mark(bambang, "Siapa yang diberi tahu", recipient)
        mark(bambang, "Dengan cara", "Telepon")
        write(bambang, "Nama atau jabatannya", who)
        press(bambang, "Simpan")
        reads(bambang, "Pemberitahuan dicatat.", who)
    reads(bambang, "Semua sudah diberi tahu")

    # What will be done, and by whom; then it is closed with what was learned.
    follow(bambang, "Tambah tindak lanjut")
    write(bambang, "Apa yang akan dilakukan", "Pasang pegangan di kamar mandi")
    choose(bambang, "Penanggung jawab", "Tuti Rohayati")
    write(bambang, "Batas waktu", day(3))
    press(bambang, "Simpan")
    tuti.goto(incident)
    follow(tuti, "Pasang pegangan di kamar mandi")
    write(tuti, "Hasilnya", "Pegangan terpasang")
    press(tuti, "Simpan")
    reads(tuti, "Pegangan terpasang")
    follow(bambang, "Tutup kejadian")
    write(bambang, "Sebabnya", "Lantai licin, tanpa pegangan")
    write(bambang, "Pelajarannya", "Semua kamar mandi diperiksa tiap bulan")
    press(bambang, "Tutup kejadian")
    reads(bambang, "Kejadian ditutup.", "Semua kamar mandi diperiksa tiap bulan")

    # It stands in his file, on paper, and in the patterns; an outsider finds nothing there.
    ratih.goto(file.path + "keselamatan/")
    reads(ratih, "Jatuh")
    bambang.goto(incident + "cetak/")
    reads(bambang, "Tanda tangan", PERSON)
    everyone_can_read(bambang)
    bambang.goto("/keselamatan/pola/")
    reads(bambang, "Jatuh", "Di luar wisma")
    everyone_can_read(bambang)
    is_not_there(open_as("peksos.dki"), incident)

    # The next night he throws chairs. Tuti stays with him, then it must be the calm room, with a clock.
    tuti.goto("/keselamatan/pengekangan/mulai/")
    choose_resident(tuti, "Penghuni")
    mark(tuti, "Cara", "Isolasi atau ruang tenang")
    mark(tuti, "Batas untuk", "Dewasa")
    mark(tuti, "Bahaya yang dicegah", "Membahayakan orang lain")
    write(tuti, "Apa yang terjadi", "Melempar kursi")
    write(tuti, "Apa yang sudah dicoba lebih dahulu", "Ditemani setengah jam")
    everyone_can_read(tuti)
    press(tuti, "Mulai")
    reads(tuti, "Tidak pernah sebagai hukuman", "Periksa dalam")
    everyone_can_read(tuti)
    press(tuti, "Tenang")
    reads(tuti, "Pemeriksaan dicatat.")
    follow(tuti, "Akhiri")
    write(tuti, "Keadaannya saat diakhiri", "Tenang, minum teh")
    press(tuti, "Akhiri")
    reads(tuti, "Diakhiri. Kepala unit meninjaunya.")


@pytest.mark.journey
def test_a_concern_about_the_head_goes_past_the_unit(open_as: Callable[..., Page]) -> None:
    # Salsabila, a student, saw something.
    salsabila = open_as("mahasiswa", viewport=NARROW)
    salsabila.goto("/keselamatan/kekhawatiran/")
    follow(salsabila, "Sampaikan kekhawatiran")
    reads(salsabila, "Kepala dan rekan di unit ini tidak dapat melihatnya")
    mark(salsabila, "Tentang siapa", "Kepala unit, atau cara kerja unit ini")
    mark(salsabila, "Apa yang dikhawatirkan", "Ancaman atau penghinaan")
    write(salsabila, "Ceritakan", "Penghuni dibentak dan diancam dipulangkan.")
    everyone_can_read(salsabila)
    press(salsabila, "Sampaikan")
    reads(salsabila, "Kekhawatiran Anda terkirim.", "Terkirim")
    concern = path_of(salsabila)

    # Neither the head nor anybody who works there can find it.
    for who in ("kepala", "supervisor", "peksos", "pengasuh"):
        colleague = open_as(who)
        is_not_there(colleague, concern)
        colleague.goto("/keselamatan/kekhawatiran/")
        does_not_read(colleague, "Ancaman atau penghinaan")

    # The ministry, to which the sentra belongs, has it on the first page, acts and answers.
    agung = open_as("kemensos")
    agung.goto("/")
    reads(agung, "Kekhawatiran menunggu jawaban Anda")
    agung.goto(concern)
    reads(agung, "Penghuni dibentak", "Salsabila Putri Anjani")
    for kind, text in (("Tindakan", "Kepala unit dipanggil."), ("Jawaban kepada pelapor", "Kami sudah bertindak.")):
        follow(agung, "Catat langkah")
        mark(agung, "Langkah", kind)
        write(agung, "Keterangan", text)
        press(agung, "Simpan")
        reads(agung, text)
    everyone_can_read(agung)

    # Salsabila reads the answer, not what was done.
    salsabila.goto(concern)
    reads(salsabila, "Kami sudah bertindak.", "Sudah dijawab")
    does_not_read(salsabila, "Kepala unit dipanggil.")
    expect(main(salsabila).get_by_role("link", name="Catat langkah")).to_have_count(0)
