"""The door of a page: which permissions open it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from serasi.access import registry
from serasi.access.middleware import signed_in
from serasi.access.operations import NotAllowed

View = Callable[..., HttpResponse]


def open_to(*codes: str) -> Callable[[View], View]:
    """Let in who holds any of these permissions, however far it reaches; the page itself narrows what is shown.

    The codes stay on the view as `permissions`, so that a test can walk every route.
    """
    for code in codes:
        registry.permission(code)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not any(signed_in(request).scope.has(code) for code in codes):
                raise NotAllowed
            return view(request, *args, **kwargs)

        guarded.permissions = codes  # type: ignore[attr-defined]
        return guarded

    return decorate
