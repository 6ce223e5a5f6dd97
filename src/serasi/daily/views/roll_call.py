"""The roll call: by touch, closed at once, and what follows from it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from serasi.access.acting import WRITES, allow, answer, tried, written
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.operations import NotAllowed, Refused
from serasi.common.components import Link
from serasi.daily import operations
from serasi.daily.enums import Mark
from serasi.daily.forms import CorrectMarkForm, RollCallForm
from serasi.daily.models import RollCall, RollCallMark
from serasi.daily.permissions import LOOK_FOR, SEE_DAY, WRITE_DAY
from serasi.daily.presenters import TONES
from serasi.daily.queries import told
from serasi.daily.views.loading import LoadedWard, corrected, load_ward, moment_sent
from serasi.residence.permissions import MOVE


@open_to(WRITE_DAY)
@require_http_methods(WRITES)
def take_roll_call(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    page = load_ward(request, ward_id, code=WRITE_DAY)
    moment = moment_sent(request, page.now)
    here = page.here_at(moment)
    form = RollCallForm(request.POST or None, people=here, at=moment)
    context = {
        "page": page,
        "moment": moment,
        "here": here,
        "present": sum(one.is_present for one in here),
        "trail": page.trail(Link(_("Apel"))),
    }
    return tried(
        request,
        form,
        operations.take_roll_call,
        done=_("Apel ditutup: semua penghuni terjawab."),
        leads_to=lambda made: reverse("daily:roll_call", args=[made.pk]),
        ward=page.ward,
    ) or answer(request, "daily/take_roll_call.html", context, form)


@open_to(SEE_DAY)
@require_safe
def roll_call(request: HttpRequest, roll_call_id: UUID) -> HttpResponse:
    reader = signed_in(request)
    calls = RollCall.objects.visible_to(reader).select_related("ward__unit", "written_by")
    found = get_object_or_404(calls, pk=roll_call_id)
    page = LoadedWard.of(request, found.ward)
    read = told(roll_call=found, reader=reader)
    context: dict[str, Any] = {
        "page": page,
        "told": read,
        "counts": [(Mark(mark).label, count, TONES[mark]) for mark, count in read.counts.items() if count],
        "may_move": page.may(MOVE),
        "may_write": page.may(WRITE_DAY),
        "trail": page.trail(Link(_("Apel"))),
    }
    return render(request, "daily/roll_call.html", context)


@open_to(WRITE_DAY)
@require_http_methods(WRITES)
def correct_mark(request: HttpRequest, mark_id: UUID) -> HttpResponse:
    """Another mark than was tapped for this resident."""
    marks = RollCallMark.objects.visible_to(signed_in(request)).select_related("roll_call__ward__unit__day_practice")
    mark = get_object_or_404(marks, pk=mark_id)
    page = LoadedWard.of(request, mark.roll_call.ward)
    allow(page.may(WRITE_DAY))
    resident = page.by_stay.get(mark.stay_id)
    above = Link(_("Apel"), reverse("daily:roll_call", args=[mark.roll_call_id]))
    lead = f"{resident.name} (#{mark.tag})" if resident and resident.name else f"#{mark.tag}"
    return written(
        request,
        CorrectMarkForm(request.POST or None, mark=mark),
        operations.correct_mark,
        page=page.form_page(_("Betulkan tanda apel"), above, lead=lead),
        done=corrected,
        mark=mark,
    )


@open_to(MOVE)
@require_POST
def follow_up(request: HttpRequest, mark_id: UUID) -> HttpResponse:
    """The movement that the board lacks, by one touch."""
    reader = signed_in(request)
    marks = RollCallMark.objects.visible_to(reader).select_related("roll_call__ward__unit")
    mark = get_object_or_404(marks, pk=mark_id)
    try:
        operations.follow_up(mark=mark, by=reader, at=timezone.now())
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Papan hunian diperbarui untuk #%s.") % mark.tag)
    return redirect("daily:roll_call", mark.roll_call_id)


@open_to(LOOK_FOR)
@require_safe
def missing(request: HttpRequest, mark_id: UUID) -> HttpResponse:
    """From the list of things to do to the roll call that did not find someone."""
    mark = get_object_or_404(RollCallMark.objects.visible_to(signed_in(request)), pk=mark_id)
    return redirect("daily:roll_call", mark.roll_call_id)
