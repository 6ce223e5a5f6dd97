"""A page whose form is filled by the engine (`frontend/js/fill/`): where it finds things, what it may compile, and how
what it sends is read and answered, whatever the form is filled for.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, Generic, Protocol, TypeVar, cast
from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from serasi.access.middleware import signed_in
from serasi.access.operations import NotAllowed, Refused
from serasi.common.identifiers import is_uuid7

V = TypeVar("V", bound=Callable[..., HttpResponse])
E = TypeVar("E")
_ALLOWED = {"script-src": [SELF, "'wasm-unsafe-eval'"], "img-src": ["blob:"], "media-src": [SELF, "blob:"]}
LARGEST_SENDING: Final = 2 * 1024 * 1024
"""Bytes of JSON in one sending of answers."""
_MOST_ANSWERS: Final = 2**31 - 1


def page_of_forms(view: V) -> V:
    """Only these pages may compile WebAssembly, and show and play what is in memory; the rest of the policy stays."""
    return cast("V", csp_update(_ALLOWED)(view))


@dataclass(frozen=True, slots=True)
class Engine:
    """Where the script finds the form and the answers, and where it sends them; nothing is sent without an address."""

    form_url: str
    answers_url: str
    save_url: str
    file_url: str
    media_url: str
    """Where the files that the form names are; the name follows."""
    me: str
    words: Mapping[str, str]


# --- what the page sends


class Unreadable(Refused):
    """What was sent is not what the page sends."""

    message = _("Kiriman ini tidak terbaca. Muat ulang halaman.")


def answers_the_page(view: V) -> V:
    """What is refused is said to the page itself, which shows it where the answer stands."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotAllowed:
            raise
        except Refused as refused:
            return JsonResponse({"message": str(refused.message)}, status=422)

    return cast("V", answered)


@dataclass(frozen=True, slots=True)
class Sending(Generic[E]):
    """Answers as they were typed, and up to which one the page has heard of those of others."""

    entries: list[E]
    cursor: int


def read_sending(request: HttpRequest, entry: Callable[[Any], E], *, most: int) -> Sending[E]:
    """What the page sends of answers; ``entry`` reads one and may raise what a wrong value raises.

    One more than ``most`` is read, so that too many can be told from enough. Raises Unreadable.
    """
    if len(request.body) > LARGEST_SENDING:
        raise Unreadable(_("Kiriman terlalu besar. Kirim jawaban sedikit demi sedikit."))
    try:
        sent = json.loads(request.body)
        entries, cursor = list(sent.get("entries", [])), int(sent.get("cursor", 0))
        return Sending([entry(one) for one in entries[: most + 1]], max(0, min(cursor, _MOST_ANSWERS)))
    except (ValueError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise Unreadable from error


def id_sent(given: object) -> UUID:
    """The id that the page gave to an answer or a file. Raises Unreadable."""
    try:
        found = UUID(str(given))
    except ValueError as error:
        raise Unreadable from error
    if not is_uuid7(found):
        raise Unreadable
    return found


class Named(Protocol):
    @property
    def name(self) -> str: ...


def kept_file(request: HttpRequest, keep: Callable[..., Named], **of: Any) -> JsonResponse:
    """A photo, drawing or sound as the page sends it, kept by this operation; the answer then names it."""
    wanted, file = id_sent(request.POST.get("id")), request.FILES.get("file")
    if file is None:
        raise Unreadable(_("Pilih berkasnya."), field="file")
    path = request.POST.get("path", "")
    kept = keep(id=wanted, path=path, content=file.read(), by=signed_in(request), at=timezone.now(), **of)
    return JsonResponse({"name": kept.name})


# --- what the page asks for


class Served(Protocol):
    """A file that a form names."""

    @property
    def name(self) -> str: ...
    @property
    def media_type(self) -> str: ...
    @property
    def content(self) -> bytes: ...


def medium_answer(media: Iterable[Served], name: str) -> HttpResponse:
    """One of the files that a form names."""
    found = next((one for one in media if one.name == name), None)
    if found is None:
        raise Http404
    is_text = found.media_type.startswith("text/")
    return HttpResponse(found.content, content_type=f"{found.media_type}{'; charset=utf-8' if is_text else ''}")


def as_file(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file of an answer, shown and never run."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=False, filename=name) or "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
