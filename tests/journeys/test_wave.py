"""A wave of thirty at the sports hall: two who register at once, one of them without signal for a while."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NARROW, everyone_can_read
from tests.journeys.hands import box, choose, follow, group, is_at, main, mark, path_of, press, reads, tick, write
from tests.journeys.keystrokes import Clerk

WAITING = "Tersimpan di ponsel ini."


def arrives(page: Page, *, sex: str = "Laki-laki", age: int = 35, name: str = "", family: bool = False) -> int:
    """One person at the gate; gives the number they wear."""
    tag = int(box(page, "Nomor").input_value())
    write(page, "Umur kira-kira", str(age))
    mark(page, "Jenis kelamin", sex)
    if name:
        write(page, "Nama yang disebut", name)
    press(page, "Simpan, lanjut sekeluarga" if family else "Simpan")
    expect(box(page, "Umur kira-kira")).to_have_value("")
    expect(box(page, "Nomor")).not_to_have_value(str(tag))
    return tag


def begin(page: Page, place: str) -> None:
    page.goto("/penampungan/")
    follow(main(page), place)
    press(page, "Catat kedatangan")
    is_at(page, "Catat kedatangan")


def counted(page: Page, label: str) -> str:
    return main(page).locator(".tile", has_text=label).locator(".tile-count").inner_text().strip()


@pytest.mark.journey
def test_a_wave_of_thirty_comes_through_two_phones_and_goes_on_with_everyone_accounted_for(
    open_as: Callable[..., Page],
) -> None:
    # Bambang, who heads the panti, opens the hall: three answers.
    head = open_as("kepala")
    head.goto("/penampungan/")
    head.get_by_role("link", name="Buka penampungan").first.click()
    mark(head, "Jenis", "Penampungan sementara (TPS)")
    write(head, "Tempat", "GOR Ciracas")
    press(head, "Buka sekarang")
    reads(head, "Penampungan terbuka.", "Ajak rekan membantu")
    hall = path_of(head)

    # Two register at once, each with numbers of their own.
    tuti, ratih = open_as("pengasuh", viewport=NARROW), open_as("peksos", viewport=NARROW)
    begin(tuti, "GOR Ciracas")
    begin(ratih, "GOR Ciracas")
    assert (box(tuti, "Nomor").input_value(), box(ratih, "Nomor").input_value()) == ("1", "101")
    everyone_can_read(tuti)
    tuti.set_viewport_size(NARROW)  # type: ignore[arg-type]

    # Tuti: a family of three, then others.
    mother = arrives(tuti, sex="Perempuan", age=32, name="Sulastri", family=True)
    expect(box(tuti, "Datang bersama nomor")).to_have_value(str(mother))
    arrives(tuti, age=8, name="Bagas", family=True)
    arrives(tuti, sex="Perempuan", age=4)
    for _ in range(5):
        arrives(tuti)

    # The signal goes: ten more are kept, among them a boy whom nobody came with. The page goes on as before.
    tuti.context.set_offline(True)
    boy = arrives(tuti, age=9, name="Dito")
    expect(tuti.locator("#outbox")).to_contain_text(WAITING)
    for _ in range(9):
        arrives(tuti)
    expect(tuti.locator("#outbox")).to_contain_text("10 kiriman menunggu sinyal.")

    # Meanwhile Ratih, who has signal, registers twelve; nobody gets a number twice.
    for number in range(12):
        assert arrives(ratih, name=f"Karto {number}" if number < 2 else "") == 101 + number
    head.goto(hall)
    assert (counted(head, "Datang"), counted(head, "Anak tanpa orang dewasa")) == ("20", "0")

    # The signal is back. What waited comes, in order, once; the boy is flagged at once.
    tuti.context.set_offline(False)
    expect(tuti.locator("#outbox")).to_be_hidden(timeout=60_000)
    head.goto(hall)
    assert (counted(head, "Datang"), counted(head, "Anak tanpa orang dewasa")) == ("30", "1")
    main(head).get_by_role("link", name=re.compile("Anak tanpa orang dewasa")).click()
    reads(head, "Dito", "Anak tanpa orang dewasa")
    ratih.goto("/")
    reads(ratih, "Anak datang tanpa orang dewasa", f"#{boy}, GOR Ciracas")
    everyone_can_read(head)

    # Closing now is refused, and says who is still here.
    head.goto(hall)
    head.get_by_text("Tutup penampungan").click()
    press(head, "Ya, tutup")
    expect(head.locator("#messages")).to_contain_text("30 orang belum diteruskan: nomor 1, 2, 3")

    # Ratih matches those who said a name: all are new to the register.
    ratih.goto(hall + "cocokkan/")
    press(ratih, "Daftarkan semua yang tanpa kemiripan")
    expect(ratih.locator("#messages")).to_contain_text("dicocokkan")

    # The family goes on to the panti, the boy to the police, all the others home.
    ratih.goto(hall)
    for tag in (mother, mother + 1, mother + 2):
        tick(ratih, f"Pilih nomor {tag}")
    press(ratih, "Teruskan yang dipilih")
    expect(box(ratih, "Nomor")).to_have_value("1, 2, 3")
    mark(ratih, "Diteruskan ke", "Ditempatkan di unit")
    unit = group(ratih, "Diteruskan ke").page.get_by_role("combobox", name=re.compile("^Unit tujuan"))
    unit.select_option(index=1)
    press(ratih, "Catat")
    expect(ratih.locator("#messages")).to_contain_text("3 orang diteruskan.")
    for tags, kind in ((str(boy), "Polisi"), ("4-8, 10-18, 101-112", "Pulang atau dijemput keluarga")):
        ratih.goto(hall + "teruskan/")
        write(ratih, "Nomor", tags)
        mark(ratih, "Diteruskan ke", kind)
        press(ratih, "Catat")
        expect(ratih.locator("#messages")).to_contain_text("orang diteruskan.")

    # The list for the bus names nobody; asked for, it does.
    ratih.goto(hall + "manifes/")
    choose(ratih, "Diteruskan ke", "Ditempatkan di unit")
    expect(main(ratih).locator("tbody tr")).to_have_count(3)
    expect(main(ratih).locator("tbody")).not_to_contain_text("Sulastri")
    ratih.goto(hall + "manifes/?tujuan=placed&nama=on")
    reads(ratih, "Sulastri")

    # Everyone is accounted for: now it closes.
    head.goto(hall)
    assert (counted(head, "Masih di sini"), counted(head, "Sudah diteruskan")) == ("0", "30")
    head.get_by_text("Tutup penampungan").click()
    press(head, "Ya, tutup")
    reads(head, "Semua orang tercatat ke mana perginya.")

    # A phone that comes out of a dead corner only now: the hall opens again for that one person.
    arrives(tuti, age=50, name="Terlambat")
    head.goto(hall)
    reads(head, "Ada kedatangan yang baru terkirim sesudah penampungan ditutup", "Datang terlambat")


@pytest.mark.journey
def test_one_arrival_takes_a_practised_hand_half_a_minute(open_as: Callable[..., Page]) -> None:
    head = open_as("kepala")
    head.goto("/penampungan/buka/")
    mark(head, "Jenis", "Bencana")
    write(head, "Tempat", "Balai Warga Cipayung")
    press(head, "Buka sekarang")
    phone = open_as("pengasuh", viewport=NARROW)
    begin(phone, "Balai Warga Cipayung")
    clerk = Clerk(phone)

    clerk.write("Umur kira-kira", "42")
    clerk.mark("Jenis kelamin", "Perempuan")
    clerk.write("Nama yang disebut", "Sulastri Rahayu")
    clerk.mark("Kebutuhan", "Hamil atau menyusui")
    clerk.press_and_stay("Simpan", lambda: expect(box(phone, "Nomor")).to_have_value("2"))

    print(f"one arrival: {clerk}")
    assert clerk.seconds < 30
    assert phone.url.endswith("/catat/")
