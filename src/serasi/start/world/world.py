"""What every story holds in its hand: who works where, what day it is, and dice that fall the same way each time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import blake2b
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from serasi.access.models import Unit, User
from serasi.access.operations import acting
from serasi.cases.models import Component, Stage
from serasi.institutions.models import Region
from serasi.start.naming import Names

JAKARTA = ZoneInfo("Asia/Jakarta")
BEGINNING = datetime(2024, 1, 1, tzinfo=JAKARTA)
"""The moment inside the ids of people: an id that does not move with the day recognises a story that stands already."""


class NotYet(Exception):
    """The story has come to the present; what would follow has not happened."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A unit with those who work in it."""

    unit: Unit
    workers: tuple[User, ...]
    supervisor: User
    head: User
    psychologist: User
    carers: tuple[User, ...] = ()
    instructors: tuple[User, ...] = ()
    assistants: tuple[User, ...] = ()


@dataclass
class World:
    """The staff, the units, the lists, and today."""

    seed: int
    now: datetime
    users: dict[str, User]
    desks: dict[str, Desk]
    units: dict[str, Unit]
    names: Names
    stages: dict[str, Stage] = field(default_factory=dict)
    components: dict[str, Component] = field(default_factory=dict)
    _regions: dict[str, Region | None] = field(default_factory=dict)
    _villages: dict[str, list[str]] = field(default_factory=dict)
    _given: dict[str, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.now.astimezone(JAKARTA).date()

    def dice(self, story: str) -> Random:
        """Dice of one story: what happens in another does not change how they fall."""
        return Random(f"{self.seed}:{story}")  # noqa: S311  (invented people, not secrets)

    def id(self, story: str, at: datetime = BEGINNING) -> UUID:
        """The next id of a story: a UUIDv7 of the moment, whose random part comes from seed, story and count."""
        count = self._given[story] = self._given.get(story, 0) + 1
        return self._made(f"{story}:{count}", at)

    def person_id(self, key: str) -> UUID:
        """The id of the person or report that a story is known by; the same on every day."""
        return self._made(f"key:{key}", BEGINNING)

    def _made(self, key: str, at: datetime) -> UUID:
        spread = int.from_bytes(blake2b(f"{self.seed}:{key}".encode(), digest_size=10).digest())
        milliseconds = int(at.timestamp() * 1000)
        return UUID(
            int=(milliseconds << 80) | (7 << 76) | ((spread >> 68) << 64) | (2 << 62) | (spread & ((1 << 62) - 1))
        )

    def known(self, user: User) -> User:
        """The same user with the scope that was read already."""
        return next((known for known in self.users.values() if known.pk == user.pk), user)

    def region(self, code: str) -> Region | None:
        """A region by its code; None where the list of regions was not loaded."""
        if code not in self._regions:
            self._regions[code] = Region.objects.filter(pk=code).first()
        return self._regions[code]

    def villages(self, province: str) -> list[str]:
        """Some villages of a province, to come from."""
        if province not in self._villages:
            every = Region.objects.filter(level=4, code__startswith=f"{province}.").order_by("code")
            self._villages[province] = list(every.values_list("code", flat=True)[::23])
        return self._villages[province]

    def past(self, days: float, hour: int = 9, minute: int = 0) -> datetime:
        """A working moment so many days ago."""
        day = self.today - timedelta(days=days)
        moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=JAKARTA)
        return min(moment, self.now - timedelta(minutes=5))

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Read what has been written, as the system; nothing is written inside."""
        with acting(User.objects.system(), "start.world.look"):
            yield
