"""Two records side by side: one person or two? Merging, and taking a merge back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from serasi.access.operations import Refused
from serasi.common.components import Link
from serasi.common.identifiers import uuid7
from serasi.common.names import explain
from serasi.people.forms.detail import ApartForm, MergeForm, ReasonForm
from serasi.people.models import Merge
from serasi.people.operations import keep_apart, merge_people, undo_merge
from serasi.people.permissions import MERGE
from serasi.people.presenters import differing, fact_of, likely_to_choose
from serasi.people.queries.matching import kept_apart_from
from serasi.people.queries.search import find_people
from serasi.people.views.loading import PersonHidden, load_person, reader_of, trail_of


@require_http_methods(["GET", "POST"])
@never_cache
def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Choose the other record (`?dengan=`), look at both, choose each fact, say why."""
    kept = load_person(request, pk, _("Membandingkan dua data"), permission=MERGE)
    reader = reader_of(request, MERGE)
    trail = trail_of(kept, reader, Link(_("Gabungkan data")))
    other = _uuid(request.GET.get("dengan", ""))
    if other is None or other == kept.pk:
        text = request.GET.get("q", "").replace("\x00", "")[:200] or kept.full_name
        found = find_people(by=reader, text=text) if text else ()
        likely = likely_to_choose(found, reader, timezone.localdate(), besides={kept.pk}, apart=kept_apart_from(kept))
        context = {
            "person": kept,
            "likely": likely,
            "text": text,
            "trail": trail,
            "name": kept.shown_name(to=reader),
        }
        return render(request, "people/merge_choose.html", context)
    absorbed = load_person(request, other, _("Membandingkan dua data"), permission=MERGE)
    facts = differing(kept, absorbed)
    initial = {"kept_revision": str(kept.revision), "absorbed_revision": str(absorbed.revision)}
    form = MergeForm(request.POST or None, differing=facts, initial=initial)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                merge_people(
                    id=form.record_id,
                    kept=kept,
                    absorbed=absorbed,
                    take=form.taken,
                    reason=form.cleaned_data["reason"],
                    kept_revision=form.revision_of("kept"),
                    absorbed_revision=form.revision_of("absorbed"),
                    by=reader,
                    at=timezone.now(),
                )
            except Refused as refused:
                form.add_refusal(refused)
            else:
                messages.success(request, _("Kedua data kini satu. Penggabungan dapat dibatalkan dari halaman ini."))
                return redirect("people:person", pk=kept.pk)
    same = [
        (label, fact_of(kept, name))
        for name, label in (
            ("full_name", _("Nama lengkap")),
            ("birth", _("Lahir")),
            ("nik", "NIK"),
            ("phone", _("Telepon")),
        )
        if name not in form.facts_asked and fact_of(kept, name)
    ]
    context = {
        "form": form,
        "person": kept,
        "other": absorbed,
        "name": kept.shown_name(to=reader),
        "other_name": absorbed.shown_name(to=reader),
        "same": same,
        "apart_id": uuid7(),
        "why": explain(kept.full_name, absorbed.full_name),
        "trail": trail,
    }
    return render(request, "people/merge.html", context, status=status)


@require_POST
def apart(request: HttpRequest, pk: UUID, part: UUID) -> HttpResponse:
    """Two records look alike and are two people: remember that somebody looked."""
    one = load_person(request, pk, permission=MERGE)
    other = load_person(request, part, permission=MERGE)
    reader = reader_of(request, MERGE)
    form = ApartForm(request.POST)
    if not form.is_valid():
        return redirect(f"{reverse('people:merge', args=[one.pk])}?dengan={other.pk}")
    keep_apart(
        id=form.record_id,
        person=one,
        other=other,
        reason=form.cleaned_data["reason"],
        by=reader,
        at=timezone.now(),
    )
    messages.success(request, _("Tercatat: keduanya orang yang berbeda."))
    return redirect("people:person", pk=one.pk)


@require_http_methods(["GET", "POST"])
@never_cache
def undo(request: HttpRequest, pk: UUID, part: UUID) -> HttpResponse:
    """Take a merge back, with a reason."""
    kept = load_person(request, pk, permission=MERGE)
    reader = reader_of(request, MERGE)
    done = Merge.objects.filter(pk=part, kept=kept).select_related("kept", "absorbed", "merged_by").first()
    if done is None:
        raise PersonHidden
    form = ReasonForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                undo_merge(merge=done, reason=form.cleaned_data["reason"], by=reader, at=timezone.now())
            except Refused as refused:
                form.add_refusal(refused)
            else:
                messages.success(request, _("Penggabungan dibatalkan; keduanya kembali menjadi dua data."))
                return redirect("people:person", pk=kept.pk)
    context = {
        "form": form,
        "heading": _("Batalkan penggabungan"),
        "back": reverse("people:person", args=[kept.pk]),
        "lead": _("Digabung oleh %(by)s: %(reason)s") % {"by": done.merged_by.full_name, "reason": done.reason},
        "trail": trail_of(kept, reader, Link(_("Batalkan penggabungan"))),
    }
    return render(request, "people/form.html", context, status=status)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
