"""Over random histories: what is drawn is what the movements say, and a census is arrivals minus departures.

The story is told twice: to the operations, and to a notebook that keeps nothing but lists of events and walks through
them from the beginning each time it is asked. Whatever the operations refuse, the notebook does not write.
"""

import copy
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from serasi.access.enums import Role
from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.access.tests.factories import make_staff
from serasi.cases.tests.factories import World, as_user, make_person
from serasi.common.identifiers import uuid7
from serasi.people.models import Person
from serasi.people.operations import link_to_unit
from serasi.residence import operations as residence
from serasi.residence.enums import Ending
from serasi.residence.models import Movement, Occupancy, Stay
from serasi.residence.operations import Happening
from serasi.residence.queries import Census, census
from serasi.residence.tests.factories import House, ago, build

STEPS = 30
OUT = ("leave", "hospital", "absconded")


@dataclass(frozen=True)
class Event:
    id: UUID
    kind: str
    at: datetime
    room: UUID | None = None
    bed: UUID | None = None
    keeps: bool = True


@dataclass
class Notebook:
    """Stays by id: unit and events in force."""

    units: dict[UUID, UUID] = field(default_factory=dict)
    people: dict[UUID, UUID] = field(default_factory=dict)
    events: dict[UUID, list[Event]] = field(default_factory=dict)

    def where(self, stay: UUID, moment: datetime) -> tuple[str, UUID | None, UUID | None] | None:
        """State, room and bed at a moment; None when not in care."""
        state: str | None = None
        room = bed = None
        for event in sorted(self.events[stay], key=lambda event: event.at):
            if event.at > moment:
                break
            if event.kind == "ended":
                return None
            if event.kind in {"arrived", "returned"}:
                state = "present"
            if event.kind in OUT:
                state = event.kind
            if event.room is not None:
                room, bed = event.room, event.bed
            if event.kind == "released" or (event.kind in OUT and not event.keeps):
                room = bed = None
        return (state, room, bed) if state else None

    def census(self, unit: UUID, moment: datetime) -> Counter[str]:
        found = [self.where(stay, moment) for stay, of in self.units.items() if of == unit]
        return Counter(one[0] for one in found if one)

    def arrivals_minus_departures(self, unit: UUID, moment: datetime) -> int:
        past = [
            event.kind
            for stay, of in self.units.items()
            if of == unit
            for event in self.events[stay]
            if event.at <= moment
        ]
        return past.count("arrived") - past.count("ended")


class Story:
    """Tells random things to the operations, and what they accept to the notebook."""

    def __init__(self, world: World, boss: User, seed: int) -> None:
        self.chance, self.boss = random.Random(seed), boss
        self.houses: list[House] = [build(world, unit=unit, by=boss) for unit in (world.panti, world.other)]
        self.people: list[Person] = []
        for _number in range(5):
            person = make_person(world)
            link_to_unit(id=uuid7(), person=person, unit=world.other, by=world.owner, at=ago(days=99))
            self.people.append(person)
        self.book = Notebook()
        self.clock = ago(days=60)
        self.pages: list[tuple[datetime, Notebook]] = []
        self.accepted: Counter[str] = Counter()

    def tell(self, steps: int) -> None:
        acts = [self.arrive, self.move, self.go, self.release, self.come_back, self.end, self.send, self.correct,
                self.withdraw]  # fmt: skip
        weights = [4, 3, 3, 1, 3, 1, 2, 3, 1]
        for _step in range(steps):
            self.clock += timedelta(hours=self.chance.randint(2, 30))
            act = self.chance.choices(acts, weights)[0]
            try:
                with transaction.atomic():
                    act()
                self.accepted[act.__name__] += 1
            except Refused:
                pass
            self.pages.append((self.clock, copy.deepcopy(self.book)))

    def some_time(self) -> datetime:
        """Mostly just now; sometimes long before."""
        back = self.chance.choice([0, 0, 0, 1, 5, 24, 80])
        return self.clock - timedelta(hours=back, minutes=self.chance.randint(0, 30))

    def some_place(self, house: House) -> dict[str, Any]:
        if self.chance.random() < 0.25:
            return {"room": self.chance.choice(house.rooms), "bed": None}
        bed = self.chance.choice(house.beds)
        return {"room": bed.room, "bed": bed}

    def some_stay(self) -> tuple[Stay, House]:
        if not self.book.events:
            raise Refused
        pk = self.chance.choice(list(self.book.events))
        with as_user(self.boss):
            stay = Stay.objects.select_related("unit", "person").get(pk=pk)
        return stay, next(house for house in self.houses if house.unit == stay.unit)

    def placing(self, house: House) -> dict[str, Any]:
        return {**self.some_place(house), "overrides": ["floor"], "override_reason": "Penuh"}

    def telling(self, moment: datetime) -> dict[str, Any]:
        return {"happened_at": moment, "by": self.boss, "at": self.clock}

    def write(self, movement: Movement) -> None:
        event = Event(
            movement.pk, movement.kind, movement.happened_at, movement.room_id, movement.bed_id, movement.keeps_bed
        )
        self.book.events.setdefault(movement.stay_id, []).append(event)

    def begun(self, stay: Stay) -> None:
        self.book.units[stay.pk], self.book.people[stay.pk] = stay.unit_id, stay.person_id
        with as_user(self.boss):
            self.write(Movement.objects.get(stay=stay, superseded_at=None))

    def arrive(self) -> None:
        house = self.chance.choice(self.houses)
        self.begun(
            residence.admit(
                id=uuid7(), unit=house.unit, person=self.chance.choice(self.people), purpose="Pulih",
                exit_plan="Pulang", **self.placing(house), **self.telling(self.some_time()),
            )
        )  # fmt: skip

    def move(self) -> None:
        stay, house = self.some_stay()
        self.write(residence.move(id=uuid7(), stay=stay, **self.placing(house), **self.telling(self.some_time())))

    def go(self) -> None:
        stay, _house = self.some_stay()
        kind, keeps = self.chance.choice(OUT), self.chance.random() < 0.7
        self.write(
            residence.go_out(id=uuid7(), stay=stay, kind=kind, keeps_bed=keeps, **self.telling(self.some_time()))
        )

    def release(self) -> None:
        stay, _house = self.some_stay()
        self.write(residence.release_bed(id=uuid7(), stay=stay, **self.telling(self.some_time())))

    def come_back(self) -> None:
        stay, house = self.some_stay()
        place = self.placing(house) if self.chance.random() < 0.5 else {}
        self.write(residence.come_back(id=uuid7(), stay=stay, **place, **self.telling(self.some_time())))

    def end(self) -> None:
        stay, _house = self.some_stay()
        self.write(residence.end_stay(id=uuid7(), stay=stay, ending=Ending.FAMILY, **self.telling(self.some_time())))

    def send(self) -> None:
        stay, house = self.some_stay()
        to = next(other for other in self.houses if other != house)
        end = residence.transfer(
            id=uuid7(), stay=stay, unit=to.unit, purpose="Jenjang", exit_plan="Pulang", **self.placing(to),
            **self.telling(self.some_time()),
        )  # fmt: skip
        self.write(end)
        with as_user(self.boss):
            new = Stay.objects.filter(came_from=stay).latest("pk")
        self.begun(new)

    def some_movement(self) -> tuple[Movement, House]:
        stay, house = self.some_stay()
        if not self.book.events[stay.pk]:
            raise Refused
        event = self.chance.choice(self.book.events[stay.pk])
        with as_user(self.boss):
            return Movement.objects.select_related("stay__unit", "stay__person").get(pk=event.id), house

    def correct(self) -> None:
        movement, house = self.some_movement()
        moment = movement.happened_at + timedelta(hours=self.chance.randint(-40, 40))
        place = self.some_place(house) if movement.room_id else {}
        keeps = movement.keeps_bed if self.chance.random() < 0.7 else not movement.keeps_bed
        new = residence.correct_movement(
            id=uuid7(),
            movement=movement,
            happened=Happening(
                kind=movement.kind, happened_at=moment, keeps_bed=keeps, ending=movement.ending, **place
            ),
            reason="Keliru dicatat",
            by=self.boss,
            at=self.clock,
        )
        self.strike(movement)
        self.write(new)

    def withdraw(self) -> None:
        movement, _house = self.some_movement()
        residence.withdraw_movement(movement=movement, reason="Tidak terjadi", by=self.boss, at=self.clock)
        self.strike(movement)

    def strike(self, movement: Movement) -> None:
        events = self.book.events[movement.stay_id]
        events[:] = [event for event in events if event.id != movement.pk]

    def some_moment(self) -> datetime:
        events = [event.at for events in self.book.events.values() for event in events]
        exact = self.chance.choice(events) if events else self.clock
        return exact + self.chance.choice([timedelta(0), timedelta(microseconds=-1), timedelta(minutes=17)])


def counted(found: Census) -> Counter[str]:
    return +Counter(
        {"present": found.present, "leave": found.leave, "hospital": found.hospital, "absconded": found.absconded}
    )


def check(story: Story) -> None:
    with as_user(story.boss):
        rows = list(Occupancy.objects.filter(stay__in=story.book.events))
        for _look in range(15):
            moment = story.some_moment()
            drawn = {
                row.stay_id: (row.state, row.room_id, row.bed_id)
                for row in rows
                if row.period.lower <= moment and (row.period.upper is None or moment < row.period.upper)
            }
            told = {stay: where for stay in story.book.events if (where := story.book.where(stay, moment))}
            assert drawn == told
            beds = [bed for _state, _room, bed in told.values() if bed]
            assert len(set(beds)) == len(beds), "two in one bed"
            living = [story.book.people[stay] for stay in told]
            assert len(set(living)) == len(living), "one in two places"
            for house in story.houses:
                now_known = census(unit=house.unit, at=moment)
                assert counted(now_known) == story.book.census(house.unit.pk, moment)
                assert now_known.total == story.book.arrivals_minus_departures(house.unit.pk, moment)
                known_at, page = story.chance.choice(story.pages)
                assert counted(census(unit=house.unit, at=moment, known_at=known_at)) == page.census(
                    house.unit.pk, min(moment, known_at)
                )
        for stay in Stay.objects.filter(pk__in=story.book.events):
            events = sorted(story.book.events[stay.pk], key=lambda event: event.at)
            ended = [event.at for event in events if event.kind == "ended"]
            assert stay.is_void == (not events)
            if events:
                assert (stay.began_at, stay.ended_at) == (events[0].at, ended[0] if ended else None)


def run(world: World, boss: User, seed: int, steps: int = STEPS) -> Counter[str]:
    with transaction.atomic():
        story = Story(world, boss, seed)
        story.tell(steps)
        check(story)
        transaction.set_rollback(True)
    return story.accepted


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1_000_000))
def test_whatever_happens_the_board_is_what_the_movements_say(world: World, seed: int) -> None:
    run(world, boss_of(world), seed)


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 1_000_000))
def test_whatever_happens_for_long_the_board_is_what_the_movements_say(world: World, seed: int) -> None:
    run(world, boss_of(world), seed, steps=60)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_stories_are_eventful(world: World) -> None:
    """Every kind of act is accepted somewhere: the test above tests what it says."""
    accepted = sum((run(world, boss_of(world), seed, steps=60) for seed in range(3)), Counter())
    assert set(accepted) == {
        "arrive", "move", "go", "release", "come_back", "end", "send", "correct", "withdraw",
    }  # fmt: skip


def boss_of(world: World) -> User:
    """Reaches both houses."""
    found = User.objects.filter(full_name="Kepala Jenjang").first()
    return found or make_staff(Role.HEAD, world.dinas, "Kepala Jenjang")
