"""What the kitchen cooks: how many of each ward eat, and who eats otherwise."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from serasi.access.models import Unit, User
from serasi.daily.enums import DietKind
from serasi.daily.models import Diet
from serasi.daily.queries.residents import Resident, residents
from serasi.residence.models import Ward
from serasi.residence.queries import day_at


@dataclass(frozen=True, slots=True)
class SpecialMeal:
    resident: Resident
    diets: list[Diet]


@dataclass(frozen=True, slots=True)
class WardMeals:
    """A ward at table: those present, of whom some eat otherwise."""

    ward: Ward
    eaters: int
    special: list[SpecialMeal]

    @property
    def ordinary(self) -> int:
        return self.eaters - len(self.special)


@dataclass(frozen=True, slots=True)
class Kitchen:
    day: date
    wards: list[WardMeals]
    by_kind: list[tuple[DietKind, int]]

    @property
    def eaters(self) -> int:
        return sum(one.eaters for one in self.wards)

    @property
    def ordinary(self) -> int:
        return sum(one.ordinary for one in self.wards)

    @property
    def special(self) -> int:
        return self.eaters - self.ordinary


def diets_of(*, unit: Unit, day: date, reader: User) -> dict[UUID, list[Diet]]:
    """Diets that hold on a day, by stay. One statement."""
    found: dict[UUID, list[Diet]] = {}
    for diet in Diet.objects.visible_to(reader).filter(unit=unit).on(day).order_by("kind", "words"):
        found.setdefault(diet.stay_id, []).append(diet)
    return found


def kitchen(*, unit: Unit, at: datetime, reader: User) -> Kitchen:
    """Who eats what in a house today. Six statements."""
    day = day_at(unit, at)
    diets = diets_of(unit=unit, day=day, reader=reader)
    wards = []
    counted: Counter[str] = Counter()
    by_ward = residents(unit=unit, at=at, reader=reader)
    for ward in Ward.objects.visible_to(reader).filter(unit=unit).open_on(day):
        present = [one for one in by_ward if one.ward_id == ward.pk and one.is_present]
        if not present:
            continue
        special = [SpecialMeal(one, diets[one.stay_id]) for one in present if one.stay_id in diets]
        counted.update(diet.kind for meal in special for diet in meal.diets)
        wards.append(WardMeals(ward, len(present), special))
    return Kitchen(day, wards, [(kind, counted[kind]) for kind in DietKind if counted[kind]])
