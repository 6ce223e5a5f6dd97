"""What is typed on the pages of this app."""

from serasi.residence.forms.acts import (
    AdmitForm,
    ComeBackForm,
    CorrectForm,
    EndForm,
    GoOutForm,
    MoveForm,
    PlacingForm,
    PlanForm,
    ReleaseForm,
    WithdrawForm,
)
from serasi.residence.forms.board import BoardFilter
from serasi.residence.forms.place import PlaceChoices

__all__ = [
    "AdmitForm",
    "BoardFilter",
    "ComeBackForm",
    "CorrectForm",
    "EndForm",
    "GoOutForm",
    "MoveForm",
    "PlaceChoices",
    "PlacingForm",
    "PlanForm",
    "ReleaseForm",
    "WithdrawForm",
]
