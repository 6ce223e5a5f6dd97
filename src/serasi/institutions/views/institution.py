"""One place that helps: what it is, room over time, services; and the forms that change them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from serasi.access.gate import open_to
from serasi.access.middleware import signed_in, typed_in
from serasi.access.operations import Conflict, Refused, require
from serasi.access.permissions import may
from serasi.common.components import Difference
from serasi.institutions import operations
from serasi.institutions.enums import AtensiComponent, Cluster
from serasi.institutions.forms import CapacityForm, InstitutionForm, ServiceChangeForm, ServiceForm
from serasi.institutions.models import Institution, ServiceOffer
from serasi.institutions.permissions import DESCRIBE_INSTITUTION, READ_DIRECTORY
from serasi.institutions.presenters import capacity_table, shown
from serasi.institutions.queries import place_names
from serasi.institutions.queries.directory import labels
from serasi.institutions.registry import sections

READ_OR_WRITE = ["GET", "HEAD", "POST"]
_FACTS = ("functions", "region", "is_safe_house", "address", "phone", "description")
_SERVICE = ("name", "component", "cluster", "eligibility", "how_to_apply", "is_open")


@open_to(READ_DIRECTORY)
def institution(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _any(pk)
    services = [
        (
            service,
            ", ".join(
                [
                    *labels(AtensiComponent, filter(None, [service.component])),
                    *labels(Cluster, filter(None, [service.cluster])),
                ]
            ),
        )
        for service in found.services.all()
    ]
    context = {
        "institution": found,
        "place": ""
        if found.is_safe_house
        else place_names([found.region_id]).get(found.region_id, "")
        if found.region_id
        else "",
        "clusters": labels(Cluster, found.functions),
        "services": services,
        "capacities": capacity_table(list(found.capacities.order_by("-period", "basis"))),
        "sections": [
            (one.title, one.facts(found.unit), one.change_url(found.unit, signed_in(request))) for one in sections()
        ],
        "may_change": may(signed_in(request), DESCRIBE_INSTITUTION, on=found),
    }
    return render(request, "institutions/institution.html", context)


@open_to(READ_DIRECTORY)
def of_unit(_request: HttpRequest, pk: UUID) -> HttpResponse:
    """From a unit to its page in the directory."""
    return redirect("institutions:institution", pk=get_object_or_404(Institution, unit_id=pk).pk)


@open_to(DESCRIBE_INSTITUTION)
@require_http_methods(READ_OR_WRITE)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, found = signed_in(request), _mine(request, pk)
    initial = {name: getattr(found, name) for name in (*_FACTS, "revision")}
    form = InstitutionForm(typed_in(request), initial=initial)
    title = _("Ubah keterangan")
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in _FACTS}
        try:
            operations.describe_institution(
                institution=found, **facts, revision=form.revision, by=user, at=timezone.now()
            )
        except Conflict as conflict:
            return _form_page(request, form, found, title=title, conflict=conflict)
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("Keterangan disimpan."))
            return redirect("institutions:institution", pk=found.pk)
    return _form_page(request, form, found, title=title)


@open_to(DESCRIBE_INSTITUTION)
@require_http_methods(READ_OR_WRITE)
def add_capacity(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, found = signed_in(request), _mine(request, pk)
    form = CapacityForm(typed_in(request))
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("places", "basis", "since", "source")}
        try:
            operations.record_capacity(id=form.record_id, institution=found, **facts, by=user, at=timezone.now())
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("Kapasitas dicatat."))
            return redirect("institutions:institution", pk=found.pk)
    return _form_page(request, form, found, title=_("Kapasitas baru"))


@open_to(DESCRIBE_INSTITUTION)
@require_http_methods(READ_OR_WRITE)
def add_service(request: HttpRequest, pk: UUID) -> HttpResponse:
    user, found = signed_in(request), _mine(request, pk)
    form = ServiceForm(typed_in(request))
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in _SERVICE}
        try:
            operations.offer_service(id=form.record_id, institution=found, **facts, by=user, at=timezone.now())
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("Layanan masuk direktori."))
            return redirect("institutions:institution", pk=found.pk)
    return _form_page(request, form, found, title=_("Layanan baru"))


@open_to(DESCRIBE_INSTITUTION)
@require_http_methods(READ_OR_WRITE)
def change_service(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = signed_in(request)
    service = get_object_or_404(ServiceOffer.objects.select_related("institution__unit"), pk=pk)
    require(user, DESCRIBE_INSTITUTION, on=service.institution)
    initial = {name: getattr(service, name) for name in (*_SERVICE, "revision")}
    form = ServiceChangeForm(typed_in(request), initial=initial)
    title = _("Ubah layanan")
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in _SERVICE}
        try:
            operations.change_service(service=service, **facts, revision=form.revision, by=user, at=timezone.now())
        except Conflict as conflict:
            return _form_page(request, form, service.institution, title=title, conflict=conflict)
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("Layanan disimpan."))
            return redirect("institutions:institution", pk=service.institution_id)
    return _form_page(request, form, service.institution, title=title)


def _any(pk: UUID) -> Institution:
    return get_object_or_404(Institution.objects.select_related("unit", "unit__parent"), pk=pk)


def _mine(request: HttpRequest, pk: UUID) -> Institution:
    found = _any(pk)
    require(signed_in(request), DESCRIBE_INSTITUTION, on=found)
    return found


def _form_page(
    request: HttpRequest, form: Any, found: Institution, *, title: str, conflict: Conflict | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "title": title, "institution": found}
    if conflict is None:
        return render(request, "institutions/form.html", context, status=422 if form.errors else 200)
    context["differences"] = [
        Difference(str(form.fields[name].label), shown(typed), shown(getattr(conflict.stored, name)))
        for name, typed in conflict.typed.items()
        if name in form.fields
    ]
    return render(request, "institutions/form.html", context, status=409)
