"""Messages of the standard as they are read and said: header, signature, message; refusals in its fixed words.

Lenient in, strict out: unknown members are passed over, what is known must be what the standard says.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeGuard

from django.utils.dateparse import parse_datetime

from serasi.common.identifiers import uuid7
from serasi.exchange.signing import NotCanonical, canonical

VERSION: Final = "1.0.0"
LONGEST_ID: Final = 99
LONGEST_MESSAGE: Final = 999
LARGEST: Final = 256 * 1024
"""Bytes of one message."""
MOST_PARTS: Final = 20
"""Requests in one message."""
OLD: Final = timedelta(minutes=15)
AHEAD: Final = timedelta(minutes=5)
"""How far ``message_ts`` may be from our clock."""
STATUS: Final[Mapping[str, int]] = {
    "err.request.bad": 400,
    "err.request.unauthorized": 401,
    "err.request.forbidden": 403,
    "err.request.not_found": 404,
    "err.request.too_many_requests": 429,
    "err.version.not_supported": 400,
    "err.sender_id.invalid": 403,
    "err.sender_uri.invalid": 400,
    "err.receiver_id.invalid": 400,
    "err.signature.missing": 401,
    "err.signature.invalid": 401,
    "err.encryption.invalid": 400,
    "err.service.unavailable": 503,
}
"""What an error of the standard is in HTTP."""


class NotTaken(Exception):
    """A message that is refused as a whole. ``code`` is an error of the standard, ``reason`` one for its header."""

    def __init__(self, code: str, message: str, *, reason: str = "", status: int = 0, retry_after: int = 0) -> None:
        super().__init__(message)
        self.code, self.message, self.reason = code, message, reason
        self.status = status or STATUS[code]
        self.retry_after = retry_after


class PartRefused(Exception):
    """One request of a message that is refused; ``reason`` is the standard's, from ``rjct.…``."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason, self.message = reason, message


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message whose outside was read. ``message`` is as it came."""

    signature: str
    header: Mapping[str, Any]
    message: Mapping[str, Any]
    message_id: str
    sender_id: str
    sender_uri: str
    transaction_id: str


@dataclass(frozen=True, slots=True)
class Part:
    """One request of a message: under which reference, what it says, for which purpose, by whose consent."""

    reference_id: str
    criteria: Mapping[str, Any]
    purpose: str = ""
    consent_reference: str = ""


def read_json(body: bytes) -> Mapping[str, Any]:
    """The object a request carries. Raises NotTaken for what no database and no signature can hold."""
    if len(body) > LARGEST:
        raise NotTaken("err.request.bad", "The message is larger than 256 KiB.", status=413)
    try:
        read = json.loads(body, parse_constant=_no_number)
        canonical(read)
    except (ValueError, RecursionError, NotCanonical):
        raise NotTaken("err.request.bad", "The body is not JSON (UTF-8, RFC 7493).") from None
    if not isinstance(read, dict) or b"\\u0000" in body.lower():
        raise NotTaken("err.request.bad", "The body is not a JSON object, or holds NUL.")
    return read


def _no_number(_name: str) -> Any:
    raise ValueError


def read_envelope(body: Mapping[str, Any], *, action: str, receiver_id: str, at: datetime) -> Envelope:
    """Header and message of a request for this action. Raises NotTaken, for the first thing that is wrong."""
    header, message = body.get("header"), body.get("message")
    if not isinstance(header, dict):
        raise NotTaken("err.request.bad", "header is missing.")
    if not isinstance(message, dict):
        raise NotTaken("err.request.bad", "message is missing.")
    message_id = header.get("message_id")
    if not is_id(message_id):
        raise NotTaken("err.request.bad", "header.message_id must be a text of 1 to 99 characters.")
    sender_id = header.get("sender_id")
    if not is_id(sender_id):
        raise NotTaken("err.sender_id.invalid", "header.sender_id is missing.", status=400)
    if header.get("version", VERSION) != VERSION:
        reason = "rjct.version.invalid"
        raise NotTaken("err.version.not_supported", f"This registry speaks version {VERSION}.", reason=reason)
    if header.get("receiver_id", receiver_id) != receiver_id:
        raise NotTaken("err.receiver_id.invalid", "header.receiver_id is not this registry.")
    if header.get("is_msg_encrypted", False) is not False:
        raise NotTaken("err.encryption.invalid", "Encrypted messages are not taken; the way is encrypted by TLS.")
    _check_header(header, action=action, at=at)
    sender_uri, signature = header.get("sender_uri", ""), body.get("signature", "")
    if not isinstance(sender_uri, str):
        raise NotTaken("err.sender_uri.invalid", "header.sender_uri must be a text.")
    if not isinstance(signature, str):
        raise NotTaken("err.signature.invalid", "signature must be a text.")
    transaction_id = message.get("transaction_id")
    if not is_id(transaction_id):
        raise NotTaken("err.request.bad", "message.transaction_id must be a text of 1 to 99 characters.")
    return Envelope(signature, header, message, message_id, sender_id, sender_uri, transaction_id)


def _check_header(header: Mapping[str, Any], *, action: str, at: datetime) -> None:
    if header.get("action") != action:
        raise NotTaken("err.request.bad", f"header.action must be {action} here.", reason="rjct.action.invalid")
    sent_at = moment_of(header.get("message_ts"))
    if sent_at is None or not at - OLD <= sent_at <= at + AHEAD:
        text = "header.message_ts must be a date-time with its zone, at most 15 minutes old and 5 minutes ahead."
        raise NotTaken("err.request.bad", text, reason="rjct.message_ts.invalid")
    total = header.get("total_count")
    if isinstance(total, bool) or not isinstance(total, int) or total < 0:
        raise NotTaken("err.request.bad", "header.total_count must be a number.", reason="rjct.total_count.invalid")
    if total > MOST_PARTS:
        text = f"At most {MOST_PARTS} requests in one message."
        raise NotTaken("err.request.bad", text, reason="rjct.total_count.limit_exceeded")


def is_id(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_ID and value.isprintable()


def moment_of(value: Any) -> datetime | None:
    """A date-time of RFC 3339, with its zone."""
    try:
        found = parse_datetime(value) if isinstance(value, str) and len(value) < LONGEST_ID else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def parts_of(message: Mapping[str, Any], name: str, criteria: str) -> list[Mapping[str, Any]]:
    """The requests of a message, as far as their shape goes. Raises NotTaken."""
    found = message.get(name)
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        raise NotTaken("err.request.bad", f"message.{name} must be a list of requests.")
    if len(found) > MOST_PARTS:
        text = f"At most {MOST_PARTS} requests in one message."
        raise NotTaken("err.request.bad", text, reason="rjct.total_count.limit_exceeded")
    for one in found:
        if not is_id(one.get("reference_id")) or not isinstance(one.get(criteria), dict):
            raise NotTaken("err.request.bad", f"Each of message.{name} needs reference_id and {criteria}.")
    if len({one["reference_id"] for one in found}) != len(found):
        raise NotTaken("err.request.bad", "rjct.reference_id.duplicate: a reference_id stands twice.")
    return found


def read_part(request: Mapping[str, Any], criteria: str) -> Part:
    """One request, with the purpose and the consent it states. Raises PartRefused."""
    if moment_of(request.get("timestamp")) is None:
        raise PartRefused("rjct.timestamp.invalid", "timestamp must be a date-time with its zone.")
    asked: Mapping[str, Any] = request[criteria]
    purpose, reference = "", ""
    for name in ("authorize", "consent"):
        said = asked.get(name, {})
        stated = said.get("purpose", {}) if isinstance(said, dict) else None
        if not isinstance(stated, dict):
            raise PartRefused("rjct.search_criteria.invalid", f"{name} must be an object with its purpose.")
        code, given = stated.get("code", ""), said.get("id", said.get("@id", ""))
        purpose = code if is_id(code) else purpose
        reference = given if is_id(given) else reference
    return Part(request["reference_id"], asked, purpose, reference)


# --- what is said


def said(moment: datetime) -> str:
    """A moment as the standard writes it."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def header_of_answer(
    *, action: str, sender_id: str, receiver_id: str, at: datetime, status: str, count: int, reason: str = ""
) -> dict[str, Any]:
    """The header of what this registry sends."""
    header = {
        "version": VERSION,
        "message_id": str(uuid7()),
        "message_ts": said(at),
        "action": action,
        "status": status,
        "total_count": count,
        "completed_count": count,
        "sender_id": sender_id,
        "receiver_id": receiver_id,
        "is_msg_encrypted": False,
    }
    return header | ({"status_reason_code": reason} if reason else {})


def acknowledged(correlation_id: str, at: datetime) -> dict[str, Any]:
    return {"message": {"ack_status": "ACK", "timestamp": said(at), "correlation_id": correlation_id}}


def refused(refusal: NotTaken, correlation_id: str, at: datetime) -> dict[str, Any]:
    """The acknowledgement that is none; the reason of the header stands before its words."""
    words = f"{refusal.reason}: {refusal.message}" if refusal.reason else refusal.message
    error = {"code": refusal.code, "message": words[:LONGEST_MESSAGE]}
    return {"message": {"ack_status": "ERR", "timestamp": said(at), "correlation_id": correlation_id, "error": error}}


def part_refused(reference_id: str, refusal: PartRefused, at: datetime) -> dict[str, Any]:
    return {
        "reference_id": reference_id,
        "timestamp": said(at),
        "status": "rjct",
        "status_reason_code": refusal.reason,
        "status_reason_message": refusal.message[:LONGEST_MESSAGE],
    }


def status_of(parts: Sequence[Mapping[str, Any]]) -> str:
    """Of the whole: refused when every part is."""
    return "rjct" if parts and all(one["status"] == "rjct" for one in parts) else "succ"


def reason_of(parts: Sequence[Mapping[str, Any]]) -> str:
    return next((one["status_reason_code"] for one in parts if one["status"] == "rjct"), "")
