from serasi.institutions.models.institution import Capacity, Institution, ServiceOffer
from serasi.institutions.models.region import Region

__all__ = ["Capacity", "Institution", "Region", "ServiceOffer"]
