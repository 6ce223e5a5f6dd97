"""What a page needs whose forms are filled by the engine: WebAssembly, and pictures that were just taken."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast
from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_update
from django.http import Http404, HttpResponse
from django.urls import reverse

from serasi.access.models import User
from serasi.assessments.filling_words import words_of_filling
from serasi.assessments.models import Assessment
from serasi.assessments.queries import Medium

V = TypeVar("V", bound=Callable[..., HttpResponse])
_ALLOWED = {"script-src": [SELF, "'wasm-unsafe-eval'"], "img-src": ["blob:"]}


def page_of_forms(view: V) -> V:
    """Only these pages may compile WebAssembly; everything else of the policy stays."""
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


def engine_of(filling: Assessment, reader: User) -> Engine:
    """For a filling that is open."""
    return Engine(
        form_url=_form_url(filling.edition_id),
        answers_url=reverse("assessments:answers", args=[filling.pk]),
        save_url=reverse("assessments:keep", args=[filling.pk]),
        file_url=reverse("assessments:put_file", args=[filling.pk]),
        media_url=_media_url("assessments:medium", filling.pk),
        me=str(reader),
        words=words_of_filling(),
    )


def medium_answer(media: Iterable[Medium], name: str) -> HttpResponse:
    """One of the files that a form names."""
    found = next((one for one in media if one.name == name), None)
    if found is None:
        raise Http404
    return HttpResponse(found.content, content_type=f"{found.media_type}; charset=utf-8")


def first_part(filling: Assessment) -> str:
    """Where it is filled without script: the page of the first part."""
    name = next((section["name"] for section in filling.edition.sections), "-")
    return reverse("assessments:part", args=[filling.pk, name])


def trial_of(edition_id: UUID, reader: User) -> Engine:
    """To try an edition: nothing is kept."""
    blank = reverse("assessments:blank", args=[edition_id])
    media = _media_url("assessments:medium_of_edition", edition_id)
    return Engine(_form_url(edition_id), blank, "", "", media, str(reader), words_of_filling())


def _form_url(edition_id: UUID) -> str:
    return reverse("assessments:xform", args=[edition_id])


def _media_url(name: str, id: UUID) -> str:
    return reverse(name, args=[id, "-"]).removesuffix("-")
