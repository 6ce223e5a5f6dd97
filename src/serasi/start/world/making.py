"""Making the demonstration world: the staff, the named stories, the many histories, and what is waiting today."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from serasi.access.models import User
from serasi.access.operations import acting
from serasi.cases.models import Report
from serasi.people.models import Person
from serasi.start.world.histories import draw_histories, tell
from serasi.start.world.staff import settle_staff
from serasi.start.world.world import World

Tell = Callable[[], None]


@dataclass(frozen=True, slots=True)
class WorldReport:
    """What was made, and what stood already."""

    stories: int
    told: int


def make_world(
    *, now: datetime, seed: int = 1, people: int = 600, progress: Callable[[int, int], None] = lambda _done, _of: None
) -> WorldReport:
    """Make the world, or what is missing of it. Each story is one transaction, so an interruption leaves whole stories."""
    with transaction.atomic():
        world = settle_staff(seed=seed, now=now)
    stories = list(_stories(world, people))
    standing = _standing(world)
    told = 0
    for number, (key, story) in enumerate(stories, 1):
        if world.person_id(key) not in standing:
            with transaction.atomic():
                story()
            told += 1
        progress(number, len(stories))
    return WorldReport(len(stories), told)


def _stories(world: World, people: int) -> Iterator[tuple[str, Tell]]:
    """Every story with the key of the person or report by whom it is recognised."""
    villages = {province: world.villages(province) for province in ("31", "32", "35")}
    for drawn in draw_histories(world, people):
        yield drawn.story, lambda drawn=drawn: tell(world, drawn, villages[drawn.house.province])  # type: ignore[misc]


def _standing(world: World) -> set[object]:
    """Ids of what was made before."""
    with transaction.atomic(), acting(User.objects.system(), "start.world.look"):
        return {
            *Person.objects.values_list("pk", flat=True),
            *Report.objects.values_list("pk", flat=True),
        }
