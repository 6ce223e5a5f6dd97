"""Making the demonstration world: the staff, the named stories, the many histories, and what is waiting today."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from django.db import transaction

from serasi.access.models import EmergencyAccess, User
from serasi.access.operations import acting
from serasi.access.operations.device import on_page
from serasi.cases.models import GroupSession, Report
from serasi.people.models import Person
from serasi.start.world import (
    city_and_sentra,
    families,
    merge_undo,
    street_child,
    today,
    trafficking,
    unknown_elder,
    young_man,
)
from serasi.start.world.hands import tell_at_once
from serasi.start.world.histories import HOUSES, draw_histories, tell
from serasi.start.world.staff import settle_staff
from serasi.start.world.world import NotYet, World

Tell = Callable[[], None]
Progress = Callable[[int, int], None]

NAMED: Final = (
    (street_child.KEY, "peksos", street_child.bagas),
    (unknown_elder.KEY, "peksos", unknown_elder.mbah_painem),
    (trafficking.KEY, "wulan", trafficking.melati),
    (young_man.KEY, "peksos", young_man.rizki),
    (city_and_sentra.KEY, "peksos", city_and_sentra.wahyu),
    (merge_undo.KEY, "rekan", merge_undo.sukirman),
    ("karsinah", "wulan", merge_undo.merged_for_good),
    ("alike", "gunawan", merge_undo.alike),
    ("ditolak", "keputih.peksos", city_and_sentra.refused),
    ("pelimpahan", "kedoya.peksos", city_and_sentra.transferred),
    ("sunyi", "keputih.peksos", city_and_sentra.silent),
    ("menunggu", "peksos.dki", city_and_sentra.waiting),
    ("diajukan", "keputih.peksos", city_and_sentra.asking_elders_home),
    ("suryani", "surabaya.peksos", families.ibu_suryani),
    ("embun", "btb.peksos", families.newborn),
    ("darto", "keputih.peksos", families.darto),
    ("marno", "gunawan", families.marno),
)
"""Stories with a name of their own: the key by which each is recognised, who does most in it, and how it is told."""

WAITING: Final = (
    ("laporan", "peksos", today.waiting_reports),
    ("diteruskan", "dinsos", today.passed_on),
    ("kaca", "rekan", today.broken_glass),
    ("kaca:lama", "gunawan", today.reviewed_glass),
    ("kelompok", "peksos", today.this_week),
)
"""What is told last, because it needs the files that stand by then."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story that can be told: the key of the person or report it is recognised by, who does most in it, and how."""

    key: str
    teller: User
    tell: Tell


@dataclass(frozen=True, slots=True)
class WorldReport:
    """What there is, and how much of it was made now."""

    stories: int
    told: int


def make_world(
    *, now: datetime, seed: int = 1, people: int = 600, hands: int = 1, progress: Progress = lambda _done, _of: None
) -> WorldReport:
    """Make the world, or what is missing of it. Each story is one transaction, so what stands is whole.

    With several ``hands`` the histories are told by as many processes, each unit's by one of them.
    """
    with transaction.atomic():
        world = settle_staff(seed=seed, now=now)
    named, waiting = _named(world, NAMED), _named(world, WAITING)
    drawn = draw_histories(world, people)
    whole = len(named) + len(drawn) + len(waiting)
    standing = _standing()
    told = _tell_all(world, named, standing)
    done = len(named)
    progress(done, whole)
    missing = [one for one in drawn if world.person_id(one.story) not in standing]
    done += len(drawn) - len(missing)
    for count in _tell_houses(world, [one.house.unit for one in missing], people, hands):
        told += count
        done += count
        progress(done, whole)
    told += _tell_all(world, waiting, standing)
    progress(whole, whole)
    return WorldReport(whole, told)


def tell_house(seed: int, now: datetime, people: int, unit: str) -> int:
    """The histories of one unit, those that stand already left out; returns how many were told."""
    world = settle_staff(seed=seed, now=now)
    house = next(house for house in HOUSES if house.unit == unit)
    villages = world.villages(house.province)
    stories = [
        Story(one.story, one.manager, partial(tell, world, one, villages))
        for one in draw_histories(world, people)
        if one.house.unit == unit
    ]
    return _tell_all(world, stories, _standing())


def _tell_houses(world: World, missing: Sequence[str], people: int, hands: int) -> Iterator[int]:
    """Tell the histories of every unit that lacks some, the largest first; yields after each how many were told."""
    units = sorted(set(missing), key=lambda unit: (-missing.count(unit), unit))
    if hands == 1 or len(missing) < 2 * hands:
        for unit in units:
            yield tell_house(world.seed, world.now, people, unit)
        return
    yield from tell_at_once(units=units, seed=world.seed, now=world.now, people=people, hands=hands)


def _tell_all(world: World, stories: Sequence[Story], standing: set[object]) -> int:
    told = 0
    for story in stories:
        if world.person_id(story.key) not in standing:
            # A story is like what one person does on one page: the database hears once who is at work.
            with on_page(story.teller.pk, "demo", world.person_id(f"told:{story.key}")), suppress(NotYet):
                story.tell()
            told += 1
    return told


def _named(world: World, told_by: Sequence[tuple[str, str, Callable[[World], None]]]) -> list[Story]:
    return [Story(key, world.users[who], partial(story, world)) for key, who, story in told_by]


def _standing() -> set[object]:
    """Ids of what was made before."""
    with transaction.atomic(), acting(User.objects.system(), "start.world.look"):
        return {
            pk
            for model in (Person, Report, EmergencyAccess, GroupSession)
            for pk in model._default_manager.values_list("pk", flat=True)
        }
