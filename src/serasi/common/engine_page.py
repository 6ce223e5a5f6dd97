"""A page whose form is filled by the engine (`frontend/js/fill/`): where it finds things, and what it may compile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import HttpResponse

V = TypeVar("V", bound=Callable[..., HttpResponse])
_ALLOWED = {"script-src": [SELF, "'wasm-unsafe-eval'"], "img-src": ["blob:"]}


def page_of_forms(view: V) -> V:
    """Only these pages may compile WebAssembly and show pictures just taken; everything else of the policy stays."""
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
