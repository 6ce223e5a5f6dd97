"""Lists of places for forms: what a device gets, cut to where its user works, and what the server checks answers by.

A list of all 83,762 villages takes a phone nine seconds to open, one of a regency one; so every reader gets the places
of their own units, and beside them one line for what lies elsewhere, which the office looks up. The server does not
believe that cut: it holds an answer against the places there are.
"""

import csv
import hashlib
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol, TypeAlias
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from serasi.access.models import User
from serasi.assessments.models import Edition
from serasi.assessments.queries.forms import form_of
from serasi.institutions.enums import RegionLevel
from serasi.institutions.models import Institution, Region
from serasi.institutions.queries.regions import place_names
from serasi.xforms.evaluate import Evaluated, evaluate
from serasi.xforms.form import Form
from serasi.xforms.instance import compose
from serasi.xforms.lists import OUTSIDE, PARENTS, PLACES
from serasi.xforms.parts import Itemset
from serasi.xforms.safe_xml import parse
from serasi.xforms.working import Working

REGENCY: Final = 5
"""Letters of the code of a regency: 31.75."""
_CODE: Final = re.compile(r"(?<![\d.])\d\d(?:\.\d\d(?:\.\d\d(?:\.\d{4})?)?)?(?![\d.])")
_LEVELS: Final = dict(zip(PLACES, RegionLevel, strict=True))


Offered: TypeAlias = list[tuple[str, str]]


class Medium(Protocol):
    """A file that a form names, as one reader gets it."""

    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def content(self) -> bytes: ...
    @property
    def md5(self) -> str:
        """In hexadecimal digits: another content, another sum."""
        ...


@dataclass(frozen=True, slots=True)
class MadeMedium:
    """One that is made for its reader."""

    name: str
    media_type: str
    content: bytes

    @property
    def md5(self) -> str:
        return hashlib.md5(self.content, usedforsecurity=False).hexdigest()


def media_of(edition: Edition, reader: User, *, beside: Collection[str] = ()) -> tuple[Medium, ...]:
    """The files that the form of an edition names: places cut to where this reader works (2 queries, and 1 for each
    list), and what its author brought along (1 query; its bytes 1 more, for each file that is read).

    ``beside`` are codes of places that must be there too, because somebody from elsewhere answered with them.
    """
    form = form_of(edition.pk)
    lists = _lists_for(form, reader, beside)
    places = (MadeMedium(name, "text/csv", _table(name, rows)) for name, rows in lists.items())
    return (*places, *(edition.files.brought() if form.files else ()))


def places_offered(form: Form, reader: User, answers: Mapping[str, str], *, now: datetime) -> Mapping[str, Offered]:
    """What may be chosen after these answers at each question whose list is a file, as values and labels: places, and
    what the author brought along.

    Where the answer that narrows a list down is not there yet, all of it is offered, places by full names.
    """
    lists = _lists_for(form, reader, set(named_places(answers.values())))
    brought = {name for name, each in form.secondary.items() if each.document is not None and each.source}
    if not lists and not brought:
        return {}
    instance = parse(compose(form, answers, instance_id=UUID(int=0)))
    working = Working(form, instance, now, {_stem(name): rows for name, rows in lists.items()})
    found: dict[str, Offered] = {}
    for path, control in form.controls.items():
        names = control.choices.lists if isinstance(control.choices, Itemset) else ()
        whole = [(row["name"], row["lengkap"]) for name in names for row in lists.get(f"{name}.csv", ())]
        if brought.intersection(names):
            whole = [(one.value, one.label.said()) for one in form.choices(path)]
        if whole and not form.fields[path].outermost_repeat:
            fitting = working.choices(control, working.at(path)[0])
            found[path] = [(one.value, one.label.said()) for one in fitting] or whole
    return found


def areas_of(reader: User) -> frozenset[str]:
    """Codes of the regencies where this reader's units are, or of the province of a unit that works in all of it.

    A unit that does not say where it is, is where the one above it is (1 query).
    """
    ways = {path: _above(path) for path in (post.unit_path for post in reader.scope.posts)}
    rows = Institution.objects.filter(
        unit__path__in={path for above in ways.values() for path in above}, region__isnull=False
    )
    known = dict(rows.values_list("unit__path", "region_id"))
    found = (next((known[path] for path in above if path in known), "") for above in ways.values())
    return frozenset(code[:REGENCY] for code in found if code)


def _above(path: str) -> list[str]:
    """A unit and those above it, the nearest first."""
    return [path[:end] for end in range(len(path), 0, -1) if path[end - 1] == "/"]


def evaluated(form: Form, instance: bytes, *, now: datetime) -> Evaluated:
    """`xforms.evaluate`, with the places that the instance names (1 query where the form asks for places)."""
    wanted = _lists_of(form)
    if not wanted:
        return evaluate(form, instance, now=now)
    named = set(_CODE.findall(instance.decode(errors="replace")))
    found: dict[int, list[Region]] = {level: [] for level in RegionLevel}
    for region in Region.objects.filter(code__in=named | {part for code in named for part in _chain(code)}):
        found[region.level].append(region)
    labels = {region.code: region.name for regions in found.values() for region in regions}
    lists = {_stem(name): list(_rows(name, found[level], labels)) for name, level in wanted.items()}
    return evaluate(form, instance, now=now, secondary=lists)


def named_places(texts: Iterable[str]) -> Mapping[str, str]:
    """The full names of the places whose codes stand in answers (1 query)."""
    codes = {code for text in texts for code in _CODE.findall(text)}
    names = {code: name for code, name in place_names(codes).items() if name} if codes else {}
    return {OUTSIDE: _("Di luar wilayah saya"), **names}


def takes_places(form: Form) -> bool:
    """Whether the form asks for a place out of a list of places."""
    return bool(_lists_of(form))


def _lists_of(form: Form) -> dict[str, RegionLevel]:
    """The lists of places that a form takes choices from, with what each holds."""
    named = {each.source.removeprefix("jr://file-csv/") for each in form.secondary.values()}
    return {name: level for name, level in _LEVELS.items() if name in named}


def _lists_for(form: Form, reader: User, beside: Collection[str]) -> dict[str, list[dict[str, str]]]:
    """The lists that a form names: provinces and regencies all, what lies beneath only where this reader works."""
    wanted = _lists_of(form)
    if not wanted:
        return {}
    within = Q(code__in=beside) | Q(level__lte=RegionLevel.REGENCY)
    for area in areas_of(reader):
        within |= Q(code__startswith=f"{area}.")
    found: dict[int, list[Region]] = {level: [] for level in RegionLevel}
    for row in Region.objects.filter(within, level__in=wanted.values()).order_by("name", "code"):
        found[row.level].append(row)
    return {name: list(_rows(name, found[level], _parents(found[level]))) for name, level in wanted.items()}


def _parents(regions: Iterable[Region]) -> dict[str, str]:
    codes = {region.parent_id for region in regions if region.parent_id}
    return dict(Region.objects.filter(code__in=codes).values_list("code", "name"))


def _table(name: str, rows: Iterable[Mapping[str, str]]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, ["name", "label", "lengkap", *PARENTS[name]], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode()


def _rows(name: str, regions: Iterable[Region], labels: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Columns as `xforms.lists` says; the last line is for what lies elsewhere."""
    columns = PARENTS[name]
    for region in regions:
        above = dict(zip(columns, _chain(region.code), strict=True))
        full = ", ".join(part for part in (region.name, labels.get(region.parent_id or "", "")) if part)
        yield {"name": region.code, "label": region.name, "lengkap": full, **above}
    outside = _("Di luar wilayah saya")
    yield {"name": OUTSIDE, "label": outside, "lengkap": outside, **dict.fromkeys(columns, "")}


def _stem(name: str) -> str:
    """By which a form knows the list of a file."""
    return name.removesuffix(".csv")


def _chain(code: str) -> list[str]:
    """The codes above a code, widest first."""
    parts = code.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts))]
