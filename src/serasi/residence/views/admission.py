"""From a case: where this person lives and lived, and coming to live here."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, FormPage, allow, written
from serasi.access.enums import Subject
from serasi.access.gate import open_to
from serasi.access.looks import log_look
from serasi.access.middleware import signed_in
from serasi.access.models import User
from serasi.access.permissions import may
from serasi.cases.models import Case
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.common.components import Link
from serasi.residence import operations
from serasi.residence.forms import AdmitForm
from serasi.residence.permissions import ADMIT, OVERRIDE
from serasi.residence.queries import stays_of
from serasi.residence.views.loading import choices_in


def _case(request: HttpRequest, case_id: UUID, purpose: str) -> tuple[User, Case]:
    """The case, if this reader may open it; otherwise a 404 that does not say why."""
    reader = signed_in(request)
    case = Case.objects.visible_to(reader).select_related("unit", "person").filter(pk=case_id).first()
    if case is None:
        raise Http404
    if request.method == "GET":
        log_look(by=reader, subject=Subject.CASE, subject_id=case.pk, purpose=purpose, unit_id=case.unit_id)
    return reader, case


@open_to(OPEN_CASE_FILE)
@require_safe
def of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A part of the first page of the file, or a page of its own without script."""
    reader, case = _case(request, case_id, _("Membaca hunian"))
    stays = stays_of(person=case.person, reader=reader)
    lives_here = any(one.is_open for one in stays)
    context = {
        "case": case,
        "name": case.person.shown_name(to=reader),
        "stays": stays,
        "may_admit": not lives_here and case.is_open and may(reader, ADMIT, on=case.unit),
        "trail": [Link(case.number, reverse("cases:case", args=[case.pk])), Link(_("Hunian"))],
    }
    is_part = "HX-Request" in request.headers
    return render(request, "residence/of_case.html" if is_part else "residence/of_case_page.html", context)


@open_to(ADMIT)
@require_http_methods(WRITES)
def admit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    reader, case = _case(request, case_id, _("Menerima tinggal"))
    allow(may(reader, ADMIT, on=case.unit))
    choices = choices_in(case.unit, person=case.person, reader=reader)
    form = AdmitForm(
        request.POST if request.method == "POST" else None,
        choices=choices,
        may_override=may(reader, OVERRIDE, on=case.unit),
    )
    back = reverse("cases:case", args=[case.pk])
    title = _("Terima tinggal")
    above = [Link(case.number, back), Link(_("Hunian"), reverse("residence:of_case", args=[case.pk]))]
    name = case.person.shown_name(to=reader)
    return written(
        request,
        form,
        operations.admit,
        person=case.person,
        unit=case.unit,
        case=case,
        page=FormPage(title, _("Terima"), back, case.unit.name, caption=name, trail=[*above, Link(title)]),
        done=_("Ia diterima tinggal di sini."),
        leads_to=lambda made: reverse("residence:stay", args=[made.pk]),
        template="residence/admit.html",
        context={"has_rooms": bool(choices.by_ward)},
    )
