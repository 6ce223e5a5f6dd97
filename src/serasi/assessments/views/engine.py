"""Where the engine finds the form and the answers of a filling, or of an edition that is tried."""

from uuid import UUID

from django.urls import reverse

from serasi.access.engine_page import Engine
from serasi.access.models import User
from serasi.assessments.filling_words import words_of_filling
from serasi.assessments.models import Assessment


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
