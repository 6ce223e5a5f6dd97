"""Places by what people type, and their full names."""

from collections.abc import Collection

from django.db.models import QuerySet

from serasi.institutions.models import Region

SHORTEST = 3


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
