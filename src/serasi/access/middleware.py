"""Around every view: who is asking, whether the screen is locked, one transaction, nothing kept by browsers."""

import time
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from allauth.account.adapter import get_adapter
from allauth.account.internal import flows
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control

from serasi.access.models import SYSTEM_ID, User
from serasi.access.operations import Conflict, NotAllowed, Refused
from serasi.access.operations.device import on_page
from serasi.access.sign_in import (
    HAS_SECOND_FACTOR,
    LOCKED,
    SEEN_AT,
    has_second_factor,
    needs_second_factor,
)
from serasi.access.views.lock import ask_again
from serasi.common.identifiers import uuid7

View = Callable[..., HttpResponse]
Next = Callable[[HttpRequest], HttpResponse]

ALWAYS_OPEN = frozenset({"account_logout", "access:sign_out", "access:lock", "set_language"})
"""What a locked session, or one without its second factor, may still do."""
ENROLMENT = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
    }
)
SEEN_EVERY_SECONDS = 60


class SignInMiddleware(LoginRequiredMiddleware):
    """Whoever is not signed in is led to the door: the whole page, not the part of it that htmx asked for."""

    def handle_no_permission(self, request: HttpRequest, view_func: View) -> HttpResponse:  # type: ignore[override]
        if request.headers.get("HX-Request") == "true":
            return _lead_to(request, self.get_login_url(view_func))
        answer: HttpResponse = super().handle_no_permission(request, view_func)
        return answer


class SignedInMiddleware:
    """Language and zone of the reader; the idle lock; the second factor; nothing that browsers may keep.

    1. A session idle for longer than SERASI_IDLE_MINUTES is locked: everything leads to the page that asks for the
       password again. What a form was sending travels through that page, sealed, and is not lost.
    2. Roles that need a second factor and have none are led to its enrolment before anything else.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = dict(settings.LANGUAGES)
        translation.activate(chosen if chosen in known else settings.LANGUAGE_CODE)
        timezone.deactivate()
        request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        if getattr(request, "keeps_out_of_caches", True):
            patch_cache_control(response, no_store=True, private=True)
        _mark_refused_forms(request, response)
        return response

    def process_view(
        self, request: HttpRequest, view: View, _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if getattr(view, "needs_no_database", False):
            request.keeps_out_of_caches = False  # type: ignore[attr-defined]
            return None
        if not request.user.is_authenticated:
            return None
        user = signed_in(request)
        _settle(request, user)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in ALWAYS_OPEN:
            return None
        if _is_idle(request):
            request.session[LOCKED] = True
        if request.session.get(LOCKED):
            return ask_again(request)
        _see(request)
        if name not in ENROLMENT and _lacks_second_factor(request, user):
            return _lead_to(request, reverse("mfa_index"))
        return None


class ScopeMiddleware:
    """Runs the view inside one transaction that carries actor and request id for trail and row-level security.

    Someone who is not signed in acts as the system's own user but with nobody's sight: the pages of sign-in may
    write what sign-in needs, and no row of a person is visible.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if getattr(view, "needs_no_database", False):
            return None
        match = request.resolver_match
        actor = signed_in(request).pk if request.user.is_authenticated else SYSTEM_ID
        try:
            with on_page(actor, match.view_name if match else "?", uuid7()):
                try:
                    response = view(request, *args, **kwargs)
                    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                        response = response.render()
                except ImmediateHttpResponse as answer:
                    response = cast("HttpResponse", answer.response)
        except Refused as refused:
            return refusal(request, refused)
        except ReauthenticationRequired:
            return _ask_who(request)
        return response


def _ask_who(request: HttpRequest) -> HttpResponse:
    """What allauth's own middleware would do, were the view run outside ours."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    url = methods[0]["url"] if methods else reverse("account_login")
    return cast("HttpResponse", flows.reauthentication.suspend_request(request, url))


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """A refusal no form caught: a page that says what and why, never a 500."""
    context = {"refused": refused, "exception_message": refused.message}
    if isinstance(refused, NotAllowed):
        return render(request, "403.html", context, status=403)
    if isinstance(refused, Conflict):
        return render(request, "409.html", context, status=409)
    return render(request, "422.html", context, status=422)


def _settle(request: HttpRequest, user: User) -> None:
    language = user.language if user.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    translation.activate(language)
    request.LANGUAGE_CODE = language
    if user.scope.posts:
        timezone.activate(ZoneInfo(user.scope.posts[0].time_zone))


def _is_idle(request: HttpRequest) -> bool:
    seen_at = request.session.get(SEEN_AT)
    return isinstance(seen_at, int | float) and time.time() - seen_at > settings.SERASI_IDLE_MINUTES * 60


def _see(request: HttpRequest) -> None:
    """Note that someone is there; once a minute, for every note is a write."""
    now = time.time()
    if now - request.session.get(SEEN_AT, 0) > SEEN_EVERY_SECONDS:
        request.session[SEEN_AT] = now


def _lacks_second_factor(request: HttpRequest, user: User) -> bool:
    if not needs_second_factor(user) or request.session.get(HAS_SECOND_FACTOR):
        return False
    if has_second_factor(user):
        request.session[HAS_SECOND_FACTOR] = True
        return False
    return True


def _lead_to(request: HttpRequest, url: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    query = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
    return HttpResponseRedirect(f"{url}{query}")


def _mark_refused_forms(request: HttpRequest, response: HttpResponse) -> None:
    """A page of allauth that shows a form with errors answers 422, as every page of ours does."""
    match = request.resolver_match
    if request.method != "POST" or response.status_code != 200 or match is None:
        return
    if match.view_name.startswith(("account_", "mfa_")):
        context: dict[str, Any] = getattr(response, "context_data", None) or {}
        forms: list[Any] = [context.get(name) for name in ("form", "webauthn_form")]
        sent = [form for form in forms if getattr(form, "is_bound", False)]
        codes = {error.code for form in sent for errors in form.errors.as_data().values() for error in errors}
        if codes:
            response.status_code = 429 if "too_many_login_attempts" in codes else 422


def signed_in(request: HttpRequest) -> User:
    """The user of a request that only signed-in people can make."""
    return cast("User", request.user)


def typed_in(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, be it nothing at all; None where the page was only asked for."""
    return request.POST if request.method == "POST" else None
