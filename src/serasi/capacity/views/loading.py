"""Opening a house for the pages of this app."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.permissions import may
from serasi.capacity.permissions import SEE_OUTLOOK, SEE_PLACES, SEE_WAITING
from serasi.common.components import Link, Tab


def load_house(request: HttpRequest, unit_id: UUID, permission: str) -> tuple[User, Unit]:
    """The house, if this reader reaches it with the permission; otherwise a 404 that does not say why."""
    reader = signed_in(request)
    found = get_object_or_404(Unit.objects.reached_by(reader, permission).select_related("institution"), pk=unit_id)
    return reader, found


def trail_of(unit: Unit, *more: Link) -> list[Link]:
    above = [Link(_("Hunian"), reverse("residence:boards")), Link(_("Prakiraan"), reverse("capacity:houses"))]
    return [*above, Link(unit.short_name, reverse("capacity:house", args=[unit.pk]) if more else ""), *more]


_TABS = (
    ("capacity:house", gettext_lazy("Prakiraan"), SEE_OUTLOOK),
    ("capacity:waiting", gettext_lazy("Daftar tunggu"), SEE_WAITING),
    ("capacity:outside", gettext_lazy("Dapat tinggal di luar"), SEE_WAITING),
    ("capacity:elsewhere", gettext_lazy("Tempat di lembaga lain"), SEE_PLACES),
)


def tabs_of(unit: Unit, reader: User, here: str) -> list[Tab]:
    """The pages about the room in one house that this reader may open."""
    return [
        Tab(str(label), reverse(name, args=[unit.pk]), current=name == here)
        for name, label, permission in _TABS
        if may(reader, permission, on=unit)
    ]
