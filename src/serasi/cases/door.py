"""The door to a file: the one way the pages of every app come by a case, and how they answer upon its first page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from serasi.access.enums import Subject
from serasi.access.looks import log_look
from serasi.access.middleware import signed_in
from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused
from serasi.access.scope import Guard
from serasi.cases.models import Case
from serasi.cases.operations.writable import rule_of
from serasi.cases.queries.header import case_of, file_of, guard_of, name_shown, veil_of, veil_over
from serasi.common.components import Link
from serasi.common.initials import NO_VEIL, Veil


class FileHidden(Http404):
    """No such file for this reader: it does not exist, or it is not theirs to know. Both look the same."""


def load_case(
    request: HttpRequest, case_id: UUID, purpose: str, *, find: Callable[[UUID, User], Any] = case_of
) -> tuple[User, Any]:
    """Who reads, and the case if they may open it; otherwise a 404 that does not say why.

    Opening (GET) is logged with ``purpose``, Indonesian words for the person who asks who looked. ``find`` says what
    is read along: `case_of`, or `file_of` where the head of the file is drawn.
    """
    reader = signed_in(request)
    case = find(case_id, reader) if reader.is_authenticated else None
    if case is None:
        raise FileHidden
    if request.method == "GET":
        log_look(by=reader, subject=Subject.CASE, subject_id=case.pk, purpose=purpose, unit_id=case.unit_id)
    return reader, case


@dataclass(frozen=True)
class OpenedCase:
    """A case this reader may open, with the name and the texts as they may read them, and what they may do in it."""

    case: Case
    reader: User
    name: str
    guard: Guard
    veil: Veil

    @cached_property
    def today(self) -> date:
        """The day it is in the unit of the case."""
        return self.case.unit.day_at(timezone.now())

    def refusal(self, act: Callable[..., Any], record: Any = None) -> Refused | None:
        """Why the reader may not do this, as the operation itself would say it; no query."""
        try:
            rule_of(act).require(self.reader, self.case, record, guard=self.guard, reads_names=not self.veil.is_drawn)
        except Refused as refused:
            return refused
        return None

    def may_do(self, act: Callable[..., Any]) -> bool:
        """Whether a button that leads to this act is shown; its form and the operation answer the same."""
        return self.refusal(act) is None

    def require(self, act: Callable[..., Any]) -> None:
        """Who may not do it sees no form."""
        refused = self.refusal(act)
        if isinstance(refused, NotAllowed):
            raise refused

    @property
    def file(self) -> Link:
        """Where a trail through this case begins."""
        return Link(self.case.number, reverse("cases:case", args=[self.case.pk]))


C = TypeVar("C", bound=OpenedCase)


def open_case(request: HttpRequest, case_id: UUID, purpose: str, kind: type[C]) -> C:
    """The case as `load_case` gives it, with the texts as this reader may read them."""
    reader, case = load_case(request, case_id, purpose, find=file_of)
    veil = veil_over(case.person) if veil_of(case, reader).is_drawn else NO_VEIL
    return kind(case, reader, name_shown(case, reader), guard_of(case), veil)


def answer_panel(
    request: HttpRequest, template: str, case: Case, *, title: str, lead: str = "", **context: Any
) -> HttpResponse:
    """A panel (`register_panel`): a part of the first page of the file, or without script a page of its own."""
    context["case"] = case
    if "HX-Request" in request.headers:
        return render(request, template, context)
    file = Link(case.number, reverse("cases:case", args=[case.pk]))
    around = {
        "panel": template,
        "title": title,
        "lead": lead,
        "name": name_shown(case, signed_in(request)),
        "trail": [file, Link(title)],
    }
    return render(request, "cases/panel_page.html", context | around)
