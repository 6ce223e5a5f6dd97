"""What was recorded of a whole ward between two moments: roll calls, rounds, whose vital signs, hand-overs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from serasi.access.models import User
from serasi.daily.enums import Answer, RoundKind, ShiftName
from serasi.daily.models import RollCall, Round, ShiftHandover, VitalSigns
from serasi.residence.models import Ward

ROLL_CALL: Final = "roll_call"
VITALS: Final = "vitals"
HANDOVER: Final = "handover"


@dataclass(frozen=True, slots=True)
class Recorded:
    """``found`` says what: of a roll call (``kind`` is `ROLL_CALL`) the heads, of a round what was usual, of vital
    signs (`VITALS`) whose, by stay, of a hand-over (`HANDOVER`) the shift, with its words and who has read them."""

    kind: str
    record_id: UUID
    at: datetime
    by: str
    found: str
    words: str = ""
    read_by: str = ""

    @property
    def is_roll_call(self) -> bool:
        return self.kind == ROLL_CALL

    @property
    def is_round(self) -> bool:
        return self.kind in RoundKind.values

    @property
    def label(self) -> str:
        if self.kind == HANDOVER:
            return str(ShiftName(self.found).label)
        return str(RoundKind(self.kind).label) if self.is_round else ""

    @property
    def usual(self) -> str:
        return str(Answer(self.found).label) if self.is_round else ""


def recorded(
    *, ward: Ward, since: datetime, until: datetime, reader: User, stays: Iterable[UUID] = ()
) -> list[Recorded]:
    """In the order in which it was done; vital signs of these ``stays``. One statement."""
    between = {"ward": ward, "taken_at__gte": since, "taken_at__lte": until}
    roll_calls = RollCall.objects.visible_to(reader).filter(**between)
    rounds = Round.objects.visible_to(reader).in_force().filter(**between)
    vitals = VitalSigns.objects.visible_to(reader).in_force().filter(stay__in=list(stays))
    handovers = ShiftHandover.objects.visible_to(reader).filter(ward=ward)
    of_all = [
        _rows(roll_calls, Value(ROLL_CALL, CharField()), "taken_at", Cast("counted", CharField())),
        _rows(rounds, Cast("kind", CharField()), "taken_at", Cast("usual", CharField())),
        _rows(
            vitals.filter(measured_at__gte=since, measured_at__lte=until),
            Value(VITALS, CharField()),
            "measured_at",
            Cast("stay_id", CharField()),
        ),
        _rows(
            handovers.filter(written_at__gte=since, written_at__lte=until),
            Value(HANDOVER, CharField()),
            "written_at",
            Cast("shift", CharField()),
            words=Cast("words", CharField()),
            read_by=Coalesce("read_by__full_name", Value(""), output_field=CharField()),
        ),
    ]
    return [Recorded(*row) for row in of_all[0].union(*of_all[1:], all=True).order_by("moment")]


def _rows(
    found: QuerySet[Any], kind: Any, moment: str, said: Any, *, words: Any = None, read_by: Any = None
) -> QuerySet[Any, Any]:
    nothing = Value("", CharField())
    rows: QuerySet[Any, Any] = (
        found.order_by()
        .annotate(
            what=kind,
            moment=F(moment),
            by_name=F("written_by__full_name"),
            said=said,
            told=words or nothing,
            reader_name=read_by or nothing,
        )
        .values_list("what", "pk", "moment", "by_name", "said", "told", "reader_name")
    )
    return rows
