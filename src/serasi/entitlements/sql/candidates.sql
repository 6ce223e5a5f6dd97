-- Entries that may be these people, and nothing else of any list: with their NIK; or on their family card with the same
-- birth date or the same name. Each asking is logged. ``was_denied``: of the same row of an earlier list somebody said
-- that it is not this person.
CREATE OR REPLACE FUNCTION entitlements_candidates(people uuid[], purpose text)
RETURNS TABLE (
    person_id uuid, entry_id uuid, has_same_nik boolean, nik_differs boolean, name text, name_key text,
    birth_date date, was_denied boolean
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
    asked uuid[] := entitlements_may_ask(people);
    units uuid[] := access_units('entitlements.person.check');
    usable uuid[] := entitlements_usable();
    areas text[] := entitlements_areas();
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    INSERT INTO access_look (user_id, subject, subject_id, unit_id, purpose)
    SELECT access_actor(), 'person', one, (
        SELECT known.unit_id FROM people_personunit known WHERE known.person_id = one AND known.until_at IS NULL
        ORDER BY known.unit_id = ANY(units) DESC, known.since_at LIMIT 1
    ), left(purpose, 200) FROM unnest(asked) one;
    RETURN QUERY
    WITH sought AS (
        SELECT person.id, person.nik_hash, person.name_key, person.birth_date, home.kk_hash
        FROM people_person person
        LEFT JOIN people_householdmember inside ON inside.person_id = person.id
            AND inside.period @> (now() AT TIME ZONE 'Asia/Jakarta')::date
        LEFT JOIN people_household home ON home.id = inside.household_id
        WHERE person.id = ANY(asked)
    ), found AS (
        SELECT sought.id AS person, entry.id AS entry, true AS same_nik, false AS other_nik
        FROM sought JOIN entitlements_entry entry ON entry.nik_hash = sought.nik_hash
        WHERE entry.delivery_id = ANY(usable)
        UNION ALL
        SELECT sought.id, entry.id, false, sought.nik_hash IS NOT NULL AND entry.nik_hash IS NOT NULL
        FROM sought JOIN entitlements_entry entry ON entry.kk_hash = sought.kk_hash
        WHERE entry.delivery_id = ANY(usable) AND (entry.nik_hash IS NULL OR sought.nik_hash IS NULL OR entry.nik_hash <> sought.nik_hash)
            AND (entry.birth_date = sought.birth_date
                OR (entry.name_key = sought.name_key AND (entry.birth_date IS NULL OR sought.birth_date IS NULL)))
    )
    SELECT found.person, entry.id, found.same_nik, found.other_nik, entry.name::text, entry.name_key::text,
        entry.birth_date, EXISTS (
            SELECT 1 FROM entitlements_match denied JOIN entitlements_entry before ON before.id = denied.entry_id
            WHERE denied.person_id = found.person AND denied.is_right = false
                AND before.name_key = entry.name_key AND before.nik_hash IS NOT DISTINCT FROM entry.nik_hash)
    FROM found JOIN entitlements_entry entry ON entry.id = found.entry
    WHERE coalesce(entry.region_id, '') LIKE ANY (areas);
    PERFORM set_config('serasi.scope', outer_scope, true);
END $$;

-- What stands on the family cards of these people beside themselves, without names: how many, in which list, with which
-- component. The card is that of their household here, or that of an entry which is them.
CREATE OR REPLACE FUNCTION entitlements_family(people uuid[])
RETURNS TABLE (person_id uuid, delivery_id uuid, component text, members bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
    asked uuid[] := entitlements_may_ask(people);
    usable uuid[] := entitlements_usable();
    areas text[] := entitlements_areas();
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    RETURN QUERY
    WITH own AS (
        SELECT matched.person_id AS person, entry.id, entry.kk_hash, entry.nik_hash
        FROM entitlements_match matched JOIN entitlements_entry entry ON entry.id = matched.entry_id
        WHERE matched.person_id = ANY(asked) AND coalesce(matched.is_right, matched.is_sure)
            AND entry.delivery_id = ANY(usable)
    ), card AS (
        SELECT own.person, own.kk_hash FROM own WHERE own.kk_hash IS NOT NULL
        UNION
        SELECT inside.person_id, home.kk_hash FROM people_householdmember inside
        JOIN people_household home ON home.id = inside.household_id
        WHERE inside.person_id = ANY(asked) AND home.kk_hash IS NOT NULL
            AND inside.period @> (now() AT TIME ZONE 'Asia/Jakarta')::date
    )
    SELECT card.person, entry.delivery_id, entry.component::text,
        count(DISTINCT coalesce(entry.nik_hash, convert_to(entry.name_key, 'UTF8')))
    FROM card JOIN entitlements_entry entry ON entry.kk_hash = card.kk_hash
    WHERE entry.delivery_id = ANY(usable) AND coalesce(entry.region_id, '') LIKE ANY (areas)
        AND NOT EXISTS (
            SELECT 1 FROM own WHERE own.person = card.person
                AND (own.id = entry.id OR own.nik_hash = entry.nik_hash))
    GROUP BY card.person, entry.delivery_id, entry.component;
    PERFORM set_config('serasi.scope', outer_scope, true);
END $$;
