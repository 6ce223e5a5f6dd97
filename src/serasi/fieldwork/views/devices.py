"""One's own devices, and those of the units one heads."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from serasi.access.acting import WRITES, FormPage, answer, attempt, pressed
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in, typed_in
from serasi.common.components import Link
from serasi.fieldwork import operations
from serasi.fieldwork.collect import code_of
from serasi.fieldwork.enums import DeviceKind
from serasi.fieldwork.forms import CollectForm
from serasi.fieldwork.models import Device
from serasi.fieldwork.permissions import MANAGE_DEVICES, USE_DEVICE
from serasi.fieldwork.presenters import tabs_for, waiting_table
from serasi.fieldwork.queries.devices import devices_of, managed_devices
from serasi.fieldwork.queries.sendings import told, waiting_for


@open_to(USE_DEVICE)
@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    """One's own devices: which there are, when each was seen last, how it is ended."""
    reader = signed_in(request)
    context = {"devices": devices_of(reader), "tabs": tabs_for(reader, "devices")}
    return render(request, "fieldwork/devices.html", context)


@open_to(USE_DEVICE)
@require_http_methods(WRITES)
def add_collect(request: HttpRequest) -> HttpResponse:
    """A device for ODK Collect; its code is shown once, on the answer to this form."""
    reader = signed_in(request)
    form = CollectForm(typed_in(request))
    if form.is_bound:
        made = attempt(
            form,
            lambda: operations.open_device(kind=DeviceKind.COLLECT, by=reader, at=timezone.now(), **form.facts()),
        )
        if made is not None:
            device, token = made
            url = request.build_absolute_uri(f"/openrosa/k/{token}")
            context = {"device": device, "url": url, "code": code_of(url, name="Serasi")}
            return render(request, "fieldwork/code.html", context)
    title, back = _("Tambah ODK Collect"), reverse("fieldwork:devices")
    page = FormPage(
        title,
        _("Tampilkan kode"),
        back,
        lead=_("Kode pada halaman berikutnya ditunjukkan sekali saja. Siapkan ponselnya lebih dahulu."),
        trail=[Link(_("Kerja tanpa sinyal"), back), Link(title)],
    )
    return answer(request, "common/form_page.html", {"page": page}, form)


@open_to(USE_DEVICE)
@require_POST
def close(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """End a device: one's own, or one of a unit one heads."""
    reader = signed_in(request)
    device = get_object_or_404(Device.objects.visible_to(reader).select_related("unit", "user"), pk=device_id)
    back = reverse("fieldwork:devices" if device.user_id == reader.pk else "fieldwork:unit")
    done = _("Perangkat diakhiri. Yang masih dikirimnya menunggu keputusan kepala unit.")
    return pressed(request, operations.close_device, device=device, done=done, leads_to=back)


@open_to(MANAGE_DEVICES)
@require_safe
def unit(request: HttpRequest) -> HttpResponse:
    """The devices of the units one heads, and what waits for a decision."""
    reader = signed_in(request)
    waiting = told(list(waiting_for(reader)[:100]), reader)
    context = {
        "devices": managed_devices(reader),
        "waiting": waiting_table(waiting) if waiting else None,
        "tabs": tabs_for(reader, "unit"),
    }
    return render(request, "fieldwork/unit.html", context)
