"""Which instruments there are, and which fit a case."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from serasi.access.models import User
from serasi.assessments.models import Assessment, Edition
from serasi.assessments.raters import may_fill
from serasi.cases.models import Case
from serasi.cases.models.part import readable_tags

if TYPE_CHECKING:
    from serasi.assessments.querysets import EditionQuerySet


def catalogue(reader: User, *, words: str = "", kind: str = "") -> "EditionQuerySet":
    """The newest open edition of every instrument this reader may use, by title."""
    found = Edition.objects.visible_to(reader).newest().select_related("instrument__unit").order_by("title")
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(description__icontains=word) | Q(instrument__code=word))
    return found.filter(kind=kind) if kind else found


@dataclass(frozen=True, slots=True)
class Choice:
    """An instrument that may be begun in a case, and whether it fits; ``open_filling`` is one that goes on already."""

    edition: Edition
    fits_age: bool
    fits_cluster: bool
    is_mine: bool
    latest_on: date | None
    open_filling: Assessment | None

    @property
    def is_suggested(self) -> bool:
        return self.fits_age and self.fits_cluster and self.is_mine


def choices_for(case: Case, reader: User, *, age: int | None, clusters: frozenset[str]) -> list[Choice]:
    """What may be filled in this case by this reader, what fits first (2 queries)."""
    editions = [
        one
        for one in Edition.objects.visible_to(reader).newest().select_related("instrument").order_by("title")
        if set(one.tags) <= set(readable_tags(reader))
    ]
    latest: dict[object, date] = {}
    open_ones: dict[object, Assessment] = {}
    for filling in Assessment.objects.filter(case=case, voided_at=None).select_related("edition"):
        if filling.is_open:
            open_ones[filling.edition_id] = filling
        else:
            instrument = filling.edition.instrument_id
            latest[instrument] = max(latest.get(instrument, date.min), filling.assessed_on)
    found = [
        Choice(
            edition=one,
            fits_age=one.fits_age(age),
            fits_cluster=not one.clusters or not clusters.isdisjoint(one.clusters),
            is_mine=any(
                may_fill(reader, raters) for raters in [one.raters, *(part["raters"] for part in one.sections)]
            ),
            latest_on=latest.get(one.instrument_id),
            open_filling=open_ones.get(one.pk),
        )
        for one in editions
    ]
    return sorted(found, key=lambda one: not one.is_suggested)
