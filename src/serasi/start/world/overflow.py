"""Keputih has more people than beds: who waits for a place there, and who lives there and could live outside by now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from serasi.capacity.enums import Answer, Tonight, Way
from serasi.capacity.operations import record_attempt, wait_for_place
from serasi.cases.enums import Approach, Risk, TracingResult
from serasi.start.world.casefile import CaseFile
from serasi.start.world.persons import ODGJ, SORTS, Invented, Sort, born_at_age, invent, report
from serasi.start.world.staff import KEPUTIH
from serasi.start.world.world import World

_SORTS: Final = {sort.kind: sort for sort in SORTS} | {"odgj": ODGJ}


@dataclass(frozen=True, slots=True)
class _Waits:
    """Someone who waits: who they are, where they sleep tonight, why here, and what else was tried with what answer."""

    name: str
    sex: str
    age: int
    sort: str
    days_ago: int
    tonight: Tonight
    why: str
    risk: Risk
    tried: Sequence[tuple[Way, Answer, str]] = ()
    needs: Sequence[str] = ()

    def as_sort(self) -> Sort:
        sort = _SORTS[self.sort]
        return Sort(sort.kind, sort.profile, (self.age, self.age), self.sex)


WAITING: Final[Mapping[str, _Waits]] = {
    "tunggu:1": _Waits(
        "Tukiran Brajamusti",
        "L",
        71,
        "lanjut_usia_telantar",
        41,
        Tonight.STREET,
        "Tidur di emperan pasar, tidak kuat lagi berjalan jauh.",
        Risk.HIGH,
        [
            (Way.FAMILY, Answer.NOT_POSSIBLE, "Keponakannya di Nganjuk tidak sanggup merawat."),
            (Way.LKS, Answer.NOT_POSSIBLE, "Panti lanjut usia di kecamatannya penuh sampai akhir tahun."),
        ],
        ["ground_floor", "carer_nearby"],
    ),
    "tunggu:2": _Waits(
        "Sariyem Kembangsore",
        "P",
        46,
        "odgj",
        27,
        Tonight.CARE,
        "Sudah boleh pulang dari rumah sakit jiwa; suaminya menolak.",
        Risk.MEDIUM,
        [(Way.FAMILY, Answer.NOT_POSSIBLE, "Suami menolak; anaknya masih sekolah.")],
    ),
    "tunggu:3": _Waits(
        "Gunadi Wirabrata",
        "L",
        38,
        "odgj",
        18,
        Tonight.DANGER,
        "Dikurung di gudang belakang rumah sejak kambuh.",
        Risk.HIGH,
    ),
    "tunggu:4": _Waits(
        "Ponirah Lestaridewi",
        "P",
        63,
        "pengemis",
        11,
        Tonight.FAMILY,
        "Menumpang pada tetangga yang akan pindah.",
        Risk.LOW,
        [(Way.RENT, Answer.LATER, "Kamar kos murah ada bulan depan, bila bantuan sewanya turun.")],
    ),
    "tunggu:5": _Waits(
        "Kasbi Trenggonojati",
        "L",
        52,
        "gelandangan",
        4,
        Tonight.STREET,
        "Tidur di bawah jembatan; luka di kakinya tidak kunjung kering.",
        Risk.MEDIUM,
    ),
}

COULD_LEAVE: Final[Mapping[str, tuple[str, str, int, int, bool]]] = {
    "pulang:1": ("Jumadi Sastrowirya", "L", 44, 187, True),
    "pulang:2": ("Rukmini Padmasari", "P", 57, 176, False),
}
"""Who lives in Keputih with a family that was found: name, sex, age, days there, whether readiness was judged."""


def waits(key: str, world: World, begins: datetime) -> None:
    """Reported, known, not admitted: no bed is free. Meanwhile something else is tried."""
    who = WAITING[key]
    file = _begin(key, world, begins, name=who.name, sort=who.as_sort(), about=who.why, approach=Approach.COMMUNITY)
    if who.risk is not Risk.MEDIUM:
        file.rate(who.risk, who.why)
    waiting = wait_for_place(
        id=world.id(key, file.at),
        case=file.case,
        tonight=who.tonight,
        needs=who.needs,
        reason=who.why,
        by=file.manager,
        at=file.at,
    )
    for way, answer, account in who.tried:
        file.wait(2)
        record_attempt(
            id=world.id(key, file.at),
            waiting=waiting,
            way=way,
            answer=answer,
            account=account,
            by=file.manager,
            at=file.at,
        )


def could_leave(key: str, world: World, begins: datetime) -> None:
    """Came by a raid, calmer by now; the family was found, and where it was asked they are ready."""
    name, sex, age, _days_ago, is_ready = COULD_LEAVE[key]
    sort = Sort(ODGJ.kind, ODGJ.profile, (age, age), sex)
    file = _begin(
        key,
        world,
        begins,
        name=name,
        sort=sort,
        about="Ditemukan bingung di terminal.",
        approach=Approach.RESIDENTIAL,
    )
    file.wait(40)
    file.note("Minum obat teratur; membantu di dapur.")
    file.wait(60)
    file.trace("Telepon balai desa", "Kepala dusun", TracingResult.FOUND, "Kakaknya mengenali, dan mau menjemput.")
    if is_ready:
        file.wait(9)
        file.ready((4, 4, 3), "Mandiri dalam perawatan diri; kakaknya menyiapkan kamar.")


def _begin(
    key: str, world: World, begins: datetime, *, name: str, sort: Sort, about: str, approach: Approach
) -> CaseFile:
    desk, manager = world.desks[KEPUTIH], world.desks[KEPUTIH].workers[0]
    file = CaseFile(world, key, desk, manager, begins)
    born = born_at_age(world.dice(f"{key}:born"), file.day, sort.ages)
    person = invent(
        world,
        key,
        sort,
        Invented(name, sort.sex, born),
        unit=desk.unit,
        villages=world.villages("35"),
        by=manager,
        at=begins,
    )
    word = report(
        world,
        key,
        unit=desk.unit,
        by=manager,
        at=begins,
        channel="masyarakat",
        reporter_name="Ketua RT setempat",
        about=str(person)[:250],
        narrative=about,
        person=person,
    )
    file.open(person, report=word, approach=approach)
    return file
