"""What is typed on the pages of this app."""

from serasi.residence.forms.acts import (
    AbscondedForm,
    AdmitForm,
    ComeBackForm,
    CorrectForm,
    EndForm,
    HospitalForm,
    LeaveForm,
    MoveForm,
    PlacingForm,
    PlanForm,
    ReleaseForm,
    WithdrawForm,
)
from serasi.residence.forms.board import BoardFilter, MonthFilter, PlanFilter
from serasi.residence.forms.place import PlaceChoices

__all__ = [
    "AbscondedForm",
    "AdmitForm",
    "BoardFilter",
    "ComeBackForm",
    "CorrectForm",
    "EndForm",
    "HospitalForm",
    "LeaveForm",
    "MonthFilter",
    "MoveForm",
    "PlaceChoices",
    "PlacingForm",
    "PlanFilter",
    "PlanForm",
    "ReleaseForm",
    "WithdrawForm",
]
