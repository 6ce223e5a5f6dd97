"""From a case: where this person lives and lived, and coming to live here."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import WRITES, FormPage, allow, answer, written
from serasi.access.gate import open_to
from serasi.access.models import User
from serasi.access.permissions import may
from serasi.cases.door import answer_panel, load_case
from serasi.cases.models import Case
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.cases.queries.header import name_shown
from serasi.common.components import Link
from serasi.residence import operations, presenters
from serasi.residence.enums import Property
from serasi.residence.forms import AdmitForm, ReserveForm
from serasi.residence.models import Reservation
from serasi.residence.permissions import ADMIT, OVERRIDE, RESERVE
from serasi.residence.queries import criteria_now, stays_of
from serasi.residence.views.loading import choices_in


@open_to(OPEN_CASE_FILE)
@require_safe
def of_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A part of the first page of the file, or a page of its own without script."""
    reader, case = load_case(request, case_id, _("Membaca hunian"))
    stays = stays_of(person=case.person, reader=reader)
    lives_here = any(one.is_open for one in stays)
    return answer_panel(
        request,
        "residence/of_case.html",
        case,
        title=_("Hunian"),
        lead=_("Di mana ia tinggal sekarang dan dahulu."),
        stays=stays,
        may_admit=not lives_here and case.is_open and may(reader, ADMIT, on=case.unit),
        reservation=Reservation.objects.visible_to(reader).open().filter(person=case.person, unit=case.unit).first(),
        may_reserve=case.is_open
        and may(reader, RESERVE, on=case.unit)
        and not any(one.is_open and one.unit_id == case.unit_id for one in stays),
    )


@open_to(ADMIT)
@require_http_methods(WRITES)
def admit(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Admit first; screening, belongings and orientation wait on the page of the stay."""
    reader, case = load_case(request, case_id, _("Menerima tinggal"))
    allow(may(reader, ADMIT, on=case.unit))
    typed = request.POST if request.method == "POST" else None
    needs = [need for need in request.POST.getlist("needs") if need in Property.values]
    choices = choices_in(case.unit, person=case.person, reader=reader, needs=needs)
    referral = case.came_from.order_by("-answered_at").select_related("from_unit").first()
    form = AdmitForm(
        typed,
        choices=choices,
        may_override=may(reader, OVERRIDE, on=case.unit),
        initial={"purpose": referral.reason[:300] if referral else ""},
    )
    page = _page(case, _("Terima tinggal"), reader=reader, button=_("Terima"))
    context = {
        "page": page,
        "has_rooms": bool(choices.by_ward),
        "referral": referral,
        "earlier": stays_of(person=case.person, reader=reader),
        "criteria": presenters.criteria_facts(criteria_now(case.unit)),
    }
    if typed is not None and ("suggest" in typed or "HX-Request" in request.headers):
        form.suggest_again()
        return answer(request, "residence/admit.html", context, form)
    return written(
        request,
        form,
        operations.admit,
        person=case.person,
        unit=case.unit,
        case=case,
        page=page,
        done=_("Ia diterima tinggal di sini. Langkah berikutnya tertulis di halaman ini."),
        leads_to=lambda made: reverse("residence:stay", args=[made.pk]),
        template="residence/admit.html",
        context=context,
    )


@open_to(RESERVE)
@require_http_methods(WRITES)
def reserve(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """This house expects the person, and may hold a bed. It is also its yes to a transfer."""
    reader, case = load_case(request, case_id, _("Memesan tempat"))
    allow(may(reader, RESERVE, on=case.unit))
    choices = choices_in(case.unit, person=case.person, reader=reader)
    lead = _("Unit lain dapat memindahkannya ke sini begitu tempatnya dipesan.")
    return written(
        request,
        ReserveForm(request.POST if request.method == "POST" else None, choices=choices),
        operations.reserve,
        person=case.person,
        unit=case.unit,
        case=case,
        page=_page(case, _("Pesan tempat"), reader=reader, button=_("Pesan"), lead=lead),
        done=_("Tempat dipesan."),
        leads_to=reverse("residence:expected", args=[case.unit_id]),
    )


def _page(case: Case, title: str, *, reader: User, button: str, lead: str = "") -> FormPage:
    back = reverse("cases:case", args=[case.pk])
    above = [Link(case.number, back), Link(_("Hunian"), reverse("residence:of_case", args=[case.pk]))]
    return FormPage(
        title, button, back, lead or case.unit.name, caption=name_shown(case, reader), trail=[*above, Link(title)]
    )
