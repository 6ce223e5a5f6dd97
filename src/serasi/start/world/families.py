"""People who belong together: a mother with her children, a newborn without anyone, a man who came back."""

from datetime import datetime, timedelta

from serasi.access.models import Unit
from serasi.cases.enums import Approach, Domain, NoteKind, Risk, SpmNeed, TracingResult
from serasi.people.enums import AddressKind, IdentityState
from serasi.people.models import HouseholdMember, Person
from serasi.people.operations import FamilyCard, Place, add_relationship, join_household, join_household_of, recognise
from serasi.start.world.casefile import CaseFile, Found
from serasi.start.world.persons import born_at_age, invented_nik, register, report
from serasi.start.world.pictures import scanned
from serasi.start.world.staff import DINSOS_SURABAYA, KEDOYA, KEPUTIH, SENTRA, TUNAS_BANGSA
from serasi.start.world.world import World


def ibu_suryani(world: World, begins: datetime) -> None:
    """A woman who feeds three children by washing clothes; one family card, one household, two files."""
    desk, key = world.desks[DINSOS_SURABAYA], "suryani"
    worker, dice = desk.workers[0], world.dice("suryani")
    file = CaseFile(world, key, desk, worker, begins)
    place = {AddressKind.DOMICILE: Place("35.78", "Gang Contoh Kali 7", "006", "003")}
    card = "3578091203189101"

    def member(part: str, name: str, sex: str, age: int, kinds: list[str]) -> Person:
        born = born_at_age(dice, world.today, (age, age))
        return register(
            world,
            f"{key}:{part}",
            id=world.person_id(key if part == "ibu" else f"{key}:{part}"),
            unit=desk.unit,
            by=worker,
            at=file.at,
            full_name=name,
            sex=sex,
            birth_date=born,
            identity_state=IdentityState.DOCUMENT_SEEN,
            nik=invented_nik(dice, "35.78.09", born, sex),
            religion="islam",
            places=place,
            kinds=kinds,
            mother_name="" if part == "ibu" else "Suryani",
        )

    mother = member("ibu", "Suryani", "P", 38, ["perempuan_rawan", "fakir_miskin"])
    head = join_household(
        id=world.id(key, file.at),
        person=mother,
        card=FamilyCard(card, "kepala_keluarga", "35.78", "Gang Contoh Kali 7", "006", "003"),
        since=file.day,
        by=worker,
        at=file.at,
    )
    for part, name, sex, age, kinds in (
        ("sulung", "Nabila Suryani Putri", "P", 15, []),
        ("tengah", "Fahri Suryanto", "L", 11, ["anak_disabilitas"]),
        ("bungsu", "Naira Suryani", "P", 3, []),
    ):
        file.at += timedelta(minutes=4)
        _child(world, key, file, mother=mother, head=head, child=member(part, name, sex, age, kinds))
    word = report(
        world,
        key,
        unit=desk.unit,
        by=worker,
        at=file.at,
        channel="masyarakat",
        about="Suryani dan tiga anaknya",
        narrative="Suami pergi dua tahun lalu. Mencuci pakaian tetangga; anak kedua tidak bersekolah karena lumpuh.",
        reporter_name="Kader Posyandu Melati",
        person=mother,
    )
    file.at += timedelta(minutes=20)
    file.open(mother, report=word, approach=Approach.FAMILY)
    file.wait(1)
    file.advance()
    file.agree(months=12)
    file.advance()
    file.note("Kunjungan rumah: satu kamar, bersih, kasur di lantai. Fahri menggambar kapal.", NoteKind.VISIT)
    file.put_in(
        "Foto kartu keluarga",
        scanned("Kartu Keluarga", ("Kepala keluarga : Suryani", "1. Nabila", "2. Fahri", "3. Naira")),
    )
    file.wait(2)
    file.assess(
        {
            Domain.BIOLOGICAL: Found("Nyeri pinggang; anak bungsu gizi cukup."),
            Domain.SOCIAL: Found("Tetangga saling menjaga anak."),
            Domain.ECONOMIC: Found("Penghasilan Rp45.000 sehari, utang warung Rp600.000; belum menerima PKH."),
        }
    )


def _child(world: World, key: str, file: CaseFile, *, mother: Person, head: HouseholdMember, child: Person) -> None:
    join_household_of(
        id=world.id(key, file.at),
        person=child,
        member=head,
        relation="anak",
        since=file.day,
        by=file.manager,
        at=file.at,
    )
    add_relationship(
        id=world.id(key, file.at),
        person=child,
        relation="orang_tua",
        other=mother,
        is_guardian=True,
        since=file.day,
        by=file.manager,
        at=file.at,
    )


def newborn(world: World, begins: datetime) -> None:
    """A girl of some days, left in a basket at a clinic; the home for under-fives names her Embun."""
    desk, key = world.desks[TUNAS_BANGSA], "embun"
    worker = desk.workers[0]
    file = CaseFile(world, key, desk, worker, begins)
    word = report(
        world,
        key,
        unit=desk.unit,
        by=worker,
        at=file.at,
        channel="rumah_sakit",
        about="Bayi perempuan, beberapa hari, dalam keranjang",
        narrative="Ditemukan satpam pukul 04.30 di depan pintu, terbungkus selimut biru, tali pusat sudah dijepit.",
        reporter_name="Bidan Rahayu, puskesmas kecamatan",
        place="Depan pintu puskesmas",
        danger=["anak_sendirian", "bayi_balita_sakit"],
        first_action="Dihangatkan, diperiksa dokter anak, dilaporkan ke polsek.",
    )
    file.at += timedelta(minutes=40)
    baby = register(
        world,
        key,
        id=world.person_id(key),
        unit=desk.unit,
        by=worker,
        at=file.at,
        nickname="Embun",
        sex="P",
        description="Bayi perempuan, selimut biru, 2,9 kg",
        birth_date=file.day - timedelta(days=3),
        identity_state=IdentityState.UNKNOWN,
        no_nik_reason="anak_temuan",
        kinds=["anak_balita_telantar"],
        places={AddressKind.FOUND: Place("31.75", "Puskesmas kecamatan")},
    )
    file.at += timedelta(minutes=15)
    file.open(baby, report=word, team=[world.users["btb.psikolog"]], risk=Risk.HIGH)
    file.wait(1)
    file.agree(
        guardian=desk.head.full_name, relation="Wali sementara, kepala panti", months=9, consents=("care", "health")
    )
    file.note("Minum 60 ml tiap tiga jam, berat naik 40 gram.", tags=("health",))
    file.trace(
        "Pengumuman dan laporan kehilangan",
        "Polsek dan kelurahan",
        TracingResult.NOTHING,
        "Belum ada yang mengaku kehilangan.",
    )
    file.advance()


def darto(world: World, begins: datetime) -> None:
    """A man who was brought home from Keputih a year ago and was found on the street again: the same file goes on."""
    desk, key = world.desks[KEPUTIH], "darto"
    worker = desk.workers[0]
    file = CaseFile(world, key, desk, worker, begins)
    man = register(
        world,
        key,
        id=world.person_id(key),
        unit=desk.unit,
        by=worker,
        at=file.at,
        full_name="Sudarto",
        nickname="Darto",
        sex="L",
        birth_year_from=1975,
        birth_year_to=1977,
        identity_state=IdentityState.STATED,
        kinds=["gelandangan", "penyandang_disabilitas"],
    )
    file.at += timedelta(minutes=20)
    file.open(man)
    _walk_short(file)
    file.end("mengundurkan_diri", "membaik", "Dijemput kakaknya ke Lamongan.")
    file.wait(210)
    file.note("Kakaknya menelepon: Darto pergi sejak obat habis.", NoteKind.CONTACT)
    file.wait(30)
    file.reopen("Ditemukan tim penjangkauan di Terminal Bratang, kambuh setelah putus obat.")
    file.rate(Risk.HIGH, "Kambuh, tidur di terminal.")
    file.wait(4)
    file.agree(months=12)
    file.note("Mengenali pengasuh lamanya dan tertawa. Minum obat di depan petugas.", tags=("psychiatry",))


def marno(world: World, begins: datetime, comes_back: datetime) -> None:
    """A man of no fixed place, closed at Kedoya last year, stands at the desk of the sentra and is recognised."""
    kedoya, sentra, key = world.desks[KEDOYA], world.desks[SENTRA], "marno"
    file = CaseFile(world, key, kedoya, kedoya.workers[0], begins)
    man = register(
        world,
        key,
        id=world.person_id(key),
        unit=kedoya.unit,
        by=file.manager,
        at=file.at,
        full_name="Sumarno Hadi",
        nickname="Marno",
        sex="L",
        birth_year_from=1969,
        birth_year_to=1971,
        identity_state=IdentityState.STATED,
        kinds=["pemulung"],
    )
    file.at += timedelta(minutes=20)
    file.open(man)
    _walk_short(file)
    file.end("mengundurkan_diri", "tetap", "Memilih kembali ke lapak.")
    gunawan = world.users["gunawan"]
    again = CaseFile(world, f"{key}:sentra", sentra, gunawan, comes_back)
    _recognised(world, key, man, sentra.unit, again)
    word = report(
        world,
        key,
        unit=sentra.unit,
        by=gunawan,
        at=again.at,
        channel="datang_langsung",
        about="Sumarno Hadi",
        narrative="Lapak digusur; pernah dilayani di Kedoya, ditunjukkan kartu lamanya.",
        person=man,
    )
    again.at += timedelta(minutes=20)
    again.open(man, report=word, approach=Approach.COMMUNITY, team=[world.users["pendamping"]])
    again.wait(1)
    again.advance()


def _recognised(world: World, key: str, man: Person, unit: Unit, file: CaseFile) -> None:
    recognise(
        id=world.id(key, file.at),
        person_id=man.pk,
        unit=unit,
        reason="Datang sendiri membawa kartu dari Kedoya.",
        by=file.manager,
        at=file.at,
    )
    man.__dict__.pop("_known_units", None)


def _walk_short(file: CaseFile) -> None:
    """Agreement and an assessment, no more: they did not stay."""
    file.wait(1)
    if file.case.stage.stage_set_id == "atensi_nasional":
        file.advance()
    file.agree(months=6)
    file.advance()
    file.wait(4)
    file.assess(
        {
            Domain.SOCIAL: Found("Hidup berpindah, punya kakak di luar kota."),
            Domain.BIOLOGICAL: Found("Kurus, selebihnya sehat."),
        }
    )
    file.answer_spm(SpmNeed.INSIDE, "Tidak punya tempat tinggal.")
    file.wait(14)
