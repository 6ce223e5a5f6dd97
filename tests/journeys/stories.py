"""Parts that several stories share: someone is registered, a file is opened and walked to where the story begins."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.journeys.hands import choose, day, follow, group, is_at, mark, path_of, press, reads, tab, write


@dataclass(frozen=True)
class File:
    """Where a person and their file are found."""

    name: str
    number: str
    person: str
    path: str

    def part(self, slug: str) -> str:
        return f"{self.path}{slug}/"


def search_person(page: Page, words: str) -> None:
    """Search the register, as everyone does before a new record is made."""
    page.goto("/orang/")
    write(page, "Nama, NIK, KK, atau telepon", words)
    press(page, "Cari")


def register(
    page: Page, name: str, *, sex: str, age: int, kind: str, reason: str = "Tidak membawa dokumen", unit: str = ""
) -> str:
    """Register a person who says their name; gives the address of their page."""
    page.goto("/orang/daftar/")
    if unit:
        choose(page, "Unit", unit)
    write(page, "Nama lengkap", name)
    mark(page, "Jenis kelamin", sex)
    group(page, "Atau umur kira-kira").get_by_role("textbox").first.fill(str(age))
    choose(page, "Bila tanpa NIK, mengapa", reason)
    choose(page, "Jenis PPKS", kind)
    press(page, "Daftarkan")
    is_at(page, name)
    return path_of(page)


def look_at_cases(page: Page) -> None:
    """Scroll down a person's page to their cases, which come when they are looked for."""
    page.get_by_role("heading", name="Kasus", level=2, exact=True).scroll_into_view_if_needed()


def open_file(page: Page, name: str, *, risk: str = "Sedang", approach: str = "Keluarga") -> File:
    """Open a case without a report, from the person's page."""
    person = path_of(page)
    look_at_cases(page)
    follow(page, "Buka kasus tanpa laporan")
    is_at(page, "Buka kasus")
    mark(page, "Pendekatan awal", approach)
    mark(page, "Risiko", risk)
    press(page, "Buka kasus")
    is_at(page, name)
    number = re.search(r"Kasus (\S+) dibuka", page.get_by_role("main").inner_text())
    assert number is not None
    return File(name, number[1], person, path_of(page))


def go_on_to(page: Page, file: File, stage: str) -> None:
    """One stage further: nothing is missing."""
    page.goto(file.path)
    follow(page, f"Ke {stage}")
    press(page, "Pindahkan tahap")
    reads(page, f"Kasus kini di tahap {stage}.")


def agree(page: Page, file: File, *consents: str, months: int = 6) -> None:
    """Rights, duties and length explained, and signed by the person."""
    page.goto(file.path)
    tab(page, "Kesepakatan")
    page.get_by_role("main").get_by_role("link", name="Catat kesepakatan").first.click()
    mark(page, "Disetujui oleh", "Penerima manfaat sendiri")
    mark(page, "Cara menyetujui", "Tanda tangan")
    write(page, "Berlaku mulai", day())
    write(page, "Berlaku sampai", day(30 * months))
    if consents:
        mark(page, "Persetujuan pemakaian data", *consents)
    press(page, "Simpan")
    reads(page, "Kesepakatan dicatat.")


def assess(page: Page, file: File, domain: str, findings: str) -> None:
    """One domain, written and finished."""
    page.goto(file.part("asesmen"))
    follow(page, f"Tulis: {domain}")
    write(page, "Temuan", findings)
    press(page, "Selesaikan asesmen")
    reads(page, "Asesmen selesai.")


def answer_spm(page: Page, file: File, need: str, reason: str) -> None:
    page.goto(file.part("asesmen"))
    follow(page, "Jawab")
    mark(page, "Apakah orang ini membutuhkan rehabilitasi dasar?", need)
    write(page, "Dasar jawaban", reason)
    press(page, "Simpan")
    reads(page, "Jawaban SPM dicatat.", need)


def add_to_team(page: Page, file: File, name: str, part: str = "Anggota tim") -> None:
    page.goto(file.part("tim") + "tambah/")
    choose(page, "Petugas", name)
    choose(page, "Peran dalam tim", part)
    press(page, "Simpan")
    reads(page, f"{name} kini dalam tim.")


def decide(page: Page, file: File, decision: str = "Setujui", note: str = "") -> None:
    """The supervisor opens the oldest request of this file and decides."""
    decide_on(page, file.number, decision, note)


def decide_on(page: Page, words: str, decision: str = "Setujui", note: str = "") -> None:
    """Open the oldest request in whose row these words stand, a number or a name, and decide."""
    page.goto("/kasus/persetujuan/")
    page.get_by_role("main").get_by_role("row").filter(has_text=words).get_by_role("link").first.click()
    mark(page, "Keputusan", decision)
    if note:
        write(page, "Catatan", note)
    press(page, "Simpan keputusan")
    reads(page, "Keputusan disimpan.")


def confer(page: Page, file: File, *, question: str, minutes: str, decision: str, owner: str) -> None:
    page.goto(file.part("temu-bahas") + "baru/")
    write(page, "Pokok bahasan", question)
    mark(page, "Petugas yang hadir", owner)
    write(page, "Notula", minutes)
    write(page, "Keputusan 1", decision)
    page.get_by_role("combobox", name="Penanggung jawab").first.select_option(owner)
    page.get_by_role("textbox", name="Batas waktu").first.fill(day(7))
    press(page, "Simpan")
    reads(page, "Temu bahas kasus dicatat.", decision)
