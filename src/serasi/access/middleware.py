"""One transaction per request, in which the database knows who is asking."""

from collections.abc import Callable
from typing import Any, cast

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from serasi.access.models import SYSTEM_ID, User
from serasi.access.operations import Conflict, NotAllowed, Refused
from serasi.common.identifiers import uuid7

View = Callable[..., HttpResponse]


class ScopeMiddleware:
    """Runs the view inside one transaction that carries actor and request id for trail and row-level security.

    Someone who is not signed in acts as the system's own user but with nobody's sight: the pages of sign-in may
    write what sign-in needs, and no row of a person is visible.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if getattr(view, "needs_no_database", False):
            return None
        match = request.resolver_match
        operation = f"web:{match.view_name if match else '?'}"
        with transaction.atomic():
            actor = str(request.user.pk) if request.user.is_authenticated else str(SYSTEM_ID)
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('serasi.actor', %s, true), set_config('serasi.operation', %s, true),"
                    " set_config('serasi.request', %s, true), set_config('serasi.scope', '', true)",
                    [actor, operation, str(uuid7())],
                )
            try:
                response = view(request, *args, **kwargs)
            except Refused as refused:
                transaction.set_rollback(True)
                return _refusal(request, refused)
            if hasattr(response, "render") and not response.is_rendered:
                response = response.render()
            return response


def _refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """A refusal no form caught: a page that says what and why, never a 500."""
    if isinstance(refused, NotAllowed):
        return render(request, "403.html", {"refused": refused}, status=403)
    return render(request, "409.html", {"refused": refused}, status=409 if isinstance(refused, Conflict) else 422)


def signed_in(request: HttpRequest) -> User:
    """The user of a request that only signed-in people can make."""
    return cast("User", request.user)
