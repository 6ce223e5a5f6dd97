"""The door for a phone that names itself by its token, without a session: its user acts, in their language and zone."""

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from serasi.access.operations.device import on_page
from serasi.common.identifiers import uuid7
from serasi.fieldwork.models import Device
from serasi.fieldwork.operations import see_device
from serasi.fieldwork.permissions import USE_DEVICE
from serasi.fieldwork.queries.devices import device_of

HEADER: Final = "X-Serasi-Device"
TIME: Final = "X-Serasi-Time"
"""By which a phone tells our answers from those of a door in between, and measures how old its pocket is."""
View = Callable[..., HttpResponse]


def is_in_force(device: Device) -> bool:
    """Whether it may fetch: not ended, and its user still works somewhere that has devices."""
    return device.is_open and device.user.scope.has(USE_DEVICE)


def by_device(view: View) -> View:
    """Run the view as the user of the device that asks; 401 for a token that nobody has.

    The view gets the device; the session of the browser, if there is one, is not looked at.
    """

    @csrf_exempt  # a token in a header is sent by nobody's page but ours
    @login_not_required
    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        device = device_of(request.headers.get(HEADER, ""))
        if device is None:
            return _told(JsonResponse({"outcome": "stranger"}, status=401))
        user, match = device.user, request.resolver_match
        before = request.session
        request.user, request.session = user, import_module(settings.SESSION_ENGINE).SessionStore()
        translation.activate(user.language if user.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        timezone.activate(ZoneInfo(user.scope.posts[0].time_zone if user.scope.posts else device.unit.time_zone))
        try:
            with on_page(user.pk, match.view_name if match else "", uuid7()):
                see_device(device=device, at=timezone.now())
                return _told(view(request, device, *args, **kwargs))
        finally:
            request.session = before

    return run


def _told(response: HttpResponse) -> HttpResponse:
    response[TIME] = timezone.now().isoformat()
    return response
