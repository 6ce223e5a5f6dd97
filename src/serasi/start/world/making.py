"""Making the demonstration world: the staff, the named stories, the many histories, and what is waiting today."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from itertools import chain
from typing import Final

from django.db import transaction

from serasi.access.models import EmergencyAccess, User
from serasi.access.operations import acting
from serasi.access.operations.device import on_page
from serasi.assessments.models import Assessment
from serasi.cases.models import GroupSession, Report
from serasi.cycles.models import Cycle
from serasi.daily.models import DayPractice
from serasi.foyer.models import PhaseSet
from serasi.people.models import Person
from serasi.residence.models import Building
from serasi.safety.models import Incident
from serasi.shelters.models import Gathering
from serasi.start.world import (
    city_and_sentra,
    days,
    families,
    freedom,
    gathering,
    incidents,
    measuring,
    merge_undo,
    overflow,
    satria,
    street_child,
    surveying,
    today,
    trafficking,
    turning,
    unknown_elder,
    young_man,
)
from serasi.start.world.drawing import draw_histories
from serasi.start.world.hands import several_hands
from serasi.start.world.histories import tell
from serasi.start.world.living import GROUPS, live
from serasi.start.world.persons import Cast, Invented
from serasi.start.world.residents import Resident, arrivals_of, draw_residents, name_residents, register_arrivals
from serasi.start.world.staff import (
    BUDI_MULIA,
    DINSOS_SURABAYA,
    KEDOYA,
    KEPUTIH,
    PSBR,
    SENTRA,
    TUNAS_BANGSA,
    settle_staff,
)
from serasi.start.world.turns import Turn, Turns
from serasi.start.world.world import NotYet, World
from serasi.surveys.models import Survey

Progress = Callable[[int, int], None]
WHOLE: Final = 600
"""Of a world of so many people the houses are as large as in life."""
_RECOGNISED_BY: Final = (
    *(Person, Report, EmergencyAccess, GroupSession, Building),
    *(PhaseSet, Cycle, Incident, DayPractice, Gathering, Assessment, Survey),
)
"""Of what the first record of a story may be."""
Beginning = Callable[[World], datetime]


def ago(days: float, hour: int = 9, minute: int = 0) -> Beginning:
    """So many days before today, at a time of the day."""
    return lambda world: world.past(days, hour, minute)


def after_moving_in(place: int) -> Beginning:
    """When the houses of the unit are lived in, which is told at the moment of today; ``place`` orders what follows."""
    return lambda world: world.now + timedelta(seconds=place)


@dataclass(frozen=True, slots=True)
class Named:
    """A story with a name of its own: the key by which it is recognised, who does most in it, and how it is told.

    ``begins`` says in which units it begins when; it is told with these moments.
    ``names`` are those of its people, which nobody else bears.
    """

    key: str
    who: str
    tell: Callable[..., None]
    begins: Mapping[str, Beginning]
    names: Sequence[str] = ()


NAMED: Final = (
    Named(street_child.KEY, "peksos", street_child.bagas, {SENTRA: ago(77, 21, 10)}, names=("Bagas Saputra", "Gaplek")),
    Named(
        unknown_elder.KEY, "peksos", unknown_elder.mbah_painem, {SENTRA: ago(38, 16, 20)}, names=("Painem", "Sukinem")
    ),
    Named(trafficking.KEY, "wulan", trafficking.melati, {SENTRA: ago(64, 14, 5)}, names=("Melati Anggraeni",)),
    Named(young_man.KEY, "peksos", young_man.rizki, {SENTRA: young_man.came_on}, names=("Rizki Ramadani",)),
    Named(
        city_and_sentra.KEY,
        "peksos",
        city_and_sentra.wahyu,
        {DINSOS_SURABAYA: ago(215, 10, 5), SENTRA: ago(190, 10)},
        names=("Wahyu Santosa",),
    ),
    Named(merge_undo.KEY, "rekan", merge_undo.sukirman, {SENTRA: ago(330, 10)}, names=("Muhammad Sukirman", "Sukiman")),
    Named("karsinah", "wulan", merge_undo.merged_for_good, {SENTRA: ago(120)}, names=("Karsinah",)),
    Named(
        "alike",
        "gunawan",
        merge_undo.alike,
        {SENTRA: ago(200, 10)},
        names=("Suharto Wibisono", "Nur Khasanah", "Dedi Kurniawan"),
    ),
    Named(
        "ditolak", "keputih.peksos", city_and_sentra.refused, {KEPUTIH: ago(52, 9, 40)}, names=("Slamet Riyadi Kusno",)
    ),
    Named(
        "pelimpahan",
        "kedoya.peksos",
        city_and_sentra.transferred,
        {KEDOYA: ago(33, 9, 40), BUDI_MULIA: ago(30, 10)},
        names=("Wiryo Utomo",),
    ),
    Named("sunyi", "keputih.peksos", city_and_sentra.silent, {KEPUTIH: ago(24, 9, 40)}, names=("Mulyadi Jatmiko",)),
    Named("menunggu", "peksos.dki", city_and_sentra.waiting, {PSBR: ago(20, 9, 40)}, names=("Galang Pamungkas",)),
    Named(
        "diajukan",
        "keputih.peksos",
        city_and_sentra.asking_elders_home,
        {KEPUTIH: ago(12, 9, 40)},
        names=("Kasman Soedirjo",),
    ),
    Named(
        "suryani",
        "surabaya.peksos",
        families.ibu_suryani,
        {DINSOS_SURABAYA: ago(88, 9, 5)},
        names=("Suryani", "Nabila Suryani Putri", "Fahri Suryanto", "Naira Suryani"),
    ),
    Named("embun", "btb.peksos", families.newborn, {TUNAS_BANGSA: ago(9, 6, 30)}, names=("Embun",)),
    Named("darto", "keputih.peksos", families.darto, {KEPUTIH: ago(400)}, names=("Sudarto", "Darto")),
    Named(
        "marno",
        "gunawan",
        families.marno,
        {KEDOYA: ago(300, 10), SENTRA: ago(17, 10, 20)},
        names=("Sumarno Hadi", "Marno"),
    ),
    Named(satria.KEY, "peksos.dki", satria.satria, {PSBR: ago(430, 10, 15)}, names=(satria.NAME,)),
    *(
        Named(key, "keputih.peksos", partial(overflow.waits, key), {KEPUTIH: ago(one.days_ago, 8, 50)}, (one.name,))
        for key, one in overflow.WAITING.items()
    ),
    *(
        Named(key, "keputih.peksos", partial(overflow.could_leave, key), {KEPUTIH: ago(days, 8, 40)}, (name,))
        for key, (name, _sex, _age, days, _ready) in overflow.COULD_LEAVE.items()
    ),
)

LIVED_IN: Final = (
    Named(freedom.KEY, "peksos.dki", freedom.grow_free, {PSBR: after_moving_in(1)}),
    Named(turning.KEY, "peksos.dki", turning.turn, {PSBR: after_moving_in(2)}),
    Named(measuring.AT_TARUNA_JAYA, "peksos.dki", measuring.at_taruna_jaya, {PSBR: after_moving_in(3)}),
    Named(incidents.KEY, "sri", incidents.what_went_wrong, {SENTRA: after_moving_in(1)}),
    Named(days.KEY, "sri", days.last_days, {SENTRA: after_moving_in(2)}),
    Named(measuring.AT_THE_SENTRA, "peksos", measuring.at_the_sentra, {SENTRA: after_moving_in(3)}),
    Named(surveying.KEY, "peksos", surveying.tell, {SENTRA: after_moving_in(4)}),
    Named(gathering.KEY, "kedoya.peksos", gathering.a_wave, {KEDOYA: after_moving_in(1)}),
)
"""What is told of houses when people live in them; in each house in this order."""

WAITING: Final = (
    Named("laporan", "peksos", today.waiting_reports, {}),
    Named("diteruskan", "dinsos", today.passed_on, {}),
    Named("kaca", "rekan", today.broken_glass, {}),
    Named("kaca:lama", "gunawan", today.reviewed_glass, {}),
    Named("kelompok", "peksos", today.this_week, {}),
)
"""What is told last, because it needs the files that stand by then."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story that can be told: who does most in it, how, in which units it begins when, how many short ones it is."""

    teller: User
    tell: Callable[[], None]
    begins: Mapping[str, datetime]
    length: int = 1


class Book:
    """Every story of one world by the key of the person, report or building that it is recognised by."""

    def __init__(self, world: World, people: int) -> None:
        self.world = world
        self.scale = people / WHOLE
        self._cast = Cast(world, [name for one in NAMED for name in one.names])
        self._residents = draw_residents(world, self.scale)
        self.waiting = {one.key: self._named(one) for one in WAITING}
        drawn = draw_histories(world, people, self._cast)
        self.stories = (
            {one.key: self._named(one) for one in NAMED}
            | {one.story: Story(one.manager, partial(tell, world, one), {one.house.unit: one.begins}) for one in drawn}
            | dict(self._arriving())
            | {f"rumah:{units[0]}": self._living(group) for group, units in GROUPS.items()}
            | {one.key: self._named(one) for one in LIVED_IN}
        )

    def _named(self, one: Named) -> Story:
        begins = {unit: beginning(self.world) for unit, beginning in one.begins.items()}
        return Story(self.world.users[one.who], partial(one.tell, self.world, *begins.values()), begins)

    def _arriving(self) -> Iterator[tuple[str, Story]]:
        """Who comes to the houses: those who come together are registered together."""
        for unit, residents in self._residents.items():
            worker = self.world.desks[unit].workers[0]
            for moment, together in arrivals_of(self.world, residents):
                yield together[0].story, Story(worker, partial(self._register, together, moment), {unit: moment})

    def _register(self, together: Sequence[Resident], moment: datetime) -> None:
        register_arrivals(self.world, self._who, together, moment)

    @cached_property
    def _who(self) -> Mapping[str, Invented]:
        """Names for the residents; only who tells of them needs these, and they take a second or two."""
        return name_residents(self.world, self._cast, chain.from_iterable(self._residents.values()))

    def _living(self, group: str) -> Story:
        """How people live in some houses, told when every file of their units stands."""
        units = GROUPS[group]
        return Story(
            self.world.desks[units[0]].workers[0],
            lambda: live(self.world, group, self.scale, self._residents, self._who),
            dict.fromkeys(units, self.world.now),
            length=1 + sum(len(self._residents[unit]) for unit in units) // 10,
        )

    def tell(self, key: str) -> None:
        """Tell one story in one transaction, so that what stands is whole."""
        story = self.stories.get(key) or self.waiting[key]
        # A story is like what one person does on one page: the database hears once who is at work.
        with on_page(story.teller.pk, "demo", self.world.person_id(f"told:{key}")), suppress(NotYet):
            story.tell()


def open_book(*, seed: int, now: datetime, people: int) -> Book:
    """The stories of this world, its staff settled."""
    with transaction.atomic():
        return Book(settle_staff(seed=seed, now=now), people)


@dataclass(frozen=True, slots=True)
class WorldReport:
    """What there is, and how much of it was made now."""

    stories: int
    told: int


def make_world(
    *, now: datetime, seed: int = 1, people: int = 600, hands: int = 1, progress: Progress = lambda _done, _of: None
) -> WorldReport:
    """Make the world, or what is missing of it, with so many ``hands``: the processes that tell at once."""
    book = open_book(seed=seed, now=now, people=people)
    standing = _standing()
    missing, waiting = (
        [key for key in stories if book.world.person_id(key) not in standing]
        for stories in (book.stories, book.waiting)
    )
    whole = len(book.stories) + len(book.waiting)
    done = whole - len(missing) - len(waiting)
    progress(done, whole)
    for _key in _told_in_turn(book, missing, people, hands):
        done += 1
        progress(done, whole)
    for key in waiting:
        book.tell(key)
    progress(whole, whole)
    return WorldReport(whole, len(missing) + len(waiting))


def _told_in_turn(book: Book, missing: Sequence[str], people: int, hands: int) -> Iterator[str]:
    """Tell these stories, each when it has its turn; yields the key of each that was told."""
    turns = Turns(Turn(key, book.stories[key].begins, book.stories[key].length) for key in missing)
    if hands == 1 or len(missing) < 10 * hands:
        while turns:
            for key in turns.take(1):
                book.tell(key)
                turns.end(key)
                yield key
        return
    with several_hands(hands, seed=book.world.seed, now=book.world.now, people=people) as tell_at_once:
        under_way = 0
        while turns:
            begun = turns.take(2 * hands - under_way)
            ended = tell_at_once(begun)
            under_way += len(begun) - len(ended)
            for key in ended:
                turns.end(key)
                yield key


def _standing() -> set[object]:
    """Ids of what was made before."""
    with transaction.atomic(), acting(User.objects.system(), "start.world.look"):
        return {pk for model in _RECOGNISED_BY for pk in model._default_manager.values_list("pk", flat=True)}
