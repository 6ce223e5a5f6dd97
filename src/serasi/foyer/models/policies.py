"""Who sees the rows of this app, as SQL for row-level security; `querysets.py` says the same to Django.

What belongs to a youth is closed like the person: whoever may open the person, and works in the house or is near the
person. What hangs on an agreement is seen with it.
"""

from typing import Final

from serasi.people.models.policies import CIRCLE, as_person

OF_AGREEMENT: Final = "EXISTS (SELECT 1 FROM foyer_agreement whole WHERE whole.id = agreement_id)"
AGREEMENT: Final = (
    f"{as_person('foyer_agreement')}"
    " AND (foyer_agreement.unit_id = ANY((SELECT access_units('foyer.agreement.see'))::uuid[])"
    f" OR ((SELECT access_may('foyer.agreement.see')) AND foyer_agreement.person_id = {CIRCLE}))"
)
