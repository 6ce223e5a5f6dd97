"""Who there is to be beside the named people: of which sort, where, helped by whom, since when and how far.

All of it is drawn before anything is told, from dice of its own, so that it is the same whoever tells it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from serasi.access.models import User
from serasi.cases.enums import Approach
from serasi.start.world import staff
from serasi.start.world.persons import ODGJ, SORTS, Cast, Invented, Sort
from serasi.start.world.words import PROFILES, Profile
from serasi.start.world.world import World

REPORTED, OPENED, AGREED, ASSESSED, CONFERRED_ON, PLANNED, SERVED, MONITORED, GOING_HOME, CLOSED = range(10)
"""How far a history goes."""

TWO_YEARS: Final = 730
HOW_LONG: Final = {
    OPENED: (2, 8),
    AGREED: (3, 14),
    ASSESSED: (13, 21),
    CONFERRED_ON: (18, 27),
    PLANNED: (24, 36),
    SERVED: (40, 200),
    MONITORED: (90, 300),
    GOING_HOME: (112, 140),
    CLOSED: (130, TWO_YEARS),
    REPORTED: (2, TWO_YEARS),
}
"""How many days ago a history of this length began, at least and at most, so that it goes on today or ended before."""

LONG_STAY: Final = frozenset({"lansia", "odgj"})
"""Lives that may go on in a home for years: who is served there came up to two years ago."""

FAR: Final = (
    *(REPORTED,) * 16,
    *(OPENED,) * 5,
    *(AGREED,) * 5,
    *(ASSESSED,) * 6,
    *(CONFERRED_ON,) * 5,
    *(PLANNED,) * 7,
    *(SERVED,) * 16,
    *(MONITORED,) * 10,
    *(GOING_HOME,) * 5,
    *(CLOSED,) * 27,
)
"""How many of about a hundred go how far; the number is odd so that a step of 37 meets them all."""


@dataclass(frozen=True, slots=True)
class House:
    """A unit of the world: how many people of six hundred it helps, of which sorts, by which approach, from where."""

    unit: str
    share: int
    sorts: tuple[Sort, ...]
    province: str
    approaches: tuple[Approach, ...] = (Approach.RESIDENTIAL,)


def _sorts(*kinds: str) -> tuple[Sort, ...]:
    return tuple(sort for sort in SORTS if sort.kind in kinds)


_INSIDE_AND_OUT: Final = (Approach.RESIDENTIAL, Approach.RESIDENTIAL, Approach.FAMILY, Approach.COMMUNITY)
_UNSEALED: Final = tuple(sort for sort in SORTS if sort.kind != "korban_trafficking")

HOUSES: Final[tuple[House, ...]] = (
    House(staff.SENTRA, 196, (*_UNSEALED, ODGJ), "32", _INSIDE_AND_OUT),
    House(staff.PSBR, 58, _sorts("fakir_miskin", "anak_jalanan", "anak_telantar"), "31"),
    House(staff.KEDOYA, 52, (*_sorts("gelandangan", "pengemis", "pemulung", "lanjut_usia_telantar"), ODGJ), "31"),
    House(staff.BUDI_MULIA, 38, _sorts("lanjut_usia_telantar"), "31"),
    House(staff.HARAPAN_SENTOSA, 30, (ODGJ,), "31"),
    House(staff.TUNAS_BANGSA, 16, _sorts("anak_balita_telantar"), "31"),
    House(
        staff.HANDAYANI, 22, _sorts("anak_berhadapan_hukum", "anak_korban_kekerasan", "anak_perlindungan_khusus"), "31"
    ),
    House(staff.KEPUTIH, 58, (*_sorts("gelandangan", "pengemis", "lanjut_usia_telantar"), ODGJ, ODGJ), "35"),
    House(staff.GRIYA_WREDA, 28, _sorts("lanjut_usia_telantar"), "35"),
    House(
        staff.DINSOS_SURABAYA,
        34,
        _sorts(
            "perempuan_rawan",
            "pemulung",
            "korban_bencana_alam",
            "fakir_miskin",
            "keluarga_bermasalah",
            "anak_disabilitas",
        ),
        "35",
        (Approach.FAMILY, Approach.COMMUNITY),
    ),
    House(staff.SIDOARJO, 18, _sorts("gelandangan", "pengemis"), "35"),
    House(
        staff.LKS,
        40,
        _sorts(
            "anak_telantar", "anak_disabilitas", "perempuan_rawan", "orang_dengan_hiv_aids", "penyandang_disabilitas"
        ),
        "32",
        (Approach.COMMUNITY, Approach.FAMILY),
    ),
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One history before it is told: who it is of, where, by whom, from when, how far."""

    story: str
    house: House
    sort: Sort
    who: Invented
    manager: User
    far: int
    begins: datetime

    @property
    def profile(self) -> Profile:
        return PROFILES[self.sort.profile]

    def age(self, at: datetime) -> int:
        return (at.date() - self.who.born).days // 365


def draw_histories(world: World, people: int, cast: Cast) -> list[Drawn]:
    """Who there is to be, by the shares of the houses, every kind in turn."""
    whole = sum(house.share for house in HOUSES)
    drawn = []
    for house in HOUSES:
        desk = world.desks[house.unit]
        for number in range(max(1, round(people * house.share / whole))):
            story = f"{house.unit}:{number}"
            dice = world.dice(f"{story}:drawn")
            sort = house.sorts[number % len(house.sorts)]
            manager = desk.workers[_turn(number, len(desk.workers))]
            far = FAR[(number * 37 + dice.randrange(3)) % len(FAR)]
            begins = _begins(world, story, sort, far)
            who = cast.invent(story, sort, begins.date())
            drawn.append(Drawn(story, house, sort, who, manager, far, begins))
    return drawn


def _turn(number: int, workers: int) -> int:
    """Whose turn it is; the first, who has the named stories, takes half a share."""
    if workers < 2:
        return 0
    return 0 if number % (2 * workers) == 0 else 1 + number % (workers - 1)


def _begins(world: World, story: str, sort: Sort, far: int) -> datetime:
    dice = world.dice(f"{story}:begins")
    least, most = HOW_LONG[far]
    if far in {SERVED, MONITORED} and sort.profile in LONG_STAY:
        most = TWO_YEARS
    return world.past(dice.randint(least, most), dice.randint(8, 13), dice.randrange(60))
