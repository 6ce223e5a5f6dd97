"""Opening a stay, and what can be chosen as a place: the one way every page comes by them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from serasi.access.enums import Subject
from serasi.access.looks import log_look
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.permissions import may
from serasi.common.components import Link
from serasi.people.models import Person
from serasi.residence.enums import Property
from serasi.residence.forms import PlaceChoices
from serasi.residence.forms.place import BED, FLOOR
from serasi.residence.models import Bed, Occupancy, Room, Stay
from serasi.residence.permissions import OVERRIDE, SEE_BOARD
from serasi.residence.presenters import place_words
from serasi.residence.queries import day_at, isolates, suggested_beds


@dataclass(frozen=True, slots=True)
class LoadedStay:
    """A stay this reader may see, with the name they may read and where the person is now."""

    stay: Stay
    reader: User
    name: str
    now: Occupancy | None

    @property
    def caption(self) -> str:
        return self.name

    @property
    def lead(self) -> str:
        return self.place

    def may(self, code: str) -> bool:
        """As the operations ask: it reaches the stay and the house."""
        return may(self.reader, code, on=self.stay) and may(self.reader, code, on=self.stay.unit)

    @property
    def has_place(self) -> bool:
        return self.now is not None and self.now.room_id is not None

    @property
    def place(self) -> str:
        """Where the person is, or where their bed waits; nothing once the stay is over."""
        now = self.now
        if now is None:
            return ""
        if now.room is None or now.ward is None:
            return _("Tidak ada tempat di rumah ini; sudah dilepas")
        return place_words(now.ward.name, now.room.name, now.bed.label if now.bed else "")

    def placing(self, *, waiting: str = "") -> dict[str, Any]:
        """What a `PlacingForm` asks for: where this person can be put, and whether objections may be overridden.

        Whoever may spread something is suggested isolation, until somebody who knows has looked.
        """
        one = self.stay
        apart = [Property.ISOLATION] if isolates(stay=one, reader=self.reader) else []
        needs = list(dict.fromkeys([*one.needs, *apart]))
        choices = choices_in(one.unit, person=one.person, reader=self.reader, needs=needs, waiting=waiting)
        return {"choices": choices, "may_override": self.may(OVERRIDE)}

    @property
    def url(self) -> str:
        return reverse("residence:stay", args=[self.stay.pk])

    def part(self, name: str) -> str:
        """The address of a page below this stay."""
        return reverse(f"residence:{name}", args=[self.stay.pk])

    def trail(self, *more: Link) -> list[Link]:
        here = Link(f"#{self.stay.tag}", self.url if more else "")
        return [Link(_("Hunian"), reverse("residence:board", args=[self.stay.unit_id])), here, *more]


def load_stay(request: HttpRequest, stay_id: UUID, purpose: str) -> LoadedStay:
    """The stay, if this reader may see it; otherwise a 404 that does not say why. Opening it is logged."""
    reader = signed_in(request)
    if not reader.is_authenticated:
        raise Http404
    found = Stay.objects.visible_to(reader).select_related("unit", "person", "case", "came_from__unit")
    stay = get_object_or_404(found, pk=stay_id)
    if request.method == "GET":
        log_look(by=reader, subject=Subject.PERSON, subject_id=stay.person_id, purpose=purpose, unit_id=stay.unit_id)
    now = Occupancy.objects.filter(stay=stay).at(timezone.now()).select_related("ward", "room", "bed").first()
    return LoadedStay(stay, reader, stay.person.shown_name(to=reader), now)


def choices_in(
    unit: Unit,
    *,
    person: Person,
    reader: User,
    needs: Sequence[str] = (),
    at: datetime | None = None,
    waiting: str = "",
    with_suggestions: bool = True,
) -> PlaceChoices:
    """The beds that suit, then every bed that is free, and the floor of every room. Six statements."""
    at = at or timezone.now()
    day = day_at(unit, at)
    suggested = (
        suggested_beds(person=person, unit=unit, at=at, reader=reader, needs=needs, most=5) if with_suggestions else []
    )
    taken = Occupancy.objects.at(at).filter(unit=unit, bed__isnull=False).values("bed_id")
    beds = Bed.objects.visible_to(reader).of(unit).in_service_on(day)
    if with_suggestions:  # what is written of the past may be about a bed that is taken by now
        beds = beds.exclude(pk__in=taken)
    by_ward: dict[str, list[tuple[str, str]]] = {}
    for pk, label, room, ward in beds.order_by(
        "room__ward__position", "room__ward__name", "room__position", "room__name", "position", "label"
    ).values_list("pk", "label", "room__name", "room__ward__name"):
        words = _("%(room)s, tempat tidur %(bed)s") % {"room": room, "bed": label}
        by_ward.setdefault(ward, []).append((f"{BED}:{pk}", words))
    rooms = Room.objects.visible_to(reader).of(unit).open_on(day)
    for pk, room, ward in rooms.order_by("ward__position", "ward__name", "position", "name").values_list(
        "pk", "name", "ward__name"
    ):
        by_ward.setdefault(ward, []).append((f"{FLOOR}:{pk}", _("%s, di lantai") % room))
    return PlaceChoices(unit, suggested, [*by_ward.items()], waiting)


def load_house(request: HttpRequest, unit_id: UUID, **read_with: Any) -> tuple[User, Any]:
    """A house whose board this reader may see, with what is read along; otherwise a 404 that does not say why."""
    reader = signed_in(request)
    unit = get_object_or_404(Unit.objects.reached_by(reader, SEE_BOARD).annotate(**read_with), pk=unit_id)
    return reader, unit
