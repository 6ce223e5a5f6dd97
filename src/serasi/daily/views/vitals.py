"""Vital signs: of a ward, of one resident; put right, followed up; what a unit takes."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, FormPage, answer, tried, written
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.models import Unit
from serasi.access.permissions import may
from serasi.common.components import Link
from serasi.daily import operations, presenters
from serasi.daily.enums import Measure
from serasi.daily.forms import CorrectVitalsForm, ResponseForm, VitalsForm, VitalsPracticeForm, WardVitalsForm
from serasi.daily.models import VitalSigns, VitalsPractice
from serasi.daily.operations import Reading
from serasi.daily.permissions import SEE_VITALS, SET_PRACTICE, WRITE_VITALS
from serasi.daily.queries import latest_values, latest_vitals, vitals_of, vitals_practice
from serasi.daily.views.loading import corrected, load_ward, moment_sent
from serasi.daily.views.resident import LoadedResident, load_resident
from serasi.residence.models import Stay, Ward


@open_to(WRITE_VITALS)
@require_http_methods(WRITES)
def measure_ward(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    """Everybody in a ward on one page; who is not measured is left empty."""
    page = load_ward(request, ward_id, code=WRITE_VITALS)
    practice, moment = vitals_practice(page.unit), moment_sent(request, page.now)
    people = [one for one in page.here_at(moment) if one.is_present and one.is_known]
    form = WardVitalsForm(
        request.POST or None,
        people=people,
        measures=practice.taken_in(page.ward.pk) if practice else (),
        latest=latest_vitals(stays=[one.stay_id for one in people], reader=page.reader),
        at=moment,
    )

    def act(*, measured: Mapping[UUID, Any], measured_at: datetime | None, **facts: Any) -> VitalSigns:
        stays = Stay.objects.visible_to(page.reader).select_related("unit", "person").in_bulk(list(measured))
        readings = [Reading(stays[pk], *said) for pk, said in measured.items() if pk in stays]
        return operations.record_vitals(readings=readings, measured_at=measured_at or page.typed_at, **facts)

    context = {
        "page": page,
        "unknown": [one for one in page.here_at(moment) if one.is_present and not one.is_known],
        "may_set": page.may(SET_PRACTICE),
        "trail": page.trail(Link(_("Tanda vital"))),
    }
    return tried(request, form, act, done=_("Tanda vital dicatat."), leads_to=page.url) or answer(
        request, "daily/measure_ward.html", context, form
    )


@open_to(SEE_VITALS)
@require_safe
def of_stay(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    """The latest values of one resident: a part of the page of the stay, or a page with every line."""
    page = load_resident(request, stay_id, _("Membaca tanda vital"), code=SEE_VITALS)
    history = vitals_of(stay=page.stay, reader=page.reader)
    charts = presenters.vitals_charts(history)
    is_part = "HX-Request" in request.headers
    context: dict[str, Any] = {
        "is_part": is_part,
        "stay": page.stay,
        "name": page.name,
        "latest": latest_values(history),
        "waiting": [one for one in history if one.is_in_force and one.beyond and not one.responses.all()],
        "history": history,
        "charts": charts[:1] if is_part else charts,
        "takes": bool(_measures(page.unit)),
        "may_write": page.stay.is_open and page.may(WRITE_VITALS),
        "may_correct": page.may(WRITE_VITALS),
        "may_set": may(page.reader, SET_PRACTICE, on=page.unit),
        "trail": page.trail(Link(_("Tanda vital"))),
    }
    return render(request, "daily/vitals.html" if is_part else "daily/vitals_page.html", context)


@open_to(WRITE_VITALS)
@require_http_methods(WRITES)
def measure_stay(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    """One resident, all that the unit measures."""
    page = load_resident(request, stay_id, _("Mencatat tanda vital"), code=WRITE_VITALS)

    def act(*, values: Mapping[Measure, Any], remark: str, measured_at: datetime | None, **facts: Any) -> VitalSigns:
        reading = Reading(page.stay, values, remark)
        return operations.record_vitals(readings=[reading], measured_at=measured_at or page.typed_at, **facts)

    return written(
        request,
        VitalsForm(request.POST or None, measures=_measures(page.unit)),
        act,
        page=page.form_page(_("Ukur tanda vital"), _list(page), may_wait=True),
        done=_("Tanda vital dicatat."),
    )


@open_to(WRITE_VITALS)
@require_http_methods(WRITES)
def correct_vitals(request: HttpRequest, vitals_id: UUID) -> HttpResponse:
    one, page = _load(request, vitals_id)
    form = CorrectVitalsForm(request.POST or None, vital_signs=one, measures=_measures(page.unit))

    def act(**facts: Any) -> VitalSigns:
        is_withdrawn = form.cleaned_data["is_withdrawn"]
        return (operations.withdraw_vitals if is_withdrawn else operations.correct_vitals)(vital_signs=one, **facts)

    around = page.form_page(_("Betulkan tanda vital"), _list(page))
    return written(request, form, act, page=around, done=corrected)


@open_to(WRITE_VITALS)
@require_http_methods(WRITES)
def respond(request: HttpRequest, vitals_id: UUID) -> HttpResponse:
    """What was done about measures beyond the limits."""
    one, page = _load(request, vitals_id)
    return written(
        request,
        ResponseForm(request.POST or None),
        operations.respond_to_vitals,
        page=page.form_page(_("Tindak lanjut tanda vital"), _list(page), lead=one.beyond_words, may_wait=True),
        done=_("Tindak lanjut dicatat."),
        vital_signs=one,
    )


@open_to(SET_PRACTICE)
@require_http_methods(WRITES)
def practice(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Which signs a unit takes, where, and from where on somebody looks."""
    reader = signed_in(request)
    unit = get_object_or_404(
        Unit.objects.reached_by(reader, SET_PRACTICE).select_related("vitals_practice"), pk=unit_id
    )
    back = reverse("daily:wards")
    return written(
        request,
        VitalsPracticeForm(
            request.POST or None,
            practice=vitals_practice(unit) or VitalsPractice(unit=unit, measures=list(presenters.USUAL_MEASURES)),
            wards=list(Ward.objects.visible_to(reader).filter(unit=unit, closed_on=None)),
        ),
        operations.set_vitals_practice,
        page=FormPage(
            _("Tanda vital di unit ini"),
            _("Simpan"),
            back,
            _(
                "Aturan unit ini sendiri: apa yang diukur, di wisma mana, dan mulai angka berapa seseorang diminta"
                " memeriksa."
            ),
            caption=unit.name,
            trail=[Link(_("Harian"), back), Link(_("Tanda vital"))],
        ),
        done=_("Kebiasaan mengukur tanda vital disimpan."),
        template="daily/vitals_practice.html",
        unit=unit,
    )


def _load(request: HttpRequest, vitals_id: UUID) -> tuple[VitalSigns, LoadedResident]:
    one = get_object_or_404(VitalSigns.objects.visible_to(signed_in(request)), pk=vitals_id)
    page = load_resident(request, one.stay_id, _("Mencatat tanda vital"), code=WRITE_VITALS)
    one.stay = page.stay
    return one, page


def _list(page: LoadedResident) -> Link:
    return Link(_("Tanda vital"), page.url("vitals_of_stay"))


def _measures(unit: Unit) -> Sequence[Measure]:
    own = vitals_practice(unit)
    return [one for one in Measure if one in own.measures] if own else []
