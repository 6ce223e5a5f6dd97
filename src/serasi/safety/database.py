"""What the database itself answers of incidents, laid anew after every migration by `serasi.access.safeguards`.

* `safety_pattern`: how many incidents of which kind and severity, at which hour, weekday, month and ward of a house;
  for who may see counts and not one incident. It names nobody.
"""

from typing import Final

PATTERN_FUNCTIONS: Final = """
CREATE OR REPLACE FUNCTION safety_pattern(wanted uuid[], since timestamptz, until timestamptz)
RETURNS TABLE (unit_id uuid, ward text, kind text, severity text, hour int, weekday int, month date, incidents bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    reached uuid[] := access_units('safety.pattern.see');
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    RETURN QUERY
        SELECT told.unit, coalesce(told.ward_name, ''), told.of_kind, told.of_severity,
            extract(hour FROM told.local)::int, extract(isodow FROM told.local)::int,
            date_trunc('month', told.local)::date, count(*)
        FROM (
            SELECT incident.unit_id AS unit, ward.name::text AS ward_name, incident.kind::text AS of_kind,
                incident.severity::text AS of_severity, incident.happened_at AT TIME ZONE home.time_zone AS local
            FROM safety_incident incident
            JOIN access_unit home ON home.id = incident.unit_id
            LEFT JOIN residence_ward ward ON ward.id = incident.ward_id
            WHERE incident.unit_id = ANY(wanted) AND incident.unit_id = ANY(reached)
                AND incident.happened_at >= since AND incident.happened_at < until
        ) told
        GROUP BY 1, 2, 3, 4, 5, 6, 7;
    PERFORM set_config('serasi.scope', outer_scope, true);
END $$;
"""
