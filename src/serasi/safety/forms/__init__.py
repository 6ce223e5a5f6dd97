"""What is typed on the pages of this app."""

from serasi.safety.forms.concern import RaiseForm, StepForm
from serasi.safety.forms.filters import IncidentFilter, PatternFilter
from serasi.safety.forms.incident import (
    AmendForm,
    CloseForm,
    FinishForm,
    FollowUpForm,
    NoticeForm,
    PersonForm,
    ReopenForm,
    ReportForm,
    WithdrawForm,
)
from serasi.safety.forms.people import UnitForm
from serasi.safety.forms.restraint import BeginForm, CheckForm, EndForm, RenewForm, ReviewForm

__all__ = [
    "AmendForm",
    "BeginForm",
    "CheckForm",
    "CloseForm",
    "EndForm",
    "FinishForm",
    "FollowUpForm",
    "IncidentFilter",
    "NoticeForm",
    "PatternFilter",
    "PersonForm",
    "RaiseForm",
    "RenewForm",
    "ReopenForm",
    "ReportForm",
    "ReviewForm",
    "StepForm",
    "UnitForm",
    "WithdrawForm",
]
