"""Who sees the rows of this app, as SQL for row-level security; `querysets.py` says the same to Django.

A submission holds what was typed about somebody: it is its sender's alone. Where it waits for a decision the head of
the unit sees that it came, and where it differs from the desk whoever sees the person does, for they decide. What it
became is seen by whoever may see that.
"""

from typing import Final

from serasi.people.models.policies import as_person

_OF_MANAGED_UNITS: Final = "unit_id = ANY((SELECT access_units('fieldwork.device.manage'))::uuid[])"
_DIFFERS: Final = (
    "EXISTS (SELECT 1 FROM fieldwork_difference differs WHERE differs.submission_id = fieldwork_submission.id)"
)
OF_SUBMISSION: Final = f"user_id = access_actor() OR (waits_for <> '' AND {_OF_MANAGED_UNITS}) OR {_DIFFERS}"
OF_FILE: Final = "EXISTS (SELECT 1 FROM fieldwork_submission sent WHERE sent.id = submission_id)"
OF_DIFFERENCE: Final = as_person("fieldwork_difference")
