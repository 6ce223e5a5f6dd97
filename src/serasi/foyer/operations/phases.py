"""An edition of phases: drafted from the one in force or from what is shipped, adapted, put in force, never changed."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require, save_changes
from serasi.common.identifiers import uuid7
from serasi.foyer.models import Phase, PhaseSet
from serasi.foyer.permissions import DESIGN
from serasi.foyer.queries import edition_in_force
from serasi.foyer.reference import shipped_phases
from serasi.residence.queries import day_at

FEWEST_PHASES = 2


class EditionInForce(Refused):
    message = _("Edisi ini sudah berlaku dan tidak diubah lagi. Susun edisi baru.")


@operation(DESIGN, creates=PhaseSet)
def draft_edition(*, id: UUID, unit: Unit, by: User, at: datetime) -> PhaseSet:
    """Begin an edition: a copy of the one in force, or of the phases that are shipped when this is the first."""
    require(by, DESIGN, on=unit)
    before = edition_in_force(unit)
    latest = PhaseSet.objects.filter(unit=unit).aggregate(latest=Max("number"))["latest"] or 0
    drafted = PhaseSet.objects.create(
        id=id,
        unit=unit,
        number=latest + 1,
        note="" if before else shipped_phases().edition.name,
        written_by=by,
        written_at=at,
    )
    source = _phases_of(before) if before else _shipped()
    Phase.objects.bulk_create(Phase(id=uuid7(), phase_set=drafted, **facts) for facts in source)
    return drafted


_COPIED = (
    "order", "name", "purpose", "least_weeks", "outing", "radius", "out_from", "curfew_weekday", "curfew_weekend",
    "phone", "phone_hours", "money_per_week", "money_held_by", "room", "guests", "duties", "evidence",
)  # fmt: skip
_TIMES = frozenset({"out_from", "curfew_weekday", "curfew_weekend"})


def _phases_of(edition: PhaseSet) -> Iterator[dict[str, Any]]:
    for phase in edition.phases.order_by("order"):
        yield {name: getattr(phase, name) for name in _COPIED}


def _shipped() -> Iterator[dict[str, Any]]:
    for phase in shipped_phases():
        yield {
            name: time.fromisoformat(value) if name in _TIMES else list(value) if isinstance(value, tuple) else value
            for name in _COPIED
            for value in [getattr(phase, name)]
        }


@operation(DESIGN)
def change_phase(*, phase: Phase, revision: int, by: User, at: datetime, **facts: Any) -> Phase:
    """Word a phase of a draft anew. Raises EditionInForce, Conflict."""
    _require_draft(phase.phase_set, by)
    save_changes(phase, revision=revision, **facts)
    return phase


@operation(DESIGN, creates=Phase)
def add_phase(*, id: UUID, phase_set: PhaseSet, by: User, at: datetime, **facts: Any) -> Phase:
    """One more phase at the end of a draft."""
    _require_draft(phase_set, by)
    latest = phase_set.phases.aggregate(latest=Max("order"))["latest"] or 0
    return Phase.objects.create(id=id, phase_set=phase_set, order=latest + 1, **facts)


@operation(DESIGN)
def remove_phase(*, phase: Phase, by: User, at: datetime) -> None:
    """Take a phase out of a draft; two at least are left."""
    _require_draft(phase.phase_set, by)
    if phase.phase_set.phases.count() <= FEWEST_PHASES:
        raise Refused(_("Paling sedikit dua fase. Ubah isinya saja."))
    phase.delete()


@operation(DESIGN)
def put_in_force(*, phase_set: PhaseSet, by: User, at: datetime) -> PhaseSet:
    """From today new agreements are made with this edition; older ones keep theirs."""
    _require_draft(phase_set, by)
    phase_set.in_force_since = day_at(phase_set.unit, at)
    phase_set.save(update_fields=["in_force_since"])
    return phase_set


@operation(DESIGN)
def drop_edition(*, phase_set: PhaseSet, by: User, at: datetime) -> None:
    """Give a draft up."""
    _require_draft(phase_set, by)
    phase_set.delete()


def _require_draft(phase_set: PhaseSet, by: User) -> None:
    require(by, DESIGN, on=phase_set)
    held = PhaseSet.objects.select_for_update(no_key=True).get(pk=phase_set.pk)
    if not held.is_draft:
        raise EditionInForce
