"""How people live in the houses, from two years ago until now: told day by day, all houses of a group together.

Told when the files of its units stand: whose case is helped in the house lives there from the day on which that began,
and leaves as the file says. Everyone else is drawn (`residents`). A life is a generator that yields the moment of what
happens next; the lives of a group take turns in the order of these moments, so it is known without asking which bed is
free.
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import count
from typing import Final
from uuid import UUID

from serasi.access.operations import Refused
from serasi.capacity.operations import reckon
from serasi.cases.models import Case
from serasi.people.models import Person
from serasi.residence import operations as residence
from serasi.residence.enums import Ending, MovementKind
from serasi.residence.models import Movement, Stay
from serasi.start.world.filed import Episode, Script, episodes_of, scripts_of
from serasi.start.world.homes import HousePlan
from serasi.start.world.moving import Home, Houses, Someone
from serasi.start.world.persons import Invented
from serasi.start.world.receiving import receive, see_to_the_dead
from serasi.start.world.residents import Resident, arrivals_of, began_on
from serasi.start.world.staff import (
    BUDI_MULIA,
    GRIYA_WREDA,
    HARAPAN_SENTOSA,
    HARAPAN_SENTOSA_2,
    HARAPAN_SENTOSA_3,
    HARAPAN_SENTOSA_4,
    KEDOYA,
    KEPUTIH,
    PSBR,
    SENTRA,
)
from serasi.start.world.world import World

GROUPS: Final[Mapping[str, Sequence[str]]] = {
    "surabaya": (KEPUTIH, GRIYA_WREDA),
    "jakarta": (KEDOYA, HARAPAN_SENTOSA, HARAPAN_SENTOSA_2, HARAPAN_SENTOSA_3, HARAPAN_SENTOSA_4, BUDI_MULIA),
    "taruna": (PSBR,),
    "bekasi": (SENTRA,),
}
"""Houses between which people move are told together."""

Life = Iterator[datetime]

_LENGTH: Final = {MovementKind.HOSPITAL: (2, 24), MovementKind.LEAVE: (1, 7), MovementKind.ABSCONDED: (1, 9)}
"""How many days one is out, at least and at most; in the order in which a house says how often."""
LONG: Final = timedelta(days=14)
"""Whose bed is needed gives it up after so long in hospital."""


REMEMBERED: Final = timedelta(days=60)
"""What is to be done after a death is asked for so long."""
STILL_TO_DO: Final = 0.15
"""The share of newcomers of whom something is left to do."""


def live(
    world: World,
    group: str,
    scale: float,
    residents: Mapping[str, Sequence[Resident]],
    who: Mapping[str, Invented],
) -> None:
    """Build the houses of a group, and let people live in them until now."""
    _Lives(world, group, scale, who).live(residents)


class _Lives(Houses):
    """The lives in the houses of a group, each told until what happens next lies ahead of today."""

    def __init__(self, world: World, group: str, scale: float, who: Mapping[str, Invented]) -> None:
        super().__init__(world, group, scale, GROUPS[group])
        self._who = who
        self._lives: list[tuple[datetime, int, Life]] = []
        self._order = count()

    # --- Time -------------------------------------------------------------------------------------------------------

    def live(self, residents: Mapping[str, Sequence[Resident]]) -> None:
        for code, home in self.homes.items():
            self._begin(self._coming(home, residents[code]))
        scripts = scripts_of(self.world)
        drawn = [self.world.person_id(one.story) for code in self.homes for one in residents[code]]
        for person, episodes in episodes_of(self.world, self.homes, self.dice, besides=drawn).items():
            self._begin(self._telling(episodes, scripts.get(person)))
        while self._lives:
            self.at, _order, life = heapq.heappop(self._lives)
            self._begin(life)
        self.at = self.world.now - timedelta(minutes=20)
        self.expect()
        self._receive_the_new()
        self._look_ahead()

    def _begin(self, life: Life) -> None:
        """Let a life go on to what happens next, unless that lies ahead of today."""
        moment = next(life, None)
        if moment is not None and moment < self.world.now - timedelta(minutes=30):
            heapq.heappush(self._lives, (max(moment, self.at), next(self._order), life))

    def _receive_the_new(self) -> None:
        """Of those who came in the last two weeks all but a few are screened, have their things listed and know the
        house; the others are what there is to do. For those who died what must be done was done."""
        for code, home in self.homes.items():
            with self.world.looking():
                new = Stay.objects.open().filter(unit=self.world.units[code], period__startswith__gte=self.at - LONG)
                stays = list(new.select_related("unit", "person").order_by("period", "pk"))
            for stay in stays:
                if self.dice.random() >= STILL_TO_DO:
                    receive(self.world, stay, by=home.worker, at=self.at)
            with self.world.looking():
                died = Movement.objects.in_force().filter(kind=MovementKind.ENDED, ending=Ending.DIED)
                lately = died.filter(stay__unit=self.world.units[code], happened_at__gt=self.at - REMEMBERED)
                lately = lately.select_related("stay__unit", "stay__person").order_by("happened_at", "pk")
                gone = [one.stay for one in lately]
            for stay in gone:
                see_to_the_dead(self.world, stay, by=home.worker, at=self.at)

    def _look_ahead(self) -> None:
        """What is expected of each house, as it was reckoned in the last months and is today."""
        for code, home in self.homes.items():
            for days in (90, 60, 30, 0):
                moment = self.at - timedelta(days=days)
                if moment > began_on(self.world):
                    reckon(unit=self.world.units[code], by=self.world.desks[home.plan.unit].head, at=moment)

    # --- Coming -----------------------------------------------------------------------------------------------------

    def _coming(self, home: Home, residents: Sequence[Resident]) -> Life:
        """First who lived there when the house began with Serasi, then the others, many at once when a raid brings
        them."""
        for moment, together in arrivals_of(self.world, residents):
            yield moment
            self._admit_together(home, together)

    def _admit_together(self, home: Home, together: Sequence[Resident]) -> None:
        unit, by = self.world.units[home.plan.unit], home.worker
        with self.world.looking():
            people = Person.objects.in_bulk([self.world.person_id(one.story) for one in together])
            files = {case.person_id: case for case in self._files_of(together)}
        came: dict[UUID, Someone] = {}
        arrivals = []
        for one in together:
            person, who = people[self.world.person_id(one.story)], self._who[one.story]
            someone = Someone(person, who.sex, who.born, one.sort.profile, one.needs, home=home)
            someone.place = home.beds.find(someone.sex, someone.age(self.at), someone.needs)
            file = files.get(person.pk)
            someone.manager = self.world.known(file.opened_by) if file else None
            arrivals.append(self.arrival(someone, someone.place, min(one.comes_at, self.at), file))
            came[arrivals[-1].id] = someone
        stays = residence.admit_many(unit=unit, arrivals=arrivals, by=by, at=self.at)
        for record, stay in stays.items():
            if isinstance(stay, Refused):
                raise stay
            self.has_come(came[record], home, stay, came[record].place)
            self._begin(self._living(came[record]))

    def _files_of(self, together: Sequence[Resident]) -> Sequence[Case]:
        """The files that were opened of them when they came."""
        persons = [self.world.person_id(one.story) for one in together if one.has_file]
        found = Case.objects.filter(person__in=persons).select_related("opened_by").order_by("-opened_at", "-number")
        return list(found) if persons else []

    # --- Living -----------------------------------------------------------------------------------------------------

    def _living(self, someone: Someone) -> Life:
        """Someone of whom no file tells: out and back, perhaps on to another house, in the end away. Whose file was
        opened when they came lives here still."""
        if someone.manager is not None:
            yield from self._outings(someone, self.world.now + timedelta(days=400))
            return
        while True:
            home = self.home_of(someone)
            length = self.dice.expovariate(1 / home.plan.stay)
            ends = self.at + timedelta(days=max(length, 5))
            yield from self._outings(someone, ends)
            yield self._by_day(ends)
            onward = next((one for one in home.plan.onward if self._goes(one.part, one.sort, someone)), None)
            if onward is None:
                break
            self.transfer(someone, self.homes[onward.to])
        yield from self._leaving(someone, self._drawn_ending(home.plan))

    def _goes(self, part: float, sort: str, someone: Someone) -> bool:
        profile = {"lanjut_usia_telantar": "lansia"}.get(sort, sort)
        return profile in {"", someone.sort} and self.dice.random() < part

    def _drawn_ending(self, plan: HousePlan) -> str:
        return self.dice.choices(list(plan.endings), list(plan.endings.values()))[0]

    def _leaving(self, someone: Someone, ending: str, destination: str = "") -> Life:
        if ending == Ending.NOT_RETURNED:
            self.go_out(someone, MovementKind.ABSCONDED, None)
            yield self.at + timedelta(days=self.dice.randint(8, 20))
        if ending == Ending.DIED and self.dice.random() < 0.6:
            self.go_out(someone, MovementKind.HOSPITAL, None)
            yield self.at + timedelta(days=self.dice.randint(1, 9))
        self.end(someone, ending, destination)

    def _outings(self, someone: Someone, ends: datetime) -> Life:
        """To hospital, on leave, away and found, before the end of the stay; as often as in this house."""
        window = (min(ends, self.world.now) - self.at).days - 3
        if window < 2:
            return
        begins = self.at
        drawn = sorted(
            (begins + timedelta(days=self.dice.uniform(0.5, window), minutes=self.dice.randrange(60)), kind)
            for kind, part in zip(_LENGTH, self.home_of(someone).plan.out, strict=True)
            if self.dice.random() < part * max(window / 730, 0.25)
        )
        for moment, kind in drawn:
            least, most = _LENGTH[kind]
            length = timedelta(days=self.dice.randint(least, most), hours=self.dice.randint(1, 6))
            if moment <= self.at + timedelta(hours=2) or moment + length >= ends:
                continue
            yield from self._outing(someone, kind, moment, length)

    def _outing(self, someone: Someone, kind: MovementKind, moment: datetime, length: timedelta) -> Life:
        yield moment
        self.go_out(someone, kind, None if kind is MovementKind.ABSCONDED else self.at + length)
        back = self.at + length
        if kind is MovementKind.HOSPITAL and length > LONG and self.home_of(someone).on_floor:
            yield self.at + LONG
            self.release(someone)
        yield back
        self.come_back(someone)

    def _by_day(self, moment: datetime) -> datetime:
        """The working hour of that day, unless it is past."""
        return max(self.at, moment.replace(hour=self.dice.randint(9, 15), minute=self.dice.randrange(60)))

    # --- Whom the files tell of -------------------------------------------------------------------------------------

    def _telling(self, episodes: Sequence[Episode], script: Script | None) -> Life:
        """A life as the files tell it: here, perhaps on to another house, perhaps away and here again."""
        first = episodes[0]
        person = first.case.person
        born = person.birth_date or date(person.birth_year_from or 1975, 6, 1)
        sex = person.sex if person.sex in {"L", "P"} else "L"
        old = first.begins.year - born.year > 75 or (script is not None and script.needs)
        someone = Someone(person, sex, born, "", ("ground_floor",) if old else (), manager=first.manager)
        for place, one in enumerate(episodes):
            if one.ends is not None and one.ends <= self.at:
                continue
            yield max(one.begins, began_on(self.world) + timedelta(hours=1))
            someone.manager = one.manager
            home = self.homes[one.case.unit.code]
            if someone.stay is None or not someone.stay.is_open:
                self.admit(someone, home, one.case)
            elif someone.home is not home:
                self.transfer(someone, home, one.case)
            follows = place + 1 < len(episodes)
            ends = one.ends or self.world.now + timedelta(days=400)
            if script is not None:
                yield from self._scripted(someone, script)
            else:
                yield from self._outings(someone, ends)
            if one.ends is not None and not (follows and episodes[place + 1].begins - one.ends < timedelta(days=2)):
                yield max(one.ends, self.at)
                yield from self._leaving(someone, one.ending)

    def _scripted(self, someone: Someone, script: Script) -> Life:
        for kind, days_ago, back in script.outings:
            yield self.world.now - timedelta(days=days_ago)
            self.go_out(someone, kind, None)
            if back is None:
                return
            yield self.world.now - timedelta(days=back)
            self.come_back(someone)
