from serasi.surveys.models.interview import Draft, DraftFile, Interview, InterviewFile
from serasi.surveys.models.outcome import Release, Settled, Verdict
from serasi.surveys.models.survey import Enumerator, Survey, Target

__all__ = [
    "Draft",
    "DraftFile",
    "Enumerator",
    "Interview",
    "InterviewFile",
    "Release",
    "Settled",
    "Survey",
    "Target",
    "Verdict",
]
