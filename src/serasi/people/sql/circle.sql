-- The people an actor sees for what they are: on their team, or the actor's own record.
-- Row policies call this once in a statement.

CREATE OR REPLACE FUNCTION people_own_circle() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    actor uuid := access_actor();
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
    may_open boolean;
    may_with_team boolean;
    circle uuid[];
BEGIN
    IF actor IS NULL THEN
        RETURN '{}';
    END IF;
    SELECT count(*) > 0, coalesce(bool_or(held.reach <> 'own'), false) INTO may_open, may_with_team
    FROM access_posting posting
    JOIN access_rolegrant held ON held.role = posting.role AND held.permission = 'people.person.open'
    WHERE posting.user_id = actor AND posting.period @> (now() AT TIME ZONE 'Asia/Jakarta')::date;
    IF NOT may_open THEN
        RETURN '{}';
    END IF;
    PERFORM set_config('serasi.scope', 'system', true);
    SELECT coalesce(array_agg(near.id), '{}') INTO circle FROM (
        SELECT team.person_id AS id FROM people_personteam team
        WHERE may_with_team AND team.user_id = actor AND team.until_at IS NULL
        UNION
        SELECT person.id FROM people_person person WHERE person.user_id = actor
    ) near;
    PERFORM set_config('serasi.scope', outer_scope, true);
    RETURN circle;
END $$;
