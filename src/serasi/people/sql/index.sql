-- What names are found by: people_searchname and people_nameword follow persons, aliases and addresses, whoever writes
-- them. people_refresh_search follows some people, people_rebuild_search writes all anew.
--
-- One plan serves every call (force_generic_plan): row policies make a plan dear and its execution cheap.

-- A word and every form of it with one letter left out: two words one slip apart share a form.
CREATE OR REPLACE FUNCTION people_slips(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN length(word) < 4 THEN ARRAY[word] ELSE (
        SELECT array_agg(DISTINCT form) FROM (
            SELECT word AS form
            UNION ALL
            SELECT left(word, place - 1) || substr(word, place + 1) FROM generate_series(1, length(word)) place
        ) forms
    ) END
$$;

CREATE OR REPLACE VIEW people_searchsource WITH (security_invoker = true) AS
SELECT named.person_id, coalesce(person.merged_into_id, person.id) AS root, named.kind, named.key,
    array_to_tsvector(array_remove(string_to_array(named.key, ' '), '')) AS words, person.sex,
    person.birth_year_from AS year_from, person.birth_year_to AS year_to,
    coalesce((
        SELECT address.region_id FROM people_address address
        WHERE address.person_id = person.id AND address.region_id IS NOT NULL
        ORDER BY array_position(ARRAY['domicile', 'found', 'origin'], address.kind::text), lower(address.period) DESC,
            address.id
        LIMIT 1
    ), '') AS region,
    person.confidentiality = 'sealed' OR coalesce(root.confidentiality = 'sealed', false) AS is_sealed
FROM (
    SELECT id AS person_id, CASE WHEN merged_into_id IS NULL THEN 'full' ELSE 'merged' END AS kind, name_key AS key
    FROM people_person WHERE name_key <> ''
    UNION ALL
    SELECT id, 'nick', nickname_key FROM people_person WHERE nickname_key <> '' AND nickname_key <> name_key
    UNION ALL
    SELECT person_id, 'alias', name_key FROM people_alias WHERE name_key <> ''
) named
JOIN people_person person ON person.id = named.person_id
LEFT JOIN people_person root ON root.id = person.merged_into_id;

CREATE OR REPLACE FUNCTION people_refresh_search(changed uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    DELETE FROM people_searchname WHERE person_id = ANY(changed);
    INSERT INTO people_searchname (person_id, root, kind, key, words, sex, year_from, year_to, region, is_sealed)
    SELECT person_id, root, kind, key, words, sex, year_from, year_to, region, is_sealed
    FROM people_searchsource WHERE person_id = ANY(changed);
    -- In one order, so that two sessions that bring the same new words wait for each other and never for ever.
    INSERT INTO people_nameword (word, slips, people)
    SELECT word, people_slips(word), 1 FROM (
        SELECT DISTINCT unnest(tsvector_to_array(words)) AS word FROM people_searchname WHERE person_id = ANY(changed)
    ) fresh
    WHERE NOT EXISTS (SELECT 1 FROM people_nameword known WHERE known.word = fresh.word)
    ORDER BY word
    ON CONFLICT DO NOTHING;
    PERFORM set_config('serasi.scope', outer_scope, true);
END $$;

CREATE OR REPLACE FUNCTION people_rebuild_search() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
    made bigint;
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    DELETE FROM people_searchname;
    INSERT INTO people_searchname (person_id, root, kind, key, words, sex, year_from, year_to, region, is_sealed)
    SELECT person_id, root, kind, key, words, sex, year_from, year_to, region, is_sealed FROM people_searchsource;
    GET DIAGNOSTICS made = ROW_COUNT;
    DELETE FROM people_nameword;
    INSERT INTO people_nameword (word, slips, people)
    SELECT word, people_slips(word), ndoc FROM ts_stat('SELECT words FROM public.people_searchname');
    PERFORM set_config('serasi.scope', outer_scope, true);
    RETURN made;
END $$;

CREATE OR REPLACE FUNCTION people_person_written() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
    changed uuid[];
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(n.id) INTO changed FROM new_rows n;
    ELSE
        SELECT array_agg(n.id) INTO changed FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE (n.name_key, n.nickname_key, n.sex, n.confidentiality)
                <> (o.name_key, o.nickname_key, o.sex, o.confidentiality)
            OR (n.birth_year_from, n.birth_year_to, n.merged_into_id)
                IS DISTINCT FROM (o.birth_year_from, o.birth_year_to, o.merged_into_id);
        UPDATE people_personunit known SET person_id = n.id  -- what it repeats is written by its own trigger
        FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE known.person_id = n.id AND (n.confidentiality, n.sort_key, n.merged_into_id)
            IS DISTINCT FROM (o.confidentiality, o.sort_key, o.merged_into_id);
        changed := changed || ARRAY(SELECT id FROM people_person WHERE merged_into_id = ANY(changed));
    END IF;
    IF changed <> '{}' THEN
        PERFORM people_refresh_search(changed);
    END IF;
    PERFORM set_config('serasi.scope', outer_scope, true);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION people_part_written() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    changed uuid[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(DISTINCT n.person_id) INTO changed FROM new_rows n;
    ELSIF TG_OP = 'UPDATE' THEN
        SELECT array_agg(DISTINCT part.person_id) INTO changed
        FROM (SELECT person_id FROM new_rows UNION ALL SELECT person_id FROM old_rows) part;
    ELSE
        SELECT array_agg(DISTINCT o.person_id) INTO changed FROM old_rows o;
    END IF;
    IF changed <> '{}' THEN
        PERFORM people_refresh_search(changed);
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER people_search_insert AFTER INSERT ON people_person REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION people_person_written();
CREATE OR REPLACE TRIGGER people_search_update AFTER UPDATE ON people_person
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION people_person_written();

CREATE OR REPLACE TRIGGER people_search_insert AFTER INSERT ON people_alias REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION people_part_written();
CREATE OR REPLACE TRIGGER people_search_update AFTER UPDATE ON people_alias
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION people_part_written();
CREATE OR REPLACE TRIGGER people_search_delete AFTER DELETE ON people_alias REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT EXECUTE FUNCTION people_part_written();

CREATE OR REPLACE TRIGGER people_search_insert AFTER INSERT ON people_address REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION people_part_written();
CREATE OR REPLACE TRIGGER people_search_update AFTER UPDATE ON people_address
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION people_part_written();
CREATE OR REPLACE TRIGGER people_search_delete AFTER DELETE ON people_address REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT EXECUTE FUNCTION people_part_written();
