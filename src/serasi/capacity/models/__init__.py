from serasi.capacity.models.outlook import Forecast
from serasi.capacity.models.waiting import Attempt, Waiting

__all__ = ["Attempt", "Forecast", "Waiting"]
