"""Instruments at work: two professions assess a youth together, an elder is reviewed, an author brings a new one."""

import io
import re
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from serasi.common.identifiers import uuid7
from tests.journeys.conftest import NARROW, everyone_can_read
from tests.journeys.hands import choose, day, follow, is_at, main, mark, press, reads, write
from tests.journeys.stories import File, add_to_team, open_file, register
from tests.journeys.workbooks import AT_HOME, TITLE, as_text, as_workbook, medicines, spirit

DAILY = "Skala kegiatan sehari-hari"
LOOKING_AFTER = ("makan", "mandi", "rapi", "pakaian", "kamar_kecil", "buang_air")
MOVING_ABOUT = ("pindah", "bergerak", "obat", "kamar", "bicara", "arah")


@pytest.mark.journey
def test_a_psychologist_and_a_social_worker_assess_one_youth_together(open_as: Callable[..., Page]) -> None:
    # Ratih opens the file of Galih, sixteen, and begins what fits a child; Dian is in the team.
    ratih, dian = open_as("peksos"), open_as("psikolog")
    register(ratih, "Galih Contohwijaya", sex="Laki-laki", age=16, kind="Anak telantar")
    file = open_file(ratih, "Galih Contohwijaya")
    add_to_team(ratih, file, "Dian Paramitha")
    begin(ratih, file, "Asesmen komprehensif anak")

    # Dian finds it in the file, being filled, and goes on with it: no second one is begun.
    dian.goto(file.path)
    panel = dian.get_by_role("heading", name="Instrumen", exact=True, level=2)
    panel.scroll_into_view_if_needed()
    follow(dian, "Asesmen komprehensif anak")
    is_ready(dian)

    # Each fills their part at the same time.
    answer(ratih, "Kelompok umur", "13–17 tahun")
    to_part(dian, "Pikiran dan perasaan")
    answer(dian, "Adakah pikiran untuk melukai diri atau mengakhiri hidup?", "Pernah, sekarang tidak")
    said(dian, "Kekuatan dan hal yang ia banggakan", "Pandai memperbaiki sepeda; menjaga adiknya.")
    to_part(ratih, "Tumbuh kembang dan sekolah")
    answer(ratih, "Sekolah sekarang", "Berhenti sekolah")
    said(ratih, "Teman dan permainan yang disukai", "Bersepeda.")

    # What one typed stands on the other's screen, with the name of who typed it.
    to_part(dian, "Tumbuh kembang dan sekolah")
    expect(question(dian, "Sekolah sekarang").get_by_label("Berhenti sekolah")).to_be_checked()
    reads(dian, "Ratih Kusumawardani")
    is_saved(dian)

    # Ratih wants to end it. What is missing is named, part by part, and nothing is lost.
    to_part(ratih, "Keberfungsian sosial dan kebutuhan SPM")
    answer(ratih, "Sejauh mana kebutuhan dan hak dasar", "Sebagian kecil terpenuhi")
    answer(ratih, "Sejauh mana orang ini menjalankan perannya", "Menjalankan sedikit peran")
    answer(ratih, "Sejauh mana orang ini mengenali dan mengatasi", "Bertindak bila didampingi")
    answer(ratih, "Apakah memerlukan rehabilitasi sosial dasar", "Tidak memerlukan")
    is_saved(ratih)
    press(ratih, "Selesaikan pengisian")
    missing = ratih.get_by_role("alert")
    expect(missing).to_contain_text("Keadaan keluarganya")
    expect(missing).to_contain_text("Mengalami kekerasan, penelantaran, atau pemanfaatan?")
    expect(missing).not_to_contain_text("Adakah pikiran untuk melukai diri")
    is_ready(ratih)
    to_part(ratih, "Hubungan dan lingkungan")
    answer(ratih, "Mengalami kekerasan, penelantaran, atau pemanfaatan?", "Pernah, sekarang sudah aman")
    to_part(ratih, "Keluarga dan penelusurannya")
    answer(ratih, "Keadaan keluarganya", "Diketahui, tinggal berjauhan")
    is_saved(ratih)
    finish(ratih)

    # The score, its band, and what that suggests, with the reason.
    reads(ratih, "Pengisian selesai.", "7 dari 15", "Terganggu")
    reads(ratih, "Tujuan: Satu tugas sosial dijalankan tanpa pendampingan dalam enam bulan")
    reads(ratih, "Keberfungsian naik lewat satu peran yang dijalankan sungguh-sungguh.")
    everyone_can_read(ratih)

    reads(ratih, "Pandai memperbaiki sepeda; menjaga adiknya.", "Pernah ada pikiran melukai diri")

    # Dian sees more strength in him than the number says, and writes why. Both stand there.
    dian.goto(ratih.url)
    press_opinion(dian, "Indeks keberfungsian sosial")
    is_at(dian, "Nyatakan pendapat lain")
    choose(dian, "Menurut Anda lebih tepat", "Cukup")
    press(dian, "Simpan pendapat")
    expect(dian.get_by_role("alert")).to_contain_text("Alasan")
    write(dian, "Alasan", "Dinilai pada minggu pertama. Di bengkel ia menjalankan perannya sendiri.")
    everyone_can_read(dian)
    press(dian, "Simpan pendapat")
    reads(dian, "Pendapat dicatat.")
    ratih.reload()
    reads(ratih, "7 dari 15", "Pendapat lain, Dian Paramitha: Cukup", "Di bengkel ia menjalankan perannya sendiri.")


@pytest.mark.journey
def test_an_elders_daily_living_curve_over_four_reviews(open_as: Callable[..., Page]) -> None:
    # Ratih rated Mbah Kasinem three times; once half of it could not be rated.
    ratih = open_as("peksos")
    register(ratih, "Kasinem Contohsari", sex="Perempuan", age=78, kind="Lanjut usia telantar")
    file = open_file(ratih, "Kasinem Contohsari")
    for days_ago, looking_after, moving_about in ((92, "3", "3"), (61, "2", "tidak_dinilai"), (31, "1", "2")):
        begin(ratih, file, DAILY, on=day(-days_ago), whose="Pengamatan petugas")
        send(
            ratih,
            {f"/data/merawat/{name}": looking_after for name in LOOKING_AFTER}
            | {f"/data/bergiat/{name}": moving_about for name in MOVING_ABOUT},
        )
        ratih.reload()
        is_ready(ratih)
        finish(ratih)
        reads(ratih, "Pengisian selesai.")

    # The fourth time on her phone, beside the bed.
    phone = open_as("peksos", viewport=NARROW)
    begin(phone, file, DAILY, whose="Pengamatan petugas")
    for part in ("Merawat diri", "Bergerak dan menjalani hari"):
        to_part(phone, part)
        for asked in main(phone).get_by_role("radiogroup").or_(main(phone).locator("fieldset:has([type=radio])")).all():
            asked.get_by_label("Dengan sedikit bantuan atau diingatkan", exact=True).check()
        is_saved(phone)
    press(phone, "Selesaikan pengisian")
    reads(phone, "Pengisian selesai.", "24 dari 36", "Sedikit dibantu", "+6 sejak")
    everyone_can_read(phone)

    # The curve: from her own start, broken where nothing could be said, and the same in a table.
    follow(main(phone), "Perkembangan")
    is_at(phone, "Perkembangan")
    whole = phone.get_by_role("heading", name="Kemandirian sehari-hari", level=3).locator("xpath=ancestor::section[1]")
    expect(whole).to_contain_text("-12 dari awalnya sendiri")
    expect(whole).to_contain_text("ke arah yang lebih buruk")
    expect(whole.get_by_role("row")).to_have_count(5)
    values = [row.get_by_role("cell").first.inner_text().split("\n")[0] for row in whole.get_by_role("row").all()[1:]]
    assert values == ["36", "–", "18", "24"]
    expect(whole).to_contain_text("belum lengkap: 6 dari 12 terjawab")
    curve = whole.locator("figure path[d]").first.get_attribute("d") or ""
    assert curve.count("M") == 2
    everyone_can_read(phone)


@pytest.mark.journey
def test_a_new_instrument_with_two_mistakes_is_uploaded_mended_published_and_used(
    open_as: Callable[..., Page],
) -> None:
    # The head uploads a workbook: a reference to a question that is not there, and a gap between two bands.
    bambang = open_as("kepala")
    bambang.goto("/instrumen/")
    follow(main(bambang), "Unggah instrumen")
    upload(bambang, "semangat.xlsx", as_workbook(spirit(asked_if="bosann", second_band_from="4")))
    reads(bambang, "2 hal harus dibetulkan", "Betulkan di berkas semangat.xlsx", "Tidak ada yang tersimpan.")
    assert findings(bambang) == [
        ["survey", "6", "relevant", "Rujukan ${bosann} tidak menunjuk pertanyaan mana pun. Periksa ejaan namanya."],
        ["pita", "3", "dari", "Ada celah: pita “redup” sampai 2, pita “menyala” baru mulai 4. Seharusnya 3."],
    ]
    everyone_can_read(bambang)

    # Mended, it is a draft that nobody can fill; it is tried, and nothing that is typed is kept.
    upload(bambang, "semangat.xlsx", as_workbook(spirit()))
    is_at(bambang, TITLE)
    reads(bambang, "Rancangan", "disusun bersama guru, belum divalidasi", "Redup", "Menyala")
    everyone_can_read(bambang)
    edition = bambang.url
    follow(main(bambang), "Coba isi")
    is_ready(bambang)
    answer(bambang, "Tampak bosan", "Sering")
    expect(bambang.get_by_label("Apa yang membosankan?")).to_be_visible()
    bambang.goto(edition)
    press(bambang, "Terbitkan")
    reads(bambang, "Terbit")

    # The next version comes as text. It has a mistake, is mended, and takes the place of the first.
    bambang.goto("/instrumen/unggah/")
    upload(bambang, "semangat.md", as_text(spirit(version="2", second_band_from="4")))
    reads(bambang, "1 hal harus dibetulkan")
    assert [row[:3] for row in findings(bambang)] == [["pita", "3", "dari"]]
    upload(bambang, "semangat.md", as_text(spirit(version="2")))
    is_at(bambang, TITLE)
    press(bambang, "Terbitkan")
    reads(bambang, "Terbit", "Versi lain")

    # Ratih fills it, by its new version, and reads what it comes to.
    ratih = open_as("peksos")
    register(ratih, "Wulandari Contohjaya", sex="Perempuan", age=15, kind="Anak telantar")
    file = open_file(ratih, "Wulandari Contohjaya")
    begin(ratih, file, TITLE)
    answer(ratih, "Datang ke kelas", "Kadang-kadang")
    answer(ratih, "Bertanya bila belum paham", "Jarang")
    answer(ratih, "Tampak bosan", "Sering")
    said(ratih, "Apa yang membosankan?", "Duduk terlalu lama.")
    is_saved(ratih)
    press(ratih, "Selesaikan pengisian")
    reads(ratih, "Pengisian selesai.", "versi 2", "1 dari 6", "Redup", "Belajar terasa berat.")
    reads(ratih, "Tujuan: Satu guru mendampingi belajar setiap sore. Semangatnya sedang redup.")


@pytest.mark.journey
def test_a_form_comes_with_a_picture_and_a_list_of_its_own_and_is_filled(open_as: Callable[..., Page]) -> None:
    # Bambang uploads his form with two pictures. The list that it names is missing, and the draft says so.
    bambang = open_as("kepala")
    bambang.goto("/instrumen/unggah/")
    upload(bambang, "obat.xlsx", as_workbook(medicines()), picture("lemari.png"), picture("tablet.png"))
    is_at(bambang, AT_HOME)
    reads(bambang, "Formulir ini menyebut berkas yang belum ada: obat.csv.", "survey, baris 4, kolom type")
    everyone_can_read(bambang)
    press(bambang, "Terbitkan")
    reads(bambang, "Belum ada berkas: obat.csv. Tambahkan dahulu, lalu terbitkan.")

    # He adds the list as his Excel wrote it. A column is missing, then a value stands there twice: both are named.
    follow(main(bambang), "Tambahkan berkas")
    is_at(bambang, "Berkas formulir")
    bring(bambang, "obat.csv", "name;label\nparasetamol;Parasetamol\n")
    assert findings(bambang)[0] == [
        "obat.csv",
        "1",
        "–",
        "Kolom bentuk belum ada, padahal dipakai formulir. Yang ada: name, label.",
    ]
    everyone_can_read(bambang)
    bring(bambang, "obat.csv", "name;label;bentuk\nparasetamol;Parasetamol;tablet\nparasetamol;Obat batuk;sirup\n")
    assert findings(bambang)[0] == [
        "obat.csv",
        "3",
        "name",
        "“parasetamol” sudah ada di baris 2. Setiap nilai hanya sekali.",
    ]
    bring(bambang, "obat.csv", "name;label;bentuk\nparasetamol;Parasetamol;tablet\nobat_batuk;Obat batuk;sirup\n")
    is_at(bambang, AT_HOME)
    reads(bambang, "Berkas disimpan: obat.csv.")

    # Tried, the form shows its pictures, and offers what the list has for the answer before.
    edition = bambang.url
    follow(main(bambang), "Coba isi")
    is_ready(bambang)
    is_drawn(bambang.get_by_role("img", name="Bentuk apa yang ada?"))
    is_drawn(main(bambang).locator(".choice", has_text="Tablet").locator("img"))
    answer(bambang, "Bentuk apa yang ada?", "Sirup")
    medicines_offered(bambang).select_option("Obat batuk")
    bambang.goto(edition)
    press(bambang, "Terbitkan")
    reads(bambang, "Terbit. Instrumen ini kini dapat diisi.")

    # Ratih fills it on her phone.
    ratih = open_as("peksos", viewport=NARROW)
    register(ratih, "Sugeng Contohrejo", sex="Laki-laki", age=61, kind="Lanjut usia telantar")
    begin(ratih, open_file(ratih, "Sugeng Contohrejo"), AT_HOME)
    is_drawn(ratih.get_by_role("img", name="Bentuk apa yang ada?"))
    answer(ratih, "Bentuk apa yang ada?", "Tablet")
    expect(medicines_offered(ratih).get_by_role("option")).to_have_text(["— pilih —", "Parasetamol"])
    medicines_offered(ratih).select_option("Parasetamol")
    is_saved(ratih)
    everyone_can_read(ratih)
    press(ratih, "Selesaikan pengisian")
    reads(ratih, "Pengisian selesai.", "Obat yang mana?", "Parasetamol")


# --- Hands


def picture(name: str) -> FilePayload:
    drawn = io.BytesIO()
    Image.new("RGB", (640, 400), "steelblue").save(drawn, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": drawn.getvalue()}


def medicines_offered(page: Page) -> Locator:
    return page.get_by_role("combobox", name=re.compile("^Obat yang mana"))


def table(name: str, text: str) -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def bring(page: Page, name: str, text: str) -> None:
    page.get_by_label("Berkas", exact=True).set_input_files(table(name, text))
    press(page, "Simpan berkas")


def is_drawn(image: Locator) -> None:
    """Shown, and its file came."""
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") > 0


def begin(page: Page, file: File, title: str, *, on: str = "", whose: str = "Wawancara dengan orangnya") -> None:
    """Choose what is filled from the file, say whose words and of which day; the form stands open."""
    page.goto(f"/asesmen/kasus/{_id_in(file.path)}/pilih/")
    follow(main(page), title)
    mark(page, "Kata siapa jawaban ini", whose)
    if on:
        write(page, "Tanggal asesmen", on)
    press(page, "Mulai mengisi")
    is_ready(page)


def _id_in(path: str) -> UUID:
    found = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", path)
    assert found is not None, path
    return UUID(found[0])


def is_ready(page: Page) -> None:
    expect(page.locator("[data-fill][data-ready]")).to_be_visible()


def is_saved(page: Page) -> None:
    expect(page.locator(".fill-status")).to_contain_text(re.compile(r"^Tersimpan \d\d\.\d\d|^Semua jawaban tersimpan"))


def to_part(page: Page, name: str) -> None:
    """On to a part of the form, by its table of contents, which is folded on a phone."""
    parts = page.get_by_role("navigation", name="Bagian formulir")
    fold = parts.get_by_role("button", name=re.compile("^Bagian"))
    if fold.is_visible():
        fold.click()
    parts.get_by_role("listitem").get_by_role("button", name=re.compile(f"^{re.escape(name)}")).click()
    expect(page.get_by_role("heading", name=name, level=2)).to_be_visible()


def finish(page: Page) -> None:
    """Its button stands under the last part."""
    parts = page.get_by_role("navigation", name="Bagian formulir")
    if parts.is_visible():
        fold = parts.get_by_role("button", name=re.compile("^Bagian"))
        if fold.is_visible():
            fold.click()
        parts.get_by_role("listitem").last.get_by_role("button").click()
    press(page, "Selesaikan pengisian")


def question(page: Page, words: str) -> Locator:
    return page.get_by_role("group", name=re.compile(f"^{re.escape(words)}"))


def answer(page: Page, words: str, given: str) -> None:
    """Choose an answer by the words it begins with."""
    question(page, words).get_by_label(re.compile(f"^{re.escape(given)}")).first.check()


def said(page: Page, words: str, text: str) -> None:
    box = page.get_by_role("textbox", name=re.compile(f"^{re.escape(words)}"))
    box.fill(text)
    box.blur()


def send(page: Page, answers: Mapping[str, str]) -> None:
    """Answers in the open form as its page sends them, all at once."""
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    entries: list[dict[str, Any]] = [
        {"id": str(uuid7()), "path": path, "before": "", "value": value} for path, value in answers.items()
    ]
    told = page.request.post(
        f"{page.url.partition('#')[0]}simpan/",
        data={"cursor": 0, "entries": entries},
        headers={"X-CSRFToken": token, "Referer": page.url},
    )
    assert told.ok, told.text()
    assert len(told.json()["taken"]) == len(answers), told.text()


def press_opinion(page: Page, scale: str) -> None:
    main(page).get_by_role("link", name=re.compile(f"^Pendapat lain ?: {re.escape(scale)}$")).click()


def upload(page: Page, name: str, content: bytes, *beside: FilePayload) -> None:
    """A workbook, and the files that come with it."""
    page.get_by_label("Gambar, suara, dan daftar").set_input_files(beside)
    page.get_by_label("Berkas instrumen").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )
    press(page, "Baca berkas")


def findings(page: Page) -> list[list[str]]:
    """What is to be mended: sheet, row, column, words."""
    rows = main(page).get_by_role("row").all()[1:]
    return [[cell.inner_text().strip() for cell in row.locator("th, td").all()] for row in rows]
