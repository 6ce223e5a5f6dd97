"""Case conferences."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from serasi.access.acting import answer
from serasi.cases.enums import Confidentiality
from serasi.cases.forms.conference import ConferenceForm, MinutesForm
from serasi.cases.operations.conference import amend_minutes, hold_conference
from serasi.cases.queries.header import name_shown
from serasi.cases.views.agreement import team_users
from serasi.cases.views.loading import LoadedFile, form_of, load_file
from serasi.cases.views.writing import Section, sent
from serasi.common.components import Link

CONFERENCES = Section(gettext_lazy("Temu bahas"), "cases:conferences")


def _person_at_the_table(file: LoadedFile) -> str:
    """How minutes name the person: by initials where the class of the file asks for it; minutes are read by more."""
    if file.case.confidentiality in {Confidentiality.SPPA, Confidentiality.SEALED}:
        return file.case.person.initials
    return name_shown(file.case, file.reader)[:150]


@require_safe
def conferences(request: HttpRequest, case_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Membaca temu bahas"))
    held = file.case.conferences.prefetch_related("participants__user", "decisions__owner")
    context = file.context(conferences=list(held), can_write=file.may_do(hold_conference))
    return render(request, "cases/conference/list.html", context)


@form_of(hold_conference)
def hold(request: HttpRequest, case_id: UUID) -> HttpResponse:
    title, purpose = _("Catat temu bahas kasus"), _("Mencatat temu bahas")
    page = CONFERENCES.form(request, case_id, title, purpose=purpose, crumb=_("Baru"))
    form = ConferenceForm(
        request.POST or None,
        users=team_users(page.case),
        person_name=_person_at_the_table(page.file),
        initial={"held_at": timezone.now(), "staff": [str(page.file.reader.pk)]},  # who writes it down was there
    )
    return page.answer(
        form,
        done=_("Temu bahas kasus dicatat."),
        leads_to=lambda held: reverse("cases:conference", args=[case_id, held.pk]),
        case=page.case,
    )


@require_http_methods(["GET", "POST"])
def conference(request: HttpRequest, case_id: UUID, conference_id: UUID) -> HttpResponse:
    """One conference; whoever may write mends question and minutes on the same page."""
    crumbs = (Link(_("Temu bahas"), reverse("cases:conferences", args=[case_id])), Link(_("Notula")))
    file = load_file(request, case_id, _("Membaca temu bahas"), tab="cases:conferences", crumbs=crumbs)
    one = get_object_or_404(
        file.case.conferences.select_related("written_by").prefetch_related("participants__user", "decisions__owner"),
        pk=conference_id,
    )
    one.case = file.case
    form = MinutesForm(request.POST or None, initial=vars(one))
    if led_on := sent(
        request, file, form, amend_minutes, done=_("Notula diperbarui."), leads_to=request.path, conference=one
    ):
        return led_on
    context = file.context(conference=one, can_write=file.may_do(amend_minutes), today=timezone.localdate())
    return answer(request, "cases/conference/page.html", context, form)
