"""What the database itself keeps of the day, laid anew after every migration by `serasi.access.safeguards`.

`daily_is_kept`: a fact that may be corrected is never deleted, and changed in nothing but being superseded, once.
"""

from typing import Final

KEPT: Final = """
CREATE OR REPLACE FUNCTION daily_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
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
FOR EACH ROW EXECUTE FUNCTION daily_is_kept();
"""
