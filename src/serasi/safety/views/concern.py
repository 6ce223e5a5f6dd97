"""Concerns: what one raised and what became of it; what one's unit received and must answer."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, FormPage, allow, written
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in, typed_in
from serasi.access.models import Unit, User
from serasi.common.components import Fact, Link, page_of
from serasi.common.templatetags.serasi import tanggal, waktu
from serasi.safety import operations, presenters
from serasi.safety.forms import RaiseForm, StepForm
from serasi.safety.models import Concern
from serasi.safety.permissions import RAISE, RECEIVE
from serasi.safety.queries import staff_of
from serasi.safety.reference import hours_to_acknowledge
from serasi.safety.views.writing import house_asked, tabs


@open_to(RAISE)
@require_safe
def concerns(request: HttpRequest) -> HttpResponse:
    reader, now = signed_in(request), timezone.now()
    mine = list(Concern.objects.raised_by_reader(reader).with_state().select_related("unit", "goes_to")[:50])
    received = Concern.objects.received_by_reader(reader).with_state().select_related("unit", "goes_to")
    page = page_of(received if reader.scope.has(RECEIVE) else received.none(), request.GET)
    context = {
        "tabs": tabs(reader, "safety:concerns"),
        "mine": presenters.concern_table(mine, now, _("Yang Anda sampaikan")) if mine else None,
        "page": page,
        "received": presenters.concern_table(list(page), now, _("Yang Anda terima")) if page.object_list else None,
        "may_receive": reader.scope.has(RECEIVE),
        "hours": hours_to_acknowledge,
    }
    return render(request, "safety/concerns.html", context)


@open_to(RAISE)
@require_http_methods(WRITES)
def raise_concern(request: HttpRequest) -> HttpResponse:
    unit = house_asked(request, RAISE)
    if not isinstance(unit, Unit):
        return unit
    reader = signed_in(request)
    title, back = _("Sampaikan kekhawatiran"), reverse("safety:concerns")
    page = FormPage(
        title,
        _("Sampaikan"),
        back,
        _(
            "Tentang petugas atau unit ini: langsung ke unit di atasnya. Kepala dan rekan di unit ini tidak dapat"
            " melihatnya."
        ),
        caption=str(unit),
        trail=[Link(_("Kekhawatiran"), back), Link(title)],
    )
    return written(
        request,
        RaiseForm(typed_in(request), staff=staff_of(unit).exclude(pk=reader.pk)),
        operations.raise_concern,
        page=page,
        done=_("Kekhawatiran Anda terkirim. Jawabannya muncul di sini."),
        leads_to=lambda made: reverse("safety:concern", args=[made.pk]),
        unit=unit,
    )


def _load(reader: User, concern_id: UUID) -> Any:
    """The concern, if this reader raised or receives it; otherwise a 404 that does not say why."""
    seen = Concern.objects.visible_to(reader).with_state().select_related("unit", "goes_to", "raised_by", "about_user")
    return get_object_or_404(seen, pk=concern_id)


def _receives(reader: User, concern: Concern) -> bool:
    return Concern.objects.received_by_reader(reader).filter(pk=concern.pk).exists()


@open_to(RAISE)
@require_safe
def concern(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    reader, now = signed_in(request), timezone.now()
    one = _load(reader, concern_id)
    receives = _receives(reader, one)
    about = " · ".join(
        part for part in (str(one.get_about_display()), str(one.about_user or ""), one.about_words) if part
    )
    facts = [
        Fact(_("Unit"), one.unit.name),
        Fact(_("Ditujukan kepada"), one.goes_to.name),
        Fact(_("Tentang"), about),
        *([Fact(_("Sejak"), tanggal(one.happened_on))] if one.happened_on else []),
        Fact(_("Disampaikan"), waktu(one.raised_at)),
        *([Fact(_("Oleh"), _("Seorang penghuni") if one.resident_id else str(one.raised_by))] if receives else []),
    ]
    context = {
        "concern": one,
        "state": presenters.concern_state(one, now),
        "facts": facts,
        "steps": one.steps.visible_to(reader).select_related("written_by"),
        "may_step": receives and one.closed_at is None,
        "receives": receives,
        "trail": [Link(_("Kekhawatiran"), reverse("safety:concerns")), Link(str(one.get_harm_display()))],
    }
    return render(request, "safety/concern.html", context)


@open_to(RECEIVE)
@require_http_methods(WRITES)
def step(request: HttpRequest, concern_id: UUID) -> HttpResponse:
    reader = signed_in(request)
    one = _load(reader, concern_id)
    allow(_receives(reader, one))
    title, harm, back = _("Catat langkah"), str(one.get_harm_display()), reverse("safety:concern", args=[one.pk])
    trail = [Link(_("Kekhawatiran"), reverse("safety:concerns")), Link(harm, back), Link(title)]
    page = FormPage(title, _("Simpan"), back, caption=harm, trail=trail)
    form = StepForm(typed_in(request))
    return written(request, form, operations.take_step, page=page, done=_("Langkah dicatat."), concern=one)
