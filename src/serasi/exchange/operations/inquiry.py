"""A message of a peer comes in: it is weighed, kept in the log, and answered at once or by a job.

No permission: a peer acts by its agreement, which is asked here at every message.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from serasi.access.models import User
from serasi.access.operations import acting
from serasi.common.identifiers import uuid7
from serasi.exchange.enums import Action, Outcome
from serasi.exchange.messages import (
    Envelope,
    NotTaken,
    PartRefused,
    acknowledged,
    header_of_answer,
    is_id,
    parts_of,
    read_envelope,
    read_json,
    read_part,
    reason_of,
    refused,
    status_of,
)
from serasi.exchange.models import Inquiry, Peer
from serasi.exchange.operations.answering import is_status_request, searched, state_of, subscribed, unsubscribed
from serasi.exchange.queries.keys import with_signature
from serasi.exchange.queries.peers import asked_since, waiting_count
from serasi.exchange.signing import is_signed_by
from serasi.exchange.waking import wake

UNSIGNED: Final = frozenset({"", "unsigned", "unsigned-stub"})
"""What may stand where a signature would, for a peer that may be unsigned. Anything else claims to be one."""
CALLBACKS: Final[Mapping[str, str]] = {
    Action.SEARCH: "/registry/on-search",
    Action.SUBSCRIBE: "/registry/on-subscribe",
    Action.UNSUBSCRIBE: "/registry/on-unsubscribe",
    Action.STATUS: "/registry/txn/on-status",
    "notify": "/registry/notify",
}
"""Where below the callback address of a peer the answer to an action goes."""
ANSWERS: Final[Mapping[str, str]] = {
    Action.SEARCH: "on-search",
    Action.SUBSCRIBE: "on-subscribe",
    Action.UNSUBSCRIBE: "on-unsubscribe",
    Action.STATUS: "txn-on-status",
}
MOST_WAITING: Final = 50
"""Messages that wait for the callback address of one peer: an address that is down must not keep the worker busy."""
_PARTS: Final = {
    Action.SEARCH: ("search_request", "search_criteria"),
    Action.SUBSCRIBE: ("subscribe_request", "subscribe_criteria"),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """What is said at once: an acknowledgement, a refusal, or the answer itself."""

    status: int
    body: Mapping[str, Any]
    retry_after: int = 0


def receive(*, peer: Peer, action: str, is_sync: bool, body: bytes, at: datetime) -> Taken:
    """Take a message in. Messages of one peer are taken one after the other, so that no limit is passed by haste."""
    inquiry = Inquiry(id=uuid7(), peer=peer, action=action, is_sync=is_sync, received_at=at, outcome=Outcome.RECEIVED)
    with acting(User.objects.system(), "exchange.inquiry.receive"):
        peer = inquiry.peer = (
            Peer.objects.select_for_update(of=("self",)).select_related("unit", "reader").get(pk=peer.pk)
        )
        try:
            _within_limits(peer, at)
        except NotTaken as refusal:  # not kept: what comes too often must not fill the log
            return _refusal(inquiry, refusal)
        try:
            content = read_json(body)
            envelope = read_envelope(content, action=action, receiver_id=settings.SERASI_EXCHANGE_ID, at=at)
            _is_theirs(peer, envelope, content, is_sync=is_sync)
            _is_new(peer, envelope)
            _shape_of(action, envelope.message)
        except NotTaken as refusal:
            inquiry.is_taken, inquiry.outcome, inquiry.answered_at = False, Outcome.REFUSED, at
            inquiry.reason = refusal.reason or refusal.code
            inquiry.save(force_insert=True)
            return _refusal(inquiry, refusal)
        _fill(inquiry, envelope)
        if is_sync:
            inquiry.save(force_insert=True)
            return Taken(200, answer_of(inquiry, envelope.message, at=at))
        inquiry.content = json.dumps(envelope.message)
        inquiry.save(force_insert=True)
        wake(inquiry.pk)
        return Taken(202, acknowledged(str(inquiry.pk), at))


def answer_of(inquiry: Inquiry, message: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """The signed answer to an inquiry, whose outcome is written down. Part of an operation."""
    peer = inquiry.peer
    answer: dict[str, Any] = {"transaction_id": inquiry.transaction_id, "correlation_id": str(inquiry.pk)}
    parts: Sequence[Mapping[str, Any]]
    match inquiry.action:
        case Action.SEARCH:
            parts = searched(peer, message, at=at)
            answer["search_response"] = parts
        case Action.SUBSCRIBE:
            parts = subscribed(peer, inquiry, message, at=at)
            answer["subscribe_response"] = parts
        case Action.UNSUBSCRIBE:
            told = unsubscribed(peer, message, at=at)
            answer, parts = answer | told, [told]
        case _:
            state = state_of(peer, message, at=at)
            answer["txnstatus_response"] = {"txn_type": message["txnstatus_request"]["txn_type"], "txn_status": state}
            parts = []
    status, reason = status_of(parts), reason_of(parts)
    found = sum(_count(one) for one in parts)
    Inquiry.objects.filter(pk=inquiry.pk).update(
        outcome=status,
        reason=reason,
        found=found,
        told=[_in_codes(one) for one in parts if "reference_id" in one],
        answered_at=at,
        content=None,
    )
    header = header_of_answer(
        action=ANSWERS[inquiry.action],
        sender_id=settings.SERASI_EXCHANGE_ID,
        receiver_id=peer.sender_id,
        at=at,
        status=status,
        count=max(1, len(parts)),
    )
    return with_signature({"header": header, "message": answer})


def _count(part: Mapping[str, Any]) -> int:
    return len(part["data"]["reg_records"]) if "data" in part else 0


def _in_codes(part: Mapping[str, Any]) -> dict[str, Any]:
    kept = {"reference_id": part["reference_id"], "status": part["status"], "count": _count(part)}
    return kept | ({"reason": part["status_reason_code"]} if "status_reason_code" in part else {})


def _refusal(inquiry: Inquiry, refusal: NotTaken) -> Taken:
    """A refusal as the standard's acknowledgement, signed, with the reason in a header of its own."""
    body = refused(refusal, str(inquiry.pk), inquiry.received_at)
    header = header_of_answer(
        action=ANSWERS[inquiry.action],
        sender_id=settings.SERASI_EXCHANGE_ID,
        receiver_id=inquiry.peer.sender_id,
        at=inquiry.received_at,
        status="rjct",
        count=0,
        reason=refusal.reason,
    )
    return Taken(refusal.status, with_signature({"header": header, **body}), refusal.retry_after)


# --- what is weighed


def _within_limits(peer: Peer, at: datetime) -> None:
    if not peer.is_in_force(timezone.localdate(at, timezone.get_default_timezone())):
        raise NotTaken("err.request.forbidden", "The agreement is not in force.")
    for most, span in ((peer.per_minute, timedelta(minutes=1)), (peer.per_day, timedelta(days=1))):
        if asked_since(peer, at - span) >= most:
            text = f"At most {most} requests in {'a minute' if span.days == 0 else 'a day'}."
            wait = 60 if span.days == 0 else 3600
            raise NotTaken("err.request.too_many_requests", text, retry_after=wait)


def _is_theirs(peer: Peer, envelope: Envelope, content: Mapping[str, Any], *, is_sync: bool) -> None:
    """The sender is who holds the token, signed as agreed, and is answered where it was agreed."""
    if envelope.sender_id != peer.sender_id:
        raise NotTaken("err.sender_id.invalid", "header.sender_id is not the holder of this token.")
    signature = envelope.signature.strip()
    if peer.public_keys:
        if not signature:
            raise NotTaken("err.signature.missing", "This sender signs its messages.")
        if not is_signed_by(peer.public_keys, content, signature):
            raise NotTaken("err.signature.invalid", "The signature does not fit header and message.")
    elif not peer.may_be_unsigned:
        raise NotTaken("err.signature.missing", "No key of this sender is registered.")
    elif signature.lower() not in UNSIGNED:
        raise NotTaken("err.signature.invalid", "No key of this sender is registered that could prove the signature.")
    if is_sync:
        return
    if waiting_count(peer) >= MOST_WAITING:
        text = "Too many answers wait for your callback address to take them."
        raise NotTaken("err.request.too_many_requests", text, retry_after=300)
    if not peer.callback_url:
        raise NotTaken("err.sender_uri.invalid", "No callback address of this sender is registered.")
    places = {peer.callback_url, f"{peer.callback_url}/", peer.callback_url + CALLBACKS[str(envelope.header["action"])]}
    if envelope.sender_uri and envelope.sender_uri not in places:
        raise NotTaken("err.sender_uri.invalid", "header.sender_uri is not the registered callback address.")


def _is_new(peer: Peer, envelope: Envelope) -> None:
    if Inquiry.objects.filter(peer=peer, message_id=envelope.message_id, is_taken=True).exists():
        text = "header.message_id came before."
        raise NotTaken("err.request.bad", text, reason="rjct.message_id.duplicate", status=409)


def _shape_of(action: str, message: Mapping[str, Any]) -> None:
    """What cannot be answered part by part. Raises NotTaken."""
    if action in _PARTS:
        name, criteria = _PARTS[Action(action)]
        parts_of(message, name, criteria)
    elif action == Action.UNSUBSCRIBE:
        codes = message.get("subscription_codes")
        if not isinstance(codes, list) or not 0 < len(codes) <= 100 or not all(is_id(code) for code in codes):
            raise NotTaken("err.request.bad", "message.subscription_codes must be a list of codes.")
    elif not is_status_request(message.get("txnstatus_request")):
        raise NotTaken("err.request.bad", "message.txnstatus_request is not what the standard says.")


def _fill(inquiry: Inquiry, envelope: Envelope) -> None:
    """What the log keeps of a message: its ids, purpose and consent reference, and that its parts are waiting."""
    inquiry.message_id, inquiry.transaction_id = envelope.message_id, envelope.transaction_id
    if inquiry.action not in _PARTS:
        inquiry.asked = 1
        return
    name, criteria = _PARTS[Action(inquiry.action)]
    requests = parts_of(envelope.message, name, criteria)
    inquiry.asked = len(requests)
    inquiry.told = [{"reference_id": one["reference_id"], "status": "pdng", "count": 0} for one in requests]
    for one in requests:
        try:
            part = read_part(one, criteria)
        except PartRefused:
            continue
        stated = part.purpose if part.purpose in inquiry.peer.purposes else ""
        inquiry.purpose = inquiry.purpose or stated
        inquiry.consent_reference = inquiry.consent_reference or part.consent_reference
    if not inquiry.purpose and len(inquiry.peer.purposes) == 1:
        inquiry.purpose = inquiry.peer.purposes[0]
