"""What a shift leaves to the next, gathered from the facts between two moments."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from serasi.access.models import User
from serasi.daily.enums import Outcome
from serasi.daily.models import DailyNote, Dose, RollCallMark, RoundEntry, ShiftHandover, VitalSigns, VitalsResponse
from serasi.daily.queries.residents import Resident
from serasi.daily.queries.roll_calls import still_missing
from serasi.daily.queries.vitals import vitals_practice
from serasi.residence.enums import State
from serasi.residence.models import Ward


@dataclass(frozen=True, slots=True)
class Left:
    """What happened in a shift that the next should know; ``residents`` are those of the ward now, by stay."""

    missing: list[RollCallMark]
    arrived: list[Resident]
    hospital: list[Resident]
    away: list[Resident]
    doses: list[tuple[Resident | None, Dose]]
    notes: list[tuple[Resident | None, DailyNote]]
    unusual: list[tuple[Resident | None, RoundEntry]]
    vitals: list[tuple[Resident | None, VitalSigns, list[str]]]
    """Beyond the limits of the unit, and what was done about it."""

    @property
    def is_quiet(self) -> bool:
        return not any(
            (
                self.missing,
                self.arrived,
                self.hospital,
                self.away,
                self.doses,
                self.notes,
                self.unusual,
                self.vitals,
            )
        )


def left_by(
    *, ward: Ward, here: dict[UUID, Resident], since: datetime, until: datetime, reader: User, every_note: bool = False
) -> Left:
    """Gathered for a reader, of whom they may read. Four statements; five where vital signs are taken.

    ``every_note`` for the summary of a day; a hand-over takes the notes that were marked for the next shift.
    """
    notes = DailyNote.objects.visible_to(reader).filter(ward=ward).between(since, until).select_related("written_by")
    doses = (
        Dose.objects.visible_to(reader)
        .in_force()
        .filter(stay__in=list(here), happened_at__gte=since, happened_at__lt=until)
        .exclude(outcome=Outcome.GIVEN)
        .select_related("prescription")
        .order_by("happened_at")
    )
    entries = (
        RoundEntry.objects.visible_to(reader)
        .filter(round__ward=ward, round__taken_at__gte=since, round__taken_at__lt=until)
        .select_related("round")
        .order_by("round__taken_at")
    )
    return Left(
        missing=[one for one in still_missing(ward=ward, reader=reader) if one.roll_call.taken_at < until],
        arrived=[one for one in here.values() if one.came_at and since <= one.came_at < until],
        hospital=[one for one in here.values() if one.state is State.HOSPITAL],
        away=[one for one in here.values() if one.state in {State.LEAVE, State.ABSCONDED}],
        doses=[(here.get(one.stay_id), one) for one in doses],
        notes=[
            (here.get(one.stay_id) if one.stay_id else None, one)
            for one in (notes if every_note else notes.filter(is_handed_on=True))
        ],
        unusual=[(here.get(one.stay_id), one) for one in entries.unlike_the_usual()],
        vitals=_beyond_limits(here, since=since, until=until, reader=reader) if vitals_practice(ward.unit) else [],
    )


def _beyond_limits(
    here: dict[UUID, Resident], *, since: datetime, until: datetime, reader: User
) -> list[tuple[Resident | None, VitalSigns, list[str]]]:
    done = VitalsResponse.objects.filter(vital_signs=OuterRef("pk")).order_by("written_at").values("words")
    found: Any = (
        VitalSigns.objects.visible_to(reader)
        .beyond_limits()
        .filter(stay__in=list(here))
        .between(since, until)
        .annotate(done=ArraySubquery(done))
        .order_by("measured_at")
    )
    return [(here.get(one.stay_id), one, one.done) for one in found]


def unread(*, ward: Ward, reader: User) -> list[ShiftHandover]:
    """What was handed to this ward and nobody has read yet, the oldest first. One statement."""
    return list(
        ShiftHandover.objects.visible_to(reader)
        .unread()
        .filter(ward=ward)
        .select_related("written_by")
        .order_by("written_at")
    )
