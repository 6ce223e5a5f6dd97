"""Where the engine finds the form and the answers of a filling, or of an edition that is tried."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse

from serasi.access.models import User
from serasi.assessments.filling_words import words_of_filling
from serasi.assessments.models import Assessment
from serasi.assessments.queries import Medium
from serasi.common.engine_page import Engine


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
