"""What is typed on the pages of this app."""

from serasi.daily.forms.group import GroupForm, RollCallForm, RoundForm, diet_words
from serasi.daily.forms.medicine import DosesForm, EndPrescriptionForm, PrescriptionForm, WhenNeededForm
from serasi.daily.forms.timetable import CopyForm, DayChangeForm, EndActivityForm, PlanForm
from serasi.daily.forms.visits import (
    AnnounceVisitForm,
    BarForm,
    CourseForm,
    LiftBarForm,
    RecordVisitForm,
    WithdrawVisitForm,
)
from serasi.daily.forms.words import DayFilter, DietForm, EndDietForm, HandoverForm, NoteForm, PracticeForm

__all__ = [
    "AnnounceVisitForm",
    "BarForm",
    "CopyForm",
    "CourseForm",
    "DayChangeForm",
    "DayFilter",
    "DietForm",
    "DosesForm",
    "EndActivityForm",
    "EndDietForm",
    "EndPrescriptionForm",
    "GroupForm",
    "HandoverForm",
    "LiftBarForm",
    "NoteForm",
    "PlanForm",
    "PracticeForm",
    "PrescriptionForm",
    "RecordVisitForm",
    "RollCallForm",
    "RoundForm",
    "WhenNeededForm",
    "WithdrawVisitForm",
    "diet_words",
]
