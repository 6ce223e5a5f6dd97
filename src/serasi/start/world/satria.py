"""Satria: a youth with the whole way through Taruna Jaya, for whoever wants to be shown one.

Here is his file; his way through the phases stands in ``freedom``, what was said in his cycles in ``turning``.
"""

from datetime import datetime

from serasi.cases.enums import Aim, Domain, Risk, SpmNeed
from serasi.people.enums import AddressKind, IdentityState
from serasi.people.operations import Place
from serasi.start.world.casefile import CaseFile, Found, Service, Wish
from serasi.start.world.persons import born_at_age, invented_nik, register, report
from serasi.start.world.staff import PSBR
from serasi.start.world.world import World

KEY = "satria"
NAME = "Satria Bintangsamudra"


def satria(world: World, begins: datetime) -> None:
    """He left school to carry bricks, came with his uncle at eighteen, and learns to weld."""
    users, desk = world.users, world.desks[PSBR]
    maya = users["peksos.dki"]
    file = CaseFile(world, KEY, desk, maya, begins)
    born = born_at_age(world.dice(KEY), file.day, (18, 18))
    word = report(
        world,
        KEY,
        unit=desk.unit,
        by=maya,
        at=file.at,
        channel="keluarga",
        reporter_name="Harjo, pamannya",
        about="Satria, 18 tahun, diantar pamannya",
        narrative="Berhenti sekolah di kelas sepuluh, menjadi kuli angkut, menumpang di rumah pamannya yang sempit.",
    )
    youth = register(
        world,
        KEY,
        id=world.person_id(KEY),
        unit=desk.unit,
        by=maya,
        at=file.at,
        full_name=NAME,
        nickname="Satria",
        sex="L",
        birth_date=born,
        birth_place="Jakarta",
        identity_state=IdentityState.DOCUMENT_SEEN,
        nik=invented_nik(world.dice(KEY), "31.75.01", born, "L"),
        mother_name="Warsinem Lintangsari",
        religion="islam",
        marital="belum_kawin",
        education="sltp",
        places={AddressKind.DOMICILE: Place("31.75", "Gang Contoh Semeru 11", "004", "008")},
        kinds=["fakir_miskin"],
    )
    file.open(youth, report=word, team=[users["dki.psikolog"], users["dki.instruktur"]], risk=Risk.LOW)
    file.wait(1)
    file.agree(months=18, promises="Belajar las lima hari seminggu; menabung setiap bulan.", consents=("care", "photo"))
    file.photograph()
    file.advance()
    file.wait(2)
    file.assess(
        {
            Domain.BIOLOGICAL: Found("Sehat; punggung sering nyeri karena mengangkat beban."),
            Domain.PSYCHOLOGICAL: Found("Mudah malu bila ditegur.", strengths="Gigih, cepat meniru pekerjaan tangan."),
            Domain.SOCIAL: Found("Ayah meninggal, ibu bekerja di kampung.", needs="Kamar, ijazah, pekerjaan."),
            Domain.SPIRITUAL: Found("Rajin ke musala."),
        },
        apart=1,
    )
    file.answer_spm(SpmNeed.INSIDE, "Belum ada tempat tinggal yang layak selama ia belajar.")
    file.wait(3)
    file.confer("Jalan Satria menuju pekerjaan", "Satria memilih las. Ijazah Paket C diurus sambil berlatih.")
    file.wait(4)
    wishes = [
        Wish(
            Aim.ROLES,
            "Lulus uji kompetensi las dasar",
            "Sertifikat las dasar",
            "Belum pernah memegang alat las",
            [Service("vokasional_kewirausahaan", "Pelatihan las", "lima kali seminggu", 80)],
        ),
        Wish(
            Aim.NEEDS,
            "Punya tabungan tiga juta rupiah",
            "Buku tabungan",
            "Belum punya rekening",
            [Service("kebutuhan_hidup_layak", "Pendampingan mengatur uang", "sekali seminggu", 20)],
        ),
        Wish(
            Aim.PROBLEMS,
            "Lulus Paket C",
            "Ijazah Paket C",
            "Berhenti di kelas sepuluh",
            [Service("bantuan_asistensi", "Belajar kelompok Paket C", "dua kali seminggu", 40)],
        ),
    ]
    file.plan("Dari kuli angkut menjadi juru las yang menyewa kamar sendiri.", wishes, months=18)
    file.advance()
    for days, line, said in (
        (12, 0, "Sudah dapat mengelas sambungan lurus."),
        (40, 1, "Membuka rekening; menabung seratus ribu pertama."),
        (60, 2, "Ikut belajar Paket C, matematika paling sulit."),
        (90, 0, "Membantu instruktur mengajar angkatan baru."),
        (60, 1, "Tabungannya lewat dua juta."),
    ):
        file.wait(days)
        file.deliver(line, note=said)
    file.monitor((4, 4, 3), "Terampil dan percaya diri; Paket C menyusul.", voice="Saya mau kerja di bengkel las.")
    for level, said in ((4, "Dipercaya memegang kunci bengkel."), (5, "Siap mencari kamar kos dan bekerja.")):
        file.wait(62)
        file.monitor((level, level, 4), said, voice="Saya bisa.", next_in=90)
    file.keep_up()
