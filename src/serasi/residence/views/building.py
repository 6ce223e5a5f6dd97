"""Building a house: each page is one form on one part of it, and one operation.

An act says its part, its permission, its words, its form and its operation; `house_act` is the rest.
"""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from serasi.access.acting import WRITES, FormPage, written
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.models import Unit
from serasi.access.permissions import may
from serasi.common.components import Link
from serasi.common.forms import ActForm
from serasi.residence import operations
from serasi.residence.forms.house import (
    BedForm,
    BedsForm,
    BuildingChangeForm,
    BuildingForm,
    CriteriaForm,
    LastDayForm,
    LayoutForm,
    OutageForm,
    PutBackForm,
    RoomChangeForm,
    RoomForm,
    WardChangeForm,
    WardForm,
)
from serasi.residence.models import Bed, BedOutage, Building, Room, Ward
from serasi.residence.permissions import BUILD_HOUSE, CLOSE_BED
from serasi.residence.presenters import part_words
from serasi.residence.queries import criteria_now, day_at
from serasi.residence.views.house import trail

View = Callable[..., HttpResponse]
Words = str | Promise

_PARTS: Final[dict[type, tuple[str, QuerySet[Any]]]] = {
    Unit: ("unit", Unit.objects.all()),
    Building: ("building", Building.objects.select_related("unit")),
    Ward: ("ward", Ward.objects.select_related("unit", "building")),
    Room: ("room", Room.objects.select_related("ward__unit")),
    Bed: ("bed", Bed.objects.select_related("room__ward__unit")),
}
"""What the operations call each part of a house, and how it is read."""


def part_of(request: HttpRequest, model: type, pk: UUID, permission: str) -> Any:
    """A part of a house that this user may change; otherwise a 404 that does not say why."""
    found = get_object_or_404(_PARTS[model][1], pk=pk)
    if not may(signed_in(request), permission, on=found):
        raise Http404
    return found


def unit_of(part: Any) -> Unit:
    match part:
        case Unit():
            return part
        case Bed():
            return part.room.ward.unit
        case Room():
            return part.ward.unit
        case _:
            return part.unit  # type: ignore[no-any-return]


def back_to_house(part: Any) -> str:
    return reverse("residence:house", args=[unit_of(part).pk])


def back_to_bed(part: Any) -> str:
    return reverse("residence:bed", args=[part.pk])


def house_act(
    model: type,
    form: type[ActForm],
    act: Callable[..., Any],
    *,
    title: Words,
    done: Words,
    permission: str = BUILD_HOUSE,
    back: Callable[[Any], str] = back_to_house,
    initial: Callable[[Any], dict[str, Any]] | None = None,
    template: str = "common/form_page.html",
) -> View:
    """The page of an act on a part of a house."""

    @open_to(permission)
    @require_http_methods(WRITES)
    def page(request: HttpRequest, **ids: UUID) -> HttpResponse:
        (pk,) = ids.values()
        part = part_of(request, model, pk, permission)
        typed = request.POST if request.method == "POST" else None
        facts = initial(part) if initial else _standing(part, form)
        shown = form.of(part, request, typed) if issubclass(form, LayoutForm) else form(typed, initial=facts)
        unit = unit_of(part)
        above = trail(unit if may(signed_in(request), BUILD_HOUSE, on=unit) else None, Link(str(title)))
        lead = "" if isinstance(part, Unit) else part_words(part)
        return written(
            request,
            shown,
            act,
            page=FormPage(
                str(title),
                str(title if issubclass(form, LastDayForm) else _("Simpan")),
                back(part),
                lead,
                unit.name,
                above,
            ),
            done=str(done),
            template=template,
            **{_PARTS[model][0]: part},
        )

    return page


def _standing(part: Any, form: type[ActForm]) -> dict[str, Any]:
    """What a form of change begins with: the part as it is."""
    if not form.with_revision:
        return {}
    return {name: getattr(part, name) for name in (*form.base_fields, "revision")}


# --- Adding ----------------------------------------------------------------------------------------------------------

add_building = house_act(
    Unit, BuildingForm, operations.add_building, title=_("Tambah gedung"), done=_("Gedung ditambahkan.")
)
add_ward = house_act(Building, WardForm, operations.add_ward, title=_("Tambah wisma"), done=_("Wisma ditambahkan."))
add_room = house_act(Ward, RoomForm, operations.add_room, title=_("Tambah kamar"), done=_("Kamar ditambahkan."))
add_beds = house_act(
    Room, BedsForm, operations.add_beds, title=_("Tambah tempat tidur"), done=_("Tempat tidur ditambahkan.")
)

# --- Changing --------------------------------------------------------------------------------------------------------

change_building = house_act(
    Building, BuildingChangeForm, operations.change_building, title=_("Ubah gedung"), done=_("Gedung diubah.")
)
change_ward = house_act(Ward, WardChangeForm, operations.change_ward, title=_("Ubah wisma"), done=_("Wisma diubah."))
change_room = house_act(Room, RoomChangeForm, operations.change_room, title=_("Ubah kamar"), done=_("Kamar diubah."))
change_bed = house_act(
    Bed,
    BedForm,
    operations.change_bed,
    title=_("Ubah tempat tidur"),
    done=_("Tempat tidur diubah."),
    back=back_to_bed,
)
lay_out = house_act(
    Ward,
    LayoutForm,
    operations.lay_out,
    title=_("Susun denah"),
    done=_("Denah disimpan."),
    template="residence/layout.html",
)


def _criteria_in_force(unit: Unit) -> dict[str, Any]:
    """New criteria begin as the present ones, to be changed where they change."""
    former = criteria_now(unit)
    names = ("sex", "age_from", "age_to", "kinds", "to_bring", "text")
    return {
        "since": day_at(unit, timezone.now()),
        **({name: getattr(former, name) for name in names} if former else {}),
    }


set_criteria = house_act(
    Unit,
    CriteriaForm,
    operations.set_criteria,
    title=_("Syarat penerimaan"),
    done=_("Syarat penerimaan dicatat."),
    initial=_criteria_in_force,
)

# --- Out of use ------------------------------------------------------------------------------------------------------

close_building = house_act(
    Building, LastDayForm, operations.close_building, title=_("Tutup gedung"), done=_("Gedung ditutup.")
)
close_ward = house_act(Ward, LastDayForm, operations.close_ward, title=_("Tutup wisma"), done=_("Wisma ditutup."))
close_room = house_act(Room, LastDayForm, operations.close_room, title=_("Tutup kamar"), done=_("Kamar ditutup."))
close_bed = house_act(
    Bed, LastDayForm, operations.close_bed, title=_("Hapus dari rumah"), done=_("Tempat tidur tidak lagi dihitung.")
)
put_out_of_order = house_act(
    Bed,
    OutageForm,
    operations.put_out_of_order,
    title=_("Tidak dapat dipakai"),
    done=_("Tempat tidur dinyatakan tidak dapat dipakai."),
    permission=CLOSE_BED,
    back=back_to_bed,
)


@open_to(CLOSE_BED)
@require_POST
def put_back(request: HttpRequest, bed_id: UUID) -> HttpResponse:
    found = part_of(request, Bed, bed_id, CLOSE_BED)
    outage = BedOutage.objects.at(timezone.now()).filter(bed=found).first()
    if outage is None:
        messages.info(request, _("Tempat tidur ini sudah dapat dipakai."))
        return redirect(back_to_bed(found))
    title = str(_("Dapat dipakai lagi"))
    return written(
        request,
        PutBackForm(request.POST),
        operations.put_back,
        page=FormPage(title, title, back_to_bed(found), part_words(found), unit_of(found).name),
        done=str(_("Tempat tidur dapat dipakai lagi.")),
        outage=outage,
    )
