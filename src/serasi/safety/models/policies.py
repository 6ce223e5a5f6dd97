"""Who sees the rows of this app, as SQL for row-level security; `querysets.py` says the same to Django.

Incidents and restraints are seen by who works in the house and by the teams of the people in them. A concern is seen by
who raised it and by the unit it goes to; who works in a unit never sees one that goes past it, even as its receiver.
"""

from typing import Final

from serasi.people.models.policies import CIRCLE

UNITS: Final = "ANY((SELECT access_units('safety.incident.see'))::uuid[])"
_NEAR: Final = "(SELECT access_may('safety.incident.see'))"
RECEIVERS: Final = "ANY((SELECT access_units('safety.concern.receive'))::uuid[])"

INVOLVED_POLICY: Final = f"""
    safety_involved.unit_id = {UNITS}
    OR ({_NEAR} AND safety_involved.withdrawn_at IS NULL AND safety_involved.person_id = {CIRCLE})
"""
INCIDENT_POLICY: Final = f"""
    safety_incident.unit_id = {UNITS}
    OR ({_NEAR} AND safety_incident.id = ANY(ARRAY(
        SELECT involved.incident_id FROM safety_involved involved
        WHERE involved.withdrawn_at IS NULL AND involved.person_id = {CIRCLE})))
"""  # noqa: S608  (names of our own tables)
OF_INCIDENT: Final = "EXISTS (SELECT 1 FROM safety_incident incident WHERE incident.id = incident_id)"

RESTRAINT_POLICY: Final = f"""
    safety_restraint.unit_id = {UNITS} OR ({_NEAR} AND safety_restraint.person_id = {CIRCLE})
"""
OF_RESTRAINT: Final = "EXISTS (SELECT 1 FROM safety_restraint restraint WHERE restraint.id = restraint_id)"

_WORKS_THERE: Final = """EXISTS (
    SELECT 1 FROM access_posting posting
    WHERE posting.user_id = access_actor() AND posting.unit_id = safety_concern.unit_id
        AND posting.period @> (now() AT TIME ZONE 'Asia/Jakarta')::date)"""
_RECEIVES: Final = f"""
    safety_concern.goes_to_id = {RECEIVERS} AND safety_concern.about_user_id IS DISTINCT FROM access_actor()
    AND (safety_concern.goes_to_id = safety_concern.unit_id OR NOT {_WORKS_THERE})
"""
CONCERN_POLICY: Final = f"""
    (safety_concern.resident_id IS NULL AND safety_concern.raised_by_id = access_actor())
    OR EXISTS (
        SELECT 1 FROM people_person self
        WHERE self.id = safety_concern.resident_id AND self.user_id = access_actor())
    OR ({_RECEIVES})
"""  # noqa: S608  (names of our own tables)
STEP_POLICY: Final = f"""
    EXISTS (
        SELECT 1 FROM safety_concern
        WHERE safety_concern.id = concern_id AND (safety_concernstep.kind <> 'acted' OR ({_RECEIVES})))
"""  # noqa: S608  (as above)
