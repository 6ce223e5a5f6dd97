"""Making the demonstration world: the staff, the named stories, the many histories, and what is waiting today."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial

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
from serasi.start.world.histories import draw_histories, tell
from serasi.start.world.staff import settle_staff
from serasi.start.world.world import NotYet, World

Tell = Callable[[], None]

NAMED = (
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

WAITING = (
    ("laporan", "peksos", today.waiting_reports),
    ("diteruskan", "dinsos", today.passed_on),
    ("kaca", "rekan", today.broken_glass),
    ("kaca:lama", "gunawan", today.reviewed_glass),
    ("kelompok", "peksos", today.this_week),
)
"""What is told last, because it needs the files that stand by then."""


@dataclass(frozen=True, slots=True)
class WorldReport:
    """What was made, and what stood already."""

    stories: int
    told: int


def make_world(
    *, now: datetime, seed: int = 1, people: int = 600, progress: Callable[[int, int], None] = lambda _done, _of: None
) -> WorldReport:
    """Make the world, or what is missing of it. Each story is one transaction, so what stands is whole."""
    with transaction.atomic():
        world = settle_staff(seed=seed, now=now)
    stories = list(_stories(world, people))
    standing = _standing(world)
    told = 0
    for number, (key, teller, story) in enumerate(stories, 1):
        if world.person_id(key) not in standing:
            with on_page(teller.pk, "demo", world.person_id(f"told:{key}")), suppress(NotYet):
                story()
            told += 1
        progress(number, len(stories))
    return WorldReport(len(stories), told)


def _stories(world: World, people: int) -> Iterator[tuple[str, User, Tell]]:
    """Every story: the key of the person or report by whom it is recognised, and who does most in it."""
    for key, who, story in NAMED:
        yield key, world.users[who], partial(story, world)
    villages = {province: world.villages(province) for province in ("31", "32", "35")}
    for drawn in draw_histories(world, people):
        yield drawn.story, drawn.manager, partial(tell, world, drawn, villages[drawn.house.province])
    for key, who, story in WAITING:
        yield key, world.users[who], partial(story, world)


def _standing(world: World) -> set[object]:
    """Ids of what was made before."""
    with transaction.atomic(), acting(User.objects.system(), "start.world.look"):
        return {
            pk
            for model in (Person, Report, EmergencyAccess, GroupSession)
            for pk in model._default_manager.values_list("pk", flat=True)
        }
