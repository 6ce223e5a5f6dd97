"""Choosing a place: the beds that suit, each with its reasons; then every other bed, and the floor of every room."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.access.models import Unit
from serasi.common.forms import ChoiceField, RadioField
from serasi.residence.models import Bed, Room
from serasi.residence.queries import SuggestedBed

OTHER, WAITING = "other", "waiting"
BED, FLOOR = "bed", "floor"


@dataclass(frozen=True, slots=True)
class PlaceChoices:
    """What can be chosen in a house: suggestions first, then by ward."""

    unit: Unit
    suggested: Sequence[SuggestedBed]
    by_ward: Sequence[tuple[str, list[tuple[str, str]]]]
    waiting: str = ""
    """The words of the bed that waited, when someone comes back to it."""

    @property
    def first(self) -> str:
        """What is chosen unless somebody chooses otherwise: the bed that waited, the best suggestion."""
        if self.waiting:
            return WAITING
        return f"{BED}:{self.suggested[0].bed_id}" if self.suggested else OTHER


class SuggestedField(RadioField):
    """The beds that suit. What was a suggestion when the page was drawn is taken, whatever has happened since."""

    default_error_messages = {"required": gettext_lazy("Pilih tempatnya.")}

    def __init__(self, choices: PlaceChoices, **kwargs: Any) -> None:
        lines = [(f"{BED}:{one.bed_id}", _suggestion(one)) for one in choices.suggested]
        if choices.waiting:
            lines.insert(0, (WAITING, choices.waiting))
        super().__init__(choices=[*lines, (OTHER, _("Tempat lain, atau di lantai"))], **kwargs)

    def valid_value(self, value: Any) -> bool:
        return super().valid_value(value) or _parts(str(value)) is not None


class OtherField(ChoiceField):
    """Any bed of the house, or the floor of a room."""

    def __init__(self, choices: PlaceChoices, **kwargs: Any) -> None:
        super().__init__(choices=list(choices.by_ward), **kwargs)

    def valid_value(self, value: Any) -> bool:
        return _parts(str(value)) is not None


def _suggestion(one: SuggestedBed) -> str:
    place = _("%(ward)s, %(room)s, tempat tidur %(bed)s") % {"ward": one.ward, "room": one.room, "bed": one.label}
    return f"{place} — {'; '.join(one.reasons)}"


def _parts(value: str) -> tuple[str, UUID] | None:
    kind, _colon, text = value.partition(":")
    try:
        return (kind, UUID(text)) if kind in {BED, FLOOR} else None
    except ValueError:
        return None


def chosen_place(room_id: UUID | None, bed_id: UUID | None) -> str:
    """A place as the fields of this module spell it."""
    return f"{BED}:{bed_id}" if bed_id else f"{FLOOR}:{room_id}" if room_id else ""


def place_of(form: forms.Form, unit: Unit) -> tuple[Room | None, Bed | None]:
    """The room and the bed that were chosen; nothing and nothing is the bed that waited. Raises ValidationError."""
    chosen, name = form.cleaned_data.get("place", ""), "place"
    if chosen == OTHER:
        chosen, name = form.cleaned_data.get("other", ""), "other"
    if chosen == WAITING:
        return None, None
    parts = _parts(chosen)
    if parts is None:
        raise ValidationError({name: _("Pilih kamar dan tempat tidurnya.")})
    kind, pk = parts
    if kind == BED:
        bed = Bed.objects.of(unit).select_related("room__ward__unit").filter(pk=pk).first()
        if bed is not None:
            return bed.room, bed
    else:
        room = Room.objects.of(unit).select_related("ward__unit").filter(pk=pk).first()
        if room is not None:
            return room, None
    raise ValidationError({name: _("Tempat ini tidak ada di unit ini. Pilih lagi.")})
