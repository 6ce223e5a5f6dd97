"""A youth grows free: an agreement of both sides, three phases, one step back, and what he may do alone each day."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NARROW, everyone_can_read
from tests.journeys.hands import (
    box,
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
    tick,
    write,
)
from tests.journeys.stories import File, open_file, search_person

FIRST = (
    "Mengenal aturan rumah dan dapat menjelaskannya",
    "Menulis tujuan sendiri bersama pembimbing",
    "Mengikuti kegiatan belajar atau keterampilan dua minggu berturut-turut",
)
SECOND = (
    "Hadir di sekolah atau pelatihan paling sedikit 80 persen",
    "Catatan uang saku lengkap empat minggu",
    "Pulang tepat waktu empat minggu berturut-turut",
    "Punya satu orang di luar rumah yang dapat dihubungi",
)
TODAY = "Yang boleh ia lakukan sendiri hari ini"


def build_a_house(head: Page) -> None:
    """One ward with two beds, as a head of unit does it once."""
    head.goto("/hunian/rumah/")
    head.get_by_role("link", name="Tambah gedung").first.click()
    write(head, "Nama gedung", "Asrama Foyer")
    press(head, "Simpan")
    follow(head, "Tambah wisma: Asrama Foyer")
    write(head, "Nama wisma", "Wisma Rintisan")
    press(head, "Simpan")
    follow(head, "Kamar: Wisma Rintisan")
    write(head, "Nama kamar", "Kamar 1")
    press(head, "Simpan")
    reads(head, "Wisma Rintisan", "2 tempat tidur")


def put_phases_in_force(head: Page) -> None:
    """The shipped phases, one of them adapted."""
    head.goto("/foyer/")
    main(head).get_by_role("listitem").get_by_role("link").first.click()
    reads(head, "Rumah ini belum memakai Foyer", "tidak diterbitkan")
    press(head, "Mulai dari empat fase")
    follow(head, "Ubah: Orientasi")
    write(head, "Sampai di mana", "Sekitar rumah dan musala")
    press(head, "Simpan")
    reads(head, "Fase disimpan.", "Sekitar rumah dan musala")
    everyone_can_read(head)
    press(head, "Berlakukan edisi ini")
    reads(head, "Berlaku sejak")


def come_to_live(coach: Page) -> File:
    """Rizki comes back after his time in the workshop: a new file, a bed."""
    search_person(coach, "Rizki Ramadani")
    main(coach).get_by_role("link", name="Rizki Ramadani").first.click()
    file = open_file(coach, "Rizki Ramadani", approach="Residensial")
    coach.goto(file.part("hunian") + "terima/")
    write(coach, "Tujuan tinggal", "Belajar mandiri")
    write(coach, "Rencana keluar", "Kos dan bekerja")
    press(coach, "Terima")
    reads(coach, "Ia diterima tinggal di sini.")
    return file


def see(page: Page, items: tuple[str, ...], *, met: int) -> None:
    """Say of each thing asked for whether it is met, how that was seen, and by whom."""
    for number, item in enumerate(items, start=1):
        asked = group(page, f"{number}. {item}")
        if number <= met:
            mark(asked, "Terpenuhi?", "Ya")
            write(asked, "Bagaimana terlihat", "Dilihat bersama di pertemuan")
            write(asked, "Disaksikan", "Hendrik, instruktur")


def decide(head: Page, agreement: str, *, note: str = "") -> None:
    head.goto(agreement)
    follow(head, "Putuskan")
    mark(head, "Keputusan", "Setujui")
    if note:
        write(head, "Catatan", note)
    press(head, "Simpan keputusan")
    reads(head, "Keputusan disimpan.")


def may_do(page: Page, agreement: str, *words: str) -> None:
    page.goto(agreement)
    reads(page, TODAY, *words)


@pytest.mark.journey
def test_a_youth_from_agreement_through_three_phases_with_one_step_back(open_as: Callable[..., Page]) -> None:
    head, coach = open_as("kepala"), open_as("peksos")
    build_a_house(head)
    put_phases_in_force(head)
    file = come_to_live(coach)

    # What both offer is written together, read from paper, signed by both.
    coach.goto(file.part("foyer"))
    follow(coach, "Tulis kesepakatan Foyer")
    write(coach, "Berlaku mulai", day(-75))
    write(coach, "Berlaku sampai", day(-75 + 800))
    write(coach, "Yang ditawarkan anak muda", "Saya belajar las setiap hari\nSaya menabung")
    press(coach, "Simpan")
    expect(coach.get_by_role("alert")).to_contain_text("24 bulan")
    write(coach, "Berlaku sampai", day(300))
    press(coach, "Simpan")
    reads(coach, "Menunggu tanda tangan", "Saya belajar las setiap hari", "Kamar yang aman dan makan yang cukup")
    agreement = path_of(coach)
    follow(coach, "Lembar untuk dicetak")
    reads(coach, "Yang saya tawarkan", "Fase dan hak yang tumbuh", "Sekitar rumah dan musala")
    everyone_can_read(coach)
    coach.goto(agreement)
    follow(coach, "Catat: Anak muda")
    press(coach, "Simpan")
    reads(coach, "Tanda tangan dicatat.")
    head.goto(agreement)
    follow(head, "Catat: Kepala unit atau supervisor")
    press(head, "Simpan")
    reads(head, "Mulai di fase Orientasi")
    may_do(coach, agreement, "Keluar didampingi petugas", "Sekitar rumah dan musala", "Kamar bersama")

    # Rizki reads his own, on his phone, and says where he stands. He cannot move himself up.
    rizki = open_as("warga", viewport=NARROW)
    rizki.goto("/foyer/saya/")
    reads(rizki, "Yang boleh saya lakukan sendiri hari ini", "Keluar didampingi petugas")
    does_not_read(rizki, "Ajukan naik fase")
    everyone_can_read(rizki)
    rizki.goto("/foyer/saya/nilai/")
    school = group(rizki, "Pendidikan")
    choose(school, "Nilai", "2")
    write(school, "Kata-katanya", "Saya sering mengantuk di kelas")
    press(rizki, "Simpan")
    reads(rizki, "Penilaianmu tersimpan.", "2 –")

    # The coach rates too; both stand beside each other.
    coach.goto(f"{agreement}nilai/")
    mark(coach, "Kata siapa", "Pembimbing")
    choose(group(coach, "Pendidikan"), "Nilai", "4")
    press(coach, "Simpan")
    reads(coach, "Ia menilai lebih rendah 2")
    everyone_can_read(coach)

    # Up: what is lacking is named; with everything seen the head agrees.
    coach.goto(agreement)
    follow(coach, "Ajukan naik fase")
    see(coach, FIRST, met=2)
    write(coach, "Kata anak muda", "Saya sudah hafal aturannya dan mau berangkat sendiri.")
    press(coach, "Ajukan")
    expect(coach.get_by_role("alert")).to_contain_text(FIRST[2])
    see(coach, FIRST, met=3)
    press(coach, "Ajukan")
    reads(coach, "Diajukan naik ke fase Dibimbing")
    may_do(coach, agreement, "Keluar didampingi petugas")
    head.goto("/")
    reads(head, "Langkah fase menunggu keputusan")
    decide(head, agreement)
    may_do(coach, agreement, "Keluar sendiri setelah memberi tahu", "Saya sudah hafal aturannya")

    # Up again before the time has passed: an exception, which is the head's, with the reason.
    follow(coach, "Ajukan naik fase")
    see(coach, SECOND, met=4)
    write(coach, "Kata anak muda", "Bengkel minta saya masuk pagi.")
    press(coach, "Ajukan")
    expect(coach.get_by_role("alert")).to_contain_text("paling sedikit 8 minggu")
    tick(coach, "Ajukan sebagai pengecualian")
    press(coach, "Ajukan")
    decide(head, agreement, note="Magang di bengkel mulai pukul enam.")
    may_do(coach, agreement, "Keluar sendiri, 05.00 sampai", "Pengecualian kepala unit")

    # Three nights he does not come home. A step back, with the reason and the way up again.
    follow(coach, "Ajukan mundur fase")
    mark_phase = coach.get_by_role("combobox", name="Kembali ke fase")
    mark_phase.select_option("Dibimbing")
    write(coach, "Alasan mundur", "Tiga malam tidak pulang dan tidak memberi kabar")
    write(coach, "Jalan kembali", "Dua minggu pulang tepat waktu, memberi kabar bila terlambat")
    write(coach, "Ditinjau tanggal", day(14))
    write(coach, "Kata anak muda", "Saya malu. Saya mau coba lagi.")
    press(coach, "Ajukan")
    decide(head, agreement)
    may_do(coach, agreement, "Keluar sendiri setelah memberi tahu", "Jalan kembali:", "Saya malu.")
    everyone_can_read(coach)

    # Once he may be home late; the night shift reads it on a phone, and so does Rizki.
    follow(coach, "Izin atau batasan sementara")
    mark(coach, "Apa yang berubah", "Jam pulang")
    write(coach, "Pulang paling lambat", "22.30")
    write(coach, "Alasan", "Pentas penutupan di bengkel")
    press(coach, "Simpan")
    reads(coach, "pulang paling lambat 22.30")
    carer = open_as("pengasuh", viewport=NARROW)
    carer.goto("/foyer/")
    reads(carer, "Rizki Ramadani", "Sampai 22.30", "Hari ini berbeda")
    everyone_can_read(carer)
    rizki.goto("/foyer/saya/")
    reads(rizki, "sampai 22.30", "Mundur ke fase Dibimbing")

    # How life goes is measured at entry; the rest is said to come.
    coach.goto(f"{agreement}ukur/")
    choose(coach, "Tinggal di mana", "Panti atau asrama")
    choose(coach, "Sekolah atau kerja", "Pelatihan atau magang")
    write(coach, "Penghasilan sebulan", "0")
    write(coach, "Tabungan", "150.000")
    box(coach, "Orang yang dapat dihubungi bila ada masalah").fill("2")
    mark(coach, "Kesehatan, menurut ia sendiri", "4")
    mark(coach, "Rasa percaya diri, menurut ia sendiri", "3")
    press(coach, "Simpan")
    reads(coach, "Pengukuran dicatat.", "Rp150.000")
    is_at(coach, "Rizki Ramadani")
    is_not_there(open_as("lks"), agreement)
