"""The house somebody reports from: which it may be, who lives there, who works there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from serasi.access.models import Posting, Unit, User
from serasi.access.registry import permission
from serasi.access.scope import today
from serasi.common.names import fold
from serasi.residence.models import Occupancy, Stay
from serasi.safety.queries.names import names_in

MOST_OFFERED = 12


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody who lives here, as this reader may know them."""

    stay_id: UUID
    label: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Whom one may tick: who is ticked already, then who is found, of how many."""

    ticked: list[Resident]
    found: list[Resident]
    total: int

    @property
    def shown(self) -> list[Resident]:
        return [*self.ticked, *self.found]


def houses_of(reader: User, code: str) -> list[Unit]:
    """The open units where this reader holds a permission."""
    return list(Unit.objects.reached_by(reader, code).open())


def residents_on_offer(
    *, unit: Unit, reader: User, at: datetime, ticked: Collection[UUID] = (), words: str = ""
) -> Offer:
    """Who lives in the house, found by part of a name or by number tag; whoever the reader may not know, by tag alone.

    Three queries. A small house is offered whole.
    """
    here = Occupancy.objects.visible_to(reader).of(unit).at(at).order_by("tag").values_list("stay_id", "tag")
    tags = dict(here)
    stays = dict(Stay.objects.reached_by(reader).filter(pk__in=list(tags)).values_list("pk", "person_id"))
    names = names_in(reader, stays.values()).known
    everyone = [
        Resident(stay_id, f"{names[stays[stay_id]]} · #{tag}" if stays.get(stay_id) in names else f"#{tag}")
        for stay_id, tag in tags.items()
    ]
    everyone.sort(key=lambda one: one.label.startswith("#"))
    chosen = [one for one in everyone if one.stay_id in ticked]
    sought = _key(words)
    others = [
        one
        for one in everyone
        if one.stay_id not in ticked
        and (not words or sought in _key(one.label) or words.strip("# ") == tags[one.stay_id])
    ]
    return Offer(chosen, others[:MOST_OFFERED], len(everyone))


def staff_of(unit: Unit, code: str | None = None) -> QuerySet[User]:
    """Who works in a unit today, or holds a permission there."""
    posted = Posting.objects.in_force(today()).filter(unit=unit)
    if code is not None:
        posted = posted.filter(role__in=permission(code).held_by)
    return User.objects.filter(is_active=True, pk__in=posted.values("user")).order_by("full_name")


def _key(text: str) -> str:
    """Text as it is compared, however a name is spelt."""
    return " ".join(map(fold, text.replace("·", " ").split()))
