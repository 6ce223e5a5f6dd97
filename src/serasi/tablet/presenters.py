"""One's own page in plain words."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from serasi.access.models import User
from serasi.cases.enums import GoalResult
from serasi.common.components import Link, Status, Tone
from serasi.daily.enums import DayChange
from serasi.daily.queries import Slot, now_and_next
from serasi.tablet.queries import OwnGoal, OwnView

_TONES: dict[GoalResult, tuple[Tone, str]] = {
    GoalResult.ACHIEVED: ("good", "circle-check"),
    GoalResult.PARTLY: ("info", "check"),
    GoalResult.NOT_YET: ("neutral", "clock"),
    GoalResult.DROPPED: ("neutral", "x"),
}


def place(view: OwnView) -> str:
    """Ward, room and bed in one line; nothing where the person has no place now."""
    now = view.place
    if now is None or now.room is None or now.ward is None:
        return ""
    words = f"{now.ward.name}, {now.room.name}"
    return f"{words}, {_('tempat tidur %s') % now.bed.label}" if now.bed else words


def result(goal: OwnGoal) -> Status:
    """How far a goal is, as it was found last."""
    if goal.result is None:
        return Status(_("Belum dilihat bersama"), "neutral")
    tone, icon = _TONES[goal.result]
    return Status(str(goal.result.label), tone, icon)


@dataclass(frozen=True, slots=True)
class OwnHour:
    """A line of one's own day. ``status`` says what is now, what comes next, and what is otherwise today."""

    slot: Slot
    words: str
    status: Status | None
    is_now: bool


def day(view: OwnView, at: datetime) -> list[OwnHour]:
    """Today from morning to evening, in the time of the house."""
    if view.stay is None:
        return []
    clock = at.astimezone(ZoneInfo(view.stay.unit.time_zone)).time()
    now, coming = now_and_next(view.day, clock)
    return [OwnHour(one, _words(one), _status(one, now, coming), one is now) for one in view.day]


def _words(slot: Slot) -> str:
    """Where, with whom, and why it is otherwise today."""
    usual = _("biasanya %s") % f"{slot.usual_from:%H.%M}" if slot.usual_from else ""
    return " · ".join(part for part in (slot.place, slot.leader, usual, slot.reason) if part)


def _status(slot: Slot, now: Slot | None, coming: Slot | None) -> Status | None:
    if slot.is_cancelled:
        return Status(str(DayChange.CANCELLED.label), "bad", "x")
    if slot is now:
        return Status(pgettext("jadwal", "Sekarang"), "primary", "clock")
    if slot is coming:
        return Status(pgettext("jadwal", "Berikutnya"), "info", "arrow-right")
    return Status(str(DayChange.MOVED.label), "warn") if slot.is_moved else None


_ONWARD = (
    ("foyer:mine", "foyer.own.see", gettext_lazy("Yang boleh saya lakukan hari ini")),
    ("cycles:own", "cycles.cycle.see", gettext_lazy("Tinjauan saya, dan penilaian saya sendiri")),
    ("safety:raise", "safety.concern.raise", gettext_lazy("Sampaikan keluhan atau kekhawatiran")),
    ("safety:concerns", "safety.concern.raise", gettext_lazy("Jawaban atas keluhan saya")),
)


def onward(view: OwnView, reader: User) -> list[Link]:
    """Where one's own page leads, as far as this access reaches. A complaint about the house goes past the house."""
    found = [Link(str(words), reverse(name)) for name, code, words in _ONWARD if reader.scope.has(code)]
    return [*found, Link(_("Data saya"), reverse("people:person", args=[view.person.pk]))]
