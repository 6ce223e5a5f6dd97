"""The table from codes of BPS to those of Kemendagri."""

from collections.abc import Iterable
from datetime import datetime

from serasi.access.models import User
from serasi.access.operations import operation
from serasi.entitlements.models import BridgedRegion
from serasi.entitlements.permissions import KEEP_BRIDGE
from serasi.institutions.models import Region


@operation(KEEP_BRIDGE)
def load_bridge(*, pairs: Iterable[tuple[str, str]], edition: str, by: User, at: datetime) -> tuple[int, int]:
    """Put in which region each code of BPS means; how many were taken, and how many name a region that is not known.

    A code that is there already is told anew.
    """
    known = set(Region.objects.values_list("code", flat=True))
    given = dict(pairs)
    rows = [
        BridgedRegion(code=code, region_id=region, edition=edition) for code, region in given.items() if region in known
    ]
    BridgedRegion.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=["region", "edition"], batch_size=5_000
    )
    return len(rows), len(given) - len(rows)
