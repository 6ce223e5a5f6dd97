"""What the page for work without signal asks and sends: who is there, a device, the pocket, forms, what was filled."""

import hashlib
import json
from base64 import b64encode
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from serasi.access.enums import Subject
from serasi.access.gate import open_to
from serasi.access.handing import UNREADABLE, Posted, Sealed, hand_over, is_too_many
from serasi.access.looks import log_looks
from serasi.access.middleware import signed_in
from serasi.access.operations import Refused
from serasi.access.operations.outbox import hold_entry, receive_entry
from serasi.assessments.models import EditionForm
from serasi.assessments.operations import SentFile
from serasi.common.encryption import keyring
from serasi.common.envelopes import public_key
from serasi.common.identifiers import is_uuid7
from serasi.fieldwork import operations
from serasi.fieldwork.enums import DeviceKind, Purpose
from serasi.fieldwork.models import Device
from serasi.fieldwork.permissions import USE_DEVICE
from serasi.fieldwork.pocket_presenters import pocket_facts
from serasi.fieldwork.queries.pocket import pocket_of
from serasi.fieldwork.queries.served import CASELOAD, NotServed, media_of, named_to
from serasi.fieldwork.views.recognising import by_device, is_in_force

MOST_BYTES: Final = 20 * 1024 * 1024
"""Of one envelope: a form with the largest file that an answer may have (15 MB), and what sealing adds."""
MEDIA: Final = "X-Serasi-Media"
"""The names of the files that a form brings along. The caseload is in the pocket."""
INSTANCE: Final = "xml_submission_file"


@open_to(USE_DEVICE)
@require_safe
def who(request: HttpRequest) -> JsonResponse:
    """Who is signed in, which pages on phones they have open, and what the page needs to prepare another."""
    user = signed_in(request)
    devices = Device.objects.filter(user=user, kind=DeviceKind.PAGE).open().values_list("pk", flat=True)
    return JsonResponse(
        {
            "user": str(user.pk),
            "name": str(user),
            "devices": [str(one) for one in devices],
            "key": b64encode(public_key(keyring())).decode(),
            "csrf": get_token(request),
        }
    )


@open_to(USE_DEVICE)
@require_POST
def open_one(request: HttpRequest) -> JsonResponse:
    """A device for the phone that asks; its token is told this once."""
    try:
        device_id = UUID(request.POST.get("id", ""))
    except ValueError:
        device_id = UUID(int=0)
    if not is_uuid7(device_id):
        return JsonResponse({"message": _("Halaman ini sudah tidak berlaku. Muat ulang.")}, status=422)
    name = request.POST.get("name", "").strip()[:60] or _("Ponsel")
    try:
        device, token = operations.open_device(
            id=device_id, kind=DeviceKind.PAGE, name=name, by=signed_in(request), at=timezone.now()
        )
    except Refused as refused:
        return JsonResponse({"message": str(refused.message)}, status=422)
    return JsonResponse({"id": str(device.pk), "name": device.name, "token": token})


@require_safe
@by_device
def pocket(request: HttpRequest, device: Device) -> HttpResponse:
    """One's own pocket; 403 once the device or the posting has ended: then the phone throws away what it has."""
    if not is_in_force(device):
        return JsonResponse({"outcome": "closed"}, status=403)
    user = device.user
    carried = pocket_of(user)
    body = json.dumps(pocket_facts(carried, user), ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match", "").removeprefix("W/") == etag:
        unchanged = HttpResponseNotModified()
        unchanged["ETag"] = etag
        return unchanged
    files = [(one.known.case_id, one.case.unit_id) for one in carried.clients]
    log_looks(by=user, subject=Subject.CASE, units=files, purpose=_("Dibawa di ponsel untuk kerja lapangan"))
    response = HttpResponse(body, content_type="application/json")
    response["ETag"] = etag
    return response


@require_safe
@by_device
def form(request: HttpRequest, device: Device, form_id: str, version: str, name: str = "") -> HttpResponse:
    """A form as its author wrote it, in any version that was ever published; or a file that it brings along.

    Our page knows the case it is filled for, and asks no question for it.
    """
    if not is_in_force(device):
        return JsonResponse({"outcome": "closed"}, status=403)
    try:
        served = named_to(device.user, form_id, version)
    except NotServed as refused:
        return JsonResponse({"message": refused.message}, status=404)
    if name:
        medium = next((one for one in media_of(served, device.user) if one.name == name), None)
        if medium is None:
            return JsonResponse({"message": _("Berkas ini tidak ada.")}, status=404)
        response = HttpResponse(medium.content, content_type=medium.media_type)
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(medium.name)}"
        return response
    if served.purpose is Purpose.ASSESSMENT:
        xform = EditionForm.objects.values_list("xform", flat=True).get(edition=served.edition)
    else:
        xform = served.xml.decode()
    response = HttpResponse(xform, content_type="text/xml; charset=utf-8")
    brought = [medium.name for medium in media_of(served, device.user) if medium.name != CASELOAD]
    response[MEDIA] = " ".join(quote(one) for one in brought)
    return response


@require_POST
@by_device
def deliver(request: HttpRequest, device: Device) -> JsonResponse:
    """One envelope in the body: a form that was filled, or an ordinary page. The answer says what became of it.

    Of a device that has ended, or whose user's posting or account has, it is taken in all the same.
    """
    has_ended = not is_in_force(device)
    answer = _deliver(request, device, has_ended=has_ended)
    if has_ended:
        answer["closed"] = True
    return JsonResponse(answer, status=int(str(answer.pop("status", 200))))


def _deliver(request: HttpRequest, device: Device, *, has_ended: bool) -> dict[str, object]:
    if is_too_many(device.user):
        return _refused(429, _("Terlalu banyak kiriman sekaligus; sisanya dikirim sebentar lagi."))
    envelope = request.read(MOST_BYTES + 1)
    if len(envelope) > MOST_BYTES:
        return _refused(413, _("Kiriman ini terlalu besar."))
    try:
        sealed = Sealed.read(envelope)
        posted = Posted.read(request, sealed.content_type, sealed.body)
    except UNREADABLE:
        return _refused(400, _("Kiriman ini tidak dapat dibuka."))
    if sealed.user_id != str(device.user_id):
        return _refused(403, _("Kiriman ini diketik orang lain; hanya ia yang dapat mengirimnya."))
    typed_at = _typed_at(sealed.typed_at, request.headers.get("X-Serasi-Clock", ""))
    if sealed.address == reverse("fieldwork:deliver"):
        return _take_form(posted, device)
    return _take_page(request, device, sealed, posted, typed_at=typed_at, has_ended=has_ended)


def _take_form(posted: Posted, device: Device) -> dict[str, object]:
    """A form that was filled lands where it belongs, or waits for the head of the unit."""
    files: dict[str, Any] = {name: posted.files[name] for name in posted.files}
    instance = files.pop(INSTANCE, None)
    if instance is None:
        return _refused(400, _("Kiriman ini tidak dapat dibuka."))
    try:
        taken = operations.receive(
            xml=instance.read(), files=_sent(files), by=device.user, at=timezone.now(), device=device
        )
    except Refused as refused:
        return _refused(422, str(refused.message))
    return {"outcome": "waiting" if taken.is_waiting else "taken"}


def _sent(files: dict[str, Any]) -> list[SentFile]:
    return [SentFile(name, file.content_type or "", file.read()) for name, file in files.items()]


def _take_page(
    request: HttpRequest, device: Device, sealed: Sealed, posted: Posted, *, typed_at: datetime, has_ended: bool
) -> dict[str, object]:
    """An ordinary page gets what was typed, as if sent there now; what it refuses is kept for the one who typed it."""
    known = hold_entry(id=sealed.id)
    status: int | None = 403
    if known is None:
        if not has_ended:
            handed = hand_over(request, sealed.address, posted, typed_at=typed_at)
            status = None if handed.is_taken else handed.status
        known = receive_entry(
            id=sealed.id,
            address=sealed.address,
            label=sealed.label,
            typed_at=typed_at,
            status=status,
            content_type=sealed.content_type,
            content=sealed.body,
            by=device.user,
            at=timezone.now(),
        )
    if known.is_held:
        return {"outcome": "held", "to": reverse("access:outbox_entry", args=[known.pk])}
    return {"outcome": "taken"}


def _typed_at(said: datetime, clock: str) -> datetime:
    """When it was typed, by our clock: the phone says what its own says now, so that a wrong one does no harm."""
    now, theirs = timezone.now(), parse_datetime(clock) if len(clock) < 40 else None
    if theirs is None or theirs.tzinfo is None:
        return min(said, now)
    return min(now - (theirs - said), now)


def _refused(status: int, message: str) -> dict[str, object]:
    return {"outcome": "refused", "message": message, "status": status}
