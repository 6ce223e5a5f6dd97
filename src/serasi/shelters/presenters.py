"""How arrivals are worded and arranged for the pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from serasi.access.models import User
from serasi.common.components import Status
from serasi.shelters.enums import Danger, Health, Need, Shown
from serasi.shelters.models import Arrival, Gathering, Outcome
from serasi.shelters.queries import Account

AT_THE_GATE: Final = 3
"""How many numbers stand above the form: came, here, children alone."""


@dataclass(frozen=True, slots=True)
class Line:
    """One arrival in a list."""

    pk: UUID
    tag: int
    group: str
    name: str
    about: str
    states: Sequence[Status]
    is_here: bool
    went: str


@dataclass(frozen=True, slots=True)
class Tile:
    count: int
    label: Any
    url: str
    tone: str = ""
    icon: str = ""
    hint: str = ""


def states_of(arrival: Arrival, *, is_alone: bool) -> list[Status]:
    """What must be seen at once, the worst first."""
    states = [Status(_("Anak tanpa orang dewasa"), "bad", "alert-triangle")] if is_alone else []
    if arrival.health == Health.RED:
        states.append(Status(_("Merah"), "bad"))
    if arrival.health == Health.YELLOW:
        states.append(Status(_("Kuning"), "warn"))
    states += [Status(str(Danger(code).label), "bad") for code in arrival.dangers]
    states += [Status(str(Need(code).label), "info") for code in arrival.needs]
    if arrival.is_late:
        states.append(Status(_("Datang terlambat"), "warn"))
    return states


def line_of(arrival: Any, outcome: Outcome | None, reader: User) -> Line:
    return Line(
        pk=arrival.pk,
        tag=arrival.tag,
        group="" if arrival.group_tag == arrival.tag else str(arrival.group_tag),
        name=arrival.shown_name(to=reader),
        about=about(arrival),
        states=states_of(arrival, is_alone=arrival.is_alone and outcome is None),
        is_here=outcome is None,
        went=went(outcome) if outcome else "",
    )


def about(arrival: Arrival) -> str:
    return _("%(sex)s, ±%(age)d tahun") % {"sex": arrival.get_sex_display(), "age": arrival.age}


def went(outcome: Outcome) -> str:
    kind = str(outcome.get_kind_display())
    return f"{kind}: {outcome.to_unit.short_name}" if outcome.to_unit else kind


def tiles_of(gathering: Gathering, account: Account) -> list[Tile]:
    """Each number leads to the list narrowed to it."""

    def tile(kind: str, count: int, label: Any, tone: str, icon: str, *, hint: str = "") -> Tile:
        url = reverse("shelters:gathering", args=[gathering.pk]) + (f"?tampil={kind}#daftar" if kind else "#daftar")
        return Tile(count, label, url, tone if count else "", icon, hint)

    room = _("dari %d tempat") % gathering.capacity if gathering.capacity else ""
    is_full = bool(gathering.capacity and account.here > gathering.capacity)
    return [
        tile("", account.came, _("Datang"), "", "users"),
        tile(Shown.HERE, account.here, Shown.HERE.label, "warn" if is_full else "", "home", hint=room),
        tile(Shown.ALONE, account.alone, Shown.ALONE.label, "bad", "alert-triangle"),
        tile(Shown.GONE, account.gone, Shown.GONE.label, "good", "check"),
        tile(Shown.RED, account.red, Shown.RED.label, "bad", "heart-handshake"),
        tile(Shown.YELLOW, account.yellow, Shown.YELLOW.label, "warn", "stethoscope"),
        tile(Shown.DANGER, account.in_danger, Shown.DANGER.label, "bad", "alert-circle"),
        tile(Shown.UNMATCHED, account.unmatched, Shown.UNMATCHED.label, "info", "search"),
        *([tile(Shown.LATE, account.late, Shown.LATE.label, "warn", "clock")] if account.late else []),
    ]
