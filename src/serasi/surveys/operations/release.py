"""The data set without identity is taken out; who took it and for what is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation, require
from serasi.assessments.queries import form_of, language_of
from serasi.common.identifiers import uuid7
from serasi.institutions.enums import RegionLevel
from serasi.surveys.models import Release, Survey
from serasi.surveys.permissions import RELEASE
from serasi.surveys.queries.dataset import Dataset, dataset_of
from serasi.surveys.queries.reading import interviews_of, read_all


@dataclass(frozen=True, slots=True)
class Taken:
    release: Release
    dataset: Dataset


@operation(RELEASE)
def take_dataset(*, id: UUID, survey: Survey, level: int, purpose: str, by: User, at: datetime) -> Taken:
    """Everything that stands, without identity; what was taken, how fine and by whom is written down with it."""
    require(by, RELEASE, on=survey)
    if level not in RegionLevel.values:
        raise Refused(_("Pilih tingkat wilayah."), field="level")
    if not purpose.strip():
        raise Refused(_("Tulis untuk apa data ini dipakai."), field="purpose")
    form = form_of(survey.edition_id)
    told = read_all(interviews_of(survey, by))
    if not told:
        raise Refused(_("Belum ada wawancara yang masuk."))
    dataset = dataset_of(form, told, level=level, language=language_of(form))
    facts: dict[str, Any] = {"survey": survey, "level": level, "purpose": purpose.strip()}
    release = Release.objects.filter(pk=id, taken_by=by, **facts).first() or Release.objects.create(
        id=uuid7() if Release.objects.filter(pk=id).exists() else id,  # the page stays open after a download
        **facts,
        rows=dataset.count,
        unique_rows=dataset.unique,
        taken_by=by,
        taken_at=at,
    )
    return Taken(release, dataset)
