"""Case conferences."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from serasi.cases.enums import Confidentiality
from serasi.cases.forms.conference import ConferenceForm, MinutesForm
from serasi.cases.operations.conference import amend_minutes, hold_conference
from serasi.cases.queries.header import name_shown
from serasi.cases.views.acting import answer, attempt
from serasi.cases.views.agreement import team_users
from serasi.cases.views.loading import LoadedFile, form_of, load_file
from serasi.common.components import Link


def _crumbs(case_id: UUID, name: str) -> tuple[Link, ...]:
    return Link(_("Temu bahas"), reverse("cases:conferences", args=[case_id])), Link(name)


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
    file = load_file(
        request, case_id, _("Mencatat temu bahas"), tab="cases:conferences", crumbs=_crumbs(case_id, _("Baru"))
    )
    form = ConferenceForm(
        request.POST or None,
        users=team_users(file.case),
        person_name=_person_at_the_table(file),
        initial={"held_at": timezone.now(), "staff": [str(file.reader.pk)]},  # who writes it down was there
    )
    if request.method == "POST":
        made = attempt(
            form,
            lambda: hold_conference(
                id=form.record_id,
                case=file.case,
                held_at=form.cleaned_data["held_at"],
                question=form.cleaned_data["question"],
                minutes=form.cleaned_data["minutes"],
                seats=form.seats,
                decisions=form.decisions,
                by=file.reader,
                at=timezone.now(),
            ),
        )
        if made is not None:
            messages.success(request, _("Temu bahas kasus dicatat."))
            return redirect("cases:conference", case_id=case_id, conference_id=made.pk)
    back = reverse("cases:conferences", args=[case_id])
    return answer(request, "cases/case/form.html", file.context(title=_("Catat temu bahas kasus"), back=back), form)


@require_http_methods(["GET", "POST"])
def conference(request: HttpRequest, case_id: UUID, conference_id: UUID) -> HttpResponse:
    """One conference; whoever may write mends question and minutes on the same page."""
    file = load_file(
        request, case_id, _("Membaca temu bahas"), tab="cases:conferences", crumbs=_crumbs(case_id, _("Notula"))
    )
    one = get_object_or_404(
        file.case.conferences.select_related("written_by").prefetch_related("participants__user", "decisions__owner"),
        pk=conference_id,
    )
    one.case = file.case
    form = MinutesForm(
        request.POST or None, initial={"question": one.question, "minutes": one.minutes, "revision": one.revision}
    )
    if request.method == "POST":
        file.require(amend_minutes, one)
        done = attempt(
            form,
            lambda: amend_minutes(
                conference=one,
                revision=form.revision,
                question=form.cleaned_data["question"],
                minutes=form.cleaned_data["minutes"],
                by=file.reader,
                at=timezone.now(),
            ),
        )
        if done is not None:
            messages.success(request, _("Notula diperbarui."))
            return redirect("cases:conference", case_id=case_id, conference_id=conference_id)
    context = file.context(conference=one, can_write=file.may_do(amend_minutes), today=timezone.localdate())
    return answer(request, "cases/conference/page.html", context, form)
