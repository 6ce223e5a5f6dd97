"""One's own page in plain words."""

from django.utils.translation import gettext as _

from serasi.cases.enums import GoalResult
from serasi.common.components import Status, Tone
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
