-- What is repeated of a person on their unit rows: the confidentiality, so that policies need not look at each other, and
-- the name that lists are sorted by. And a merged record points straight at the one that was kept, never along a chain.

CREATE OR REPLACE FUNCTION people_unit_takes_seal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
BEGIN
    PERFORM set_config('serasi.scope', 'system', true);
    SELECT person.confidentiality = 'sealed', CASE WHEN person.merged_into_id IS NULL THEN person.sort_key END
    INTO NEW.is_sealed, NEW.listed_as FROM people_person person WHERE person.id = NEW.person_id;
    NEW.is_sealed := coalesce(NEW.is_sealed, false);
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
