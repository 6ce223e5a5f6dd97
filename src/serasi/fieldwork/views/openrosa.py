"""OpenRosa: how ODK Collect, and whatever else speaks it, gets forms and sends what was filled.

https://docs.getodk.org/openrosa/. A device says who it is by the token in its address (``/openrosa/k/<token>/…``), or
by Basic sign-in with the e-mail of its user and the token as password. A token that opens nothing is 403: a 401 would
make the client ask its holder for a password. Every answer has the headers of the protocol, every refusal its envelope
with a sentence for the person who holds the phone.
"""

import base64
import binascii
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import wraps
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import http_date, parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from lxml import etree

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused, acting
from serasi.assessments.operations import AnotherUnderThisId, SentFile
from serasi.assessments.queries import Medium
from serasi.fieldwork import operations
from serasi.fieldwork.models import Device
from serasi.fieldwork.permissions import USE_DEVICE
from serasi.fieldwork.queries.caseload import caseload_of
from serasi.fieldwork.queries.devices import device_of
from serasi.fieldwork.queries.served import CASELOAD, NotServed, Served, media_of, named_to, offered_to

LARGEST: Final = 20 * 1024 * 1024
"""Bytes of one request, as the client is told; it splits what is larger."""
ENVELOPE: Final = "http://openrosa.org/http/response"
FORM_LIST: Final = "http://openrosa.org/xforms/xformsList"
MANIFEST: Final = "http://openrosa.org/xforms/xformsManifest"
XML_PART: Final = "xml_submission_file"
INCOMPLETE: Final = "*isIncomplete*"
STATUS: Final[Mapping[type[Refused], int]] = {
    operations.Unreadable: 400,
    operations.BadFileName: 400,
    NotAllowed: 403,
    operations.UnknownForm: 404,
    operations.OtherContent: 409,
    operations.NotCurrent: 409,
    operations.NotEdited: 409,
    AnotherUnderThisId: 409,
    operations.TooMuchWaits: 429,
}
"""What a refusal is to a client; what is not named here is 422: understood, and not taken."""

View = Callable[..., HttpResponse]


def _openrosa(*methods: str, for_ended: bool = False) -> Callable[[View], View]:
    """The door of an address of the protocol: which device asks, in the sight of its user, every refusal said in XML.

    A device, posting or account that has ended opens nothing; ``for_ended`` lets it in all the same, to send.
    """

    def decorate(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @wraps(view)
        def answered(request: HttpRequest, token: str | None = None, **named: Any) -> HttpResponse:
            with translation.override("id"):
                response = _answer(request, token, view, named, methods, for_ended=for_ended)
            response["X-OpenRosa-Version"] = "1.0"
            response["X-OpenRosa-Accept-Content-Length"] = str(LARGEST)
            response["Date"] = http_date(timezone.now().timestamp())
            return response

        answered.reads_its_own_body = True  # type: ignore[attr-defined]
        return answered

    return decorate


def _answer(
    request: HttpRequest,
    token: str | None,
    view: View,
    named: dict[str, Any],
    methods: tuple[str, ...],
    *,
    for_ended: bool,
) -> HttpResponse:
    if request.method not in methods:
        return envelope(405, _("Permintaan ini tidak dikenal."), headers={"Allow": ", ".join(methods)})
    device = device_of(token) if token is not None else _signed_in(request)
    if device is None:
        return _unknown_device(asks_again=token is None)
    if not for_ended and not (device.is_open and device.user.scope.has(USE_DEVICE)):
        return envelope(403, _("Perangkat ini sudah diakhiri, atau penugasan Anda sudah selesai."))
    now = timezone.now()
    try:
        with acting(device.user, "fieldwork.openrosa"):
            operations.see_device(device=device, at=now)
            return view(request, Asked(device, token, now), **named)
    except NotServed as refused:
        return envelope(403 if refused.is_known else 404, refused.message)
    except Refused as refused:
        return envelope(_status_of(refused), str(refused.message))


def _unknown_device(*, asks_again: bool) -> HttpResponse:
    if asks_again:
        asking = {"WWW-Authenticate": 'Basic realm="Serasi", charset="UTF-8"'}
        return envelope(401, _("Masuk dengan surel Anda dan kunci perangkat."), headers=asking)
    return envelope(403, _("Perangkat ini tidak dikenal. Buka perangkat baru di Serasi, lalu pindai kodenya."))


class Asked:
    """Who asks by which address, and when."""

    def __init__(self, device: Device, token: str | None, at: datetime) -> None:
        self.device, self.user, self.token, self.at = device, device.user, token, at

    def url(self, request: HttpRequest, view: str, **named: str) -> str:
        """An address of the protocol, whole, by the same door as this request."""
        way = "fieldwork:keyed_" if self.token is not None else "fieldwork:"
        keyed = {"token": self.token} if self.token is not None else {}
        return request.build_absolute_uri(reverse(f"{way}{view}", kwargs={**keyed, **named}))


def _signed_in(request: HttpRequest) -> Device | None:
    """The device whose e-mail and token the request carries."""
    kind, _space, given = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        email, _colon, token = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    device = device_of(token)
    return device if device is not None and device.user.email == email.strip().lower() else None


def _status_of(refused: Refused) -> int:
    return next((STATUS[kind] for kind in type(refused).__mro__ if kind in STATUS), 422)


@_openrosa("GET", "HEAD")
def form_list(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The forms this user may fill today; ``formID`` asks for one."""
    only = request.GET.get("formID", "")
    root = etree.Element(f"{{{FORM_LIST}}}xforms", nsmap={None: FORM_LIST})
    for served in offered_to(asked.user):
        if only in {"", served.form_id}:
            where = {"form_id": served.form_id, "version": served.version}
            facts = {
                "formID": served.form_id,
                "name": served.title,
                "version": served.version,
                "hash": f"md5:{served.md5}",
                "downloadUrl": asked.url(request, "form", **where),
            }
            if served.has_media:
                facts["manifestUrl"] = asked.url(request, "manifest", **where)
            _tell(etree.SubElement(root, f"{{{FORM_LIST}}}xform"), FORM_LIST, facts)
    return _xml(root)


@_openrosa("GET", "HEAD")
def form(request: HttpRequest, asked: Asked, form_id: str, version: str) -> HttpResponse:
    """The form itself, the bytes whose hash the list names."""
    served = named_to(asked.user, form_id, version)
    return _cached(request, HttpResponse(served.xml, content_type="text/xml; charset=utf-8"), served.md5)


@_openrosa("GET", "HEAD")
def manifest(request: HttpRequest, asked: Asked, form_id: str, version: str) -> HttpResponse:
    """The files that go with a form. The hash of a list of entities says whether it has changed."""
    served = named_to(asked.user, form_id, version)
    root = etree.Element(f"{{{MANIFEST}}}manifest", nsmap={None: MANIFEST})
    for one in media_of(served, asked.user):
        kind = {"type": "entityList"} if one.name == CASELOAD else {}
        element = etree.SubElement(root, f"{{{MANIFEST}}}mediaFile", kind)
        facts = {
            "filename": one.name,
            "hash": f"md5:{one.md5}",
            "downloadUrl": asked.url(request, "media", form_id=form_id, version=version, name=one.name),
        }
        if one.name == CASELOAD:
            facts["integrityUrl"] = asked.url(request, "integrity")
        _tell(element, MANIFEST, facts)
    return _xml(root)


@_openrosa("GET", "HEAD")
def media(request: HttpRequest, asked: Asked, form_id: str, version: str, name: str) -> HttpResponse:
    """One of these files."""
    served = named_to(asked.user, form_id, version)
    one = _medium(served, asked.user, name)
    kind = f"{one.media_type}; charset=utf-8" if one.media_type.startswith("text/") else one.media_type
    return _cached(request, HttpResponse(one.content, content_type=kind), one.md5)


@_openrosa("GET", "HEAD")
def integrity(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Of the cases that a device names, which it has to forget."""
    held = {str(one.case_id) for one in caseload_of(asked.user)}
    root = etree.Element("data")
    entities = etree.SubElement(root, "entities")
    for named in request.GET.get("id", "").split(",")[:1000]:
        if named:
            entity = etree.SubElement(entities, "entity", id=_only_id(named))
            etree.SubElement(entity, "deleted").text = "false" if named.lower() in held else "true"
    return _xml(root)


@_openrosa("HEAD", "GET", "POST", for_ended=True)
def submission(request: HttpRequest, asked: Asked) -> HttpResponse:
    """What was filled. HEAD is how a client asks whether it may come."""
    if request.method != "POST":
        return HttpResponse(status=204)
    sent = _posted(request)
    if isinstance(sent, HttpResponse):
        return sent
    xml, files = sent
    received = operations.receive(xml=xml, files=files, by=asked.user, at=asked.at, device=asked.device)
    if received.is_waiting:
        return envelope(201, _("Diterima, dan menunggu keputusan: %s.") % received.get_waits_for_display(), nature="")
    return envelope(201, _("Diterima."), nature="")


def _posted(request: HttpRequest) -> tuple[bytes, list[SentFile]] | HttpResponse:
    """The XML and the files of a sending, or why it is none."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if length > LARGEST:
        return envelope(413, _("Kiriman ini lebih besar dari 20 MB. Perkecil fotonya, lalu kirim lagi."))
    if request.content_type != "multipart/form-data":
        return envelope(415, _("Kiriman ini tidak terbaca: bagian-bagiannya tidak lengkap."))
    try:
        parts: list[tuple[str, Any]] = [(name, one) for name, sent in request.FILES.lists() for one in sent]
        xml = next((one.read() for name, one in parts if name == XML_PART), b"")
        xml = xml or request.POST.get(XML_PART, "").encode()
    except (MultiPartParserError, UnreadablePostError, RequestDataTooBig, SuspiciousOperation):
        return envelope(400, _("Kiriman ini tidak terbaca: bagian-bagiannya tidak lengkap."))
    if not xml:
        return envelope(400, _("Kiriman ini tidak memuat isian."))
    files = [one for name, one in parts if name not in {XML_PART, INCOMPLETE}]
    return xml, [SentFile(one.name or "", one.content_type or "", one.read()) for one in files]


def _medium(served: Served, user: User, name: str) -> Medium:
    found = next((one for one in media_of(served, user) if one.name == name), None)
    if found is None:
        raise NotServed(_("Berkas ini tidak ada pada formulir itu."))
    return found


def _only_id(text: str) -> str:
    """What is told again is an id, not whatever was asked."""
    try:
        return str(UUID(text))
    except ValueError:
        return "?"


# --- how it is said


def envelope(
    status: int, message: str, *, nature: str = "error", headers: Mapping[str, str] = MappingProxyType({})
) -> HttpResponse:
    """The answer of the protocol to a sending; the client shows the message."""
    root = etree.Element(f"{{{ENVELOPE}}}OpenRosaResponse", nsmap={None: ENVELOPE})
    told = etree.SubElement(root, f"{{{ENVELOPE}}}message", {"nature": nature} if nature else {})
    told.text = message
    return _xml(root, status=status, headers=headers)


def _tell(element: etree._Element, namespace: str, facts: Mapping[str, str]) -> None:
    for name, text in facts.items():
        etree.SubElement(element, f"{{{namespace}}}{name}").text = text


def _xml(root: etree._Element, *, status: int = 200, headers: Mapping[str, str] = MappingProxyType({})) -> HttpResponse:
    content = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(content, status=status, content_type="text/xml; charset=utf-8", headers=headers)


def _cached(request: HttpRequest, response: HttpResponse, mark: str) -> HttpResponse:
    """What has not changed since the client got it is not sent again."""
    if f'"{mark}"' in _marks(request):
        response = HttpResponse(status=304)
    response["ETag"] = f'"{mark}"'
    return response


def _marks(request: HttpRequest) -> Iterable[str]:
    """Those it has; gzip on the way makes weak ones of them."""
    return [mark.removeprefix("W/") for mark in parse_etags(request.headers.get("If-None-Match", ""))]
