"""Who sees the rows of this app, as SQL for row-level security; `querysets.py` says the same to Django.

A gathering tells of no person: a kind, a place, numbers. Who came is seen by those who may see the gathering.
"""

from typing import Final

SEEN_GATHERINGS: Final = """
    SELECT seen.id FROM shelters_gathering seen
    WHERE seen.unit_id = ANY((SELECT access_units('shelters.gathering.see'))::uuid[])
        OR ((SELECT access_may('shelters.gathering.see')) AND EXISTS (
            SELECT 1 FROM shelters_helper helper
            WHERE helper.gathering_id = seen.id AND helper.user_id = access_actor()))
"""

OF_ARRIVAL: Final = "EXISTS (SELECT 1 FROM shelters_arrival about WHERE about.id = shelters_outcome.arrival_id)"
