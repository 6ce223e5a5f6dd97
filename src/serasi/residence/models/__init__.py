from serasi.residence.models.house import Bed, BedOutage, Building, Room, Ward
from serasi.residence.models.keeping import Belonging, Handover, MoneyLine
from serasi.residence.models.movement import Movement
from serasi.residence.models.occupancy import Occupancy
from serasi.residence.models.reservation import Reservation
from serasi.residence.models.stay import Stay
from serasi.residence.models.steps import Screening, Step

__all__ = [
    "Bed",
    "BedOutage",
    "Belonging",
    "Building",
    "Handover",
    "MoneyLine",
    "Movement",
    "Occupancy",
    "Reservation",
    "Room",
    "Screening",
    "Stay",
    "Step",
    "Ward",
]
