"""What was recorded of a whole ward between two moments: its roll calls and its rounds."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from serasi.access.models import User
from serasi.daily.enums import Answer, RoundKind
from serasi.daily.models import RollCall, Round
from serasi.residence.models import Ward

ROLL_CALL = "roll_call"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A roll call (``kind`` is `ROLL_CALL`, ``found`` the heads) or a round (``found`` is what was usual)."""

    kind: str
    record_id: UUID
    at: datetime
    by: str
    found: str

    @property
    def is_roll_call(self) -> bool:
        return self.kind == ROLL_CALL

    @property
    def label(self) -> str:
        return "" if self.is_roll_call else str(RoundKind(self.kind).label)

    @property
    def usual(self) -> str:
        return "" if self.is_roll_call else str(Answer(self.found).label)


def recorded(*, ward: Ward, since: datetime, until: datetime, reader: User) -> list[Recorded]:
    """In the order in which it was done. One statement."""
    between = {"ward": ward, "taken_at__gte": since, "taken_at__lte": until}
    of_roll_calls = (
        RollCall.objects.visible_to(reader)
        .filter(**between)
        .order_by()
        .annotate(
            what=Value(ROLL_CALL, CharField()),
            by_name=F("written_by__full_name"),
            words=Cast("counted", CharField()),
        )
        .values_list("what", "pk", "taken_at", "by_name", "words")
    )
    of_rounds = (
        Round.objects.visible_to(reader)
        .in_force()
        .filter(**between)
        .order_by()
        .annotate(what=Cast("kind", CharField()), by_name=F("written_by__full_name"), words=Cast("usual", CharField()))
        .values_list("what", "pk", "taken_at", "by_name", "words")
    )
    return [Recorded(*row) for row in of_roll_calls.union(of_rounds, all=True).order_by("taken_at")]
