"""The data set without identity is taken out; who took it and for what is kept."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation, require
from serasi.common.identifiers import uuid7
from serasi.institutions.enums import RegionLevel
from serasi.surveys.models import Release, Survey
from serasi.surveys.permissions import RELEASE
from serasi.surveys.queries.dataset import standing_alone
from serasi.surveys.questionnaire import questionnaire_of


@operation(RELEASE)
def take_dataset(*, id: UUID, survey: Survey, level: int, purpose: str, by: User, at: datetime) -> Release:
    """Everything that stands, without identity; what was taken, how fine and by whom is written down with it.

    The file itself is `queries.write_dataset`, within the same transaction.
    """
    require(by, RELEASE, on=survey)
    if level not in RegionLevel.values:
        raise Refused(_("Pilih tingkat wilayah."), field="level")
    if not purpose.strip():
        raise Refused(_("Tulis untuk apa data ini dipakai."), field="purpose")
    found = standing_alone(survey, questionnaire_of(survey.edition_id), by)[RegionLevel(level)]
    if not found.interviews:
        raise Refused(_("Belum ada wawancara yang masuk."))
    facts: dict[str, Any] = {"survey": survey, "level": level, "purpose": purpose.strip()}
    return Release.objects.filter(pk=id, taken_by=by, **facts).first() or Release.objects.create(
        id=uuid7() if Release.objects.filter(pk=id).exists() else id,  # the page stays open after a download
        **facts,
        rows=found.interviews,
        unique_rows=found.unique,
        taken_by=by,
        taken_at=at,
    )
