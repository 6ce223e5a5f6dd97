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
from serasi.residence.forms.board import BoardFilter
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
    "MoveForm",
    "PlaceChoices",
    "PlacingForm",
    "PlanForm",
    "ReleaseForm",
    "WithdrawForm",
]
