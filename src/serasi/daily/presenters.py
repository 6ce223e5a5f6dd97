"""Wording and arrangement of the day's pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serasi.common.components import Link, Status, Task
from serasi.daily.enums import Mark, RoundKind, ShiftName
from serasi.daily.models import DailyNote
from serasi.daily.queries import Recorded, Resident, Shift
from serasi.daily.queries.recorded import ROLL_CALL
from serasi.residence.models import Ward

ROUNDS_OF: Final[Mapping[ShiftName, tuple[RoundKind, ...]]] = {
    ShiftName.MORNING: (
        RoundKind.BREAKFAST,
        RoundKind.BATH,
        RoundKind.TEETH,
        RoundKind.CLOTHES,
        RoundKind.LUNCH,
    ),
    ShiftName.AFTERNOON: (RoundKind.SNACK, RoundKind.BATH, RoundKind.DINNER, RoundKind.BEHAVIOUR),
    ShiftName.NIGHT: (RoundKind.TEETH, RoundKind.CLOTHES, RoundKind.SLEEP),
}
"""Which rounds stand on the page of a shift; the others are one tap further."""

TONES: Final = {
    Mark.PRESENT: "good",
    Mark.OUT: "info",
    Mark.LEAVE: "info",
    Mark.HOSPITAL: "warn",
    Mark.MISSING: "bad",
}


def tasks(ward: Ward, shift: Shift, done: Mapping[str, Recorded], doses: int | None, *, may_write: bool) -> list[Task]:
    """What this shift has to do, in the order of doing it, with what is done already; who reads is led nowhere."""

    def url(name: str, *args: Any) -> str:
        return reverse(f"daily:{name}", args=[ward.pk, *args]) if may_write else ""

    found = [
        Task(
            _("Apel"),
            url("take_roll_call"),
            _state(done.get(ROLL_CALL)),
            _by(done.get(ROLL_CALL)),
        )
    ]
    if doses is not None:
        words = ngettext("%d menunggu", "%d menunggu", doses) % doses
        state = Status(words, "warn", "clock") if doses else Status(_("Tidak ada yang menunggu"), "good", "check")
        found.append(Task(_("Obat"), reverse("daily:medicine", args=[ward.pk]), state))
    found += [
        Task(str(kind.label), url("round", kind), _state(done.get(kind)), _by(done.get(kind)))
        for kind in ROUNDS_OF[shift.name]
    ]
    return found


def other_rounds(ward: Ward, shift: Shift) -> list[Link]:
    return [
        Link(str(kind.label), reverse("daily:round", args=[ward.pk, kind]))
        for kind in RoundKind
        if kind not in ROUNDS_OF[shift.name]
    ]


def _state(record: Recorded | None) -> Status:
    return Status(_("Sudah"), "good", "check") if record else Status(_("Belum"), "neutral")


def _by(record: Recorded | None) -> str:
    if record is None:
        return ""
    at = timezone.localtime(record.at)
    return _("%(time)s oleh %(who)s") % {"time": f"{at:%H.%M}", "who": record.by}


@dataclass(slots=True)
class ToldNote:
    """A note as it was written: one text, whoever it is about."""

    text: str
    kind: str
    by: str
    at: datetime
    is_handed_on: bool
    who: list[Resident] = field(default_factory=list)

    @property
    def names(self) -> str:
        return ", ".join(one.shown for one in self.who)


def together(notes: Iterable[DailyNote], here: Mapping[UUID, Resident]) -> list[ToldNote]:
    """Rows that were written as one note, of whom the reader may read."""
    found: dict[UUID, ToldNote] = {}
    for one in notes:
        told = found.setdefault(
            one.written_as,
            ToldNote(one.text, one.get_kind_display(), one.written_by.full_name, one.written_at, one.is_handed_on),
        )
        if one.stay_id is not None and one.stay_id in here:
            told.who.append(here[one.stay_id])
    return list(found.values())
