"""Medicine: the round, and what was ordered."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.gate import open_to
from serasi.access.middleware import signed_in
from serasi.access.models import User
from serasi.common.components import Link
from serasi.common.forms import SerasiForm
from serasi.daily import operations
from serasi.daily.forms import DosesForm, EndPrescriptionForm, PrescriptionForm, WhenNeededForm
from serasi.daily.models import Prescription
from serasi.daily.permissions import GIVE_MEDICINE, SEE_MEDICINE
from serasi.daily.queries import due_doses, prescriptions_of
from serasi.daily.views.loading import WRITES, LoadedWard, answered, load_ward, load_ward_of
from serasi.residence.queries import day_at


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
        return operations.record_doses(id=form.record_id, answers=form.answers(known), by=page.reader, at=page.now)

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
            id=form.record_id, prescription=one, reason=form.cleaned_data["reason"], by=page.reader, at=page.now
        ),
        title=_("Beri obat bila perlu"),
        done=_("Pemberian obat dicatat."),
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
) -> HttpResponse:
    leads_to = reverse("daily:medicine", args=[page.ward.pk])
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
            "trail": page.trail(Link(_("Obat"), leads_to), Link(title)),
        },
    )
