"""Short notes: a few words about a ward, one resident, or several."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from serasi.access.models import User
from serasi.access.operations import operation, require
from serasi.common.identifiers import uuid7
from serasi.daily.models import DailyNote
from serasi.daily.permissions import WRITE_NOTE
from serasi.residence.models import Stay, Ward
from serasi.residence.operations import require_in_house


@operation(WRITE_NOTE, creates=DailyNote)
def write_note(
    *,
    id: UUID,
    ward: Ward,
    stays: Sequence[Stay],
    kind: str,
    text: str,
    is_handed_on: bool,
    by: User,
    at: datetime,
) -> DailyNote:
    """Write a note of each of these residents, or of the ward when there are none; returns the first."""
    require(by, WRITE_NOTE, on=ward)
    for stay in stays:
        require_in_house(by, WRITE_NOTE, stay)
    made = DailyNote.objects.bulk_create(
        DailyNote(
            id=id if number == 0 else uuid7(),
            unit_id=ward.unit_id,
            ward=ward,
            stay=stay,
            written_as=id,
            kind=kind,
            text=text.strip(),
            is_handed_on=is_handed_on,
            written_by=by,
            written_at=at,
        )
        for number, stay in enumerate(stays or (None,))
    )
    return made[0]
