"""Asep works a day where there is no signal: what he carries, what he fills, and that all of it comes, once."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import NARROW, PATIENCE, everyone_can_read
from tests.journeys.hands import day, follow, main, press, reads, tab
from tests.journeys.test_filling import PHOTO
from tests.journeys.test_outbox import leave

PIN, WRONG = "482915", "111222"
RAW = """async () => {
  const [{ name }] = (await indexedDB.databases()).filter(({ name }) => name.startsWith("serasi-field-"));
  const open = indexedDB.open(name);
  const database = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const told = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? new TextDecoder("latin1").decode(value)
    : value && typeof value === "object" ? Object.values(value).map(told).join(" ") : String(value);
  const transaction = database.transaction([...database.objectStoreNames]);
  const all = await Promise.all([...database.objectStoreNames].map((store) => new Promise((done) => {
    const asked = transaction.objectStore(store).getAll();
    asked.onsuccess = () => done(asked.result);
  })));
  database.close();
  return told(all);
}"""
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


def visit_bagas(page: Page) -> None:
    place(page, "Orang")
    page.get_by_label("Cari nama, nomor, desa, atau jenis").fill("bagas")
    reads(page, "Bagas Saputra")
    follow(main(page), "Bagas Saputra")
    expect(page.get_by_role("heading", name="Bagas Saputra", level=1)).to_be_visible()


def fill_visit(page: Page) -> None:
    """The rest of a home visit: score, photo, agreement; then it is finished."""
    when = _question(page, "Waktu kunjungan")
    when.get_by_label("Tanggal").fill(day())
    when.get_by_label("Pukul").fill("06.30")
    when.get_by_label("Pukul").press("Tab")  # the screen may move when the box is left
    answer(page, "Siapa yang ditemui?", "Kerabat lain")
    onward(page)
    answer(page, "Tuan rumah mengizinkan foto rumah?", "Ya")
    _question(page, "Foto rumah, tanpa wajah").locator("input[type=file]").set_input_files(PHOTO)  # type: ignore[arg-type]
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
    _question(page, question).get_by_label(choice, exact=True).check()


def onward(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Berikutnya")).click()


def lie_there(page: Page, **wanted: int) -> None:
    """So many of each lie on the phone, at once or soon."""
    for _look in range(PATIENCE // 200):
        kept = page.evaluate(STORES)
        if {name: kept[name] for name in wanted} == wanted:
            return
        page.wait_for_timeout(200)
    raise AssertionError(kept)


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
    reads(phone, "11 tahun", "Anak jalanan", "Ratih Kusumawardani", "Bagas bersekolah lagi", "Catatan terakhir")
    expect(main(phone).locator("section", has_text="Catatan terakhir").get_by_role("listitem").first).to_be_visible()
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

    # What is on the phone tells nobody anything, and all of it waits.
    place(phone, "Kiriman")
    reads(phone, "Menunggu dikirim (2)", "Draf di ponsel ini (0)", "Kunjungan rumah", "Tulis catatan")
    everyone_can_read(phone)
    assert [word in phone.evaluate(RAW) for word in ("ukulele", "Bagas", "Kerabat")] == [False, False, False]
    assert phone.evaluate("() => [localStorage.length, sessionStorage.length, location.href.includes('Bagas')]") == [
        *(0, 0),
        False,
    ]

    # The signal is back: all of it comes by itself, once.
    phone.context.set_offline(False)
    reads(phone, "Menunggu dikirim (0)")
    expect(main(phone).get_by_text("diterima", exact=True)).to_have_count(2)
    desk = open_as("pendamping")
    desk.goto("/kasus/")
    follow(main(desk), "Bagas Saputra")
    tab(desk, "Catatan")
    expect(main(desk).get_by_text("Bertemu nenek di teras, ukulele masih ada.")).to_have_count(1)
    case = re.search(r"/kasus/([0-9a-f-]{36})/", desk.url)
    assert case
    desk.goto(f"/asesmen/kasus/{case[1]}/")
    reads(desk, "Kunjungan rumah")


@pytest.mark.journey
def test_ten_wrong_pins_empty_the_phone_and_what_was_finished_is_sent_all_the_same(
    open_as: Callable[..., Page],
) -> None:
    phone = open_as("pendamping", viewport=NARROW)
    prepare(phone)
    phone.context.set_offline(True)
    visit_bagas(phone)
    press(phone, "Tulis catatan")
    phone.get_by_role("textbox", name="Catatan", exact=True).fill("Sepuluh kali salah.")
    phone.get_by_role("button", name="Simpan di ponsel ini").click()
    reads(phone, "Tersimpan dan tersegel di ponsel ini")
    press(phone, "Kunci")

    for left in range(9, 0, -1):
        unlock(phone, WRONG)
        expect(phone.get_by_role("alert")).to_contain_text(f"Sisa {left} percobaan")
    unlock(phone, WRONG)
    reads(phone, "Kunci ponsel ini sudah dibuang")
    kept = phone.evaluate(STORES)
    assert {name: kept[name] for name in ("pocket", "forms", "drafts", "files", "outbox")} == {
        **dict.fromkeys(("pocket", "forms", "drafts", "files"), 0),
        "outbox": 1,
    }
    phone.context.set_offline(False)
    lie_there(phone, outbox=0)


@pytest.mark.journey
def test_a_device_that_was_ended_at_a_desk_is_emptied_at_the_next_contact(open_as: Callable[..., Page]) -> None:
    phone = open_as("pendamping", viewport=NARROW)
    prepare(phone)

    desk = open_as("pendamping")
    desk.goto("/perangkat-lapangan/")
    for _device in range(main(desk).locator("summary", has_text="Akhiri").count()):
        main(desk).locator("summary", has_text="Akhiri").first.click()
        main(desk).locator("details[open]").get_by_role("button").click()
    place(phone, "Kiriman")
    press(phone, "Kirim sekarang")
    reads(phone, "Perangkat ini sudah diakhiri")
    assert phone.evaluate(STORES)["pocket"] == 0


@pytest.mark.journey
def test_signing_out_locks_the_page_and_its_pocket_opens_again_without_signal(open_as: Callable[..., Page]) -> None:
    phone = open_as("pendamping", viewport=NARROW)
    prepare(phone)
    site = phone.context.new_page()
    site.goto("/")
    leave(site)

    reads(phone, "Dikunci karena Anda keluar dari Serasi")
    assert "Bagas" not in phone.content()
    phone.context.set_offline(True)
    phone.reload()
    unlock(phone)
    visit_bagas(phone)
