"""Rizki: a young man from the agreement to work, and the visit after twelve months."""

from datetime import date, datetime, timedelta

from serasi.cases.enums import Aim, Approach, Domain, GoalResult, NoteKind, Risk, SpmNeed, TracingResult
from serasi.common.periods import add_months
from serasi.people.enums import AddressKind, IdentityState
from serasi.people.operations import Place, give_own_access
from serasi.start.world.casefile import CaseFile, Found, Service, Wish
from serasi.start.world.persons import born_at_age, invented_nik, register, report
from serasi.start.world.pictures import typed
from serasi.start.world.staff import SENTRA
from serasi.start.world.world import JAKARTA, World

KEY = "rizki"


def came_on(world: World) -> datetime:
    """He left a year ago to the day, and had come five months before that."""
    came = _left_on(world) - timedelta(days=150)
    return datetime(came.year, came.month, came.day, 9, 15, tzinfo=JAKARTA)


def _left_on(world: World) -> date:
    return add_months(world.today, -12)


def rizki(world: World, begins: datetime) -> None:
    """He came by himself at nineteen, learnt to repair motorcycles, and left for a workshop a year ago to the day.

    Ratih has visited him after one, three and six months; the visit after twelve is due today.
    """
    users, desk = world.users, world.desks[SENTRA]
    ratih, hendrik = users["peksos"], users["instruktur"]
    file = CaseFile(world, KEY, desk, ratih, begins)
    born = born_at_age(world.dice(KEY), file.day, (19, 19))
    word = report(
        world,
        KEY,
        unit=desk.unit,
        by=ratih,
        at=file.at,
        channel="diri_sendiri",
        about="Rizki Ramadani, 19 tahun, datang sendiri",
        narrative="Lulus panti asuhan, menumpang di musala, ingin belajar bengkel. Tahu sentra dari kakak kelasnya.",
    )
    file.at += timedelta(minutes=20)
    man = register(
        world,
        KEY,
        id=world.person_id(KEY),
        unit=desk.unit,
        by=ratih,
        at=file.at,
        full_name="Rizki Ramadani",
        nickname="Iki",
        sex="L",
        birth_date=born,
        birth_place="Karawang",
        identity_state=IdentityState.DOCUMENT_SEEN,
        nik=invented_nik(world.dice(KEY), "32.15.01", born, "L"),
        mother_name="Siti Aisah",
        religion="islam",
        marital="belum_kawin",
        education="sltp",
        phone="+6289900000222",
        places={AddressKind.DOMICILE: Place("32.75", "Musala Al-Contoh, Gang Contoh 4", "003", "007")},
        kinds=["fakir_miskin"],
    )
    file.at += timedelta(minutes=20)
    file.open(man, report=word, team=[users["psikolog"], hendrik], risk=Risk.LOW, cluster="ppks_lain")
    file.wait(1)
    file.advance()
    file.agree(
        months=12,
        promises="Mengikuti pelatihan lima hari seminggu; menabung seperlima uang saku.",
        consents=("care", "photo"),
    )
    file.photograph()
    file.advance()
    file.letter("agreement")
    file.wait(2)
    file.assess(
        {
            Domain.BIOLOGICAL: Found("Sehat, merokok sebungkus dua hari."),
            Domain.PSYCHOLOGICAL: Found(
                "Rendah diri soal ijazah, tekun bila praktik.", strengths="Jujur, sabar mengurai masalah."
            ),
            Domain.SOCIAL: Found(
                "Tumbuh di panti sejak umur enam; ibu di Karawang, jarang bertemu.",
                needs="Tempat tinggal, KTP, pekerjaan.",
            ),
            Domain.SPIRITUAL: Found("Menjadi muazin di musala tempatnya menumpang."),
            Domain.INTERESTS: Found("Minat dan bakat mekanik kuat; cita-cita membuka bengkel sendiri."),
        },
        apart=1,
    )
    file.answer_spm(SpmNeed.OUTSIDE, "Kebutuhan dasar dapat dipenuhi dengan asrama sementara dan pelatihan.")
    file.advance()
    file.wait(2)
    file.confer(
        "Keterampilan yang cocok dan jalan menuju pekerjaan",
        "Rizki memilih otomotif. Praktik kerja di bengkel mitra pada bulan keempat. KTP diurus dengan alamat sentra.",
        [("Mengurus KTP Rizki", ratih, 20), ("Menghubungi bengkel mitra untuk praktik kerja", hendrik, 60)],
    )
    file.advance()
    file.wait(2)
    file.plan(
        "Dari menumpang menjadi bekerja dan mengontrak kamar sendiri.",
        [
            Wish(
                Aim.ROLES,
                "Bekerja sebagai mekanik sepeda motor",
                "Diterima bekerja setelah praktik kerja",
                "Belum ada keterampilan",
                [
                    Service(
                        "vokasional_kewirausahaan",
                        "Pelatihan otomotif dan praktik kerja",
                        "lima kali seminggu",
                        80,
                        hendrik,
                    )
                ],
            ),
            Wish(
                Aim.NEEDS,
                "Tinggal di kamar yang dibayarnya sendiri",
                "Sewa dibayar tiga bulan berturut-turut",
                "Menumpang di musala",
                [
                    Service("bantuan_asistensi", "Pengurusan KTP dan rekening tabungan", "sesuai kebutuhan", 3),
                    Service("terapi", "Kelompok kecakapan hidup", "seminggu sekali", 12, users["psikolog"]),
                ],
            ),
        ],
    )
    file.advance()
    for day, note in (
        (10, "Membongkar karburator tanpa bantuan."),
        (14, "Nilai praktik tertinggi di kelas."),
        (14, "Dua kali terlambat; membuat jadwal sendiri."),
    ):
        file.wait(day)
        file.deliver(0, by=hendrik, note=note, minutes=240)
    file.deliver(1, note="KTP terbit, rekening dibuka.")
    file.settle_tasks()
    file.advance()
    file.wait(5)
    file.monitor(
        (3, 2, 3),
        "Rajin, mulai mengajari yang baru.",
        voice="Baru kali ini ada yang percaya saya pegang kunci bengkel.",
        next_in=45,
    )
    file.wait(25)
    file.deliver(
        0, by=hendrik, note="Praktik kerja minggu ketiga; pemilik bengkel ingin mempertahankannya.", minutes=420
    )
    file.wait(8)
    file.monitor(
        (4, 4, 4),
        "Diterima bekerja. Kamar kos sudah dibayar dua bulan dari uang praktik.",
        voice="Bulan depan saya kirim uang ke Ibu.",
        results=[GoalResult.ACHIEVED],
        next_in=None,
    )
    file.put_in(
        "Sertifikat pelatihan otomotif",
        typed(
            "Sertifikat pelatihan mekanik sepeda motor",
            "Lembaga Pelatihan Contoh",
            ["Diberikan kepada Rizki Ramadani.", "Lulus 240 jam pelatihan dan praktik kerja dengan nilai baik."],
        ),
    )
    file.advance()
    file.wait(2)
    file.trace(
        "Kunjungan ke Karawang",
        "Ibu Siti Aisah",
        TracingResult.FOUND,
        "Ibu bangga, ingin Rizki pulang saat Lebaran.",
        region="32.15",
    )
    file.settle_tasks()
    file.ready((5, 4, 4), "Rizki siap; pemilik bengkel dan ibu kos mengenal tim.")
    file.approach(Approach.COMMUNITY, "Tinggal di kos, bekerja; didampingi dari luar.")
    _leave(file, _left_on(world))
    _look_after(file)
    give_own_access(person=man, user=users["warga"], by=ratih, at=file.at)


def _leave(file: CaseFile, left: date) -> None:
    """The last day: hand-over to himself and his employer, tool kit, termination."""
    while file.day < left:
        file.wait(1)
    file.hand_over(
        "Haji Mulyono",
        "Pemilik bengkel",
        "Sehat, bersemangat.",
        items="KTP, ijazah, sertifikat otomotif, satu set kunci",
        witness="Hendrik Manalu",
    )
    file.end("bekerja_mandiri", "mandiri", "Bekerja di bengkel, mengontrak kamar, menabung.", visits_by=file.manager)
    file.letter("handover")
    file.letter("termination")


def _look_after(file: CaseFile) -> None:
    accounts = (
        (
            "Rizki dan ibu kos",
            (4, 4, 3),
            "Gaji pertama dipakai membayar kos dan mengirim ke ibu. Bangun sendiri setiap pagi.",
        ),
        (
            "Rizki dan Haji Mulyono",
            (4, 4, 4),
            "Dipercaya membuka bengkel pagi. Sempat sakit seminggu, berobat dengan KIS.",
        ),
        ("Rizki", (5, 4, 4), "Naik upah. Mulai ikut kejar paket C."),
    )
    for visit, (whom, scores, account) in zip(file.visits(), accounts, strict=False):
        file.visit(visit, on=visit.due_date + timedelta(days=1), with_whom=whom, scores=scores, account=account)
        if visit.month == 1:
            file.into_aftercare()
    file.wait(1)
    file.note(
        "Mengirim foto sertifikat paket C lewat pesan. Sepakat bertemu untuk kunjungan dua belas bulan.",
        NoteKind.CONTACT,
    )
