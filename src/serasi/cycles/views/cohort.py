"""The cycles of a unit: who is late, who turns together, how the unit turns."""

from collections.abc import Iterable
from dataclasses import dataclass
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
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.permissions import may
from serasi.cases.models import Case
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.cases.queries.header import name_shown, with_person
from serasi.common.components import Link, Status, page_of
from serasi.cycles import operations, presenters
from serasi.cycles.enums import ReviewKind
from serasi.cycles.forms import CohortForm, CycleFilter, JoinForm, PracticeForm
from serasi.cycles.models import Cohort, Cycle
from serasi.cycles.permissions import GATHER, SEE_COHORT, SET_PRACTICE
from serasi.cycles.queries import cases_of, cases_to_turn, cycle_list, due_of, practice_of, turns


def _trail(*more: Link) -> list[Link]:
    return [Link(_("Siklus"), reverse("cycles:list") if more else ""), *more]


def _names(cases: Iterable[UUID], reader: User) -> dict[UUID, tuple[str, str]]:
    """Name and number of each case as this reader may read them (1 query)."""
    found = with_person(Case.objects.visible_to(reader).filter(pk__in=list(cases)), reader)
    return {case.pk: (name_shown(case, reader), case.number) for case in found}


@dataclass(frozen=True, slots=True)
class Line:
    """One cycle of the list."""

    cycle: Any
    name: str
    number: str
    kind: str
    status: Status | None


@open_to(OPEN_CASE_FILE)
@require_safe
def cycles(request: HttpRequest) -> HttpResponse:
    reader = signed_in(request)
    form = CycleFilter(
        request.GET,
        units=Unit.objects.reached_by(reader, SEE_COHORT).open().order_by("path"),
        cohorts=Cohort.objects.visible_to(reader),
    )
    page = page_of(cycle_list(reader, form.chosen), request.GET)
    names = _names((one.case_id for one in page), reader)
    context = {
        "form": form,
        "page": page,
        "lines": [_line(one, *names[one.case_id]) for one in page],
        "cohorts": list(Cohort.objects.visible_to(reader)[:6]),
        "may_gather": reader.scope.has(GATHER),
    }
    return render(request, "cycles/list.html", context)


def _line(one: Any, name: str, number: str) -> Line:
    if one.next_due is None:
        return Line(one, name, number, "", None)
    due = due_of(one.next_due, one.unit_today, is_held=False, is_over=False)
    return Line(one, name, number, str(ReviewKind(one.next_kind).label), presenters.due_status(due))


# --- Cohorts


@open_to(GATHER)
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """For which unit a cohort begins."""
    found = Unit.objects.reached_by(signed_in(request), GATHER).open().order_by("path")
    page = page_of(found, request.GET)
    return render(request, "cycles/units.html", {"page": page, "trail": _trail(Link(_("Mulai angkatan")))})


def _unit(reader: User, unit_id: UUID, permission: str) -> Unit:
    unit = get_object_or_404(Unit.objects, pk=unit_id)
    allow(may(reader, permission, on=unit))
    return unit


def _choices(request: HttpRequest, unit: Unit) -> dict[str, Any]:
    """Whom a form offers: who may begin. What is sent may name anyone: sent twice it finds what it made."""
    reader = signed_in(request)
    offered = list((cases_of if request.method == "POST" else cases_to_turn)(reader, unit))
    return {"offered": offered, "names": {case.pk: name_shown(case, reader) for case in offered}}


@open_to(GATHER)
@require_http_methods(WRITES)
def start_cohort(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    reader, title = signed_in(request), _("Mulai angkatan")
    unit = _unit(reader, unit_id, GATHER)
    initial = {"starts_on": unit.day_at(timezone.now()), "months": practice_of(unit).months}
    form = CohortForm(request.POST or None, **_choices(request, unit), initial=initial)
    lead = _("Satu siklus dimulai untuk setiap orang yang dicentang. Yang masih dalam siklus lain tidak tampil.")
    page = FormPage(title, title, reverse("cycles:list"), lead, caption=unit.name, trail=_trail(Link(title)))
    return written(
        request,
        form,
        operations.start_cohort,
        page=page,
        done=_("Angkatan dimulai."),
        leads_to=lambda made: reverse("cycles:cohort", args=[made.pk]),
        unit=unit,
    )


def _cohort(reader: User, cohort_id: UUID) -> Cohort:
    return get_object_or_404(Cohort.objects.visible_to(reader).select_related("unit"), pk=cohort_id)


@open_to(SEE_COHORT)
@require_safe
def cohort(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """One table: people and their reviews, as far as their files may be opened."""
    reader = signed_in(request)
    one = _cohort(reader, cohort_id)
    today = one.unit.day_at(timezone.now())
    found = turns(
        Cycle.objects.visible_to(reader).standing().filter(cohort=one).order_by("starts_on", "pk"), today=today
    )
    names = _names((turn.cycle.case_id for turn in found), reader)
    context = {
        "cohort": one,
        "kinds": [kind.label for kind in ReviewKind],
        "rows": [
            (turn, *names[turn.cycle.case_id], [(stand, presenters.due_status(stand.due)) for stand in turn.reviews])
            for turn in found
        ],
        "may_join": may(reader, GATHER, on=one) and one.starts_on <= today < one.ends_on,
        "trail": _trail(Link(one.name)),
    }
    return render(request, "cycles/cohort.html", context)


@open_to(GATHER)
@require_http_methods(WRITES)
def join(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    reader, title = signed_in(request), _("Tambah yang menyusul")
    one = _cohort(reader, cohort_id)
    allow(may(reader, GATHER, on=one))
    back = reverse("cycles:cohort", args=[one.pk])
    initial = {"starts_on": one.unit.day_at(timezone.now())}
    form = JoinForm(request.POST or None, **_choices(request, one.unit), initial=initial)
    lead = _("Siklusnya dimulai pada hari itu dan selesai bersama angkatan, %(day)s.") % {
        "day": presenters.short(one.ends_on)
    }
    page = FormPage(title, title, back, lead, caption=one.name, trail=_trail(Link(one.name, back), Link(title)))
    return written(request, form, operations.join_cohort, page=page, done=_("Ia ikut dalam angkatan ini."), cohort=one)


@open_to(SET_PRACTICE)
@require_http_methods(WRITES)
def practice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One of the pages of a unit (`access.unit_pages`)."""
    title = _("Atur siklus unit")
    unit = _unit(signed_in(request), pk, SET_PRACTICE)
    rule = practice_of(unit)
    initial = {"months": rule.months, "revision": rule.revision} | dict(
        zip(("entry_share", "midpoint_share", "closing_share"), rule.shares, strict=True)
    )
    form = PracticeForm(request.POST or None, initial=initial)
    lead = _("Berlaku untuk siklus yang dimulai sesudah ini; yang berjalan tetap pada jadwalnya.")
    trail = [
        Link(_("Unit"), reverse("access:units")),
        Link(unit.name, reverse("access:unit", args=[unit.pk])),
        Link(title),
    ]
    page = FormPage(title, _("Simpan"), reverse("access:unit", args=[unit.pk]), lead, caption=unit.name, trail=trail)
    return written(request, form, operations.set_cycle_practice, page=page, done=_("Aturan disimpan."), unit=unit)
