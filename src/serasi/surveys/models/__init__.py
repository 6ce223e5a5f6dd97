from serasi.surveys.models.derived import READER, Finding, Reading, Tally
from serasi.surveys.models.interview import Draft, DraftFile, Interview, InterviewFile
from serasi.surveys.models.outcome import Release, Settled, Verdict
from serasi.surveys.models.survey import Enumerator, Survey, Target

__all__ = [
    "READER",
    "Draft",
    "DraftFile",
    "Enumerator",
    "Finding",
    "Interview",
    "InterviewFile",
    "Reading",
    "Release",
    "Settled",
    "Survey",
    "Tally",
    "Target",
    "Verdict",
]
