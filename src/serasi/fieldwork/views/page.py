"""The page for work without signal: its shell, its manifest, its service worker. Nothing here is of a person.

The shell is kept on the phone by the service worker, and the same for everybody: who is there, and what they carry, the
page asks for itself (`views.pocket`).
"""

import hashlib
import json
from functools import lru_cache
from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from serasi.access.engine_page import page_of_forms
from serasi.fieldwork.page_words import words_of_field

FILES: Final = ("dist/serasi.css", "dist/field.js", "dist/fill.js", "dist/icons.svg", "common/icon.svg")
"""What the page is made of."""


@page_of_forms
@login_not_required
@require_safe
def page(_request: HttpRequest) -> HttpResponse:
    """The shell; kept by the phone, asked for anew when there is another."""
    return _asked_for_anew(HttpResponse(_shell()))


@login_not_required
@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """What the home screen of a phone wants to know."""
    icon = {"src": static("common/icon.svg"), "type": "image/svg+xml", "sizes": "any"}
    facts = {
        "id": reverse("fieldwork:page"),
        "name": _("Serasi Lapangan"),
        "short_name": "Serasi",
        "lang": get_language(),
        "start_url": reverse("fieldwork:page"),
        "scope": reverse("fieldwork:page"),
        "display": "standalone",
        "background_color": "#f4f6f7",
        "theme_color": "#0b3c4f",
        "icons": [icon | {"purpose": "any"}, icon | {"purpose": "maskable"}],
    }
    return _asked_for_anew(JsonResponse(facts, content_type="application/manifest+json"))


@login_not_required
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker, told what the shell is made of; it is another whenever a part of the shell is another."""
    files = [*(static(name) for name in FILES), reverse("fieldwork:page_manifest")]
    program = _program()
    name = hashlib.sha256("\n".join((_shell(), program, *files)).encode()).hexdigest()[:16]
    shell = {"name": f"serasi-field-{name}", "page": reverse("fieldwork:page"), "files": files}
    text = f"self.SHELL = {json.dumps(shell)};\n{program}"
    return _asked_for_anew(HttpResponse(text, content_type="text/javascript; charset=utf-8"))


for _view in (page, manifest, worker):
    _view.needs_no_database = True  # type: ignore[attr-defined]  # and the same for everybody: browsers may keep it


def _shell() -> str:
    return render_to_string("fieldwork/page.html", {"words": words_of_field()})


@lru_cache(maxsize=1)
def _program() -> str:
    """As it was built."""
    path: Any = finders.find("dist/field-worker.js") or staticfiles_storage.path("dist/field-worker.js")
    try:
        with open(path, encoding="utf-8") as built:
            return built.read()
    except FileNotFoundError:
        raise Http404 from None


def _asked_for_anew(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-cache"
    return response
