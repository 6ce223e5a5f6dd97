"""What is waiting this morning: reports that nobody has decided on, a glass that was broken, activities of the week."""

from datetime import timedelta
from typing import Final

from serasi.access.models import User
from serasi.access.operations.emergency import review_emergency
from serasi.cases.enums import Approach, Phase, TeamPart
from serasi.cases.models import Case, TeamMember
from serasi.cases.operations.emergency import break_glass
from serasi.cases.operations.group_session import hold_session
from serasi.cases.operations.referral import escalate_silent_referrals
from serasi.cases.operations.report import receive_report
from serasi.people.models import Consent
from serasi.people.operations import withdraw_consent
from serasi.start.world.persons import report
from serasi.start.world.staff import DINSOS_DKI, DINSOS_SURABAYA, KEDOYA, KEPUTIH, LKS, PSBR, SENTRA
from serasi.start.world.world import World

_WAITING: Final = (
    (
        SENTRA,
        "peksos",
        "telepon",
        "Ibu muda dengan bayi, tidak punya tempat malam ini",
        "Menelepon dari warung, diusir kontrakan.",
        "Warga",
        ("tanpa_makan_tempat",),
        1.5,
    ),
    (
        SENTRA,
        "rekan",
        "surat",
        "Keluarga meminta kursi roda untuk kakek",
        "Surat dari kelurahan dengan tiga lampiran.",
        "Kelurahan",
        (),
        22,
    ),
    (
        SENTRA,
        "wulan",
        "rumah_sakit",
        "Laki-laki ±60, pascastroke, tidak ada penjemput",
        "Boleh pulang sejak kemarin; mengaku dari Cirebon.",
        "Perawat Santi",
        (),
        5,
    ),
    (
        PSBR,
        "peksos.dki",
        "diri_sendiri",
        "Pemuda 18 tahun ingin ikut pelatihan las",
        "Datang dengan ijazah SMP.",
        "",
        (),
        3,
    ),
    (
        PSBR,
        "dki.rekan",
        "polisi",
        "Remaja 16 tahun dititipkan setelah tawuran",
        "Orang tua belum dapat dihubungi.",
        "Polsek",
        (),
        6,
    ),
    (
        KEDOYA,
        "kedoya.peksos",
        "razia",
        "Laki-laki ±40, Pasar Senen",
        "Diserahkan bersama empat orang; tidak menjawab, membawa karung.",
        "Satpol PP Jakarta Pusat",
        ("tanpa_makan_tempat",),
        2,
    ),
    (
        KEDOYA,
        "kedoya.peksos",
        "razia",
        "Perempuan ±35 dengan anak balita",
        "Diserahkan bersama yang lain; anak demam.",
        "Satpol PP Jakarta Pusat",
        ("bayi_balita_sakit",),
        2,
    ),
    (
        DINSOS_DKI,
        "dinsos",
        "masyarakat",
        "Lansia sendirian di rumah kosong, Tambora",
        "Tetangga mendengar suara minta tolong.",
        "Ketua RT 9",
        (),
        4,
    ),
    (
        DINSOS_DKI,
        "dinsos",
        "telepon",
        "Keluarga tidur di halte",
        "Dua orang dewasa, tiga anak.",
        "Penelepon",
        ("tanpa_makan_tempat",),
        20,
    ),
    (
        KEPUTIH,
        "keputih.peksos",
        "penjangkauan",
        "Laki-laki ±30, telanjang kaki, berbicara sendiri",
        "Tim menemukannya di Jembatan Merah.",
        "TRC Surabaya",
        ("psikosis_akut",),
        1,
    ),
    (
        DINSOS_SURABAYA,
        "surabaya.peksos",
        "keluarga",
        "Anak tidak mau sekolah dan melukai tangannya",
        "Ibunya datang menangis.",
        "Ibu kandung",
        ("bunuh_diri",),
        3,
    ),
    (
        LKS,
        "lks",
        "masyarakat",
        "Anak tuli tujuh tahun belum bersekolah",
        "Kader melapor setelah pendataan.",
        "Kader",
        (),
        7,
    ),
)


def waiting_reports(world: World) -> None:
    """A dozen reports of the last day, one of them an emergency written in ninety seconds and not complete.

    And what was sent to others and has had no answer goes to their supervisors, as it does every morning.
    """
    crisis_at = world.now - timedelta(minutes=26)
    receive_report(
        id=world.person_id("laporan"),
        unit=world.units[SENTRA],
        channel="telepon",
        received_at=crisis_at,
        subject_description="Anak perempuan ±9, terkunci di rumah, terdengar dipukul",
        urgency="emergency",
        danger={"kekerasan_kini": "yes", "anak_sendirian": "yes"},
        is_complete=False,
        first_action="Polsek dihubungi, pendamping menuju lokasi.",
        by=world.users["peksos"],
        at=crisis_at,
    )
    for code, who, channel, about, narrative, reporter, danger, hours in _WAITING:
        report(
            world,
            "laporan",
            unit=world.units[code],
            by=world.users[who],
            at=world.now - timedelta(hours=hours),
            channel=channel,
            about=about,
            narrative=narrative,
            reporter_name=reporter,
            danger=danger,
            decide="",
        )
    escalate_silent_referrals(by=User.objects.system(), at=world.now)


def passed_on(world: World) -> None:
    """A report that the Dinas passed on to Kedoya, where it waits as a report of its own."""
    report(
        world,
        "diteruskan",
        id=world.person_id("diteruskan"),
        unit=world.units[DINSOS_DKI],
        by=world.users["dinsos"],
        at=world.now - timedelta(hours=9),
        channel="masyarakat",
        about="Bapak pemulung dengan kaki bengkak, Tanah Abang",
        narrative="Tidak bisa berjalan sejak dua hari.",
        reporter_name="Pedagang",
        decide="",
    )


def broken_glass(world: World) -> None:
    """Yusuf opened the file of Bagas last night because the boy had run away; the head has not reviewed it yet."""
    with world.looking():
        boy = Case.objects.get(person_id=world.person_id("bagas"))
    last_night = world.now - timedelta(hours=2, minutes=10)
    break_glass(
        id=world.person_id("kaca"),
        case_id=boy.pk,
        reason="Bagas tidak ada di kamar saat pemeriksaan malam; perlu nomor nenek dan tempat ia biasa pergi.",
        by=world.users["rekan"],
        at=last_night,
    )


def reviewed_glass(world: World) -> None:
    """Gunawan opened the file of Mbah Painem when she was taken to hospital; the head found it right."""
    with world.looking():
        elder = Case.objects.get(person_id=world.person_id("mbah-painem"))
    at = world.past(12, 2, 15)
    access = break_glass(
        id=world.person_id("kaca:lama"),
        case_id=elder.pk,
        reason="Dibawa ke IGD pukul dua pagi, dokter menanyakan obat yang diminum.",
        by=world.users["gunawan"],
        at=at,
    )
    review_emergency(
        access=access, is_justified=True, note="Tepat dan perlu.", by=world.users["kepala"], at=at + timedelta(hours=7)
    )


def this_week(world: World) -> None:
    """Activities in groups, and a consent that was taken back."""
    group_sessions(world)
    withdrawn_consent(world)


_GROUP_WEEKS: Final = (
    (9, "Pertemuan pertama; saling mengenal, sebagian masih diam."),
    (6, "Semua ikut sampai selesai."),
    (3, "Dua orang bergantian memimpin; yang lain mau mencoba minggu depan."),
    (1, "Lebih ramai dari biasanya; semua ingin meneruskannya bulan depan."),
)


def group_sessions(world: World) -> None:
    """Activities in groups over the last ten weeks, each written into the files of all who took part."""
    plans = (
        (SENTRA, "peksos", "terapi", "Kelompok bercerita sore", Approach.RESIDENTIAL),
        (SENTRA, "wulan", "terapi", "Seni dan gerak", Approach.RESIDENTIAL),
        (SENTRA, "rekan", "perawatan_pengasuhan", "Kerja bakti dan memasak bersama", Approach.RESIDENTIAL),
        (PSBR, "peksos.dki", "vokasional_kewirausahaan", "Praktik las bersama", Approach.RESIDENTIAL),
        (KEPUTIH, "keputih.peksos", "terapi", "Senam dan terapi okupasi", Approach.RESIDENTIAL),
        (LKS, "lks", "dukungan_keluarga", "Kelompok orang tua", Approach.COMMUNITY),
    )
    first = True
    for code, who, component, title, approach in plans:
        leader = world.users[who]
        cases = _served_by(world, leader)
        youngest = 15 if component == "vokasional_kewirausahaan" else 7
        for weeks, note in _GROUP_WEEKS:
            held_at = world.past(weeks * 7, 15, 30)
            present = [
                case
                for case in cases
                if case.opened_at < held_at and held_at.year - (case.person.birth_year_to or 0) >= youngest
            ][:14]
            if present:
                hold_session(
                    id=world.person_id("kelompok") if first else world.id("kelompok", held_at),
                    unit=world.units[code],
                    component=world.components[component],
                    title=title,
                    approach=approach,
                    held_at=held_at,
                    provider_name=leader.full_name,
                    cases=present,
                    minutes=90,
                    note=note,
                    by=leader,
                    at=held_at + timedelta(hours=2),
                )
                first = False


def _served_by(world: World, leader: User) -> list[Case]:
    phases = {Phase.IMPLEMENTATION, Phase.MONITORING, Phase.RESOCIALISATION}
    with world.looking():
        mine = TeamMember.objects.filter(user=leader, part=TeamPart.MANAGER, period__endswith=None)
        return list(
            Case.objects.open()
            .filter(pk__in=mine.values("case"), stage__phase__in=phases)
            .select_related("unit", "stage", "person")
            .order_by("opened_at", "number")
        )


def withdrawn_consent(world: World) -> None:
    """Somebody took back yesterday that their data may be shared for health; the clock runs."""
    with world.looking():
        consent = (
            Consent.objects.filter(purpose="health", explained_by=world.users["wulan"], withdrawn_at=None)
            .select_related("person")
            .order_by("given_at", "pk")
            .last()
        )
    if consent is not None and consent.given_at < world.past(1, 10):
        withdraw_consent(
            consent=consent, reason="Tidak ingin dokter lain tahu.", by=world.users["wulan"], at=world.past(1, 10)
        )
