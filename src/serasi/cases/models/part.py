from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Model, Q

from serasi.access.models import Record, User
from serasi.access.scope import Guard
from serasi.cases.enums import AreaTag

_P = TypeVar("_P", bound=Model)


class CasePartQuerySet(models.QuerySet[_P]):
    """Parts of files; `visible_to` answers the same as the row policy of the table."""

    def visible_to(self, actor: User) -> Self:
        """Parts of the files this user may open, without those whose area tags they may not read."""
        if actor.scope.is_system:
            return self
        return self.filter(self._readable(actor))

    def readable_by(self, actor: User) -> Self:
        """Within a file that was opened already: without the parts whose area tags this user may not read."""
        if actor.scope.is_system or not self._is_tagged:
            return self
        return self.filter(tags__contained_by=readable_tags(actor))

    def _readable(self, actor: User) -> Q:
        files: Any = self.model._meta.get_field("case").related_model
        reached = Q(case__in=files._default_manager.visible_to(actor))
        return reached & Q(tags__contained_by=readable_tags(actor)) if self._is_tagged else reached

    @property
    def _is_tagged(self) -> bool:
        return any(field.name == "tags" for field in self.model._meta.fields)


def readable_tags(actor: User) -> list[str]:
    """The areas of a file that this user's postings may read."""
    return [tag for tag in AreaTag.values if actor.scope.has(f"cases.area.{tag}")]


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

    objects = CasePartQuerySet.as_manager()

    class Meta:
        abstract = True

    def guard_for(self, user: User) -> Guard:
        return self.case.guard_for(user)

    @property
    def tag_labels(self) -> list[str]:
        """The area tags of this part in words; none where parts carry no tags."""
        return [str(AreaTag(tag).label) for tag in getattr(self, "tags", ())]


TAGS_ARE_READABLE = (
    "(tags = '{}' OR NOT EXISTS (SELECT 1 FROM unnest(tags) tag WHERE NOT access_may('cases.area.' || tag)))"
)
"""Every area tag must be one the reader's posting may read."""

TAGGED_POLICY = f"{CasePart.row_policy} AND {TAGS_ARE_READABLE}"
"""Row policy of parts that carry area tags."""
