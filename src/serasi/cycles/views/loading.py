"""Opening the cycles of a case: the one way every page comes by them, and what it asks of who would write."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from serasi.access.acting import FormPage
from serasi.access.middleware import signed_in
from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused
from serasi.access.scope import Guard
from serasi.cases.door import load_case
from serasi.cases.models import Case
from serasi.cases.operations.writable import rule_of
from serasi.cases.queries.header import file_of, guard_of, name_shown, veil_of, veil_over
from serasi.common.components import Link
from serasi.common.initials import NO_VEIL, Veil
from serasi.cycles.models import Cycle, Meeting, Rating, Review
from serasi.cycles.queries import Turn, turns_of

Act = Callable[..., Any]


@dataclass(frozen=True)
class Loaded:
    """A case this reader may open, with the name and the texts as they may read them."""

    case: Case
    reader: User
    name: str
    guard: Guard
    veil: Veil

    @cached_property
    def today(self) -> date:
        """The day it is in the unit of the case."""
        return self.case.unit.day_at(timezone.now())

    @cached_property
    def turns(self) -> list[Turn]:
        """All cycles of the case, the latest first (4 queries)."""
        return turns_of(self.case, today=self.today)

    def turn(self, cycle_id: UUID) -> Turn:
        return next(one for one in self.turns if one.cycle.pk == cycle_id)

    def refusal(self, act: Act, record: Any = None) -> Refused | None:
        """Why the reader may not do this, as the operation itself would say it; no query."""
        try:
            rule_of(act).require(self.reader, self.case, record, guard=self.guard, reads_names=not self.veil.is_drawn)
        except Refused as refused:
            return refused
        return None

    def may_do(self, act: Act) -> bool:
        """Whether a button that leads to this act is shown; its form and the operation answer the same."""
        return self.refusal(act) is None

    def require(self, act: Act) -> None:
        """Who may not do it sees no form."""
        refused = self.refusal(act)
        if isinstance(refused, NotAllowed):
            raise refused

    @property
    def url(self) -> str:
        return reverse("cycles:of_case", args=[self.case.pk])

    def trail(self, *more: Link) -> list[Link]:
        """From the file to this page."""
        file = Link(self.case.number, reverse("cases:case", args=[self.case.pk]))
        return [file, Link(_("Siklus"), self.url if more else ""), *more]

    def form_page(
        self, title: str, *, button: str = "", back: str = "", lead: str = "", above: Link | None = None
    ) -> FormPage:
        """What stands around a form about this case; ``above`` is the page between its cycles and the form."""
        trail = self.trail(above, Link(title)) if above else self.trail(Link(title))
        return FormPage(title, button or title, back or self.url, lead, caption=self.name, trail=trail)


def load_cycles(request: HttpRequest, case_id: UUID, purpose: str) -> Loaded:
    """The case as `load_case` gives it, with the texts as this reader may read them."""
    reader, case = load_case(request, case_id, purpose, find=file_of)
    veil = veil_over(case.person) if veil_of(case, reader).is_drawn else NO_VEIL
    return Loaded(case, reader, name_shown(case, reader), guard_of(case), veil)


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
