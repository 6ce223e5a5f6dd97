"""Lists: hand over, follow the loading, stop it, take it up again, withdraw, take what was found in the rows home."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from serasi.access.acting import WRITES, FormPage, answer, attempt, pressed, written
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.common.components import Fact, Link, page_of
from serasi.common.templatetags.serasi import angka
from serasi.entitlements import operations, presenters
from serasi.entitlements.enums import DeliveryState
from serasi.entitlements.forms import DeliveryForm, WithdrawForm
from serasi.entitlements.models import Delivery
from serasi.entitlements.permissions import LOAD
from serasi.entitlements.queries.deliveries import remarks_sheet
from serasi.entitlements.reference import list_fields, programmes
from serasi.entitlements.views.loading import load_delivery

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@open_to(LOAD)
@require_safe
@never_cache
def deliveries(request: HttpRequest) -> HttpResponse:
    """The lists that one looks after, the newest period first."""
    seen = Delivery.objects.visible_to(signed_in(request)).with_newer().select_related("unit", "region", "loading")
    page = page_of(seen, request.GET)
    table = presenters.deliveries_table(page.object_list, timezone.localdate())
    return render(request, "entitlements/deliveries.html", {"page": page, "table": table, "trail": _trail()})


@open_to(LOAD)
@require_http_methods(WRITES)
@never_cache
def receive(request: HttpRequest) -> HttpResponse:
    """A list is handed over."""
    user = signed_in(request)
    form = DeliveryForm(request.POST, request.FILES, user=user) if request.method == "POST" else DeliveryForm(user=user)
    if form.is_bound:
        made = attempt(form, lambda: operations.receive_delivery(**form.facts(), by=user, at=timezone.now()))
        if made is not None:
            if made.pk != form.record_id:
                messages.info(request, _("Berkas yang sama sudah pernah dimuat; ini hasilnya. Tidak ada yang berubah."))
            return redirect("entitlements:delivery", made.pk)
    page = FormPage(
        _("Muat daftar"),
        _("Muat"),
        reverse("entitlements:deliveries"),
        _("Daftar dipakai untuk memeriksa orang yang dilayani. Tidak ada halaman untuk melihat-lihat isinya."),
        trail=[*_trail(), Link(_("Muat daftar"))],
    )
    return answer(request, "common/form_page.html", {"page": page}, form)


@open_to(LOAD)
@require_safe
@never_cache
def delivery(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """One list: where it stands, what came of its rows, what it may be used for and until when."""
    one = load_delivery(request, delivery_id)
    day = one.unit.day_at(timezone.now())
    state = one.state_on(day)
    name = _name(one)
    context = {
        "delivery": one,
        "name": name,
        "state": state.value,
        "status": presenters.state_status(one, day),
        "work": one.loading,
        "is_loading": state in {DeliveryState.WAITING, DeliveryState.LOADING},
        "may_withdraw": not one.withdrawn_at and not one.deleted_at,
        "has_remarks": bool(one.rows_refused or one.rows_remarked) and not one.deleted_at,
        "facts": _facts(one),
        "columns": [(str(list_fields()[code]), heading) for code, heading in one.columns_read],
        "trail": [*_trail(), Link(name)],
    }
    return render(request, "entitlements/delivery.html", context)


@open_to(LOAD)
@require_safe
@never_cache
def remarks(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """What was found in the rows, as a spreadsheet."""
    response = HttpResponse(remarks_sheet(load_delivery(request, delivery_id)), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="perbaiki-daftar.xlsx"'
    return response


@open_to(LOAD)
@require_POST
def stop(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    one = load_delivery(request, delivery_id)
    return pressed(
        request,
        operations.stop_loading,
        delivery=one,
        done=_("Pemuatan dihentikan. Daftar ini belum dipakai sampai dimuat seluruhnya."),
        leads_to=reverse("entitlements:delivery", args=[one.pk]),
    )


@open_to(LOAD)
@require_POST
def go_on(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    one = load_delivery(request, delivery_id)
    return pressed(
        request,
        operations.go_on_loading,
        delivery=one,
        done=_("Pemuatan dilanjutkan dari baris terakhir."),
        leads_to=reverse("entitlements:delivery", args=[one.pk]),
    )


@open_to(LOAD)
@require_http_methods(WRITES)
def withdraw(request: HttpRequest, delivery_id: UUID) -> HttpResponse:
    """Nobody may use it any more, and its content is deleted."""
    one = load_delivery(request, delivery_id)
    page = FormPage(
        _("Tarik daftar"),
        _("Tarik dan hapus isinya"),
        reverse("entitlements:delivery", args=[one.pk]),
        _("Isinya dihapus dalam satu jam. Bahwa daftar ini pernah ada, dan mengapa ditarik, tetap tercatat."),
        caption=_name(one),
        trail=[
            *_trail(),
            Link(_name(one), reverse("entitlements:delivery", args=[one.pk])),
            Link(_("Tarik")),
        ],
    )
    form = WithdrawForm(request.POST or None)
    return written(request, form, operations.withdraw_delivery, page=page, done=_("Daftar ditarik."), delivery=one)


def _trail() -> list[Link]:
    return [
        Link(_("Hak dan bantuan"), reverse("entitlements:of_caseload")),
        Link(_("Daftar bantuan"), reverse("entitlements:deliveries")),
    ]


def _name(one: Delivery) -> str:
    return f"{programmes()[one.programme]} {presenters.month(one.period)}"


def _facts(one: Delivery) -> list[Fact]:
    found = [
        Fact(_("Sumber"), one.source),
        Fact(
            _("BAST"),
            " · ".join(
                part for part in (one.bast_number, one.bast_date and date_format(one.bast_date, "j F Y")) if part
            ),
        ),
        Fact(_("Tujuan pemakaian"), one.purpose),
        Fact(_("Unit penerima"), _("%(unit)s dan unit di bawahnya") % {"unit": one.unit.name}),
        Fact(_("Wilayah daftar"), str(one.region or "")),
        Fact(_("Boleh dipakai sampai"), date_format(one.usable_until, "j F Y")),
        Fact(_("Berkas"), one.file_name),
        Fact(_("Dimuat oleh"), str(one.received_by)),
    ]
    if one.withdrawn_at:
        found.append(Fact(_("Ditarik"), f"{one.withdrawn_by}: {one.withdrawn_reason}"))
    if one.deleted_at:
        words = {"rows": angka(one.rows_deleted), "day": date_format(one.deleted_at, "j F Y")}
        found.append(Fact(_("Isi dihapus"), _("%(rows)s baris, %(day)s") % words))
    return [fact for fact in found if fact.value]
