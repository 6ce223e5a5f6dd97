"""What is typed on the pages of this app."""

from serasi.daily.forms.group import GroupForm, RollCallForm, RoundForm, diet_words
from serasi.daily.forms.medicine import DosesForm, EndPrescriptionForm, PrescriptionForm, WhenNeededForm
from serasi.daily.forms.words import DayFilter, DietForm, EndDietForm, HandoverForm, NoteForm, PracticeForm

__all__ = [
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
    "RollCallForm",
    "RoundForm",
    "WhenNeededForm",
    "diet_words",
]
