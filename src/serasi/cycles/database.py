"""What the database itself keeps of cycles, laid anew after every migration by `serasi.access.safeguards`.

* `cycles_own_cases`: the cases of the actor's own record, for who may read their own cycles and no file.
* `cycles_is_kept`: a row is never deleted, and changed in nothing but being superseded, once.
"""

from typing import Final

OWN_CASES: Final = """
CREATE OR REPLACE FUNCTION cycles_own_cases() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    actor uuid := access_actor();
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
    own uuid[];
BEGIN
    IF actor IS NULL OR NOT access_may('cycles.cycle.see') THEN
        RETURN '{}';
    END IF;
    PERFORM set_config('serasi.scope', 'system', true);
    SELECT coalesce(array_agg(file.id), '{}') INTO own
    FROM cases_case file JOIN people_person person ON person.id = file.person_id
    WHERE person.user_id = actor;
    PERFORM set_config('serasi.scope', outer_scope, true);
    RETURN own;
END $$;
"""

KEPT: Final = """
CREATE OR REPLACE FUNCTION cycles_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.superseded_at IS NOT NULL
        OR to_jsonb(OLD) - '{superseded_at,superseded_by_id,superseded_reason}'::text[]
            IS DISTINCT FROM to_jsonb(NEW) - '{superseded_at,superseded_by_id,superseded_reason}'::text[] THEN
        RAISE EXCEPTION '% is superseded, never changed', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""


def kept(table: str) -> str:
    """The rows of this table are only ever superseded."""
    return f"""{KEPT}
CREATE OR REPLACE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION cycles_is_kept();
"""
