"""What else Asep does where there is no signal, and what Ratih finds of it at her desk when there is again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import NARROW, everyone_can_read
from tests.journeys.hands import (
    choose,
    day,
    does_not_read,
    follow,
    group,
    is_at,
    main,
    mark,
    press,
    reads,
    tab,
    write,
)
from tests.journeys.stories import search_person
from tests.journeys.test_assessing import answer, is_drawn, picture, said, table, upload
from tests.journeys.test_field import onward, place, prepare, unlock, visit_bagas
from tests.journeys.test_field_cuts import delivered
from tests.journeys.weather import Cut, wire
from tests.journeys.workbooks import as_workbook, medicines

FOUND = "Orang ditemukan di lapangan"
CHANGE = "Perubahan data seseorang"
CARRIED = "Obat yang dibawa"
SURVEY = "Keluarga pemulung Bantargebang"
KEPT = "Tersimpan dan tersegel di ponsel ini"
DANGERS = 12
"""Questions of the danger screen."""


@pytest.mark.journey
def test_somebody_found_without_signal_is_an_urgent_report_and_a_registered_family(
    site: str, open_as: Callable[..., Page]
) -> None:
    with wire(site) as (address, weather):
        phone = open_as("pendamping", viewport=NARROW, address=address)
        prepare(phone)
        phone.context.set_offline(True)
        phone.reload()
        unlock(phone)

        # Under the flyover lies Bu Sukarti, bleeding; her son is with her.
        begin(phone, FOUND)
        danger = "Tidak sadar, sesak, berdarah banyak"
        asked = phone.locator(".fill-body .fill-field")
        expect(asked).to_have_count(DANGERS)
        for one in asked.all():
            one.get_by_label("Tidak", exact=True).check()
        answer(phone, danger, "Ya")
        everyone_can_read(phone)
        onward(phone)
        said(phone, "Nama, bila diketahui", "Sukarti Wonosegoro")
        answer(phone, "Jenis kelamin", "Perempuan")
        said(phone, "Perkiraan umur", "47")
        onward(phone)
        answer(phone, "Yang terlihat", "Luka atau sakit")
        said(phone, "Ceritakan keadaannya", "Kakinya terluka kaca, darah belum berhenti.")
        said(phone, "Yang sudah dilakukan", "Luka dibalut, ambulans dipanggil warga.")
        onward(phone)
        said(phone, "Tempat ditemukan", "Kolong jembatan layang dekat terminal")
        onward(phone)
        answer(phone, "Adakah keluarga yang bersamanya?", "Ya")
        answer(phone, "Ia sendiri di keluarga itu", "Kepala keluarga")
        said(phone, "Nama", "Wahyu Wonosegoro")
        answer(phone, "Hubungan dengan kepala keluarga", "Anak")
        answer(phone, "Jenis kelamin", "Laki-laki")
        said(phone, "Perkiraan umur", "9")
        everyone_can_read(phone)
        finish(phone)
        reads(phone, "Menunggu dikirim (1)", FOUND)

        # The signal is back, and goes again before the answer has come: the phone sends once more.
        weather.foretell(Cut.AFTER)
        phone.context.set_offline(False)
        delivered(phone)
        assert weather.made == 1
        expect(main(phone).get_by_text("diterima", exact=True)).to_have_count(1)

    # At the desk it is one report, urgent, with what is to be done at once.
    ratih = open_as("peksos")
    ratih.goto("/kasus/laporan/")
    row = main(ratih).get_by_role("row").filter(has_text="Sukarti Wonosegoro")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Darurat")
    row.get_by_role("link").click()
    reads(
        ratih,
        *("Panggil 119 atau bawa ke IGD", "Kolong jembatan layang dekat terminal", "Luka atau sakit"),
        *("Bersamanya: Wahyu Wonosegoro, sekitar 9 th", "Luka dibalut", "Asep Nurjaman"),
    )
    does_not_read(ratih, "Belum didaftarkan")

    # She and her son are registered, one family, each once.
    search_person(ratih, "Wonosegoro")
    for name in ("Sukarti Wonosegoro", "Wahyu Wonosegoro"):
        expect(main(ratih).get_by_role("link", name=re.compile(name))).to_have_count(1)
    follow(main(ratih), "Sukarti Wonosegoro")
    is_at(ratih, "Sukarti Wonosegoro")
    family = card(ratih, "Keluarga")
    expect(family).to_contain_text("Wahyu Wonosegoro")
    expect(family.get_by_role("row")).to_have_count(3)  # the heads of the columns, mother and son


@pytest.mark.journey
def test_a_planned_visit_is_held_without_signal(open_as: Callable[..., Page]) -> None:
    # Ratih plans a visit to Bagas and gives it to Asep.
    ratih = open_as("peksos")
    file_of_bagas(ratih)
    visits = ratih.url + "bimbingan-lanjut/"
    ratih.goto(visits)
    main(ratih).get_by_role("link", name="Jadwalkan kunjungan").first.click()
    write(ratih, "Jatuh tempo", day())
    choose(ratih, "Penanggung jawab", "Asep Nurjaman")
    press(ratih, "Simpan")
    reads(ratih, "Kunjungan dijadwalkan.")

    # It is on his phone, in plane mode, on the page of today and of Bagas.
    phone = open_as("pendamping", viewport=NARROW)
    prepare(phone)
    phone.context.set_offline(True)
    phone.reload()
    unlock(phone)
    due = main(phone).get_by_role("listitem").filter(has_text="Bagas Saputra")
    expect(due).to_contain_text("Bimbingan lanjut")
    visit_bagas(phone)
    press(phone, "Catat kunjungan")
    is_at(phone, "Catat kunjungan")
    everyone_can_read(phone)

    # What he forgot is said at once; the rest waits sealed.
    press(phone, "Simpan di ponsel ini")
    expect(phone.get_by_role("alert")).to_contain_text("“Hasil kunjungan” belum diisi")
    write(phone, "Bertemu dengan", "Nenek Bagas")
    for box in group(phone, "Keberfungsian sosial").get_by_role("combobox").all():
        box.select_option("4")
    write(phone, "Hasil kunjungan", "Tidur di rumah nenek; sudah tiga hari masuk sekolah.")
    mark(phone, "Keadaan", "Stabil")
    press(phone, "Simpan di ponsel ini")
    reads(phone, KEPT)
    phone.context.set_offline(False)
    place(phone, "Kiriman")
    reads(phone, "Menunggu dikirim (0)")
    expect(main(phone).get_by_text("diterima", exact=True)).to_have_count(1)

    # At the desk it is held, with his words, and nothing is due there any more.
    ratih.goto(visits)
    held = main(ratih).get_by_role("region").filter(has_text="sudah tiga hari masuk sekolah")
    expect(held).to_have_count(1)
    expect(held).to_contain_text("Asep Nurjaman")
    expect(held).to_contain_text("Nenek Bagas")
    expect(held).to_contain_text("Stabil")
    expect(main(ratih).get_by_role("link", name="Catat kunjungan")).to_have_count(0)


@pytest.mark.journey
def test_a_family_is_surveyed_without_signal_in_a_village_of_the_list(open_as: Callable[..., Page]) -> None:
    # How far the survey is, at Ratih's desk.
    ratih = open_as("peksos")
    ratih.goto("/survei/")
    follow(main(ratih), SURVEY)
    survey, before = ratih.url, arrived_of(ratih, "Ciketingudik")

    # Asep asks a family where there is no signal; district and village are lists that he carries.
    phone = open_as("pendamping", viewport=NARROW)
    prepare(phone)
    phone.context.set_offline(True)
    phone.reload()
    unlock(phone)
    begin(phone, SURVEY)
    answer(phone, "Bersedia diwawancarai?", "Ya")
    onward(phone)
    said(phone, "Alamat atau patokan", "Lapak Pak Warno, belakang timbangan")
    pick(phone, "Kecamatan", "Bantargebang")
    pick(phone, "Desa atau kelurahan", "Ciketingudik")
    everyone_can_read(phone)

    # The phone goes off; what was said stands there when it is on again.
    expect(phone.locator(".fill-status").first).to_contain_text("Tersimpan di ponsel ini")
    phone.reload()
    unlock(phone)
    place(phone, "Formulir")
    press(phone, "Lanjutkan")
    onward(phone)
    expect(listed(phone, "Desa atau kelurahan").locator("option:checked")).to_have_text("Ciketingudik")
    answer(phone, "Tempat tinggal", "Bedeng atau gubuk")
    onward(phone)
    said(phone, "Berapa jam sehari?", "8")
    onward(phone)
    answer(phone, "Bantuan yang diterima setahun terakhir", "Sembako")
    onward(phone)
    said(phone, "Nama", "Warno Contohrejo")
    answer(phone, "Hubungan dengan kepala keluarga", "Kepala keluarga")
    answer(phone, "Jenis kelamin", "Laki-laki")
    said(phone, "Umur (tahun)", "52")
    everyone_can_read(phone)
    onward(phone)
    said(phone, "Catatan pewawancara", "Diwawancarai di lapak.")
    finish(phone)
    phone.context.set_offline(False)
    reads(phone, "Menunggu dikirim (0)")
    expect(main(phone).get_by_text("diterima", exact=True)).to_have_count(1)

    # It counts for its village, and is read as it was said.
    ratih.goto(survey)
    assert arrived_of(ratih, "Ciketingudik") == before + 1
    ratih.goto(f"{survey}wawancara/")
    latest = main(ratih).get_by_role("row").nth(1)
    expect(latest).to_contain_text("Asep Nurjaman")
    expect(latest).to_contain_text("Ciketingudik")
    latest.get_by_role("link").click()
    reads(ratih, "Lapak Pak Warno, belakang timbangan", "Bedeng atau gubuk", "Sembako", "Warno Contohrejo", "52")
    does_not_read(ratih, "di luar wilayah")


@pytest.mark.journey
def test_a_telephone_that_phone_and_desk_both_changed_waits_for_a_decision(open_as: Callable[..., Page]) -> None:
    # What everybody knows; Asep's phone, too.
    ratih = open_as("peksos")
    search_person(ratih, "Bagas Saputra")
    follow(main(ratih), "Bagas Saputra")
    is_at(ratih, "Bagas Saputra")
    person = ratih.url
    change_telephone(ratih, person, "0812 1111 2222")
    phone = open_as("pendamping", viewport=NARROW)
    prepare(phone)
    phone.context.set_offline(True)
    phone.reload()
    unlock(phone)

    # In the field his grandmother has a new number; at the desk the school has told another one.
    visit_bagas(phone)
    main(phone).locator("li").filter(has_text=CHANGE).get_by_role("button").click()
    answer(phone, "Apa yang berubah?", "Telepon")
    reads(phone, "Telepon tercatat: +6281211112222")
    said(phone, "Telepon sekarang", "0813 3333 4444")
    everyone_can_read(phone)
    finish(phone)
    change_telephone(ratih, person, "0815 5555 6666")

    # The signal is back: nothing was written over, and Ratih is told of both.
    phone.context.set_offline(False)
    place(phone, "Kiriman")
    reads(phone, "Menunggu dikirim (0)")
    expect(main(phone).get_by_text("diterima", exact=True)).to_have_count(1)
    ratih.goto(person)
    reads(ratih, "0815-5555-6666")
    ratih.goto("/")
    reads(ratih, "Diubah di lapangan dan di meja")
    ratih.goto("/perangkat-lapangan/perbedaan/")
    differs = card(ratih, "Bagas Saputra")
    expect(version(differs, "Tertulis di ponsel sebelumnya")).to_contain_text("+6281211112222")
    expect(version(differs, "Di meja sekarang")).to_contain_text("+6281555556666")
    expect(version(differs, "Dari lapangan, Asep Nurjaman")).to_contain_text("+6281333334444")
    everyone_can_read(ratih)

    # She calls; the one from the field answers.
    press(differs, "Pakai yang dari lapangan")
    reads(ratih, "Keputusan dicatat.")
    expect(card(ratih, "Bagas Saputra")).to_have_count(0)
    ratih.goto(person)
    reads(ratih, "0813-3333-4444")

    # What he changes while the desk leaves it alone is simply so.
    press(phone, "Kirim sekarang")
    visit_bagas(phone)
    reads(phone, "+6281333334444")
    phone.context.set_offline(True)
    main(phone).locator("li").filter(has_text=CHANGE).get_by_role("button").click()
    answer(phone, "Apa yang berubah?", "Telepon")
    said(phone, "Telepon sekarang", "0817 7777 8888")
    finish(phone)
    phone.context.set_offline(False)
    place(phone, "Kiriman")
    reads(phone, "Menunggu dikirim (0)")
    ratih.goto("/perangkat-lapangan/perbedaan/")
    expect(card(ratih, "Bagas Saputra")).to_have_count(0)
    ratih.goto(person)
    reads(ratih, "0817-7777-8888")


@pytest.mark.journey
def test_a_form_with_a_picture_and_a_list_of_its_own_is_filled_without_signal(open_as: Callable[..., Page]) -> None:
    # Bambang publishes his form with its picture and its list.
    bambang = open_as("kepala")
    bambang.goto("/instrumen/unggah/")
    rows = "name,label,bentuk\nparasetamol,Parasetamol,tablet\nobat_batuk,Obat batuk,sirup\n"
    beside = [picture("lemari.png"), picture("tablet.png"), table("obat.csv", rows)]
    upload(bambang, "obat.xlsx", as_workbook(medicines(CARRIED)), *beside)
    press(bambang, "Terbitkan")
    reads(bambang, "Terbit. Instrumen ini kini dapat diisi.")

    # Asep carries it to Bagas, in plane mode: the picture is shown, the list is chosen from.
    phone = open_as("pendamping", viewport=NARROW)
    prepare(phone)
    phone.context.set_offline(True)
    phone.reload()
    unlock(phone)
    visit_bagas(phone)
    main(phone).locator("li").filter(has_text=CARRIED).get_by_role("button").click()
    is_drawn(phone.get_by_role("img", name="Bentuk apa yang ada?"))
    answer(phone, "Bentuk apa yang ada?", "Sirup")
    expect(listed(phone, "Obat yang mana?").get_by_role("option")).to_have_text(["— pilih —", "Obat batuk"])
    pick(phone, "Obat yang mana?", "Obat batuk")
    everyone_can_read(phone)
    finish(phone)

    # With signal it is delivered, and read in the file by the words of the list.
    phone.context.set_offline(False)
    delivered(phone)
    ratih = open_as("peksos")
    file_of_bagas(ratih)
    ratih.goto(ratih.url.replace("/kasus/", "/asesmen/kasus/"))
    main(ratih).get_by_role("link", name=re.compile(CARRIED)).first.click()
    reads(ratih, "Obat yang mana?", "Obat batuk")


# --- Hands


def begin(phone: Page, form: str) -> None:
    """A form that is about no client."""
    place(phone, "Formulir")
    press(phone, f"Isi: {form}")
    is_at(phone, form)


def finish(phone: Page) -> None:
    press(phone, "Selesai, kirim")
    reads(phone, KEPT)


def listed(phone: Page, question: str) -> Locator:
    return phone.get_by_role("combobox", name=re.compile(f"^{re.escape(question)}"))


def pick(phone: Page, question: str, words: str) -> None:
    """Choose from a long list, by what an entry begins with."""
    entry = listed(phone, question).locator("option").filter(has_text=re.compile(f"^{re.escape(words)}")).first
    listed(phone, question).select_option(entry.inner_text())


def card(page: Page, title: str) -> Locator:
    heading = page.get_by_role("heading", name=title, exact=True)
    return main(page).locator(".card").filter(has=heading)


def version(card: Locator, whose: str) -> Locator:
    return card.get_by_role("row").filter(has_text=whose)


def arrived_of(page: Page, village: str) -> int:
    """How many interviews the page of the survey counts for a village."""
    row = main(page).get_by_role("row", name=re.compile(f"^{village}")).last.inner_text()
    number = re.search(r"\d+", row)
    assert number is not None, row
    return int(number[0])


def file_of_bagas(page: Page) -> None:
    page.goto("/kasus/")
    follow(main(page), "Bagas Saputra")
    tab(page, "Ringkasan")


def change_telephone(page: Page, person: str, number: str) -> None:
    page.goto(f"{person}ubah/")
    write(page, "Telepon", number)
    press(page, "Simpan")
    reads(page, "Perubahan tersimpan.")
