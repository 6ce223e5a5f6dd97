"""The many short histories that fill the house: each person comes, is helped for a while, and is somewhere today.

A history is walked from its beginning until it reaches what was drawn for it, or the present.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from serasi.access.models import User
from serasi.cases.enums import Approach, Domain, GoalResult, NoteKind, Risk, Signing, SpmNeed, TracingResult
from serasi.start.world import staff
from serasi.start.world.casefile import CaseFile, Found, Service, Wish
from serasi.start.world.persons import ODGJ, SORTS, Sort, invent, report
from serasi.start.world.words import CONFERRED, DECIDED, PROFILES, READY, TRACED, VISITED, Profile
from serasi.start.world.world import NotYet, World

REPORTED, OPENED, AGREED, ASSESSED, CONFERRED_ON, PLANNED, SERVED, MONITORED, GOING_HOME, CLOSED = range(10)
"""How far a history goes."""

HOW_LONG: Final = {
    REPORTED: 3,
    OPENED: 6,
    AGREED: 14,
    ASSESSED: 26,
    CONFERRED_ON: 34,
    PLANNED: 50,
    SERVED: 110,
    MONITORED: 150,
    GOING_HOME: 190,
}
"""Days a history of this length takes about, so that it can end today."""

FAR: Final = (
    *(REPORTED,) * 16,
    *(OPENED,) * 7,
    *(AGREED,) * 7,
    *(ASSESSED,) * 8,
    *(CONFERRED_ON,) * 6,
    *(PLANNED,) * 8,
    *(SERVED,) * 16,
    *(MONITORED,) * 7,
    *(GOING_HOME,) * 5,
    *(CLOSED,) * 21,
)
"""How many of about a hundred go how far; the number is odd so that a step of 37 meets them all."""

CHANNELS: Final = {
    "datang_langsung": "",
    "telepon": "Ketua RW setempat",
    "razia": "Satpol PP, regu patroli",
    "penjangkauan": "Tim reaksi cepat",
    "polisi": "Polsek, petugas jaga",
    "rumah_sakit": "Perawat ruang rawat inap",
    "surat": "Kelurahan",
    "keluarga": "Kakak kandung",
    "diri_sendiri": "",
    "lks": "Pengurus LKS setempat",
    "unit_lain": "Petugas piket",
    "masyarakat": "Ketua RT",
}


@dataclass(frozen=True, slots=True)
class House:
    """A unit of the world: how many people of six hundred it helps, of which sorts, by which approach, from where."""

    unit: str
    share: int
    sorts: tuple[Sort, ...]
    province: str
    approaches: tuple[Approach, ...] = (Approach.RESIDENTIAL,)


def _sorts(*kinds: str) -> tuple[Sort, ...]:
    return tuple(sort for sort in SORTS if sort.kind in kinds)


_INSIDE_AND_OUT: Final = (Approach.RESIDENTIAL, Approach.RESIDENTIAL, Approach.FAMILY, Approach.COMMUNITY)
_UNSEALED: Final = tuple(sort for sort in SORTS if sort.kind != "korban_trafficking")

HOUSES: Final[tuple[House, ...]] = (
    House(staff.SENTRA, 196, (*_UNSEALED, ODGJ), "32", _INSIDE_AND_OUT),
    House(staff.PSBR, 58, _sorts("fakir_miskin", "anak_jalanan", "anak_telantar"), "31"),
    House(staff.KEDOYA, 52, (*_sorts("gelandangan", "pengemis", "pemulung", "lanjut_usia_telantar"), ODGJ), "31"),
    House(staff.BUDI_MULIA, 38, _sorts("lanjut_usia_telantar"), "31"),
    House(staff.HARAPAN_SENTOSA, 30, (ODGJ,), "31"),
    House(staff.TUNAS_BANGSA, 16, _sorts("anak_balita_telantar"), "31"),
    House(
        staff.HANDAYANI, 22, _sorts("anak_berhadapan_hukum", "anak_korban_kekerasan", "anak_perlindungan_khusus"), "31"
    ),
    House(staff.KEPUTIH, 58, (*_sorts("gelandangan", "pengemis", "lanjut_usia_telantar"), ODGJ, ODGJ), "35"),
    House(staff.GRIYA_WREDA, 28, _sorts("lanjut_usia_telantar"), "35"),
    House(
        staff.DINSOS_SURABAYA,
        34,
        _sorts(
            "perempuan_rawan",
            "pemulung",
            "korban_bencana_alam",
            "fakir_miskin",
            "keluarga_bermasalah",
            "anak_disabilitas",
        ),
        "35",
        (Approach.FAMILY, Approach.COMMUNITY),
    ),
    House(staff.SIDOARJO, 18, _sorts("gelandangan", "pengemis"), "35"),
    House(
        staff.LKS,
        40,
        _sorts(
            "anak_telantar", "anak_disabilitas", "perempuan_rawan", "orang_dengan_hiv_aids", "penyandang_disabilitas"
        ),
        "32",
        (Approach.COMMUNITY, Approach.FAMILY),
    ),
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One history before it is told: whose, where, by whom, how far."""

    story: str
    house: House
    sort: Sort
    manager: User
    far: int


Step = Callable[[CaseFile, Drawn, Profile], None]


def draw_histories(world: World, people: int) -> list[Drawn]:
    """Who there is to be, earliest first: by the shares of the houses, every kind in turn."""
    whole = sum(house.share for house in HOUSES)
    drawn = []
    for house in HOUSES:
        desk = world.desks[house.unit]
        for number in range(max(1, round(people * house.share / whole))):
            story = f"{house.unit}:{number}"
            dice = world.dice(f"{story}:drawn")
            drawn.append(
                Drawn(
                    story,
                    house,
                    house.sorts[number % len(house.sorts)],
                    desk.workers[_turn(number, len(desk.workers))],
                    FAR[(number * 37 + dice.randrange(3)) % len(FAR)],
                )
            )
    return sorted(drawn, key=lambda one: _begins(world, one))


def _turn(number: int, workers: int) -> int:
    """Whose turn it is; the first, who has the named stories, takes half a share."""
    if workers < 2:
        return 0
    return 0 if number % (2 * workers) == 0 else 1 + number % (workers - 1)


def tell(world: World, drawn: Drawn, villages: Sequence[str]) -> None:
    """One history, from the report to where it is today."""
    desk, profile = world.desks[drawn.house.unit], PROFILES[drawn.sort.profile]
    dice = world.dice(f"{drawn.story}:told")
    begins = _begins(world, drawn)
    file = CaseFile(world, drawn.story, desk, drawn.manager, begins)
    person = invent(world, drawn.story, drawn.sort, unit=desk.unit, villages=villages, by=drawn.manager, at=begins)
    file.at += timedelta(minutes=10)
    channel = dice.choice(tuple(CHANNELS))
    is_case = drawn.far != REPORTED
    word = report(
        world,
        drawn.story,
        unit=desk.unit,
        by=drawn.manager,
        at=file.at,
        channel=channel,
        about=str(person)[:250],
        narrative=dice.choice(profile.reported),
        reporter_name=CHANNELS[channel],
        person=person,
        danger=["tanpa_makan_tempat"] if dice.random() < 0.2 else [],
        decide="open_case" if is_case else dice.choice(("serve_once", "serve_once", "unfounded")),
        reason=""
        if is_case
        else "Diberi makanan, pakaian, dan ongkos; alamat jelas dan keluarga menjemput hari itu juga.",
    )
    if not is_case:
        return
    file.at += timedelta(minutes=45)
    team = [desk.psychologist] if desk.psychologist != desk.supervisor else []
    if desk.carers and dice.random() < 0.3:
        team.append(dice.choice(desk.carers))
    file.open(person, report=word, approach=dice.choice(drawn.house.approaches), team=team)
    with suppress(NotYet):
        _walk(file, drawn, profile)
    file.keep_up()


def _begins(world: World, drawn: Drawn) -> datetime:
    dice = world.dice(f"{drawn.story}:begins")
    if drawn.far == CLOSED:
        longest = (world.now - world.beginning).days
        ago = dice.uniform(min(200, longest * 0.4), longest)
    else:
        ago = HOW_LONG[drawn.far] * dice.uniform(0.75, 1.2) + 1
    return world.past(int(ago), dice.randint(8, 14), dice.randrange(60))


def _walk(file: CaseFile, drawn: Drawn, profile: Profile) -> None:
    """Step by step as far as was drawn; a step that lies ahead of today raises `NotYet`, and it rests there."""
    steps: tuple[tuple[int, Step], ...] = (
        (AGREED, _agree),
        (ASSESSED, _assess),
        (CONFERRED_ON, _confer),
        (PLANNED, _plan),
        (SERVED, _serve),
        (MONITORED, _grow),
        (GOING_HOME, _go_home),
    )
    for reached, step in steps:
        if drawn.far >= reached:
            step(file, drawn, profile)


def _advance_nationally(file: CaseFile) -> None:
    """The ministry's set has more stages than that of DKI: here it goes on, and DKI stays."""
    if file.case.stage.stage_set_id == "atensi_nasional":
        file.advance()


def _agree(file: CaseFile, drawn: Drawn, _profile: Profile) -> None:
    dice = file.dice
    file.wait(1)
    _advance_nationally(file)
    if drawn.far == AGREED and dice.random() < 0.4:
        return
    guardian = "" if drawn.sort.ages[0] >= 16 else file.world.names.full_name(dice, "P")
    with_thumb = not guardian and dice.random() < 0.15
    file.agree(
        guardian=guardian,
        relation="Ibu" if guardian else "",
        signing=Signing.THUMBPRINT if with_thumb else Signing.SIGNATURE,
        witness=file.desk.supervisor.full_name if with_thumb else "",
        months=12 if drawn.far == CLOSED else 9,
        consents=("care", "health") if dice.random() < 0.3 else ("care",),
    )
    file.advance()


def _assess(file: CaseFile, _drawn: Drawn, profile: Profile) -> None:
    file.wait(2)
    file.assess(_found(profile, file), apart=2)
    file.answer_spm(
        file.dice.choice((SpmNeed.INSIDE, SpmNeed.INSIDE, SpmNeed.OUTSIDE)),
        "Kebutuhan dasar belum terpenuhi dan tidak ada yang merawat, menurut asesmen.",
    )
    _advance_nationally(file)


def _confer(file: CaseFile, _drawn: Drawn, _profile: Profile) -> None:
    file.wait(4, 0.4)
    file.confer(
        "Kelayakan layanan, prioritas masalah, dan arah rencana",
        file.dice.choice(CONFERRED),
        [(what, file.manager, days) for what, days in zip(file.dice.sample(DECIDED, 2), (12, 45), strict=True)],
    )
    _advance_nationally(file)


def _plan(file: CaseFile, drawn: Drawn, profile: Profile) -> None:
    """Some plans that are all there is yet are drafts, some wait for the supervisor."""
    dice = file.dice
    file.wait(5, 0.4)
    wishes = _wishes(profile, file)
    if drawn.far == PLANNED and dice.random() < 0.55:
        plan = file.draft("Rencana pertama setelah temu bahas kasus.", wishes)
        if dice.random() < 0.6:
            file.wait(1)
            file.submit(plan)
        return
    file.plan("Rencana layanan sesuai hasil asesmen dan temu bahas kasus.", wishes, months=9)
    file.advance()


def _serve(file: CaseFile, drawn: Drawn, profile: Profile) -> None:
    dice = file.dice
    for number in range(dice.randint(1, 2) if drawn.far == SERVED else 2):
        file.wait(9, 0.5)
        file.deliver(number, note=dice.choice(profile.progress) if dice.random() < 0.4 else "")
        file.note(dice.choice(profile.progress))
    file.settle_tasks(0.75)
    if profile is PROFILES["hiv"] and _reads_hiv(file):
        file.note("Hasil pemeriksaan terakhir baik; obat diambil sendiri.", tags=("hiv",))
    if dice.random() < 0.12:
        file.note("Sudah dibahas: kunjungan keluarga dipercepat, beban dibagi dengan rekan.", NoteKind.SUPERVISION)
    if drawn.far > SERVED or dice.random() < 0.4:
        _advance_nationally(file)


def _found(profile: Profile, file: CaseFile) -> dict[Domain, Found]:
    dice = file.dice
    found = {
        Domain.BIOLOGICAL: Found(dice.choice(profile.biological), tags=("health",) if dice.random() < 0.5 else ()),
        Domain.PSYCHOLOGICAL: Found(dice.choice(profile.psychological), strengths=dice.choice(profile.strengths)),
        Domain.SOCIAL: Found(dice.choice(profile.social), needs="Dukungan keluarga dan lingkungan."),
        Domain.SPIRITUAL: Found(dice.choice(profile.spiritual)),
    }
    if profile is PROFILES["hiv"]:
        found[Domain.BIOLOGICAL] = Found(
            dice.choice(profile.biological), tags=("health", "hiv") if _reads_hiv(file) else ("health",)
        )
    if profile is PROFILES["pemuda"] and dice.random() < 0.6:
        found[Domain.INTERESTS] = Found("Minat pada mesin dan kerja tangan; cita-cita membuka bengkel.")
    return found


def _reads_hiv(file: CaseFile) -> bool:
    return file.manager.scope.has("cases.area.hiv")


def _wishes(profile: Profile, file: CaseFile) -> list[Wish]:
    """One or two goals of the profile, with services shared out among them."""
    goals = list(profile.goals[: file.dice.randint(1, 2)])
    lines = [Service(*service) for service in file.dice.sample(profile.services, 1 + len(goals))]
    return [
        Wish(aim, statement, indicator, baseline, lines[number :: len(goals)])
        for number, (aim, statement, indicator, baseline) in enumerate(goals)
    ]


def _grow(file: CaseFile, _drawn: Drawn, profile: Profile) -> None:
    """Two looks at the goals: the second mostly better than the first, not always."""
    dice = file.dice
    level = dice.randint(1, 3)
    for _ in range(2):
        file.wait(24, 0.3)
        level = min(5, max(1, level + dice.choice((0, 1, 1, 1, -1))))
        file.monitor(
            (level, max(1, level - dice.randint(0, 1)), min(5, level + dice.randint(0, 1))),
            dice.choice(profile.progress),
            voice=dice.choice(profile.voices),
            results=dice.choice(
                (
                    (GoalResult.PARTLY,),
                    (GoalResult.ACHIEVED, GoalResult.PARTLY),
                    (GoalResult.NOT_YET, GoalResult.PARTLY),
                )
            ),
            next_in=dice.choice((30, 60, 60, 90)),
        )
    if dice.random() < 0.2:
        file.rate(dice.choice((Risk.LOW, Risk.LOW, Risk.MEDIUM)), "Keadaan membaik menurut pemantauan.")
    file.advance()


def _go_home(file: CaseFile, drawn: Drawn, profile: Profile) -> None:
    """Tracing, readiness, hand-over, the end, and the visits after it."""
    dice, world = file.dice, file.world
    if drawn.far == CLOSED and dice.random() < 0.16:
        _end_early(file, profile)
        return
    file.wait(6, 0.4)
    file.trace("Kunjungan ke alamat asal", "Ketua RT", TracingResult.FOUND, dice.choice(TRACED))
    if drawn.far == GOING_HOME and dice.random() < 0.4:
        return
    file.wait(5, 0.4)
    file.ready((dice.randint(3, 5), dice.randint(3, 5), dice.randint(3, 5)), dice.choice(READY))
    if drawn.far == GOING_HOME and dice.random() < 0.5:
        return
    file.wait(4, 0.4)
    receiver = world.names.full_name(dice, dice.choice("LP"))
    file.hand_over(
        receiver,
        dice.choice(("Kakak", "Ibu", "Anak", "Paman")),
        "Sehat, membawa pakaian dan obat.",
        items="Dokumen kependudukan, buku kontrol",
    )
    reason = "bekerja_mandiri" if drawn.sort.profile in {"pemuda", "napza", "disabilitas"} else "kembali_keluarga"
    outcome = dice.choice(("mandiri", "mandiri_dukungan", "mandiri_dukungan", "membaik", "membaik", "tetap"))
    if drawn.far == GOING_HOME:
        file.propose_end(reason, outcome, dice.choice(profile.outcome), visits_by=file.manager)
        return
    file.end(reason, outcome, dice.choice(profile.outcome), visits_by=file.manager)
    follow_up(file)


def _end_early(file: CaseFile, profile: Profile) -> None:
    """Some leave before the end."""
    reason, outcome, account = file.dice.choice(
        (
            ("hilang_kontak", "belum_dapat_dinilai", "Tidak kembali dari cuti; tiga kali dihubungi tanpa jawaban."),
            ("mengundurkan_diri", "membaik", "Memilih tinggal dengan teman; diberi kartu nama dan ongkos."),
            ("pergi_tanpa_izin", "belum_dapat_dinilai", "Meninggalkan asrama pada malam hari, sudah dilaporkan."),
            (
                "meninggal",
                "belum_dapat_dinilai",
                "Wafat di rumah sakit karena sakit; dimakamkan dengan layak, keluarga dikabari.",
            ),
        )
    )
    file.wait(3)
    file.end(reason, outcome, account)


def follow_up(file: CaseFile, *, faithful: float = 0.9) -> None:
    """The visits that have come due, most of them held; the latest due one may still be waiting."""
    world, dice = file.world, file.dice
    visits = file.visits()
    due = [visit for visit in visits if visit.due_date + timedelta(days=4) < world.today]
    if due:
        file.into_aftercare()
    level = 3
    for number, visit in enumerate(due):
        if number == len(due) - 1 and dice.random() > faithful:
            return
        level = min(5, level + dice.randint(0, 1))
        file.visit(
            visit,
            on=visit.due_date + timedelta(days=dice.randint(0, 3)),
            with_whom=dice.choice(
                ("Yang bersangkutan dan ibunya", "Yang bersangkutan", "Kakaknya", "Ketua RT dan keluarga")
            ),
            scores=(level, level, max(1, level - 1)),
            account=dice.choice(VISITED),
            stable=dice.random() < 0.92,
        )
