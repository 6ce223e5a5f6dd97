"""Words of a search stay out of addresses: a name typed into a search box must not stand in a history or a log.

Nor does what a person is found to be. A search form is posted with the hidden field ``_cari``. The words go into the
session, on the server, and the browser is sent to the same page with a key in their place (``?cari=…``), which can be
reloaded, paged and gone back to. To the view the words are in ``request.GET`` as if they had been sent there; links
made from the query leave them out. A browser with script is spared the second journey: it is answered at once, and told
the address.
"""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict

PRIVATE_WORDS = frozenset({"q", "jenis_ppks"})
"""Fields of filter and search forms that may hold a name or a number of a person, or a kind of PPKS beside one."""
MARK, KEY = "_cari", "cari"
_KEPT = "private_words"
MOST_KEPT = 30
LONGEST = 200


class PrivateWordsMiddleware:
    """Stands after the checks of session and form token, before the view's transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_answered_by_part(request):
            response.headers["HX-Push-Url"] = request.get_full_path()
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if getattr(view, "reads_its_own_body", False):
            return None  # a door for devices: how much comes, and whether it can be read, is its own matter
        if request.method == "POST" and MARK in request.POST:
            query = _kept_query(request)
            if request.headers.get("HX-Request") != "true":
                return HttpResponseRedirect(f"{request.path}?{query.urlencode()}", status=303)
            request.method, request.GET = "GET", query  # type: ignore[assignment]
            request.META["QUERY_STRING"] = query.urlencode()
            request.is_answered_by_part = True  # type: ignore[attr-defined]
        key = request.GET.get(KEY, "")
        if key:
            words = request.session.get(_KEPT, {}).get(key)
            if words:
                query = request.GET.copy()
                query.update(words)
                request.GET = query  # type: ignore[assignment]
        return None


def is_answered_by_part(request: HttpRequest) -> bool:
    """Whether the words came by script, which puts only the page's main part in place."""
    return getattr(request, "is_answered_by_part", False)


def _kept_query(request: HttpRequest) -> QueryDict:
    """The posted fields as a query, the private ones kept on the server under a key."""
    query, private = QueryDict(mutable=True), {}
    for name, values in request.POST.lists():
        if name in PRIVATE_WORDS:
            if any(values):
                private[name] = values[-1].replace("\x00", "")[:LONGEST]
        elif name not in {MARK, KEY, "csrfmiddlewaretoken"}:
            query.setlist(name, [value for value in values if value])
    if private:
        query[KEY] = kept_words(request, private)
    return query


def kept_words(request: HttpRequest, private: Mapping[str, str]) -> str:
    """The key under which a page finds these words as if they had been searched for: `?cari=` and the key."""
    kept = dict(list(request.session.get(_KEPT, {}).items())[-MOST_KEPT + 1 :])
    key = secrets.token_urlsafe(6)
    request.session[_KEPT] = {**kept, key: dict(private)}
    return key
