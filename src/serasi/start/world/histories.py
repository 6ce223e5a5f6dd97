"""The many short histories that fill the house: each person comes, is helped for a while, and is somewhere today.

A history is walked from its beginning until it reaches what was drawn for it, or the present.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Final

from serasi.cases.enums import Approach, Domain, GoalResult, NoteKind, Risk, Signing, SpmNeed, TracingResult
from serasi.people.operations import change_person
from serasi.start.world.casefile import CaseFile, Found, Service, Wish
from serasi.start.world.drawing import (
    AGREED,
    ASSESSED,
    CLOSED,
    CONFERRED_ON,
    GOING_HOME,
    MONITORED,
    PLANNED,
    REPORTED,
    SERVED,
    Drawn,
)
from serasi.start.world.persons import invent, report
from serasi.start.world.pictures import scanned
from serasi.start.world.words import COMMON, PROFILES, Profile
from serasi.start.world.world import NotYet, World

REPORTERS: Final = {
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
"""Who stands behind a channel."""


Step = Callable[[CaseFile, Drawn], None]


def tell(world: World, drawn: Drawn) -> None:
    """One history, from the report to where it is today."""
    desk, profile, begins = world.desks[drawn.house.unit], drawn.profile, drawn.begins
    dice = world.dice(f"{drawn.story}:told")
    file = CaseFile(world, drawn.story, desk, drawn.manager, begins)
    person = invent(
        world,
        drawn.story,
        drawn.sort,
        drawn.who,
        unit=desk.unit,
        villages=world.villages(drawn.house.province),
        by=drawn.manager,
        at=begins,
    )
    file.at += timedelta(minutes=10)
    channel, narrative = dice.choice(profile.reported_of.get(drawn.sort.kind) or profile.reported)
    is_case = drawn.far != REPORTED
    decision = "open_case" if is_case else dice.choice(("serve_once", "serve_once", "unfounded"))
    word = report(
        world,
        drawn.story,
        unit=desk.unit,
        by=drawn.manager,
        at=file.at,
        channel=channel,
        about=str(person)[:250],
        narrative=narrative,
        reporter_name=REPORTERS[channel],
        person=person,
        danger=["tanpa_makan_tempat"] if dice.random() < 0.2 else [],
        decide=decision,
        reason="" if is_case else dice.choice(COMMON.served_once if decision == "serve_once" else COMMON.unfounded),
    )
    if not is_case:
        return
    team = [desk.psychologist] if desk.psychologist != desk.supervisor and dice.random() < 0.5 else []
    if desk.carers and dice.random() < 0.3:
        team.append(dice.choice(desk.carers))
    if desk.instructors and drawn.sort.profile in {"pemuda", "disabilitas", "napza"}:
        team.append(dice.choice(desk.instructors))
    if desk.assistants and dice.random() < 0.15:
        team.append(dice.choice(desk.assistants))
    file.open(person, report=word, approach=dice.choice(drawn.house.approaches), team=team)
    with suppress(NotYet):
        _walk(file, drawn)
    file.keep_up()


def _walk(file: CaseFile, drawn: Drawn) -> None:
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
            step(file, drawn)
    if drawn.far in {SERVED, MONITORED}:
        _stay(file, drawn)


def _advance_nationally(file: CaseFile) -> None:
    """The ministry's set has more stages than that of DKI: here it goes on, and DKI stays."""
    if file.case.stage.stage_set_id == "atensi_nasional":
        file.advance()


def _agree(file: CaseFile, drawn: Drawn) -> None:
    dice = file.dice
    file.wait(1)
    _advance_nationally(file)
    if drawn.far == AGREED and dice.random() < 0.4:
        return
    guardian, relation = _guardian(file, drawn)
    with_thumb = not guardian and dice.random() < 0.15
    with_photo = dice.random() < 0.3
    consents = ("care", *(["health"] if dice.random() < 0.3 else []), *(["photo"] if with_photo else []))
    file.agree(
        guardian=guardian,
        relation=relation,
        signing=Signing.THUMBPRINT if with_thumb else Signing.SIGNATURE,
        witness=file.desk.supervisor.full_name if with_thumb else "",
        months=12 if drawn.far == CLOSED else 9,
        consents=consents,
    )
    if with_photo and drawn.sort.profile != "sppa":
        file.photograph()
    file.advance()


def _guardian(file: CaseFile, drawn: Drawn) -> tuple[str, str]:
    """Who signs for a child: a relative who was found, or the head of the home for the time being."""
    if drawn.age(file.at) >= 18:
        return "", ""
    sex, relation = file.dice.choice((("P", "Ibu"), ("P", "Bibi"), ("L", "Ayah"), ("P", "Nenek"), ("", "")))
    if relation == "Ibu" and drawn.profile.life == "infant":
        sex, relation = "P", "Bibi"
    if not relation:
        return file.desk.head.full_name, "Wali sementara, kepala unit"
    return file.world.names.full_name(file.dice, sex), relation


def _assess(file: CaseFile, drawn: Drawn) -> None:
    file.wait(2)
    file.assess(_found(file, drawn), apart=2)
    lives_inside = Approach.RESIDENTIAL in drawn.house.approaches and file.dice.random() < 0.75
    need, reasons = (SpmNeed.INSIDE, COMMON.why_inside) if lives_inside else (SpmNeed.OUTSIDE, COMMON.why_outside)
    file.answer_spm(need, file.say(reasons))
    if file.dice.random() < 0.12:
        file.put_in(
            "Surat keterangan ketua RT",
            scanned(
                "Surat Keterangan Ketua RT",
                (
                    "Yang bertanda tangan di bawah ini menerangkan bahwa",
                    f"nama     : {drawn.who.name}",
                    "benar pernah tinggal di lingkungan kami dan memerlukan bantuan.",
                    "",
                    f"{file.day.day} / {file.day.month} / {file.day.year}",
                ),
            ),
        )
    _advance_nationally(file)


def _confer(file: CaseFile, _drawn: Drawn) -> None:
    file.wait(4, 0.4)
    file.confer(
        "Kelayakan layanan, prioritas masalah, dan arah rencana",
        file.say(COMMON.conferred),
        [(what, file.manager, days) for what, days in zip(file.dice.sample(COMMON.decided, 2), (12, 45), strict=True)],
    )
    _advance_nationally(file)


def _plan(file: CaseFile, drawn: Drawn) -> None:
    """Some plans that are all there is yet are drafts, some wait for the supervisor."""
    dice = file.dice
    file.wait(5, 0.4)
    wishes = _wishes(file, drawn.profile)
    if drawn.far == PLANNED and dice.random() < 0.55:
        plan = file.draft("Rencana pertama setelah temu bahas kasus.", wishes)
        if dice.random() < 0.6:
            file.wait_until(dice.randint(1, 4))
            file.submit(plan)
        return
    file.plan("Rencana layanan sesuai hasil asesmen dan temu bahas kasus.", wishes, months=9)
    file.advance()


def _serve(file: CaseFile, drawn: Drawn) -> None:
    dice, profile = file.dice, drawn.profile
    for number in range(dice.randint(1, 2) if drawn.far == SERVED else 2):
        file.wait(9, 0.5)
        file.deliver(number, note=file.say(profile.progress) if dice.random() < 0.3 else "")
        file.note(_progress(file, profile))
    file.settle_tasks(0.75)
    if profile is PROFILES["hiv"] and _reads_hiv(file):
        file.note("Hasil pemeriksaan terakhir baik; obat diambil sendiri.", tags=("hiv",))
    if dice.random() < 0.12:
        file.note(file.say(COMMON.supervision), NoteKind.SUPERVISION)
    if drawn.far > SERVED or dice.random() < 0.4:
        _advance_nationally(file)


def _progress(file: CaseFile, profile: Profile) -> str:
    return (
        file.say(profile.progress, COMMON.progress[profile.life]) or "Keadaan tetap; kegiatan berjalan seperti biasa."
    )


def _found(file: CaseFile, drawn: Drawn) -> dict[Domain, Found]:
    dice, profile = file.dice, drawn.profile
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
        found[Domain.INTERESTS] = Found("Minat pada mesin dan kerja tangan; ingin membuka usaha sendiri.")
    return found


def _reads_hiv(file: CaseFile) -> bool:
    return file.manager.scope.has("cases.area.hiv")


def _wishes(file: CaseFile, profile: Profile) -> list[Wish]:
    """One or two goals of the profile, with services shared out among them."""
    goals = list(profile.goals[: file.dice.randint(1, 2)])
    lines = [Service(*service) for service in file.dice.sample(profile.services, 1 + len(goals))]
    return [
        Wish(aim, statement, indicator, baseline, lines[number :: len(goals)])
        for number, (aim, statement, indicator, baseline) in enumerate(goals)
    ]


def _grow(file: CaseFile, drawn: Drawn) -> None:
    """Two looks at the goals: the second mostly better than the first, not always."""
    dice = file.dice
    level = dice.randint(1, 3)
    for _ in range(2):
        file.wait(24, 0.3)
        level = _look(file, drawn.profile, level)
    if dice.random() < 0.2:
        file.rate(dice.choice((Risk.LOW, Risk.LOW, Risk.MEDIUM)), "Keadaan membaik menurut pemantauan.")
    file.advance()


def _look(file: CaseFile, profile: Profile, before: int, *, next_in: int = 60) -> int:
    dice = file.dice
    level = min(5, max(1, before + dice.choice((0, 1, 1, 1, -1))))
    file.monitor(
        (level, max(1, level - dice.randint(0, 1)), min(5, level + dice.randint(0, 1))),
        _progress(file, profile),
        voice=file.say(profile.voices),
        results=dice.choice(
            (
                (GoalResult.PARTLY,),
                (GoalResult.ACHIEVED, GoalResult.PARTLY),
                (GoalResult.NOT_YET, GoalResult.PARTLY),
            )
        ),
        next_in=next_in,
    )
    return level


def _stay(file: CaseFile, drawn: Drawn) -> None:
    """It goes on as it is, until today: services, looks at the goals, and agreement and plan anew when they run out."""
    dice, level = file.dice, 2
    while True:
        file.wait(30, 0.3)
        if file.goes_out_on - file.day < timedelta(days=100):
            guardian, relation = _guardian(file, drawn)
            file.agree(guardian=guardian, relation=relation, months=12)
            file.renew_plan("Rencana lanjutan: yang sudah tercapai dipelihara, yang belum diteruskan.")
        file.deliver(dice.randrange(3))
        file.wait(dice.randint(24, 62))
        level = _look(file, drawn.profile, level, next_in=dice.choice((60, 90)))


def _go_home(file: CaseFile, drawn: Drawn) -> None:
    """Tracing, readiness, hand-over, the end, and the visits after it."""
    dice, profile = file.dice, drawn.profile
    if drawn.far == CLOSED and profile.early and dice.random() < 0.2:
        _end_early(file, profile)
        return
    file.wait(6, 0.4)
    file.trace("Kunjungan ke alamat asal", "Ketua RT", TracingResult.FOUND, file.say(COMMON.traced))
    if drawn.far == GOING_HOME and dice.random() < 0.4:
        return
    file.wait(5, 0.4)
    file.ready((dice.randint(3, 5), dice.randint(3, 5), dice.randint(3, 5)), file.say(COMMON.ready))
    if drawn.far == GOING_HOME and dice.random() < 0.5:
        return
    file.wait(4, 0.4)
    receiver, relation = _receiver(file, drawn)
    file.hand_over(
        receiver,
        relation,
        "Sehat, membawa pakaian dan buku kesehatan.",
        items="Dokumen kependudukan, buku kontrol",
    )
    outcome = dice.choice(("mandiri", "mandiri_dukungan", "mandiri_dukungan", "membaik", "membaik", "tetap"))
    if profile.life != "adult" and outcome.startswith("mandiri"):
        outcome = "membaik"
    account = file.say(profile.outcome)
    if drawn.far == GOING_HOME:
        file.wait_until(dice.randint(1, 4))
        file.propose_end(profile.planned, outcome, account, visits_by=file.manager)
        return
    file.end(profile.planned, outcome, account, visits_by=file.manager)
    follow_up(file, profile.life)


def _receiver(file: CaseFile, drawn: Drawn) -> tuple[str, str]:
    """Who takes them home: someone of the right age."""
    age = drawn.age(file.at)
    choices = (
        (("P", "Bibi"), ("P", "Nenek"), ("L", "Paman"))
        if age < 18
        else (("P", "Anak"), ("L", "Anak"), ("L", "Keponakan"), ("P", "Adik"))
        if age >= 55
        else (("L", "Kakak"), ("P", "Kakak"), ("P", "Ibu"), ("L", "Paman"))
    )
    sex, relation = file.dice.choice(choices)
    return file.world.names.full_name(file.dice, sex), relation


def _end_early(file: CaseFile, profile: Profile) -> None:
    """Some leave before the end."""
    reason, outcome, account = file.dice.choice(profile.early)
    file.wait(3)
    if reason == "meninggal":
        with file.world.looking():
            person = file.refresh().person
        change_person(person=person, revision=person.revision, died_on=file.day, by=file.manager, at=file.at)
    if reason == "melanggar_kesepakatan":
        file.hand_over(file.world.names.full_name(file.dice, "P"), "Ibu", "Sehat.")
    file.end(reason, outcome, account)


def follow_up(file: CaseFile, life: str) -> None:
    """The visits that have come due, most of them held; one of the last weeks may still be waiting."""
    world, dice = file.world, file.dice
    visits = file.visits()
    due = [visit for visit in visits if visit.due_date + timedelta(days=4) < world.today]
    if due:
        file.into_aftercare()
    level = 3
    for visit in due:
        if visit.due_date > world.today - timedelta(days=35) and dice.random() < 0.4:
            return
        level = min(5, level + dice.randint(0, 1))
        file.visit(
            visit,
            on=visit.due_date + timedelta(days=dice.randint(0, 3)),
            with_whom=dice.choice(
                ("Yang bersangkutan dan keluarganya", "Yang bersangkutan", "Keluarga", "Ketua RT dan keluarga")
                if life == "adult"
                else ("Anak dan pengasuhnya", "Pengasuh", "Anak, pengasuh, dan ketua RT")
            ),
            scores=(level, level, max(1, level - 1)),
            account=file.say(COMMON.visited[life]),
            stable=dice.random() < 0.92,
        )
