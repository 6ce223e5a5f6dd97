"""Tuti writes crisis reports where the signal comes and goes: nothing is lost, nothing comes twice."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.conftest import NARROW, sign_in
from tests.journeys.hands import choose, follow, is_at, main, mark, press, reads, write

STORED = """async () => {
  const open = indexedDB.open("serasi-outbox");
  const database = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const all = database.transaction("entries").objectStore("entries").getAll();
  const entries = await new Promise((done) => { all.onsuccess = () => done(all.result); });
  return entries.map((e) => JSON.stringify({ ...e, sealed: undefined }) + new TextDecoder("latin1").decode(e.sealed));
}"""


def report(page: Page, who: str, *, channel: str = "Penyerahan hasil penertiban (razia)") -> None:
    write(page, "Siapa yang dilaporkan", who)
    write(page, "Di mana orangnya sekarang", "Ruang terima tamu")
    mark(page, "Bahaya yang tampak sekarang", "Anak tanpa orang dewasa yang aman?")
    choose(page, "Laporan datang lewat", channel)
    press(page, "Simpan sekarang")


def outbox(page: Page) -> str:
    return page.locator("#outbox").inner_text()


@pytest.mark.journey
def test_what_is_typed_without_signal_comes_once_and_what_is_refused_waits_for_the_one_who_typed_it(
    open_as: Callable[..., Page],
) -> None:
    phone = open_as("pengasuh", viewport=NARROW)
    phone.goto("/kasus/laporan/darurat/")
    is_at(phone, "Laporan darurat")

    # The signal goes. Two reports are kept; the second, which says nothing of whom, is one that the form will refuse.
    phone.context.set_offline(True)
    report(phone, "Anak perempuan, ±7, sandal merah")
    expect(phone.locator("#outbox")).to_contain_text("Tersimpan di ponsel ini.")
    expect(phone.locator("#outbox")).to_contain_text("1 kiriman menunggu sinyal.")
    expect(phone.get_by_role("textbox", name="Siapa yang dilaporkan")).to_have_value("")
    report(phone, "")
    expect(phone.locator("#outbox")).to_contain_text("2 kiriman menunggu sinyal.")

    # What the phone keeps tells nobody anything.
    kept = phone.evaluate(STORED)
    assert [("Laporan darurat" in entry, "sandal" in entry, "Ruang" in entry) for entry in kept] == [
        (True, False, False)
    ] * 2

    # The signal is back, but the answer to the first sending is lost on its way: the server has it, the phone does not
    # know. It sends again.
    lost: list[int] = []

    def lose_the_answer(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    phone.route("**/kiriman/terima/", lose_the_answer)
    phone.context.set_offline(False)
    expect(phone.locator("#outbox")).to_contain_text("2 kiriman menunggu sinyal.")
    phone.wait_for_timeout(500)
    phone.goto("/")
    expect(phone.locator("#outbox")).to_contain_text("Ada kiriman yang ditolak.")
    expect(phone.locator("#outbox")).not_to_contain_text("menunggu")
    assert lost == [200]
    assert phone.evaluate(STORED) == []

    # The first came once.
    phone.goto("/kasus/laporan/")
    expect(main(phone).get_by_text("Anak perempuan, ±7, sandal merah")).to_have_count(1)

    # The second waits on today's page, as it was typed; corrected, it is a report.
    phone.goto("/")
    reads(phone, "Kiriman yang perlu dilihat")
    phone.goto("/kiriman/")
    follow(main(phone), "Laporan darurat")
    reads(phone, "Ini kiriman dari ponsel Anda yang ditolak")
    expect(phone.get_by_role("textbox", name="Di mana orangnya sekarang")).to_have_value("Ruang terima tamu")
    write(phone, "Siapa yang dilaporkan", "Anak laki-laki, ±5, topi biru")
    press(phone, "Simpan sekarang")
    reads(phone, "Laporan diterima.", "Anak laki-laki, ±5, topi biru")
    phone.goto("/kiriman/")
    reads(phone, "Tidak ada yang menunggu Anda.")

    # With signal all goes as ever, and what is wrong is said at once, where it was typed.
    phone.goto("/kasus/laporan/darurat/")
    report(phone, "")
    expect(phone.locator(".error-summary")).to_be_focused()
    expect(phone.get_by_role("textbox", name="Di mana orangnya sekarang")).to_have_value("Ruang terima tamu")
    assert (phone.url.endswith("/kasus/laporan/darurat/"), phone.evaluate(STORED)) == (True, [])
    write(phone, "Siapa yang dilaporkan", "Ibu hamil tua, daster hijau")
    press(phone, "Simpan sekarang")
    reads(phone, "Laporan diterima.", "Ibu hamil tua, daster hijau")
    phone.goto("/kiriman/")
    reads(phone, "Tidak ada yang menunggu Anda.")


@pytest.mark.journey
def test_signing_out_keeps_what_waits_and_another_person_does_not_send_it(open_as: Callable[..., Page]) -> None:
    phone = open_as("pengasuh", viewport=NARROW)
    phone.goto("/kasus/laporan/darurat/")
    phone.route("**/kiriman/terima/", lambda route: route.abort())
    report(phone, "Kakek, ±70, sarung kotak")
    expect(phone.locator("#outbox")).to_contain_text("1 kiriman menunggu sinyal.")

    leave(phone)
    phone.unroute("**/kiriman/terima/")
    sign_in(phone, "peksos")
    assert (outbox(phone), len(phone.evaluate(STORED))) == ("", 1)
    leave(phone)
    sign_in(phone, "pengasuh")
    expect(phone.locator("#outbox")).not_to_contain_text("menunggu")
    for _look in range(50):  # an asynchronous question is not one to wait for: its promise is an answer at once
        if not phone.evaluate(STORED):
            break
        phone.wait_for_timeout(200)
    assert phone.evaluate(STORED) == []
    phone.goto("/kasus/laporan/")
    expect(main(phone).get_by_text("Kakek, ±70, sarung kotak")).to_have_count(1)


@pytest.mark.journey
def test_without_script_it_is_an_ordinary_form(open_as: Callable[..., Page]) -> None:
    phone = open_as("pengasuh", viewport=NARROW, script=False)
    phone.goto("/kasus/laporan/darurat/")
    report(phone, "Nenek, ±80, kebaya cokelat")

    reads(phone, "Laporan diterima.", "Nenek, ±80, kebaya cokelat")


def leave(page: Page) -> None:
    page.get_by_text("Menu akun").locator("xpath=..").click()
    press(page, "Keluar")
    expect(page.get_by_role("button", name="Masuk", exact=True)).to_be_visible()
