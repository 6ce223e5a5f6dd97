"""One's own cycles: what the person themself reads, without the file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from serasi.access.gate import open_to
from serasi.common.initials import NO_VEIL
from serasi.cycles import presenters
from serasi.cycles.permissions import SEE_CYCLE
from serasi.cycles.queries import own_curves, own_turns


@open_to(SEE_CYCLE)
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    turns = own_turns(today=today)
    context = {
        "veil": NO_VEIL,
        "turns": [presenters.turn_row(one, today) for one in turns],
        "sets": [presenters.curves_page(one, curves, turns) for one, curves in own_curves()],
    }
    return render(request, "cycles/own.html", context)
