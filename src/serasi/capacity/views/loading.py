"""Opening a house or a file for the pages of this app."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.access.enums import Subject
from serasi.access.looks import log_look
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.permissions import may
from serasi.capacity.permissions import SEE_OUTLOOK, SEE_PLACES, SEE_WAITING
from serasi.cases.models import Case
from serasi.cases.queries.header import with_person
from serasi.common.components import Link, Tab


def load_house(request: HttpRequest, unit_id: UUID, permission: str) -> tuple[User, Unit]:
    """The house, if this reader reaches it with the permission; otherwise a 404 that does not say why."""
    reader = signed_in(request)
    found = Unit.objects.reached_by(reader, permission).select_related("institution").filter(pk=unit_id).first()
    if found is None:
        raise Http404
    return reader, found


def load_case(request: HttpRequest, case_id: UUID, purpose: str) -> tuple[User, Case]:
    """The file, if this reader may open it; otherwise a 404 that does not say why. Opening it is logged."""
    reader = signed_in(request)
    files = with_person(Case.objects.visible_to(reader), reader).select_related("unit")
    case = files.filter(pk=case_id).first()
    if case is None:
        raise Http404
    if request.method == "GET":
        log_look(by=reader, subject=Subject.CASE, subject_id=case.pk, purpose=purpose, unit_id=case.unit_id)
    return reader, case


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
