"""Referrals on the sender's side (within a file) and on the receiver's (the inbox and the package, no file)."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from serasi.access.acting import FormPage, allow, answer, tried
from serasi.access.enums import Subject
from serasi.access.looks import log_look
from serasi.access.middleware import signed_in
from serasi.access.models import Unit, User
from serasi.access.operations import Refused
from serasi.cases.enums import ApprovalSubject, Confidentiality, ReferralAnswer
from serasi.cases.forms.referral import (
    AcceptForm,
    DestinationFilter,
    MessageForm,
    ReferralChangeForm,
    ReferralForm,
    RefuseForm,
    ResultForm,
    SubmitForm,
)
from serasi.cases.models import Case, Document, Referral
from serasi.cases.operations import referral as operations
from serasi.cases.operations.approval import may_withdraw
from serasi.cases.permissions import ANSWER_REFERRAL, OPEN_CASE_FILE, REFER
from serasi.cases.queries.approval import latest_request
from serasi.cases.queries.destinations import destinations
from serasi.cases.queries.header import name_shown, veil_of, veil_over, with_person
from serasi.cases.queries.package import package_of
from serasi.cases.queries.referral import (
    Package,
    disclosed_documents,
    escalated,
    incoming,
    name_for_list,
    outgoing,
    package_for_receiver,
)
from serasi.cases.reference import referral_reasons, refusal_reasons
from serasi.cases.views.document import NamesInside, send
from serasi.cases.views.loading import Act, LoadedFile, form_of, load_file
from serasi.cases.views.writing import Section, sent
from serasi.cases.work_presenters import referral_status, urgency_word
from serasi.common.components import Link, page_of
from serasi.common.forms import ActForm
from serasi.common.initials import NO_VEIL, Veil
from serasi.institutions.models import Region
from serasi.people.enums import ConsentPurpose
from serasi.people.models import Consent

REFERRALS = Section(gettext_lazy("Rujukan"), "cases:case_referrals")

# --- The sender's side: pages of the file ------------------------------------------------------------------


@require_GET
def case_referrals(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What left this file, and what it came from."""
    file = load_file(request, case_id, _("Membaca rujukan"))
    left = file.case.referrals.select_related("to_unit", "written_by")
    came = file.case.came_from.select_related("from_unit")
    now = timezone.now()
    context = file.context(
        referrals=[(referral, referral_status(referral, now), urgency_word(referral)) for referral in left],
        came_from=list(came),
        may_refer=file.may_do(operations.write_referral),
    )
    return render(request, "cases/referral/of_case.html", context)


@form_of(operations.write_referral)
def write_referral(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """First the unit (the directory, searched), then the referral to it (``?ke=``)."""
    page = REFERRALS.form(request, case_id, _("Rujukan baru"))
    to_unit = _asked_unit(request)
    if to_unit is None:
        if request.method == "POST":
            raise Refused(_("Pilih unit tujuan lebih dahulu."))
        return _choose_unit(request, page.file)
    return page.answer(
        ReferralForm(request.POST or None, documents=_documents(page.file), veil=page.file.veil),
        button=_("Lanjut ke pratinjau"),
        lead=_("Kepada %(unit)s") % {"unit": to_unit.name},
        done=_("Rancangan rujukan disimpan. Periksa apa yang akan terbaca unit tujuan."),
        leads_to=lambda made: reverse("cases:case_referral", args=[case_id, made.pk]),
        case=page.case,
        to_unit=to_unit,
    )


def _choose_unit(request: HttpRequest, file: LoadedFile) -> HttpResponse:
    provinces = [(region.pk, region.name) for region in Region.objects.provinces().order_by("name")]
    form = DestinationFilter(request.GET, provinces=provinces)
    chosen = form.chosen
    found = destinations(
        file.case.unit,
        on=timezone.localdate(),
        cluster=chosen.get("cluster", ""),
        owner=chosen.get("owner", ""),
        province=chosen.get("province", ""),
        words=chosen.get("q", "").split(),
    )
    context = file.context(form=form, page=page_of(found, request.GET, size=20))
    return render(request, "cases/referral/choose_unit.html", context)


@form_of(operations.change_referral)
def change_referral(request: HttpRequest, case_id: UUID, referral_id: UUID) -> HttpResponse:
    page = replace(
        REFERRALS.form(request, case_id, _("Ubah rujukan")),
        back=reverse("cases:case_referral", args=[case_id, referral_id]),
    )
    referral = _referral(page.file, referral_id)
    initial = vars(referral) | {"documents": [str(found) for found in referral.documents]}
    return page.answer(
        ReferralChangeForm(request.POST or None, initial=initial, documents=_documents(page.file), veil=page.file.veil),
        lead=_("Kepada %(unit)s") % {"unit": referral.to_unit.name},
        done=_("Rujukan disimpan."),
        referral=referral,
        to_unit=referral.to_unit,
    )


@require_http_methods(["GET", "POST"])
def case_referral(request: HttpRequest, case_id: UUID, referral_id: UUID) -> HttpResponse:
    """One referral as its sender sees it: the exact package, where it stands, the talk with the receiver.

    POST puts a draft before a supervisor.
    """
    crumbs = (Link(_("Rujukan"), reverse("cases:case_referrals", args=[case_id])), Link(_("Satu rujukan")))
    file = load_file(request, case_id, _("Membaca rujukan"), tab="cases:case_referrals", crumbs=crumbs)
    referral = _referral(file, referral_id)
    may_refer = file.may(REFER)
    is_sealed = file.case.confidentiality == Confidentiality.SEALED
    form = SubmitForm(request.POST or None, initial={"revision": referral.revision}, is_sealed=is_sealed)
    if led_on := sent(
        request,
        file,
        form,
        operations.submit_referral,
        done=_("Rujukan diajukan kepada supervisor. Setelah disetujui langsung terkirim."),
        leads_to=request.path,
        referral=referral,
    ):
        return led_on
    is_draft = referral.submitted_at is None and referral.withdrawn_at is None
    asked = latest_request(file.case, ApprovalSubject.REFERRAL, referral.pk) if referral.sent_at is None else None
    package = _preview(referral, file) if is_draft else Package.from_json(referral.package)
    context = file.context(
        **_shown(referral, package, file.veil),
        is_draft=is_draft,
        returned=asked if is_draft else None,
        waiting=asked,
        may_withdraw=file.case.is_open and asked is not None and may_withdraw(file.reader, asked, at=timezone.now()),
        may_refer=may_refer,
        may_rewrite=file.may_do(operations.change_referral),
        may_cancel=may_refer and referral.answered_at is None and referral.withdrawn_at is None,
        has_consent=_may_share(file.case),
        message_form=MessageForm(),
        handovers=referral.handovers.select_related("written_by"),
    )
    return answer(request, "cases/referral/of_case_one.html", context, form)


@require_POST
def withdraw_referral(request: HttpRequest, case_id: UUID, referral_id: UUID) -> HttpResponse:
    file = load_file(request, case_id, _("Menarik rujukan"))
    referral = _referral(file, referral_id)
    operations.withdraw_referral(referral=referral, by=file.reader, at=timezone.now())
    messages.success(request, _("Rujukan ditarik; unit tujuan tidak lagi membaca isinya."))
    return redirect("cases:case_referrals", case_id=case_id)


# --- The receiver's side: no file, only the package --------------------------------------------------------


@require_GET
def referrals(request: HttpRequest) -> HttpResponse:
    """What came in, what went out, and where nobody answered."""
    reader = signed_in(request)
    allow(reader.scope.has(ANSWER_REFERRAL) or reader.scope.has(OPEN_CASE_FILE))
    now = timezone.now()
    which = request.GET.get("lihat", "masuk")
    if which == "keluar":
        page = page_of(outgoing(reader), request.GET)
        cases = with_person(Case.objects.visible_to(reader), reader).filter(pk__in=[r.case_id for r in page])
        names = {case.pk: name_shown(case, reader) for case in cases}
        rows = [(r, names.get(r.case_id, ""), referral_status(r, now), urgency_word(r)) for r in page]
    else:
        found = escalated(reader) if which == "senyap" else incoming(reader)
        page = page_of(found, request.GET)
        rows = [(r, name_for_list(r), referral_status(r, now), urgency_word(r)) for r in page]
    context = {
        "which": which if which in {"keluar", "senyap"} else "masuk",
        "page": page,
        "rows": rows,
        "silent": escalated(reader).count(),
    }
    return render(request, "cases/referral/inbox.html", context)


@require_GET
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The package as the receiver reads it. Opening it is logged as a look at the person."""
    reader = signed_in(request)
    received = _received(reader, referral_id)
    package = package_for_receiver(received)
    if package is not None:
        log_look(
            by=reader,
            subject=Subject.PERSON,
            subject_id=received.person_id,
            purpose=_("Membaca rujukan yang masuk"),
            unit_id=received.to_unit_id,
        )
    return render(request, "cases/referral/received.html", _receiver_context(received, package, reader))


@require_http_methods(["GET", "POST"])
def accept_referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    received = _answerable(request, referral_id)
    page = FormPage(_("Terima rujukan"), _("Terima"), reverse("cases:referral", args=[referral_id]))
    form = AcceptForm(request.POST or None)
    return _answer(request, received, form, operations.accept_referral, page, done=_("Rujukan diterima."))


@require_http_methods(["GET", "POST"])
def refuse_referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    received = _answerable(request, referral_id)
    page = FormPage(_("Tolak rujukan"), _("Tolak"), reverse("cases:referral", args=[referral_id]))
    form, done = RefuseForm(request.POST or None), _("Rujukan ditolak; isinya tidak lagi terbaca di sini.")
    return _answer(request, received, form, operations.refuse_referral, page, done=done)


@require_http_methods(["GET", "POST"])
def write_message(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """A question or its answer, from either end; each goes back to where it came from."""
    writer = signed_in(request)
    found = get_object_or_404(_both_ends(writer), pk=referral_id)
    allow(operations.may_talk(writer, found))
    page = FormPage(_("Pesan tentang rujukan"), _("Kirim pesan"), _page_of(found, writer))
    form = MessageForm(request.POST or None)
    return _answer(request, found, form, operations.write_message, page, done=_("Pesan dikirim."))


@require_http_methods(["GET", "POST"])
def return_result(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    writer = signed_in(request)
    found = get_object_or_404(_both_ends(writer).filter(answer=ReferralAnswer.ACCEPTED), pk=referral_id)
    allow(operations.may_return(writer, found))
    page = FormPage(_("Hasil bagi perujuk"), _("Kirim hasil"), reverse("cases:referral", args=[referral_id]))
    form, done = ResultForm(request.POST or None), _("Hasil dikirim kepada perujuk.")
    return _answer(request, found, form, operations.return_result, page, done=done)


def _answer(
    request: HttpRequest, found: Referral, form: ActForm, act: Act, page: FormPage, *, done: str
) -> HttpResponse:
    return tried(request, form, act, done=done, leads_to=page.back, referral=found) or answer(
        request, "cases/referral/answer.html", {"referral": found, "page": page}, form
    )


@never_cache
@require_GET
def referral_document(request: HttpRequest, referral_id: UUID, document_id: UUID) -> HttpResponseBase:
    """A document that the package discloses, as long as the package is read."""
    reader = signed_in(request)
    received = _received(reader, referral_id)
    if all(found.id != document_id for found in disclosed_documents(received)):
        raise Http404
    document = get_object_or_404(Document.objects.visible_to(reader), pk=document_id)
    if _veil(reader, received).is_drawn:
        raise NamesInside
    log_look(
        by=reader,
        subject=Subject.PERSON,
        subject_id=received.person_id,
        purpose=_("Membuka dokumen rujukan"),
        unit_id=received.to_unit_id,
    )
    return send(document)


# --- Loading and arranging ---------------------------------------------------------------------------------


def _referral(file: LoadedFile, referral_id: UUID) -> Referral:
    found = get_object_or_404(
        file.case.referrals.select_related("to_unit", "from_unit", "answered_by", "written_by"), pk=referral_id
    )
    found.case = file.case
    return found


def _both_ends(reader: User) -> Any:
    return Referral.objects.visible_to(reader).select_related(
        "from_unit", "to_unit", "answered_by", "written_by", "received_case", "received_case__unit"
    )


def _received(reader: User, referral_id: UUID) -> Referral:
    found: Referral = get_object_or_404(_both_ends(reader).filter(sent_at__isnull=False), pk=referral_id)
    return found


def _answerable(request: HttpRequest, referral_id: UUID) -> Referral:
    reader = signed_in(request)
    found = _received(reader, referral_id)
    allow(operations.is_receiver(reader, found))
    return found


def _asked_unit(request: HttpRequest) -> Unit | None:
    asked = request.GET.get("ke", "")
    if not asked:
        return None
    try:
        return get_object_or_404(Unit.objects.filter(closed_on=None), pk=UUID(asked))
    except ValueError as error:
        raise Http404 from error


def _documents(file: LoadedFile) -> list[Document]:
    return list(file.case.documents.readable_by(file.reader).filter(withdrawn_at=None))


def _preview(referral: Referral, file: LoadedFile) -> Package:
    """What would be frozen if it were submitted now."""
    return package_of(
        file.case,
        disclosed=referral.disclosed,
        documents=referral.documents,
        reader=file.reader,
        on=timezone.localdate(),
    )


def _may_share(case: Case) -> bool:
    return Consent.objects.filter(person=case.person_id, purpose=ConsentPurpose.SHARING, withdrawn_at=None).exists()


def _shown(referral: Referral, package: Package | None, veil: Veil) -> dict[str, Any]:
    """What both ends see of a referral, but for a name that is not theirs to read."""
    refused = refusal_reasons()[referral.answer_code] if referral.answer_code else None
    return {
        "referral": referral,
        "package": package.under(veil) if package else None,
        "veil": veil,
        "status": referral_status(referral, timezone.now()),
        "urgency": urgency_word(referral),
        "reason_name": referral_reasons()[referral.reason_code],
        "refused_because": refused or "",
        "talk": list(referral.messages.select_related("written_by")),
    }


def _receiver_context(received: Referral, package: Package | None, reader: User) -> dict[str, Any]:
    own_file = received.received_case if received.received_case_id else None
    is_open = received.answered_at is None and received.withdrawn_at is None
    is_receiver = operations.is_receiver(reader, received)
    return _shown(received, package, _veil(reader, received)) | {
        "may_answer": is_open and is_receiver,
        "may_talk": is_receiver and received.withdrawn_at is None,
        "own_file": own_file,
        "may_return": received.result_at is None and operations.may_return(reader, received),
        "message_form": MessageForm(),
        "handovers": received.handovers.select_related("written_by"),
    }


def _veil(reader: User, found: Referral) -> Veil:
    """Whoever may answer reads it whole while it waits; then it is for the teams of the two files."""
    if found.answered_at is None and operations.is_receiver(reader, found):
        return NO_VEIL
    files = with_person(Case.objects.visible_to(reader), reader).filter(pk__in=[found.case_id, found.received_case_id])
    veils = [(file, veil_of(file, reader)) for file in files]
    if not veils:
        return Veil(is_closed=True) if found.confidentiality == Confidentiality.SPPA else NO_VEIL
    return veil_over(veils[0][0].person) if all(veil.is_drawn for _file, veil in veils) else NO_VEIL


def _page_of(found: Referral, reader: User) -> str:
    """The sender's own page of it, or the receiver's."""
    if Case.objects.visible_to(reader).filter(pk=found.case_id).exists():
        return reverse("cases:case_referral", args=[found.case_id, found.pk])
    return reverse("cases:referral", args=[found.pk])
