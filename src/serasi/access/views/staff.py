"""Staff: who is posted where, someone new, one person's postings, the invitation, switching off."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from serasi.access.forms.staff import (
    EndPostingForm,
    ExtendPostingForm,
    NewStaffForm,
    PostingForm,
    StaffFilter,
    UserForm,
)
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in, typed_in
from serasi.access.models import Posting, User
from serasi.access.operations import Conflict, NotAllowed, Refused, postings, users
from serasi.access.permissions import MANAGE_POSTINGS
from serasi.access.presenters import differences_of, period_in_words, posting_acts, posting_status
from serasi.access.queries import manageable_postings
from serasi.access.queries.staff import row_of
from serasi.access.scope import today
from serasi.access.sign_in import has_second_factor, invitation_url
from serasi.common.components import Cell, Column, Table, page_of

READ_OR_WRITE = ["GET", "HEAD", "POST"]


@open_to(MANAGE_POSTINGS)
def people(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = StaffFilter(request.GET, by=user)
    page = page_of(_narrowed(manageable_postings(user), form.chosen), request.GET)
    rows = [row_of(posting) for posting in page]
    table = Table(
        columns=[
            Column(_("Nama")),
            Column(_("Peran")),
            Column(_("Unit")),
            Column(_("Masa tugas")),
            Column(_("Keadaan")),
        ],
        rows=[
            [
                Cell(row.name, url=reverse("access:staff_person", args=[row.user_id]), sub=row.email),
                row.role,
                row.unit_name,
                period_in_words(row),
                posting_status(row),
            ]
            for row in rows
        ],
    )
    return render(request, "access/staff.html", {"filter": form, "page": page, "table": table})


@open_to(MANAGE_POSTINGS)
@require_http_methods(READ_OR_WRITE)
def add(request: HttpRequest) -> HttpResponse:
    by = signed_in(request)
    form = NewStaffForm(typed_in(request), by=by, initial={"unit": request.GET.get("unit")})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            posting = postings.take_on(
                id=form.record_id,
                email=facts["email"],
                full_name=facts["full_name"],
                language=facts["language"],
                **_posting_facts(facts),
                by=by,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_refusal(refused)
        else:
            if posting.user.has_usable_password():  # the form came again, after its owner had used the link
                return redirect("access:staff_person", pk=posting.user_id)
            return _invitation(request, posting.user, is_new=True)
    return _form_page(request, form, title=_("Petugas baru"), button=_("Buat akun dan penugasan"))


@open_to(MANAGE_POSTINGS)
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, found = signed_in(request), _mine(request, pk)
    own = manageable_postings(by).filter(user=found).order_by("-period")
    elsewhere = Posting.objects.filter(user=found).exclude(pk__in=[p.pk for p in own]).count()
    table = Table(
        columns=[
            Column(_("Peran")),
            Column(_("Masa tugas")),
            Column(_("Keadaan")),
            Column(_("Tindakan"), hidden_label=True),
        ],
        rows=[
            [
                Cell(row.role, sub=row.unit_name),
                period_in_words(row),
                posting_status(row),
                posting_acts(row) if found != by else "",
            ]
            for row in map(row_of, own)
        ],
    )
    context = {"person": found, "postings": table, "elsewhere": elsewhere, "may_rule": _may_rule(by, found)}
    context["has_second_factor"] = has_second_factor(found)
    return render(request, "access/staff_person.html", context)


@open_to(MANAGE_POSTINGS)
@require_http_methods(READ_OR_WRITE)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, found = signed_in(request), _mine(request, pk)
    users.require_over(by, found)
    initial = {name: getattr(found, name) for name in ("full_name", "email", "language", "revision")}
    form = UserForm(typed_in(request), initial=initial)
    title = _("Ubah akun %(name)s") % {"name": found.full_name}
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("full_name", "email", "language")}
        try:
            users.change_user(user=found, **facts, revision=form.revision, by=by, at=timezone.now())
        except Conflict as conflict:
            differences = differences_of(conflict)
            return _form_page(request, form, title=title, person=found, status=409, differences=differences)
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("Perubahan disimpan."))
            return redirect("access:staff_person", pk=found.pk)
    return _form_page(request, form, title=title, person=found)


@open_to(MANAGE_POSTINGS)
@require_http_methods(["POST"])
def invite(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _mine(request, pk)
    users.reset_password(user=found, by=signed_in(request), at=timezone.now())
    return _invitation(request, found, is_new=False)


@open_to(MANAGE_POSTINGS)
@require_http_methods(["POST"])
def take_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    users.take_off_second_factor(user=_mine(request, pk), by=signed_in(request), at=timezone.now())
    messages.success(request, _("Verifikasi dua langkah dilepas. Yang baru dipasang sesudah masuk dengan kata sandi."))
    return redirect("access:staff_person", pk=pk)


@open_to(MANAGE_POSTINGS)
@require_http_methods(["POST"])
def switch_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = users.deactivate_user(user=_mine(request, pk), by=signed_in(request), at=timezone.now())
    messages.success(request, _("Akun %(name)s dimatikan.") % {"name": found.full_name})
    return redirect("access:staff_person", pk=found.pk)


@open_to(MANAGE_POSTINGS)
@require_http_methods(["POST"])
def switch_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = users.reactivate_user(user=_mine(request, pk), by=signed_in(request), at=timezone.now())
    messages.success(request, _("Akun %(name)s aktif lagi.") % {"name": found.full_name})
    return redirect("access:staff_person", pk=found.pk)


@open_to(MANAGE_POSTINGS)
@require_http_methods(READ_OR_WRITE)
def post(request: HttpRequest, pk: UUID) -> HttpResponse:
    by, found = signed_in(request), _mine(request, pk)
    form = PostingForm(typed_in(request), by=by)
    if request.method == "POST" and form.is_valid():
        try:
            postings.post(id=form.record_id, user=found, **_posting_facts(form.cleaned_data), by=by, at=timezone.now())
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("Penugasan dibuat."))
            return redirect("access:staff_person", pk=found.pk)
    title = _("Tugaskan %(name)s") % {"name": found.full_name}
    return _form_page(request, form, title=title, person=found, button=_("Tugaskan"))


@open_to(MANAGE_POSTINGS)
@require_http_methods(READ_OR_WRITE)
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = signed_in(request)
    posting = get_object_or_404(manageable_postings(by), pk=pk)
    form = EndPostingForm(typed_in(request), initial={"last_day": today()})
    if request.method == "POST" and form.is_valid():
        try:
            postings.end_posting(posting=posting, last_day=form.cleaned_data["last_day"], by=by, at=timezone.now())
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("Penugasan diakhiri."))
            return redirect("access:staff_person", pk=posting.user_id)
    return _posting_page(request, form, posting, title=_("Akhiri penugasan"), button=_("Akhiri"))


@open_to(MANAGE_POSTINGS)
@require_http_methods(READ_OR_WRITE)
def extend(request: HttpRequest, pk: UUID) -> HttpResponse:
    by = signed_in(request)
    posting = get_object_or_404(manageable_postings(by), pk=pk)
    form = ExtendPostingForm(typed_in(request))
    if request.method == "POST" and form.is_valid():
        try:
            postings.extend_posting(posting=posting, last_day=form.cleaned_data["last_day"], by=by, at=timezone.now())
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("Penugasan diperpanjang."))
            return redirect("access:staff_person", pk=posting.user_id)
    return _posting_page(request, form, posting, title=_("Perpanjang penugasan"), button=_("Perpanjang"))


def _narrowed(found: Any, chosen: dict[str, Any]) -> Any:
    if word := chosen.get("cari"):
        found = found.filter(Q(user__full_name__icontains=word) | Q(user__email__icontains=word))
    if unit := chosen.get("unit"):
        found = found.filter(unit=unit)
    if role := chosen.get("peran"):
        found = found.filter(role=role)
    now = today()
    match chosen.get("masa"):
        case "berlaku":
            return found.filter(period__contains=now)
        case "habis":
            return found.filter(period__contains=now, period__endswith__lte=now + timedelta(days=31))
        case "nanti":
            return found.filter(period__startswith__gt=now)
        case "lalu":
            return found.filter(period__endswith__lte=now)
        case _:
            return found.not_ended(now)


def _mine(request: HttpRequest, pk: UUID) -> User:
    """Someone with a posting, of whatever time, where this user rules over the staff; else not found."""
    managed = manageable_postings(signed_in(request)).order_by().values("user")
    return get_object_or_404(User, pk=pk, pk__in=managed)


def _may_rule(by: User, user: User) -> bool:
    try:
        users.require_over(by, user)
    except NotAllowed:
        return False
    except users.NotYourself:
        return False
    return True


def _posting_facts(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "role": facts["role"],
        "unit": facts["unit"],
        "starts_on": facts["starts_on"],
        "last_day": facts["last_day"],
        "may_approve_own": facts.get("may_approve_own", False),
    }


def _invitation(request: HttpRequest, user: User, *, is_new: bool) -> HttpResponse:
    """The page that shows the link once; it is not kept anywhere."""
    context = {"person": user, "link": invitation_url(request, user), "is_new": is_new}
    return render(request, "access/invitation.html", context)


def _posting_page(request: HttpRequest, form: Any, posting: Posting, *, title: str, button: str) -> HttpResponse:
    row = row_of(posting)
    lead = f"{row.name} – {row.role}, {row.unit_name}. {period_in_words(row)}."
    return _form_page(request, form, title=title, lead=lead, person=posting.user, button=button)


def _form_page(
    request: HttpRequest, form: Any, *, title: str, button: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    shown = {"form": form, "title": title, "button": button or _("Simpan")} | context
    return render(request, "access/staff_form.html", shown, status=422 if form.errors else status)
