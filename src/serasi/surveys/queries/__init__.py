from serasi.surveys.queries.dataset import Standing, standing_alone, write_dataset
from serasi.surveys.queries.findings import Judged, Overview, findings_in, judged, overview_of
from serasi.surveys.queries.people import Waiting, people_waiting, places_waiting
from serasi.surveys.queries.progress import Counted, Progress, counted, progress_of
from serasi.surveys.queries.reading import Checked, Told, checked, interviews_of, read_all
from serasi.surveys.queries.results import Question, counted_for_all, counted_in, questions_of
from serasi.surveys.queries.surveys import surveys_for, surveys_of

__all__ = [
    "Checked",
    "Counted",
    "Judged",
    "Overview",
    "Progress",
    "Question",
    "Standing",
    "Told",
    "Waiting",
    "checked",
    "counted",
    "counted_for_all",
    "counted_in",
    "findings_in",
    "interviews_of",
    "judged",
    "overview_of",
    "people_waiting",
    "places_waiting",
    "progress_of",
    "questions_of",
    "read_all",
    "standing_alone",
    "surveys_for",
    "surveys_of",
    "write_dataset",
]
