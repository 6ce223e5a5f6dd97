"""The units one rules over: the tree, one unit with its staff, opening, describing, moving, closing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from serasi.access.forms.units import UnitChangeForm, UnitCloseForm, UnitFilter, UnitMoveForm
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in, typed_in
from serasi.access.models import Unit, User
from serasi.access.operations import Conflict, Refused, require
from serasi.access.operations.units import change_unit, close_unit, move_unit, reopen_unit
from serasi.access.permissions import MANAGE_POSTINGS, MANAGE_UNITS, may
from serasi.access.presenters import differences_of, period_in_words, posting_status
from serasi.access.queries import staff_of
from serasi.access.scope import today
from serasi.access.unit_pages import unit_pages_for, unit_start_for
from serasi.common.components import Cell, Column, Status, Table, page_of


@open_to(MANAGE_UNITS, MANAGE_POSTINGS)
def units(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = UnitFilter(request.GET)
    chosen = form.chosen
    found = (
        _reached(user)
        .select_related("parent")
        .annotate(staff=Count("postings__user", filter=Q(postings__period__contains=today()), distinct=True))
    )
    if not chosen.get("tutup"):
        found = found.open()
    if word := chosen.get("cari"):
        found = found.filter(Q(name__icontains=word) | Q(code__icontains=word))
    if kind := chosen.get("jenis"):
        found = found.filter(kind=kind)
    page = page_of(found, request.GET)
    table = Table(
        columns=[Column(_("Unit")), Column(_("Jenis")), Column(_("Pemilik")), Column(_("Petugas"), number=True)],
        rows=[
            [
                Cell(unit.name, url=reverse("access:unit", args=[unit.pk]), sub=_place(unit)),
                Status(_("Ditutup"), "neutral") if unit.closed_on else str(unit.get_kind_display()),
                str(unit.get_owner_display()),
                unit.staff,
            ]
            for unit in page
        ],
    )
    context = {"filter": form, "page": page, "table": table, "start": unit_start_for(user)}
    return render(request, "access/units.html", context)


@open_to(MANAGE_UNITS, MANAGE_POSTINGS)
def unit(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = signed_in(request)
    found = get_object_or_404(_reached(user).select_related("parent"), pk=pk)
    staff = staff_of(found)
    table = Table(
        columns=[Column(_("Nama")), Column(_("Peran")), Column(_("Masa tugas")), Column(_("Keadaan"))],
        rows=[
            [
                Cell(row.name, url=reverse("access:staff_person", args=[row.user_id]), sub=row.email),
                row.role,
                period_in_words(row),
                posting_status(row),
            ]
            for row in staff
        ],
    )
    context = {
        "unit": found,
        "children": found.children.order_by("path"),
        "staff": table if staff else None,
        "pages": unit_pages_for(user, found),
        "may_change": may(user, MANAGE_UNITS, on=found),
        "may_post": may(user, MANAGE_POSTINGS, on=found) and found.closed_on is None,
    }
    return render(request, "access/unit.html", context)


@open_to(MANAGE_UNITS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, found = signed_in(request), _mine(request, pk)
    initial = {name: getattr(found, name) for name in (*_FACTS, "revision")}
    form = UnitChangeForm(typed_in(request), initial=initial)
    conflict: Conflict | None = None
    if request.method == "POST" and form.is_valid():
        try:
            change_unit(unit=found, **_facts(form), revision=form.revision, **_act(user))
        except Conflict as raised:
            conflict = raised
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("Perubahan disimpan."))
            return redirect("access:unit", pk=found.pk)
    return _form_page(
        request, form, title=_("Ubah %(unit)s") % {"unit": found.short_name}, unit=found, conflict=conflict
    )


@open_to(MANAGE_UNITS)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, found = signed_in(request), _mine(request, pk)
    form = UnitMoveForm(typed_in(request), by=user, unit=found, initial={"revision": found.revision})
    if request.method == "POST" and form.is_valid():
        try:
            move_unit(unit=found, parent=form.cleaned_data["parent"], revision=form.revision, **_act(user))
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("%(unit)s sudah dipindahkan.") % {"unit": found.name})
            return redirect("access:unit", pk=found.pk)
    lead = _("Semua unit di bawahnya ikut pindah, dan kewenangan kepala di atasnya ikut berubah.")
    title = _("Pindahkan %(unit)s") % {"unit": found.short_name}
    return _form_page(request, form, title=title, lead=lead, unit=found, button=_("Pindahkan"))


@open_to(MANAGE_UNITS)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, found = signed_in(request), _mine(request, pk)
    form = UnitCloseForm(typed_in(request), initial={"revision": found.revision, "on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            close_unit(unit=found, on=form.cleaned_data["on"], revision=form.revision, **_act(user))
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("%(unit)s sudah ditutup.") % {"unit": found.name})
            return redirect("access:unit", pk=found.pk)
    lead = _("Riwayatnya tetap ada; penugasan baru tidak dapat dibuat.")
    title = _("Tutup %(unit)s") % {"unit": found.short_name}
    return _form_page(request, form, title=title, lead=lead, unit=found, button=_("Tutup unit"))


@open_to(MANAGE_UNITS)
@require_http_methods(["POST"])
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, found = signed_in(request), _mine(request, pk)
    reopen_unit(unit=found, revision=found.revision, **_act(user))
    messages.success(request, _("%(unit)s dibuka lagi.") % {"unit": found.name})
    return redirect("access:unit", pk=found.pk)


_FACTS = ("code", "name", "short_name", "kind", "owner", "time_zone")


def _facts(form: Any) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in _FACTS}


def _act(user: User) -> dict[str, Any]:
    return {"by": user, "at": timezone.now()}


def _reached(user: User) -> Any:
    both = Unit.objects.reached_by(user, MANAGE_UNITS) | Unit.objects.reached_by(user, MANAGE_POSTINGS)
    return both.order_by("path")


def _mine(request: HttpRequest, pk: UUID) -> Unit:
    found: Unit = get_object_or_404(_reached(signed_in(request)), pk=pk)
    require(signed_in(request), MANAGE_UNITS, on=found)
    return found


def _place(unit: Unit) -> str:
    """Its code, and under whom it stands."""
    if unit.parent is None:
        return unit.code
    return _("%(code)s · di bawah %(parent)s") % {"code": unit.code, "parent": unit.parent.short_name}


def _form_page(
    request: HttpRequest,
    form: Any,
    *,
    title: str,
    lead: str = "",
    unit: Unit | None = None,
    button: str = "",
    conflict: Conflict | None = None,
) -> HttpResponse:
    context = {"form": form, "title": title, "lead": lead, "unit": unit, "button": button or _("Simpan")}
    if conflict is not None:
        context["differences"] = differences_of(conflict)
        return render(request, "access/unit_form.html", context, status=409)
    return render(request, "access/unit_form.html", context, status=422 if form.errors else 200)
