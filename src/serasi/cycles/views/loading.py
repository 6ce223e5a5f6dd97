"""Opening the cycles of a case: the one way every page comes by them, and what it asks of who would write."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from serasi.access.acting import FormPage
from serasi.access.middleware import signed_in
from serasi.cases.door import OpenedCase, open_case
from serasi.common.components import Link
from serasi.cycles.models import Cycle, Meeting, Rating, Review
from serasi.cycles.queries import Turn, turns_of


@dataclass(frozen=True)
class Loaded(OpenedCase):
    """A case with its cycles."""

    @cached_property
    def turns(self) -> list[Turn]:
        """All cycles of the case, the latest first (4 queries)."""
        return turns_of(self.case, today=self.today)

    def turn(self, cycle_id: UUID) -> Turn:
        return next(one for one in self.turns if one.cycle.pk == cycle_id)

    @property
    def url(self) -> str:
        return reverse("cycles:of_case", args=[self.case.pk])

    def trail(self, *more: Link) -> list[Link]:
        """From the file to this page."""
        return [self.file, Link(_("Siklus"), self.url if more else ""), *more]

    def form_page(
        self, title: str, *, button: str = "", back: str = "", lead: str = "", above: Link | None = None
    ) -> FormPage:
        """What stands around a form about this case; ``above`` is the page between its cycles and the form."""
        trail = self.trail(above, Link(title)) if above else self.trail(Link(title))
        return FormPage(title, button or title, back or self.url, lead, caption=self.name, trail=trail)


def load_cycles(request: HttpRequest, case_id: UUID, purpose: str) -> Loaded:
    return open_case(request, case_id, purpose, Loaded)


def load_cycle(request: HttpRequest, cycle_id: UUID, purpose: str) -> tuple[Loaded, Cycle]:
    cycle = _found(request, Cycle.objects.filter(pk=cycle_id))
    loaded = load_cycles(request, cycle.case_id, purpose)
    cycle.case = loaded.case
    return loaded, cycle


def load_review(request: HttpRequest, review_id: UUID, purpose: str) -> tuple[Loaded, Review]:
    review = _found(request, Review.objects.filter(pk=review_id).select_related("cycle__cohort"))
    loaded = load_cycles(request, review.cycle.case_id, purpose)
    review.cycle.case = loaded.case
    return loaded, review


def load_meeting(request: HttpRequest, review_id: UUID, purpose: str) -> tuple[Loaded, Meeting]:
    """What was written of a review and is in force."""
    loaded, review = load_review(request, review_id, purpose)
    meeting = _found(request, Meeting.objects.in_force().filter(review=review))
    meeting.review = review
    return loaded, meeting


def load_rating(request: HttpRequest, rating_id: UUID, purpose: str) -> tuple[Loaded, Rating]:
    rating = _found(request, Rating.objects.in_force().filter(pk=rating_id).select_related("round", "domain"))
    loaded = load_cycles(request, rating.round.case_id, purpose)
    rating.round.case = loaded.case
    return loaded, rating


def _found(request: HttpRequest, rows: Any) -> Any:
    """The one row, if this reader may see it."""
    reader = signed_in(request)
    found = rows.visible_to(reader).first() if reader.is_authenticated else None
    if found is None:
        raise Http404
    return found
