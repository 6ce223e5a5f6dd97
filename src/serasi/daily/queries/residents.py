"""Who lives in a ward at a moment, as far as the reader may know: the start of every page of a day."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from serasi.access.models import Unit, User
from serasi.people.enums import Confidentiality
from serasi.residence.enums import State
from serasi.residence.models import Occupancy, Stay, Ward
from serasi.residence.queries.board import known_people


@dataclass(frozen=True, slots=True)
class Resident:
    """Someone of a ward. ``name`` is what this reader may read; empty when they may not know who it is."""

    stay_id: UUID
    ward_id: UUID
    tag: str
    state: State
    room: str
    bed: str
    due_back: datetime | None
    case_id: UUID | None
    came_at: datetime | None
    name: str
    is_known: bool
    is_guarded: bool

    @property
    def shown(self) -> str:
        return self.name or f"#{self.tag}"

    @property
    def on_paper(self) -> str:
        """What a sheet that hangs somewhere may say: of the guarded the number tag alone."""
        return f"#{self.tag}" if self.is_guarded else self.shown

    @property
    def is_present(self) -> bool:
        return self.state is State.PRESENT


def residents(*, at: datetime, reader: User, ward: Ward | None = None, unit: Unit | None = None) -> list[Resident]:
    """Everyone of a ward, or of a house, room by room; whom the reader may not know by number tag. Four statements."""
    where: Any = {"ward": ward} if ward is not None else {"unit": unit, "ward__isnull": False}
    rows: Any = (
        Occupancy.objects.visible_to(reader)
        .at(at)
        .filter(**where)
        .order_by("room__position", "room__name", "bed__position", "bed__label", "tag")
        .values_list("stay_id", "tag", "state", "room__name", "bed__label", "expected_at", "ward_id")
    )
    taken = list(rows)
    if not taken:
        return []
    ids = [row[0] for row in taken]
    stays = {
        pk: (person, case, period)
        for pk, person, case, period in Stay.objects.reached_by(reader)
        .filter(pk__in=ids)
        .values_list("pk", "person_id", "case_id", "period")
    }
    people = known_people(reader, [person for person, _case, _period in stays.values()])
    found = []
    for stay_id, tag, state, room, bed, due_back, ward_id in taken:
        person_id, case_id, period = stays.get(stay_id, (None, None, None))
        person = people.get(person_id) if person_id is not None else None
        found.append(
            Resident(
                stay_id=stay_id,
                ward_id=ward_id,
                tag=tag,
                state=State(state),
                room=room or "",
                bed=bed or "",
                due_back=due_back,
                case_id=case_id if person else None,
                came_at=period.lower if person and period else None,
                name=person.shown_name(to=reader) if person else "",
                is_known=person is not None,
                is_guarded=person is None or person.confidentiality != Confidentiality.ORDINARY,
            )
        )
    return found
