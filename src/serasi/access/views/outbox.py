"""What phones kept while there was no signal: taken in, and seen to where its form refused it."""

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from serasi.access.handing import UNREADABLE, Handed, Posted, Sealed, hand_over, is_too_many
from serasi.access.middleware import signed_in
from serasi.access.models import OutboxEntry
from serasi.access.operations.outbox import hold_entry, receive_entry, settle_entry
from serasi.common.components import Cell, Column, Fact, Table

MOST_BYTES: Final = 4 * 1024 * 1024
"""Of one envelope: a form and a photo that the phone has made small. `outbox.js` keeps no larger one."""
UNSHOWN: Final = frozenset({"csrfmiddlewaretoken", "id", "revision"})


@require_POST
def deliver(request: HttpRequest) -> HttpResponse:
    """One envelope in the body; the answer says whether it was taken, or where it waits for the person.

    ``X-Outbox-Page`` says that the form is still in sight, and whether the browser will ``follow`` to the next page or
    ``stay``: what is refused then is drawn there again, and nothing is held.
    """
    user, now = signed_in(request), timezone.now()
    try:
        sealed, posted = _opened(request)
    except Unfit as unfit:
        return JsonResponse({"outcome": "refused", "message": unfit.message}, status=unfit.status)
    known = hold_entry(id=sealed.id)
    if known is not None:
        return _received(known)
    handed = hand_over(request, sealed.address, posted, typed_at=sealed.typed_at)
    in_sight = request.headers.get("X-Outbox-Page")
    if handed.status == 423:
        return JsonResponse({"outcome": "door"}, status=handed.status)
    if in_sight and handed.page_again:
        return JsonResponse({"outcome": "refused", "page": handed.page_again.content.decode()})
    entry = receive_entry(
        id=sealed.id,
        address=sealed.address,
        label=sealed.label,
        typed_at=sealed.typed_at,
        status=None if handed.is_taken else handed.status,
        content_type=sealed.content_type,
        content=sealed.body,
        by=user,
        at=now,
    )
    return _received(entry, handed, follows=in_sight == "follow", request=request)


class Unfit(Exception):
    """An envelope that is not handed on, and the status that says so."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


def _opened(request: HttpRequest) -> tuple[Sealed, Posted]:
    """What is in the body, typed by whoever sends it. Raises Unfit."""
    user = signed_in(request)
    if is_too_many(user):
        raise Unfit(429, _("Terlalu banyak kiriman sekaligus; sisanya dikirim sebentar lagi."))
    if request.content_type != "application/octet-stream":  # a form's body has been read by now
        raise Unfit(400, _("Kiriman ini tidak dapat dibuka."))
    try:
        envelope = request.body
    except RequestDataTooBig:
        raise Unfit(413, _("Kiriman ini terlalu besar.")) from None
    if len(envelope) > MOST_BYTES:
        raise Unfit(413, _("Kiriman ini terlalu besar."))
    try:
        sealed = Sealed.read(envelope)
        posted = Posted.read(request, sealed.content_type, sealed.body)
    except UNREADABLE:
        raise Unfit(400, _("Kiriman ini tidak dapat dibuka.")) from None
    if sealed.user_id != str(user.pk):
        raise Unfit(403, _("Kiriman ini diketik orang lain; hanya ia yang dapat mengirimnya."))
    return sealed, posted


def _received(
    entry: OutboxEntry, handed: Handed | None = None, *, follows: bool = False, request: HttpRequest | None = None
) -> JsonResponse:
    """Taken, or kept for the person. The words of the page go along, or wait for the page that follows."""
    if entry.is_held:
        return JsonResponse({"outcome": "held", "to": reverse("access:outbox_entry", args=[entry.pk])})
    said = handed.messages if handed else []
    if follows and request is not None:
        for message in said:
            messages.add_message(request, message.level, message.message, message.extra_tags)
    to = handed.response.headers.get("Location", "") if handed and handed.response else ""
    return JsonResponse({"outcome": "taken", "to": to, "messages": [str(message) for message in said]})


@require_safe
def held(request: HttpRequest) -> HttpResponse:
    """What was refused and waits for the one who typed it."""
    entries = OutboxEntry.objects.visible_to(signed_in(request)).held().defer("content")
    rows = [
        [
            Cell(one.label, url=reverse("access:outbox_entry", args=[one.pk])),
            date_format(timezone.localtime(one.typed_at), "j M Y H.i"),
        ]
        for one in entries
    ]
    table = Table([Column(_("Kiriman")), Column(_("Diketik"))], rows) if rows else None
    return render(request, "access/outbox.html", {"table": table})


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form again, with what was typed and why it was refused; sent from here, it is settled."""
    found, now = _load(request, pk), timezone.now()
    kept = Posted.read(request, found.content_type, bytes(found.content or b""))
    is_sent = request.method == "POST"
    posted = _corrected(request, kept) if is_sent else kept
    handed = hand_over(request, found.address, posted, typed_at=found.typed_at, held=found.pk, only_look=not is_sent)
    if not is_sent or not handed.is_taken or handed.response is None:
        return _page(request, found, handed, posted)
    settle_entry(entry=found, by=signed_in(request), at=now)
    for message in handed.messages:
        messages.add_message(request, message.level, message.message, message.extra_tags)
    return handed.response


def _corrected(request: HttpRequest, kept: Posted) -> Posted:
    """What was sent from the page; as it was kept where nothing but the button was sent. No browser sends a chosen file
    twice, so the kept ones go along."""
    if set(request.POST) <= {"csrfmiddlewaretoken"} and not request.FILES:
        return kept
    files = kept.files.copy()
    for name, sent in request.FILES.lists():
        files.setlist(name, sent)
    return Posted(request.POST, files)


def _page(request: HttpRequest, found: OutboxEntry, handed: Handed, posted: Posted) -> HttpResponse:
    """The page of the form where it drew itself again; ours where it has none for this person any more."""
    if handed.page_again:
        return handed.page_again
    context = {
        "entry": found,
        "held_drop_url": reverse("access:outbox_drop", args=[found.pk]),
        "is_fit": handed.is_taken,
        "status": handed.status,
        "typed": [
            Fact(name, ", ".join(values))
            for name, values in posted.fields.lists()
            if name not in UNSHOWN and any(values)
        ],
    }
    return render(request, "access/outbox_entry.html", context, status=200 if handed.is_taken else handed.status)


@require_POST
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw away what was typed."""
    settle_entry(entry=_load(request, pk), by=signed_in(request), at=timezone.now(), is_dropped=True)
    messages.success(request, _("Kiriman dibuang."))
    return redirect("access:outbox")


def _load(request: HttpRequest, pk: UUID) -> OutboxEntry:
    return get_object_or_404(OutboxEntry.objects.visible_to(signed_in(request)).held(), pk=pk)
