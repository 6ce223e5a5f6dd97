"""What is typed on the pages of this app."""

from serasi.daily.forms.correcting import CorrectDoseForm, CorrectEntryForm, CorrectMarkForm, WhyForm
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
from serasi.daily.forms.vitals import (
    CorrectVitalsForm,
    ResponseForm,
    VitalsForm,
    VitalsPracticeForm,
    WardVitalsForm,
)
from serasi.daily.forms.words import DayFilter, DietForm, EndDietForm, HandoverForm, NoteForm, PracticeForm

__all__ = [
    "AnnounceVisitForm",
    "BarForm",
    "CopyForm",
    "CorrectDoseForm",
    "CorrectEntryForm",
    "CorrectMarkForm",
    "CorrectVitalsForm",
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
    "ResponseForm",
    "RollCallForm",
    "RoundForm",
    "VitalsForm",
    "VitalsPracticeForm",
    "WardVitalsForm",
    "WhenNeededForm",
    "WhyForm",
    "WithdrawVisitForm",
    "diet_words",
]
