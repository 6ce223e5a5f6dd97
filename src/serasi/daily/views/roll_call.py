"""The roll call: by touch, closed at once, and what follows from it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

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
from serasi.daily.views.loading import WRITES, LoadedWard, answered, load_ward, moment_sent
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
    return answered(
        request,
        form,
        lambda: operations.take_roll_call(ward=page.ward, **form.facts(), by=page.reader, at=page.now),
        done=_("Apel ditutup: semua penghuni terjawab."),
        leads_to=lambda made: reverse("daily:roll_call", args=[made.pk]),
        template="daily/take_roll_call.html",
        context=context,
    )


@open_to(SEE_DAY)
@require_safe
def roll_call(request: HttpRequest, roll_call_id: UUID) -> HttpResponse:
    reader = signed_in(request)
    found = (
        RollCall.objects.visible_to(reader).select_related("ward__unit", "written_by").filter(pk=roll_call_id).first()
    )
    if found is None:
        raise Http404
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
    mark = (
        RollCallMark.objects.visible_to(signed_in(request))
        .select_related("roll_call__ward__unit__day_practice")
        .filter(pk=mark_id)
        .first()
    )
    if mark is None:
        raise Http404
    page = LoadedWard.of(request, mark.roll_call.ward)
    page.require(WRITE_DAY)
    form = CorrectMarkForm(request.POST or None, mark=mark)
    resident = page.by_stay.get(mark.stay_id)
    leads_to, title = reverse("daily:roll_call", args=[mark.roll_call_id]), _("Betulkan tanda apel")

    def act() -> object:
        typed = form.cleaned_data
        found = operations.Found(typed["answer"], typed["note"])
        return operations.correct_mark(
            id=form.record_id, mark=mark, found=found, why=typed["why"], by=page.reader, at=timezone.now()
        )

    return answered(
        request,
        form,
        act,
        done=_("Catatan dibetulkan; yang lama tetap terbaca."),
        leads_to=leads_to,
        template="daily/form.html",
        context={
            "page": page,
            "title": title,
            "lead": f"{resident.name} (#{mark.tag})" if resident and resident.name else f"#{mark.tag}",
            "back": leads_to,
            "trail": page.trail(Link(_("Apel"), leads_to), Link(title)),
        },
    )


@open_to(MOVE)
@require_POST
def follow_up(request: HttpRequest, mark_id: UUID) -> HttpResponse:
    """The movement that the board lacks, by one touch."""
    reader = signed_in(request)
    mark = RollCallMark.objects.visible_to(reader).select_related("roll_call__ward__unit").filter(pk=mark_id).first()
    if mark is None:
        raise Http404
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
    mark = RollCallMark.objects.visible_to(signed_in(request)).filter(pk=mark_id).first()
    if mark is None:
        raise Http404
    return redirect("daily:roll_call", mark.roll_call_id)
