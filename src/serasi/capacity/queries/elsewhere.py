"""Where there is a place for someone now: by what a house is for, how near it is, how many beds are free."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from serasi.access.models import Unit
from serasi.capacity.queries.outlook import Places, places_now
from serasi.cases.queries.destinations import destinations


@dataclass(frozen=True, slots=True)
class PlaceElsewhere:
    """A house with free beds; ``near`` is 0 in the same city or regency, 1 in the same province, 2 further away."""

    unit: Unit
    places: Places
    region: str
    near: int

    @property
    def distance(self) -> str:
        return (_("kota atau kabupaten yang sama"), _("provinsi yang sama"), _("provinsi lain"))[self.near]


def places_elsewhere(leaving: Unit, *, cluster: str, at: datetime, on: date, most: int = 10) -> list[PlaceElsewhere]:
    """Houses for this cluster with a free bed, the nearest first, then those with most room. Four statements."""
    places = places_now(at)
    home = _region(leaving)
    found = []
    for unit in destinations(leaving, on=on, cluster=cluster):
        here, institution = places.get(unit.pk), getattr(unit, "institution", None)
        if here is None or here.free <= 0 or institution is None or institution.is_safe_house:
            continue
        name = institution.region.name if institution.region else ""
        found.append(PlaceElsewhere(unit, here, name, _near(home, institution.region_id or "")))
    return sorted(found, key=lambda one: (one.near, -one.places.free, one.unit.name))[:most]


def _region(unit: Unit) -> str:
    institution = getattr(unit, "institution", None)
    return (institution.region_id or "") if institution is not None and not institution.is_safe_house else ""


def _near(home: str, there: str) -> int:
    if not home or not there:
        return 2
    return 0 if home[:5] == there[:5] else 1 if home[:2] == there[:2] else 2
