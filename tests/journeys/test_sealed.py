"""A woman rescued from trafficking: for all but her team she is not there."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.hands import (
    choose,
    does_not_read,
    follow,
    group,
    is_at,
    is_not_there,
    main,
    mark,
    path_of,
    press,
    reads,
    tab,
    write,
)
from tests.journeys.stories import File, add_to_team, search_person

TRACES = re.compile(r"Kenanga|Puspitasari|\bK\.? ?P\.")
"""Her name, or its initials."""


@pytest.mark.journey
def test_a_woman_rescued_from_trafficking_exists_for_her_team_alone(open_as: Callable[..., Page]) -> None:
    # The police bring a woman at dusk. Wulan takes the report; nothing on it says where she sleeps.
    wulan = open_as("wulan")
    wulan.goto("/kasus/laporan/baru/")
    is_at(wulan, "Catat laporan")
    choose(wulan, "Laporan datang lewat", "Kepolisian")
    write(wulan, "Nama pelapor atau petugas", "Penyidik PPA")
    write(wulan, "Siapa yang dilaporkan", "Perempuan dewasa, titipan penyidik, nomor 7")
    write(wulan, "Uraian", "Dijanjikan kerja di rumah makan, ditahan lima bulan tanpa upah.")
    mark(wulan, "Diperdagangkan, dijerat utang, atau dieksploitasi?", "Ya")
    for question in (
        "Tidak sadar, sesak, berdarah banyak, kejang, atau luka berat?",
        "Mengatakan ingin mati atau melukai diri, atau baru mencobanya?",
    ):
        mark(wulan, question, "Tidak")
    mark(wulan, "Kegentingan", "Darurat")
    press(wulan, "Simpan laporan")
    report = path_of(wulan)
    mark(wulan, "Keputusan", "Buka kasus")
    press(wulan, "Putuskan")

    # She is registered with the name she gives; her number is not written down, for her safety.
    is_at(wulan, "Siapa orangnya?")
    wulan.get_by_role("searchbox", name="Nama, NIK, telepon, atau nama panggilan").fill("Kenanga Puspitasari")
    press(wulan, "Cari")
    follow(wulan, "Daftarkan orang ini")
    write(wulan, "Nama lengkap", "Kenanga Puspitasari")
    mark(wulan, "Jenis kelamin", "Perempuan")
    group(wulan, "Atau umur kira-kira").get_by_role("textbox").first.fill("24")
    choose(wulan, "Bila tanpa NIK, mengapa", "Tidak dicatat demi keselamatan")
    choose(wulan, "Jenis PPKS", "Korban trafficking")
    press(wulan, "Daftarkan")

    # The way leads on to her file, which is proposed as sealed.
    is_at(wulan, "Buka kasus")
    reads(wulan, "Kenanga Puspitasari")
    expect(group(wulan, "Kerahasiaan").get_by_label("Kasus rahasia", exact=True)).to_be_checked()
    press(wulan, "Buka kasus")
    is_at(wulan, "Kenanga Puspitasari")
    reads(wulan, "Kasus rahasia")
    number = main(wulan).get_by_text("ST-PANGUDI-LUHUR/", exact=False).first.inner_text().strip()
    path = path_of(wulan)
    person = wulan.get_by_role("link", name="Data orang").get_attribute("href") or ""

    # The psychologist is taken into the team and writes what only the team may know.
    add_to_team(wulan, File("Kenanga Puspitasari", number, person, path), "Dian Paramitha")
    dian = open_as("psikolog")
    dian.goto("/kasus/?q=Kenanga")
    follow(main(dian), "Kenanga Puspitasari")
    tab(dian, "Catatan")
    write(dian, "Catatan", "Memeriksa jendela sebelum tidur. Ingin bersaksi bila ditemani.")
    mark(dian, "Tanda bagian", "Kekerasan")
    press(dian, "Simpan catatan")
    reads(dian, "Ingin bersaksi bila ditemani.")

    # Yusuf, a colleague; Tuti at the front desk; Bambang, head of the sentra; a worker in Surabaya; the ministry:
    # no search tells them that she is here, by whatever word, and no address opens.
    for who in ("rekan", "pengasuh", "kepala", "supervisor", "surabaya.peksos", "dinsos"):
        outsider = open_as(who)
        for address in (person, f"{person}ubah/", f"{person}kenali/", path, f"{path}catatan/", f"{path}darurat/"):
            is_not_there(outsider, address)
        for words in ("Kenanga Puspitasari", "Kenanga", number):
            for search in ("/cari/", "/kasus/"):
                outsider.goto(f"{search}?q={words}")
                expect(main(outsider).get_by_role("row").filter(has_text=TRACES)).to_have_count(0)
                does_not_read(outsider, "di luar tim Anda", "keadaan darurat")
        outsider.goto("/")
        does_not_read(outsider, "Kenanga", "nomor 7")
        outsider.goto("/kasus/laporan/")
        does_not_read(outsider, "nomor 7")
        is_not_there(outsider, report)

    # Bambang does not find her in the trail of what was opened in his house either.
    bambang = open_as("kepala")
    bambang.goto("/jejak/")
    does_not_read(bambang, "Kenanga", "Puspitasari", number)
    bambang.goto("/jejak/perubahan/")
    does_not_read(bambang, "Kenanga", "Puspitasari", number)

    # Wulan, of her team, finds her at once, and reads what Dian wrote.
    search_person(wulan, "Kenanga")
    expect(main(wulan).get_by_role("link", name="Kenanga Puspitasari")).to_be_visible()
    wulan.goto(f"{path}catatan/")
    reads(wulan, "Ingin bersaksi bila ditemani.")
