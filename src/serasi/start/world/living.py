"""How people live in the houses, from two years ago until now: told day by day, all houses of a group together.

Told when the files of its units stand: whose case is helped in the house lives there from the day on which that began,
and leaves as the file says. Everyone else is drawn (`residents`). A life is a generator that yields the moment of what
happens next; the lives of a group take turns in the order of these moments, so it is known without asking which bed is
free.
"""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Final
from uuid import UUID

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.cases.enums import Approach, TeamPart
from serasi.cases.models import ApproachPeriod, Case, HandOver, TeamMember, Termination
from serasi.people.models import Person
from serasi.people.operations import link_to_unit
from serasi.residence import operations as residence
from serasi.residence.enums import Ending, MovementKind, OutageReason
from serasi.residence.models import Stay
from serasi.residence.operations import Arrival
from serasi.residence.operations.placing import Place
from serasi.residence.queries import day_at
from serasi.start.world.homes import PLANS, Beds, HousePlan, build
from serasi.start.world.persons import Invented
from serasi.start.world.residents import Resident, arrivals_of, began_on
from serasi.start.world.staff import (
    BUDI_MULIA,
    DINSOS_DKI,
    DINSOS_SURABAYA,
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
WHO_MOVES_PEOPLE_ON: Final = {"surabaya": DINSOS_SURABAYA, "jakarta": DINSOS_DKI}

Life = Iterator[datetime]

ENDINGS: Final = {
    "bekerja_mandiri": Ending.WORK,
    "dirujuk_selesai": Ending.INSTITUTION,
    "meninggal": Ending.DIED,
    "pergi_tanpa_izin": Ending.NOT_RETURNED,
    "hilang_kontak": Ending.NOT_RETURNED,
    "mengundurkan_diri": Ending.INDEPENDENT,
    "persetujuan_ditarik": Ending.INDEPENDENT,
    "proses_hukum": Ending.OTHER,
}
"""How a stay ends when the file does; else the person goes to the family."""
_WHY: Final = {
    MovementKind.HOSPITAL: (
        ("Demam tinggi dan lemas", "RSUD"),
        ("Sesak napas", "RSUD"),
        ("Kontrol dan rawat jiwa", "Rumah sakit jiwa daerah"),
        ("Jatuh di kamar mandi", "RSUD"),
        ("Diare, perlu infus", "Puskesmas rawat inap"),
    ),
    MovementKind.LEAVE: (
        ("Menengok keluarga", "Rumah keluarga"),
        ("Libur akhir pekan", "Rumah keluarga"),
        ("Mengurus dokumen", "Kantor Dukcapil daerah asal"),
    ),
    MovementKind.ABSCONDED: (
        ("Tidak ada saat apel malam", ""),
        ("Tidak kembali dari kegiatan luar", ""),
        ("Keluar lewat gerbang belakang saat hujan", ""),
    ),
}
_LENGTH: Final = {MovementKind.HOSPITAL: (2, 24), MovementKind.LEAVE: (1, 7), MovementKind.ABSCONDED: (1, 9)}
"""How many days one is out, at least and at most."""
LONG: Final = timedelta(days=14)
"""Whose bed is needed gives it up after so long in hospital."""


@dataclass(frozen=True, slots=True)
class Episode:
    """What a file says of living in a house: from when to when, in whose care, and how it ended."""

    case: Case
    manager: User
    begins: datetime
    ends: datetime | None
    ending: str


@dataclass(slots=True)
class Someone:
    """A person who lives in a house, or did."""

    person: Person
    sex: str
    born: date
    sort: str
    needs: tuple[str, ...] = ()
    manager: User | None = None
    home: "Home | None" = None
    stay: Stay | None = None
    place: Place | None = None
    is_in: bool = True
    last_at: datetime | None = None

    def age(self, at: datetime) -> int:
        return (at.date() - self.born).days // 365


@dataclass(slots=True)
class Home:
    """A house of the group: its plan, its beds as they are now, who works in it, who lies on its floors."""

    plan: HousePlan
    beds: Beds
    worker: User
    watch: Sequence[User]
    """Who writes down that somebody went out and came back."""
    on_floor: list[Someone] = field(default_factory=list)


def live(
    world: World,
    group: str,
    scale: float,
    residents: Mapping[str, Sequence[Resident]],
    who: Mapping[str, Invented],
) -> None:
    """Build the houses of a group, and let people live in them until now."""
    _Group(world, group, scale, who).live(residents)


class _Group:
    def __init__(self, world: World, name: str, scale: float, who: Mapping[str, Invented]) -> None:
        self.world, self.name, self.scale, self.who = world, name, scale, who
        self.dice = world.dice(f"hunian:{name}")
        self.at = began_on(world)
        self.homes: dict[str, Home] = {}
        self._lives: list[tuple[datetime, int, Life]] = []
        self._order = count()

    # --- Time -------------------------------------------------------------------------------------------------------

    def live(self, residents: Mapping[str, Sequence[Resident]]) -> None:
        for code in GROUPS[self.name]:
            desk = self.world.desks[code]
            beds = build(self.world, PLANS[code], scale=self.scale, by=desk.head, at=self.at)
            home = Home(PLANS[code], beds, desk.workers[0], desk.carers or desk.workers[:1])
            self.homes[code] = home
            self._break_beds(home)
            self._begin(self._coming(home, residents[code]))
        for life in self._told():
            self._begin(life)
        while self._lives:
            self.at, _order, life = heapq.heappop(self._lives)
            self._begin(life)
        self.at = self.world.now - timedelta(minutes=20)
        self._expect()

    def _begin(self, life: Life) -> None:
        """Let a life go on to what happens next, unless that lies ahead of today."""
        moment = next(life, None)
        if moment is not None and moment < self.world.now - timedelta(minutes=30):
            heapq.heappush(self._lives, (max(moment, self.at), next(self._order), life))

    def _id(self) -> UUID:
        return self.world.id(f"hunian:{self.name}", self.at)

    # --- Coming -----------------------------------------------------------------------------------------------------

    def _coming(self, home: Home, residents: Sequence[Resident]) -> Life:
        """First who lived there when the house began with Serasi, then the others, many at once when a raid brings
        them."""
        for moment, together in arrivals_of(self.world, residents):
            yield moment
            self._admit(home, together)

    def _admit(self, home: Home, together: Sequence[Resident]) -> None:
        unit, by = self.world.units[home.plan.unit], home.worker
        with self.world.looking():
            people = Person.objects.in_bulk([self.world.person_id(one.story) for one in together])
        came: dict[UUID, Someone] = {}
        arrivals = []
        for one in together:
            person, who = people[self.world.person_id(one.story)], self.who[one.story]
            someone = Someone(person, who.sex, who.born, one.sort.profile, one.needs, home=home)
            someone.place = home.beds.find(someone.sex, someone.age(self.at), someone.needs)
            arrivals.append(self._arrival(someone, someone.place, min(one.comes_at, self.at)))
            came[arrivals[-1].id] = someone
        stays = residence.admit_many(unit=unit, arrivals=arrivals, by=by, at=self.at)
        for record, stay in stays.items():
            if isinstance(stay, Refused):
                raise stay
            self._has_come(came[record], home, stay, came[record].place)
            self._begin(self._living(came[record]))

    def _arrival(self, someone: Someone, place: Place, happened_at: datetime, case: Case | None = None) -> Arrival:
        plan, dice = self._home_of(someone).plan, self.dice
        with_case = someone.manager is not None
        return Arrival(
            id=self._id(),
            person=someone.person,
            room=place.room,
            bed=place.bed,
            case=case,
            purpose=dice.choice(plan.purpose),
            exit_plan=dice.choice(plan.exit_plan),
            happened_at=happened_at,
            expected_end=self._expected_end(plan, happened_at) if with_case or dice.random() < 0.6 else None,
            needs=someone.needs,
            came_from=someone.stay,
            overrides=("floor", "needs", "sex", "age"),
            override_reason="Belum ada tempat lain yang sesuai; dipindahkan begitu ada.",
        )

    def _expected_end(self, plan: HousePlan, came: datetime) -> date:
        later = max(came, self.at) + timedelta(days=plan.stay * self.dice.uniform(0.4, 1.1))
        return later.date()

    def _has_come(self, someone: Someone, home: Home, stay: Stay, place: Place | None) -> None:
        someone.home, someone.stay, someone.place, someone.is_in = home, stay, place, True
        someone.last_at = self.at
        if place is not None and place.bed is None:
            home.on_floor.append(someone)

    # --- Living -----------------------------------------------------------------------------------------------------

    def _living(self, someone: Someone) -> Life:
        """Someone of whom no file tells: out and back, perhaps on to another house, in the end away."""
        while True:
            home = self._home_of(someone)
            length = self.dice.expovariate(1 / home.plan.stay)
            ends = self.at + timedelta(days=max(length, 5))
            yield from self._outings(someone, ends)
            yield self._by_day(ends)
            onward = next((one for one in home.plan.onward if self._goes(one.part, one.sort, someone)), None)
            if onward is None:
                break
            self._transfer(someone, self.homes[onward.to])
        yield from self._leaving(someone, self._drawn_ending(home.plan))

    def _goes(self, part: float, sort: str, someone: Someone) -> bool:
        profile = {"lanjut_usia_telantar": "lansia"}.get(sort, sort)
        return profile in {"", someone.sort} and self.dice.random() < part

    def _drawn_ending(self, plan: HousePlan) -> str:
        return self.dice.choices(list(plan.endings), list(plan.endings.values()))[0]

    def _leaving(self, someone: Someone, ending: str, destination: str = "") -> Life:
        if ending == Ending.NOT_RETURNED:
            self._go_out(someone, MovementKind.ABSCONDED, None)
            yield self.at + timedelta(days=self.dice.randint(8, 20))
        if ending == Ending.DIED and self.dice.random() < 0.6:
            self._go_out(someone, MovementKind.HOSPITAL, None)
            yield self.at + timedelta(days=self.dice.randint(1, 9))
        self._end(someone, ending, destination)

    def _outings(self, someone: Someone, ends: datetime) -> Life:
        """To hospital, on leave, away and found, before the end of the stay; as often as in this house."""
        window = (min(ends, self.world.now) - self.at).days - 3
        if window < 2:
            return
        begins = self.at
        drawn = sorted(
            (begins + timedelta(days=self.dice.uniform(0.5, window), minutes=self.dice.randrange(60)), kind)
            for kind, part in zip(_WHY, self._home_of(someone).plan.out, strict=True)
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
        self._go_out(someone, kind, None if kind is MovementKind.ABSCONDED else self.at + length)
        back = self.at + length
        if kind is MovementKind.HOSPITAL and length > LONG and self._home_of(someone).on_floor:
            yield self.at + LONG
            self._release(someone)
        yield back
        self._come_back(someone)

    def _by_day(self, moment: datetime) -> datetime:
        """The working hour of that day, unless it is past."""
        return max(self.at, moment.replace(hour=self.dice.randint(9, 15), minute=self.dice.randrange(60)))

    # --- Whom the files tell of -------------------------------------------------------------------------------------

    def _told(self) -> list[Life]:
        with self.world.looking():
            periods = (
                ApproachPeriod.objects.filter(
                    approach=Approach.RESIDENTIAL, case__unit__code__in=self.homes, case__person__merged_into=None
                )
                .select_related("case__unit", "case__person")
                .order_by("period", "case__number")
            )
            managers = {
                member.case_id: member.user
                for member in TeamMember.objects.filter(part=TeamPart.MANAGER).select_related("user").order_by("period")
            }
            reasons = dict(Termination.objects.exclude(approved_at=None).values_list("case", "reason"))
            handed = dict(HandOver.objects.filter(case__closed_at__isnull=False).values_list("case", "handed_at"))
            episodes: dict[object, list[Episode]] = {}
            for period in periods:
                case, known = period.case, self.world.known(managers[period.case_id])
                until = [moment for moment in (period.period.upper, handed.get(case.pk), case.closed_at) if moment]
                begins = period.period.lower + timedelta(minutes=self.dice.randint(30, 150))
                ends = min(until) if until else None
                if (ends is None or ends > begins + timedelta(hours=3)) and begins < self.world.now:
                    ending = ENDINGS.get(reasons.get(case.pk, ""), Ending.FAMILY)
                    episodes.setdefault(case.person_id, []).append(Episode(case, known, begins, ends, ending))
        scripts = {self.world.person_id(key): script for key, script in _SCRIPTS.items()}
        return [self._telling(told, scripts.get(person)) for person, told in episodes.items()]  # type: ignore[call-overload]

    def _telling(self, episodes: Sequence[Episode], script: "Script | None") -> Life:
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
                self._admit_one(someone, home, one.case)
            elif someone.home is not home:
                self._transfer(someone, home, one.case)
            follows = place + 1 < len(episodes)
            ends = one.ends or self.world.now + timedelta(days=400)
            if script is not None:
                yield from self._scripted(someone, script)
            else:
                yield from self._outings(someone, ends)
            if one.ends is not None and not (follows and episodes[place + 1].begins - one.ends < timedelta(days=2)):
                yield max(one.ends, self.at)
                yield from self._leaving(someone, one.ending)

    def _scripted(self, someone: Someone, script: "Script") -> Life:
        for kind, days_ago, back in script.outings:
            yield self.world.now - timedelta(days=days_ago)
            self._go_out(someone, kind, None)
            if back is None:
                return
            yield self.world.now - timedelta(days=back)
            self._come_back(someone)

    # --- What happens -----------------------------------------------------------------------------------------------

    def _home_of(self, someone: Someone) -> Home:
        assert someone.home is not None  # noqa: S101  (set before anything happens to them)
        return someone.home

    def _now(self, someone: Someone) -> datetime:
        """This moment, or a minute after the last thing that happened to them."""
        at = self.at if someone.last_at is None else max(self.at, someone.last_at + timedelta(minutes=1))
        someone.last_at = at
        return at

    def _admit_one(self, someone: Someone, home: Home, case: Case) -> None:
        someone.home = home
        place = home.beds.find(someone.sex, someone.age(self.at), someone.needs)
        at = self._now(someone)
        arrival = self._arrival(someone, place, at, case)
        stay = residence.admit(
            **{name: getattr(arrival, name) for name in Arrival.__dataclass_fields__},
            unit=self.world.units[home.plan.unit],
            by=someone.manager,
            at=at,
        )
        self._has_come(someone, home, stay, place)
        someone.last_at = at

    def _go_out(self, someone: Someone, kind: MovementKind, expected: datetime | None) -> None:
        if not someone.is_in:
            return
        reason, destination = self.dice.choice(_WHY[kind])
        at = self._now(someone)
        residence.go_out(
            id=self._id(), stay=someone.stay, kind=kind, happened_at=at, reason=reason, destination=destination,
            expected_at=expected, by=self._watch(someone), at=at,
        )  # fmt: skip
        someone.is_in = False

    def _come_back(self, someone: Someone) -> None:
        home, place = self._home_of(someone), None
        if someone.place is None:
            place = home.beds.find(someone.sex, someone.age(self.at), someone.needs)
        at = self._now(someone)
        residence.come_back(
            id=self._id(), stay=someone.stay, room=place.room if place else None, bed=place.bed if place else None,
            happened_at=at, overrides=("floor", "needs", "sex", "age"),
            override_reason="Tempat tidurnya dipakai orang lain selama ia dirawat.", by=self._watch(someone), at=at,
        )  # fmt: skip
        someone.is_in = True
        if place is not None:
            someone.place = place
            if place.bed is None:
                home.on_floor.append(someone)

    def _release(self, someone: Someone) -> None:
        at, place = self._now(someone), someone.place
        residence.release_bed(
            id=self._id(), stay=someone.stay, happened_at=at, reason="Dirawat lama; tempat tidur diperlukan.",
            by=self._watch(someone), at=at,
        )  # fmt: skip
        someone.place = None
        self._is_free(someone, self._home_of(someone), place)

    def _end(self, someone: Someone, ending: str, destination: str) -> None:
        at = self._now(someone)
        residence.end_stay(
            id=self._id(), stay=someone.stay, ending=ending, happened_at=at, destination=destination,
            by=someone.manager or self._home_of(someone).worker, at=at,
        )  # fmt: skip
        self._is_free(someone, self._home_of(someone), someone.place)
        someone.place = None

    def _transfer(self, someone: Someone, there: Home, case: Case | None = None) -> None:
        """On to another house, by the Dinas over both, or by who works in the new one with the file."""
        here, before = self._home_of(someone), someone.place
        place = there.beds.find(someone.sex, someone.age(self.at), someone.needs)
        at, unit = self._now(someone), self.world.units[there.plan.unit]
        residence.transfer(
            id=self._id(), stay=someone.stay, unit=unit, room=place.room, bed=place.bed, case=case,
            purpose=self.dice.choice(there.plan.purpose), exit_plan=self.dice.choice(there.plan.exit_plan),
            happened_at=at, expected_end=self._expected_end(there.plan, at), reason="Jenjang berikutnya",
            overrides=("floor", "needs", "sex", "age"),
            override_reason="Belum ada tempat lain yang sesuai.",
            by=self.world.desks[WHO_MOVES_PEOPLE_ON[self.name]].head, at=at,
        )  # fmt: skip
        with self.world.looking():
            stay = Stay.objects.select_related("unit", "person").get(came_from=someone.stay)
        self._is_free(someone, here, before)
        self._has_come(someone, there, stay, place)
        someone.last_at = at

    def _is_free(self, someone: Someone, home: Home, place: Place | None) -> None:
        """A place is free; who lies on the floor longest gets the bed, when it is for them."""
        if place is None:
            return
        if someone in home.on_floor:
            home.on_floor.remove(someone)
        home.beds.give_back(place)
        if place.bed is None:
            return
        waiting = (
            one for one in home.on_floor
            if one.is_in and home.beds.fits(place.bed, one.sex, one.age(self.at)) and (one.last_at or self.at) < self.at
        )  # fmt: skip
        lucky = next(waiting, None)
        if lucky is None or lucky.place is None:
            return
        at = self._now(lucky)
        residence.move(
            id=self._id(), stay=lucky.stay, room=None, bed=place.bed, happened_at=at,
            reason="Ada tempat tidur kosong", overrides=("needs",), override_reason="Lebih baik daripada di lantai.",
            by=self._watch(lucky), at=at,
        )  # fmt: skip
        home.on_floor.remove(lucky)
        home.beds.take(place)
        home.beds.give_back(lucky.place)
        lucky.place = place

    def _watch(self, someone: Someone) -> User:
        if someone.person.is_sealed:
            return someone.manager or self._home_of(someone).worker
        return self.dice.choice(self._home_of(someone).watch)

    # --- The house --------------------------------------------------------------------------------------------------

    def _break_beds(self, home: Home) -> None:
        """Some beds cannot be used, since the beginning or since last week."""
        broken = max(1, round(home.plan.broken * self.scale))
        for number, bed in enumerate(list(home.beds.free_beds())[: 3 * broken : 3]):
            is_old = number % 2 == 0
            since = self.at if is_old else self.world.past(self.dice.randint(2, 9), 10)
            residence.put_out_of_order(
                id=self._id(),
                bed=bed,
                reason=OutageReason.BROKEN if is_old else OutageReason.REPAIR,
                note="Rangka patah" if is_old else "Papan alas diganti",
                since=since,
                by=self.world.desks[home.plan.unit].head,
                at=max(since, self.at),
            )
            home.beds.take(Place(bed.room, bed))

    def _expect(self) -> None:
        """Today some are expected in the next house: there a bed is held, and the house they leave knows it."""
        for home in self.homes.values():
            for onward in home.plan.onward[:1]:
                there = self.homes[onward.to]
                self._reserve(home, there)

    def _reserve(self, here: Home, there: Home) -> None:
        unit = self.world.units[there.plan.unit]
        with self.world.looking():
            living = list(
                Stay.objects.open()
                .filter(unit__code=here.plan.unit, case=None, period__startswith__lt=self.at - timedelta(days=20))
                .select_related("person", "unit")
                .order_by("period", "tag")[: max(1, round(3 * self.scale))]
            )
        for days, stay in enumerate(living, start=1):
            sex = stay.person.sex
            bed = next((bed for bed in there.beds.free_beds() if there.beds.fits(bed, sex, 40)), None)
            if bed is None:
                return
            link_to_unit(id=self._id(), person=stay.person, unit=unit, by=here.worker, at=self.at)
            first = day_at(unit, self.at) + timedelta(days=days)
            residence.reserve(
                id=self._id(),
                person=stay.person,
                unit=unit,
                bed=bed,
                first_day=first,
                last_day=first + timedelta(days=4),
                note="Siap pindah jenjang menurut rapat bersama",
                by=there.worker,
                at=self.at,
            )
            there.beds.take(Place(bed.room, bed))


@dataclass(frozen=True, slots=True)
class Script:
    """What is told of someone elsewhere: when they went where, in days before now, and when they came back."""

    outings: Sequence[tuple[MovementKind, float, float | None]]
    needs: bool = False


_SCRIPTS: Final[Mapping[str, Script]] = {
    "mbah-painem": Script([(MovementKind.HOSPITAL, 12.3, 9.9)], needs=True),
    "bagas": Script([(MovementKind.ABSCONDED, 0.1, None)]),
}
