"""Who sees the rows of this app, as SQL for row-level security; `querysets.py` says the same to Django."""

from typing import Final

OWN_CASES: Final = "cycles_own_cases"
"""The cases of the actor's own record. They may read their cycles there, not the file."""

OF_CASE: Final = f"""
    EXISTS (SELECT 1 FROM cases_case file WHERE file.id = case_id)
    OR case_id = ANY((SELECT {OWN_CASES}())::uuid[])
"""  # noqa: S608  (names of our own tables)
"""Whoever may open the file, and the person whose file it is."""
