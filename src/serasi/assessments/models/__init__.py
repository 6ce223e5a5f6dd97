from serasi.assessments.models.answer import Answer, AnswerFile
from serasi.assessments.models.assessment import Assessment, Chapter, SentFilling
from serasi.assessments.models.instrument import Edition, EditionFile, EditionForm, Instrument
from serasi.assessments.models.scale import Band, Scale, Suggestion
from serasi.assessments.models.score import Opinion, Score

__all__ = [
    "Answer",
    "AnswerFile",
    "Assessment",
    "Band",
    "Chapter",
    "Edition",
    "EditionFile",
    "EditionForm",
    "Instrument",
    "Opinion",
    "Scale",
    "Score",
    "SentFilling",
    "Suggestion",
]
