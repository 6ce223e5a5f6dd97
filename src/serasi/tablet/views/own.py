"""One's own page: today, my plan, who helps me, what comes."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.tablet import presenters
from serasi.tablet.permissions import SEE_OWN
from serasi.tablet.queries import own_view
from serasi.tablet.views.device import SECONDS, tablet_of


@open_to(SEE_OWN)
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    found = own_view(signed_in(request), at=now)
    is_on_tablet = tablet_of(request) is not None
    context: dict[str, Any] = {"view": found, "is_on_tablet": is_on_tablet, "today": timezone.localdate()}
    if found is not None:
        context |= {
            "place": presenters.place(found),
            "hours": presenters.day(found, now),
            "goals": [(goal, presenters.result(goal)) for goal in found.goals],
            "links": presenters.onward(found, signed_in(request)),
        }
    response = render(request, "tablet/own.html", context)
    if is_on_tablet:  # nobody touched it: the next one must not read it
        response["Refresh"] = f"{SECONDS}; url={reverse('tablet:door')}"
    return response
