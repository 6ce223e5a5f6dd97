"""What is typed on the pages of this app."""

from serasi.daily.forms.correcting import CorrectDoseForm, CorrectEntryForm, CorrectMarkForm, WhyForm
from serasi.daily.forms.group import GroupForm, RollCallForm, RoundForm, diet_words
from serasi.daily.forms.medicine import DosesForm, EndPrescriptionForm, PrescriptionForm, WhenNeededForm
from serasi.daily.forms.vitals import (
    CorrectVitalsForm,
    ResponseForm,
    VitalsForm,
    VitalsPracticeForm,
    WardVitalsForm,
)
from serasi.daily.forms.words import DayFilter, DietForm, EndDietForm, HandoverForm, NoteForm, PracticeForm

__all__ = [
    "CorrectDoseForm",
    "CorrectEntryForm",
    "CorrectMarkForm",
    "CorrectVitalsForm",
    "DayFilter",
    "DietForm",
    "DosesForm",
    "EndDietForm",
    "EndPrescriptionForm",
    "GroupForm",
    "HandoverForm",
    "NoteForm",
    "PracticeForm",
    "PrescriptionForm",
    "ResponseForm",
    "RollCallForm",
    "RoundForm",
    "VitalsForm",
    "VitalsPracticeForm",
    "WardVitalsForm",
    "WhenNeededForm",
    "WhyForm",
    "diet_words",
]
