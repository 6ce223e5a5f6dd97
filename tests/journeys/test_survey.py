"""A survey of sixty households of waste pickers: three enumerators, two of them without signal; what comes of it."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import FilePayload, Page

from serasi.common.identifiers import uuid7
from serasi.xforms.form import Form
from serasi.xforms.instance import compose
from tests.journeys.conftest import NARROW, everyone_can_read
from tests.journeys.hands import JAKARTA, choose, day, follow, is_at, main, press, reads, write
from tests.journeys.test_assessing import answer, is_ready, is_saved, said, send, to_part

FORM = "Survei keluarga pemulung"
NAME = "Pendataan pemulung Bekasi Timur"
BEKASI, TIMUR = "32.75", "32.75.01"
VILLAGES = ("32.75.01.1001", "32.75.01.1002", "32.75.01.1004")
FIRST = ("Karsih", "Darmi", "Wagiyem", "Sutarno", "Ponirah", "Tukijan", "Marsudi", "Legiman", "Ngatinah", "Sumini")
LAST = ("Contohwijaya", "Contohsari", "Contohbudi", "Contohrahayu", "Contohlestari", "Contohutama")


def member(name: str, relation: str, sex: str, age: int) -> str:
    """One row of the household, what was not asked left empty."""
    said = {"nama": name, "hubungan": relation, "kelamin": sex, "umur": str(age)}
    rest = ("punya_nik", "nik", "dokumen", "sekolah", "bekerja", "jam_anak", "sakit_disabilitas")
    told = said | dict.fromkeys(rest, "")
    return f"<anggota>{''.join(f'<{tag}>{text}</{tag}>' for tag, text in told.items())}</anggota>"


def household(number: int) -> dict[str, str]:
    """What one family says: each another, none remarkable."""
    name = f"{FIRST[number % 10]} {LAST[number // 10]}"
    head = member(name, "kepala_keluarga", "P", 25 + number % 40)
    child = member(FIRST[number % 7], "anak", "L", 1 + number % 4)
    return {
        "/data/setuju/bersedia": "ya",
        "/data/tempat/titik": f"-6.2{400 + number * 3} 107.0{100 + number * 2} 0 6",
        "/data/tempat/alamat": f"Lapak nomor {number}",
        "/data/tempat/kecamatan": TIMUR,
        "/data/tempat/desa": VILLAGES[number % 3],
        "/data/tempat/hunian": ("lapak", "bedeng", "kontrak")[number % 3],
        "/data/kerja/jam_sehari": str(7 + number % 4),
        "/data/kerja/hasil_hari": str(40_000 + 1_500 * (number % 20)),
        "/data/penghasilan/bantuan": ("pkh sembako", "tidak_ada", "sembako")[number % 3],
        "/data/rumah_tangga/anggota": head + child,
    }


class Phone:
    """ODK Collect on somebody's phone: it got the form while there was signal, and sends when there is again."""

    def __init__(self, page: Page, survey: str) -> None:
        page.goto("/perangkat-lapangan/collect/")
        write(page, "Nama perangkat", "Ponsel survei")
        press(page, "Tampilkan kode")
        found = re.search(r"/openrosa/k/[\w-]+", page.content())
        assert found is not None
        self.page, self.door = page, found[0]
        told = page.request.get(f"{self.door}/formList").text()
        address = re.search(rf"<formID>survei-{survey}</formID>.*?<downloadUrl>(.*?)</downloadUrl>", told, re.DOTALL)
        assert address is not None, told
        self.form = Form.parse(page.request.get(address[1]).body())
        self.waiting: list[bytes] = []

    def interview(self, answers: dict[str, str], *, began: datetime, minutes: int = 25) -> None:
        ended = began + timedelta(minutes=minutes)
        instance = compose(self.form, answers, instance_id=uuid7(), started_at=began, ended_at=ended)
        self.waiting.append(instance)

    def send_all(self, *, times: int = 1) -> None:
        for instance in self.waiting * times:
            file = FilePayload(name="isian.xml", mimeType="text/xml", buffer=instance)
            sent = self.page.request.post(f"{self.door}/submission", multipart={"xml_submission_file": file})
            assert sent.status in {201, 202}, sent.text()


@pytest.mark.journey
def test_sixty_households_by_three_enumerators(open_as: Callable[..., Page]) -> None:
    # Ratih plans the survey: what for, with which form, where, when, by whom, how many.
    ratih = open_as("peksos")
    ratih.goto("/survei/")
    main(ratih).get_by_role("link", name="Buat survei").first.click()
    write(ratih, "Nama survei", NAME)
    write(ratih, "Tujuan", "Mengurus dokumen dan bantuan keluarga pemulung")
    choose(ratih, "Formulir", option(ratih, FORM))
    ratih.get_by_label("Wilayah").fill(f"{BEKASI} Kota Bekasi")
    write(ratih, "Mulai", day(-3))
    write(ratih, "Sampai", day(10))
    press(ratih, "Buat survei")
    is_at(ratih, NAME)
    survey = ratih.url.rstrip("/").rpartition("/")[2]
    for who in ("Asep Nurjaman", "Yusuf Hidayatullah", "Tuti Rohayati"):
        follow(main(ratih), "Tambah pewawancara")
        choose(ratih, "Petugas", who)
        write(ratih, "Mulai bertugas", day(-3))
        press(ratih, "Tambah")
    follow(main(ratih), "Tetapkan target")
    write(ratih, "Target per desa", "\n".join(f"{code}\tDesa\t20" for code in VILLAGES))
    press(ratih, "Simpan")
    press(ratih, "Buka survei")
    reads(ratih, "Survei dibuka. Pewawancara dapat mulai.", "dari target 60")

    # Asep and Yusuf fetch the form, go where there is no signal, and interview forty families.
    yesterday = datetime.now(JAKARTA).replace(hour=8, minute=0) - timedelta(days=1)
    asep, yusuf = Phone(open_as("pendamping"), survey), Phone(open_as("rekan"), survey)
    for number in range(40):
        phone = (asep, yusuf)[number % 2]
        phone.interview(household(number), began=yesterday + timedelta(minutes=12 * number), minutes=22 + number % 7)
    # The last of Yusuf's families is one that Asep had asked already, and he was in a hurry.
    yusuf.waiting.pop()
    twice = household(4) | {"/data/tempat/alamat": "Di ujung gang", "/data/kerja/hasil_hari": "9000000"}
    yusuf.interview(twice, began=yesterday + timedelta(hours=9), minutes=3)

    # Tuti interviews at a place with signal, on the page: one family question by question …
    tuti = open_as("pengasuh", viewport=NARROW)
    tuti.goto(f"/survei/{survey}/")
    press(tuti, "Wawancara baru")
    is_ready(tuti)
    answer(tuti, "Bersedia diwawancarai?", "Ya")
    to_part(tuti, "Tempat tinggal")
    said(tuti, "Alamat atau patokan", "Belakang pasar")
    is_saved(tuti)
    tuti.reload()
    is_ready(tuti)
    send(tuti, household(40))
    finish_interview(tuti)
    reads(tuti, "Wawancara terkirim.")
    # … and nineteen more, as the page sends them.
    for number in range(41, 60):
        press(tuti, "Wawancara baru")
        is_ready(tuti)
        send(tuti, household(number))
        finish_interview(tuti)
        reads(tuti, "Wawancara terkirim.")

    # The signal is back: everything arrives, some of it twice, and counts once.
    asep.send_all(times=2)
    yusuf.send_all()
    ratih.reload()
    reads(ratih, "60", "100%", "2/3")
    everyone_can_read(ratih)

    # Bambang looks at what the checks found, with what speaks for it, and decides.
    bambang = open_as("kepala")
    bambang.goto(f"/survei/{survey}/pemeriksaan/")
    check_now = bambang.get_by_role("button", name="Periksa sekarang")
    if check_now.count():  # the clock has not come round to it yet
        check_now.click()
    reads(bambang, "Nama, umur dan desa sama", "Angka jauh dari yang biasa", "9.000.000", "Terlalu cepat", "3 menit")
    everyone_can_read(bambang)
    hurried = main(bambang).get_by_role("listitem").filter(has_text="Yusuf Hidayatullah").filter(has_text="3 menit")
    hurried.get_by_role("link", name=re.compile("^Putuskan")).click()
    bambang.get_by_label("Wawancara ulang").check()
    write(bambang, "Alasan", "Tiga menit terlalu singkat; kunjungi lagi.")
    press(bambang, "Simpan")
    reads(bambang, "Temuan diputuskan.")

    # Yusuf finds it among what is due.
    again = open_as("rekan")
    reads(again, "Wawancara ulang diminta")

    # Results, and data that name nobody.
    bambang.goto(f"/survei/{survey}/hasil/")
    reads(bambang, "60 wawancara.", "tengah (median)", "Di lapak atau gudang rongsok")
    everyone_can_read(bambang)
    bambang.goto(f"/survei/{survey}/data/")
    write(bambang, "Untuk apa data ini dipakai, dan oleh siapa", "Rapat dengan Dinas Sosial Kota Bekasi")
    with bambang.expect_download() as waiting:
        press(bambang, "Unduh data tanpa identitas")
    pack = zipfile.ZipFile(io.BytesIO(waiting.value.path().read_bytes()))
    told = {name: pack.read(name).decode("utf-8-sig") for name in pack.namelist() if name.endswith(".csv")}
    assert len(told["wawancara.csv"].splitlines()) == 61
    assert not [word for word in ("Contoh", "Lapak nomor", "-6.2") if word in "".join(told.values())]

    # The Dinas and the ministry read numbers alone.
    agung = open_as("kemensos")
    agung.goto(f"/survei/{survey}/hasil/")
    reads(agung, "60 wawancara.", "Angka 1–4 dan jawaban tertulis tidak ditampilkan")
    assert "Contoh" not in agung.content()

    # Someone in need becomes a person of the register, once, and a report is opened.
    ratih.goto(f"/survei/{survey}/orang/")
    everyone_can_read(ratih)
    someone = ratih.get_by_role("group").filter(has_text="Contoh").first
    someone.get_by_label("Orang baru: daftarkan").check()
    press(ratih, "Jadikan orang dan keluarga")
    reads(ratih, "1 orang dicatat.", "Sudah menjadi orang")
    main(ratih).get_by_role("link", name=re.compile("^Buka laporan")).first.click()
    write(ratih, "Apa yang dibutuhkan orang ini", "Sakit menahun, belum punya kartu kesehatan.")
    press(ratih, "Buka laporan")
    reads(ratih, "Laporan dibuka.", "laporan dibuka")


def finish_interview(page: Page) -> None:
    """What was sent is shown; the button stands under the last part."""
    page.reload()
    is_ready(page)
    to_part(page, "Penutup")
    press(page, "Kirim wawancara")


def option(page: Page, title: str) -> str:
    """A form by its title, whatever its version."""
    options = page.get_by_role("combobox", name="Formulir").get_by_role("option").all_inner_texts()
    return next(each for each in options if each.startswith(title))
