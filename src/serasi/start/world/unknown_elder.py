"""Mbah Painem?: an elder with no identity, found at a station."""

from datetime import datetime, timedelta

from serasi.cases.enums import Aim, Domain, NoteKind, Risk, Signing, SpmNeed, TracingResult
from serasi.people.enums import AddressKind, AliasKind, IdentityState
from serasi.people.operations import Place, add_alias, change_person
from serasi.start.world.casefile import CaseFile, Found, Service, Wish
from serasi.start.world.persons import register, report
from serasi.start.world.staff import SENTRA
from serasi.start.world.world import World

KEY = "mbah-painem"


def mbah_painem(world: World, begins: datetime) -> None:
    """A woman of about seventy-five who does not know where she lives, brought from the station by the police.

    She answers to "Mbah Painem", perhaps because a carer began it. Fingerprints told nothing; a song points to
    Wonogiri. Her plan waits for the supervisor.
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
        channel="polisi",
        about="Perempuan lanjut usia, kebaya hijau, di peron Stasiun Bekasi",
        narrative=(
            "Ditemukan petugas stasiun duduk di peron sejak pagi, membawa bungkusan sirih dan foto anak kecil. "
            "Tidak dapat menyebut nama maupun alamat. Tidak ada dokumen."
        ),
        reporter_name="Aiptu Wardoyo, Polsek Bekasi Utara",
        place="Peron 3 Stasiun Bekasi",
        danger=["medis_darurat"],
        first_action="Diperiksa di IGD: dehidrasi ringan, boleh dibawa.",
    )
    file.at += timedelta(minutes=50)
    elder = register(
        world,
        KEY,
        id=world.person_id(KEY),
        unit=desk.unit,
        by=ratih,
        at=file.at,
        sex="P",
        description="±75 tahun, kebaya hijau, rambut putih disanggul, tahi lalat di dagu kiri",
        identity_state=IdentityState.UNKNOWN,
        no_nik_reason="identitas_belum_diketahui",
        birth_year_from=world.today.year - 80,
        birth_year_to=world.today.year - 70,
        religion="belum_diketahui",
        marital="belum_diketahui",
        education="belum_diketahui",
        places={AddressKind.FOUND: Place("32.75", "Peron 3 Stasiun Bekasi")},
        kinds=["lanjut_usia_telantar"],
    )
    file.at += timedelta(minutes=15)
    file.open(elder, report=word, team=[users["psikolog"], users["pengasuh"]], risk=Risk.HIGH)
    file.note(
        "Dipanggil Mbah Painem oleh pengasuh karena mirip tetangganya; beliau menoleh dan tersenyum.",
        by=users["pengasuh"],
    )
    file.wait(1)
    change_person(
        person=elder,
        revision=elder.revision,
        nickname="Mbah Painem?",
        identity_state=IdentityState.DOUBTED,
        by=ratih,
        at=file.at,
    )
    add_alias(
        id=world.id(KEY, file.at),
        person=elder,
        name="Painem",
        kind=AliasKind.ALIAS,
        note="Panggilan di sini, belum tentu namanya.",
        by=ratih,
        at=file.at,
    )
    file.advance()
    file.agree(
        signing=Signing.THUMBPRINT,
        witness=users["pengasuh"].full_name,
        months=12,
        promises="Kamar di lantai bawah; bungkusan kain tidak diambil.",
        consents=("care", "health", "photo"),
    )
    file.photograph()
    file.advance()
    file.wait(2)
    file.assess(
        {
            Domain.BIOLOGICAL: Found(
                "Tekanan darah 160/90, kedua mata kabur. Makan sendiri, mandi dibantu, berjalan berpegangan.",
                needs="Obat tekanan darah, periksa katarak.",
                tags=("health",),
            ),
            Domain.PSYCHOLOGICAL: Found(
                "Ingatan jangka pendek sangat kurang, orientasi waktu tidak ada. Tenang, mudah dihibur dengan tembang.",
                strengths="Hafal tembang macapat dari awal sampai akhir.",
            ),
            Domain.SOCIAL: Found(
                "Menyebut “Nar” dan “kali gede”. Logat dan tembangnya diduga dari Wonogiri atau Pacitan.",
                needs="Identitas, keluarga, jaminan kesehatan.",
            ),
            Domain.SPIRITUAL: Found("Menengadahkan tangan setiap mendengar azan; senang ikut pengajian sore."),
        },
        apart=1,
    )
    file.answer_spm(SpmNeed.INSIDE, "Tidak dikenal siapa yang merawat; tidak mampu memenuhi kebutuhan dasar sendiri.")
    file.trace(
        "Perekaman sidik jari dan iris di Dukcapil",
        "Petugas Dukcapil",
        TracingResult.NOTHING,
        "Sidik jari aus, iris tertutup katarak: tidak ada data yang cocok.",
    )
    file.advance()
    file.wait(3)
    file.trace(
        "Menyebarkan foto dan rekaman tembang ke dinas sosial asal",
        "Dinas Sosial Kabupaten Wonogiri",
        TracingResult.LEAD,
        "Seorang ibu di Tirtomoyo mengenali lagunya dan mengingat Sukinem, yang ikut anaknya Sunar merantau.",
        region="33.12",
    )
    file.confer(
        "Siapa beliau, dan di mana beliau sebaiknya tinggal?",
        "Kebutuhan dasar dan kesehatan didahulukan. Penelusuran ke Wonogiri diteruskan lewat dinas setempat. Bila "
        "dalam tiga bulan keluarga tidak ditemukan, diusulkan pencatatan kependudukan orang terlantar.",
        [
            ("Menghubungi Dinas Sosial Wonogiri tentang keluarga Sunar", ratih, (world.today - file.day).days),
            ("Mengantar periksa katarak", users["pengasuh"], (world.today - file.day).days + 2),
        ],
    )
    file.advance()
    file.note("Semalam mencari “Nar” di lorong. Ditemani sampai tidur, pagi tenang.", by=users["pengasuh"])
    file.wait_until(3)
    plan = file.draft(
        "Beliau memerlukan perawatan yang lembut, penglihatan yang lebih baik, dan nama yang benar.",
        [
            Wish(
                Aim.NEEDS,
                "Sehat dan nyaman setiap hari",
                "Tekanan darah terkendali; katarak diperiksa",
                "160/90, belum pernah kontrol",
                [
                    Service(
                        "perawatan_pengasuhan", "Perawatan sosial lanjut usia", "setiap hari", 90, users["pengasuh"]
                    ),
                    Service("kebutuhan_hidup_layak", "Pemeriksaan mata dan obat rutin", "dua minggu sekali", 6),
                ],
            ),
            Wish(
                Aim.PROBLEMS,
                "Nama dan keluarganya diketahui",
                "Keluarga ditemui atau identitas dicatat",
                "Tidak dikenal",
                [Service("dukungan_keluarga", "Penelusuran keluarga ke Wonogiri", "seminggu sekali", 12)],
            ),
        ],
    )
    file.aid("kebutuhan_hidup_layak", "Pakaian, selimut, dan kacamata sementara")
    file.wait(1)
    file.submit(plan)
    file.note(
        "Menyanyi bersama kelompok lansia; dua kali menyebut “Tirtomoyo”.", NoteKind.PROGRESS, by=users["pengasuh"]
    )
