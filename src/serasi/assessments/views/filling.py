"""One filling: the page it is filled on, what that page sends and asks for, and what it came to."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from serasi.access.acting import WRITES, written
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
from serasi.access.models import User
from serasi.access.operations import NotAllowed
from serasi.assessments import operations, presenters, queries
from serasi.assessments.forms import StartForm, VoidForm
from serasi.assessments.models import Assessment
from serasi.assessments.operations import FillingEnded, Typed, Unanswered, Unsettled
from serasi.assessments.operations.filling import MOST_AT_ONCE
from serasi.assessments.permissions import FILL
from serasi.assessments.views.engine import engine_of, first_part
from serasi.assessments.views.loading import Loaded, load_filling
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.common.components import Link
from serasi.xforms.instance import compose


@open_to(OPEN_CASE_FILE)
@require_safe
@never_cache
def filling(request: HttpRequest, filling_id: UUID) -> HttpResponse:
    """While it is open and the reader may fill it, the form; else what it came to."""
    page, one = load_filling(request, filling_id, _("Membaca pengisian instrumen"))
    if one.is_open and page.may_do(operations.keep_answers):
        return _fill_page(request, page, one)
    context = _context(page, one) | {
        "found": [presenters.found_row(found, page.case.pk) for found in page.found.get(one.pk, ())],
        "chapters": _chapters(page, one),
        "files": set(one.files.visible_to(page.reader).values_list("name", flat=True)),
        "may_judge": one.is_finished and page.may_do(operations.state_opinion),
        "may_fill": page.may_do(operations.start_filling),
        "may_void": one.voided_at is None and page.may_do(operations.void_filling),
    }
    return render(request, "assessments/found.html", context)


@open_to(FILL)
@require_safe
@never_cache
def answers(request: HttpRequest, filling_id: UUID) -> JsonResponse:
    """What stands in the form, whose parts it has, and what two people typed differently."""
    page, one = _open_filling(request, filling_id)
    form = queries.form_of(one.edition_id)
    typed = queries.typed_since(one, 0)
    instance = compose(form, {each.path: each.value for each in typed}, instance_id=one.instance_id)
    return JsonResponse(
        {
            "instance": instance.decode(),
            "sections": [presenters.section_for(page.reader, section) for section in one.edition.sections],
            "typed": {each.path: {"by": each.by, "at": each.at.isoformat()} for each in typed},
            "differences": _differences(one, page.reader),
            "cursor": max((each.number for each in typed), default=0),
        }
    )


@open_to(FILL)
@require_POST
@answers_the_page
def keep(request: HttpRequest, filling_id: UUID) -> JsonResponse:
    """Keep what was typed, and tell what others typed meanwhile. What cannot be kept says why, answer by answer."""
    page, one = _open_filling(request, filling_id)
    sent = read_sending(request, _entry, most=MOST_AT_ONCE)
    kept = operations.keep_answers(assessment=one, typed=sent.entries, by=page.reader, at=timezone.now())
    news = queries.typed_since(one, sent.cursor)
    return JsonResponse(
        {
            "cursor": max((each.number for each in news), default=sent.cursor),
            "taken": [str(taken) for taken in kept.taken],
            "refused": [{"id": str(each.id), "path": each.path, "message": why} for each, why in kept.refused],
            "news": [
                {"path": each.path, "value": each.value, "by": each.by, "at": each.at.isoformat()}
                for each in news  # one's own too: another tab of the same person may have typed
            ],
            "differences": _differences(one, page.reader),
        }
    )


@open_to(FILL)
@require_POST
@answers_the_page
def put_file(request: HttpRequest, filling_id: UUID) -> JsonResponse:
    """Keep a photo, drawing or sound; the answer then names it."""
    _page_of, one = _open_filling(request, filling_id)
    return kept_file(request, operations.keep_file, assessment=one)


@open_to(OPEN_CASE_FILE)
@require_safe
@never_cache
def file(request: HttpRequest, filling_id: UUID, name: str) -> HttpResponse:
    """A file of an answer, for who may read the filling."""
    page, one = load_filling(request, filling_id, _("Membuka berkas jawaban"))
    if page.veil.is_drawn:
        raise NotAllowed
    found = get_object_or_404(one.files.visible_to(page.reader), name=name)
    with found.file.open("rb") as opened:
        return as_file(opened.read(), found.media_type, found.name)


@open_to(FILL)
@require_safe
@never_cache
def medium(request: HttpRequest, filling_id: UUID, name: str) -> HttpResponse:
    """A list that the form names: the places where the reader works, and those that colleagues answered with."""
    page, one = _open_filling(request, filling_id)
    codes = queries.named_places(queries.answers_of(one).values())
    return medium_answer(queries.media_of(one.edition, page.reader, beside=codes), name)


@open_to(FILL)
@require_POST
def finish(request: HttpRequest, filling_id: UUID) -> HttpResponse:
    """End it: the scores are computed, or it says what is missing and where."""
    page, one = load_filling(request, filling_id, _("Menyelesaikan pengisian instrumen"))
    page.require(operations.finish_filling)
    try:
        operations.finish_filling(assessment=one, by=page.reader, at=timezone.now())
    except Unanswered as unanswered:
        return _fill_page(request, page, one, missing=presenters.missing(one, unanswered.problems))
    except FillingEnded as ended:
        messages.error(request, str(ended.message))
    except Unsettled as unsettled:
        return _fill_page(request, page, one, refusal=str(unsettled.message))
    else:
        messages.success(request, _("Pengisian selesai."))
    return redirect("assessments:filling", filling_id=one.pk)


@open_to(FILL)
@require_http_methods(WRITES)
def void(request: HttpRequest, filling_id: UUID) -> HttpResponse:
    title = _("Batalkan pengisian")
    page, one = load_filling(request, filling_id, title)
    page.require(operations.void_filling)
    back = reverse("assessments:filling", args=[one.pk])
    around = page.form_page(title, back=back, lead=one.edition.shown_title)
    return written(
        request,
        VoidForm(request.POST or None),
        operations.void_filling,
        page=around,
        done=_("Pengisian dibatalkan. Isinya tetap terbaca, dan tidak dihitung."),
        leads_to=page.url,
        assessment=one,
    )


@open_to(FILL)
@require_http_methods(WRITES)
def again(request: HttpRequest, filling_id: UUID) -> HttpResponse:
    """Fill a finished one again, because it was wrong; what was believed before stays readable."""
    title = _("Isi ulang")
    page, one = load_filling(request, filling_id, title)
    page.require(operations.start_filling)
    form = StartForm(request.POST or None, initial={"mode": one.mode, "assessed_on": one.assessed_on})
    lead = _("%(title)s. Jawaban lama menjadi awal; begitu selesai, yang baru menggantikan yang lama.")
    around = page.form_page(
        title, back=reverse("assessments:filling", args=[one.pk]), lead=lead % {"title": one.edition.shown_title}
    )
    return written(
        request,
        form,
        operations.start_filling,
        page=around,
        done=_("Pengisian ulang dimulai."),
        leads_to=lambda made: reverse("assessments:filling", args=[made.pk]),
        case=page.case,
        edition=one.edition,
        replaces=one,
    )


def _context(page: Loaded, one: Assessment) -> dict[str, Any]:
    return {
        "page": page,
        "filling": one,
        "status": presenters.filling_status(one),
        "trail": page.trail(Link(one.edition.shown_title)),
    }


@page_of_forms
def _fill_page(request: HttpRequest, page: Loaded, one: Assessment, **context: Any) -> HttpResponse:
    """The form; 422 where ``missing`` or a ``refusal`` says why it is not finished yet."""
    return render(
        request,
        "assessments/fill.html",
        _context(page, one) | {"engine": engine_of(one, page.reader), "first": first_part(one)} | context,
        status=422 if context else 200,
    )


def _chapters(page: Loaded, one: Assessment) -> list[queries.Chapter]:
    """What was answered; who reads initials reads no answers, which may hold the name."""
    if one.finished_at is None or page.veil.is_drawn:
        return []
    form = queries.form_of(one.edition_id)
    contents = one.chapters.visible_to(page.reader).values_list("content", flat=True)
    return queries.chapters_of(form, contents, queries.language_of(form))


def _open_filling(request: HttpRequest, filling_id: UUID) -> tuple[Loaded, Assessment]:
    page, one = load_filling(request, filling_id, _("Mengisi instrumen"))
    page.require(operations.keep_answers)
    return page, one


def _differences(one: Assessment, reader: User) -> list[dict[str, Any]]:
    return [
        {"id": str(each.id), "path": each.path, "before": each.before, **_sides(each, reader)}
        for each in queries.differences_of(one)
    ]


def _sides(one: queries.Difference, reader: User) -> dict[str, str]:
    """The reader's own side first, where one of the two is theirs; ``mine`` is whose it is where neither is."""
    if one.standing_by_id == reader.pk:
        at = one.other_at.isoformat()
        return {"ours": one.standing, "mine": "", "theirs": one.other, "by": one.other_by, "at": at}
    mine = "" if one.other_by_id == reader.pk else one.other_by
    at = one.standing_at.isoformat() if one.standing_at else ""
    return {"ours": one.other, "mine": mine, "theirs": one.standing, "by": one.standing_by, "at": at}


def _entry(entry: Any) -> Typed:
    texts = {name: entry.get(name, "") for name in ("path", "before", "value")}
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError
    typed_at = parse_datetime(str(entry.get("typed_at") or "")) if entry.get("typed_at") else None
    if typed_at is not None and timezone.is_naive(typed_at):
        typed_at = None
    settles = entry.get("settles")
    return Typed(id_sent(entry.get("id")), typed_at=typed_at, settles=UUID(str(settles)) if settles else None, **texts)
