-- The only doors to names and numbers across units: people_search and people_lookup. They check the permission, log that
-- someone searched and not what for, leave out the sealed, and answer with a short card.
--
-- One plan serves every call (force_generic_plan): making a plan takes ten times as long as following it, because the
-- row policies of every table are woven into it.

-- Whom a search may name at all, and what narrows it. Every way of finding a name asks this; the planner puts the body in
-- the place of the call, so the indexes serve as if it stood there.
CREATE OR REPLACE FUNCTION people_names_asked_for(
    circle uuid[], units uuid[], typed_sex text, typed_from int, typed_to int, typed_region text,
    only_own_units boolean
) RETURNS SETOF people_searchname LANGUAGE sql STABLE AS $$
    SELECT listed.* FROM people_searchname listed
    WHERE (NOT listed.is_sealed OR listed.root = ANY(circle))
        AND (typed_sex = '' OR listed.sex IN (typed_sex, 'X'))
        AND (typed_from IS NULL OR listed.year_from IS NULL
            OR (listed.year_from <= typed_to AND listed.year_to >= typed_from))
        AND (typed_region = '' OR listed.region LIKE typed_region || '%')
        AND (NOT only_own_units OR listed.root = ANY(circle) OR EXISTS (
            SELECT 1 FROM people_personunit known WHERE known.person_id = listed.root AND known.until_at IS NULL
                AND known.unit_id = ANY(units)
        ))
$$;

-- What a typed word may mean, nearest first, from the vocabulary of names: up to two slips, of which letters that changed
-- places are one. The index knows words one slip apart, and two that lie together; ``widely`` compares with every word.
DROP FUNCTION IF EXISTS people_likely_words(text);
CREATE OR REPLACE FUNCTION people_likely_words(typed text, widely boolean) RETURNS TABLE (word text, nearness real)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    turned text[] := ARRAY(
        SELECT left(typed, place - 1) || substr(typed, place + 1, 1) || substr(typed, place, 1) || substr(typed, place + 2)
        FROM generate_series(1, length(typed) - 1) place
    );
    slipped varchar[] := ARRAY(SELECT DISTINCT unnest(people_slips(form)) FROM unnest(turned || typed) form);
BEGIN
    RETURN QUERY
    SELECT likely.word::text, max(likely.nearness)::real FROM (
        SELECT known.word, known.people, 1.0 AS nearness FROM people_nameword known WHERE known.word = typed
        UNION ALL
        SELECT known.word, known.people, CASE slips.made WHEN 1 THEN 0.88 ELSE 0.74 END
        FROM people_nameword known CROSS JOIN LATERAL (
            SELECT least(
                levenshtein_less_equal(known.word::text, typed, 2),
                1 + (SELECT min(levenshtein_less_equal(known.word::text, form, 1)) FROM unnest(turned) form)
            ) AS made
        ) slips
        WHERE length(typed) >= 4 AND known.slips && slipped AND known.word <> typed AND slips.made <= 2
        UNION ALL
        SELECT known.word, known.people, 0.74 FROM people_nameword known
        WHERE widely AND length(typed) >= 5 AND levenshtein_less_equal(known.word::text, typed, 2) <= 2
        UNION ALL
        (SELECT known.word, known.people, 0.78 FROM people_nameword known
         WHERE length(typed) >= 3 AND known.word ~>~ typed AND known.word ~<~ (typed || chr(1114111))
         ORDER BY known.people DESC LIMIT 20)
    ) likely
    GROUP BY likely.word, likely.people ORDER BY 2 DESC, likely.people DESC LIMIT 40;
    IF NOT FOUND AND length(typed) >= 5 THEN
        PERFORM set_config('pg_trgm.similarity_threshold', '0.4', true);
        RETURN QUERY
        SELECT known.word::text, (similarity(known.word, typed) * 0.9)::real FROM people_nameword known
        WHERE known.word % typed ORDER BY 2 DESC LIMIT 12;
    END IF;
END $$;

-- What anyone who may search sees of these people, best first.
CREATE OR REPLACE FUNCTION people_cards(roots uuid[], scores real[], ways text[])
RETURNS TABLE (
    person_id uuid, score real, way text, is_open boolean, initials text, sex text, year_from int, year_to int,
    region text
)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT person.id, found.score, found.way,
        person.id = ANY((SELECT people_own_circle())::uuid[]) OR (person.confidentiality <> 'sealed' AND EXISTS (
            SELECT 1 FROM people_personunit known WHERE known.person_id = person.id AND known.until_at IS NULL
                AND known.unit_id = ANY((SELECT access_units('people.person.open'))::uuid[])
        )),
        (SELECT string_agg(upper(left(part, 1)) || '.', ' ' ORDER BY place)
         FROM regexp_split_to_table(nullif(trim(person.full_name), ''), '\s+') WITH ORDINALITY AS parts (part, place)),
        person.sex::text, person.birth_year_from::int, person.birth_year_to::int,
        (SELECT regency.name::text FROM people_searchname listed
         JOIN institutions_region regency ON regency.code = left(listed.region, 5)
         WHERE listed.person_id = person.id LIMIT 1)
    FROM unnest(roots, scores, ways) AS found (id, score, way)
    JOIN people_person person ON person.id = found.id
    WHERE person.confidentiality <> 'sealed' OR person.id = ANY((SELECT people_own_circle())::uuid[])
    ORDER BY found.score DESC, person.sort_key, person.id;
END $$;

-- By the folded words of a name, and what narrows it: sex, years of birth, region, own units. ``likeness`` is the least
-- with which a name is worth showing, from 0 to 1.
DROP FUNCTION IF EXISTS people_search(text[], text, int, int, text, boolean, int);
CREATE OR REPLACE FUNCTION people_search(
    typed_words text[], typed_sex text, typed_from int, typed_to int, typed_region text, only_own_units boolean,
    likeness float8, most int
)
RETURNS TABLE (
    person_id uuid, score real, way text, is_open boolean, initials text, sex text, year_from int, year_to int,
    region text
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
    typed_key text := array_to_string(typed_words, ' ');
    circle uuid[] := people_own_circle();
    units uuid[] := access_units('people.person.open');
    widely boolean;
    likely jsonb;
    alternatives text[];
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

    PERFORM set_config('serasi.scope', 'system', true);
    FOREACH widely IN ARRAY ARRAY[false, true] LOOP
        -- 1. What each typed word may mean, from the vocabulary.
        likely := '{}';
        alternatives := '{}';
        FOR place IN 1..least(cardinality(typed_words), 6) LOOP
            DECLARE meanings jsonb; alternative text;
            BEGIN
                SELECT jsonb_object_agg(meant.word, meant.nearness), string_agg(quote_literal(meant.word), '|')
                INTO meanings, alternative FROM people_likely_words(typed_words[place], widely) meant;
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
        WITH asked AS NOT MATERIALIZED (
            SELECT * FROM people_names_asked_for(
                circle, units, typed_sex, typed_from, typed_to, typed_region, only_own_units
            )
        ), candidate AS MATERIALIZED (
            (SELECT * FROM asked WHERE asked.key = typed_key LIMIT 200)
            UNION
            (SELECT * FROM asked WHERE asked.words @@ every LIMIT 400)
        ), few AS (SELECT count(*) < 5 AS is_so FROM candidate
        ), loose AS (
            SELECT * FROM asked
            WHERE (SELECT is_so FROM few) AND most_of_them IS NOT NULL AND asked.words @@ most_of_them
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
        ), top AS (
            SELECT * FROM ranked WHERE ranked.score >= likeness ORDER BY ranked.score DESC, ranked.root LIMIT most
        )
        SELECT array_agg(top.root), array_agg(top.score), array_agg(top.way) INTO roots, scores, ways FROM top;
        EXIT WHEN roots IS NOT NULL;
    END LOOP;

    -- 3. Nothing: the whole name by its trigrams.
    IF roots IS NULL AND length(typed_key) >= 4 THEN
        PERFORM set_config('pg_trgm.similarity_threshold', least(1, greatest(0.45, likeness / 0.8))::text, true);
        WITH near AS (
            SELECT DISTINCT ON (listed.root) listed.root, similarity(listed.key, typed_key) * 0.8 AS score,
                'near:' || listed.kind AS way
            FROM people_names_asked_for(
                circle, units, typed_sex, typed_from, typed_to, typed_region, only_own_units
            ) listed
            WHERE listed.key % typed_key
            ORDER BY listed.root, 2 DESC
        ), top AS (SELECT * FROM near ORDER BY near.score DESC, near.root LIMIT most)
        SELECT array_agg(top.root), array_agg(top.score::real), array_agg(top.way) INTO roots, scores, ways FROM top;
    END IF;
    RETURN QUERY SELECT * FROM people_cards(roots, scores, ways);
    PERFORM set_config('serasi.scope', outer_scope, true);
END $$;

-- By exact numbers: NIK, family card, telephone, or the id of a record.
CREATE OR REPLACE FUNCTION people_lookup(nik_hashes bytea[], kk_hashes bytea[], phones text[], ids uuid[], most int)
RETURNS TABLE (
    person_id uuid, score real, way text, is_open boolean, initials text, sex text, year_from int, year_to int,
    region text
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_generic_plan AS $$
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
