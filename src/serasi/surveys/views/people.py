"""People told of in interviews, beside whom the register knows; and a report for who is in need."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from serasi.access.acting import WRITES, written
from serasi.access.enums import Subject
from serasi.access.gate import open_to
from serasi.access.looks import log_looks
from serasi.access.middleware import signed_in
from serasi.access.operations import NotAllowed, Refused
from serasi.common.components import page_of
from serasi.common.identifiers import is_uuid7, uuid7
from serasi.people.queries.matching import Match, likely_matches_of_each
from serasi.surveys import operations, presenters, queries
from serasi.surveys.forms import InterviewFilter, NeedForm
from serasi.surveys.models import Interview, Settled
from serasi.surveys.people import Someone, people_in
from serasi.surveys.permissions import SETTLE
from serasi.surveys.queries.reading import choices_of
from serasi.surveys.views.loading import Loaded, load_survey

LATEST: Final = 20
"""Of those who were settled, how many are listed."""
MOST: Final = 100
"""Interviews of which one press decides; the page shows ten."""
NEW, LATER = "baru", "nanti"


@dataclass(frozen=True, slots=True)
class Pair:
    """Someone told of, and whom they may be. ``new_id`` is the person's who is made if they are new."""

    someone: Someone
    key: str
    matches: tuple[Match, ...]
    new_id: UUID


@open_to(SETTLE)
@require_http_methods(WRITES)
@never_cache
def people(request: HttpRequest, survey_id: UUID) -> HttpResponse:
    """Some interviews at a time: of each person someone the register knows, someone new, or later. With «wawancara» of
    one interview alone."""
    page = load_survey(request, survey_id)
    page.require(SETTLE)
    if not page.sees_persons:
        raise NotAllowed
    wanted = request.GET.get("wawancara", "")
    refused: list[str] = []
    if request.method == "POST":
        done, refused = _decide(request, page, timezone.now())
        if done:
            messages.success(request, _("%d orang dicatat.") % done)
        if not refused:
            return redirect(request.get_full_path())
    villages, users = choices_of(page.survey, page.reader)
    form = InterviewFilter(request.GET, villages=villages, users=users)
    waiting = queries.people_waiting(page.survey, page.reader, **form.narrows)
    rows = page_of(waiting.interviews.filter(pk=wanted) if _is_id(wanted) else waiting.interviews, request.GET, size=10)
    shown = _unsettled(page, rows)
    opened = {(one.told.interview.pk, page.survey.unit_id) for one in shown}
    if request.method == "GET" and opened:
        log_looks(by=page.reader, subject=Subject.INTERVIEW, units=opened, purpose=_("Memeriksa orang dalam wawancara"))
    found = likely_matches_of_each(by=page.reader, described=[one.described().described for one in shown])
    settled = Settled.objects.visible_to(page.reader).filter(interview__survey=page.survey)
    context = {
        "survey": page.survey,
        "status": presenters.state_of(page.survey),
        "tabs": page.tabs("people"),
        "trail": page.trail(),
        "pairs": [Pair(one, _key(one), matches, uuid7()) for one, matches in zip(shown, found, strict=True)],
        "left": waiting.people,
        "form": form,
        "page": rows,
        "settled": [
            (one, one.person.shown_name(to=page.reader))
            for one in settled.select_related("person", "settled_by").order_by("-settled_at")[:LATEST]
        ],
        "refused": refused,
        "is_one": bool(wanted),
    }
    return render(request, "surveys/people.html", context, status=422 if refused else 200)


@open_to(SETTLE)
@require_http_methods(WRITES)
def report(request: HttpRequest, settled_id: UUID) -> HttpResponse:
    """A report about someone who was found in need."""
    reader = signed_in(request)
    rows = Settled.objects.visible_to(reader).select_related(
        "interview__survey__unit", "interview__survey__region", "interview__village", "person"
    )
    settled = get_object_or_404(rows, pk=settled_id)
    page = Loaded(settled.interview.survey, reader)
    page.require(SETTLE)
    around = page.form_page(_("Buka laporan"), button=_("Buka laporan"), back=page.part("people"))
    return written(
        request,
        NeedForm(request.POST or None),
        operations.open_report_of,
        page=around,
        done=_("Laporan dibuka. Lanjutkan dengan skrining bahaya dan triase di Laporan masuk."),
        settled=settled,
    )


def _unsettled(page: Loaded, interviews: Iterable[Interview]) -> list[Someone]:
    """Everyone told of in these interviews whom nobody has decided about (1 query)."""
    told = queries.read_all(interviews)
    done = set(
        Settled.objects.filter(interview__in=[one.interview.pk for one in told]).values_list("interview", "place")
    )
    for one in told:
        one.interview.survey = page.survey
    return [someone for one in told for someone in people_in(one) if (one.interview.pk, someone.place) not in done]


def _key(one: Someone) -> str:
    return f"{one.told.interview.pk}_{one.place}"


def _decide(request: HttpRequest, page: Loaded, at: datetime) -> tuple[int, list[str]]:
    """How many were settled, and why others were not."""
    done, refused = 0, []
    asked = {key.removeprefix("siapa_"): str(value) for key, value in request.POST.items() if key.startswith("siapa_")}
    named = {UUID(pk) for key in asked if _is_id(pk := key.partition("_")[0])}
    for one in _unsettled(page, queries.interviews_of(page.survey, page.reader).filter(pk__in=list(named)[:MOST])):
        key = _key(one)
        answer = asked.get(key, LATER)
        if answer == LATER:
            continue
        seen = [UUID(pk) for pk in map(str, request.POST.getlist(f"dilihat_{key}")) if _is_id(pk)]
        new_id = str(request.POST.get(f"id_{key}", ""))
        try:
            if answer == NEW and _is_id(new_id) and is_uuid7(UUID(new_id)):
                operations.register_someone(
                    person_id=UUID(new_id), someone=one, not_same_as=seen, by=page.reader, at=at
                )
            elif _is_id(answer) and UUID(answer) in seen:
                operations.recognise_someone(person_id=UUID(answer), someone=one, by=page.reader, at=at)
            else:
                continue
        except NotAllowed:
            raise
        except Refused as refusal:
            refused.append(f"{one.name}: {refusal.message}")
        else:
            done += 1
    return done, refused


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
