from serasi.assessments.queries.catalogue import Choice, catalogue, choices_for
from serasi.assessments.queries.filling import Difference, LastTyped, answers_of, differences_of, typed_since
from serasi.assessments.queries.forms import Place, form_of, language_of, places_of, saved_properties
from serasi.assessments.queries.places import (
    MadeMedium,
    Medium,
    areas_of,
    evaluated,
    media_of,
    named_places,
    places_offered,
)
from serasi.assessments.queries.results import Found, Line, found, is_reliable, lines, scores_of
from serasi.assessments.queries.wording import Chapter, Said, chapters_of, said_of

__all__ = [
    "Chapter",
    "Choice",
    "Difference",
    "Found",
    "LastTyped",
    "Line",
    "MadeMedium",
    "Medium",
    "Place",
    "Said",
    "answers_of",
    "areas_of",
    "catalogue",
    "chapters_of",
    "choices_for",
    "differences_of",
    "evaluated",
    "form_of",
    "found",
    "is_reliable",
    "language_of",
    "lines",
    "media_of",
    "named_places",
    "places_of",
    "places_offered",
    "said_of",
    "saved_properties",
    "scores_of",
    "typed_since",
]
