"""What happened: in one stay, line by line, corrections included; and in all beds of a house between two moments."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from serasi.access.models import Unit, User
from serasi.people.models import Person
from serasi.residence.enums import Ending, MovementKind, State
from serasi.residence.models import Movement, Occupancy, Stay
from serasi.residence.queries.board import known_people


@dataclass(frozen=True, slots=True)
class Line:
    """A movement as people read it. Not in force: it was corrected, by whom and why, and what stands instead."""

    movement_id: UUID
    kind: MovementKind
    happened_at: datetime
    ward: str
    room: str
    bed: str
    keeps_bed: bool
    reason: str
    destination: str
    expected_at: datetime | None
    ending: Ending | None
    overridden: tuple[str, ...]
    override_reason: str
    written_by: str
    written_at: datetime
    corrected_at: datetime | None
    corrected_by: str
    corrected_why: str
    replaces: UUID | None

    @property
    def is_in_force(self) -> bool:
        return self.corrected_at is None


@dataclass(frozen=True, slots=True)
class Span:
    """A time in a place. ``until`` is None while it lasts; no bed is the floor, no room is nowhere."""

    room_id: UUID | None
    bed_id: UUID | None
    tag: str
    name: str
    stay_id: UUID | None
    state: State
    since: datetime
    until: datetime | None


def stays_of(*, person: Person, reader: User) -> list[Stay]:
    """Where a person lives and lived, the latest first, as far as the reader may see. One statement."""
    return list(
        Stay.objects.visible_to(reader)
        .filter(person=person, period__isempty=False)
        .select_related("unit", "case")
        .order_by("-period")
    )


def story_of(*, stay: Stay, reader: User) -> list[Line]:
    """Everything that was ever written of a stay, in the order of what happened. One statement."""
    rows = (
        Movement.objects.visible_to(reader)
        .filter(stay=stay)
        .select_related("room__ward", "bed", "written_by", "superseded_by")
        .order_by("happened_at", "written_at")
    )
    return [
        Line(
            movement_id=row.pk,
            kind=MovementKind(row.kind),
            happened_at=row.happened_at,
            ward=row.room.ward.name if row.room else "",
            room=row.room.name if row.room else "",
            bed=row.bed.label if row.bed else "",
            keeps_bed=row.keeps_bed,
            reason=row.reason,
            destination=row.destination,
            expected_at=row.expected_at,
            ending=Ending(row.ending) if row.ending else None,
            overridden=tuple(row.overridden),
            override_reason=row.override_reason,
            written_by=row.written_by.full_name,
            written_at=row.written_at,
            corrected_at=row.superseded_at,
            corrected_by=row.superseded_by.full_name if row.superseded_by else "",
            corrected_why=row.superseded_reason,
            replaces=row.replaces_id,
        )
        for row in rows
    ]


def spans(*, unit: Unit, since: datetime, until: datetime, reader: User) -> list[Span]:
    """Who was where in a house between two moments, for a view of a month. Five statements."""
    between = DateTimeTZRange(since, until)
    stays = dict(
        Stay.objects.reached_by(reader).of(unit).filter(period__overlap=between).values_list("pk", "person_id")
    )
    people = known_people(reader, stays.values())
    rows = (
        Occupancy.objects.visible_to(reader)
        .of(unit)
        .filter(period__overlap=between)
        .order_by("period")
        .values_list("stay_id", "room_id", "bed_id", "tag", "state", "period")
    )
    found = []
    for stay_id, room_id, bed_id, tag, state, period in rows:
        person = people.get(stays[stay_id]) if stay_id in stays else None
        found.append(
            Span(
                room_id=room_id,
                bed_id=bed_id,
                tag=tag,
                name=person.shown_name(to=reader) if person else "",
                stay_id=stay_id if person else None,
                state=State(state),
                since=period.lower,
                until=period.upper,
            )
        )
    return found
