"""What this app keeps in the database itself, laid anew after every migration by `serasi.access.safeguards`.

* ``people_own_circle`` – the people an actor sees for what they are; row policies call it once in a statement.
* Seals: a person's confidentiality is repeated on its unit rows, so that policies need not look at each other.
* The search table follows persons, aliases and addresses, whoever writes them.
* ``people_search`` and ``people_lookup`` – the only doors to names and numbers across units. They check the permission,
  log the search without what was typed, leave out the sealed, and answer with a short card.

Functions that must see more than the actor set ``serasi.scope`` for as long as they read, and put it back.
"""

from typing import Final

CIRCLE: Final = """
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
"""

SEALS: Final = """
CREATE OR REPLACE FUNCTION people_unit_takes_seal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    NEW.is_sealed := coalesce(
        (SELECT person.confidentiality = 'sealed' FROM people_person person WHERE person.id = NEW.person_id), false
    );
    PERFORM set_config('serasi.scope', outer_scope, true);
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER people_takes_seal BEFORE INSERT OR UPDATE ON people_personunit
FOR EACH ROW EXECUTE FUNCTION people_unit_takes_seal();

CREATE OR REPLACE FUNCTION people_merge_points_at_root() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
    is_chain boolean;
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    SELECT EXISTS (
        SELECT 1 FROM people_person person JOIN people_person target ON target.id = person.merged_into_id
        WHERE (person.id = NEW.id OR target.id = NEW.id) AND target.merged_into_id IS NOT NULL
    ) INTO is_chain;
    PERFORM set_config('serasi.scope', outer_scope, true);
    IF is_chain THEN
        RAISE EXCEPTION 'a merged person must point at a person that is not merged'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'people_merge_points_at_root';
    END IF;
    RETURN NULL;
END $$;
DO $$ BEGIN
    CREATE CONSTRAINT TRIGGER people_merge_points_at_root AFTER INSERT OR UPDATE OF merged_into_id ON people_person
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL)
    EXECUTE FUNCTION people_merge_points_at_root();
EXCEPTION WHEN duplicate_object THEN NULL;
END $$;
"""

INDEXING: Final = """
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
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
        UPDATE people_personunit known SET is_sealed = (n.confidentiality = 'sealed')
        FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE known.person_id = n.id AND n.confidentiality <> o.confidentiality
            AND known.is_sealed <> (n.confidentiality = 'sealed');
        changed := changed || ARRAY(SELECT id FROM people_person WHERE merged_into_id = ANY(changed));
    END IF;
    IF changed <> '{}' THEN
        PERFORM people_refresh_search(changed);
    END IF;
    PERFORM set_config('serasi.scope', outer_scope, true);
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION people_part_written() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
"""

PARTS: Final = "\n".join(
    f"""
CREATE OR REPLACE TRIGGER people_search_insert AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION people_part_written();
CREATE OR REPLACE TRIGGER people_search_update AFTER UPDATE ON {table}
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION people_part_written();
CREATE OR REPLACE TRIGGER people_search_delete AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT EXECUTE FUNCTION people_part_written();
"""
    for table in ("people_alias", "people_address")
)

NARROWED: Final = """(
    (NOT listed.is_sealed OR listed.root = ANY(circle))
    AND (typed_sex = '' OR listed.sex IN (typed_sex, 'X'))
    AND (typed_from IS NULL OR listed.year_from IS NULL
    OR (listed.year_from <= typed_to AND listed.year_to >= typed_from))
    AND (typed_region = '' OR listed.region LIKE typed_region || '%')
    AND (NOT only_own_units OR listed.root = ANY(circle) OR EXISTS (
    SELECT 1 FROM people_personunit known WHERE known.person_id = listed.root AND known.until_at IS NULL
    AND known.unit_id = ANY(units)))
)"""
"""Whom a search may name at all, and what narrows it; every way of finding a name asks this."""

SEARCH: Final = """
CREATE OR REPLACE FUNCTION people_likely_words(typed text) RETURNS TABLE (word text, nearness real)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY
    SELECT likely.word::text, likely.nearness::real FROM (
        SELECT known.word, known.people, 1.0 AS nearness FROM people_nameword known WHERE known.word = typed
        UNION ALL
        SELECT known.word, known.people,
            CASE levenshtein_less_equal(known.word::text, typed, 2) WHEN 1 THEN 0.88 ELSE 0.74 END
        FROM people_nameword known
        WHERE length(typed) >= 4 AND known.slips && people_slips(typed)::varchar[] AND known.word <> typed
            AND levenshtein_less_equal(known.word::text, typed, 2) <= 2
        UNION ALL
        (SELECT known.word, known.people, 0.78 FROM people_nameword known
         WHERE length(typed) >= 3 AND known.word LIKE typed || '%' AND known.word <> typed
         ORDER BY known.people DESC LIMIT 20)
    ) likely
    ORDER BY likely.nearness DESC, likely.people DESC LIMIT 40;
    IF NOT FOUND AND length(typed) >= 5 THEN
        PERFORM set_config('pg_trgm.similarity_threshold', '0.4', true);
        RETURN QUERY
        SELECT known.word::text, (similarity(known.word, typed) * 0.9)::real FROM people_nameword known
        WHERE known.word % typed ORDER BY 2 DESC LIMIT 12;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION people_cards(roots uuid[], scores real[], ways text[])
RETURNS TABLE (
    person_id uuid, score real, way text, is_open boolean, initials text, sex text, year_from int, year_to int,
    region text
)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT person.id, found.score, found.way,
        person.id = ANY((SELECT people_own_circle())::uuid[]) OR (person.confidentiality <> 'sealed' AND EXISTS (
            SELECT 1 FROM people_personunit known WHERE known.person_id = person.id AND known.until_at IS NULL
                AND known.unit_id = ANY((SELECT access_units('people.person.open'))::uuid[])
        )),
        (SELECT string_agg(upper(left(part, 1)) || '.', ' ' ORDER BY place)
         FROM regexp_split_to_table(nullif(trim(person.full_name), ''), '\\s+') WITH ORDINALITY AS parts (part, place)),
        person.sex::text, person.birth_year_from::int, person.birth_year_to::int,
        (SELECT regency.name::text FROM people_searchname listed
         JOIN institutions_region regency ON regency.code = left(listed.region, 5)
         WHERE listed.person_id = person.id LIMIT 1)
    FROM unnest(roots, scores, ways) AS found (id, score, way)
    JOIN people_person person ON person.id = found.id
    WHERE person.confidentiality <> 'sealed' OR person.id = ANY((SELECT people_own_circle())::uuid[])
    ORDER BY found.score DESC, person.sort_key, person.id
$$;

CREATE OR REPLACE FUNCTION people_search(
    typed_words text[], typed_sex text, typed_from int, typed_to int, typed_region text, only_own_units boolean,
    most int
)
RETURNS TABLE (
    person_id uuid, score real, way text, is_open boolean, initials text, sex text, year_from int, year_to int,
    region text
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
    typed_key text := array_to_string(typed_words, ' ');
    circle uuid[] := people_own_circle();
    units uuid[] := access_units('people.person.open');
    likely jsonb := '{}';
    alternatives text[] := '{}';
    every tsquery;
    most_of_them tsquery;
    roots uuid[];
    scores real[];
    ways text[];
BEGIN
    IF NOT access_is_system() AND NOT access_may('people.person.search') THEN
        RAISE EXCEPTION 'the actor may not search' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO access_look (user_id, subject, subject_id, unit_id, purpose)
    VALUES (access_actor(), 'person', '00000000-0000-0000-0000-000000000000', NULL, 'cari');
    IF cardinality(typed_words) = 0 THEN
        RETURN;
    END IF;

    -- 1. What each typed word may mean, from the vocabulary.
    FOR place IN 1..least(cardinality(typed_words), 6) LOOP
        DECLARE meanings jsonb; alternative text;
        BEGIN
            SELECT jsonb_object_agg(meant.word, meant.nearness), string_agg(quote_literal(meant.word), '|')
            INTO meanings, alternative FROM people_likely_words(typed_words[place]) meant;
            IF alternative IS NOT NULL THEN
                likely := likely || jsonb_build_object(place::text, meanings);
                alternatives := alternatives || ('(' || alternative || ')');
            END IF;
        END;
    END LOOP;

    -- 2. Names with all of the words; when those are few, names with all but one.
    IF cardinality(alternatives) > 0 THEN
        every := array_to_string(alternatives, '&')::tsquery;
        IF cardinality(alternatives) > 2 THEN
            SELECT string_agg('(' || rest || ')', '|')::tsquery INTO most_of_them FROM (
                SELECT string_agg(one.alternative, '&') AS rest
                FROM generate_series(1, cardinality(alternatives)) dropped,
                    unnest(alternatives) WITH ORDINALITY AS one (alternative, place)
                WHERE one.place <> dropped GROUP BY dropped
            ) parts;
        END IF;
    END IF;
    PERFORM set_config('serasi.scope', 'system', true);
    WITH candidate AS MATERIALIZED (
        (SELECT listed.* FROM people_searchname listed
         WHERE listed.key = typed_key
            AND {narrowed}
         LIMIT 200)
        UNION
        (SELECT listed.* FROM people_searchname listed
         WHERE listed.words @@ every
            AND {narrowed}
         LIMIT 400)
    ), few AS (SELECT count(*) < 5 AS is_so FROM candidate
    ), loose AS (
        SELECT listed.* FROM people_searchname listed
        WHERE (SELECT is_so FROM few) AND most_of_them IS NOT NULL AND listed.words @@ most_of_them
            AND {narrowed}
        LIMIT 300
    ), scored AS (
        SELECT listed.root, listed.kind, listed.key, (
            SELECT coalesce(sum(best.nearness), 0) / greatest(cardinality(typed_words), length(listed.words))
            FROM (
                SELECT max((meant.meanings ->> has)::real) AS nearness
                FROM jsonb_each(likely) AS meant (place, meanings), unnest(tsvector_to_array(listed.words)) has
                WHERE meant.meanings ? has GROUP BY meant.place
            ) best
        ) + CASE WHEN listed.key = typed_key THEN 0.1 ELSE 0 END AS score
        FROM (SELECT * FROM candidate UNION SELECT * FROM loose) listed
    ), ranked AS (
        SELECT DISTINCT ON (scored.root) scored.root, scored.score::real AS score,
            CASE WHEN scored.key = typed_key THEN 'same' ELSE 'near' END || ':' || scored.kind AS way
        FROM scored ORDER BY scored.root, scored.score DESC
    ), top AS (SELECT * FROM ranked ORDER BY ranked.score DESC, ranked.root LIMIT most)
    SELECT array_agg(top.root), array_agg(top.score), array_agg(top.way) INTO roots, scores, ways FROM top;

    -- 3. Nothing: the whole name by its trigrams.
    IF roots IS NULL AND length(typed_key) >= 4 THEN
        PERFORM set_config('pg_trgm.similarity_threshold', '0.45', true);
        WITH near AS (
            SELECT DISTINCT ON (listed.root) listed.root, similarity(listed.key, typed_key) * 0.8 AS score,
                'near:' || listed.kind AS way
            FROM people_searchname listed
            WHERE listed.key % typed_key
                AND {narrowed}
            ORDER BY listed.root, 2 DESC
        ), top AS (SELECT * FROM near ORDER BY near.score DESC, near.root LIMIT most)
        SELECT array_agg(top.root), array_agg(top.score::real), array_agg(top.way) INTO roots, scores, ways FROM top;
    END IF;
    RETURN QUERY SELECT * FROM people_cards(roots, scores, ways);
    PERFORM set_config('serasi.scope', outer_scope, true);
END $$;

CREATE OR REPLACE FUNCTION people_lookup(nik_hashes bytea[], kk_hashes bytea[], phones text[], ids uuid[], most int)
RETURNS TABLE (
    person_id uuid, score real, way text, is_open boolean, initials text, sex text, year_from int, year_to int,
    region text
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
    roots uuid[];
    ways text[];
BEGIN
    IF NOT access_is_system() AND NOT access_may('people.person.search') THEN
        RAISE EXCEPTION 'the actor may not search' USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO access_look (user_id, subject, subject_id, unit_id, purpose)
    VALUES (access_actor(), 'person', '00000000-0000-0000-0000-000000000000', NULL, 'cari');
    PERFORM set_config('serasi.scope', 'system', true);
    WITH found AS (
        SELECT coalesce(merged_into_id, id) AS root, 'nik' AS way FROM people_person
        WHERE nik_hash = ANY(nik_hashes)
        UNION ALL
        SELECT coalesce(person.merged_into_id, person.id), 'kk' FROM people_household household
        JOIN people_householdmember inside ON inside.household_id = household.id
        JOIN people_person person ON person.id = inside.person_id WHERE household.kk_hash = ANY(kk_hashes)
        UNION ALL
        SELECT coalesce(merged_into_id, id), 'phone' FROM people_person WHERE phone = ANY(phones) AND phone <> ''
        UNION ALL
        SELECT coalesce(merged_into_id, id), 'id' FROM people_person WHERE id = ANY(ids)
    ), first AS (SELECT DISTINCT ON (root) root, way FROM found ORDER BY root, way = 'kk', way LIMIT most)
    SELECT array_agg(first.root), array_agg(first.way) INTO roots, ways FROM first;
    RETURN QUERY SELECT * FROM people_cards(roots, array_fill(1.0::real, ARRAY[coalesce(cardinality(roots), 0)]), ways);
    PERFORM set_config('serasi.scope', outer_scope, true);
END $$;
"""

FUNCTIONS: Final = CIRCLE + SEALS + INDEXING + PARTS + SEARCH.replace("{narrowed}", NARROWED)
