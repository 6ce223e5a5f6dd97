"""Who sees the rows of this app, as SQL for row-level security; `querysets.py` says the same to Django.

A survey tells of no person. Interviews are read in the unit that runs the survey, and by whoever held them.
"""

from typing import Final

OF_SURVEY_OR_OWN: Final = """
    (SELECT access_may('surveys.interview.see')) AND (
        enumerator_id = access_actor()
        OR survey_id IN (SELECT asked.id FROM surveys_survey asked
            WHERE asked.unit_id = ANY((SELECT access_units('surveys.interview.see'))::uuid[])))
"""
OWN: Final = "enumerator_id = access_actor()"
"""What is still being typed is read by whoever types it."""
OF_INTERVIEW: Final = "EXISTS (SELECT 1 FROM surveys_interview held WHERE held.id = interview_id)"
