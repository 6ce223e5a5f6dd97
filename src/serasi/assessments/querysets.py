"""Named filters. `visible_to` says to Django what the row policies (`models/policies.py`) say to the database."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Exists, Model, OuterRef, Q

from serasi.access.models import User
from serasi.cases.models.part import CasePartQuerySet, readable_tags

if TYPE_CHECKING:
    from serasi.assessments.models import (  # noqa: F401  (type arguments)
        Answer,
        AnswerFile,
        Assessment,
        Chapter,
        Edition,
        EditionFile,
        Instrument,
        Opinion,
        Score,
        SentFilling,
    )

_P = TypeVar("_P", bound=Model)


def _used_by(actor: User, way: str) -> Q:
    """Shipped ones, those of the units above and of one's own, and those of the units beneath."""
    paths = {post.unit_path for post in actor.scope.posts}
    above = {path[:end] for path in paths for end in range(1, len(path) + 1) if path[end - 1] == "/"}
    q = Q(**{f"{way}unit": None}) | Q(**{f"{way}unit__path__in": sorted(above)})
    for path in sorted(paths):
        q |= Q(**{f"{way}unit__path__startswith": path})
    return q


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    def visible_to(self, actor: User) -> Self:
        return self if actor.scope.is_system else self.filter(_used_by(actor, ""))


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, actor: User) -> Self:
        return self if actor.scope.is_system else self.filter(_used_by(actor, "instrument__"))

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def open(self) -> Self:
        """With which something new may be begun."""
        return self.published().filter(closed_at=None)

    def newest(self) -> Self:
        """Of each instrument the edition that was published last, if it is open."""
        later = self.model._default_manager.filter(
            instrument=OuterRef("instrument"), closed_at=None, published_at__gt=OuterRef("published_at")
        )
        return self.open().filter(~Exists(later))


class EditionFileQuerySet(models.QuerySet["EditionFile"]):
    def missing(self) -> Self:
        return self.filter(data=None)

    def brought(self) -> Self:
        """Those that are there; their bytes are read when they are asked for."""
        return self.filter(data__isnull=False).defer("data")


class AssessmentQuerySet(CasePartQuerySet["Assessment"]):
    def standing(self) -> Self:
        """Not voided, and not filled again."""
        return self.filter(voided_at=None).exclude(replaced_by__finished_at__isnull=False, replaced_by__voided_at=None)

    def open(self) -> Self:
        return self.filter(finished_at=None, voided_at=None)

    def finished(self) -> Self:
        """Whose scores count."""
        return self.standing().filter(finished_at__isnull=False)


class _OfAssessment(models.QuerySet[_P]):
    """Rows that hang on an assessment; ``_way`` leads there."""

    _way = "assessment"
    _is_tagged = True

    def visible_to(self, actor: User) -> Self:
        if actor.scope.is_system:
            return self
        readable = Q(tags__contained_by=readable_tags(actor)) if self._is_tagged else Q()
        model: Any = self.model
        for step in self._way.split("__"):
            model = model._meta.get_field(step).related_model
        return self.filter(readable, **{f"{self._way}__in": model._default_manager.visible_to(actor)})


class AnswerQuerySet(_OfAssessment["Answer"]):
    def current(self) -> Self:
        """What stands in the form now: of each place the answer that came last among those that stand."""
        return self.filter(stands=True).order_by("path", "-number").distinct("path")

    def differences(self) -> Self:
        """What two people typed at once and nobody has decided on."""
        return self.filter(stands=False, settled_by=None)


class AnswerFileQuerySet(_OfAssessment["AnswerFile"]):
    pass


class ScoreQuerySet(_OfAssessment["Score"]):
    def in_force(self) -> Self:
        """Of assessments that stand."""
        replaced = Q(assessment__replaced_by__finished_at__isnull=False, assessment__replaced_by__voided_at=None)
        return self.filter(assessment__voided_at=None).exclude(replaced)


class ChapterQuerySet(_OfAssessment["Chapter"]):
    pass


class SentFillingQuerySet(_OfAssessment["SentFilling"]):
    _is_tagged = False


class OpinionQuerySet(_OfAssessment["Opinion"]):
    _way = "score"
    _is_tagged = False
