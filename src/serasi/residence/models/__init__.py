from serasi.residence.models.criteria import AdmissionCriteria
from serasi.residence.models.house import Bed, BedOutage, Building, Room, Ward
from serasi.residence.models.movement import Movement
from serasi.residence.models.occupancy import Occupancy
from serasi.residence.models.reservation import Reservation
from serasi.residence.models.stay import Stay

__all__ = [
    "AdmissionCriteria",
    "Bed",
    "BedOutage",
    "Building",
    "Movement",
    "Occupancy",
    "Reservation",
    "Room",
    "Stay",
    "Ward",
]
