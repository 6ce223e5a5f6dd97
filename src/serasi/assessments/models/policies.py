"""Who sees the rows of this app that hang on an assessment: whoever sees that, by its own policy."""

from typing import Final

OF_ASSESSMENT: Final = "EXISTS (SELECT 1 FROM assessments_assessment filling WHERE filling.id = assessment_id)"
OF_SCORE: Final = "EXISTS (SELECT 1 FROM assessments_score found WHERE found.id = score_id)"
