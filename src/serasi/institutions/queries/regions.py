"""Places by what people type, and their full names."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from django.db.models import QuerySet
from django.db.models.functions import Upper

from serasi.institutions.enums import RegionLevel
from serasi.institutions.models import Region

SHORTEST = 3
MOST_WORDS: Final = 24
"""Words of a place said by somebody that are read."""
LONGEST_NAME: Final = 4
"""Words of a region's name that is looked for."""
_DESIGNATION: Final = re.compile(
    r"\b(?:desa|ds|kelurahan|kel|kecamatan|kec|provinsi|prov|kabupaten|kab|kota|kotamadya|administrasi|adm"
    r"|daerah khusus ibukota|daerah istimewa|rt|rw|no)\b\.?|\d+",
    re.IGNORECASE,
)


def places_like(text: str, *, limit: int = 12) -> list[tuple[str, str]]:
    """Regions whose name begins with the text, or whose code does, widest first: (code, full name). Two queries."""
    typed = " ".join(text.split())
    if not typed or "\x00" in typed:
        return []
    if typed[0].isdigit():
        found: QuerySet[Region] = Region.objects.filter(code__startswith=typed)
    elif len(typed) >= SHORTEST:
        found = Region.objects.filter(name__istartswith=typed)
        if not found.exists():
            found = Region.objects.filter(name__iendswith=f" {typed}", level__lte=2)
    else:
        return []
    codes = list(found.order_by("level", "name", "code").values_list("code", flat=True)[:limit])
    names = place_names(codes)
    return [(code, names[code]) for code in codes]


def place_names(codes: Collection[str]) -> dict[str, str]:
    """Names with what they lie in: "Kebon Jeruk, Kota Jakarta Barat, DKI Jakarta". One query."""
    wanted = {part for code in codes for part in _chain(code)}
    names = dict(Region.objects.filter(code__in=wanted).values_list("code", "name"))
    return {code: ", ".join(names[part] for part in reversed(_chain(code)) if part in names) for code in codes}


def _chain(code: str) -> list[str]:
    """The code and those above it, widest first."""
    parts = code.split(".")
    return [".".join(parts[: i + 1]) for i in range(len(parts))]


def villages_said(places: Sequence[str], *, limit: int = 5) -> list[list[tuple[str, str]]]:
    """Of each place said in words the villages it may be, the likeliest first: (code, full name). Two queries.

    A village counts whose name is among the words; those come first of which the district, the regency and the
    province are said too. Where only a name is said that many villages have, none is a guess.
    """
    said = [frozenset(_names_in(words)) for words in places]
    wanted = {name for names in said for name in names}
    if not wanted:
        return [[] for _words in places]
    rows = Region.objects.filter(level=RegionLevel.VILLAGE).alias(upper=Upper("name")).filter(upper__in=wanted)
    villages = list(rows.values_list("code", "name"))
    names = dict(
        Region.objects.filter(code__in={part for code, _name in villages for part in _chain(code)}).values_list(
            "code", "name"
        )
    )
    return [_likeliest(villages, names, mine, words, limit) for mine, words in zip(said, places, strict=True)]


def _likeliest(
    villages: Sequence[tuple[str, str]], names: dict[str, str], said: Collection[str], words: str, limit: int
) -> list[tuple[str, str]]:
    found = []
    text = _plain(words)
    for code, name in villages:
        if name.upper() not in said:
            continue
        above = [names.get(part, "") for part in _chain(code)[:-1]]
        known, left = 0, _without(text, name.upper())
        for each in map(_plain, above):
            shorter = _without(left, each)
            known, left = known + (shorter != left), shorter
        is_city = above[1].upper().startswith("KOTA")
        fits = re.search(r"\bkota\b" if is_city else r"\bkab", words, re.IGNORECASE) is not None
        found.append((known, fits, code))
    found.sort(key=lambda one: (-one[0], -one[1], one[2]))
    if not found or (not found[0][0] and len(found) > limit):
        return []
    best = [one for one in found if one[0] == found[0][0]][:limit]
    return [
        (code, ", ".join(names[part] for part in reversed(_chain(code)) if part in names))
        for _known, _fits, code in best
    ]


def _without(text: str, name: str) -> str:
    """What is said beside a name: one that is said once stands for one region."""
    return re.sub(rf"(?<!\S){re.escape(name)}(?!\S)", "|", text, count=1)


def _names_in(words: str) -> Iterator[str]:
    """Every run of words that may be a name."""
    for part in re.split(r"[,;/\n]", words[:300]):
        each = _plain(part).split()[:MOST_WORDS]
        for begin in range(len(each)):
            for end in range(begin + 1, min(begin + LONGEST_NAME, len(each)) + 1):
                if len(name := " ".join(each[begin:end])) >= SHORTEST:
                    yield name


def _plain(name: str) -> str:
    """In capitals, without what kind of region it is: «Kota Administrasi Jakarta Timur», «JAKARTA TIMUR»."""
    return " ".join(re.sub(r"[^\w\s'-]", " ", _DESIGNATION.sub(" ", name)).split()).upper()
