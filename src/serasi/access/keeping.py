"""What a model says to the database of facts that are never edited: they are superseded, once, and stay readable."""


def kept(table: str) -> str:
    """For ``database_functions``: rows of this table are never deleted, and changed in nothing but being superseded.

    The function is one of `serasi.access.safeguards`.
    """
    return f"""
CREATE OR REPLACE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION access_is_kept();
"""
