"""From what a list says of a place to a region, through codes and names."""

import re
from dataclasses import replace

from serasi.entitlements.models import BridgedRegion
from serasi.entitlements.reference import programmes
from serasi.institutions.queries.places import Places, PlaceSaid


class PlaceFinder:
    """Finds the regions of the rows of one list; remembers each place that was asked.

    Codes of BPS go through the table that was loaded, others are those of Kemendagri. Where code and names contradict
    each other, nothing is certain.
    """

    def __init__(self, programme: str) -> None:
        self._places = Places()
        self._is_bps = programmes()[programme].uses_bps_codes
        self._bridge = dict(BridgedRegion.objects.values_list("code", "region_id")) if self._is_bps else {}
        self._known: dict[PlaceSaid, str | None] = {}

    def code_of(self, said: PlaceSaid) -> str | None:
        if said not in self._known:
            self._known[said] = self._find(said)
        return self._known[said]

    def _find(self, said: PlaceSaid) -> str | None:
        by_name = self._places.code_of(replace(said, region_code=""))
        by_code = None
        if said.region_code and self._is_bps:
            by_code = self._bridge.get(re.sub(r"\D", "", said.region_code))
        elif said.region_code:
            by_code = self._places.code_of(PlaceSaid(region_code=said.region_code))
        if by_name is None or by_code is None:
            return by_name or by_code
        deeper, wider = sorted((by_name, by_code), key=len, reverse=True)
        return deeper if deeper == wider or deeper.startswith(f"{wider}.") else None
