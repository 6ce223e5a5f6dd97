from django.db import models

from serasi.access.models import Record, User
from serasi.access.scope import Guard


class CasePart(Record):
    """A record inside one case's file: seen by whoever may see the case, and by nobody else.

    ``written_by`` and ``written_at`` are data for people; the trail is the evidence.
    """

    row_policy = "EXISTS (SELECT 1 FROM cases_case file WHERE file.id = case_id)"

    # PROTECT: the file keeps its parts; cases are closed, not deleted.
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="%(class)ss")
    # PROTECT: authorship stays.
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        abstract = True

    def guard_for(self, user: User) -> Guard:
        return self.case.guard_for(user)


TAGGED_POLICY = (
    CasePart.row_policy
    + " AND (tags = '{}' OR NOT EXISTS (SELECT 1 FROM unnest(tags) tag WHERE NOT access_may('cases.area.' || tag)))"
)
"""Row policy of parts that carry area tags: every tag must be one the reader's posting may read."""
