"""A letter on paper, and whoever holds it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hands import follow, is_at, is_not_there, main, mark, press, reads, tab
from tests.journeys.stories import agree, go_on_to, open_file, register


@pytest.mark.journey
def test_a_letter_is_issued_and_whoever_holds_it_can_check_it_without_learning_a_name(
    open_as: Callable[..., Page], tmp_path: Path
) -> None:
    # Ratih has agreed with Bu Tumini on what will be done, and issues the letter of it.
    ratih = open_as("peksos")
    register(ratih, "Tumini Wulandari", sex="Perempuan", age=58, kind="Gelandangan")
    file = open_file(ratih, "Tumini Wulandari")
    ratih.goto(file.part("surat"))
    mark(ratih, "Jenis surat", "Kesepakatan Pelayanan")
    press(ratih, "Terbitkan")
    expect(ratih.get_by_role("alert")).to_be_visible()  # there is nothing agreed yet to write about
    go_on_to(ratih, file, "Kesepakatan awal")
    agree(ratih, file, "Pelayanan dan pencatatan")
    tab(ratih, "Surat")
    mark(ratih, "Jenis surat", "Kesepakatan Pelayanan")
    press(ratih, "Terbitkan")
    reads(ratih, "diterbitkan.", "Ratih Kusumawardani")
    letter = main(ratih).get_by_role("table").get_by_role("link").first
    number = letter.inner_text()

    # It is a PDF, ready to print.
    with ratih.expect_download() as coming:
        letter.evaluate("link => { link.setAttribute('download', ''); link.click() }")
    paper = tmp_path / "surat.pdf"
    coming.value.save_as(paper)
    assert paper.read_bytes()[:5] == b"%PDF-"

    # Someone at the bank holds the paper and follows its code, without signing in.
    check = ratih.get_by_role("link", name="Periksa").get_attribute("href")
    assert check is not None
    bank = open_as(None)
    bank.goto(check)
    is_at(bank, "Pemeriksaan surat")
    reads(bank, "Surat ini diterbitkan melalui Serasi", number, "Ratih Kusumawardani")
    expect(bank.locator("body")).not_to_contain_text(re.compile("Tumini|Wulandari", re.IGNORECASE))

    # The file itself is the one that was issued; one with a changed line is not.
    bank.get_by_label("Berkas PDF surat").set_input_files(paper)
    press(bank, "Bandingkan")
    reads(bank, "Sama persis")
    forged = tmp_path / "surat-diubah.pdf"
    forged.write_bytes(paper.read_bytes().replace(b"%%EOF", b"% Rp50.000.000\n%%EOF"))
    bank.get_by_label("Berkas PDF surat").set_input_files(forged)
    press(bank, "Bandingkan")
    reads(bank, "Tidak sama")
    note = tmp_path / "bukan.pdf"
    note.write_text("bukan surat")
    bank.get_by_label("Berkas PDF surat").set_input_files(note)
    press(bank, "Bandingkan")
    expect(bank.get_by_role("alert")).to_be_visible()

    # Revoked, it says so to whoever asks; the letter itself stays closed to those outside.
    press(ratih, f"Cabut {number}")
    reads(ratih, "Dicabut")
    bank.goto(check)
    reads(bank, "Surat ini sudah dicabut")
    outsider = open_as("rekan")
    is_not_there(outsider, file.part("surat"))
    expect(main(ratih)).to_contain_text(number)
    follow(ratih, "Ringkasan")
