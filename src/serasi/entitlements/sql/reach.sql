-- Lists the actor may use: loaded, not withdrawn or deleted, not past their last day, and received by a unit in which or
-- below which the actor works. Row policies call this once in a statement.
CREATE OR REPLACE FUNCTION entitlements_usable() RETURNS uuid[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(delivery.id), '{}')
    FROM entitlements_delivery delivery
    JOIN access_unit home ON home.id = delivery.unit_id
    WHERE delivery.loaded_at IS NOT NULL AND delivery.withdrawn_at IS NULL AND delivery.deleted_at IS NULL
        AND delivery.usable_until >= (now() AT TIME ZONE home.time_zone)::date
        AND (access_is_system() OR EXISTS (
            SELECT 1 FROM access_posting posting
            JOIN access_user holder ON holder.id = posting.user_id AND holder.is_active
            JOIN access_rolegrant held ON held.role = posting.role AND held.permission = 'entitlements.person.see'
            JOIN access_unit post ON post.id = posting.unit_id AND post.path LIKE home.path || '%'
            WHERE posting.user_id = access_actor()
                AND posting.period @> (now() AT TIME ZONE 'Asia/Jakarta')::date))
$$;

-- Patterns of the regions whose entries the actor may read: all, or for who is bound to one district, that of the units
-- where they work.
CREATE OR REPLACE FUNCTION entitlements_areas() RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN access_is_system() OR access_may('entitlements.person.everywhere') THEN ARRAY['%']
        ELSE (
            SELECT coalesce(array_agg(DISTINCT left(place.region_id, 8) || '%'), '{}')
            FROM access_posting posting
            JOIN institutions_institution place ON place.unit_id = posting.unit_id
            WHERE posting.user_id = access_actor() AND place.region_id IS NOT NULL
                AND posting.period @> (now() AT TIME ZONE 'Asia/Jakarta')::date)
        END
$$;

-- Of these people, those whom the actor may look up.
CREATE OR REPLACE FUNCTION entitlements_may_ask(people uuid[]) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
    circle uuid[] := people_own_circle();
    units uuid[] := access_units('entitlements.person.check');
    found uuid[];
BEGIN
    IF NOT access_is_system() AND NOT access_may('entitlements.person.check') THEN
        RETURN '{}';
    END IF;
    PERFORM set_config('serasi.scope', 'system', true);
    SELECT coalesce(array_agg(asked.id), '{}') INTO found FROM people_person asked
    WHERE asked.id = ANY(people) AND asked.merged_into_id IS NULL
        AND (outer_scope = 'system' OR asked.id = ANY(circle)
            OR (asked.confidentiality <> 'sealed' AND EXISTS (
                SELECT 1 FROM people_personunit known
                WHERE known.person_id = asked.id AND known.until_at IS NULL AND known.unit_id = ANY(units))));
    PERFORM set_config('serasi.scope', outer_scope, true);
    RETURN found;
END $$;
