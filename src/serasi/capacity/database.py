"""What the database answers of houses in numbers, for readers who may know no name.

* `capacity_flows`: when people came to houses and left them, each with one kind of PPKS; for reckoning, never shown.
* `capacity_places`: beds that can be used and beds that are taken; of safe houses for those alone who reach them.

Both set ``serasi.scope`` for as long as they work, and put it back.
"""

# ruff: noqa: S608  (constant SQL; the only braces are those of this module)
from typing import Final

from serasi.people.enums import HEALTH_KINDS

_DEFINER: Final = "LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp"

# A person of several kinds counts once, as the first in the order of the list. A kind that tells of health is not
# counted as one: a number of one house would tell of its people.
_FLOWS: Final = f"""
CREATE OR REPLACE FUNCTION capacity_flows(of_unit uuid)
RETURNS TABLE (kind text, came date, gone date, planned date) {_DEFINER} AS $$
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
    may_see boolean := outer_scope = 'system' OR of_unit = ANY(access_units('capacity.outlook.see'));
    zone text;
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    SELECT time_zone INTO zone FROM access_unit WHERE id = of_unit;
    RETURN QUERY SELECT
        (SELECT known.kind_id::text
         FROM people_personkind known JOIN people_ppkskind named ON named.code = known.kind_id
         WHERE known.person_id = s.person_id AND known.kind_id <> ALL ('{{{",".join(sorted(HEALTH_KINDS))}}}'::text[])
            AND known.period && daterange((lower(s.period) AT TIME ZONE zone)::date,
                (upper(s.period) AT TIME ZONE zone)::date, '[]')
         ORDER BY named.number LIMIT 1),
        (lower(s.period) AT TIME ZONE zone)::date, (upper(s.period) AT TIME ZONE zone)::date, s.expected_end
    FROM residence_stay s WHERE may_see AND s.unit_id = of_unit AND NOT isempty(s.period);
    PERFORM set_config('serasi.scope', outer_scope, true);
END $$;
"""

_PLACES: Final = f"""
CREATE OR REPLACE FUNCTION capacity_places(moment timestamptz)
RETURNS TABLE (unit_id uuid, beds bigint, taken bigint, people bigint) {_DEFINER} AS $$
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
    may_see boolean := outer_scope = 'system' OR access_may('capacity.places.see');
    reached uuid[] := access_units('capacity.outlook.see');
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    RETURN QUERY
    WITH usable AS (
        SELECT ward.unit_id, bed.id
        FROM residence_bed bed
        JOIN residence_room room ON room.id = bed.room_id
        JOIN residence_ward ward ON ward.id = room.ward_id
        JOIN access_unit unit ON unit.id = ward.unit_id
        LEFT JOIN institutions_institution place ON place.unit_id = unit.id
        WHERE may_see AND unit.closed_on IS NULL
            AND (outer_scope = 'system' OR NOT coalesce(place.is_safe_house, false) OR unit.id = ANY(reached))
            AND bed.in_service @> (moment AT TIME ZONE unit.time_zone)::date
            AND (room.closed_on IS NULL OR room.closed_on > (moment AT TIME ZONE unit.time_zone)::date)
            AND (ward.closed_on IS NULL OR ward.closed_on > (moment AT TIME ZONE unit.time_zone)::date)
            AND NOT EXISTS (SELECT 1 FROM residence_bedoutage broken
                WHERE broken.bed_id = bed.id AND broken.period @> moment)
    ), here AS (
        SELECT o.unit_id, o.bed_id FROM residence_occupancy o WHERE o.period @> moment
    )
    SELECT u.unit_id, count(*), count(*) FILTER (WHERE EXISTS (SELECT 1 FROM here h WHERE h.bed_id = u.id)),
        (SELECT count(*) FROM here h WHERE h.unit_id = u.unit_id)
    FROM usable u GROUP BY u.unit_id;
    PERFORM set_config('serasi.scope', outer_scope, true);
END $$;
"""

FLOW_FUNCTIONS: Final = _FLOWS + _PLACES
