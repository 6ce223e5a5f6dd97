"""Medicine: the round, and what was ordered."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.models import User
from serasi.common.components import Link
from serasi.common.forms import SerasiForm
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
from serasi.daily.views.loading import WRITES, LoadedWard, answered, load_ward, load_ward_of
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

    def act() -> object:
        ids = {prescription for prescription, _moment in form.asked.values()}
        known = {
            one.pk: one
            for one in Prescription.objects.visible_to(page.reader)
            .filter(pk__in=ids, unit=page.unit)
            .select_related("stay__unit", "stay__person")
        }
        return operations.record_doses(
            id=form.record_id,
            answers=form.answers(known),
            happened_at=page.typed_at,
            by=page.reader,
            at=page.now,
        )

    context = {
        "page": page,
        "may_give": page.may(GIVE_MEDICINE),
        "when_needed": [(here[one.stay_id], one) for one in ordered if one.is_when_needed and _holds(one, page)],
        "trail": page.trail(Link(_("Obat"))),
    }
    return answered(
        request,
        form,
        act,
        done=_("Pemberian obat dicatat."),
        leads_to=reverse("daily:medicine", args=[page.ward.pk]),
        template="daily/medicine.html",
        context=context,
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
        "trail": page.trail(Link(_("Obat"), reverse("daily:medicine", args=[page.ward.pk])), Link(_("Resep"))),
    }
    return render(request, "daily/prescriptions.html", context)


@open_to(GIVE_MEDICINE)
@require_http_methods(WRITES)
def copy_prescription(request: HttpRequest, ward_id: UUID) -> HttpResponse:
    page = load_ward(request, ward_id, code=GIVE_MEDICINE)
    form = PrescriptionForm(request.POST or None, people=page.here)
    leads_to = reverse("daily:prescriptions", args=[page.ward.pk])

    def act() -> object:
        facts = {**form.cleaned_data, "stay": page.stay(form.cleaned_data["stay"])}
        return operations.copy_prescription(**facts, by=page.reader, at=page.now)

    title = _("Salin resep")
    return answered(
        request,
        form,
        act,
        done=_("Resep disalin."),
        leads_to=leads_to,
        template="daily/form.html",
        context={
            "page": page,
            "title": title,
            "lead": _("Salin dari kertas resep; di sini tidak ada yang diresepkan."),
            "back": leads_to,
            "trail": page.trail(Link(_("Resep"), leads_to), Link(title)),
        },
    )


@open_to(GIVE_MEDICINE)
@require_http_methods(WRITES)
def end_prescription(request: HttpRequest, prescription_id: UUID) -> HttpResponse:
    one, page = _ordered(request, prescription_id)
    form = EndPrescriptionForm(request.POST or None, initial={"revision": one.revision})
    return _about(
        request,
        page,
        one,
        form,
        lambda: operations.end_prescription(
            prescription=one,
            latest=form.cleaned_data["latest"],
            reason=form.cleaned_data["reason"],
            revision=form.revision,
            by=page.reader,
            at=page.now,
        ),
        title=_("Hentikan obat"),
        done=_("Obat dihentikan."),
    )


@open_to(GIVE_MEDICINE)
@require_http_methods(WRITES)
def give_when_needed(request: HttpRequest, prescription_id: UUID) -> HttpResponse:
    one, page = _ordered(request, prescription_id)
    form = WhenNeededForm(request.POST or None)
    return _about(
        request,
        page,
        one,
        form,
        lambda: operations.give_when_needed(
            id=form.record_id,
            prescription=one,
            reason=form.cleaned_data["reason"],
            happened_at=form.cleaned_data["happened_at"] or page.typed_at,
            by=page.reader,
            at=timezone.now(),
        ),
        title=_("Beri obat bila perlu"),
        done=_("Pemberian obat dicatat."),
        may_wait=True,
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
    medicine_url = reverse("daily:medicine", args=[page.ward.pk])
    context = {
        "page": page,
        "filter": form,
        "day": day,
        "doses": [(here[one.stay_id], one) for one in found],
        "counts": [(outcome.label, count) for outcome in Outcome if (count := _count(found, outcome))],
        "may_give": page.may(GIVE_MEDICINE),
        "trail": page.trail(Link(_("Obat"), medicine_url), Link(_("Yang sudah dicatat"))),
    }
    return render(request, "daily/doses.html", context)


def _count(found: Iterable[Dose], outcome: Outcome) -> int:
    return sum(one.is_in_force and one.outcome == outcome for one in found)


@open_to(GIVE_MEDICINE)
@require_http_methods(WRITES)
def correct_dose(request: HttpRequest, dose_id: UUID) -> HttpResponse:
    dose = (
        Dose.objects.visible_to(signed_in(request))
        .select_related("prescription__stay", "stay__unit", "stay__person")
        .filter(pk=dose_id)
        .first()
    )
    if dose is None:
        raise Http404
    page = load_ward_of(request, dose.stay_id, code=GIVE_MEDICINE)
    form = CorrectDoseForm(request.POST or None, dose=dose)
    doses_url = reverse("daily:doses", args=[page.ward.pk])

    def act() -> object:
        typed = form.cleaned_data
        who: dict[str, Any] = {"why": typed["why"], "by": page.reader, "at": timezone.now()}
        if form.is_withdrawn:
            return operations.withdraw_dose(dose=dose, **who)
        return operations.correct_dose(
            id=form.record_id,
            dose=dose,
            outcome=typed["answer"],
            reason=typed["note"],
            happened_at=typed["happened_at"],
            **who,
        )

    return _about(
        request,
        page,
        dose.prescription,
        form,
        act,
        title=_("Betulkan pemberian obat"),
        done=_("Catatan dibetulkan; yang lama tetap terbaca."),
        leads_to=f"{doses_url}?hari={day_at(page.unit, dose.happened_at):%d/%m/%Y}",
    )


def _ordered(request: HttpRequest, prescription_id: UUID) -> tuple[Prescription, LoadedWard]:
    """A prescription and the ward where its person is now."""
    reader: User = signed_in(request)
    one = (
        Prescription.objects.visible_to(reader)
        .select_related("stay__unit", "stay__person")
        .filter(pk=prescription_id)
        .first()
    )
    if one is None:
        raise Http404
    return one, load_ward_of(request, one.stay_id, code=GIVE_MEDICINE)


def _about(
    request: HttpRequest,
    page: LoadedWard,
    one: Prescription,
    form: SerasiForm,
    act: Callable[[], object],
    *,
    title: str,
    done: str,
    leads_to: str = "",
    may_wait: bool = False,
) -> HttpResponse:
    medicine_url = reverse("daily:medicine", args=[page.ward.pk])
    leads_to = leads_to or medicine_url
    name = one.stay.person.shown_name(to=page.reader)
    return answered(
        request,
        form,
        act,
        done=done,
        leads_to=leads_to,
        template="daily/form.html",
        context={
            "page": page,
            "title": title,
            "lead": f"{name} (#{one.stay.tag}): {one}, {one.dose}",
            "back": leads_to,
            "may_wait": may_wait,
            "trail": page.trail(Link(_("Obat"), medicine_url), Link(title)),
        },
    )
