"""The agreement with the person, and the consents beside it."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from serasi.access.models import User
from serasi.cases.forms.agreement import AgreementForm, consents_on_offer
from serasi.cases.models import Case
from serasi.cases.operations.agreement import sign_agreement
from serasi.cases.presenters import consent_text
from serasi.cases.views.loading import form_of, load_file
from serasi.cases.views.writing import Section
from serasi.people.models import Consent
from serasi.people.operations import confirm_stopped
from serasi.people.permissions import CONSENT

AGREEMENTS = Section(gettext_lazy("Kesepakatan"), "cases:agreements")


def team_users(case: Case) -> "object":
    """Who is on the team now."""
    return (
        User.objects.filter(teams__case=case, teams__period__contains=timezone.now()).order_by("full_name").distinct()
    )


@require_safe
def agreements(request: HttpRequest, case_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Membaca kesepakatan"))
    return render(
        request,
        "cases/agreement/list.html",
        file.context(
            agreements=list(file.case.agreements.select_related("explained_by")),
            consents=[
                (one, consent_text(one.text_version))
                for one in Consent.objects.filter(person=file.case.person_id).select_related("explained_by")
            ],
            can_write=file.may_do(sign_agreement),
            can_consent=file.may(CONSENT),
            today=timezone.localdate(),
        ),
    )


@form_of(sign_agreement)
def sign(request: HttpRequest, case_id: UUID) -> HttpResponse:
    title, purpose = _("Catat kesepakatan"), _("Mencatat kesepakatan")
    page = AGREEMENTS.form(request, case_id, title, purpose=purpose, crumb=_("Baru"))
    today = timezone.localdate()
    form = AgreementForm(
        request.POST or None,
        users=team_users(page.case),
        initial={
            "explained_by": page.file.reader.pk,
            "signed_at": timezone.now(),
            "starts_on": today,
            "ends_on": today + timedelta(days=182),
        },
    )
    return page.answer(
        form,
        template="cases/agreement/form.html",
        context={"texts": consents_on_offer()},
        done=_("Kesepakatan dicatat."),
        case=page.case,
    )


@require_safe
def print_agreement(request: HttpRequest, case_id: UUID, agreement_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Mencetak kesepakatan"), tab="cases:agreements")
    agreement = get_object_or_404(file.case.agreements.select_related("explained_by"), pk=agreement_id)
    consents = Consent.objects.filter(person=file.case.person_id, given_at=agreement.signed_at)
    texts = {text.code: text for text in consents_on_offer()}
    shown = [texts[consent.text_version] for consent in consents if consent.text_version in texts]
    with translation.override("id"):  # what is signed speaks Indonesian, whatever language its writer reads
        return render(request, "cases/agreement/print.html", file.context(agreement=agreement, texts=shown))


@require_POST
def consent_stopped(request: HttpRequest, case_id: UUID, consent_id: UUID) -> HttpResponse:
    """Say that the use of data under a withdrawn consent has stopped."""
    file = load_file(request, case_id, _("Menghentikan pemakaian data"))
    consent = get_object_or_404(Consent, pk=consent_id, person=file.case.person_id, withdrawn_at__isnull=False)
    confirm_stopped(consent=consent, by=file.reader, at=timezone.now())
    messages.success(request, _("Pemakaian data dinyatakan berhenti."))
    return redirect("cases:agreements", case_id=case_id)
