"""What the database itself keeps of instruments and answers, laid anew after every migration (`access.safeguards`).

* a published edition never changes, except that it is closed, once;
* the files of a published edition neither come, nor change, nor go;
* a finished assessment never changes, except that it is voided, once;
* answers, chapters and scores are never changed and never deleted.
"""

from typing import Final

EDITION_IS_KEPT: Final = """
CREATE OR REPLACE FUNCTION assessments_edition_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.published_at IS NOT NULL AND (
        TG_OP = 'DELETE' OR OLD.closed_at IS NOT NULL
        OR to_jsonb(OLD) - '{closed_at,closed_by_id}'::text[]
            IS DISTINCT FROM to_jsonb(NEW) - '{closed_at,closed_by_id}'::text[]
    ) THEN
        RAISE EXCEPTION 'a published edition never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE OR REPLACE TRIGGER assessments_edition_is_kept BEFORE UPDATE OR DELETE ON assessments_edition
FOR EACH ROW EXECUTE FUNCTION assessments_edition_is_kept();
"""

EDITION_FILE_IS_KEPT: Final = """
CREATE OR REPLACE FUNCTION assessments_editionfile_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM assessments_edition edition
        WHERE edition.published_at IS NOT NULL AND edition.id IN (OLD.edition_id, NEW.edition_id)
    ) THEN
        RAISE EXCEPTION 'a published edition never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE OR REPLACE TRIGGER assessments_editionfile_is_kept BEFORE INSERT OR UPDATE OR DELETE ON assessments_editionfile
FOR EACH ROW EXECUTE FUNCTION assessments_editionfile_is_kept();
"""

ASSESSMENT_IS_KEPT: Final = """
CREATE OR REPLACE FUNCTION assessments_assessment_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.voided_at IS NOT NULL OR (
        OLD.finished_at IS NOT NULL
        AND to_jsonb(OLD) - '{voided_at,voided_by_id,void_reason}'::text[]
            IS DISTINCT FROM to_jsonb(NEW) - '{voided_at,voided_by_id,void_reason}'::text[]
    ) THEN
        RAISE EXCEPTION 'a finished assessment never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER assessments_assessment_is_kept BEFORE UPDATE OR DELETE ON assessments_assessment
FOR EACH ROW EXECUTE FUNCTION assessments_assessment_is_kept();
"""

_NEVER_CHANGES: Final = """
CREATE OR REPLACE FUNCTION assessments_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% never changes', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def _never_changes(table: str) -> str:
    return f"""{_NEVER_CHANGES}
CREATE OR REPLACE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION assessments_never_changes();
"""


ANSWER_IS_KEPT: Final = _never_changes("assessments_answer")
CHAPTER_IS_KEPT: Final = _never_changes("assessments_chapter")
SCORE_IS_KEPT: Final = _never_changes("assessments_score")
