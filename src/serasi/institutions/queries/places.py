"""From names of regions as lists write them to codes."""

import re
from collections import defaultdict
from dataclasses import dataclass

from serasi.common.names import search_key
from serasi.institutions.enums import RegionLevel
from serasi.institutions.models import Region

_DESIGNATIONS = re.compile(
    r"^(?:provinsi|prov|kabupaten|kab|kecamatan|kec|kelurahan|kel|desa|ds)\b\.?\s*", re.IGNORECASE
)
_CITY = re.compile(r"^kota\b", re.IGNORECASE)
_REGENCY = re.compile(r"^kab(?:upaten)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlaceSaid:
    """A place as a row names it."""

    region_code: str = ""
    province: str = ""
    regency: str = ""
    district: str = ""
    village: str = ""

    @property
    def is_said(self) -> bool:
        return any((self.region_code, self.province, self.regency, self.district, self.village))

    @property
    def words(self) -> str:
        return ", ".join(part for part in (self.village, self.district, self.regency, self.province) if part)


def place_key(name: str) -> str:
    """A name of a region without its designation, for comparing: "Kec. Sukolilo" and "SUKOLILO" are one."""
    return search_key(_DESIGNATIONS.sub("", " ".join(name.split()))) or name.casefold()


class Places:
    """Looks up regions for many rows and remembers what it read. One query for each parent met.

    Only a name that means exactly one region is taken; the deepest one that is sure is the answer.
    """

    def __init__(self) -> None:
        self._children: dict[str, dict[str, list[tuple[str, str]]]] = {}
        self._has_regions: bool | None = None
        self._known: dict[str, bool] = {}

    def is_known(self, code: str) -> bool:
        """Whether a code is a region; any code is, while no regions are loaded."""
        if self._has_regions is None:
            self._has_regions = Region.objects.exists()
        if code not in self._known:
            self._known[code] = not self._has_regions or Region.objects.filter(code=code).exists()
        return self._known[code]

    def code_of(self, said: PlaceSaid) -> str | None:
        """The code of the deepest region that the row tells for certain."""
        if said.region_code:
            digits = re.sub(r"\D", "", said.region_code)
            dotted = ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:10]) if part)
            if Region.objects.filter(code=dotted).exists():
                return dotted
        regency = self._regency(said)
        if regency is None:
            return self._one(self._under(""), said.province) if said.province else None
        district = self._one(self._under(regency), said.district) if said.district else None
        if district is None:
            return regency
        return (self._one(self._under(district), said.village) if said.village else None) or district

    def _regency(self, said: PlaceSaid) -> str | None:
        if not said.regency:
            return None
        province = self._one(self._under(""), said.province) if said.province else None
        found = self._under("*").get(place_key(_CITY.sub("", said.regency)), [])
        if province:
            found = [region for region in found if region[0].startswith(f"{province}.")]
        if len(found) > 1 and (kind := _CITY if _CITY.match(said.regency) else _REGENCY).match(said.regency):
            found = [region for region in found if kind.match(region[1])]
        return found[0][0] if len(found) == 1 else None

    def _one(self, among: dict[str, list[tuple[str, str]]], name: str) -> str | None:
        found = among.get(place_key(name), [])
        return found[0][0] if len(found) == 1 else None

    def _under(self, parent: str) -> dict[str, list[tuple[str, str]]]:
        """Regions by comparable name: provinces for "", all regencies for "*", else the children of a code."""
        if parent not in self._children:
            rows = Region.objects.values_list("code", "name")
            if parent == "":
                rows = rows.filter(level=RegionLevel.PROVINCE)
            elif parent == "*":
                rows = rows.filter(level=RegionLevel.REGENCY)
            else:
                rows = rows.filter(parent_id=parent)
            found: dict[str, list[tuple[str, str]]] = defaultdict(list)
            for code, name in rows:
                plain = re.sub(r"^(?:kabupaten|kota)\s+(?:administrasi\s+)?", "", name, flags=re.IGNORECASE)
                for key in {place_key(plain), place_key(plain.replace("Daerah Khusus Ibukota", "DKI"))}:
                    found[key].append((code, name))
                if "Daerah Khusus Ibukota" in name:
                    found[place_key(name.replace("Daerah Khusus Ibukota ", ""))].append((code, name))
            self._children[parent] = found
        return self._children[parent]
