"""Invented people: of what kind, how old, from where, with which papers. Nobody here is anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

from serasi.access.models import Unit, User
from serasi.cases.models import Report
from serasi.cases.operations.report import receive_report
from serasi.cases.operations.triage import triage
from serasi.cases.reference import danger_screen
from serasi.people.enums import AddressKind, IdentityState
from serasi.people.models import Person
from serasi.people.naming import key_of
from serasi.people.operations import LikelySame, NewPerson, Place, register_person
from serasi.start.world.world import World


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of PPKS as it comes to the desks: profile, ages, and the sex when it is one."""

    kind: str
    profile: str
    ages: tuple[int, int]
    sex: str = ""


SORTS: Final[tuple[Sort, ...]] = (
    Sort("anak_balita_telantar", "balita", (0, 4)),
    Sort("anak_telantar", "anak", (6, 17)),
    Sort("anak_berhadapan_hukum", "sppa", (13, 17)),
    Sort("anak_jalanan", "anak", (7, 17)),
    Sort("anak_disabilitas", "anak_disabilitas", (2, 17)),
    Sort("anak_korban_kekerasan", "anak", (6, 17)),
    Sort("anak_perlindungan_khusus", "anak", (8, 17)),
    Sort("lanjut_usia_telantar", "lansia", (61, 97)),
    Sort("penyandang_disabilitas", "disabilitas", (18, 59)),
    Sort("tuna_susila", "perempuan", (19, 45), "P"),
    Sort("gelandangan", "jalanan", (19, 66)),
    Sort("pengemis", "jalanan", (25, 70)),
    Sort("pemulung", "jalanan", (20, 60)),
    Sort("kelompok_minoritas", "umum", (20, 50)),
    Sort("bekas_warga_binaan", "umum", (20, 55), "L"),
    Sort("orang_dengan_hiv_aids", "hiv", (20, 50)),
    Sort("korban_napza", "napza", (16, 45)),
    Sort("korban_trafficking", "perempuan", (18, 35), "P"),
    Sort("korban_kekerasan", "perempuan", (19, 50), "P"),
    Sort("pekerja_migran_bermasalah", "umum", (21, 50)),
    Sort("korban_bencana_alam", "umum", (18, 70)),
    Sort("korban_bencana_sosial", "umum", (18, 60)),
    Sort("perempuan_rawan", "perempuan", (20, 55), "P"),
    Sort("fakir_miskin", "pemuda", (17, 27)),
    Sort("keluarga_bermasalah", "umum", (22, 55)),
    Sort("komunitas_adat_terpencil", "umum", (18, 60)),
)
ODGJ: Final = Sort("penyandang_disabilitas", "odgj", (19, 60))
"""People with a psychosocial disability: no kind of their own in the list, a life of their own in the homes."""

MARITAL: Final = {
    19: ("belum_kawin",),
    25: ("belum_kawin", "belum_kawin", "belum_kawin", "kawin"),
    40: ("belum_kawin", "kawin", "kawin", "cerai_hidup"),
    60: ("belum_kawin", "kawin", "kawin", "cerai_hidup", "cerai_mati"),
    200: ("belum_kawin", "kawin", "cerai_hidup", "cerai_mati", "cerai_mati", "cerai_mati"),
}
"""By the age that is not reached yet."""
SCHOOLS: Final = {
    7: ("belum_sekolah",),
    13: ("belum_tamat_sd",),
    16: ("belum_tamat_sd", "tamat_sd", "tamat_sd"),
    19: ("tamat_sd", "sltp", "sltp"),
    60: ("belum_tamat_sd", "tamat_sd", "tamat_sd", "sltp", "sltp", "slta", "slta", "diploma_3"),
    200: ("belum_sekolah", "belum_tamat_sd", "belum_tamat_sd", "tamat_sd", "tamat_sd", "sltp"),
}
FAITHS: Final = (*("islam",) * 16, "kristen", "kristen", "katolik", "hindu", "buddha")


def of_age(choices: Mapping[int, Sequence[str]], age: int) -> Sequence[str]:
    return next(said for below, said in choices.items() if age < below)


def born_at_age(dice: Random, on: date, ages: tuple[int, int]) -> date:
    """A birthday that makes someone so old on a day."""
    years = dice.randint(*ages)
    return on - timedelta(days=int(365.25 * years) + dice.randrange(1, 350))


def invented_nik(dice: Random, district: str, born: date, sex: str) -> str:
    """A number of the right structure; its serial is one that offices do not reach."""
    day = born.day + (40 if sex == "P" else 0)
    return f"{district.replace('.', '')[:6]}{day:02d}{born:%m%y}{dice.randrange(9100, 9990):04d}"


def register(world: World, story: str, *, unit: Unit, by: User, at: datetime, **facts: Any) -> Person:
    """Register someone; who looks like someone known is looked at, and found to be another."""
    facts.setdefault("identity_state", IdentityState.STATED)
    if not facts.get("nik"):
        facts.setdefault("no_nik_reason", "tidak_membawa_dokumen")
    record = facts.pop("id", None) or world.id(story, at)
    new = NewPerson(**facts)
    try:
        return register_person(id=record, new=new, unit=unit, by=by, at=at)
    except LikelySame as alike:
        compared = replace(
            new,
            not_same_as=[match.person_id for match in alike.matches],
            distinct_reason="Sudah dibandingkan: tanggal lahir dan nama ibu berbeda.",
        )
        return register_person(id=record, new=compared, unit=unit, by=by, at=at)


@dataclass(frozen=True, slots=True)
class Invented:
    """Who someone is to be: a name unlike every other's, a sex, and the age at which they come."""

    name: str
    sex: str
    born: date


class Cast:
    """Invents people whose names are not mistaken for each other's, whoever is registered first."""

    def __init__(self, world: World, taken: Sequence[str]) -> None:
        self._world = world
        self._bearers: dict[str, set[int]] = {}
        self._names: list[list[str]] = []
        for name in taken:
            self._keep(key_of(name).split())

    def invent(self, story: str, sort: Sort, comes_on: date) -> Invented:
        dice = self._world.dice(f"{story}:born")
        sex = sort.sex or dice.choice("LP")
        name = self._world.names.full_name(dice, sex)
        while self._is_mistakable(key_of(name).split()):
            name = self._world.names.full_name(dice, sex)
        self._keep(key_of(name).split())
        return Invented(name, sex, born_at_age(dice, comes_on - timedelta(days=3), sort.ages))

    def _keep(self, words: list[str]) -> None:
        for word in words:
            for spelling in _slips(word):
                self._bearers.setdefault(spelling, set()).add(len(self._names))
        self._names.append(words)

    def _is_mistakable(self, words: list[str]) -> bool:
        """Whether every word of this name, but for a letter, is in another's, or the other way about."""
        near = [set().union(*(self._bearers.get(slip, set()) for slip in _slips(word))) for word in words]
        if set.intersection(*near):
            return True
        own = {slip for word in words for slip in _slips(word)}
        shorter = (self._names[other] for other in set().union(*near) if len(self._names[other]) < len(words))
        return any(all(own & _slips(word) for word in other) for other in shorter)


def _slips(word: str) -> set[str]:
    """The word, and the word with any one letter left out: words of which two share one differ by a letter at most."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}


def invent(
    world: World, story: str, sort: Sort, who: Invented, *, unit: Unit, villages: Sequence[str], by: User, at: datetime
) -> Person:
    """Register someone of this sort, with what papers such a person has."""
    dice = world.dice(story)
    born = who.born
    village = dice.choice(villages) if villages else ""
    age = (at.date() - born).days // 365
    has_papers = dice.random() < (0.35 if sort.profile in {"odgj", "jalanan", "anak"} else 0.75)
    nik = invented_nik(dice, village, born, who.sex) if has_papers and village else ""
    places = {
        AddressKind.DOMICILE: Place(
            village or None,
            f"Jalan Contoh {dice.randint(1, 180)}",
            f"{dice.randint(1, 12):03d}",
            f"{dice.randint(1, 9):03d}",
        )
    }
    if dice.random() < 0.3:
        places[AddressKind.ORIGIN] = Place(
            dice.choice(villages) if villages else None, f"Kampung Contoh {dice.randint(1, 40)}"
        )
    reason = (
        "bayi_belum_akta"
        if age < 2
        else dice.choice(("tidak_membawa_dokumen", "dokumen_hilang", "belum_pernah_terdaftar"))
    )
    is_poor = age >= 18 and dice.random() < 0.12 and sort.kind != "fakir_miskin"
    return register(
        world,
        story,
        id=world.person_id(story),
        unit=unit,
        by=by,
        at=at,
        full_name=who.name,
        nickname=who.name.split()[0] if " " in who.name and dice.random() < 0.2 else "",
        sex=who.sex,
        identity_state=IdentityState.DOCUMENT_SEEN if has_papers else IdentityState.STATED,
        birth_date=born if has_papers or dice.random() < 0.4 else None,
        birth_year_from=born.year - (0 if has_papers else 2),
        birth_year_to=min(born.year + (0 if has_papers else 2), at.year),
        mother_name=world.names.full_name(dice, "P") if dice.random() < 0.5 else "",
        religion=dice.choice(FAITHS),
        marital=dice.choice(of_age(MARITAL, age)),
        education=dice.choice(of_age(SCHOOLS, age)),
        nik=nik,
        no_nik_reason="" if nik else reason,
        phone=f"+62899{dice.randrange(10**8):08d}" if age > 14 and dice.random() < 0.25 else "",
        places=places,
        kinds=[sort.kind, *(["fakir_miskin"] if is_poor else [])],
    )


def report(
    world: World,
    story: str,
    *,
    unit: Unit,
    by: User,
    at: datetime,
    channel: str,
    about: str,
    narrative: str = "",
    danger: Sequence[str] = (),
    decide: str = "open_case",
    reason: str = "",
    **facts: Any,
) -> Report:
    """A report with the whole danger screen answered, and, unless ``decide`` is empty, the decision on it."""
    word = receive_report(
        id=facts.pop("id", None) or world.id(story, at),
        unit=unit,
        channel=channel,
        received_at=at,
        subject_description=about,
        urgency=facts.pop("urgency", "ordinary"),
        danger={code: "yes" if code in danger else "no" for code in danger_screen().codes},
        narrative=narrative,
        by=by,
        at=at,
        **facts,
    )
    if decide:
        decision = triage(
            id=world.id(story, at),
            report=word,
            urgency=word.urgency,
            outcome=decide,
            reason=reason,
            by=by,
            at=at + timedelta(minutes=12),
        )
        word.triage = decision
    return word
