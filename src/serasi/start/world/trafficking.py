"""Melati (not her name): a woman rescued from trafficking, in a sealed case that only its team can see."""

from datetime import datetime, timedelta

from serasi.cases.enums import Aim, Domain, GoalResult, NoteKind, SpmNeed, TeamPart
from serasi.people.enums import IdentityState
from serasi.start.world.casefile import CaseFile, Found, Service, Wish
from serasi.start.world.persons import register, report
from serasi.start.world.staff import SENTRA
from serasi.start.world.world import World

KEY = "melati"


def melati(world: World, begins: datetime) -> None:
    """Brought by the police. Wulan, the psychologist and the supervisor are her team; others do not see her."""
    users, desk = world.users, world.desks[SENTRA]
    wulan = users["wulan"]
    file = CaseFile(world, KEY, desk, wulan, begins)
    word = report(
        world,
        KEY,
        unit=desk.unit,
        by=wulan,
        at=file.at,
        channel="polisi",
        about="Perempuan dewasa, titipan penyidik",
        narrative="Diselamatkan dari tempat kerja di luar kota. Dokumen ditahan, upah setahun tidak dibayar.",
        reporter_name="Penyidik unit TPPO",
        danger=["perdagangan_orang", "kekerasan_kini"],
        first_action="Ditempatkan di kamar terpisah; tidak ada telepon keluar tanpa pendamping.",
    )
    file.at += timedelta(minutes=30)
    woman = register(
        world,
        KEY,
        id=world.person_id(KEY),
        unit=desk.unit,
        by=wulan,
        at=file.at,
        full_name="Melati Anggraeni",
        sex="P",
        birth_year_from=world.today.year - 25,
        birth_year_to=world.today.year - 23,
        identity_state=IdentityState.STATED,
        no_nik_reason="dilindungi",
        education="sltp",
        kinds=["korban_trafficking"],
    )
    file.at += timedelta(minutes=15)
    file.open(woman, report=word, team=[users["psikolog"]])
    file.join(users["supervisor"], part=TeamPart.SUPERVISOR)
    file.note("Memeriksa pintu tiga kali sebelum tidur. Diberi kunci kamar sendiri.", tags=("violence",))
    file.wait(1)
    file.advance()
    file.agree(
        months=9, promises="Tidak ada yang menghubungi keluarga tanpa persetujuannya.", consents=("care", "health")
    )
    file.advance()
    file.wait(3)
    file.assess(
        {
            Domain.BIOLOGICAL: Found(
                "Berat badan turun, bekas luka bakar lama di lengan. Visum selesai.", tags=("health", "violence")
            ),
            Domain.PSYCHOLOGICAL: Found(
                "Mudah terkejut, mimpi buruk, merasa bersalah meninggalkan temannya. Tidak ingin mengakhiri hidup.",
                strengths="Berani menyebut nama perekrut.",
                tags=("psychiatry", "violence"),
            ),
            Domain.SOCIAL: Found("Direkrut tetangga dengan janji gaji. Adiknya bersekolah dari kirimannya."),
            Domain.SPIRITUAL: Found("Berdoa rosario setiap malam."),
        },
        apart=2,
    )
    file.answer_spm(SpmNeed.INSIDE, "Keselamatannya hanya terjamin di tempat yang tertutup.")
    file.advance()
    file.wait(2)
    file.confer(
        "Keselamatan, kesaksian, dan apa yang ia inginkan sendiri",
        "Kesaksian direkam sekali, dengan pendamping. Restitusi diajukan lewat LPSK. Tempatnya tidak ditulis.",
        [("Mengajukan perlindungan dan restitusi ke LPSK", wulan, (world.today - file.day).days + 1)],
    )
    file.advance()
    file.wait(2)
    file.plan(
        "Ia ingin aman, lalu bekerja dengan upah yang benar.",
        [
            Wish(
                Aim.NEEDS,
                "Merasa aman dan tidur nyenyak",
                "Enam malam seminggu tanpa terbangun",
                "Terbangun setiap malam",
                [
                    Service("terapi", "Konseling trauma", "dua kali seminggu", 24, users["psikolog"]),
                    Service("bantuan_asistensi", "Pendampingan hukum dan restitusi", "sesuai jadwal", 6),
                ],
            ),
            Wish(
                Aim.ROLES,
                "Mempunyai keterampilan untuk bekerja",
                "Lulus pelatihan tata boga",
                "Tamat SMP",
                [Service("vokasional_kewirausahaan", "Pelatihan tata boga di dalam sentra", "tiga kali seminggu", 30)],
            ),
        ],
    )
    file.advance()
    file.wait(5)
    file.deliver(0, by=users["psikolog"], note="Membuat peta rasa aman; tertawa untuk pertama kali.")
    file.deliver(1, note="Kesaksian direkam; ia meminta salinannya.")
    file.advance()
    file.wait(12)
    file.monitor(
        (3, 2, 2),
        "Tidur lima jam. Memasak untuk satu wisma pada hari Minggu.",
        voice="Saya mau memasak di tempat yang pintunya boleh dibuka.",
        results=[GoalResult.PARTLY],
        next_in=30,
    )
    file.note("Setuju adiknya diberi kabar lewat pendamping gereja, tanpa alamat.", NoteKind.CONTACT)
