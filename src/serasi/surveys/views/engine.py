"""What the page of an interview needs whose form is filled by the engine: addresses, words, and WebAssembly."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpResponse
from django.urls import reverse

from serasi.access.models import User
from serasi.assessments.filling_words import words_of_filling
from serasi.surveys.models import Draft

V = TypeVar("V", bound=Callable[..., HttpResponse])
_ALLOWED = {"script-src": [SELF, "'wasm-unsafe-eval'"], "img-src": ["blob:"]}


def page_of_forms(view: V) -> V:
    """Only these pages may compile WebAssembly; everything else of the policy stays."""
    return cast("V", csp_update(_ALLOWED)(view))


@dataclass(frozen=True, slots=True)
class Engine:
    """Where the script finds the form and the answers, and where it sends them."""

    form_url: str
    answers_url: str
    save_url: str
    file_url: str
    media_url: str
    me: str
    words: Mapping[str, str]


def engine_of(draft: Draft, reader: User) -> Engine:
    return Engine(
        form_url=reverse("assessments:xform", args=[draft.edition_id]),
        answers_url=reverse("surveys:typed", args=[draft.pk]),
        save_url=reverse("surveys:keep", args=[draft.pk]),
        file_url=reverse("surveys:put_file", args=[draft.pk]),
        media_url=reverse("surveys:medium", args=[draft.pk, "-"]).removesuffix("-"),
        me=str(reader),
        words=words_of_filling(),
    )
