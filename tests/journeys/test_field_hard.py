"""What happens to a phone on a round: it fills up, dies, waits for days, is shared; forms and passwords change.

Nothing that was typed is lost, nothing comes twice, and what cannot be done is said in words.
"""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Final
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import BrowserContext, CDPSession, Error, Locator, Page, expect

from tests.journeys.conftest import NARROW, PASSWORD, PATIENCE, everyone_can_read, sign_in
from tests.journeys.hands import day, does_not_read, follow, main, mark, press, reads, tab
from tests.journeys.test_field import PIN, STORES, answer, lie_there, onward, place, prepare, unlock, visit_bagas
from tests.journeys.test_field_cuts import WRONG_CLOCK, note
from tests.journeys.test_filling import PHOTO
from tests.journeys.test_outbox import leave

OTHER_PIN: Final = "730164"
FULL: Final = "Penyimpanan ponsel penuh"
KEPT: Final = "Tersimpan dan tersegel di ponsel ini"
EIGHT_DAYS: Final = 8 * 24 * 3600 * 1000
SHORT_OF_BREATH: Final = "Tidak sadar, sesak, berdarah banyak, kejang, atau luka berat?"


def ready(open_as: Callable[..., Page], who: str = "pendamping") -> Page:
    """A phone that is ready; those that this person had before are ended first."""
    phone = open_as(who, viewport=NARROW)
    make_ready(phone)
    return phone


def make_ready(phone: Page) -> None:
    phone.goto("/perangkat-lapangan/")
    for _device in range(main(phone).locator("summary", has_text="Akhiri").count()):
        main(phone).locator("summary", has_text="Akhiri").first.click()
        main(phone).locator("details[open]").get_by_role("button").click()
    prepare(phone)


def words(told: str) -> str:
    """A text that nobody has written before."""
    return f"{told} ({uuid4().hex[:8]})"


def stands_once(open_as: Callable[..., Page], text: str) -> None:
    """In the file of Bagas, as it is read at a desk."""
    desk = open_as("pendamping")
    desk.goto("/kasus/")
    follow(main(desk), "Bagas Saputra")
    tab(desk, "Catatan")
    expect(main(desk).get_by_text(text)).to_have_count(1)


def question(phone: Page, asks: str) -> Locator:
    return phone.locator(".fill-field").filter(has=phone.locator("label, legend").filter(has_text=asks)).last


def begin(phone: Page, form: str) -> None:
    main(phone).locator("li").filter(has_text=form).get_by_role("button").click()


def fill_until_agreement(phone: Page) -> None:
    """A home visit from its first part to its last."""
    when = question(phone, "Waktu kunjungan")
    when.get_by_label("Tanggal").fill(day())
    when.get_by_label("Pukul").fill("06.30")
    when.get_by_label("Pukul").press("Tab")  # the screen may move when the box is left
    answer(phone, "Siapa yang ditemui?", "Kerabat lain")
    onward(phone)
    answer(phone, "Tuan rumah mengizinkan foto rumah?", "Ya")
    question(phone, "Foto rumah, tanpa wajah").locator("input[type=file]").set_input_files(PHOTO)  # type: ignore[arg-type]
    expect(question(phone, "Foto rumah, tanpa wajah").get_by_role("img")).to_be_visible()
    fill_rest(phone)


def fill_rest(phone: Page) -> None:
    """What comes between the photo and the agreement."""
    onward(phone)
    for readiness in ("Keinginan", "Kemampuan merawat", "Tempat untuk tidur", "Kemampuan memenuhi", "Penerimaan"):
        question(phone, readiness).get_by_role("radio").nth(2).check()
    answer(phone, "amankah rumah ini baginya?", "Aman")
    onward(phone)


def is_kept(phone: Page) -> None:
    expect(phone.locator(".fill-status").first).to_contain_text("Tersimpan di ponsel ini")


def back(phone: Page) -> None:
    """From a form to the forms."""
    main(phone).get_by_role("button", name="Formulir", exact=True).click()


def go_on(phone: Page) -> None:
    """Open the only draft of the phone again."""
    place(phone, "Formulir")
    press(phone, "Lanjutkan")


def all_comes(phone: Page) -> None:
    place(phone, "Kiriman")
    reads(phone, "Menunggu dikirim (0)")
    expect(main(phone).get_by_text("Perlu perhatian")).to_have_count(0)


def asked(world: Mapping[str, str], question: str, *values: Any) -> list[Any]:
    """What the database answers."""
    with psycopg.connect(world["DATABASE_URL"]) as owner:
        owner.execute("SELECT set_config('serasi.scope', 'system', false)")  # row policies hold for the owner, too
        return owner.execute(question, values).fetchall()


def behind_the_desk(world: Mapping[str, str], program: str) -> None:
    """Something that is done on the server meanwhile; `system` acts."""
    begun = "import django; django.setup()\nfrom django.utils import timezone\nfrom serasi.access.models import User\n"
    begun += "system, at = User.objects.system(), timezone.now()\n"
    subprocess.run([sys.executable, "-c", begun + program], env=dict(world), check=True)  # noqa: S603


# --- The page is closed ----------------------------------------------------------------------------------------------
def wake(context: BrowserContext, site: str) -> None:
    """Tell the service worker that there is signal, as the browser does some minutes later by itself."""
    page = context.new_page()
    page.goto("/")
    session = context.new_cdp_session(page)
    registrations: dict[str, str] = {}
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: registrations.update({one["scopeURL"]: one["registrationId"] for one in told["registrations"]}),
    )
    session.send("ServiceWorker.enable")
    while not registrations:
        page.wait_for_timeout(100)
    [registration] = registrations.values()
    event = {"origin": site, "registrationId": registration, "tag": "serasi-field", "lastChance": False}
    session.send("ServiceWorker.dispatchSyncEvent", event)


@pytest.mark.journey
def test_what_waits_is_sent_when_the_signal_is_back_though_the_page_was_closed(
    site: str, open_as: Callable[..., Page]
) -> None:
    phone = ready(open_as)
    context, text = phone.context, words("Ditulis sebelum ponsel masuk saku.")
    context.set_offline(True)
    visit_bagas(phone)
    note(phone, text)
    phone.close()

    context.set_offline(False)
    wake(context, site)
    # Nobody opens the page; a plain page of the site looks into what lies on the phone.
    other = context.new_page()
    other.goto("/")
    lie_there(other, outbox=0, delivered=1)
    stands_once(open_as, text)

    # Opened again, the page knows it.
    other.goto("/lapangan/")
    unlock(other)
    all_comes(other)
    expect(main(other).get_by_text("diterima", exact=True)).to_have_count(1)


# --- The phone is full -----------------------------------------------------------------------------------------------
class Storage:
    """How much there is room for on a phone. The browser asks anew only when what it last heard does not suffice."""

    _ROOM: Final = 30_000_000
    _TOO_MUCH: Final = """async () => {
      const open = indexedDB.open("too-much");
      open.onupgradeneeded = () => open.result.createObjectStore("too-much");
      const database = await new Promise((done) => { open.onsuccess = () => done(open.result); });
      const transaction = database.transaction("too-much", "readwrite");
      transaction.objectStore("too-much").put(new Uint8Array(40_000_000), 1);
      const error = await new Promise((done) => {
        transaction.oncomplete = () => done("");
        transaction.onabort = () => done(transaction.error.name);
      });
      database.close();
      return error;
    }"""

    def __init__(self, phone: Page, site: str) -> None:
        self._phone, self._site = phone, site
        self._session: CDPSession = phone.context.new_cdp_session(phone)
        self.clear()

    def clear(self) -> None:
        self._allow(self._ROOM)

    def fill_up(self) -> None:
        self._allow(1)
        assert self._phone.evaluate(self._TOO_MUCH) == "QuotaExceededError"

    def _allow(self, size: int) -> None:
        self._session.send("Storage.overrideQuotaForOrigin", {"origin": self._site, "quotaSize": size})


def lock(phone: Page) -> None:
    press(phone, "Kunci")


def idle(phone: Page) -> None:
    """Nobody has touched it for eleven minutes."""
    phone.evaluate("""() => {
      const now = performance.now.bind(performance);
      performance.now = () => now() + 11 * 60_000;
      document.dispatchEvent(new Event("visibilitychange"));
      performance.now = now;
    }""")


@pytest.mark.journey
def test_a_full_phone_says_so_and_keeps_on_the_screen_what_was_typed(
    site: str, world: Mapping[str, str], open_as: Callable[..., Page]
) -> None:
    phone = open_as("pendamping", viewport=NARROW)
    storage, text, before = Storage(phone, site), words("Ponsel penuh foto pengajian."), visits(world)
    make_ready(phone)
    phone.context.set_offline(True)
    visit_bagas(phone)

    # A note finds no room.
    press(phone, "Tulis catatan")
    phone.get_by_role("textbox", name="Catatan", exact=True).fill(text)
    storage.fill_up()
    phone.get_by_role("button", name="Simpan di ponsel ini").click()
    expect(phone.get_by_role("alert")).to_contain_text(FULL)
    expect(phone.get_by_role("textbox", name="Catatan", exact=True)).to_have_value(text)
    lie_there(phone, outbox=0)
    storage.clear()
    phone.get_by_role("button", name="Simpan di ponsel ini").click()
    reads(phone, KEPT)

    # Nor does a form that is to be begun.
    storage.fill_up()
    begin(phone, "Kunjungan rumah")
    expect(phone.get_by_role("alert")).to_contain_text(FULL)
    everyone_can_read(phone)
    storage.clear()
    begin(phone, "Kunjungan rumah")

    # In the middle of it: an answer, then the photo.
    answer(phone, "Maksud kunjungan", "Pemantauan")
    is_kept(phone)
    storage.fill_up()
    answer(phone, "Maksud kunjungan", "Mediasi")
    expect(phone.locator(".fill-status").first).to_contain_text(FULL)
    expect(question(phone, "Maksud kunjungan").get_by_label("Mediasi")).to_be_checked()
    for leave_it in (back, lock, idle):  # the screen stays, for what stands on it is nowhere else
        leave_it(phone)
        phone.wait_for_timeout(500)
        expect(question(phone, "Maksud kunjungan").get_by_label("Mediasi")).to_be_checked()
    storage.clear()
    press(phone, "Coba lagi")
    is_kept(phone)
    idle(phone)
    reads(phone, "Dikunci karena tidak disentuh.")
    unlock(phone)
    go_on(phone)
    expect(question(phone, "Maksud kunjungan").get_by_label("Mediasi")).to_be_checked()
    answer(phone, "Siapa yang ditemui?", "Kerabat lain")
    when = question(phone, "Waktu kunjungan")
    when.get_by_label("Tanggal").fill(day())
    when.get_by_label("Pukul").fill("06.30")
    when.get_by_label("Pukul").press("Tab")
    onward(phone)
    answer(phone, "Tuan rumah mengizinkan foto rumah?", "Ya")
    is_kept(phone)
    storage.fill_up()
    question(phone, "Foto rumah, tanpa wajah").locator("input[type=file]").set_input_files(PHOTO)  # type: ignore[arg-type]
    expect(phone.locator(".fill-status").first).to_contain_text(FULL)
    storage.clear()
    press(phone, "Coba lagi")
    expect(question(phone, "Foto rumah, tanpa wajah").get_by_role("img")).to_be_visible()
    fill_rest(phone)
    question(phone, "Yang disepakati").get_by_role("textbox").fill(AGREED)
    is_kept(phone)

    # At its end.
    storage.fill_up()
    press(phone, "Selesai, kirim")
    expect(main(phone).get_by_role("alert").filter(has_text=FULL)).to_be_visible()
    expect(question(phone, "Yang disepakati").get_by_role("textbox")).to_have_value(AGREED)
    lie_there(phone, drafts=1, files=1, outbox=1)
    storage.clear()
    press(phone, "Selesai, kirim")
    reads(phone, KEPT)

    # Full again, it makes room by sending: all of it comes, once.
    storage.fill_up()
    phone.context.set_offline(False)
    all_comes(phone)
    lie_there(phone, outbox=0, delivered=0)  # there is no room for the list of what has come
    storage.clear()
    stands_once(open_as, text)
    assert visits(world) == before + 1


def visits(world: Mapping[str, str]) -> int:
    """Home visits that came from a phone with all their files and are finished."""
    [[number]] = asked(
        world,
        "SELECT count(*) FROM assessments_assessment one JOIN fieldwork_submission sent ON sent.id = one.id"
        " WHERE sent.form_id = 'kunjungan_rumah' AND one.finished_at IS NOT NULL AND NOT EXISTS"
        " (SELECT FROM fieldwork_submissionfile file WHERE file.submission_id = sent.id AND file.arrived_at IS NULL)",
    )
    return int(number)


# --- A new edition ---------------------------------------------------------------------------------------------------
@contextmanager
def new_edition(world: Mapping[str, str], version: str, wording: str) -> Iterator[None]:
    """The danger screen asks its first question in other words, from now on; afterwards the old one is in use again."""
    behind_the_desk(
        world,
        f"""
from serasi.assessments.operations.reference import load_reference
from serasi.assessments.shipped import Shipped, shipped
[old] = [one for one in shipped() if one.name == "skrining_bahaya.md"]
text = old.source.decode().replace("2026.1", {version!r}).replace({SHORT_OF_BREATH!r}, {wording!r})
[new] = load_reference(only=[Shipped(old.name, text.encode())], by=system, at=at)
""",
    )
    try:
        yield
    finally:
        behind_the_desk(
            world,
            f"""
from serasi.access.operations import acting
from serasi.assessments.models import Edition
from serasi.assessments.operations import close_edition
with acting(system, "journeys"):
    edition = Edition.objects.get(form_id="skrining_bahaya", version={version!r})
close_edition(edition=edition, by=system, at=at)
""",
        )


def came(world: Mapping[str, str]) -> dict[str, int]:
    """Danger screens that came from a phone and became assessments, by their edition."""
    rows = asked(
        world,
        "SELECT edition.version, count(*) FROM assessments_assessment one"
        " JOIN fieldwork_submission sent ON sent.id = one.id"
        " JOIN assessments_edition edition ON edition.id = one.edition_id"
        " WHERE edition.form_id = 'skrining_bahaya' AND one.finished_at IS NOT NULL GROUP BY edition.version",
    )
    return dict(rows)


@pytest.mark.journey
def test_a_draft_is_finished_with_the_edition_it_was_begun_with(
    world: Mapping[str, str], open_as: Callable[..., Page]
) -> None:
    phone = ready(open_as)
    before, version, wording = came(world), f"2026.{uuid4().hex[:6]}", "Sesak, kejang, atau luka berat sekarang?"
    visit_bagas(phone)
    begin(phone, "Skrining bahaya")
    answer(phone, SHORT_OF_BREATH, "Tidak")
    is_kept(phone)
    back(phone)

    with new_edition(world, version, wording):
        place(phone, "Kiriman")
        forms = phone.evaluate(STORES)["forms"]
        press(phone, "Kirim sekarang")
        lie_there(phone, forms=forms + 1)
        phone.context.set_offline(True)
        phone.reload()
        unlock(phone)

        # The draft asks as it did, and says what was answered.
        go_on(phone)
        expect(question(phone, SHORT_OF_BREATH).get_by_label("Tidak", exact=True)).to_be_checked()
        for field in phone.locator(".fill-body .fill-field").all():
            field.get_by_role("radio").last.check()
        press(phone, "Selesai, kirim")
        reads(phone, KEPT)

        # What is begun now asks as the new edition does.
        visit_bagas(phone)
        begin(phone, "Skrining bahaya")
        expect(question(phone, wording)).to_be_visible()
        does_not_read(phone, SHORT_OF_BREATH)
        for field in phone.locator(".fill-body .fill-field").all():
            field.get_by_role("radio").last.check()
        press(phone, "Selesai, kirim")
        reads(phone, KEPT)

        phone.context.set_offline(False)
        all_comes(phone)
        assert came(world) == {**before, "2026.1": before.get("2026.1", 0) + 1, version: 1}


# --- A new password --------------------------------------------------------------------------------------------------
def choose_password(world: Mapping[str, str], password: str) -> None:
    behind_the_desk(
        world,
        f"""
from serasi.access.operations import acting
from serasi.access.operations.users import choose_password
with acting(system, "journeys"):
    user = User.objects.get(email="pendamping@demo")
choose_password(user=user, password={password!r}, by=system, at=at)
""",
    )


@pytest.mark.journey
def test_a_changed_password_does_not_keep_back_what_waits(
    world: Mapping[str, str], open_as: Callable[..., Page]
) -> None:
    phone = ready(open_as)
    text = words("Ditulis sebelum sandi diganti.")
    phone.context.set_offline(True)
    visit_bagas(phone)
    note(phone, text)
    choose_password(world, "sandi-yang-lain-sama-sekali")
    try:
        phone.context.set_offline(False)
        all_comes(phone)
        expect(main(phone)).to_contain_text("siap tanpa sinyal")

        # The site asks who he is; the page goes on, and opens with its PIN.
        site = phone.context.new_page()
        site.goto("/kasus/")
        expect(site.get_by_role("button", name="Masuk", exact=True)).to_be_visible()
        phone.reload()
        unlock(phone)
        visit_bagas(phone)
        more = words("Ditulis sesudah sandi diganti.")
        note(phone, more)
        all_comes(phone)
    finally:
        choose_password(world, PASSWORD)
    stands_once(open_as, text)
    stands_once(open_as, more)


# --- Two people ------------------------------------------------------------------------------------------------------
def carried(phone: Page) -> list[str]:
    """The names on the list of who has unlocked the phone."""
    place(phone, "Orang")
    phone.get_by_label("Cari nama, nomor, desa, atau jenis").fill("")
    return sorted(main(phone).get_by_role("link").all_inner_texts())


@pytest.mark.journey
def test_two_people_on_one_phone_see_and_send_what_is_theirs(
    world: Mapping[str, str], open_as: Callable[..., Page]
) -> None:
    # Each has a phone of their own, to compare.
    asep_alone, yusuf_alone = carried(ready(open_as)), carried(ready(open_as, "rekan"))
    assert set(asep_alone) - set(yusuf_alone)
    assert set(yusuf_alone) - set(asep_alone)

    # The phone of the unit: Asep makes it ready and goes; Yusuf does the same.
    phone = open_as("pendamping", viewport=NARROW)
    prepare(phone)
    site = phone.context.new_page()
    site.goto("/")
    leave(site)
    reads(phone, "Dikunci karena Anda keluar dari Serasi")
    sign_in(site, "rekan")
    site.close()
    press(phone, "Siapkan untuk orang lain")
    prepare_here(phone, "Yusuf Hidayatullah", OTHER_PIN)
    assert carried(phone) == yusuf_alone

    # Without signal each comes in with their own PIN alone, and has their own list.
    phone.context.set_offline(True)
    phone.reload()
    reads(phone, "Yusuf Hidayatullah")
    unlock(phone, PIN)
    expect(phone.get_by_role("alert")).to_contain_text("PIN salah. Sisa 9 percobaan")
    unlock(phone, OTHER_PIN)
    assert carried(phone) == yusuf_alone
    theirs = words("Yusuf menulis di ponsel unit.")
    first = next(name for name in yusuf_alone if name not in asep_alone)
    follow(main(phone), first)
    note(phone, theirs)
    press(phone, "Kunci")
    press(phone, "Asep Nurjaman")
    unlock(phone, PIN)
    assert carried(phone) == asep_alone
    place(phone, "Kiriman")
    reads(phone, "Menunggu dikirim (0)")
    visit_bagas(phone)
    his = words("Asep menulis di ponsel unit.")
    note(phone, his)

    # With signal both are sent, each as who typed it, whoever has unlocked the phone.
    phone.context.set_offline(False)
    all_comes(phone)
    expect(main(phone).get_by_text("diterima", exact=True)).to_have_count(1)
    press(phone, "Kunci")
    press(phone, "Yusuf Hidayatullah")
    unlock(phone, OTHER_PIN)
    all_comes(phone)
    expect(main(phone).get_by_text("diterima", exact=True)).to_have_count(1)
    found = "SELECT who.full_name FROM cases_note JOIN access_user who ON who.id = written_by_id WHERE text = %s"
    assert [asked(world, found, text) for text in (his, theirs)] == [[("Asep Nurjaman",)], [("Yusuf Hidayatullah",)]]


def prepare_here(phone: Page, name: str, pin: str) -> None:
    """Choose a PIN where the page asks for one already."""
    reads(phone, name)
    phone.get_by_label("PIN baru, 6 angka").fill(pin)
    phone.get_by_label("Ulangi PIN").fill(pin)
    press(phone, "Siapkan")
    reads(phone, "siap tanpa sinyal")


# --- Days without contact --------------------------------------------------------------------------------------------
@pytest.mark.journey
def test_after_seven_days_without_contact_the_pocket_is_gone_and_what_was_typed_is_there(
    open_as: Callable[..., Page],
) -> None:
    phone = ready(open_as)
    text = words("Ditulis sebelum jalan putus.")
    phone.context.set_offline(True)
    visit_bagas(phone)
    note(phone, text)
    begin(phone, "Skrining bahaya")
    answer(phone, SHORT_OF_BREATH, "Tidak")
    is_kept(phone)
    back(phone)
    press(phone, "Kunci")

    # The road is cut; he looks again on the eighth day.
    phone.evaluate(WRONG_CLOCK, EIGHT_DAYS)
    unlock(phone)
    reads(phone, "Sudah tujuh hari tanpa hubungan dengan server: data orang dihapus dari ponsel ini.")
    for where in ("Hari ini", "Orang"):
        place(phone, where)
        does_not_read(phone, "Bagas")
    place(phone, "Kiriman")
    reads(phone, "Ada isian yang lebih dari sehari belum terkirim")
    lie_there(phone, pocket=0, drafts=1, outbox=1)

    # Setting the clock back does not bring it again.
    phone.reload()
    unlock(phone)
    reads(phone, "Sudah tujuh hari tanpa hubungan dengan server")
    place(phone, "Kiriman")
    reads(phone, "Menunggu dikirim (1)", "Draf di ponsel ini (1)")
    press(phone, "Lanjutkan")
    expect(question(phone, SHORT_OF_BREATH).get_by_label("Tidak", exact=True)).to_be_checked()
    back(phone)

    # With signal all is as it was, and what waited has come.
    phone.context.set_offline(False)
    reads(phone, "siap tanpa sinyal")
    all_comes(phone)
    reads(phone, "Draf di ponsel ini (1)")
    visit_bagas(phone)
    stands_once(open_as, text)


# --- A crash ---------------------------------------------------------------------------------------------------------
AGREED: Final = "Nenek mengantar Bagas ke sekolah setiap Senin dan Kamis."


def crash(phone: Page) -> Page:
    """The process of the page is killed; the page that is opened instead."""
    context = phone.context
    with phone.expect_event("crash"), suppress(Error):
        phone.goto("chrome://crash", wait_until="commit")
    again = context.new_page()
    again.set_default_timeout(PATIENCE)
    phone.close()
    again.goto("/lapangan/")
    unlock(again)
    return again


@pytest.mark.journey
def test_a_page_that_dies_in_the_middle_of_typing_loses_at_most_the_last_answer(
    world: Mapping[str, str], open_as: Callable[..., Page]
) -> None:
    phone = ready(open_as)
    context, before = phone.context, visits(world)
    context.set_offline(True)
    visit_bagas(phone)
    begin(phone, "Kunjungan rumah")
    answer(phone, "Maksud kunjungan", "Pemantauan")
    expect(phone.locator(".fill-status")).to_contain_text("ersimpan di ponsel ini")
    answer(phone, "Siapa yang ditemui?", "Kerabat lain")

    # Dead at once: the last answer may be gone, the one before is there.
    phone = crash(phone)
    reads(phone, "Bagas Saputra")
    go_on(phone)
    expect(question(phone, "Maksud kunjungan").get_by_label("Pemantauan")).to_be_checked()
    fill_until_agreement(phone)
    agreed = question(phone, "Yang disepakati").get_by_role("textbox")
    agreed.press_sequentially(AGREED, delay=60)

    # Dead in the middle of a sentence: the photo and all answers of the parts before are there.
    phone = crash(phone)
    go_on(phone)
    expect(question(phone, "Maksud kunjungan").get_by_label("Pemantauan")).to_be_checked()
    expect(question(phone, "Siapa yang ditemui?").get_by_label("Kerabat lain")).to_be_checked()
    onward(phone)
    expect(question(phone, "Foto rumah, tanpa wajah").get_by_role("img")).to_be_visible()
    onward(phone)
    expect(question(phone, "amankah rumah ini baginya?").get_by_label("Aman", exact=True)).to_be_checked()
    onward(phone)
    agreed = question(phone, "Yang disepakati").get_by_role("textbox")
    assert AGREED.startswith(agreed.input_value())
    agreed.fill(AGREED)
    press(phone, "Selesai, kirim")
    reads(phone, KEPT)

    context.set_offline(False)
    all_comes(phone)
    assert visits(world) == before + 1


@pytest.mark.journey
def test_a_note_that_is_not_finished_waits_on_the_phone(open_as: Callable[..., Page]) -> None:
    phone = ready(open_as)
    context, text = phone.context, words("Nenek bercerita tentang panen, dan bahwa Bagas")
    context.set_offline(True)
    visit_bagas(phone)
    press(phone, "Tulis catatan")
    mark(phone, "Jenis catatan", "Kunjungan")
    phone.get_by_role("textbox", name="Catatan", exact=True).fill(text)

    # He is called away, and the page locks; later it dies.
    idle(phone)
    reads(phone, "Dikunci karena tidak disentuh.")
    unlock(phone)
    place(phone, "Kiriman")
    reads(phone, "Menunggu dikirim (0)", "Draf di ponsel ini (1)", "Tulis catatan")
    press(phone, "Lanjutkan")
    written = phone.get_by_role("textbox", name="Catatan", exact=True)
    expect(written).to_have_value(text)
    expect(phone.get_by_role("group", name="Jenis catatan").get_by_label("Kunjungan", exact=True)).to_be_checked()
    written.press("End")
    written.press_sequentially(" rindu sekolah.", delay=60)
    phone.wait_for_timeout(1500)
    phone = crash(phone)

    # Where notes are written it stands again; finished, it is no draft any more, and comes once.
    visit_bagas(phone)
    press(phone, "Tulis catatan")
    expect(phone.get_by_role("textbox", name="Catatan", exact=True)).to_have_value(f"{text} rindu sekolah.")
    phone.get_by_role("button", name="Simpan di ponsel ini").click()
    reads(phone, KEPT)
    lie_there(phone, drafts=0, outbox=1)
    press(phone, "Tulis catatan")
    expect(phone.get_by_role("textbox", name="Catatan", exact=True)).to_have_value("")
    context.set_offline(False)
    all_comes(phone)
    stands_once(open_as, f"{text} rindu sekolah.")


@pytest.mark.journey
def test_who_is_typed_into_the_search_stays_where_the_screen_is_drawn_anew(open_as: Callable[..., Page]) -> None:
    phone = ready(open_as)
    place(phone, "Orang")
    search = phone.get_by_label("Cari nama, nomor, desa, atau jenis")
    search.press_sequentially("gas")
    search.press("Home")
    phone.context.set_offline(True)  # the screen says so, and is drawn anew
    reads(phone, "tidak ada sinyal")
    phone.keyboard.type("ba")
    expect(search).to_have_value("bagas")
    reads(phone, "Bagas Saputra")
