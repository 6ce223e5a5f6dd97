"""Named filters. `visible_to` says to Django what the row policies (`models/policies.py`) say to the database."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Exists, Model, OuterRef, Q, Subquery

from serasi.access.models import Unit, User
from serasi.common.lookups import one_column_of

if TYPE_CHECKING:
    from serasi.surveys.models import (  # noqa: F401
        Draft,
        DraftFile,
        Enumerator,
        Finding,
        Interview,
        Release,
        Survey,
        Target,
    )

_P = TypeVar("_P", bound=Model)

SEE_SURVEY = "surveys.survey.see"
SEE_INTERVIEW = "surveys.interview.see"


class SurveyQuerySet(models.QuerySet["Survey"]):
    def visible_to(self, actor: User) -> Self:
        """Those of the units one reaches, and those one is an enumerator of."""
        if actor.scope.is_system:
            return self
        if not actor.scope.has(SEE_SURVEY):
            return self.none()
        return self.filter(
            Q(unit__in=Unit.objects.reached_by(actor, SEE_SURVEY)) | Q(pk__in=self._asked_of(actor).values("survey"))
        )

    def running(self) -> Self:
        """Opened, and neither closed nor archived."""
        return self.filter(opened_at__isnull=False, closed_at=None, archived_at=None)

    def interviewed_by(self, user: User, on: date) -> Self:
        """Those for which this user interviews on a day."""
        asked = self._asked_of(user).filter(survey=OuterRef("pk"), period__contains=on)
        return self.running().filter(Exists(asked), begins_on__lte=on, ends_on__gte=on)

    def _asked_of(self, user: User) -> "models.QuerySet[Any]":
        enumerators: Any = self.model._meta.get_field("enumerators").related_model
        rows: models.QuerySet[Any] = enumerators.objects.filter(user=user)
        return rows


class _OfSurvey(models.QuerySet[_P]):
    """Rows that hang on a survey and tell of nobody who was asked."""

    def visible_to(self, actor: User) -> Self:
        if actor.scope.is_system:
            return self
        surveys: Any = self.model._meta.get_field("survey").related_model
        return self.filter(survey__in=surveys.objects.visible_to(actor))


class EnumeratorQuerySet(_OfSurvey["Enumerator"]):
    def on(self, day: date) -> Self:
        return self.filter(period__contains=day)


class TargetQuerySet(_OfSurvey["Target"]):
    pass


class ReleaseQuerySet(_OfSurvey["Release"]):
    pass


class InterviewQuerySet(models.QuerySet["Interview"]):
    def visible_to(self, actor: User) -> Self:
        """Those of the units where one reads answers, and one's own."""
        if actor.scope.is_system:
            return self
        if not actor.scope.has(SEE_INTERVIEW):
            return self.none()
        units = one_column_of(Unit.objects.reached_by(actor, SEE_INTERVIEW))
        return self.filter(Q(survey__unit__id__among=units) | Q(enumerator=actor))

    def standing(self) -> Self:
        """Neither voided nor replaced."""
        return self.filter(voided_at=None).exclude(replaced_by__isnull=False, replaced_by__voided_at=None)


class OwnOrOfSurveyQuerySet(models.QuerySet[_P]):
    """What was derived from interviews: seen by whoever sees those."""

    def visible_to(self, actor: User) -> Self:
        if actor.scope.is_system:
            return self
        if not actor.scope.has(SEE_INTERVIEW):
            return self.none()
        units = one_column_of(Unit.objects.reached_by(actor, SEE_INTERVIEW))
        return self.filter(Q(survey__unit__id__among=units) | Q(enumerator=actor))


class FindingQuerySet(OwnOrOfSurveyQuerySet["Finding"]):
    def with_outcome(self) -> Self:
        """``outcome`` is what was decided about it, None while nobody has."""
        interviews: Any = self.model._meta.get_field("interview").related_model
        verdicts = interviews._meta.get_field("verdicts").related_model.objects
        decided = verdicts.filter(interview=OuterRef("interview"), kind=OuterRef("kind"), about=OuterRef("about"))
        return self.annotate(outcome=Subquery(decided.values("outcome")[:1]))


class OfInterviewQuerySet(models.QuerySet[_P]):
    """What hangs on an interview."""

    def visible_to(self, actor: User) -> Self:
        if actor.scope.is_system:
            return self
        interviews: Any = self.model._meta.get_field("interview").related_model
        return self.filter(interview__in=interviews.objects.visible_to(actor))


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, actor: User) -> Self:
        """One's own: what is still being typed."""
        return self if actor.scope.is_system else self.filter(enumerator=actor)


class OfDraftQuerySet(models.QuerySet["DraftFile"]):
    def visible_to(self, actor: User) -> Self:
        return self if actor.scope.is_system else self.filter(draft__enumerator=actor)
