"""The door of the standard: machines come with a token of their own; every answer is JSON in its envelope.

A peer gets a token for its client id and secret (OAuth 2.0, client credentials) and brings it with every message. What
is refused is told in the standard's words with a status of HTTP; nothing here ever leads to a page of signing in.
"""

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from serasi.access.models import User
from serasi.access.operations import acting
from serasi.common.identifiers import uuid7
from serasi.exchange.enums import Action
from serasi.exchange.messages import LARGEST, NotTaken, refused
from serasi.exchange.openapi import openapi
from serasi.exchange.operations import receive
from serasi.exchange.queries.keys import published_keys
from serasi.exchange.queries.peers import TOKEN_SECONDS, peer_of_client, peer_of_token, token_for

View = Callable[..., HttpResponse]
_LONGEST_TOKEN: Final = 1000


def _door(*methods: str) -> Callable[[View], View]:
    """An address of the standard: no session, no form, no page."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @wraps(view)
        def answered(request: HttpRequest, **named: Any) -> HttpResponse:
            if request.method not in methods:
                refusal = NotTaken("err.request.bad", f"Only {' and '.join(methods)} here.", status=405)
                return _refusal(refusal, {"Allow": ", ".join(methods)})
            try:
                return view(request, **named)
            except NotTaken as refusal:
                asks = {"WWW-Authenticate": 'Bearer realm="Serasi"'} if refusal.status == 401 else {}
                return _refusal(refusal, asks)

        answered.reads_its_own_body = True  # type: ignore[attr-defined]
        return answered

    return decorate


def _message(action: Action, *, is_sync: bool = False) -> View:
    """The door of one kind of message."""

    @_door("POST")
    def take(request: HttpRequest) -> HttpResponse:
        body = _body(request)
        kind, _space, token = request.headers.get("Authorization", "").partition(" ")
        at = timezone.now()
        with acting(User.objects.system(), "exchange.dci"):
            is_bearer = kind.lower() == "bearer" and len(token) <= _LONGEST_TOKEN
            peer = peer_of_token(token.strip()) if is_bearer else None
            if peer is None:
                raise NotTaken("err.request.unauthorized", "An access token is needed: /oauth2/client/token.")
            taken = receive(peer=peer, action=action, is_sync=is_sync, body=body, at=at)
        headers = {"Retry-After": str(taken.retry_after)} if taken.retry_after else {}
        return JsonResponse(taken.body, status=taken.status, headers=headers)

    return take


search = _message(Action.SEARCH)
subscribe = _message(Action.SUBSCRIBE)
unsubscribe = _message(Action.UNSUBSCRIBE)
txn_status = _message(Action.STATUS)
sync_search = _message(Action.SEARCH, is_sync=True)
sync_txn_status = _message(Action.STATUS, is_sync=True)


@_door("POST")
def token(request: HttpRequest) -> HttpResponse:
    """A token for a client id and its secret, by Basic, as a form or as JSON (RFC 6749, 4.4)."""
    try:
        given = _credentials(request, _body(request))
    except NotTaken as refusal:
        return _oauth_error("invalid_request", refusal.status)
    if given.get("grant_type") != "client_credentials":
        return _oauth_error("unsupported_grant_type", 400)
    with acting(User.objects.system(), "exchange.dci.token"):
        peer = peer_of_client(given.get("client_id", ""), given.get("client_secret", ""))
        today = timezone.localdate(timezone=timezone.get_default_timezone())
        if peer is None or not peer.is_in_force(today):
            return _oauth_error("invalid_client", 401)
        told = {"access_token": token_for(peer), "token_type": "Bearer", "expires_in": TOKEN_SECONDS}
    return JsonResponse(told, headers={"Pragma": "no-cache"})


def _credentials(request: HttpRequest, body: bytes) -> dict[str, str]:
    given: dict[str, str] = {}
    try:
        if request.content_type == "application/json":
            read = json.loads(body)
            given = {str(name): value for name, value in read.items() if isinstance(value, str)}
        else:
            given = {name: str(value) for name, value in QueryDict(body, encoding="utf-8").items()}
        kind, _space, basic = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() == "basic":
            given["client_id"], _colon, given["client_secret"] = (
                base64.b64decode(basic, validate=True).decode().partition(":")
            )
    except (ValueError, AttributeError, RecursionError, binascii.Error, SuspiciousOperation):
        raise NotTaken("err.request.bad", "unreadable") from None
    return given


def _oauth_error(error: str, status: int) -> HttpResponse:
    headers = {"WWW-Authenticate": 'Basic realm="Serasi", charset="UTF-8"'} if status == 401 else {}
    return JsonResponse({"error": error}, status=status, headers=headers)


@_door("GET", "HEAD")
def jwks(_request: HttpRequest) -> HttpResponse:
    """The public keys of this installation."""
    with acting(User.objects.system(), "exchange.dci.jwks"):
        return JsonResponse({"keys": published_keys(timezone.now())})


@_door("GET", "HEAD")
def locations(request: HttpRequest) -> HttpResponse:
    """Where the doors are, by their names."""
    names = {
        "search": "dci_search",
        "subscribe": "dci_subscribe",
        "unsubscribe": "dci_unsubscribe",
        "txn_status": "dci_txn_status",
        "sync_search": "dci_sync_search",
        "sync_txn_status": "dci_sync_txn_status",
        "token": "dci_token",
        "jwks": "dci_jwks",
        "openapi": "dci_openapi",
    }
    places = {name: request.build_absolute_uri(reverse(f"exchange:{view}")) for name, view in names.items()}
    return JsonResponse({"receiver_id": settings.SERASI_EXCHANGE_ID, "version": "1.0.0", "locations": places})


@_door("GET", "HEAD")
def described(_request: HttpRequest) -> HttpResponse:
    """What this registry takes and answers, as OpenAPI."""
    return JsonResponse(openapi())


def _body(request: HttpRequest) -> bytes:
    """What was sent, if it is not too much. Raises NotTaken."""
    too_much = NotTaken("err.request.bad", "The message is larger than 256 KiB.", status=413)
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if length > LARGEST:
        raise too_much
    try:
        return request.body
    except (RequestDataTooBig, UnreadablePostError):
        raise too_much from None


def _refusal(refusal: NotTaken, headers: Mapping[str, str]) -> HttpResponse:
    body = refused(refusal, str(uuid7()), timezone.now())
    return JsonResponse(body, status=refusal.status, headers=dict(headers))
