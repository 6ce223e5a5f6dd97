"""One's own page in plain words."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.access.models import User
from serasi.cases.enums import GoalResult
from serasi.common.components import Link, Status, Tone
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
