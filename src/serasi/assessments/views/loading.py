"""How the pages of this app come by a case, a filling and an edition, as one reader may read them."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from serasi.access.acting import FormPage
from serasi.access.middleware import signed_in
from serasi.assessments import queries
from serasi.assessments.models import Assessment, Edition, Score
from serasi.assessments.queries import Found
from serasi.cases.door import OpenedCase, open_case
from serasi.common.components import Link


@dataclass(frozen=True)
class Loaded(OpenedCase):
    """A case with what instruments found in it."""

    @cached_property
    def found(self) -> dict[UUID, list[Found]]:
        """Every score of this person, by assessment (3 queries)."""
        return queries.found(self.case, self.reader)

    @property
    def url(self) -> str:
        return reverse("assessments:of_case", args=[self.case.pk])

    def trail(self, *more: Link) -> list[Link]:
        """From the file to this page."""
        return [self.file, Link(_("Instrumen"), self.url if more else ""), *more]

    def form_page(self, title: str, *, button: str = "", back: str = "", lead: str = "") -> FormPage:
        return FormPage(
            title, button or title, back or self.url, lead, caption=self.name, trail=self.trail(Link(title))
        )


def load_of_case(request: HttpRequest, case_id: UUID, purpose: str) -> Loaded:
    return open_case(request, case_id, purpose, Loaded)


def load_filling(request: HttpRequest, filling_id: UUID, purpose: str) -> tuple[Loaded, Assessment]:
    """A filling, if this reader may read it: its area tags are asked too."""
    reader = signed_in(request)
    rows = Assessment.objects.visible_to(reader).select_related(
        "edition__instrument", "written_by", "finished_by", "voided_by", "replaces"
    )
    filling = get_object_or_404(rows, pk=filling_id)
    page = load_of_case(request, filling.case_id, purpose)
    filling.case = page.case
    return page, filling


def load_score(request: HttpRequest, score_id: UUID, purpose: str) -> tuple[Loaded, Score]:
    reader = signed_in(request)
    rows = Score.objects.visible_to(reader).select_related("assessment__edition", "scale", "band")
    score = get_object_or_404(rows, pk=score_id)
    page = load_of_case(request, score.assessment.case_id, purpose)
    score.assessment.case = page.case
    return page, score


def load_edition(request: HttpRequest, edition_id: UUID) -> Edition:
    rows = Edition.objects.visible_to(signed_in(request)).select_related("instrument__unit", "published_by")
    return get_object_or_404(rows, pk=edition_id)
