"""Filling without script: one part of the form a page, kept when it is sent. Less comfortable, and whole."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from serasi.access.acting import WRITES
from serasi.access.gate import open_to
from serasi.assessments import operations, presenters, queries
from serasi.assessments.forms import PartForm
from serasi.assessments.models import Assessment
from serasi.assessments.operations import Typed
from serasi.assessments.permissions import FILL
from serasi.assessments.views.loading import load_filling
from serasi.common.components import Link
from serasi.common.identifiers import uuid7
from serasi.xforms.form import Form
from serasi.xforms.instance import compose
from serasi.xforms.parts import Group, Part

OUTSIDE = "-"
"""The name under which questions stand that belong to no part."""


@open_to(FILL)
@require_http_methods(WRITES)
@never_cache
def part(request: HttpRequest, filling_id: UUID, name: str) -> HttpResponse:
    """The questions of one part that are asked at present; sent, what changed is kept and the next part is shown."""
    page, one = load_filling(request, filling_id, _("Mengisi instrumen"))
    page.require(operations.keep_answers)
    form = queries.form_of(one.edition_id)
    parts = _parts(form)
    if name not in parts or not one.is_open:
        raise Http404
    told = presenters.section_for(page.reader, _section(one, name))
    answers = queries.answers_of(one)
    asked = PartForm(
        request.POST or None,
        form=form,
        body=parts[name] if told["may_read"] else (),
        answers=answers,
        irrelevant=_irrelevant(form, answers, one),
        language=queries.language_of(form),
        places=queries.places_offered(form, page.reader, answers, now=_now(one)),
    )
    if request.method == "POST" and told["may_write"] and asked.is_valid():
        kept = operations.keep_answers(assessment=one, typed=asked.typed(), by=page.reader, at=timezone.now())
        for _typed, why in kept.refused:
            messages.error(request, why)
        return redirect(_next(one, form, parts, name, answers))
    context = {
        "page": page,
        "filling": one,
        "form": asked,
        "told": told,
        "name": name,
        "parts": [(each, _title(one, each)) for each in parts],
        "title": _title(one, name),
        "differences": [_in_words(form, each) for each in queries.differences_of(one)],
        "trail": page.trail(Link(one.edition.shown_title)),
    }
    return render(request, "assessments/part.html", context, status=422 if asked.errors else 200)


@open_to(FILL)
@require_POST
def settle(request: HttpRequest, filling_id: UUID) -> HttpResponse:
    """Of two answers to one question the one that holds."""
    page, one = load_filling(request, filling_id, _("Memutuskan jawaban yang berbeda"))
    page.require(operations.keep_answers)
    wanted, takes_other = request.POST.get("difference"), request.POST.get("take") == "other"
    found = next((each for each in queries.differences_of(one) if str(each.id) == wanted), None)
    if found is not None:
        value = found.other if takes_other else found.standing
        typed = Typed(uuid7(), found.path, found.standing, value, settles=found.id)
        kept = operations.keep_answers(assessment=one, typed=[typed], by=page.reader, at=timezone.now())
        for _typed, why in kept.refused:
            messages.error(request, why)
        if kept.taken:
            messages.success(request, _("Diputuskan."))
    return redirect(_address(one, next(iter(_parts(queries.form_of(one.edition_id))))))


def _in_words(form: Form, one: queries.Difference) -> dict[str, Any]:
    """A difference as the page says it: the question, and whose answer is which."""
    values = [one.standing, one.other]
    question, (standing, other) = queries.said_of(form, one.path, values, queries.language_of(form))
    return {
        "id": one.id,
        "question": question,
        "standing": f"{one.standing_by}: {standing or '–'}",
        "other": f"{one.other_by}: {other or '–'}",
    }


def _parts(form: Form) -> dict[str, tuple[Part, ...]]:
    """The outermost parts by name; what stands outside them together, under a name of its own."""
    found: dict[str, tuple[Part, ...]] = {}
    for outermost in form.body:
        if isinstance(outermost, Group) and outermost.path:
            found[outermost.path.rpartition("/")[2]] = outermost.body
        else:
            found[OUTSIDE] = (*found.get(OUTSIDE, ()), outermost)
    return found


def _irrelevant(form: Form, answers: dict[str, str], one: Assessment) -> frozenset[str]:
    return queries.evaluated(form, compose(form, answers, instance_id=one.pk), now=_now(one)).irrelevant


def _now(one: Assessment) -> datetime:
    return timezone.now().astimezone(ZoneInfo(one.case.unit.time_zone))


def _next(one: Assessment, form: Form, parts: dict[str, tuple[Part, ...]], name: str, before: dict[str, str]) -> str:
    """This part again where an answer made new questions of it; else the one after it, and after the last the end."""
    answers = queries.answers_of(one)
    within = f"{form.root}/{name}/"
    if any(path.startswith(within) for path in _irrelevant(form, before, one) - _irrelevant(form, answers, one)):
        return _address(one, name)
    names = list(parts)
    after = names[names.index(name) + 1 :]
    return _address(one, after[0]) if after else reverse("assessments:filling", args=[one.pk])


def _address(one: Assessment, name: str) -> str:
    return reverse("assessments:part", args=[one.pk, name])


def _section(one: Assessment, name: str) -> dict[str, Any]:
    blank: dict[str, Any] = {"name": name, "title": "", "raters": [], "tags": []}
    return next((section for section in one.edition.sections if section["name"] == name), blank)


def _title(one: Assessment, name: str) -> str:
    form = queries.form_of(one.edition_id)
    label = next((part.label for part in form.sections if part.path == f"{form.root}/{name}"), None)
    return (label.said(queries.language_of(form)) if label else "") or _("Pertanyaan")
