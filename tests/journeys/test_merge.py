"""One man written down twice, two records side by side, and the merge taken back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hands import (
    does_not_read,
    follow,
    is_at,
    is_not_there,
    main,
    mark,
    press,
    reads,
    write,
)
from tests.journeys.stories import register, search_person


@pytest.mark.journey
def test_two_records_of_one_man_are_merged_side_by_side_and_the_merge_is_taken_back(
    open_as: Callable[..., Page],
) -> None:
    # Gunawan registers a scavenger in the morning, Wulan the same man in the evening, spelt as she hears it.
    gunawan = open_as("gunawan")
    first = register(gunawan, "Djumadi Hartono", sex="Laki-laki", age=52, kind="Pemulung")
    wulan = open_as("wulan")
    wulan.goto("/orang/daftar/")
    write(wulan, "Nama lengkap", "Jumadi Hartono")
    write(wulan, "Nama panggilan", "Pak Jum")
    mark(wulan, "Jenis kelamin", "Laki-laki")
    wulan.get_by_role("group", name="Atau umur kira-kira").get_by_role("textbox").first.fill("53")
    wulan.get_by_role("combobox", name="Bila tanpa NIK, mengapa").select_option("Dokumen hilang atau rusak")
    press(wulan, "Daftarkan")

    # She is shown whom he may be, and why; at night she is not sure, and makes a new record.
    is_at(wulan, "Periksa dahulu")
    reads(wulan, "Mungkin orangnya sudah terdaftar", "Djumadi Hartono")
    press(wulan, "Orang lain, daftarkan sebagai orang baru")
    is_at(wulan, "Jumadi Hartono")
    second = wulan.url

    # Next day Gunawan knows him, and puts both records side by side.
    search_person(gunawan, "Jumadi Hartono")
    expect(main(gunawan).get_by_role("link", name="Jumadi Hartono", exact=True)).to_be_visible()
    follow(main(gunawan), "Djumadi Hartono")
    follow(gunawan, "Gabungkan")
    gunawan.get_by_role("link", name="Bandingkan Jumadi Hartono").click()
    is_at(gunawan, "Satu orang atau dua?")
    mark(gunawan, "Nama lengkap", "Djumadi Hartono – dari data pertama")
    mark(gunawan, "Nama panggilan", "Pak Jum – dari data kedua")
    mark(gunawan, "NIK", "Dokumen hilang atau rusak – dari data kedua")
    press(gunawan, "Gabungkan")
    expect(gunawan.get_by_role("alert")).to_contain_text("“Mengapa keduanya orang yang sama” belum diisi.")
    write(gunawan, "Mengapa keduanya orang yang sama", "Bekas luka yang sama; beliau sendiri mengatakannya.")
    press(gunawan, "Gabungkan")

    # One record, with what was chosen from each; the other address leads there.
    is_at(gunawan, "Djumadi Hartono")
    reads(gunawan, "Kedua data kini satu.", "Pak Jum", "Dokumen hilang atau rusak", "Jumadi Hartono")
    wulan.goto(second)
    is_at(wulan, "Djumadi Hartono")
    reads(wulan, "Data itu sudah digabung ke data ini.")

    # The family comes: they are brothers. The merge is taken back, with a reason.
    gunawan.goto(first)
    follow(gunawan, "Batalkan Jumadi Hartono")
    write(gunawan, "Alasan", "Keluarga membawa KK: Jumadi adalah adiknya.")
    press(gunawan, "Simpan")
    reads(gunawan, "Penggabungan dibatalkan; keduanya kembali menjadi dua data.", "Tidak membawa dokumen")
    does_not_read(gunawan, "Pak Jum")
    wulan.goto(second)
    is_at(wulan, "Jumadi Hartono")
    reads(wulan, "Pak Jum", "Dokumen hilang atau rusak")

    # The search finds two again; the one who heads another city's house finds neither by address.
    search_person(wulan, "Jumadi Hartono")
    expect(main(wulan).get_by_role("link", name="Djumadi Hartono", exact=True)).to_be_visible()
    expect(main(wulan).get_by_role("link", name="Jumadi Hartono", exact=True)).to_be_visible()
    outsider = open_as("surabaya.kepala")
    is_not_there(outsider, first)
    is_not_there(outsider, second)
