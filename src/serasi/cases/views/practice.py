"""A new unit, from a template to the first invitation, in one form; and how a unit works."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from serasi.access.acting import answer, attempt, tried
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in, typed_in
from serasi.access.models import Posting, Unit
from serasi.access.sign_in import invitation_url
from serasi.cases.forms.practice import PracticeForm, StartUnitForm
from serasi.cases.models import Practice
from serasi.cases.operations.practice import change_practice, start_unit
from serasi.cases.permissions import SET_PRACTICE
from serasi.cases.queries.practice import letter_pattern_of, practice_of
from serasi.institutions.permissions import SET_UP_INSTITUTION
from serasi.institutions.reference import unit_templates


@open_to(SET_UP_INSTITUTION)
def choose_template(request: HttpRequest) -> HttpResponse:
    """What kind of unit it is; the rest follows from that and can be changed."""
    return render(request, "cases/practice/templates.html", {"templates": list(unit_templates())})


@open_to(SET_UP_INSTITUTION)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, template: str) -> HttpResponse:
    user, chosen = signed_in(request), unit_templates().get(template)
    if chosen is None:
        raise Http404
    form = StartUnitForm(typed_in(request), by=user, template=chosen)
    if request.method == "POST":
        practice = attempt(form, lambda: start_unit(**form.facts(), by=user, at=timezone.now()))
        if practice is not None:
            return _ready(request, practice)
    return answer(request, "cases/practice/start.html", {"template": chosen}, form)


@open_to(SET_PRACTICE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How a unit works. What it has not set itself is shown as it inherits it, and becomes its own when saved."""
    unit = get_object_or_404(Unit.objects.reached_by(signed_in(request), SET_PRACTICE), pk=pk)
    own, terms = Practice.objects.filter(unit=unit).first(), practice_of(unit)
    form = PracticeForm(
        typed_in(request),
        initial={
            "revision": own.revision if own else 0,
            "stage_set": terms.stage_set,
            "components": list(terms.components),
            "aftercare_months": ", ".join(str(month) for month in terms.aftercare_months),
            "referral_answer_days": terms.referral_answer_days,
            "consent_withdrawal_hours": terms.consent_withdrawal_hours,
            "letter_pattern": letter_pattern_of(unit, timezone.localdate().year),
        },
    )
    done, leads_to = _("Tata kerja disimpan."), reverse("access:unit", args=[unit.pk])
    if led_on := tried(request, form, change_practice, done=done, leads_to=leads_to, unit=unit):
        return led_on
    return answer(request, "cases/practice/change.html", {"unit": unit, "is_own": own is not None}, form)


def _ready(request: HttpRequest, practice: Practice) -> HttpResponse:
    """The new unit, with an invitation for each who has no password yet; shown once and kept nowhere."""
    staff = [
        (p.user, p.get_role_display(), "" if p.user.has_usable_password() else invitation_url(request, p.user))
        for p in Posting.objects.filter(unit=practice.unit).select_related("user").order_by("pk")
    ]
    return render(request, "cases/practice/ready.html", {"unit": practice.unit, "staff": staff})
