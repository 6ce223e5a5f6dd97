from serasi.surveys.queries.checks import Finding, findings_of
from serasi.surveys.queries.dataset import Dataset, dataset_of, packed
from serasi.surveys.queries.progress import Counted, Progress, counted, progress_of
from serasi.surveys.queries.reading import Told, interviews_of, read_all
from serasi.surveys.queries.results import Answered, Question, questions_of
from serasi.surveys.queries.surveys import surveys_for, surveys_of

__all__ = [
    "Answered",
    "Counted",
    "Dataset",
    "Finding",
    "Progress",
    "Question",
    "Told",
    "counted",
    "dataset_of",
    "findings_of",
    "interviews_of",
    "packed",
    "progress_of",
    "questions_of",
    "read_all",
    "surveys_for",
    "surveys_of",
]
