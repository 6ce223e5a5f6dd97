"""A form is filled in the page: by keyboard alone, by two at once, and while the signal comes and goes."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys.conftest import NARROW, everyone_can_read
from tests.journeys.hands import choose, follow, is_at, main, mark, press, reads
from tests.journeys.stories import File, add_to_team, open_file, register

INSTRUMENT = Path(__file__).with_name("every_kind.md")
TITLE = "Segala jenis pertanyaan"


def _photo() -> dict[str, object]:
    drawn = io.BytesIO()
    Image.new("RGB", (640, 480), (11, 90, 117)).save(drawn, "PNG")
    return {"name": "rumah.png", "mimeType": "image/png", "buffer": drawn.getvalue()}


PHOTO = _photo()
LETTER = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF"}

QUESTION_IN_FOCUS = """() => {
  const now = document.activeElement;
  if (!now.matches("a, button, input, select, textarea")) return "";
  const question = now.closest(".fill-field")?.querySelector("label, legend")?.innerText ?? "";
  const own = now.labels?.[0]?.innerText ?? now.getAttribute("aria-label") ?? now.innerText ?? "";
  return `${question} | ${own}`;
}"""


@pytest.mark.journey
def test_every_kind_of_question_is_filled_by_keyboard_alone_and_stands_there_again(
    open_as: Callable[..., Page],
) -> None:
    file, ratih, _dian = _begun(open_as, "Rahmat Keyboard")
    keys = ratih.keyboard

    # What is wrong is said at the question, in the words of the form.
    _reach(ratih, "Umur")
    keys.type("300")
    keys.press("Tab")
    expect(_field(ratih, "Umur").locator(".error")).to_contain_text("Umur antara 0 dan 120 tahun.")
    keys.press("Shift+Tab")
    keys.press("Control+a")
    keys.type("seratus")
    keys.press("Tab")
    expect(_field(ratih, "Umur").locator(".error")).to_contain_text("Tulis angka bulat, misalnya 12.")
    keys.press("Shift+Tab")
    keys.press("Control+a")
    keys.type("17")
    keys.press("Tab")
    expect(_field(ratih, "Umur").locator(".error")).to_have_count(0)

    # Words, numbers as they are written here, days and times never month first; an answer opens the next question.
    for question, typed in (
        ("Suhu badan", "36,5"),
        ("Tanggal lahir", "31122008"),
        ("Bangun pukul", "5.30"),
        ("Tanggal", "1 Feb 2026"),
        ("Pukul", "905"),
    ):
        _reach(ratih, question)
        keys.type(typed)
    _reach(ratih, "Bersekolah?")
    keys.press("Space")
    _reach(ratih, "Sekolah di mana?")
    keys.type("SMAN 1 Ngawi")
    _reach(ratih, "Nama panggilan", "Shift+Tab")
    keys.type("Rahmat")
    _reach(ratih, "Ceritakan keadaan")
    keys.type("Baru datang.\nBelum makan.")
    keys.press("Tab")
    _saved(ratih)
    personal = {
        "Nama panggilan": "Rahmat",
        "Ceritakan keadaan sekarang": "Baru datang.\nBelum makan.",
        "Umur": "17",
        "Suhu badan": "36,5",
        "Tanggal lahir": "31/12/2008",
        "Bangun pukul": "05.30",
        "Tanggal": "01/02/2026",
        "Pukul": "09.05",
        "Sekolah di mana?": "SMAN 1 Ngawi",
    }
    assert _typed(ratih) == personal

    # Choices, a scale, numbers between two ends, an order, a list, "I have read this".
    _turn(ratih, "Tubuh")
    _reach(ratih, "Demam")
    keys.press("Space")
    _reach(ratih, "Pusing")
    keys.press("Space")
    _reach(ratih, "Sering lelah")
    keys.press("Space")
    keys.press("ArrowRight")
    _reach(ratih, "Seberapa nyeri")
    keys.press("Space")
    keys.press("ArrowRight")
    _reach(ratih, "Berat badan")
    keys.press("ArrowRight")
    _reach(ratih, "Turunkan Tempat tinggal")
    keys.press("Enter")
    keys.press("Enter")
    _reach(ratih, "Wilayah asal")
    keys.type("Jawa Te")
    _reach(ratih, "Ya, sudah dibaca")
    keys.press("Space")
    _saved(ratih)
    chosen, ordered = ["Demam", "Pusing", "Kadang-kadang", "1", "71"], ["Pekerjaan", "Berobat", "Tempat tinggal"]
    body = [*chosen, *ordered, "Jawa Tengah", "OK"]
    assert _body(ratih) == body

    # Photo, signature, sketch and letter are chosen, the place is asked of the browser.
    _turn(ratih, "Bukti dan tempat")
    ratih.on("filechooser", lambda _chooser: None)  # the browser asks the test for files from here on
    for question, given in (("Foto rumah", PHOTO), ("Tanda tangan", PHOTO), ("Denah rumah", PHOTO), ("Surat", LETTER)):
        _reach(ratih, question)
        with ratih.expect_file_chooser() as chooser:
            keys.press("Space")
        chooser.value.set_files(given)  # type: ignore[arg-type]
        expect(_field(ratih, question).get_by_role("button", name="Hapus")).to_be_visible()
    _reach(ratih, "Ambil lokasi sekarang")
    keys.press("Enter")
    expect(_field(ratih, "Lokasi rumah")).to_contain_text("-6,2; 106,8 (ketelitian 12 m)")

    # What is asked again and again: two members, the first taken away and put back.
    _turn(ratih, "Anggota keluarga")
    _reach(ratih, "Nama anggota")
    keys.type("Siti")
    _reach(ratih, "Tambah: Anggota keluarga")
    keys.press("Enter")
    keys.type("Rudi")
    keys.press("Tab")
    _saved(ratih)
    members = ratih.get_by_role("textbox", name="Nama anggota")
    assert [member.input_value() for member in members.all()] == ["Siti", "Rudi"]
    _reach(ratih, "Hapus isian ini", "Shift+Tab")
    keys.press("Shift+Tab")
    _reach(ratih, "Hapus isian ini", "Shift+Tab")
    keys.press("Enter")
    keys.press("Shift+Tab")
    keys.press("Enter")
    expect(members).to_have_count(1)
    keys.press("Enter")
    expect(members).to_have_count(2)
    _saved(ratih)

    # All of it stands there again, for whoever opens the page, and everyone can read it.
    ratih.reload()
    _ready(ratih)
    assert [member.input_value() for member in members.all()] == ["Siti", "Rudi"]
    everyone_can_read(ratih)
    _section(ratih, "Data diri")
    assert _typed(ratih) == personal
    everyone_can_read(ratih)
    _section(ratih, "Tubuh")
    assert _body(ratih) == body
    everyone_can_read(ratih)
    _section(ratih, "Bukti dan tempat")
    expect(ratih.get_by_role("img", name="Gambar: Foto rumah")).to_be_visible()
    expect(ratih.get_by_role("img", name="Gambar: Tanda tangan")).to_be_visible()
    expect(_field(ratih, "Lokasi rumah")).to_contain_text("-6,2; 106,8")
    everyone_can_read(ratih)

    # A part that is another profession's is read, not written, and what is missing there keeps the form from ending.
    _section(ratih, "Jiwa")
    expect(main(ratih)).to_contain_text("Bagian ini diisi oleh")
    expect(ratih.get_by_role("radio", name="Sering", exact=True)).to_be_disabled()
    press(ratih, "Selesaikan pengisian")
    missing = ratih.get_by_role("alert")
    expect(missing).to_contain_text("Saya merasa sedih: Pertanyaan ini wajib dijawab.")
    everyone_can_read(ratih)
    assert file.name in ratih.inner_text("main")


@pytest.mark.journey
def test_two_fill_at_once_and_what_they_answered_differently_is_decided_by_a_person(
    open_as: Callable[..., Page],
) -> None:
    _file, ratih, dian = _begun(open_as, "Maryam Berdua")

    # What Dian types comes to Ratih's screen with her name, without taking the focus from where Ratih writes.
    dian.get_by_role("textbox", name=re.compile("^Nama panggilan")).fill("Maryam")
    _saved(dian)
    story = ratih.get_by_role("textbox", name="Ceritakan keadaan sekarang")
    story.fill("Tenang.")
    expect(ratih.get_by_role("textbox", name=re.compile("^Nama panggilan"))).to_have_value("Maryam")
    expect(_field(ratih, "Nama panggilan")).to_contain_text("Baru diisi Dian Paramitha")
    expect(story).to_be_focused()
    _saved(ratih)

    # Both change the same answer. The first stands, the second is kept beside it, and the page asks.
    dian.context.set_offline(True)
    dian.get_by_role("textbox", name=re.compile("^Umur")).fill("33")
    expect(_status(dian)).to_contain_text("Belum tersimpan: 1 jawaban — jaringan terputus")
    ratih.get_by_role("textbox", name=re.compile("^Umur")).fill("35")
    _saved(ratih)
    dian.context.set_offline(False)
    question = dian.get_by_role("group", name="Dua orang mengisi jawaban yang berbeda")
    expect(question).to_contain_text("Ratih")
    expect(question).to_contain_text("35")
    expect(question).to_contain_text("33")
    expect(dian.get_by_role("textbox", name=re.compile("^Umur"))).to_have_attribute("readonly", "")
    everyone_can_read(dian)
    question.get_by_role("button", name="Pakai jawaban Anda").click()
    expect(question).to_have_count(0)
    _saved(dian)
    ratih.reload()
    _ready(ratih)
    expect(ratih.get_by_role("textbox", name=re.compile("^Umur"))).to_have_value("33")
    expect(ratih.get_by_role("group", name="Dua orang mengisi jawaban yang berbeda")).to_have_count(0)

    # Each answers their own part; together it is whole, and ends.
    _section(dian, "Jiwa")
    dian.get_by_role("radio", name="Sering", exact=True).check()
    _saved(dian)
    press(dian, "Selesaikan pengisian")
    reads(dian, "Pengisian selesai.")


@pytest.mark.journey
def test_a_signal_that_comes_and_goes_loses_nothing_and_saves_nothing_twice(open_as: Callable[..., Page]) -> None:
    _file, phone, _dian = _begun(open_as, "Slamet Sinyal", viewport=NARROW)
    name = phone.get_by_role("textbox", name=re.compile("^Nama panggilan"))

    # The answer of the server is lost on its way: it has what was typed, the phone does not know, and sends again.
    lost: list[int] = []

    def lose_the_answer(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    phone.route("**/simpan/", lose_the_answer)
    name.fill("Slamet")
    expect(_status(phone)).to_contain_text("Belum tersimpan: 1 jawaban — jaringan terputus")
    phone.unroute("**/simpan/")
    phone.get_by_role("button", name="Coba lagi").click()
    _saved(phone)
    assert set(lost) == {200}

    # The plane mode is on for a while; the screen keeps everything and says how much waits.
    phone.context.set_offline(True)
    name.fill("Mbah Slamet")
    phone.get_by_role("textbox", name=re.compile("^Umur")).fill("70")
    phone.get_by_role("group", name="Bersekolah?").get_by_label("Tidak", exact=True).check()
    expect(_status(phone)).to_contain_text("Belum tersimpan: 3 jawaban — jaringan terputus")
    phone.context.set_offline(False)
    _saved(phone)

    # The signature is drawn with a finger, at the width of the smallest phones.
    phone.set_viewport_size({"width": 360, "height": 740})
    _section(phone, "Bukti dan tempat")
    pad = phone.get_by_role("img", name=re.compile("^Bidang tanda tangan"))
    pad.scroll_into_view_if_needed()
    place = pad.bounding_box()
    assert place is not None
    phone.mouse.move(place["x"] + 40, place["y"] + 40)
    phone.mouse.down()
    phone.mouse.move(place["x"] + 160, place["y"] + 90, steps=6)
    phone.mouse.move(place["x"] + 220, place["y"] + 30, steps=6)
    phone.mouse.up()
    expect(_field(phone, "Tanda tangan").get_by_role("button", name="Urungkan goresan")).to_be_visible()
    with phone.expect_response(re.compile("/berkas/$")) as kept:
        pass
    assert kept.value.ok
    _saved(phone)

    # The session ends in the middle. What is typed stays; after signing in beside it, it is saved.
    phone.route("**/simpan/", lambda route: route.fulfill(status=403, body=""))
    _section(phone, "Data diri")
    name.fill("Mbah Slamet Riyadi")
    expect(_status(phone)).to_contain_text("Sesi Anda berakhir")
    phone.unroute("**/simpan/")
    phone.get_by_role("button", name="Coba lagi").click()
    _saved(phone)

    phone.reload()
    _ready(phone)
    expect(name).to_have_value("Mbah Slamet Riyadi")
    expect(phone.get_by_role("textbox", name=re.compile("^Umur"))).to_have_value("70")
    expect(phone.get_by_role("group", name="Dua orang mengisi jawaban yang berbeda")).to_have_count(0)
    _section(phone, "Bukti dan tempat")
    expect(phone.get_by_role("img", name="Gambar: Tanda tangan")).to_be_visible()

    # The form in its other language.
    choose(phone, "Bahasa formulir", "English")
    expect(phone.get_by_role("heading", name="Evidence and place")).to_be_visible()


# --- Hands for a form that is filled


def _begun(
    open_as: Callable[..., Page], name: str, *, viewport: dict[str, int] | None = None
) -> tuple[File, Page, Page]:
    """A file with Ratih and Dian in its team, and the form open before both of them."""
    dian = open_as("psikolog")
    _publish(dian)
    ratih = open_as("peksos")
    register(ratih, name, sex="Laki-laki", age=17, kind="Anak telantar")
    file = open_file(ratih, name)
    add_to_team(ratih, file, "Dian Paramitha")
    ratih.goto(file.path)
    case_id = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", file.path)
    assert case_id is not None
    if viewport is not None:
        ratih.set_viewport_size(viewport)  # type: ignore[arg-type]
    ratih.context.grant_permissions(["geolocation"])
    ratih.context.set_geolocation({"latitude": -6.2, "longitude": 106.8, "accuracy": 12})
    ratih.goto(f"/asesmen/kasus/{case_id[0]}/pilih/")
    follow(main(ratih), TITLE)
    mark(ratih, "Kata siapa jawaban ini", "Wawancara dengan orangnya")
    main(ratih).locator("form [type=submit]").first.click()
    _ready(ratih)
    dian.goto(ratih.url)
    _ready(dian)
    return file, ratih, dian


def _publish(page: Page) -> None:
    """The instrument is in the catalogue, put there once."""
    page.goto("/instrumen/")
    if main(page).get_by_role("link", name=TITLE).count():
        return
    page.goto("/instrumen/unggah/")
    page.get_by_label("Berkas instrumen").set_input_files(INSTRUMENT)
    press(page, "Baca berkas")
    is_at(page, TITLE)
    press(page, "Terbitkan")
    reads(page, "terbit")


def _ready(page: Page) -> None:
    expect(page.locator("[data-fill][data-ready]")).to_be_visible()


def _status(page: Page) -> Locator:
    return page.locator(".fill-status")


def _saved(page: Page) -> None:
    expect(_status(page)).to_contain_text(re.compile(r"^Tersimpan \d\d\.\d\d|^Semua jawaban tersimpan"))


def _field(page: Page, question: str) -> Locator:
    return page.locator(".fill-field").filter(has=page.locator("label, legend").filter(has_text=question)).last


def _section(page: Page, name: str) -> None:
    parts = page.get_by_role("navigation", name="Bagian formulir")
    fold = parts.get_by_role("button", name=re.compile("^Bagian"))
    if fold.is_visible():
        fold.click()
    parts.get_by_role("listitem").get_by_role("button", name=re.compile(f"^{name}")).click()
    expect(page.get_by_role("heading", name=name, level=2)).to_be_focused()


def _reach(page: Page, words: str, key: str = "Tab") -> None:
    """Press a key until the focus is at the question or the control with these words."""
    for _press in range(80):
        if words in page.evaluate(QUESTION_IN_FOCUS):
            return
        page.keyboard.press(key)
    raise AssertionError(f"“{words}” is not reached by {key}")


def _turn(page: Page, section: str) -> None:
    """On to the next section, by its button."""
    _reach(page, f"Berikutnya: {section}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=section, level=2)).to_be_focused()


def _typed(page: Page) -> dict[str, str]:
    """What stands in the boxes of the section, by their labels."""
    boxes = main(page).locator(".fill-body").get_by_role("textbox").all()
    named = [(box.evaluate("box => box.labels[0].innerText"), box.input_value()) for box in boxes]
    return {name.removesuffix(" (wajib)"): value for name, value in named}


def _body(page: Page) -> list[str]:
    """The answers of the section about the body, in their order, as they are seen."""
    answers: list[str] = page.evaluate("""() => [...document.querySelectorAll(
        ".fill-body :checked, .fill-slider, .fill-rank-label, .fill-body select"
    )].map((one) => one.matches("option") ? "" : one.matches("select") ? one.selectedOptions[0].text
        : one.type === "range" ? one.value : one.matches(".fill-rank-label") ? one.textContent
        : one.closest(".choice").innerText.trim())""")
    return ["OK" if answer.startswith("Ya, sudah dibaca") else answer for answer in answers if answer]
