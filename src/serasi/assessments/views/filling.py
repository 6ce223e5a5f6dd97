"""One filling: the page it is filled on, what that page sends and asks for, and what it came to."""

import json
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from serasi.access.acting import WRITES, written
from serasi.access.gate import open_to
from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused
from serasi.assessments import operations, presenters, queries
from serasi.assessments.forms import StartForm, VoidForm
from serasi.assessments.models import Assessment
from serasi.assessments.operations import FillingEnded, Typed, Unanswered, Unsettled
from serasi.assessments.operations.filling import MOST_AT_ONCE
from serasi.assessments.permissions import FILL
from serasi.assessments.views.engine import engine_of, first_part, medium_answer
from serasi.assessments.views.loading import Loaded, load_filling
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.common.components import Link
from serasi.common.engine_page import page_of_forms
from serasi.common.identifiers import is_uuid7
from serasi.xforms.instance import compose

MOST_ANSWERS: Final = 2**31 - 1
LARGEST_SENDING: Final = 2 * 1024 * 1024
"""Bytes of JSON in one sending of answers."""


class Unreadable(Refused):
    """What was sent is not what the page sends."""


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
def keep(request: HttpRequest, filling_id: UUID) -> JsonResponse:
    """Keep what was typed, and tell what others typed meanwhile. What cannot be kept says why, answer by answer."""
    page, one = _open_filling(request, filling_id)
    try:
        sent, cursor = _read(request)
        kept = operations.keep_answers(assessment=one, typed=sent, by=page.reader, at=timezone.now())
    except NotAllowed:
        raise
    except Refused as refused:
        return JsonResponse({"message": str(refused.message)}, status=422)
    news = queries.typed_since(one, cursor)
    return JsonResponse(
        {
            "cursor": max((each.number for each in news), default=cursor),
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
def put_file(request: HttpRequest, filling_id: UUID) -> JsonResponse:
    """Keep a photo, drawing or sound; the answer then names it."""
    page, one = _open_filling(request, filling_id)
    try:
        file_id, file = _uuid7(request.POST.get("id")), request.FILES.get("file")
        if file is None:
            raise Unreadable(_("Pilih berkasnya."), field="file")
        kept = operations.keep_file(
            id=file_id,
            assessment=one,
            path=request.POST.get("path", ""),
            content=file.read(),
            by=page.reader,
            at=timezone.now(),
        )
    except NotAllowed:
        raise
    except Refused as refused:
        return JsonResponse({"message": str(refused.message)}, status=422)
    return JsonResponse({"name": kept.name})


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
        response = HttpResponse(opened.read(), content_type=found.media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=found.name) or "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


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


def _read(request: HttpRequest) -> tuple[list[Typed], int]:
    """What the page sends: answers, and how far it has heard. Raises Unreadable."""
    if len(request.body) > LARGEST_SENDING:
        raise Unreadable(_("Kiriman terlalu besar. Kirim jawaban sedikit demi sedikit."))
    try:
        sent = json.loads(request.body)
        entries, cursor = list(sent.get("entries", [])), int(sent.get("cursor", 0))
        typed = [_entry(entry) for entry in entries[: MOST_AT_ONCE + 1]]
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise Unreadable(_("Kiriman ini tidak terbaca. Muat ulang halaman.")) from error
    return typed, max(0, min(cursor, MOST_ANSWERS))


def _entry(entry: Any) -> Typed:
    texts = {name: entry.get(name, "") for name in ("path", "before", "value")}
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError
    typed_at = parse_datetime(str(entry.get("typed_at") or "")) if entry.get("typed_at") else None
    if typed_at is not None and timezone.is_naive(typed_at):
        typed_at = None
    settles = entry.get("settles")
    return Typed(_uuid7(entry.get("id")), typed_at=typed_at, settles=UUID(str(settles)) if settles else None, **texts)


def _uuid7(given: object) -> UUID:
    found = UUID(str(given))
    if not is_uuid7(found):
        raise Unreadable(_("Kiriman ini tidak terbaca. Muat ulang halaman."))
    return found
