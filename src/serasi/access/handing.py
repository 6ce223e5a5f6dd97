"""A form that comes later than it was typed is handed to its own page, as if it had been sent there now.

The same person, the same checks, the same answer: what a page refuses from a browser it refuses from here. It runs
within a savepoint, so that what was refused has changed nothing and can be kept in the same transaction.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, Final, Self
from uuid import UUID

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.messages.storage import default_storage
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.db import IntegrityError, connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.template.response import SimpleTemplateResponse
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.dateparse import parse_datetime
from django_htmx.middleware import HtmxDetails

from serasi.access.middleware import refusal, signed_in
from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.access.operations.device import on_page
from serasi.common.encryption import keyring
from serasi.common.envelopes import open_envelope
from serasi.common.identifiers import is_uuid7, uuid7

CLOSED: Final = (
    *("account_", "mfa_", "set_language"),
    *("access:sign_out", "access:lock", "access:account", "access:outbox"),
)
"""Pages whose forms never wait: the door, one's own account, and these pages themselves."""
LONGEST_WAIT: Final = timedelta(days=14)
"""A moment further back than this is not believed: the clock of the phone was wrong."""
MOST_A_MINUTE: Final = 300
"""Sendings of one person: what a phone brings home after an evening without signal passes in a minute."""
UNREADABLE: Final = (ValueError, LookupError, TypeError, RecursionError, SuspiciousOperation, MultiPartParserError)


@dataclass(frozen=True, slots=True)
class Sealed:
    """What an envelope holds: a line of JSON about the form, then the body as the browser would have sent it."""

    id: UUID
    user_id: str
    address: str
    label: str
    typed_at: datetime
    content_type: str
    body: bytes

    @classmethod
    def read(cls, envelope: bytes) -> Self:
        """Raises one of `UNREADABLE` for whatever no page of ours has sealed."""
        line, _newline, body = open_envelope(envelope, keyring()).partition(b"\n")
        told = json.loads(line)
        facts = {name: str(told[name]) for name in ("id", "user", "address", "label", "at", "type")}
        entry_id, typed_at = UUID(facts["id"]), parse_datetime(facts["at"])
        is_local = facts["address"].startswith("/") and not facts["address"].startswith("//")
        if not is_uuid7(entry_id) or typed_at is None or typed_at.tzinfo is None or not is_local:
            raise ValueError("not an entry")
        if len(facts["address"]) > 300 or len(facts["type"]) > 200 or any("\x00" in told for told in facts.values()):
            raise ValueError("not an entry")
        return cls(entry_id, facts["user"], facts["address"], facts["label"][:80], typed_at, facts["type"], body)


def is_too_many(user: User) -> bool:
    """Whether one person sends more than `MOST_A_MINUTE`, this one counted: taken or not, fit or not."""
    key = f"outbox:{user.pk}:{int(timezone.now().timestamp()) // 60}"
    cache.add(key, 0, timeout=60)
    return cache.incr(key) > MOST_A_MINUTE


@dataclass(frozen=True, slots=True)
class Handed:
    """What the page answered. ``status`` is 423 where it asked who is there before anything else."""

    status: int
    response: HttpResponse | None = None
    messages: list[Any] = field(default_factory=list)

    @property
    def is_taken(self) -> bool:
        return self.status < 400

    @property
    def page_again(self) -> HttpResponse | None:
        """The page of the form, drawn again with what was wrong; None where it is there no more for this person."""
        is_drawn = self.status in {409, 422} and self.response is not None and b"<form" in self.response.content
        return self.response if is_drawn else None


@dataclass(frozen=True, slots=True)
class Posted:
    """What a form was sent with: its fields and its files."""

    fields: QueryDict
    files: "MultiValueDict[str, Any]"

    @classmethod
    def read(cls, request: HttpRequest, content_type: str, body: bytes) -> Self:
        """As the body of a request says it. Raises what Django raises for a body that is none."""
        sent = _bare(request, "/", "", content_type, body)
        return cls(sent.POST, sent.FILES)


def moment_typed(request: HttpRequest) -> datetime:
    """When the person sent the form: now, or when their phone kept it. Never in the future."""
    typed_at, now = getattr(request, "typed_at", None), timezone.now()
    return typed_at if typed_at is not None and now - LONGEST_WAIT < typed_at < now else now


def hand_over(
    request: HttpRequest,
    address: str,
    posted: Posted,
    *,
    typed_at: datetime,
    held: UUID | None = None,
    only_look: bool = False,
) -> Handed:
    """Send what was typed to the form at ``address`` for the person of ``request``.

    ``held`` is the entry whose page this is; with ``only_look`` nothing stays, whatever the form says.
    """
    path, _query, query = address.partition("?")
    try:
        match = resolve(path)
    except Resolver404:
        return Handed(404)
    if match.view_name.startswith(CLOSED):
        return Handed(403)
    sent = _request(request, match, path, query, posted)
    sent.typed_at, sent.held_entry = typed_at, held
    before = _Before(request.session)
    try:
        with transaction.atomic():
            handed = _asked(sent, match)
            if only_look or not handed.is_taken:
                transaction.set_rollback(True)  # nothing of it stays
                before.restore()
                return handed
            with connection.cursor() as cursor:  # what would break at the end of the transaction breaks here
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        before.restore()
        return Handed(422)
    return handed


class _Before:
    """A session as it was: no transaction takes back what a page has put into it."""

    def __init__(self, session: Any) -> None:
        self._session, self._kept, self._was_modified = session, dict(session.items()), session.modified

    def restore(self) -> None:
        for name in set(self._session.keys()) - self._kept.keys():
            del self._session[name]
        self._session.update(self._kept)
        self._session.modified = self._was_modified


def _bare(request: HttpRequest, path: str, query: str, content_type: str = "", body: bytes = b"") -> Any:
    """A request as the server would get it from the same browser, before anything has looked at it."""
    plain = {key: value for key, value in request.META.items() if not key.startswith(("HTTP_HX_", "HTTP_X_OUTBOX"))}
    about = {"REQUEST_METHOD": "POST", "PATH_INFO": path, "QUERY_STRING": query, "CONTENT_TYPE": content_type}
    return WSGIRequest({**plain, **about, "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)})


def _request(request: HttpRequest, match: ResolverMatch, path: str, query: str, posted: Posted) -> Any:
    """The request that the browser would have made, with the session and the token of the one at hand."""
    sent = _bare(request, path, query)
    sent._post, sent._files = posted.fields, posted.files
    sent.session, sent.user, sent.resolver_match = request.session, request.user, match
    sent.LANGUAGE_CODE = getattr(request, "LANGUAGE_CODE", "")
    sent.htmx = HtmxDetails(sent)
    sent._messages = default_storage(sent)
    return sent


def _asked(sent: Any, match: ResolverMatch) -> Handed:
    """What the page says; every way in which it refuses is a status."""
    try:
        with on_page(signed_in(sent).pk, match.view_name, uuid7()):
            response = match.func(sent, *match.args, **match.kwargs)
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                response = response.render()
    except Refused as refused:
        response = refusal(sent, refused)
    except Http404:
        return Handed(404)
    except PermissionDenied:
        return Handed(403)
    except SuspiciousOperation:
        return Handed(400)
    except ReauthenticationRequired:
        return Handed(423)
    if _leads_to_the_door(response):
        return Handed(423)
    return Handed(response.status_code, response, list(sent._messages._queued_messages))


def _leads_to_the_door(response: HttpResponse) -> bool:
    if "Location" not in response:
        return False
    try:
        return resolve(response["Location"].partition("?")[0]).view_name.startswith(("account_", "mfa_"))
    except Resolver404:
        return False
