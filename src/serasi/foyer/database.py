"""What the database itself keeps of steps, laid anew after every migration by `serasi.access.safeguards`."""

from typing import Final

STEP_FUNCTIONS: Final = """
CREATE OR REPLACE FUNCTION foyer_step_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.decided_at IS NOT NULL
        OR to_jsonb(OLD) - '{decided_at,decided_by_id,decision,decision_note,takes_effect_date,by_own_grant}'::text[]
            IS DISTINCT FROM
            to_jsonb(NEW) - '{decided_at,decided_by_id,decision,decision_note,takes_effect_date,by_own_grant}'::text[]
    THEN
        RAISE EXCEPTION 'a step is decided once and never changed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER foyer_step_is_kept BEFORE UPDATE OR DELETE ON foyer_step
FOR EACH ROW EXECUTE FUNCTION foyer_step_is_kept();
"""
