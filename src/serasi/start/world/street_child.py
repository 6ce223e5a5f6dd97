"""Bagas: a street child brought in by public order."""

from datetime import datetime, timedelta

from serasi.cases.enums import Aim, Domain, GoalResult, NoteKind, Risk, SpmNeed, TeamPart, TracingResult
from serasi.cases.operations.conference import Seat
from serasi.people.enums import AddressKind, AliasKind, IdentityState
from serasi.people.models import Person
from serasi.people.operations import Place, add_alias, add_relationship
from serasi.start.world.casefile import CaseFile, Found, Service, Wish
from serasi.start.world.persons import register, report
from serasi.start.world.pictures import typed
from serasi.start.world.staff import SENTRA
from serasi.start.world.world import World

KEY = "bagas"


def bagas(world: World, begins: datetime) -> None:
    """A boy of eleven, handed over by Satpol PP at night eleven weeks ago.

    He is in school again, his mother has been found, and whether he can go home is being prepared: Ratih has a task
    that is overdue, one for today and one for this week.
    """
    users, desk = world.users, world.desks[SENTRA]
    ratih = users["peksos"]
    file = CaseFile(world, KEY, desk, ratih, begins)
    word = report(
        world,
        KEY,
        unit=desk.unit,
        by=ratih,
        at=file.at,
        channel="razia",
        about="Anak laki-laki sekitar 11 tahun, kaus merah, membawa ukulele",
        narrative=(
            "Diserahkan regu patroli Satpol PP pukul 20.40 dari kolong jalan layang. Anak mengaku bernama Bagas, "
            "mengamen sejak sore, belum makan. Tidak ada orang dewasa yang menjaga. Lutut kirinya lecet."
        ),
        reporter_name="Danton Sumardi, Satpol PP",
        reporter_relation="Petugas penertiban",
        place="Kolong jalan layang dekat Stasiun Bekasi",
        danger=["anak_sendirian", "tanpa_makan_tempat"],
        first_action="Diberi makan, mandi, dan tempat tidur; ditemani pengasuh malam.",
    )
    file.at += timedelta(minutes=25)
    boy = register(
        world,
        KEY,
        id=world.person_id(KEY),
        unit=desk.unit,
        by=ratih,
        at=file.at,
        full_name="Bagas Saputra",
        nickname="Bagas",
        sex="L",
        birth_year_from=world.today.year - 12,
        birth_year_to=world.today.year - 10,
        identity_state=IdentityState.STATED,
        religion="islam",
        marital="belum_kawin",
        education="belum_tamat_sd",
        places={
            AddressKind.FOUND: Place("32.75", "Kolong jalan layang dekat Stasiun Bekasi"),
            AddressKind.ORIGIN: Place("32.15", "Kampung Contoh, dekat pasar"),
        },
        kinds=["anak_jalanan"],
    )
    add_alias(id=world.id(KEY, file.at), person=boy, name="Gaplek", kind=AliasKind.STREET, by=ratih, at=file.at)
    file.at += timedelta(minutes=20)
    team = [users["psikolog"], users["pengasuh"], users["pendamping"]]
    file.open(boy, report=word, team=team, risk=Risk.HIGH)
    file.join(users["mahasiswa"], part=TeamPart.STUDENT)
    file.note("Tidur pukul sebelas, minta lampu tetap menyala. Pagi makan dua piring.", by=users["pengasuh"])
    file.wait(1)
    file.advance()
    file.agree(
        guardian=users["kepala"].full_name,
        relation="Wali sementara, kepala sentra",
        months=12,
        promises="Bagas boleh menyimpan ukulelenya dan menelepon ibunya setelah nomornya ditemukan.",
        consents=("care", "health", "photo"),
    )
    file.photograph()
    file.advance()
    file.letter("agreement")
    file.wait(2)
    file.assess(
        {
            Domain.BIOLOGICAL: Found(
                "Berat 27 kg, tinggi 133 cm. Lutut lecet, gigi geraham berlubang. Imunisasi tidak diketahui.",
                strengths="Nafsu makan baik, lincah.",
                needs="Periksa gigi dan imunisasi kejar.",
                tags=("health",),
            ),
            Domain.PSYCHOLOGICAL: Found(
                "Waspada pada laki-laki dewasa, hangat setelah kenal. Takut gelap. Tidak ada pikiran melukai diri. "
                "Menghindar bila ditanya tentang ayah tirinya.",
                strengths="Humoris, memainkan lagu di depan kelompok.",
                needs="Konseling bermain; rasa aman pada malam hari.",
            ),
            Domain.SOCIAL: Found(
                "Putus sekolah di kelas empat. Enam bulan di jalan bersama dua teman yang lebih tua.",
                strengths="Pandai berhitung uang dan menghafal jalan.",
                needs="Sekolah, dokumen, teman sebaya di luar jalan.",
            ),
            Domain.SPIRITUAL: Found("Hafal beberapa surat pendek, rindu mengaji di musala dekat rumah."),
            Domain.FAMILY: Found(
                "Ibu bekerja di pabrik, ayah tiri pemarah. Nenek dari ibu pernah mengasuhnya sampai kelas dua.",
                needs="Bertemu ibu tanpa ayah tiri; menilai rumah nenek.",
                tags=("violence",),
            ),
        },
        apart=2,
    )
    file.answer_spm(SpmNeed.INSIDE, "Anak tanpa pengasuh yang aman; kebutuhan dasar hanya terpenuhi di dalam lembaga.")
    file.advance()
    file.wait(3)
    file.confer(
        "Apakah Bagas dapat pulang ke ibunya, dan apa yang harus ada lebih dahulu?",
        "Bagas hadir setengah jam pertama dan berkata ingin bersekolah. Disepakati tetap tinggal di sentra sambil "
        "ibunya ditemui; rumah nenek dinilai sebagai pilihan. Tidak ada kunjungan ayah tiri sampai dinilai psikolog.",
        [
            ("Mendaftarkan Bagas ke SD terdekat", ratih, 7),
            ("Menilai hubungan Bagas dengan ayah tirinya", users["psikolog"], 21),
            ("Mencari rumah nenek bersama pendamping", users["pendamping"], 14),
        ],
        seats=[Seat(name="Bagas", is_the_person=True), Seat(name="Ibu Yayah", profession="Guru SD")],
    )
    file.advance()
    file.wait(3)
    file.plan(
        "Bagas ingin bersekolah dan bertemu ibunya. Ia memerlukan orang dewasa yang dapat dipercaya.",
        [
            Wish(
                Aim.ROLES,
                "Bagas bersekolah lagi",
                "Masuk kelas setiap hari selama tiga bulan",
                "Putus sekolah enam bulan",
                [
                    Service("kebutuhan_hidup_layak", "Pendaftaran sekolah dan perlengkapan", "sekali", 2),
                    Service("perawatan_pengasuhan", "Pendampingan belajar sore", "setiap hari", 60, users["pengasuh"]),
                ],
            ),
            Wish(
                Aim.NEEDS,
                "Bagas tinggal bersama orang yang aman baginya",
                "Tinggal bersama ibu atau nenek dan tidak kembali ke jalan",
                "Tidak ada pengasuh",
                [
                    Service("dukungan_keluarga", "Penelusuran dan konseling keluarga", "dua minggu sekali", 8),
                    Service("terapi", "Konseling bermain", "seminggu sekali", 12, users["psikolog"]),
                ],
            ),
        ],
    )
    file.advance()
    file.letter("plan")
    _at_school(file, boy)
    _what_is_next(file)


def _at_school(file: CaseFile, boy: Person) -> None:
    """Services, the search for his family, and how the first visits went."""
    world, users, ratih = file.world, file.world.users, file.manager
    file.wait(4)
    file.deliver(0, note="Diterima di kelas empat; seragam dan sepatu dibeli bersama Bagas.")
    file.put_in(
        "Surat penerimaan dari sekolah",
        typed(
            "Surat keterangan diterima di sekolah",
            "SD Negeri Contoh 04",
            ["Menerangkan bahwa Bagas Saputra diterima di kelas empat.", "Rapor dari sekolah lama menyusul."],
        ),
    )
    file.wait(3)
    file.deliver(1, by=users["pengasuh"], note="Mengerjakan perkalian, mau mengajari temannya.")
    file.wait(4)
    file.deliver(
        3, by=users["psikolog"], note="Bermain wayang: tokoh anak bersembunyi dari raksasa, lalu dibantu kakek."
    )
    file.note(
        "Malam mencari sandal yang hilang, hampir berkelahi, lalu minta ditemani. Diajak bicara, mau meminta maaf.",
        by=users["pengasuh"],
    )
    file.trace(
        "Kunjungan bersama pendamping",
        "Ketua RT dan Ibu Rokayah (nenek)",
        TracingResult.FOUND,
        "Rumah nenek ditemukan di belakang pasar. Nenek menangis mendengar kabar Bagas dan memberi nomor ibunya.",
        region="32.15",
    )
    file.settle_tasks()
    add_relationship(
        id=world.id(KEY, file.at),
        person=boy,
        relation="kakek_nenek",
        contact_name="Rokayah",
        contact_address="Kampung Contoh, belakang pasar",
        note="Bersedia mengasuh bila ibunya setuju.",
        since=file.day,
        by=ratih,
        at=file.at,
    )
    add_relationship(
        id=world.id(KEY, file.at),
        person=boy,
        relation="orang_tua",
        contact_name="Nining",
        contact_phone="+6289900000111",
        is_guardian=True,
        since=file.day,
        by=ratih,
        at=file.at,
    )
    file.wait(6)
    file.advance()
    file.deliver(
        2, note="Ibunya datang, membawa kue. Bagas duduk jauh, lalu mendekat. Sepakat bertemu lagi dua minggu."
    )
    file.note(
        "Pertimbangkan nenek sebagai pengasuh utama; jangan menjanjikan tanggal pulang sebelum kesiapan diperiksa.",
        NoteKind.SUPERVISION,
    )


def _what_is_next(file: CaseFile) -> None:
    """One look at the goals, and what Ratih has still to do."""
    world, ratih = file.world, file.manager
    file.wait(9)
    file.settle_tasks()
    file.monitor(
        (3, 3, 2),
        "Empat minggu masuk sekolah, dua kali absen. Tidur lebih baik. Hubungan dengan ibu mulai hangat.",
        voice="Aku mau pulang ke rumah Nenek, tapi sekolahnya di sini saja, bisa?",
        results=[GoalResult.PARTLY, GoalResult.NOT_YET],
        next_in=(world.today - file.day).days + 3 if file.day < world.today else 3,
    )
    file.advance()
    file.rate(Risk.MEDIUM, "Tidak lari sejak masuk; ibu dan nenek ditemukan.")
    late, today, soon = world.today - timedelta(days=2), world.today, world.today + timedelta(days=4)
    file.ask("Meminta rapor dan surat pindah dari sekolah lama", ratih, max(late, file.day))
    file.ask("Menelepon Ibu Nining tentang kunjungan hari Sabtu", ratih, today)
    file.ask("Menilai rumah nenek dan menulis kesiapan", ratih, soon)
