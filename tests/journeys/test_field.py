"""Asep works a day where there is no signal: what he carries, what he fills, and that all of it comes, once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import NARROW, everyone_can_read
from tests.journeys.hands import day, follow, main, press, reads
from tests.journeys.test_filling import PHOTO

PIN, WRONG = "482915", "111222"
DATABASES = "async () => (await indexedDB.databases()).map(({ name }) => name).filter((name) => name.startsWith('serasi-field-'))"
STORES = """async () => {
  const [{ name }] = (await indexedDB.databases()).filter(({ name }) => name.startsWith("serasi-field-"));
  const open = indexedDB.open(name);
  const database = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const names = [...database.objectStoreNames];
  const transaction = database.transaction(names);
  const all = await Promise.all(names.map((store) => new Promise((done) => {
    const asked = transaction.objectStore(store).count();
    asked.onsuccess = () => done([store, asked.result]);
  })));
  database.close();
  return Object.fromEntries(all);
}"""


def prepare(page: Page, pin: str = PIN) -> None:
    """Make the phone ready, with signal; afterwards all is on it."""
    page.goto("/lapangan/")
    page.get_by_label("PIN baru, 6 angka").fill(pin)
    page.get_by_label("Ulangi PIN").fill(pin)
    press(page, "Siapkan")
    expect(main(page)).to_contain_text("siap tanpa sinyal")


def unlock(page: Page, pin: str = PIN) -> None:
    page.get_by_label("PIN", exact=True).fill(pin)
    page.get_by_role("button", name="Buka", exact=True).click()


def place(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Bagian", exact=True).get_by_role("button", name=re.compile(f"^{name}")).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def stores(page: Page) -> dict[str, int]:
    found: dict[str, int] = page.evaluate(STORES)
    return found


def visit_bagas(page: Page) -> None:
    place(page, "Klien")
    page.get_by_label("Cari nama, nomor, desa, atau jenis").fill("bagas")
    follow(main(page), "Bagas Saputra")
    expect(page.get_by_role("heading", name="Bagas Saputra", level=1)).to_be_visible()


def fill_visit(page: Page) -> None:
    """The rest of a home visit: score, photo, agreement; then it is finished."""
    when = _question(page, "Waktu kunjungan")
    when.get_by_label("Tanggal").fill(day())
    when.get_by_label("Pukul").fill("06.30")
    answer(page, "Siapa yang ditemui?", "Kerabat lain")
    onward(page)
    answer(page, "Tuan rumah mengizinkan foto rumah?", "Ya")
    _question(page, "Foto rumah, tanpa wajah").locator("input[type=file]").set_input_files(PHOTO)
    expect(_question(page, "Foto rumah, tanpa wajah").get_by_role("img")).to_be_visible()
    onward(page)
    for asked in ("Keinginan menerima", "Kemampuan merawat", "Tempat untuk tidur", "Kemampuan memenuhi", "Penerimaan"):
        _question(page, asked).get_by_role("radio").nth(2).check()
    answer(page, "amankah rumah ini baginya?", "Aman")
    onward(page)
    _question(page, "Yang disepakati").get_by_role("textbox").fill("Nenek mengantar Bagas ke sekolah setiap Senin.")
    press(page, "Selesai, kirim")
    reads(page, "Tersimpan dan tersegel di ponsel ini")


def _question(page: Page, words: str) -> Locator:
    return page.locator(".fill-field").filter(has=page.locator("label, legend").filter(has_text=words)).last


def answer(page: Page, question: str, choice: str) -> None:
    """Pick a choice of a question of the form."""
    _question(page, question).get_by_text(choice, exact=True).first.click()


def onward(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Berikutnya")).click()


@pytest.mark.journey
def test_a_field_assistants_day_in_plane_mode(open_as: Callable[..., Page]) -> None:
    phone = open_as("pendamping", viewport=NARROW)
    prepare(phone)
    everyone_can_read(phone)

    # Plane mode; the phone was switched off and on again.
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_role("heading", name="Buka dengan PIN")).to_be_visible()
    assert "Bagas" not in phone.content()
    unlock(phone, WRONG)
    expect(phone.get_by_role("alert")).to_contain_text("PIN salah. Sisa 9 percobaan")
    unlock(phone)
    reads(phone, "Bagas Saputra")

    # What he has with him of Bagas.
    visit_bagas(phone)
    reads(phone, "11 tahun", "Anak jalanan", "Ratih Kusumawardani", "Bagas bersekolah lagi", "Tuti Rohayati")
    everyone_can_read(phone)

    # A note.
    press(phone, "Tulis catatan")
    phone.get_by_role("button", name="Simpan di ponsel ini").click()
    expect(phone.get_by_role("alert")).to_contain_text("belum diisi")
    phone.get_by_label("Catatan", exact=True).fill("Bertemu nenek di teras, ukulele masih ada.")
    phone.get_by_role("button", name="Simpan di ponsel ini").click()
    reads(phone, "Tersimpan dan tersegel di ponsel ini")

    # A home visit, with a photo; the phone goes off in the middle of it.
    main(phone).locator("li").filter(has_text="Kunjungan rumah").get_by_role("button").click()
    answer(phone, "Maksud kunjungan", "Pemantauan")
    expect(phone.locator(".fill-status").first).to_contain_text("Tersimpan di ponsel ini")
    phone.reload()
    unlock(phone)
    place(phone, "Formulir")
    press(phone, "Lanjutkan")
    expect(_question(phone, "Maksud kunjungan").get_by_label("Pemantauan")).to_be_checked()
    fill_visit(phone)

    # Someone he met on the way.
    place(phone, "Formulir")
    everyone_can_read(phone)
