"""Wahyu: a referral from the city of Surabaya to a sentra of the ministry, and back. And others that went otherwise."""

from datetime import datetime, timedelta

from serasi.cases.enums import Aim, Approach, Domain, GoalResult, ReferralKind, SpmNeed, TracingResult, Urgency
from serasi.cases.models import Referral
from serasi.cases.operations.referral import (
    refuse_referral,
    return_result,
    write_message,
)
from serasi.people.enums import AddressKind, IdentityState
from serasi.people.operations import Place
from serasi.start.world.casefile import CaseFile, Found, Service, Wish
from serasi.start.world.persons import ODGJ, SORTS, Invented, Sort, born_at_age, invent, invented_nik, register, report
from serasi.start.world.pictures import typed
from serasi.start.world.staff import BUDI_MULIA, DINSOS_SURABAYA, GRIYA_WREDA, KEDOYA, KEPUTIH, PSBR, SENTRA, SIDOARJO
from serasi.start.world.world import World

KEY = "wahyu"


def wahyu(world: World, begins: datetime, arrives: datetime) -> None:
    """A man of twenty-eight who lost a leg at work; the city asks the sentra for a prosthesis and a trade.

    Ratih takes him in, he walks and learns to sew leather, goes home to Surabaya, and the city hears how it went.
    """
    city, users = world.desks[DINSOS_SURABAYA], world.users
    dewi = users["surabaya.peksos"]
    home = CaseFile(world, KEY, city, dewi, begins)
    word = report(
        world,
        KEY,
        unit=city.unit,
        by=dewi,
        at=home.at,
        channel="masyarakat",
        about="Wahyu Santosa, kaki kanan diamputasi",
        narrative="Kehilangan kaki kanan karena mesin pres setahun lalu. Istri berjualan nasi, dua anak kecil.",
        reporter_name="Ketua RT 4",
        reporter_relation="Tetangga",
    )
    home.at += timedelta(minutes=30)
    born = born_at_age(world.dice(KEY), world.today, (28, 28))
    man = register(
        world,
        KEY,
        id=world.person_id(KEY),
        unit=city.unit,
        by=dewi,
        at=home.at,
        full_name="Wahyu Santosa",
        sex="L",
        birth_date=born,
        birth_place="Surabaya",
        identity_state=IdentityState.DOCUMENT_SEEN,
        religion="islam",
        marital="kawin",
        education="slta",
        nik=invented_nik(world.dice(KEY), "35.78.09", born, "L"),
        kinds=["penyandang_disabilitas"],
        places={AddressKind.DOMICILE: Place("35.78", "Gang Contoh Baru 12", "004", "002")},
    )
    home.at += timedelta(minutes=15)
    home.open(man, report=word, approach=Approach.FAMILY, team=[users["surabaya.psikolog"]])
    home.wait(1)
    home.advance()
    home.agree(months=18, consents=("care", "sharing", "health"))
    home.advance()
    home.wait(2)
    home.assess(_found())
    home.answer_spm(SpmNeed.OUTSIDE, "Tinggal bersama keluarga; memerlukan alat bantu dan penghasilan.")
    home.advance()
    home.wait(3)
    home.confer(
        "Alat bantu dan penghasilan",
        "Prostesis dan pelatihan tidak tersedia di kota; dirujuk ke sentra terpadu. Kasus kota tetap berjalan.",
        [("Menyiapkan berkas rujukan", dewi, 7)],
    )
    home.advance()
    home.wait(2)
    home.plan("Wahyu ingin berjalan dan bekerja lagi; keluarganya tetap makan selama ia belajar.", _wishes_of_city())
    home.advance()
    home.aid("kebutuhan_hidup_layak", "Paket sembako bagi keluarga selama Wahyu dirujuk")
    home.wait(2)
    referral = home.refer(
        world.desks[SENTRA].unit,
        "layanan_tidak_ada",
        "Mohon pembuatan prostesis kaki kanan dan pelatihan keterampilan duduk; keluarga siap menerima kembali.",
    )
    home.letter("referral")
    home.put_in(
        "Surat dokter bedah tulang",
        typed(
            "Surat keterangan dokter",
            "Rumah Sakit Contoh Surabaya",
            ["Menerangkan bahwa Wahyu Santosa pulih dari amputasi di bawah lutut kanan.", "Luka boleh dibebani."],
        ),
        tags=("health",),
    )
    there = _at_the_sentra(world, referral, home, arrives)
    home.at = there.at + timedelta(hours=3)
    home.wait(1)
    home.hand_over(
        "Dewi Ratnasari",
        "Pekerja sosial Dinas Sosial Kota Surabaya",
        "Berjalan dengan prostesis tanpa tongkat.",
        referral=_fresh(world, referral),
    )
    home.deliver(0, note="Mesin jahit kulit dari bantuan usaha dipasang di teras rumahnya.")
    home.settle_tasks()
    home.advance()
    home.wait(14)
    home.monitor(
        (4, 4, 3),
        "Tiga pesanan sepatu dalam dua minggu; anak sulung bangga.",
        voice="Saya jalan ke sekolah mengantar anak.",
        results=[GoalResult.PARTLY, GoalResult.ACHIEVED],
        next_in=45,
    )
    there.into_aftercare()
    visit = there.visits()[0]
    there.visit(
        visit,
        on=visit.due_date + timedelta(days=2),
        with_whom="Wahyu, lewat panggilan video",
        scores=(4, 4, 4),
        account="Berjalan setiap hari, pesanan bertambah; soket terasa longgar, dijadwalkan penyesuaian.",
    )


def _found() -> dict[Domain, Found]:
    return {
        Domain.BIOLOGICAL: Found("Amputasi di bawah lutut kanan, luka sembuh, otot paha kuat.", tags=("health",)),
        Domain.PSYCHOLOGICAL: Found("Sempat menarik diri setahun; kini ingin bekerja.", strengths="Didukung istri."),
        Domain.SOCIAL: Found("Tetangga membantu; perusahaan lama tidak memberi santunan."),
        Domain.SPIRITUAL: Found("Ikut pengajian malam Jumat."),
    }


def _wishes_of_city() -> list[Wish]:
    return [
        Wish(
            Aim.ROLES,
            "Mempunyai penghasilan dari rumah",
            "Pesanan tetap tiga bulan",
            "Tidak bekerja",
            [Service("bantuan_asistensi", "Bantuan usaha dan pendampingan", "sebulan sekali", 6)],
        ),
        Wish(
            Aim.NEEDS,
            "Mempunyai kaki palsu yang cocok",
            "Berjalan tanpa tongkat",
            "Memakai tongkat ketiak",
            [Service("aksesibilitas", "Rujukan prostesis", "sekali", 1)],
        ),
    ]


def _at_the_sentra(world: World, referral: Referral, home: CaseFile, arrives: datetime) -> CaseFile:
    """From the acceptance to the way home; ends with the result told to the city."""
    users, desk = world.users, world.desks[SENTRA]
    ratih = users["peksos"]
    there = CaseFile(world, f"{KEY}:sentra", desk, ratih, home.at)
    there.wait(1)
    write_message(
        id=world.id(KEY, there.at),
        referral=referral,
        text="Apakah luka sudah boleh dibebani? Mohon surat dokter.",
        by=ratih,
        at=there.at,
    )
    there.at += timedelta(hours=2)
    write_message(
        id=world.id(KEY, there.at),
        referral=referral,
        text="Sudah, surat dokter terlampir dalam berkas kesehatan.",
        by=home.manager,
        at=there.at,
    )
    there.at = arrives
    accepted = there.accept(referral, "Tempat tersedia.")
    there.join(users["psikolog"])
    there.join(users["instruktur"])
    there.wait(4)
    there.hand_over("Ratih Kusumawardani", "Pekerja sosial sentra", "Sehat, datang bersama istri.", referral=accepted)
    there.advance()
    there.agree(months=9, consents=("care", "health"))
    there.advance()
    there.approach(Approach.RESIDENTIAL, "Tinggal di asrama selama pembuatan prostesis dan pelatihan.")
    there.wait(2)
    there.assess(_found())
    there.answer_spm(SpmNeed.INSIDE, "Pembuatan dan latihan prostesis memerlukan asrama.")
    there.advance()
    there.wait(2)
    there.confer(
        "Prostesis dahulu atau pelatihan dahulu?",
        "Keduanya berjalan: latihan duduk sejak minggu pertama.",
        [("Memesan prostesis", ratih, 10)],
    )
    there.advance()
    there.wait(2)
    there.plan(
        "Berjalan dan menjahit kulit.",
        [
            Wish(
                Aim.NEEDS,
                "Berjalan dengan prostesis",
                "Naik tangga tanpa pegangan",
                "Tongkat ketiak",
                [Service("aksesibilitas", "Prostesis dan latihan berjalan", "tiga kali seminggu", 30)],
            ),
            Wish(
                Aim.ROLES,
                "Mampu menjahit sepatu kulit",
                "Menyelesaikan sepasang sepatu sendiri",
                "Belum bisa",
                [
                    Service(
                        "vokasional_kewirausahaan",
                        "Pelatihan jahit kulit",
                        "lima kali seminggu",
                        60,
                        users["instruktur"],
                    )
                ],
            ),
        ],
    )
    there.advance()
    for note in (
        "Berdiri dua menit dengan kaki barunya.",
        "Berjalan sepuluh meter di palang sejajar.",
        "Naik tangga, turun masih takut.",
    ):
        there.wait(11)
        there.deliver(0, note=note)
        there.deliver(1, by=users["instruktur"], note="Pola dan potongan rapi.", minutes=180)
    there.settle_tasks()
    there.advance()
    there.wait(8)
    there.monitor((3, 3, 3), "Maju pesat; rindu anak-anak.", voice="Kaki ini sudah jadi kaki saya.", next_in=30)
    there.wait(18)
    there.monitor((4, 4, 4), "Siap pulang dengan alat jahit.", results=[GoalResult.ACHIEVED], next_in=None)
    there.advance()
    there.wait(2)
    there.trace("Telepon video", "Istri", TracingResult.FOUND, "Rumah siap, teras diberi pegangan.", region="35.78")
    there.ready((5, 5, 4), "Semua siap; kota menyiapkan bantuan usaha.")
    there.wait(3)
    there.hand_over(
        "Dewi Ratnasari",
        "Pekerja sosial Dinas Sosial Kota Surabaya",
        "Berjalan tanpa tongkat, membawa alat jahit.",
        items="Prostesis, mesin jahit kulit, sertifikat, berkas kesehatan",
        witness="Istri",
    )
    return_result(
        referral=_fresh(world, referral),
        result="Berjalan dengan prostesis tanpa tongkat. Lulus pelatihan jahit kulit. Mohon kontrol tiap enam bulan.",
        by=ratih,
        at=there.at,
    )
    there.end(
        "tujuan_tercapai", "mandiri_dukungan", "Kembali ke keluarga di Surabaya; kota melanjutkan.", visits_by=ratih
    )
    return there


def _fresh(world: World, referral: Referral) -> Referral:
    with world.looking():
        return Referral.objects.select_related("case__unit", "to_unit", "from_unit", "received_case__unit").get(
            pk=referral.pk
        )


def refused(world: World, begins: datetime) -> None:
    """Keputih asks the UPT in Sidoarjo, which is full and says when to ask again."""
    file = _opened(world, "ditolak", KEPUTIH, ODGJ, begins=begins, name="Slamet Riyadi Kusno")
    referral = file.refer(
        world.units[SIDOARJO], "kapasitas_penuh", "Liponsos penuh; kondisi stabil, memerlukan kegiatan harian."
    )
    file.wait(2)
    refuse_referral(
        referral=referral,
        code="penuh",
        reason="Kapasitas penuh sampai akhir bulan depan. Mohon diajukan kembali sesudahnya, atau ke Griya Wreda.",
        by=world.users["sidoarjo.peksos"],
        at=file.at,
    )
    file.note("Rujukan ditolak karena penuh; diajukan kembali bulan depan.")


def transferred(world: World, begins: datetime, arrives: datetime) -> None:
    """Kedoya hands an elder over to Budi Mulia for good: the file ends in one and begins in the other."""
    file = _opened(
        world,
        "pelimpahan",
        KEDOYA,
        next(s for s in SORTS if s.kind == "lanjut_usia_telantar"),
        begins=begins,
        name="Wiryo Utomo",
    )
    referral = file.refer(
        world.units[BUDI_MULIA],
        "jenjang_panti",
        "Lansia mandiri, masa transit selesai.",
        kind=ReferralKind.TRANSFER,
        urgency=Urgency.ORDINARY,
    )
    there = CaseFile(world, "pelimpahan:di-sana", world.desks[BUDI_MULIA], world.users["bm.peksos"], arrives)
    there.accept(referral, "Diterima di wisma Cempaka.")


def silent(world: World, begins: datetime) -> None:
    """Keputih asks the sentra, and nobody has answered for nine days."""
    file = _opened(world, "sunyi", KEPUTIH, ODGJ, begins=begins, name="Mulyadi Jatmiko")
    file.at = max(file.at, world.past(9, 10))
    file.refer(
        world.units[SENTRA],
        "masalah_kompleks",
        "Memerlukan rehabilitasi psikososial jangka menengah.",
        urgency=Urgency.URGENT,
    )


def waiting(world: World, begins: datetime) -> None:
    """PSBR asks the sentra since yesterday; Ratih finds it in her list this morning."""
    file = _opened(
        world,
        "menunggu",
        PSBR,
        next(s for s in SORTS if s.kind == "fakir_miskin"),
        begins=begins,
        name="Galang Pamungkas",
    )
    file.at = max(file.at, world.past(1, 14))
    file.refer(
        world.units[SENTRA],
        "vokasional",
        "Ingin belajar pendingin ruangan, yang tidak tersedia di sini.",
        urgency=Urgency.ORDINARY,
    )


def asking_elders_home(world: World, begins: datetime) -> None:
    """Keputih has put a referral to Griya Wreda before its supervisor, who has not decided."""
    file = _opened(
        world,
        "diajukan",
        KEPUTIH,
        next(s for s in SORTS if s.kind == "lanjut_usia_telantar"),
        begins=begins,
        name="Kasman Soedirjo",
    )
    file.refer(world.units[GRIYA_WREDA], "kewenangan", "Lansia sehat, tidak memerlukan liponsos.", approved=False)


def _opened(world: World, story: str, code: str, sort: Sort, *, begins: datetime, name: str) -> CaseFile:
    """A man of this name and sort with a case that has just begun."""
    desk = world.desks[code]
    file = CaseFile(world, story, desk, desk.workers[0], begins)
    person = invent(
        world,
        story,
        sort,
        Invented(name, "L", born_at_age(world.dice(f"{story}:born"), file.day, sort.ages)),
        unit=desk.unit,
        villages=world.villages("35" if code == KEPUTIH else "31"),
        by=file.manager,
        at=file.at,
    )
    word = report(
        world,
        story,
        unit=desk.unit,
        by=file.manager,
        at=file.at + timedelta(minutes=9),
        channel="penjangkauan",
        about=str(person)[:250],
        narrative="Dijangkau tim di pasar, bersedia dibawa.",
        reporter_name="Tim penjangkauan",
        person=person,
    )
    file.at += timedelta(minutes=40)
    file.open(person, report=word)
    file.wait(1)
    return file
