"""Who sees the rows of this app that hang on an assessment: whoever sees that, by its own policy."""

from typing import Final

from serasi.cases.models.part import TAGS_ARE_READABLE

OF_ASSESSMENT: Final = "EXISTS (SELECT 1 FROM assessments_assessment filling WHERE filling.id = assessment_id)"
PART_OF_ASSESSMENT: Final = f"{OF_ASSESSMENT} AND {TAGS_ARE_READABLE}"
"""A part of a form may be closed to those who read the rest."""
OF_SCORE: Final = "EXISTS (SELECT 1 FROM assessments_score found WHERE found.id = score_id)"
