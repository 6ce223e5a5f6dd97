"""What the database itself answers of cycles, laid anew after every migration by `serasi.access.safeguards`.

`cycles_own_cases`: the cases of the actor's own record, for who may read their own cycles and no file.
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
