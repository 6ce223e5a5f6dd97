"""Who sees the rows of this app, as SQL for row-level security; `querysets.py` says the same to Django.

The functions called here return arrays, once in a statement (`sql/`).
"""

from typing import Final

from serasi.people.models.policies import CIRCLE

_OF_PERSON: Final = """
    (SELECT access_may('entitlements.person.see')) AND (
        {table}.person_id = {circle}
        OR EXISTS (
            SELECT 1 FROM people_personunit known
            WHERE known.person_id = {table}.person_id AND known.until_at IS NULL AND NOT known.is_sealed
                AND known.unit_id = ANY((SELECT access_units('entitlements.person.see'))::uuid[])))
"""
MATCH_POLICY: Final = _OF_PERSON.format(table="entitlements_match", circle=CIRCLE)
CHECK_POLICY: Final = _OF_PERSON.format(table="entitlements_personcheck", circle=CIRCLE)
ENTRY_POLICY: Final = """
    entitlements_entry.delivery_id = ANY((SELECT entitlements_usable())::uuid[])
    AND coalesce(entitlements_entry.region_id, '') LIKE ANY ((SELECT entitlements_areas())::text[])
    AND EXISTS (
        SELECT 1 FROM entitlements_match found
        WHERE found.entry_id = entitlements_entry.id AND found.is_right IS DISTINCT FROM false)
"""
"""Through a match with a person the reader sees, that nobody called wrong; while the list is usable where the reader
works, and for who is bound to one district, when the entry is of it."""
REMARK_POLICY: Final = """
    EXISTS (SELECT 1 FROM entitlements_delivery loaded WHERE loaded.id = entitlements_remark.delivery_id
        AND loaded.unit_id = ANY((SELECT access_units('entitlements.delivery.load'))::uuid[]))
"""
