"""How far background work has come: a page that works by itself, and the fragment that other pages ask for."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from serasi.access.middleware import signed_in
from serasi.access.models import BackgroundWork
from serasi.access.operations.work import cancel_work, work_kind


@require_safe
@never_cache
def work(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The numbers of a work. To htmx only what changes; when the work has ended, the page around it is loaded anew."""
    found = _load(request, pk)
    kind = work_kind(found.kind)
    context = {
        "work": found,
        "label": kind.label,
        "result_url": reverse(kind.url_name, args=[found.subject_id]) if kind.url_name else "",
        "may_cancel": found.owner_id == signed_in(request).pk and not found.has_ended,
    }
    if request.headers.get("HX-Request") != "true":
        return render(request, "access/work.html", context)
    response = render(request, "access/work.html#progress", context)
    if found.has_ended:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stop one's own work before its next chunk."""
    found = _load(request, pk)
    cancel_work(work=found, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Pekerjaan dibatalkan. Yang sudah selesai tetap tersimpan."))
    return redirect("access:work", pk=found.pk)


def _load(request: HttpRequest, pk: UUID) -> BackgroundWork:
    return get_object_or_404(BackgroundWork.objects.visible_to(signed_in(request)), pk=pk)
