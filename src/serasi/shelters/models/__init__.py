from serasi.shelters.models.arrival import MOST_TAG, OLDEST, Arrival, Outcome
from serasi.shelters.models.gathering import Gathering, Helper, TagRange

__all__ = ["MOST_TAG", "OLDEST", "Arrival", "Gathering", "Helper", "Outcome", "TagRange"]
