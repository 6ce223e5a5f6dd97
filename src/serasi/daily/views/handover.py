"""From shift to shift."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from serasi.access.acting import WRITES, answer, tried
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.operations import NotAllowed, Refused
from serasi.common.components import Link
from serasi.daily import operations, presenters
from serasi.daily.forms import HandoverForm
from serasi.daily.models import ShiftHandover
from serasi.daily.permissions import SEE_DAY, WRITE_DAY
from serasi.daily.queries import Left, left_by, shift_before
from serasi.daily.views.loading import LoadedWard, load_ward

SOON_AFTER = 7200
"""For how many seconds after a shift began the one before is likelier to be handed over."""


@open_to(WRITE_DAY)
@require_http_methods(WRITES)
def hand_over(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    page = load_ward(request, ward_id, code=WRITE_DAY)
    before = shift_before(page.unit, page.shift)
    has_just_begun = (page.now - page.shift.begins_at).total_seconds() < SOON_AFTER
    offered = [before, page.shift] if has_just_begun else [page.shift, before]
    form = HandoverForm(request.POST or None, shifts=offered)
    left = left_by(ward=page.ward, here=page.by_stay, since=offered[0].begins_at, until=page.now, reader=page.reader)
    context = {
        "page": page,
        "left": left,
        "notes": _notes(left, page),
        "shift": offered[0],
        "trail": page.trail(Link(_("Serah terima giliran"))),
    }
    return tried(
        request,
        form,
        operations.hand_over,
        done=_("Serah terima disimpan; giliran berikut melihatnya lebih dulu."),
        leads_to=page.url,
        at=page.typed_at,
        ward=page.ward,
    ) or answer(request, "daily/hand_over.html", context, form)


@open_to(SEE_DAY)
@require_safe
def handover(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    one, page = _load(request, handover_id)
    left = left_by(ward=page.ward, here=page.by_stay, since=one.began_at, until=one.written_at, reader=page.reader)
    context = {
        "page": page,
        "handover": one,
        "left": left,
        "notes": _notes(left, page),
        "may_read": page.may(WRITE_DAY) and one.read_at is None and one.written_by_id != page.reader.pk,
        "trail": page.trail(Link(_("Serah terima giliran"))),
    }
    return render(request, "daily/handover.html", context)


@open_to(WRITE_DAY)
@require_POST
def acknowledge(request: HttpRequest, handover_id: UUID) -> HttpResponse:
    one, page = _load(request, handover_id)
    try:
        operations.acknowledge(handover=one, by=page.reader, at=page.now)
    except NotAllowed:
        raise
    except Refused as refused:
        messages.error(request, str(refused.message))
    else:
        messages.success(request, _("Serah terima dinyatakan sudah dibaca."))
    return redirect(page.url)


def _load(request: HttpRequest, handover_id: UUID) -> tuple[ShiftHandover, LoadedWard]:
    one = get_object_or_404(
        ShiftHandover.objects.visible_to(signed_in(request)).select_related(
            "ward__unit__day_practice", "ward__unit__vitals_practice", "written_by", "read_by"
        ),
        pk=handover_id,
    )
    return one, LoadedWard.of(request, one.ward)


def _notes(left: Left, page: LoadedWard) -> list[presenters.ToldNote]:
    return presenters.together((note for _who, note in left.notes), page.by_stay)
