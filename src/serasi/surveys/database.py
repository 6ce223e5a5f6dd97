"""What the database itself keeps of surveys, laid anew after every migration (`access.safeguards`).

* an interview that arrived never changes, except that its village is found, once, and that it is voided, once;
* `surveys_counted`: how many interviews stand, by village, enumerator and day, for whoever may see the survey and not
  what was answered.
"""

from typing import Final

INTERVIEW_IS_KEPT: Final = """
CREATE OR REPLACE FUNCTION surveys_interview_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may_change text[] := '{voided_at,voided_by_id,void_reason}';
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.village_id IS NULL AND NEW.village_found_at IS NOT NULL THEN
        may_change := may_change || '{village_id,village_found_by_id,village_found_at}'::text[];
    END IF;
    IF TG_OP = 'DELETE' OR OLD.voided_at IS NOT NULL
        OR to_jsonb(OLD) - may_change IS DISTINCT FROM to_jsonb(NEW) - may_change
    THEN
        RAISE EXCEPTION 'an interview never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER surveys_interview_is_kept BEFORE UPDATE OR DELETE ON surveys_interview
FOR EACH ROW EXECUTE FUNCTION surveys_interview_is_kept();
"""

COUNTED: Final = """
CREATE OR REPLACE FUNCTION surveys_counted(wanted uuid[])
RETURNS TABLE (survey uuid, village text, enumerator uuid, held_on date, interviews bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
    counted uuid[] := ARRAY(
        SELECT asked.id FROM surveys_survey asked
        WHERE asked.id = ANY(wanted)
            AND (outer_scope = 'system' OR asked.unit_id = ANY(access_units('surveys.survey.see'))));
    own uuid := CASE WHEN access_may('surveys.interview.see') THEN access_actor() END;
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    RETURN QUERY SELECT held.survey_id, held.village_id::text, held.enumerator_id, held.held_on, count(*)
    FROM surveys_interview held
    WHERE (held.survey_id = ANY(counted) OR (held.survey_id = ANY(wanted) AND held.enumerator_id = own))
        AND held.voided_at IS NULL
        AND NOT EXISTS (
            SELECT 1 FROM surveys_interview later WHERE later.replaces_id = held.id AND later.voided_at IS NULL)
    GROUP BY held.survey_id, held.village_id, held.enumerator_id, held.held_on;
    PERFORM set_config('serasi.scope', outer_scope, true);
END $$;
"""
