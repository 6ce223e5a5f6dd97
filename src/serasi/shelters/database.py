"""What the database itself keeps of gatherings, laid anew after every migration by `serasi.access.safeguards`.

* `shelters_closes_empty`: a gathering is closed only when everyone who came has a standing outcome.
* `shelters_arrives_where_open`: nobody arrives at a gathering that is closed; the operation opens it again first.

Both take the same lock, closing alone and arriving together, so that neither overlooks the other. An operation that
reads whether a gathering is open takes it too (`operations/gathering.py`).
"""

from typing import Final

GATHERING_FUNCTIONS: Final = """
CREATE OR REPLACE FUNCTION shelters_closes_empty() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    outer_scope text := coalesce(current_setting('serasi.scope', true), '');
    is_left boolean;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('shelters' || NEW.id, 0));
    PERFORM set_config('serasi.scope', 'system', true);
    SELECT EXISTS (
        SELECT 1 FROM shelters_arrival a WHERE a.gathering_id = NEW.id AND NOT EXISTS (
            SELECT 1 FROM shelters_outcome o WHERE o.arrival_id = a.id AND o.withdrawn_at IS NULL)
    ) INTO is_left;
    PERFORM set_config('serasi.scope', outer_scope, true);
    IF is_left THEN
        RAISE EXCEPTION 'someone is not accounted for' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER shelters_closes_empty BEFORE UPDATE ON shelters_gathering
FOR EACH ROW WHEN (OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL) EXECUTE FUNCTION shelters_closes_empty();
"""

ARRIVAL_FUNCTIONS: Final = """
CREATE OR REPLACE FUNCTION shelters_arrives_where_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('shelters' || NEW.gathering_id, 0));
    IF EXISTS (SELECT 1 FROM shelters_gathering g WHERE g.id = NEW.gathering_id AND g.closed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the gathering is closed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER shelters_arrives_where_open BEFORE INSERT ON shelters_arrival
FOR EACH ROW EXECUTE FUNCTION shelters_arrives_where_open();
"""
