"""Vital signs: of a ward, of one resident; put right, followed up; what a unit takes."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.enums import Subject
from serasi.access.gate import open_to
from serasi.access.handing import moment_typed
from serasi.access.looks import log_look
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.operations import NotAllowed
from serasi.access.permissions import may
from serasi.common.components import Link
from serasi.common.forms import SerasiForm
from serasi.daily import operations, presenters
from serasi.daily.enums import Measure
from serasi.daily.forms import CorrectVitalsForm, ResponseForm, VitalsForm, VitalsPracticeForm, WardVitalsForm
from serasi.daily.models import VitalSigns, VitalsPractice
from serasi.daily.operations import Reading
from serasi.daily.permissions import SEE_VITALS, SET_PRACTICE, WRITE_VITALS
from serasi.daily.queries import latest_values, latest_vitals, vitals_of, vitals_practice
from serasi.daily.views.loading import WRITES, answered, load_ward, moment_sent
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

    def act() -> object:
        measured = form.measured
        stays = Stay.objects.visible_to(page.reader).select_related("unit", "person").in_bulk(list(measured))
        readings = [Reading(stays[pk], *said) for pk, said in measured.items() if pk in stays]
        return operations.record_vitals(
            id=form.record_id,
            readings=readings,
            measured_at=form.cleaned_data["measured_at"] or page.typed_at,
            by=page.reader,
            at=timezone.now(),
        )

    context = {
        "page": page,
        "unknown": [one for one in page.here_at(moment) if one.is_present and not one.is_known],
        "may_set": page.may(SET_PRACTICE),
        "trail": page.trail(Link(_("Tanda vital"))),
    }
    return answered(
        request,
        form,
        act,
        done=_("Tanda vital dicatat."),
        leads_to=page.url,
        template="daily/measure_ward.html",
        context=context,
    )


@open_to(SEE_VITALS)
@require_safe
def of_stay(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    """The latest values of one resident: a part of the page of the stay, or a page with every line."""
    reader = signed_in(request)
    stay = _stay(reader, stay_id)
    log_look(
        by=reader,
        subject=Subject.PERSON,
        subject_id=stay.person_id,
        purpose=_("Membaca tanda vital"),
        unit_id=stay.unit_id,
    )
    history = vitals_of(stay=stay, reader=reader)
    charts = presenters.vitals_charts(history)
    is_part = "HX-Request" in request.headers
    context: dict[str, Any] = {
        "is_part": is_part,
        "stay": stay,
        "name": stay.person.shown_name(to=reader),
        "latest": latest_values(history),
        "waiting": [one for one in history if one.is_in_force and one.beyond and not one.responses.all()],
        "history": history,
        "charts": charts[:1] if is_part else charts,
        "takes": bool(_measures(stay.unit)),
        "may_write": stay.is_open and _may(reader, WRITE_VITALS, stay),
        "may_correct": _may(reader, WRITE_VITALS, stay),
        "may_set": may(reader, SET_PRACTICE, on=stay.unit),
        "trail": _trail(stay, Link(_("Tanda vital"))),
    }
    return render(request, "daily/vitals.html" if is_part else "daily/vitals_page.html", context)


@open_to(WRITE_VITALS)
@require_http_methods(WRITES)
def measure_stay(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    """One resident, all that the unit measures."""
    reader = signed_in(request)
    stay = _stay(reader, stay_id)
    _require(reader, stay)
    form = VitalsForm(request.POST or None, measures=_measures(stay.unit))

    def act() -> object:
        reading = Reading(stay, form.values, form.cleaned_data["remark"])
        moment = form.cleaned_data["measured_at"] or moment_typed(request)
        return operations.record_vitals(
            id=form.record_id, readings=[reading], measured_at=moment, by=reader, at=timezone.now()
        )

    return _form(request, stay, form, act, title=_("Ukur tanda vital"), done=_("Tanda vital dicatat."), may_wait=True)


@open_to(WRITE_VITALS)
@require_http_methods(WRITES)
def correct_vitals(request: HttpRequest, vitals_id: UUID) -> HttpResponse:
    reader = signed_in(request)
    one = _vitals(reader, vitals_id)
    form = CorrectVitalsForm(request.POST or None, vital_signs=one, measures=_measures(one.stay.unit))

    def act() -> object:
        typed = form.cleaned_data
        why: dict[str, Any] = {"vital_signs": one, "why": typed["why"], "by": reader, "at": timezone.now()}
        if typed["is_withdrawn"]:
            return operations.withdraw_vitals(**why)
        return operations.correct_vitals(
            id=form.record_id,
            values=form.values,
            remark=typed["remark"],
            measured_at=typed["measured_at"] or one.measured_at,
            **why,
        )

    done = _("Catatan dibetulkan; yang lama tetap terbaca.")
    return _form(request, one.stay, form, act, title=_("Betulkan tanda vital"), done=done)


@open_to(WRITE_VITALS)
@require_http_methods(WRITES)
def respond(request: HttpRequest, vitals_id: UUID) -> HttpResponse:
    """What was done about measures beyond the limits."""
    reader = signed_in(request)
    one = _vitals(reader, vitals_id)
    form = ResponseForm(request.POST or None)
    return _form(
        request,
        one.stay,
        form,
        lambda: operations.respond_to_vitals(
            id=form.record_id, vital_signs=one, words=form.cleaned_data["words"], by=reader, at=timezone.now()
        ),
        title=_("Tindak lanjut tanda vital"),
        done=_("Tindak lanjut dicatat."),
        lead=one.beyond_words,
        may_wait=True,
    )


@open_to(SET_PRACTICE)
@require_http_methods(WRITES)
def practice(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Which signs a unit takes, where, and from where on somebody looks."""
    reader = signed_in(request)
    unit = Unit.objects.reached_by(reader, SET_PRACTICE).select_related("vitals_practice").filter(pk=unit_id).first()
    if unit is None:
        raise Http404
    form = VitalsPracticeForm(
        request.POST or None,
        practice=vitals_practice(unit) or VitalsPractice(unit=unit, measures=list(presenters.USUAL_MEASURES)),
        wards=list(Ward.objects.visible_to(reader).filter(unit=unit, closed_on=None)),
    )
    back = reverse("daily:wards")
    return answered(
        request,
        form,
        lambda: operations.set_vitals_practice(unit=unit, **form.facts(), by=reader, at=timezone.now()),
        done=_("Kebiasaan mengukur tanda vital disimpan."),
        leads_to=back,
        template="daily/vitals_practice.html",
        context={
            "title": _("Tanda vital di unit ini"),
            "caption": unit.name,
            "back": back,
            "trail": [Link(_("Harian"), back), Link(_("Tanda vital"))],
        },
    )


def _stay(reader: User, stay_id: UUID) -> Stay:
    """A stay whose vital signs this reader may see; otherwise a 404 that does not say why."""
    found = Stay.objects.visible_to(reader).select_related("person", "unit__vitals_practice")
    stay = found.filter(pk=stay_id).first()
    if stay is None or not _may(reader, SEE_VITALS, stay):
        raise Http404
    return stay


def _vitals(reader: User, vitals_id: UUID) -> VitalSigns:
    found = VitalSigns.objects.visible_to(reader).select_related("stay__person", "stay__unit__vitals_practice")
    one = found.filter(pk=vitals_id).first()
    if one is None:
        raise Http404
    _require(reader, one.stay)
    return one


def _may(reader: User, code: str, stay: Stay) -> bool:
    """As the operations ask: it reaches the stay and the house."""
    return may(reader, code, on=stay) and may(reader, code, on=stay.unit)


def _require(reader: User, stay: Stay) -> None:
    if not _may(reader, WRITE_VITALS, stay):
        raise NotAllowed


def _measures(unit: Unit) -> Sequence[Measure]:
    own = vitals_practice(unit)
    return [one for one in Measure if one in own.measures] if own else []


def _trail(stay: Stay, *more: Link) -> list[Link]:
    stay_url = reverse("residence:stay", args=[stay.pk])
    return [Link(_("Harian"), reverse("daily:wards")), Link(f"#{stay.tag}", stay_url), *more]


def _form(
    request: HttpRequest,
    stay: Stay,
    form: SerasiForm,
    act: Callable[[], object],
    *,
    title: str,
    done: str,
    lead: str = "",
    may_wait: bool = False,
) -> HttpResponse:
    leads_to = reverse("daily:vitals_of_stay", args=[stay.pk])
    return answered(
        request,
        form,
        act,
        done=done,
        leads_to=leads_to,
        template="daily/form.html",
        context={
            "caption": f"{stay.person.shown_name(to=signed_in(request))} (#{stay.tag})",
            "title": title,
            "lead": lead,
            "back": leads_to,
            "may_wait": may_wait,
            "trail": _trail(stay, Link(_("Tanda vital"), leads_to), Link(title)),
        },
    )
