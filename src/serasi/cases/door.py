"""The door to a file: the one way the pages of every app come by a case, and how they answer upon its first page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from serasi.access.enums import Subject
from serasi.access.looks import log_look
from serasi.access.middleware import signed_in
from serasi.access.models import User
from serasi.cases.models import Case
from serasi.cases.queries.header import case_of, name_shown
from serasi.common.components import Link


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
