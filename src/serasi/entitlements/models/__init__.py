"""The records of this app."""

from serasi.entitlements.models.delivery import BridgedRegion, Delivery, Remark
from serasi.entitlements.models.entry import Entry
from serasi.entitlements.models.match import Match, PersonCheck

__all__ = ["BridgedRegion", "Delivery", "Entry", "Match", "PersonCheck", "Remark"]
