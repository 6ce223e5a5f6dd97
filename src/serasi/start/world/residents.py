"""Who lives in the houses beside those whom the other stories tell of: thin files, a person whom the house knows.

Drawn before anything is told, like the histories: some lived there before Serasi, the others come month by month.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from itertools import groupby
from random import Random
from typing import Final

from serasi.access.operations import Refused
from serasi.cases.enums import Approach
from serasi.cases.operations.case import open_case
from serasi.people.enums import IdentityState
from serasi.people.models import Person
from serasi.people.operations import NewPerson, register_people
from serasi.start.world.file_at_work import AN_HOUR
from serasi.start.world.homes import PLANS, STANDING_SINCE, HousePlan
from serasi.start.world.persons import FAITHS, MARITAL, SCHOOLS, Cast, Invented, Sort, of_age, register
from serasi.start.world.world import JAKARTA, World

SINCE: Final = 731
"""How many days ago the houses began with Serasi."""
SEASONS: Final = (0.9, 0.9, 1.3, 1.4, 1.0, 0.9, 0.8, 0.9, 1.0, 1.0, 1.1, 1.2)
"""How many come in each month of a year, in parts of the mean. Counted back from today, not by the calendar, so that
the same people come whatever the day on which the world is made."""
BY_RAID: Final = 9
"""How many a raid brings."""
SIXTEEN_MONTHS: Final = 480
"""In days; a house that lives by agreements has files of those who came since, while they live there."""


@dataclass(frozen=True, slots=True)
class Resident:
    """Someone who comes to live in a house; ``came_before`` when it was before the house began with Serasi."""

    story: str
    unit: str
    sort: Sort
    comes_at: datetime
    came_before: bool
    is_unknown: bool
    needs: tuple[str, ...]
    has_file: bool


def draw_residents(world: World, scale: float) -> dict[str, list[Resident]]:
    """By unit, in the order in which they come."""
    return {unit: _draw(world, plan, scale) for unit, plan in PLANS.items()}


def name_residents(world: World, cast: Cast, residents: Iterable[Resident]) -> dict[str, Invented]:
    """Who each of them is, by story; nobody is mistaken for another of this cast."""
    return {one.story: cast.invent(one.story, one.sort, one.comes_at.astimezone(JAKARTA).date()) for one in residents}


def began_on(world: World) -> datetime:
    """When the houses began with Serasi."""
    return world.past(SINCE, 7, 30)


def _draw(world: World, plan: HousePlan, scale: float) -> list[Resident]:
    dice, began = world.dice(f"penghuni:{plan.unit}"), began_on(world)
    oldest = world.past(STANDING_SINCE - 30)
    lived = max(2, round(plan.people * scale))
    moments = [(max(began - timedelta(days=dice.expovariate(1 / plan.stay) + 1), oldest), True) for _ in range(lived)]
    moments += [(moment, False) for moment in _arrivals(world, plan, scale, dice)]
    return [
        Resident(
            story=f"penghuni:{plan.unit}:{number}",
            unit=plan.unit,
            sort=plan.sorts[number % len(plan.sorts)],
            comes_at=moment,
            came_before=came_before,
            is_unknown=dice.random() < plan.unknown,
            needs=("ground_floor", "carer_nearby") if dice.random() < plan.needs else (),
            has_file=_has_file(world, plan, number, moment),
        )
        for number, (moment, came_before) in enumerate(sorted(moments))
    ]


def _has_file(world: World, plan: HousePlan, number: int, comes_at: datetime) -> bool:
    came_of_late = comes_at > world.past(SIXTEEN_MONTHS)
    return came_of_late and world.dice(f"berkas:{plan.unit}:{number}").random() < plan.files


def _arrivals(world: World, plan: HousePlan, scale: float, dice: Random) -> list[datetime]:
    """When people come: one by one, or many on the day of a raid, each month about as many as in its season."""
    moments: list[datetime] = []
    for days_ago in range(SINCE - 31, 0, -30):
        mean = plan.monthly * scale * SEASONS[days_ago // 30 % 12]
        count = int(mean * dice.uniform(0.8, 1.2) + dice.random())
        while count > 0:
            day = days_ago - dice.randrange(30)
            together = min(count, BY_RAID) if plan.raids and dice.random() < 0.7 else 1
            if day >= 1:
                moments += [world.past(day, dice.randint(8, 15), dice.randrange(60))] * together
            count -= together
    return moments


def arrivals_of(world: World, residents: Sequence[Resident]) -> list[tuple[datetime, list[Resident]]]:
    """Those who are written down together: on the first day of Serasi, on the day of a raid, or alone."""
    began = began_on(world)
    together = groupby(residents, key=lambda one: began if one.came_before else one.comes_at)
    return [(moment, list(some)) for moment, some in together]


def register_arrivals(
    world: World, who: Mapping[str, Invented], together: Sequence[Resident], moment: datetime
) -> None:
    """The house comes to know those who came at a moment."""
    desk = world.desks[together[0].unit]
    new = {world.person_id(one.story): as_new_person(world, one, who[one.story]) for one in together}
    known = register_people(people=new, unit=desk.unit, by=desk.workers[0], at=moment)
    for one in together:
        record = world.person_id(one.story)
        if isinstance(known[record], Refused):
            facts = {part.name: getattr(new[record], part.name) for part in fields(NewPerson)}
            register(world, one.story, id=record, unit=desk.unit, by=desk.workers[0], at=moment, **facts)
        if one.has_file:
            _open_file(world, one, moment + AN_HOUR)


def _open_file(world: World, one: Resident, at: datetime) -> None:
    """The file of somebody who comes to live in a house that lives by agreements; the workers take turns."""
    desk, dice = world.desks[one.unit], world.dice(f"{one.story}:berkas")
    with world.looking():
        person = Person.objects.get(pk=world.person_id(one.story))
    open_case(
        id=world.person_id(f"{one.story}:berkas"),
        person=person,
        unit=desk.unit,
        approach=Approach.RESIDENTIAL,
        by=dice.choice(desk.workers),
        at=at,
    )


_MARKS: Final = (
    "bekas luka di lengan kiri", "rambut memutih", "berjalan pincang", "tato di bahu kanan", "gigi depan tanggal",
    "tahi lalat di pipi", "kurus, sering tersenyum", "berbicara pelan, logat Madura", "tidak bicara",
    "menyanyi sendiri", "jari kelingking kiri putus", "memakai kalung benang",
)  # fmt: skip


def as_new_person(world: World, one: Resident, who: Invented) -> NewPerson:
    """What the house wrote down of them: a name, or how they look."""
    dice = world.dice(f"{one.story}:person")
    age, born = (one.comes_at.date() - who.born).days // 365, who.born
    said = {"full_name": who.name, "description": ""}
    if one.is_unknown:
        word = "Laki-laki" if who.sex == "L" else "Perempuan"
        looks = f"{word} ±{max(5, round(age / 5) * 5)} tahun, {dice.choice(_MARKS)}"
        said = {"full_name": "", "description": looks}
    return NewPerson(
        full_name=said["full_name"],
        description=said["description"],
        sex=who.sex,
        identity_state=IdentityState.UNKNOWN if one.is_unknown else IdentityState.STATED,
        no_nik_reason="identitas_belum_diketahui" if one.is_unknown else _without_nik(dice),
        birth_year_from=born.year - 3,
        birth_year_to=min(born.year + 3, one.comes_at.year),
        religion="belum_diketahui" if one.is_unknown else dice.choice(FAITHS),
        marital="belum_diketahui" if one.is_unknown else dice.choice(of_age(MARITAL, age)),
        education="belum_diketahui" if one.is_unknown else dice.choice(of_age(SCHOOLS, age)),
        kinds=[one.sort.kind],
    )


def _without_nik(dice: Random) -> str:
    choices: Sequence[str] = ("tidak_membawa_dokumen", "dokumen_hilang", "belum_pernah_terdaftar")
    return dice.choice(choices)
