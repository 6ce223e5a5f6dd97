"""Medicine: the round, and what was ordered."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, answer, tried, written
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.common.components import Link
from serasi.daily import operations
from serasi.daily.enums import Outcome
from serasi.daily.forms import (
    CorrectDoseForm,
    DayFilter,
    DosesForm,
    EndPrescriptionForm,
    PrescriptionForm,
    WhenNeededForm,
)
from serasi.daily.models import Dose, Prescription
from serasi.daily.permissions import GIVE_MEDICINE, SEE_MEDICINE
from serasi.daily.queries import doses_between, due_doses, prescriptions_of
from serasi.daily.views.loading import LoadedWard, corrected, load_ward, load_ward_of
from serasi.residence.queries import beginning_of, day_at, end_of


@open_to(SEE_MEDICINE)
@require_http_methods(WRITES)
def medicine(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    """The doses that are due now in a ward, each with an answer."""
    page = load_ward(request, ward_id, code=GIVE_MEDICINE if request.method == "POST" else SEE_MEDICINE)
    here = {one.stay_id: one for one in page.here if one.is_present}
    ordered = prescriptions_of(stays=here, unit=page.unit, at=page.now, reader=page.reader)
    due = due_doses(prescriptions=ordered, unit=page.unit, at=page.now)
    form = DosesForm(request.POST or None, due=due, here=here, at=page.now)

    def act(**facts: Any) -> Dose:
        ids = {prescription for prescription, _moment in form.asked.values()}
        found = Prescription.objects.visible_to(page.reader).filter(pk__in=ids, unit=page.unit)
        known = {one.pk: one for one in found.select_related("stay__unit", "stay__person")}
        return operations.record_doses(answers=form.answers(known), happened_at=page.typed_at, **facts)

    context = {
        "page": page,
        "may_give": page.may(GIVE_MEDICINE),
        "when_needed": [(here[one.stay_id], one) for one in ordered if one.is_when_needed and _holds(one, page)],
        "trail": page.trail(Link(_("Obat"))),
    }
    leads_to = reverse("daily:medicine", args=[page.ward.pk])
    return tried(request, form, act, done=_("Pemberian obat dicatat."), leads_to=leads_to) or answer(
        request, "daily/medicine.html", context, form
    )


def _holds(one: Prescription, page: LoadedWard) -> bool:
    return not one.period.isempty and day_at(page.unit, page.now) in one.period


@open_to(SEE_MEDICINE)
@require_safe
def prescriptions(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    """What is ordered for whom in a ward; to read and to print."""
    page = load_ward(request, ward_id, code=SEE_MEDICINE)
    ordered = prescriptions_of(stays=page.by_stay, unit=page.unit, at=page.now, reader=page.reader)
    by_stay: dict[UUID, list[Prescription]] = {}
    for one in ordered:
        if _holds(one, page):
            by_stay.setdefault(one.stay_id, []).append(one)
    context = {
        "page": page,
        "people": [(one, by_stay[one.stay_id]) for one in page.here if one.stay_id in by_stay],
        "may_give": page.may(GIVE_MEDICINE),
        "trail": page.trail(_due(page), Link(_("Resep"))),
    }
    return render(request, "daily/prescriptions.html", context)


@open_to(GIVE_MEDICINE)
@require_http_methods(WRITES)
def copy_prescription(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    page = load_ward(request, ward_id, code=GIVE_MEDICINE)

    def act(*, stay: str, **facts: Any) -> Prescription:
        return operations.copy_prescription(stay=page.stay(stay), **facts)

    above = Link(_("Resep"), reverse("daily:prescriptions", args=[page.ward.pk]))
    lead = _("Salin dari kertas resep; di sini tidak ada yang diresepkan.")
    return written(
        request,
        PrescriptionForm(request.POST or None, people=page.here),
        act,
        page=page.form_page(_("Salin resep"), above, lead=lead),
        done=_("Resep disalin."),
    )


@open_to(GIVE_MEDICINE)
@require_http_methods(WRITES)
def end_prescription(request: HttpRequest, prescription_id: UUID) -> HttpResponse:
    one, page = _ordered(request, prescription_id)
    return written(
        request,
        EndPrescriptionForm(request.POST or None, initial={"revision": one.revision}),
        operations.end_prescription,
        page=page.form_page(_("Hentikan obat"), _due(page), lead=_in_a_line(one, page)),
        done=_("Obat dihentikan."),
        prescription=one,
    )


@open_to(GIVE_MEDICINE)
@require_http_methods(WRITES)
def give_when_needed(request: HttpRequest, prescription_id: UUID) -> HttpResponse:
    one, page = _ordered(request, prescription_id)

    def act(*, happened_at: datetime | None, **facts: Any) -> Dose:
        return operations.give_when_needed(prescription=one, happened_at=happened_at or page.typed_at, **facts)

    return written(
        request,
        WhenNeededForm(request.POST or None),
        act,
        page=page.form_page(_("Beri obat bila perlu"), _due(page), lead=_in_a_line(one, page), may_wait=True),
        done=_("Pemberian obat dicatat."),
    )


@open_to(SEE_MEDICINE)
@require_safe
def doses(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    """What was recorded of a day, today unless another is asked for; what was tapped wrongly is put right here."""
    page = load_ward(request, ward_id, code=SEE_MEDICINE)
    form = DayFilter(request.GET)
    day = form.chosen.get("hari") or day_at(page.unit, page.now)
    since, until = beginning_of(page.unit, day), beginning_of(page.unit, day + timedelta(days=1))
    here = {one.stay_id: one for one in page.here_at(min(page.now, end_of(page.unit, day)))}
    found = doses_between(stays=here, since=since, until=until, reader=page.reader)
    context = {
        "page": page,
        "filter": form,
        "day": day,
        "doses": [(here[one.stay_id], one) for one in found],
        "counts": [(outcome.label, count) for outcome in Outcome if (count := _count(found, outcome))],
        "may_give": page.may(GIVE_MEDICINE),
        "trail": page.trail(_due(page), Link(_("Yang sudah dicatat"))),
    }
    return render(request, "daily/doses.html", context)


def _count(found: Iterable[Dose], outcome: Outcome) -> int:
    return sum(one.is_in_force and one.outcome == outcome for one in found)


@open_to(GIVE_MEDICINE)
@require_http_methods(WRITES)
def correct_dose(request: HttpRequest, dose_id: UUID) -> HttpResponse:
    doses = Dose.objects.visible_to(signed_in(request)).select_related("prescription", "stay__unit", "stay__person")
    dose = get_object_or_404(doses, pk=dose_id)
    dose.prescription.stay = dose.stay
    page = load_ward_of(request, dose.stay_id, code=GIVE_MEDICINE)
    form = CorrectDoseForm(request.POST or None, dose=dose)

    def act(**facts: Any) -> Dose:
        return (operations.withdraw_dose if form.is_withdrawn else operations.correct_dose)(dose=dose, **facts)

    doses_url = reverse("daily:doses", args=[page.ward.pk])
    around = page.form_page(
        _("Betulkan pemberian obat"),
        _due(page),
        back=f"{doses_url}?hari={day_at(page.unit, dose.happened_at):%d/%m/%Y}",
        lead=_in_a_line(dose.prescription, page),
    )
    return written(request, form, act, page=around, done=corrected)


def _ordered(request: HttpRequest, prescription_id: UUID) -> tuple[Prescription, LoadedWard]:
    """A prescription and the ward where its person is now."""
    ordered = Prescription.objects.visible_to(signed_in(request)).select_related("stay__unit", "stay__person")
    one = get_object_or_404(ordered, pk=prescription_id)
    return one, load_ward_of(request, one.stay_id, code=GIVE_MEDICINE)


def _due(page: LoadedWard) -> Link:
    return Link(_("Obat"), reverse("daily:medicine", args=[page.ward.pk]))


def _in_a_line(one: Prescription, page: LoadedWard) -> str:
    return f"{one.stay.person.shown_name(to=page.reader)} (#{one.stay.tag}): {one}, {one.dose}"
