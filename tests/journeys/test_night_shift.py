"""A carer's night: sixty people in a ward, one who is missing, one in hospital, one who will not take her medicine."""

import re
import subprocess
import sys
from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import NARROW, everyone_can_read
from tests.journeys.hands import (
    follow,
    is_at,
    main,
    mark,
    path_of,
    press,
    reads,
    tick,
    touch,
    write,
)
from tests.journeys.keystrokes import Clerk

PEOPLE = 60
A_WARD_OF_SIXTY = f"""
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from serasi.access.models import User
from serasi.access.operations import acting
from serasi.common.identifiers import uuid7
from serasi.daily import operations as daily
from serasi.daily.queries import shift_at
from serasi.people.enums import IdentityState
from serasi.people.operations import NewPerson, register_person
from serasi.residence import operations as residence
from serasi.residence.models import Bed

now = timezone.now()
then = now - timedelta(days=3)
with acting(User.objects.system(), "journeys"):
    staff = {{user.email.split("@")[0]: user for user in User.objects.filter(email__endswith="@demo")}}
    carer, other, worker, head = (staff[who] for who in ("pengasuh", "sri", "peksos", "kepala"))
    unit = carer.postings.get().unit
building = residence.add_building(id=uuid7(), unit=unit, name="Gedung Anggrek", by=head, at=then)
ward = residence.add_ward(id=uuid7(), building=building, name="Wisma Anggrek", by=head, at=then)
room = residence.add_room(id=uuid7(), ward=ward, name="Barat", beds={PEOPLE}, by=head, at=then)
with acting(head, "journeys"):
    beds = list(Bed.objects.filter(room=room).select_related("room__ward__unit"))
stays = []
for number, bed in enumerate(beds, start=1):
    new = NewPerson(
        identity_state=IdentityState.STATED, sex="P", full_name=f"Penghuni Malam {{number:02}}",
        kinds=["lanjut_usia_telantar"], no_nik_reason="tidak_membawa_dokumen",
    )
    person = register_person(id=uuid7(), unit=unit, new=new, by=worker, at=then)
    stays.append(residence.admit(
        id=uuid7(), person=person, unit=unit, room=None, bed=bed, purpose="Pemulihan", exit_plan="Pulang ke keluarga",
        happened_at=then, by=worker, at=now,
    ))
residence.go_out(id=uuid7(), stay=stays[1], kind="hospital", happened_at=now - timedelta(hours=9), by=carer, at=now)
hour = timezone.localtime(now).time().replace(minute=0, second=0, microsecond=0)
for stay in stays[2:5]:
    daily.copy_prescription(
        id=uuid7(), stay=stay, drug="Amlodipin", strength="5 mg", dose="1 tablet", times=[hour], starts=then.date(),
        prescriber="dr. Ratna", by=carer, at=then,
    )
daily.hand_over(
    id=uuid7(), ward=ward, shift=shift_at(unit, now), words="Keran kamar mandi timur bocor.", by=other, at=now
)
print(ward.pk)
"""


@pytest.fixture(scope="module")
def ward(world: Mapping[str, str]) -> str:
    """The address of the ward's day."""
    made = subprocess.run(  # noqa: S603
        [sys.executable, "-c", A_WARD_OF_SIXTY], env=dict(world), check=True, capture_output=True, text=True
    )
    return f"/harian/wisma/{made.stdout.split()[-1]}/"


@pytest.mark.journey
def test_a_night_of_sixty_is_kept_in_minutes(open_as: Callable[..., Page], ward: str) -> None:
    # Tuti comes on duty, on the phone of the ward. What the shift before left stands first.
    tuti = open_as("pengasuh", viewport=NARROW)
    tuti.goto(ward)
    is_at(tuti, "Hari ini di Wisma Anggrek")
    reads(tuti, "60 penghuni, 59 di tempat", "belum dibaca", "Keran kamar mandi timur bocor.")
    everyone_can_read(tuti)
    tuti.set_viewport_size(NARROW)
    follow(tuti, "Baca serah terima")
    reads(tuti, "Di rumah sakit", "Penghuni Malam 02")
    everyone_can_read(tuti)
    press(tuti, "Sudah saya baca")
    reads(tuti, "Serah terima dinyatakan sudah dibaca.")

    # She counts heads: fifty-eight, and one of the fifty-nine is nowhere.
    clerk = Clerk(tuti)
    clerk.follow("Apel")
    everyone_can_read(tuti)
    tuti.set_viewport_size(NARROW)
    clerk.touch("Penghuni Malam 07", "Tidak ada")
    clerk.write("Saya menghitung yang hadir", "59")
    refused = "Anda menghitung 59 orang, tetapi 58 ditandai hadir."
    clerk.press_and_stay("Tutup apel", lambda: reads(tuti, refused))
    clerk.write("Saya menghitung yang hadir", "58")
    clerk.press("Tutup apel")
    reads(tuti, "Tidak ditemukan", "Penghuni Malam 07", "58 kepala dihitung; semua penghuni terjawab.")
    print(f"roll call of {PEOPLE}, with one who is missing and a count that first did not close: {clerk}")
    assert clerk.seconds < 90
    everyone_can_read(tuti)
    tuti.set_viewport_size(NARROW)
    press(tuti, "Catat: Pergi tanpa izin: Penghuni Malam 07")
    reads(tuti, "Sudah di papan")

    # Who has to decide knows it at once.
    ratih = open_as("peksos")
    reads(ratih, "Penghuni tidak ditemukan saat apel", "· Wisma Anggrek")

    # Medicine: one refuses.
    follow(tuti, "Kembali ke hari ini")
    follow(tuti, "Obat")
    everyone_can_read(tuti)
    tuti.set_viewport_size(NARROW)
    touch(tuti, "Penghuni Malam 04", "Menolak")
    main(tuti).locator("summary", has_text="Penghuni Malam 04").click()
    write(tuti, "Alasan: Penghuni Malam 04, Amlodipin 5 mg", "mual, sudah dibujuk dua kali")
    press(tuti, "Sisanya sudah diberikan")
    reads(tuti, "Pemberian obat dicatat.", "Tidak ada obat yang menunggu")

    # Everybody sleeps but two.
    tuti.goto(f"{ward}putaran/sleep/")
    everyone_can_read(tuti)
    tuti.set_viewport_size(NARROW)
    clerk = Clerk(tuti)
    clerk.touch("Penghuni Malam 10", "Terjaga")
    clerk.touch("Penghuni Malam 11", "Gelisah")
    clerk.press("Simpan untuk semua")
    reads(tuti, "Tidur dicatat untuk semua.")
    print(f"sleep of {PEOPLE}, two unlike the rest: {clerk}")
    assert clerk.seconds < 30

    # A note, spoken into the phone; then the night is handed over.
    follow(tuti, "Catatan baru")
    write(tuti, "Apa yang terjadi?", "Menangis pukul dua, minta ditemani. Tidur lagi setelah minum hangat.")
    mark(tuti, "Tentang", "Tidur")
    tick(tuti, "Teruskan ke giliran berikut")
    main(tuti).get_by_role("checkbox", name=re.compile("^Penghuni Malam 11 ")).check()
    press(tuti, "Simpan")
    reads(tuti, "Catatan disimpan.", "Menangis pukul dua")
    follow(tuti, "Serah terima")
    tuti.get_by_role("group", name="Giliran yang diserahkan").get_by_role("radio").first.check()
    reads(tuti, "mual, sudah dibujuk dua kali", "Menangis pukul dua", "Tidur, Terjaga")
    everyone_can_read(tuti)
    tuti.set_viewport_size(NARROW)
    write(tuti, "Pesan untuk giliran berikut", "Polsek sudah ditelepon tentang #7.")
    press(tuti, "Serahkan")
    reads(tuti, "Serah terima disimpan")

    # Sri reads it in the morning, and the day fits on one sheet.
    sri = open_as("sri", viewport=NARROW)
    sri.goto(ward)
    reads(sri, "Polsek sudah ditelepon tentang #7.", "Belum ditemukan")
    follow(sri, "Baca serah terima")
    press(sri, "Sudah saya baca")
    follow(sri, "Ringkasan hari")
    assert path_of(sri) == f"{ward}ringkasan/"
    reads(sri, "58 hadir", "umumnya Tidur", "dibaca Sri Haryani")
    everyone_can_read(sri)
