"""Where the engine finds the form and the answers of an interview."""

from django.urls import reverse

from serasi.access.engine_page import Engine
from serasi.access.models import User
from serasi.assessments.filling_words import words_of_filling
from serasi.surveys.models import Draft


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
