"""A house: the list for gate and night shift, and its phases, edition by edition."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, FormPage, FromMade, allow, tried, written
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.models import Unit
from serasi.access.permissions import may
from serasi.common.components import Cell, Column, Link, Table
from serasi.common.forms import ActForm
from serasi.foyer import operations, presenters
from serasi.foyer.forms import DraftForm, PhaseForm, RevisedPhaseForm, TonightFilter
from serasi.foyer.models import Phase, PhaseSet
from serasi.foyer.permissions import DESIGN, SEE_HOUSE
from serasi.foyer.queries import edition_in_force, houses_of, tonight
from serasi.foyer.reference import shipped_phases


@open_to(SEE_HOUSE)
@require_safe
def houses(request: HttpRequest) -> HttpResponse:
    """The one house that uses the Foyer model, or which of several; and where one could begin."""
    reader = signed_in(request)
    found = houses_of(reader)
    if len(found) == 1 and not reader.scope.has(DESIGN):
        return redirect("foyer:house", unit_id=found[0].pk)
    beginning = []
    if reader.scope.has(DESIGN):
        using = {one.pk for one in found}
        reached = Unit.objects.reached_by(reader, DESIGN).filter(closed_on=None, wards__isnull=False).distinct()
        beginning = [one for one in reached.order_by("name") if one.pk not in using]
        if len(found) == 1 and not beginning:
            return redirect("foyer:house", unit_id=found[0].pk)
    table = Table(
        columns=[Column(_("Rumah"))],
        rows=[[Cell(one.name, url=reverse("foyer:house", args=[one.pk]))] for one in found],
    )
    return render(request, "foyer/houses.html", {"table": table, "houses": found, "beginning": beginning})


@open_to(SEE_HOUSE)
@require_safe
def house(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Who may be out until when, today: for the gate and the night shift, on a phone and on paper."""
    unit = _unit(request, unit_id, SEE_HOUSE)
    reader, now = signed_in(request), timezone.now()
    form = TonightFilter(request.GET)
    found = tonight(unit=unit, at=now, reader=reader)
    context = {
        "unit": unit,
        "at": now,
        "filter": form,
        "people": presenters.gate_lines(found, chosen=form.chosen.get("tampil", "")),
        "count": len(found),
        "tags_only": request.GET.get("tanda") == "1",
        "guarded": {f"#{one.tag}" for one in found if one.is_guarded},
        "trail": [Link(_("Foyer"), reverse("foyer:houses")), Link(unit.name)],
    }
    return render(request, "foyer/house.html", context)


def _unit(request: HttpRequest, unit_id: UUID, code: str) -> Unit:
    return get_object_or_404(Unit.objects.reached_by(signed_in(request), code), pk=unit_id)


@open_to(SEE_HOUSE)
@require_safe
def phases(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """The edition in force, and the one that is being drafted."""
    unit = _unit(request, unit_id, SEE_HOUSE)
    reader = signed_in(request)
    may_design = may(reader, DESIGN, on=unit)
    in_force = edition_in_force(unit)
    draft = PhaseSet.objects.filter(unit=unit, in_force_since=None).first() if may_design else None
    shown = draft if draft is not None and (in_force is None or request.GET.get("edisi") == "susunan") else in_force
    day = unit.day_at(timezone.now())
    context = {
        "unit": unit,
        "edition": shown,
        "draft": draft,
        "in_force": in_force,
        "phases": [(one, presenters.rights_of(one, day)) for one in shown.phases.order_by("order")] if shown else [],
        "source": shipped_phases().edition,
        "may_design": may_design,
        "form": DraftForm(),
        "trail": _trail(unit),
    }
    return render(request, "foyer/phases.html", context)


def _trail(unit: Unit, *more: Link) -> list[Link]:
    phases_url = reverse("foyer:phases", args=[unit.pk]) if more else ""
    return [
        Link(_("Foyer"), reverse("foyer:houses")),
        Link(unit.name, reverse("foyer:house", args=[unit.pk])),
        Link(_("Fase"), phases_url),
        *more,
    ]


def _of_draft(unit: Unit) -> str:
    return f"{reverse('foyer:phases', args=[unit.pk])}?edisi=susunan"


@open_to(DESIGN)
@require_http_methods(["POST"])
def draft(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    unit = _unit(request, unit_id, DESIGN)
    return _pressed(
        request,
        unit,
        operations.draft_edition,
        done=_("Edisi disusun. Sesuaikan fasenya, lalu berlakukan."),
        leads_to=_of_draft(unit),
        unit=unit,
    )


def _pressed(
    request: HttpRequest, house: Unit, act: Callable[..., Any], *, done: str, leads_to: FromMade, **facts: Any
) -> HttpResponse:
    """A button was pressed; what speaks against it is said on the page of the phases."""
    form = _WithoutId(request.POST) if "phase_set" in facts or "phase" in facts else DraftForm(request.POST)
    answer = tried(request, form, act, done=done, leads_to=leads_to, **facts)
    if answer is not None:
        return answer
    page = FormPage(_("Fase"), _("Coba lagi"), reverse("foyer:phases", args=[house.pk]), trail=_trail(house))
    return render(request, "common/form_page.html", {"page": page, "form": form}, status=422)


class _WithoutId(ActForm):
    with_id = False


def _draft_of(request: HttpRequest, edition_id: UUID) -> PhaseSet:
    reader = signed_in(request)
    found = get_object_or_404(PhaseSet.objects.visible_to(reader).select_related("unit"), pk=edition_id)
    allow(may(reader, DESIGN, on=found))
    return found


@open_to(DESIGN)
@require_http_methods(["POST"])
def put_in_force(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    found = _draft_of(request, edition_id)
    return _pressed(
        request,
        found.unit,
        operations.put_in_force,
        done=_("Edisi ini berlaku bagi kesepakatan baru mulai hari ini."),
        leads_to=reverse("foyer:phases", args=[found.unit_id]),
        phase_set=found,
    )


@open_to(DESIGN)
@require_http_methods(["POST"])
def drop_edition(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    found = _draft_of(request, edition_id)
    return _pressed(
        request,
        found.unit,
        operations.drop_edition,
        done=_("Susunan dibatalkan."),
        leads_to=reverse("foyer:phases", args=[found.unit_id]),
        phase_set=found,
    )


_FIELDS = tuple(PhaseForm.base_fields)


def _phase_page(unit: Unit, title: str, name: str = "") -> FormPage:
    return FormPage(title, _("Simpan"), _of_draft(unit), caption=name or unit.name, trail=_trail(unit, Link(title)))


@open_to(DESIGN)
@require_http_methods(WRITES)
def add_phase(request: HttpRequest, edition_id: UUID) -> HttpResponse:
    found = _draft_of(request, edition_id)
    latest = found.phases.order_by("-order").first()
    copied = {name: getattr(latest, name) for name in _FIELDS if name not in {"name", "purpose"}} if latest else {}
    form = PhaseForm(request.POST if request.method == "POST" else None, initial=copied)
    return written(
        request,
        form,
        operations.add_phase,
        page=_phase_page(found.unit, _("Tambah fase")),
        done=_("Fase ditambahkan."),
        phase_set=found,
    )


def _phase(request: HttpRequest, phase_id: UUID) -> Phase:
    reader = signed_in(request)
    found = get_object_or_404(Phase.objects.visible_to(reader).select_related("phase_set__unit"), pk=phase_id)
    allow(may(reader, DESIGN, on=found))
    return found


@open_to(DESIGN)
@require_http_methods(WRITES)
def change_phase(request: HttpRequest, phase_id: UUID) -> HttpResponse:
    found = _phase(request, phase_id)
    initial = {name: getattr(found, name) for name in (*_FIELDS, "revision")}
    form = RevisedPhaseForm(request.POST if request.method == "POST" else None, initial=initial)
    return written(
        request,
        form,
        operations.change_phase,
        page=_phase_page(found.phase_set.unit, _("Ubah fase"), str(found)),
        done=_("Fase disimpan."),
        phase=found,
    )


@open_to(DESIGN)
@require_http_methods(["POST"])
def remove_phase(request: HttpRequest, phase_id: UUID) -> HttpResponse:
    found = _phase(request, phase_id)
    unit = found.phase_set.unit
    return _pressed(
        request, unit, operations.remove_phase, done=_("Fase dihapus."), leads_to=_of_draft(unit), phase=found
    )
