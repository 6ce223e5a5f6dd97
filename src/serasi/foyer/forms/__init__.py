"""What is typed on the pages of this app."""

from serasi.foyer.forms.agreement import (
    AgreementForm,
    EndForm,
    ExitPlanForm,
    MeasureForm,
    RevisedAgreementForm,
    SignatureForm,
)
from serasi.foyer.forms.house import DraftForm, PhaseForm, RevisedPhaseForm, TonightFilter
from serasi.foyer.forms.way import AllowanceForm, BackForm, DecisionForm, RatingForm, UpForm, WithdrawForm

__all__ = [
    "AgreementForm",
    "AllowanceForm",
    "BackForm",
    "DecisionForm",
    "DraftForm",
    "EndForm",
    "ExitPlanForm",
    "MeasureForm",
    "PhaseForm",
    "RatingForm",
    "RevisedAgreementForm",
    "RevisedPhaseForm",
    "SignatureForm",
    "TonightFilter",
    "UpForm",
    "WithdrawForm",
]
