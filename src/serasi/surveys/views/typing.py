"""An interview on line: the page it is typed on, what that page sends and asks for, and its end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from serasi.access.acting import pressed
from serasi.access.engine_page import (
    answers_the_page,
    as_file,
    id_sent,
    kept_file,
    medium_answer,
    page_of_forms,
    read_sending,
)
from serasi.access.gate import open_to
from serasi.access.operations import NotAllowed, Refused
from serasi.assessments.operations import Unanswered
from serasi.assessments.queries import form_of, media_of, places_of
from serasi.common.components import Link
from serasi.common.identifiers import uuid7
from serasi.surveys import operations, presenters
from serasi.surveys.models import Draft, Interview
from serasi.surveys.operations import Entry
from serasi.surveys.operations.draft import MOST_AT_ONCE
from serasi.surveys.permissions import INTERVIEW
from serasi.surveys.views.engine import engine_of
from serasi.surveys.views.loading import Loaded, load_draft, load_survey
from serasi.xforms.instance import compose


@open_to(INTERVIEW)
@require_POST
def begin(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """A new interview, or the correction of one's own (``replaces``)."""
    page = load_survey(request, survey_id)
    wanted, replaced = _id_in(request.POST.get("id")), request.POST.get("replaces", "")
    replaces = None
    if replaced:
        seen = Interview.objects.visible_to(page.reader).filter(survey=page.survey).select_related("edition")
        replaces = get_object_or_404(seen, pk=_id_in(replaced))
    try:
        draft = operations.begin_interview(
            id=wanted, survey=page.survey, replaces=replaces, by=page.reader, at=timezone.now()
        )
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect(page.url)
    return redirect("surveys:typing", draft_id=draft.pk)


@open_to(INTERVIEW)
@require_safe
@never_cache
@page_of_forms
def typing(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    page, draft = load_draft(request, draft_id)
    return _page(request, page, draft)


@open_to(INTERVIEW)
@require_safe
@never_cache
def typed(request: HttpRequest, draft_id: UUID) -> JsonResponse:
    """What stands in the form."""
    _page_of, draft = load_draft(request, draft_id)
    places = places_of(draft.edition)
    answers = {path: value for path, value in draft.answers.items() if path in places}
    instance = compose(form_of(draft.edition_id), answers, instance_id=draft.pk)
    at = draft.saved_at.isoformat()
    return JsonResponse(
        {
            "instance": instance.decode(),
            "sections": [],
            "typed": {path: {"by": str(_page_of.reader), "at": at} for path in answers},
            "differences": [],
            "cursor": draft.count,
        }
    )


@open_to(INTERVIEW)
@require_POST
@answers_the_page
def keep(request: HttpRequest, draft_id: UUID) -> JsonResponse:
    """Keep what was typed; what cannot be kept says why, answer by answer."""
    page, draft = load_draft(request, draft_id)
    sent = read_sending(request, _entry, most=MOST_AT_ONCE).entries
    refused = operations.keep_typed(draft=draft, typed=sent, by=page.reader, at=timezone.now()) if sent else []
    wrong = {one.id for one, _why in refused}
    return JsonResponse(
        {
            "cursor": draft.count,
            "taken": [str(one.id) for one in sent if one.id not in wrong],
            "refused": [{"id": str(one.id), "path": one.path, "message": why} for one, why in refused],
            "news": [],
            "differences": [],
        }
    )


@open_to(INTERVIEW)
@require_POST
@answers_the_page
def put_file(request: HttpRequest, draft_id: UUID) -> JsonResponse:
    """Keep a photo, drawing or sound; the answer then names it."""
    _page_of, draft = load_draft(request, draft_id)
    return kept_file(request, operations.keep_draft_file, draft=draft)


@open_to(INTERVIEW)
@require_safe
@never_cache
def file(request: HttpRequest, draft_id: UUID, name: str) -> HttpResponse:
    """A file of an interview that is being typed."""
    _page_of, draft = load_draft(request, draft_id)
    found = get_object_or_404(draft.files, name=name)
    with found.content.open("rb") as opened:
        return as_file(opened.read(), found.media_type, found.name)


@open_to(INTERVIEW)
@require_safe
def medium(request: HttpRequest, draft_id: UUID, name: str) -> HttpResponse:
    """A list that the form names: places where the reader works, and where the survey wants interviews."""
    page, draft = load_draft(request, draft_id)
    beside = list(page.survey.targets.values_list("village", flat=True))
    return medium_answer(media_of(draft.edition, page.reader, beside=beside), name)


@open_to(INTERVIEW)
@require_POST
@page_of_forms
def finish(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """It is sent, or the page says what is missing and where."""
    page, draft = load_draft(request, draft_id)
    try:
        operations.finish_interview(draft=draft, by=page.reader, at=timezone.now())
    except NotAllowed:
        raise
    except Unanswered as unanswered:
        missing = presenters.missing(draft.edition_id, unanswered.problems)
        return _page(request, page, draft, missing=missing)
    except Refused as refused:
        return _page(request, page, draft, refusal=str(refused.message))
    messages.success(request, _("Wawancara terkirim."))
    return redirect(page.url)


@open_to(INTERVIEW)
@require_POST
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    page, draft = load_draft(request, draft_id)
    done = _("Wawancara yang belum selesai dibuang.")
    return pressed(request, operations.discard_draft, done=done, leads_to=page.url, draft=draft)


def _page(request: HttpRequest, page: Loaded, draft: Draft, **context: Any) -> HttpResponse:
    """The form; 422 where ``missing`` or a ``refusal`` says why it is not sent yet."""
    around = {
        "page": page,
        "survey": page.survey,
        "draft": draft,
        "engine": engine_of(draft, page.reader),
        "trail": page.trail(Link(_("Wawancara"))),
    }
    return render(request, "surveys/typing.html", around | context, status=422 if context else 200)


def _entry(sent: Any) -> Entry:
    path, value = sent.get("path", ""), sent.get("value", "")
    if not isinstance(path, str) or not isinstance(value, str) or "\x00" in path + value:
        raise TypeError
    return Entry(id_sent(sent.get("id")), path, value)


def _id_in(given: object) -> UUID:
    """An id from a hidden field; a broken one is nobody's, a missing one is new."""
    try:
        return UUID(str(given)) if given else uuid7()
    except ValueError as error:
        raise Http404 from error
