from serasi.daily.models.diet import Diet
from serasi.daily.models.handover import ShiftHandover
from serasi.daily.models.medicine import Dose, Prescription
from serasi.daily.models.note import DailyNote
from serasi.daily.models.practice import DayPractice, VitalsPractice
from serasi.daily.models.roll_call import RollCall, RollCallMark
from serasi.daily.models.round import Round, RoundEntry
from serasi.daily.models.timetable import TimetableChange, TimetableEntry
from serasi.daily.models.visit import BarredContact, Visit
from serasi.daily.models.vitals import VitalSigns, VitalsResponse

__all__ = [
    "BarredContact",
    "DailyNote",
    "DayPractice",
    "Diet",
    "Dose",
    "Prescription",
    "RollCall",
    "RollCallMark",
    "Round",
    "RoundEntry",
    "ShiftHandover",
    "TimetableChange",
    "TimetableEntry",
    "Visit",
    "VitalSigns",
    "VitalsPractice",
    "VitalsResponse",
]
