"""Forms of this app, by name from one door."""

from serasi.cycles.forms.cycle import (
    CohortForm,
    CycleFilter,
    EndCycleForm,
    JoinForm,
    PracticeForm,
    StartForm,
    VoidForm,
)
from serasi.cycles.forms.rating import CorrectRatingForm, RateForm, WithdrawForm
from serasi.cycles.forms.review import CorrectReviewForm, HoldForm, PlanReviewForm

__all__ = [
    "CohortForm",
    "CorrectRatingForm",
    "CorrectReviewForm",
    "CycleFilter",
    "EndCycleForm",
    "HoldForm",
    "JoinForm",
    "PlanReviewForm",
    "PracticeForm",
    "RateForm",
    "StartForm",
    "VoidForm",
    "WithdrawForm",
]
