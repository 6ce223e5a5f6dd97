"""What happens in the houses of a group: each verb is one operation, and keeps account of which bed is free."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from serasi.access.models import User
from serasi.cases.models import Case
from serasi.people.models import Person
from serasi.people.operations import link_to_unit
from serasi.residence import operations as residence
from serasi.residence.enums import MovementKind, OutageReason
from serasi.residence.models import Stay
from serasi.residence.operations import Arrival
from serasi.residence.operations.placing import Place
from serasi.residence.queries import day_at
from serasi.start.world.homes import PLANS, Beds, HousePlan, build
from serasi.start.world.residents import began_on
from serasi.start.world.staff import DINSOS_DKI, DINSOS_SURABAYA
from serasi.start.world.world import World

WHO_MOVES_PEOPLE_ON: Final = {"surabaya": DINSOS_SURABAYA, "jakarta": DINSOS_DKI}
"""Whose head decides that someone goes to live in another house of the group."""
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


class Houses:
    """The houses of a group at a moment that only goes forward."""

    def __init__(self, world: World, name: str, scale: float, codes: Sequence[str]) -> None:
        self.world, self.name, self.scale = world, name, scale
        self.dice = world.dice(f"hunian:{name}")
        self.at = began_on(world)
        self.homes: dict[str, Home] = {}
        for code in codes:
            desk = world.desks[code]
            beds = build(world, PLANS[code], scale=scale, by=desk.head, at=self.at)
            self.homes[code] = Home(PLANS[code], beds, desk.workers[0], desk.carers or desk.workers[:1])
            self._break_beds(self.homes[code])

    def _id(self) -> UUID:
        return self.world.id(f"hunian:{self.name}", self.at)

    # --- What happens -----------------------------------------------------------------------------------------------

    def home_of(self, someone: Someone) -> Home:
        assert someone.home is not None  # noqa: S101  (set before anything happens to them)
        return someone.home

    def _stay_of(self, someone: Someone) -> Stay:
        assert someone.stay is not None  # noqa: S101  (has come before anything else happens)
        return someone.stay

    def _now(self, someone: Someone) -> datetime:
        """This moment, or a minute after the last thing that happened to them."""
        at = self.at if someone.last_at is None else max(self.at, someone.last_at + timedelta(minutes=1))
        someone.last_at = at
        return at

    def admit(self, someone: Someone, home: Home, case: Case) -> None:
        someone.home = home
        place = home.beds.find(someone.sex, someone.age(self.at), someone.needs)
        at = self._now(someone)
        arrival = self.arrival(someone, place, at, case)
        stay = residence.admit(
            **{name: getattr(arrival, name) for name in Arrival.__dataclass_fields__},
            unit=self.world.units[home.plan.unit],
            by=someone.manager or home.worker,
            at=at,
        )
        self.has_come(someone, home, stay, place)
        someone.last_at = at

    def go_out(self, someone: Someone, kind: MovementKind, expected: datetime | None) -> None:
        if not someone.is_in:
            return
        reason, destination = self.dice.choice(_WHY[kind])
        at = self._now(someone)
        residence.go_out(
            id=self._id(),
            stay=self._stay_of(someone),
            kind=kind,
            happened_at=at,
            reason=reason,
            destination=destination,
            expected_at=expected,
            by=self._watch(someone),
            at=at,
        )
        someone.is_in = False

    def come_back(self, someone: Someone) -> None:
        home, place = self.home_of(someone), None
        if someone.place is None:
            place = home.beds.find(someone.sex, someone.age(self.at), someone.needs)
        at = self._now(someone)
        residence.come_back(
            id=self._id(),
            stay=self._stay_of(someone),
            room=place.room if place else None,
            bed=place.bed if place else None,
            happened_at=at,
            overrides=("floor", "needs", "sex", "age"),
            override_reason="Tempat tidurnya dipakai orang lain selama ia dirawat.",
            by=self._watch(someone) if place is None else self._decides(someone),
            at=at,
        )
        someone.is_in = True
        if place is not None:
            someone.place = place
            if place.bed is None:
                home.on_floor.append(someone)

    def release(self, someone: Someone) -> None:
        at, place = self._now(someone), someone.place
        residence.release_bed(
            id=self._id(),
            stay=self._stay_of(someone),
            happened_at=at,
            reason="Dirawat lama; tempat tidur diperlukan.",
            by=self._watch(someone),
            at=at,
        )
        someone.place = None
        self._is_free(someone, self.home_of(someone), place)

    def end(self, someone: Someone, ending: str, destination: str) -> None:
        at = self._now(someone)
        residence.end_stay(
            id=self._id(),
            stay=self._stay_of(someone),
            ending=ending,
            happened_at=at,
            destination=destination,
            by=someone.manager or self.home_of(someone).worker,
            at=at,
        )
        self._is_free(someone, self.home_of(someone), someone.place)
        someone.place = None

    def transfer(self, someone: Someone, there: Home, case: Case | None = None) -> None:
        """On to another house, by the Dinas over both, or by who works in the new one with the file."""
        here, before = self.home_of(someone), someone.place
        place = there.beds.find(someone.sex, someone.age(self.at), someone.needs)
        at, unit = self._now(someone), self.world.units[there.plan.unit]
        residence.transfer(
            id=self._id(),
            stay=self._stay_of(someone),
            unit=unit,
            room=place.room,
            bed=place.bed,
            case=case,
            purpose=self.dice.choice(there.plan.purpose),
            exit_plan=self.dice.choice(there.plan.exit_plan),
            happened_at=at,
            expected_end=self._ends_about(there.plan, at),
            reason="Jenjang berikutnya",
            overrides=("floor", "needs", "sex", "age"),
            override_reason="Belum ada tempat lain yang sesuai.",
            by=self.world.desks[WHO_MOVES_PEOPLE_ON[self.name]].head,
            at=at,
        )
        with self.world.looking():
            stay = Stay.objects.select_related("unit", "person").get(came_from=someone.stay)
        self._is_free(someone, here, before)
        self.has_come(someone, there, stay, place)
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
            one
            for one in home.on_floor
            if one.is_in and home.beds.fits(place.bed, one.sex, one.age(self.at)) and (one.last_at or self.at) < self.at
        )
        lucky = next(waiting, None)
        if lucky is None or lucky.place is None:
            return
        at = self._now(lucky)
        residence.move(
            id=self._id(),
            stay=self._stay_of(lucky),
            room=None,
            bed=place.bed,
            happened_at=at,
            reason="Ada tempat tidur kosong",
            overrides=("needs",),
            override_reason="Lebih baik daripada di lantai.",
            by=self._decides(lucky),
            at=at,
        )
        home.on_floor.remove(lucky)
        home.beds.take(place)
        home.beds.give_back(lucky.place)
        lucky.place = place

    def _decides(self, someone: Someone) -> User:
        """Who may put them where something speaks against it."""
        return someone.manager or self.home_of(someone).worker

    def _watch(self, someone: Someone) -> User:
        """Who sees that they go and come."""
        if someone.person.is_sealed:
            return someone.manager or self.home_of(someone).worker
        return self.dice.choice(self.home_of(someone).watch)

    def arrival(self, someone: Someone, place: Place, happened_at: datetime, case: Case | None = None) -> Arrival:
        plan, dice = self.home_of(someone).plan, self.dice
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
            expected_end=self._ends_about(plan, happened_at) if with_case or dice.random() < 0.6 else None,
            needs=someone.needs,
            came_from=someone.stay,
            overrides=("floor", "needs", "sex", "age"),
            override_reason="Belum ada tempat lain yang sesuai; dipindahkan begitu ada.",
        )

    def _ends_about(self, plan: HousePlan, came: datetime) -> date:
        later = max(came, self.at) + timedelta(days=plan.stay * self.dice.uniform(1.5, 3.0))
        return later.date()

    def has_come(self, someone: Someone, home: Home, stay: Stay, place: Place | None) -> None:
        someone.home, someone.stay, someone.place, someone.is_in = home, stay, place, True
        someone.last_at = self.at
        if place is not None and place.bed is None:
            home.on_floor.append(someone)

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

    def expect(self) -> None:
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
                .exclude(person__full_name="")
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
