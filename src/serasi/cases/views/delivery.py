"""Services given: in one file, to a group, and counted for a unit."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from serasi.access.acting import allow, answer, tried
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.operations import NotAllowed
from serasi.access.registry import permission
from serasi.cases.forms.delivery import CountFilter, DeliveryForm, SessionForm, WithdrawForm
from serasi.cases.models import Case, Component, ServiceLine
from serasi.cases.operations import delivery as operations
from serasi.cases.operations.group_session import hold_session, withdraw_session
from serasi.cases.permissions import COUNT_CASES, DELIVER
from serasi.cases.queries.delivery import (
    delivered_in_unit,
    participants_on_offer,
    sessions_seen_by,
    veil_over_participants,
)
from serasi.cases.queries.header import name_shown, with_person
from serasi.cases.queries.plan import coverage, planned_in, plans_with_content
from serasi.cases.queries.practice import practice_of
from serasi.cases.views.loading import button_of, form_of, load_file
from serasi.cases.views.writing import Section
from serasi.cases.work_presenters import counts_table, coverage_table
from serasi.common.components import page_of
from serasi.common.identifiers import uuid7

SERVICES = Section(gettext_lazy("Layanan"), "cases:services")
MOST_LISTED = 200


@require_GET
def services(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What was given, what the plan still promises (one touch each), and both counted per component."""
    file = load_file(request, case_id, _("Membaca layanan yang diberikan"))
    in_force = next((plan for plan in plans_with_content(file.case) if plan.is_approved), None)
    lines = [line for goal in in_force.goals.all() for line in goal.lines.all()] if in_force else []
    given = file.case.deliverys.select_related("component", "written_by", "session", "withdrawn_by")
    context = file.context(
        lines=[(line, uuid7()) for line in lines],
        page=page_of(given, request.GET),
        coverage=coverage_table(coverage(file.case, planned_in(in_force))),
        may_deliver=file.may_do(operations.record_delivery),
        may_withdraw=file.may_do(operations.withdraw_delivery),
    )
    return render(request, "cases/service/list.html", context)


@button_of(operations.deliver_line)
def deliver_line(request: HttpRequest, case_id: UUID, line_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Mencatat layanan"))
    line = _line(file.case, line_id)
    operations.deliver_line(id=_record_id(request), line=line, by=file.reader, at=timezone.now())
    messages.success(request, _("Tercatat: %(activity)s.") % {"activity": file.veil.over(line.activity)})
    return redirect("cases:services", case_id=case_id)


@form_of(operations.record_delivery)
def record_delivery(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A service beside the plan, or, with ``?baris=``, one of the plan with its particulars."""
    page = SERVICES.form(request, case_id, _("Catat layanan"))
    file, line = page.file, _asked_line(request, page.case)
    initial: dict[str, Any] = {"delivered_at": timezone.now(), "provider_name": file.reader.full_name}
    if line is not None:
        activity = file.veil.over(line.activity)
        initial |= {"component": line.component_id, "activity": activity, "approach": line.approach}
    form = DeliveryForm(request.POST or None, initial=initial, components=_components(file.case.unit))
    return page.answer(
        form,
        button=_("Catat"),
        lead=_("Sesuai rencana.") if line else _("Di luar rencana. Layanan rencana dicatat dari daftarnya."),
        done=_("Layanan dicatat."),
        case=file.case,
        line=line,
    )


@form_of(operations.withdraw_delivery)
def withdraw_delivery(request: HttpRequest, case_id: UUID, delivery_id: UUID) -> HttpResponse:
    page = SERVICES.form(request, case_id, _("Batalkan catatan layanan"))
    delivery = get_object_or_404(page.case.deliverys, pk=delivery_id)
    delivery.case = page.case
    return page.answer(
        WithdrawForm(request.POST or None),
        button=_("Batalkan catatan"),
        lead=page.file.veil.over(delivery.activity),
        done=_("Catatan dibatalkan; tidak lagi dihitung, tetap terbaca."),
        delivery=delivery,
    )


# --- Groups ------------------------------------------------------------------------------------------------


@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Group activities that this reader may see."""
    reader = signed_in(request)
    allow(reader.scope.has(DELIVER))
    page = page_of(sessions_seen_by(reader), request.GET)
    context = {"page": page, "veil": veil_over_participants(reader, list(page))}
    return render(request, "cases/service/sessions.html", context)


@require_http_methods(["GET", "POST"])
def hold_group_session(request: HttpRequest) -> HttpResponse:
    """One activity for many: the participants are found among the open cases this worker may serve.

    `?seperti=` starts from an earlier activity. Looking for someone sends the form as it stands and writes nothing.
    """
    worker = signed_in(request)
    allow(worker.scope.has(DELIVER))
    unit = _unit_of(worker)
    initial: dict[str, Any] = {
        "held_at": timezone.now(),
        "provider_name": worker.full_name,
        **_like_before(request, worker),
    }
    ticked = request.POST.getlist("cases") if request.method == "POST" else initial.get("cases", [])
    offer = participants_on_offer(worker, ticked=_ids(ticked), words=request.POST.get("look_for", "").strip()[:100])
    on_offer = [*offer.ticked, *offer.found]
    form = SessionForm(
        request.POST or None,
        initial=initial,
        components=_components(unit),
        cases=[(case, f"{name_shown(case, worker)} – {case.number}") for case in on_offer],
        total=offer.total,
    )
    is_looking = request.method == "POST" and ("look_for_cari" in request.POST or "HX-Request" in request.headers)
    if is_looking:
        form.errors.clear()
        if "HX-Request" in request.headers:
            return render(request, "cases/service/participants.html", {"form": form})
    elif led_on := tried(
        request,
        form,
        hold_session,
        done=lambda _held: _recorded_for(len(form.cleaned_data["cases"])),
        leads_to=lambda held: reverse("cases:session", args=[held.pk]),
        unit=unit,
    ):
        return led_on
    return answer(request, "cases/service/session_form.html", {"has_cases": bool(offer.total)}, form)


def _recorded_for(count: int) -> str:
    return ngettext("Kegiatan dicatat untuk %d orang.", "Kegiatan dicatat untuk %d orang.", count) % count


def _like_before(request: HttpRequest, worker: User) -> dict[str, Any]:
    """What an earlier activity of this reader says of the next one: the same people, the same work."""
    asked = _ids([request.GET.get("seperti", "")])
    before = sessions_seen_by(worker).filter(pk__in=asked).first()
    if before is None:
        return {}
    given_then = list(before.deliveries.all())
    return {
        "title": veil_over_participants(worker, [before]).over(before.title),
        "component": before.component_id,
        "minutes": before.minutes,
        "approach": next((given.approach for given in given_then), ""),
        "cases": [str(given.case_id) for given in given_then if not given.withdrawn_at],
    }


def _ids(texts: Iterable[str]) -> list[UUID]:
    """The ids among what was sent."""
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found


@require_http_methods(["GET", "POST"])
def session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Who took part, as far as this reader may know; and taking the whole back when it was recorded wrongly."""
    reader = signed_in(request)
    held = get_object_or_404(sessions_seen_by(reader), pk=session_id)
    form = WithdrawForm(request.POST or None)
    may_withdraw = reader.scope.allows(DELIVER, held.guard_for(reader))
    if request.method == "POST":
        allow(may_withdraw)
    done = _("Kegiatan dibatalkan pada berkas semua peserta.")
    if led_on := tried(request, form, withdraw_session, done=done, leads_to=request.path, session=held):
        return led_on
    deliveries = held.deliveries.all()
    seen = with_person(Case.objects.visible_to(reader), reader).filter(pk__in=[d.case_id for d in deliveries])
    people = {case.pk: (case, name_shown(case, reader)) for case in seen}
    participants = [(d, *people[d.case_id]) for d in deliveries if d.case_id in people]
    context = {
        "session": held,
        "veil": veil_over_participants(reader, [held]),
        "participants": participants,
        "hidden": len(deliveries) - len(participants),
        "may_hold": reader.scope.has(DELIVER),
        "may_withdraw": may_withdraw and any(not d.withdrawn_at for d in deliveries),
    }
    return answer(request, "cases/service/session.html", context, form)


@require_GET
def counted(request: HttpRequest) -> HttpResponse:
    """Services of one unit in a period, per component."""
    reader = signed_in(request)
    allow(reader.scope.has(COUNT_CASES))
    units = list(Unit.objects.reached_by(reader, COUNT_CASES).filter(closed_on=None).order_by("path")[:MOST_LISTED])
    if not units:
        raise NotAllowed
    form = CountFilter(request.GET, units=[(str(unit.pk), unit.name) for unit in units])
    chosen = form.chosen
    unit = next((unit for unit in units if str(unit.pk) == chosen.get("unit")), units[0])
    today = timezone.localdate()
    since = chosen.get("since") or today.replace(day=1)
    until = chosen.get("until") or today
    rows = delivered_in_unit(unit, since, until + timedelta(days=1))
    context = {"form": form, "unit": unit, "since": since, "until": until, "table": counts_table(rows)}
    return render(request, "cases/service/counted.html", context)


# --- Loading -----------------------------------------------------------------------------------------------


def _components(unit: Unit) -> Any:
    return Component.objects.filter(pk__in=practice_of(unit).components)


def _record_id(request: HttpRequest) -> UUID:
    """The id that the button carries; a broken one gets a new id, for the touch itself is what counts."""
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        return uuid7()


def _asked_line(request: HttpRequest, case: Case) -> ServiceLine | None:
    asked = request.GET.get("baris", "")
    if not asked:
        return None
    try:
        wanted = UUID(asked)
    except ValueError as error:
        raise Http404 from error
    return _line(case, wanted)


def _line(case: Case, line_id: UUID) -> ServiceLine:
    line = get_object_or_404(ServiceLine.objects.select_related("plan").filter(plan__case=case), pk=line_id)
    line.plan.case = case
    return line


def _unit_of(worker: User) -> Unit:
    held_by = permission(DELIVER).held_by
    held = next((post for post in worker.scope.posts if post.role in held_by), None)
    if held is None:
        raise NotAllowed
    return Unit.objects.get(pk=held.unit_id)
