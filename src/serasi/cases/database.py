"""What casework keeps in the database beside its tables, laid anew after every migration by `serasi.access.safeguards`.

Each function answers one narrow question about rows the actor may not see, checks the actor's posting itself, and tells
no more than its comment says. To look, it sets ``serasi.scope`` for as long as it reads, and puts it back.
"""

# ruff: noqa: S608  (constant SQL; the only braces are those of this module)
from typing import Final

_HEAD: Final = """LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
"""

# The domains of a case in which an assessment is final, whatever area tags it carries: rules of stages ask this, and a
# worker who may not read a psychiatric assessment must still be able to see that there is one.
FINISHED_DOMAINS: Final = f"""
CREATE OR REPLACE FUNCTION cases_finished_domains(wanted uuid) RETURNS text[] {_HEAD}
    domains text[];
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    SELECT coalesce(array_agg(DISTINCT part.domain::text), '{{}}') INTO domains FROM cases_domainassessment part
    WHERE part.case_id = wanted AND part.finalised_at IS NOT NULL;
    PERFORM set_config('serasi.scope', outer_scope, true);
    RETURN domains;
END $$;
"""

# A case that the actor may open in an emergency, by id or by number. Sealed cases do not exist here.
BEHIND_GLASS: Final = f"""
CREATE OR REPLACE FUNCTION cases_behind_glass(wanted uuid, wanted_number text)
RETURNS TABLE (case_id uuid, unit_id uuid) {_HEAD}
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    RETURN QUERY SELECT file.id, file.unit_id FROM cases_case file
    WHERE (file.id = wanted OR file.number = wanted_number) AND file.confidentiality <> 'sealed'
        AND file.unit_id = ANY((SELECT access_units('access.emergency.open'))::uuid[]);
    PERFORM set_config('serasi.scope', outer_scope, true);
END $$;
"""

# Where and when a person was helped: in any unit for those who may open a case, in their own for those who may open its
# file in an emergency. Sealed cases do not exist here.
HELPED_BEFORE: Final = f"""
CREATE OR REPLACE FUNCTION cases_helped_before(about uuid)
RETURNS TABLE (case_id uuid, unit_name text, opened_at timestamptz, closed_at timestamptz) {_HEAD}
    of_all boolean := outer_scope = 'system' OR access_may('cases.case.start');
    of_own uuid[] := access_units('access.emergency.open');
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    RETURN QUERY SELECT file.id, unit.short_name::text, file.opened_at, file.closed_at
    FROM cases_case file
    JOIN access_unit unit ON unit.id = file.unit_id
    JOIN people_person person ON person.id = file.person_id
    WHERE (person.id = about OR person.merged_into_id = about) AND file.confidentiality <> 'sealed'
        AND (of_all OR file.unit_id = ANY(of_own))
    ORDER BY file.opened_at DESC;
    PERFORM set_config('serasi.scope', outer_scope, true);
END $$;
"""

# How much of each component a unit and those below it gave, and to how many people: counts of units where the actor may
# count, without a name. Sealed cases are counted for their teams alone.
SERVICES_COUNTED: Final = f"""
CREATE OR REPLACE FUNCTION cases_services_counted(under text, since timestamptz, until timestamptz)
RETURNS TABLE (component text, deliveries bigint, quantity bigint, people bigint) {_HEAD}
    counted uuid[] := ARRAY(
        SELECT unit.id FROM access_unit unit
        WHERE unit.path LIKE under || '%' AND (outer_scope = 'system' OR unit.id = ANY(access_units('cases.count.see')))
    );
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    RETURN QUERY SELECT given.component_id::text, count(*), sum(given.quantity)::bigint, count(DISTINCT file.person_id)
    FROM cases_delivery given
    JOIN cases_case file ON file.id = given.case_id
    WHERE file.unit_id = ANY(counted) AND given.withdrawn_at IS NULL
        AND given.delivered_at >= since AND given.delivered_at < until
        AND (file.confidentiality <> 'sealed' OR file.id = ANY(ARRAY(
            SELECT member.case_id FROM cases_teammember member
            WHERE member.user_id = access_actor() AND member.period @> clock_timestamp())))
    GROUP BY given.component_id;
    PERFORM set_config('serasi.scope', outer_scope, true);
END $$;
"""

CASE_FUNCTIONS: Final = FINISHED_DOMAINS + BEHIND_GLASS + HELPED_BEFORE + SERVICES_COUNTED
