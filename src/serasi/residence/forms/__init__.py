"""What is typed on the pages of this app."""

from serasi.residence.forms.acts import (
    AbscondedForm,
    AdmitForm,
    ComeBackForm,
    CorrectForm,
    DiedForm,
    EndForm,
    HandOnForm,
    HospitalForm,
    LeaveForm,
    MoveForm,
    PlacingForm,
    PlanForm,
    ReleaseForm,
    TransferForm,
    WithdrawForm,
)
from serasi.residence.forms.board import BoardFilter
from serasi.residence.forms.expected import CancelForm, ReserveForm
from serasi.residence.forms.keeping import GiveBackForm, MoneyForm, ReceiveForm, ReverseForm
from serasi.residence.forms.place import PlaceChoices
from serasi.residence.forms.steps import FindingForm, ScreenForm, StepsForm

__all__ = [
    "AbscondedForm",
    "AdmitForm",
    "BoardFilter",
    "CancelForm",
    "ComeBackForm",
    "CorrectForm",
    "DiedForm",
    "EndForm",
    "FindingForm",
    "GiveBackForm",
    "HandOnForm",
    "HospitalForm",
    "LeaveForm",
    "MoneyForm",
    "MoveForm",
    "PlaceChoices",
    "PlacingForm",
    "PlanForm",
    "ReceiveForm",
    "ReleaseForm",
    "ReserveForm",
    "ReverseForm",
    "ScreenForm",
    "StepsForm",
    "TransferForm",
    "WithdrawForm",
]
