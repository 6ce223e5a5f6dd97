"""An open set of invented people of whom the truth is known: the same from the same seed, and hard on purpose.

Families live in houses with one card, name their children by the custom of their place, have twins, and
move. A person stands in a list once to four times; each time a clerk writes what they hear. The record's id
is `person-times`, so `1204-1` and `1204-2` are one person and all else are not: that is the whole truth.
Every rate is in `Rates`, guessed from what offices tell before anything was measured with them; none was set
to make a figure look good.
"""

import tomllib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from math import ceil
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any, Literal

from serasi.common.nik import SexLetter
from serasi.people.linkage.many.misspelling import overheard, written_shorter
from serasi.people.linkage.subject import Person

WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("invented_words.toml").read_text(encoding="utf-8"))
TODAY = date(2026, 1, 1)


@dataclass(frozen=True)
class Rates:
    """How often a record of a person has what; shares of one."""

    second_record: float = 0.22  # of the people of whom there is a record; each further one as often again
    name_overheard: float = 0.30  # another spelling of the same sound
    name_mistyped: float = 0.05
    name_shortened: float = 0.10  # abbreviated, a word left out, other order, title, bin or binti
    name_other: float = 0.015  # a nickname or, for women, the husband's name
    mother_missing: float = 0.25
    mother_one_word: float = 0.15
    date_missing: float = 0.03
    date_guessed: float = 0.06
    date_guessed_old: float = 0.22  # of those born before 1966
    date_swapped: float = 0.015
    year_off: float = 0.02
    decade_off: float = 0.01
    day_off: float = 0.015
    nik_missing: float = 0.30
    nik_digit: float = 0.02
    nik_swapped: float = 0.01
    nik_rounded: float = 0.02
    nik_of_family: float = 0.01
    nik_other: float = 0.01  # a second NIK, really given
    kk_missing: float = 0.35
    kk_new: float = 0.08
    kk_digit: float = 0.015
    moved: float = 0.09
    place_coarse: float = 0.10
    place_missing: float = 0.02
    sex_wrong: float = 0.004
    sex_missing: float = 0.01
    twins: float = 0.012  # of births


RATES = Rates()


@dataclass
class _Someone:
    """The truth about one invented person."""

    number: int
    custom: str
    name: str
    sex: SexLetter
    born: date
    mother: str
    father: str
    nik: str
    kk: str
    region: str


def invented_people(records: int, *, seed: int = 1, processes: int = 1, rates: Rates = RATES) -> Iterator[Person]:
    """So many records, in an order that says nothing; the same for any number of processes."""
    blocks = ceil(records / _BLOCK)
    jobs = [(seed, block, min(_BLOCK, records - block * _BLOCK), rates) for block in range(blocks)]
    if processes < 2 or blocks < 2:
        for job in jobs:
            yield from _block(*job)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for people in pool.map(_block, *zip(*jobs, strict=True)):
            yield from people


_BLOCK = 20_000
"""Records made in one go. The people of two blocks share names, places and birthdays, but nobody is in both."""


def _block(seed: int, block: int, records: int, rates: Rates) -> list[Person]:
    chance = Random(f"serasi {seed} {block}")  # noqa: S311 - repeatable, nothing secret
    town = _Town(chance, first_number=block * 2 * _BLOCK)
    written: list[Person] = []
    while len(written) < records:
        family = town.family(rates)
        for someone in family:
            times = 1
            while chance.random() < rates.second_record and times < 4:
                times += 1
            written += [_Clerk(chance, rates, town).writes(someone, family, time) for time in range(1, times + 1)]
    del written[records:]
    chance.shuffle(written)
    return written


# --- the truth


_YEARS = tuple(range(1935, 2025))
_PROVINCES = tuple(WORDS["shares"])
_SHARES = tuple(accumulate(WORDS["shares"].values()))


class _Town:
    """Where families come from: names, numbers and places, drawn as they are spread in the country."""

    def __init__(self, chance: Random, *, first_number: int) -> None:
        self.chance = chance
        self.number = first_number
        self.niks: set[str] = set()

    def family(self, rates: Rates) -> list[_Someone]:
        chance = self.chance
        province = chance.choices(_PROVINCES, cum_weights=_SHARES)[0]
        region = self.region(province)
        customs = WORDS["customs"][province]
        custom = chance.choices(list(customs), weights=list(customs.values()))[0]
        kk = self.kk(region)
        father = self._someone(custom, "L", chance.randrange(1940, 1998), region, kk)
        mother = self._someone(
            custom, "P", min(2004, max(1936, father.born.year + chance.randrange(-2, 9))), region, kk
        )
        family = [member for member in (father, mother) if chance.random() < 0.85] or [mother]
        year = mother.born.year + chance.randrange(17, 30)
        for _child in range(chance.choices((0, 1, 2, 3, 4, 5), weights=(15, 22, 30, 18, 10, 5))[0]):
            if year > 2025:
                break
            child = self._someone(custom, chance.choice(("L", "P")), year, region, kk, parents=(father, mother))
            family.append(child)
            if chance.random() < rates.twins:
                family.append(self._twin(child, (father, mother)))
            year += chance.randrange(1, 6)
        return family

    def _someone(
        self,
        custom: str,
        sex: SexLetter,
        year: int,
        region: str,
        kk: str,
        *,
        parents: tuple[_Someone, _Someone] | None = None,
    ) -> _Someone:
        born = min(date(year, 1, 1) + timedelta(days=self.chance.randrange(365)), TODAY)
        self.number += 1
        family = parents[0].name.split()[-1] if parents and custom in {"batak", "east"} else None
        return _Someone(
            self.number,
            custom,
            self.name(custom, sex, born.year, family=family),
            sex,
            born,
            parents[1].name if parents else self.name(custom, "P", year - 24),
            parents[0].name if parents else self.name(custom, "L", year - 27),
            self.nik(region, born, sex),
            kk,
            region,
        )

    def _twin(self, child: _Someone, parents: tuple[_Someone, _Someone]) -> _Someone:
        """Of the same day, often of a name that differs by a letter, with the next NIK."""
        sex: SexLetter = child.sex if self.chance.random() < 0.6 else self.chance.choice(("L", "P"))
        twin = self._someone(child.custom, sex, child.born.year, child.region, child.kk, parents=parents)
        twin.born = child.born
        twin.nik = self.nik(child.region, child.born, sex)
        if sex == child.sex and self.chance.random() < 0.5:
            words = child.name.split()
            words[0] = words[0][:-1] + self.chance.choice("aioun")
            twin.name = " ".join(words)
        return twin

    def name(self, custom: str, sex: SexLetter, year: int, *, family: str | None = None) -> str:
        chance, words = self.chance, WORDS[custom]
        of_sex = "male" if sex == "L" else "female"
        first = self._word(words[of_sex]) if chance.random() < 0.85 else self._rare(of_sex)
        if custom == "bali":
            marker = {"L": "I", "P": "Ni"}[sex] if chance.random() < 0.7 else ""
            return f"{marker} {self._word(words['order'])} {first}".strip()
        if custom in {"batak", "east"}:
            middle = f" {self._word(words[of_sex])}" if chance.random() < 0.2 else ""
            return f"{first}{middle} {family or self._word(words['family'])}"
        alone = 0.45 if custom == "java" and year < 1980 else 0.12
        if first not in _NEVER_ALONE and chance.random() < alone:
            return first
        second = self._word(words[f"second_{of_sex}"]) if chance.random() < 0.8 else self._rare(of_sex)
        third = f" {self._word(words[f'second_{of_sex}'])}" if chance.random() < 0.15 else ""
        return f"{first} {second}{third}"

    def _word(self, words: list[str]) -> str:
        """One of a list, the first ones more often: rank by rank as 1/2, 1/3, 1/4 …"""
        if len(words) not in _BY_RANK:
            _BY_RANK[len(words)] = list(accumulate(1 / (rank + 2) for rank in range(len(words))))
        return self.chance.choices(words, cum_weights=_BY_RANK[len(words)])[0]

    def _rare(self, of_sex: str) -> str:
        parts, chance = WORDS["parts"], self.chance
        middle = "".join(chance.choice(parts["middle"]) for _ in range(chance.choice((0, 1, 1, 2))))
        return str(chance.choice(parts["first"]) + middle + chance.choice(parts[of_sex]))

    def region(self, province: str) -> str:
        """A village; towns hold more people than others."""
        chance = self.chance
        regency, district = min(chance.randrange(1, 26), chance.randrange(1, 26)), chance.randrange(1, 19)
        return f"{province}.{regency:02}.{district:02}.{1000 + chance.randrange(1, 13)}"

    def nik(self, region: str, born: date, sex: SexLetter) -> str:
        """Serials are small: 0001 for the first of a district, day and sex that came to the office."""
        stem = f"{region[:8].replace('.', '')}{born.day + (40 if sex == 'P' else 0):02}{born:%m%y}"
        serial = 1
        while self.chance.random() < 0.35 and serial < 9999:
            serial += 1
        while f"{stem}{serial:04}" in self.niks:
            serial += 1
        self.niks.add(f"{stem}{serial:04}")
        return f"{stem}{serial:04}"

    def kk(self, region: str) -> str:
        issued = date(2008, 1, 1) + timedelta(days=self.chance.randrange(6500))
        return f"{region[:8].replace('.', '')}{issued:%d%m%y}{self.chance.randrange(1, 60):04}"


_BY_RANK: dict[int, list[float]] = {}
_NEVER_ALONE = frozenset({"Muhammad", "Abdul", "Siti", "Nur", "Sitti", "Andi"})


# --- what a clerk writes


class _Clerk:
    """Writes one record of somebody, as well as clerks do."""

    def __init__(self, chance: Random, rates: Rates, town: _Town) -> None:
        self.chance, self.rates, self.town = chance, rates, town

    def writes(self, someone: _Someone, family: list[_Someone], time: int) -> Person:
        chance, rates = self.chance, self.rates
        born, years = self._birth(someone.born)
        region, moved = self._place(someone.region)
        return Person(
            id=f"{someone.number}-{time}",
            name=self._name(someone, family),
            source="a" if time % 2 else "b",
            sex=self._sex(someone.sex),
            birth_date=born,
            birth_years=years,
            nik=self._nik(someone, family),
            kk=self._kk(someone.kk, someone.region, moved=moved),
            mother=None if chance.random() < rates.mother_missing else self._mother(someone.mother),
            region=region,
        )

    def _name(self, someone: _Someone, family: list[_Someone]) -> str:
        chance, rates, name = self.chance, self.rates, someone.name
        if chance.random() < rates.name_other:
            man = next((member for member in family if member.sex == "L" and member is not someone), None)
            if someone.sex == "P" and man is not None and chance.random() < 0.6:
                name = f"{name.split()[0]} {man.name.split()[-1]}" if chance.random() < 0.5 else f"Ny. {man.name}"
            else:
                name = self.town.name(someone.custom, someone.sex, someone.born.year)
        if chance.random() < rates.name_shortened:
            name = written_shorter(
                name, chance, sex=someone.sex, father=someone.father, marga=someone.custom == "batak"
            )
        if chance.random() < rates.name_overheard:
            name = overheard(name, chance, old=someone.born.year < 1966)
        if chance.random() < rates.name_mistyped:
            name = _mistyped(name, chance)
        return name.upper() if chance.random() < 0.5 else name

    def _mother(self, name: str) -> str:
        chance, rates = self.chance, self.rates
        if chance.random() < rates.mother_one_word:
            name = chance.choice([word for word in name.split() if len(word) > 2] or [name])
        if chance.random() < rates.name_overheard:
            name = overheard(name, chance, old=True)
        return _mistyped(name, chance) if chance.random() < rates.name_mistyped else name

    def _birth(self, born: date) -> tuple[date | None, tuple[int, int] | None]:  # noqa: PLR0911 - one for each slip
        chance, rates = self.chance, self.rates
        if chance.random() < rates.date_missing:
            around = born.year + chance.randrange(-3, 4)
            return None, (around - 2, around + 2) if chance.random() < 0.5 else None
        if chance.random() < (rates.date_guessed_old if born.year < 1966 else rates.date_guessed):
            day, month = chance.choice(((1, 1), (31, 12), (1, 7), (1, 1), (31, 12), (17, 8)))
            return date(born.year + chance.choice((0, 0, 0, 0, -1, 1, 2, -3)), month, day), None
        drawn = chance.random()
        if drawn < (upto := rates.date_swapped):
            return born.replace(day=born.month, month=born.day) if born.day < 13 else born, None
        if drawn < (upto := upto + rates.year_off):
            return _in_year(born, born.year + chance.choice((-1, 1))), None
        if drawn < (upto := upto + rates.decade_off):
            return _in_year(born, born.year + chance.choice((-10, 10))), None
        if drawn < upto + rates.day_off:
            return born.replace(day=chance.randrange(1, 29)), None
        return born, None

    def _nik(self, someone: _Someone, family: list[_Someone]) -> str | None:
        chance, rates, nik = self.chance, self.rates, someone.nik
        if chance.random() < rates.nik_missing:
            return None
        kinds = ("digit", "swapped", "rounded", "family", "other", "right")
        shares = [rates.nik_digit, rates.nik_swapped, rates.nik_rounded, rates.nik_of_family, rates.nik_other]
        kind = chance.choices(kinds, weights=[*shares, 1 - sum(shares)])[0]
        return nik if kind == "right" else self._ruined(nik, kind, someone, family)

    def _ruined(self, nik: str, kind: str, someone: _Someone, family: list[_Someone]) -> str:
        if kind == "digit":
            return _other_digit(nik, self.chance)
        if kind == "swapped":
            at = self.chance.randrange(15)
            return nik[:at] + nik[at + 1] + nik[at] + nik[at + 2 :]
        if kind == "rounded":
            return nik[:15] + "0"
        if kind == "family":
            return self.chance.choice(family).nik
        place = self.town.region(someone.region[:2])
        return self.town.nik(place, someone.born, someone.sex)

    def _kk(self, kk: str, region: str, *, moved: bool) -> str | None:
        chance, rates = self.chance, self.rates
        if chance.random() < rates.kk_missing:
            return None
        if moved or chance.random() < rates.kk_new:
            return self.town.kk(region)
        return _other_digit(kk, chance) if chance.random() < rates.kk_digit else kk

    def _place(self, region: str) -> tuple[str | None, bool]:
        chance, rates = self.chance, self.rates
        moved = chance.random() < rates.moved
        if moved:
            far: Literal["village", "regency", "province"] = chance.choice(
                ("village", "village", "regency", "province")
            )
            other = self.town.region(
                region[:2] if far != "province" else chance.choices(_PROVINCES, cum_weights=_SHARES)[0]
            )
            region = region[:8] + other[8:] if far == "village" else other
        if chance.random() < rates.place_missing:
            return None, moved
        if chance.random() < rates.place_coarse:
            return region[: chance.choice((5, 8, 8))], moved
        return region, moved

    def _sex(self, sex: SexLetter) -> SexLetter | None:
        drawn = self.chance.random()
        if drawn < self.rates.sex_missing:
            return None
        if drawn < self.rates.sex_missing + self.rates.sex_wrong:
            return "P" if sex == "L" else "L"
        return sex


def _in_year(born: date, year: int) -> date:
    return date(year, born.month, min(born.day, 28))


def _other_digit(number: str, chance: Random) -> str:
    at = chance.randrange(len(number))
    return number[:at] + chance.choice([digit for digit in "0123456789" if digit != number[at]]) + number[at + 1 :]


_NEIGHBOURS = {
    "a": "qs", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "r": "et", "s": "ad", "t": "ry", "u": "yi",
    "w": "qe", "y": "tu", "z": "x",
}  # fmt: skip


def _mistyped(name: str, chance: Random) -> str:
    """One slip on the keys: a letter left out, doubled, changed with its neighbour or hit beside."""
    if len(name) < 4:
        return name
    at = chance.randrange(1, len(name) - 1)
    slip = chance.randrange(4)
    if slip == 0:
        return name[:at] + name[at + 1 :]
    if slip == 1:
        return name[:at] + name[at] + name[at:]
    if slip == 2:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + chance.choice(_NEIGHBOURS.get(name[at].lower(), name[at])) + name[at + 1 :]
