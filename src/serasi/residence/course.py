"""What may follow what in a stay: one small machine, asked by every operation that writes, corrections included."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from django.utils.translation import gettext_lazy as _

from serasi.residence.enums import MovementKind, State

_STATE_AFTER: Final = {
    MovementKind.ARRIVED: State.PRESENT,
    MovementKind.RETURNED: State.PRESENT,
    MovementKind.LEAVE: State.LEAVE,
    MovementKind.HOSPITAL: State.HOSPITAL,
    MovementKind.ABSCONDED: State.ABSCONDED,
}


class Step(Protocol):
    """What the machine reads of a movement."""

    @property
    def kind(self) -> str: ...
    @property
    def happened_at(self) -> datetime: ...
    @property
    def room_id(self) -> Any: ...
    @property
    def keeps_bed(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand after some movements; ``state`` is None before arrival and after the end."""

    state: State | None = None
    has_place: bool = False
    is_ended: bool = False


def objection_to(standing: Standing, step: Step) -> Any:
    """Why this cannot happen as things stand; None when it can."""
    kind, state, has_place = MovementKind(step.kind), standing.state, standing.has_place
    is_in, is_out = state is State.PRESENT, state not in {State.PRESENT, None}
    returns, releases = kind is MovementKind.RETURNED, kind is MovementKind.RELEASED
    impossible = (
        (standing.is_ended, _("Masa tinggal ini sudah selesai; betulkan dahulu mutasi selesainya.")),
        (
            state is None and kind is not MovementKind.ARRIVED,
            _("Mutasi pertama harus mutasi masuk."),
        ),
        (state is not None and kind is MovementKind.ARRIVED, _("Orang ini sudah masuk. Catat pindah atau kembali.")),
        (is_in and returns, _("Orang ini ada di tempat. Catat dahulu kapan ia pergi, lalu kembalinya.")),
        (is_in and releases, _("Orang ini ada di tempat, jadi tempat tidurnya tidak dapat dilepas.")),
        (is_out and _STATE_AFTER.get(kind) is state, _("Keadaan ini sudah tercatat. Catat dahulu kembalinya.")),
        (is_out and releases and not has_place, _("Tempatnya sudah dilepas.")),
        (
            is_out and returns and not has_place and step.room_id is None,
            _("Tempatnya sudah dilepas. Pilih kamar dan tempat tidur untuk kembali."),
        ),
    )
    return next((words for is_so, words in impossible if is_so), None)


def after(standing: Standing, step: Step) -> Standing:
    """How things stand once this has happened."""
    kind = MovementKind(step.kind)
    if kind is MovementKind.ENDED:
        return Standing(is_ended=True)
    state = _STATE_AFTER.get(kind, standing.state)
    if step.room_id is not None:
        return Standing(state, has_place=True)
    gives_up = kind is MovementKind.RELEASED or (
        kind in {MovementKind.LEAVE, MovementKind.HOSPITAL, MovementKind.ABSCONDED} and not step.keeps_bed
    )
    return Standing(state, has_place=standing.has_place and not gives_up)


def objection_to_course(steps: Iterable[Step]) -> Any:
    """The first thing in a whole history that cannot have happened so; None when there is none."""
    standing = Standing()
    for step in sorted(steps, key=lambda step: step.happened_at):
        objection = objection_to(standing, step)
        if objection is not None:
            return objection
        standing = after(standing, step)
    return None
