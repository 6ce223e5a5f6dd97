"""The trail for those who head a unit: who opened what, what was changed, which emergencies wait for them."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from serasi.access.forms.trail import LookFilter, ReviewForm
from serasi.access.gate import open_to
from serasi.access.middleware import signed_in, typed_in
from serasi.access.models import EmergencyAccess, Look, Posting, Unit, User
from serasi.access.operations import Refused
from serasi.access.operations.emergency import review_emergency
from serasi.access.permissions import REVIEW_EMERGENCY, SEE_LOOKS, SEE_TRAIL
from serasi.access.queries import emergencies as emergency_rows
from serasi.access.queries import emergencies_to_review, looks_reached_by, trail_of
from serasi.access.queries import looks as look_rows
from serasi.common.components import Cell, Column, Tab, Table, page_of


@open_to(SEE_LOOKS)
def looks(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = LookFilter(request.GET, by=user)
    chosen = form.chosen
    found = looks_reached_by(user).filter(at__gte=_midnight(form.first_day))
    if last := chosen.get("sampai"):
        found = found.filter(at__lt=_midnight(last + timedelta(days=1)))
    if name := chosen.get("siapa"):
        found = found.filter(user_id__in=User.objects.filter(full_name__icontains=name).values("pk"))
    if unit := chosen.get("unit"):
        found = found.filter(unit_id=unit.pk)
    if subject := chosen.get("apa"):
        found = found.filter(subject=subject)
    page = page_of(found, request.GET)
    rows = look_rows.rows_of(page, reader=user)
    table = Table(
        columns=[
            Column(_("Waktu")),
            Column(_("Petugas")),
            Column(_("Yang dibuka")),
            Column(_("Untuk apa")),
            Column(_("Unit")),
        ],
        rows=[
            [
                _moment(row.at),
                row.user_name,
                Cell(row.subject_name or str(row.subject.label), url=row.url, sub=_short(row.subject_id)),
                row.purpose,
                row.unit_name,
            ]
            for row in rows
        ],
    )
    context = {"filter": form, "page": page, "table": table, "first_day": form.first_day}
    return render(request, "access/looks.html", context | _tabs(user, "looks"))


@open_to(SEE_TRAIL)
def writes(request: HttpRequest) -> HttpResponse:
    """What was changed in units and postings of one's tree. The changes of a file stand on the file."""
    user = signed_in(request)
    units = Unit.objects.reached_by(user, SEE_TRAIL)
    ids = [*units.values_list("pk", flat=True)[:500]]
    ids += Posting.objects.filter(unit__in=units).values_list("pk", flat=True)[:2000]
    lines = trail_of(*ids, limit=100)
    return render(request, "access/writes.html", {"lines": lines} | _tabs(user, "writes"))


@open_to(REVIEW_EMERGENCY)
def emergencies(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    waiting = emergencies_to_review(user).select_related("user", "unit", "reviewed_by")
    done = _reviewable(user).exclude(reviewed_at=None).order_by("-reviewed_at")
    page = page_of(done, request.GET)
    context = {
        "waiting": emergency_rows.rows_of(waiting[:50], reader=user),
        "done": emergency_rows.rows_of(page, reader=user),
        "page": page,
        "now": timezone.now(),
    }
    return render(request, "access/emergencies.html", context | _tabs(user, "emergencies"))


@open_to(REVIEW_EMERGENCY)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    user = signed_in(request)
    access = get_object_or_404(_reviewable(user), pk=pk)
    form = ReviewForm(typed_in(request))
    if request.method == "POST" and form.is_valid():
        try:
            review_emergency(
                access=access,
                is_justified=form.cleaned_data["verdict"] == "yes",
                note=form.cleaned_data["note"],
                by=user,
                at=timezone.now(),
            )
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, _("Tinjauan disimpan."))
            return redirect("access:emergencies")
    (row,) = emergency_rows.rows_of([access], reader=user)
    opened = look_rows.rows_of(_looks_during(access), reader=user)
    context = {"form": form, "row": row, "looks": opened, "is_own": access.user_id == user.pk}
    return render(request, "access/emergency_review.html", context, status=422 if form.errors else 200)


def _reviewable(user: User) -> QuerySet[EmergencyAccess]:
    units = Unit.objects.reached_by(user, REVIEW_EMERGENCY).values("pk")
    return EmergencyAccess.objects.filter(unit__in=units).select_related("user", "unit", "reviewed_by")


def _looks_during(access: EmergencyAccess) -> QuerySet[Look]:
    return Look.objects.filter(
        user_id=access.user_id, subject_id=access.subject_id, at__gte=access.starts_at, at__lte=access.ends_at
    ).order_by("at", "id")[:50]


def _tabs(user: User, current: str) -> dict[str, list[Tab]]:
    waiting = emergencies_to_review(user).count() if user.scope.has(REVIEW_EMERGENCY) else 0
    return {
        "tabs": [
            Tab(_("Siapa membuka apa"), reverse("access:trail"), current == "looks"),
            Tab(_("Akses darurat"), reverse("access:emergencies"), current == "emergencies", waiting or None),
            Tab(_("Perubahan unit dan penugasan"), reverse("access:writes"), current == "writes"),
        ]
    }


def _moment(at: datetime) -> Cell:
    local = timezone.localtime(at)
    return Cell(date_format(local, "j M Y"), sub=date_format(local, "H.i"))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _short(subject_id: UUID) -> str:
    """The end of the id, by which two rows can be told to be about the same file."""
    return f"…{subject_id.hex[-6:]}"
