"""What is answered to the requests of a message, part by part. The system's sight, narrowed by the agreement.

Everybody told of stands in the reading log at once, with the peer as reader.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from serasi.access.enums import Subject
from serasi.access.looks import log_looks
from serasi.exchange.conditions import INVALID, read_query
from serasi.exchange.enums import Action
from serasi.exchange.messages import (
    VERSION,
    Part,
    PartRefused,
    is_id,
    part_refused,
    parts_of,
    read_part,
    said,
)
from serasi.exchange.models import Inquiry, Peer, Subscription
from serasi.exchange.queries.coverage import answerable
from serasi.exchange.queries.records import RECORD_TYPE, as_member, record_of, unit_of, with_what_is_told
from serasi.exchange.queries.search import filter_of, order_of
from serasi.exchange.signing import canonical
from serasi.people.models import Consent, Person

REGISTRY: Final = "ns:org:RegistryType:Social"
EVENT: Final = "REGISTER"
"""The one event that can be subscribed to."""
MOST_SUBSCRIPTIONS: Final = 50
_RECORD_TYPES: Final = frozenset({RECORD_TYPE, "Person", "Member", f"spdci:{RECORD_TYPE}"})
_SEARCHED_BY: Final = ("transaction_id", "correlation_id", "reference_id_list")


def searched(peer: Peer, message: Mapping[str, Any], *, at: datetime) -> list[dict[str, Any]]:
    """The answers to a search, in the order of its requests."""
    answers = []
    for request in parts_of(message, "search_request", "search_criteria"):
        try:
            answers.append(_search(peer, read_part(request, "search_criteria"), at))
        except PartRefused as refusal:
            answers.append(part_refused(request["reference_id"], refusal, at))
    return answers


def purpose_of(peer: Peer, part: Part) -> str:
    """The purpose a request is taken under. Raises PartRefused."""
    purpose = part.purpose or (peer.purposes[0] if len(peer.purposes) == 1 else "")
    if purpose not in peer.purposes:
        raise PartRefused(INVALID, "authorize.purpose.code or consent.purpose.code must be one of the agreement.")
    return purpose


def _search(peer: Peer, part: Part, at: datetime) -> dict[str, Any]:
    purpose, criteria, today = purpose_of(peer, part), part.criteria, _day(at)
    is_member = _is_of_members(criteria)
    condition = read_query(criteria.get("query_type"), criteria.get("query"), allowed=frozenset(peer.search_attributes))
    people = answerable(peer).filter(filter_of(condition, on=today)).order_by(*order_of(criteria.get("sort")))
    size, number = _page(criteria.get("pagination"), peer.most_records)
    found = people[: peer.most_records + 1].count()
    if found > peer.most_records:
        raise PartRefused(
            "rjct.search.too_many_records_found", f"More than {peer.most_records} people fit. Ask for fewer."
        )
    records = tell(peer, people, purpose=purpose, on=today, page=slice((number - 1) * size, number * size))
    return {
        "reference_id": part.reference_id,
        "timestamp": said(at),
        "status": "succ",
        "data": {
            "version": VERSION,
            "reg_type": REGISTRY,
            "reg_record_type": "Member" if is_member else RECORD_TYPE,
            "reg_records": [as_member(one) for one in records] if is_member else records,
        },
        "pagination": {"page_size": size, "page_number": number, "total_count": found},
        "locale": "ind",
    }


def tell(peer: Peer, people: QuerySet[Person], *, purpose: str, on: date, page: slice) -> list[dict[str, Any]]:
    """The records of a page of people; that they were told stands in the reading log."""
    found = list(with_what_is_told(people, peer, on=on)[page])
    if found:
        log_looks(
            by=peer.reader,
            subject=Subject.PERSON,
            units=[(person.pk, unit_of(person)) for person in found],
            purpose=f"DCI: {purpose} ({peer.agreement})",
        )
    return [record_of(person, peer) for person in found]


def _is_of_members(criteria: Mapping[str, Any]) -> bool:
    """Whether records are asked for as members. Raises PartRefused for what this registry does not hold."""
    entity, kind = criteria.get("response_entity", "Person"), criteria.get("reg_record_type", RECORD_TYPE)
    if entity not in {"Person", "Member"} or kind not in _RECORD_TYPES:
        raise PartRefused(INVALID, "This registry tells of people (SRPerson, or Member), not of groups.")
    return "Member" in {entity, kind}


def _page(asked: Any, most: int) -> tuple[int, int]:
    """Size and number of the page, from one. Raises PartRefused."""
    if asked is None:
        return most, 1
    size, number = (asked.get("page_size"), asked.get("page_number", 1)) if isinstance(asked, dict) else (None, None)
    whole = [one for one in (size, number) if isinstance(one, int) and not isinstance(one, bool) and one > 0]
    if len(whole) != 2 or whole[0] > most or whole[1] > most:
        raise PartRefused("rjct.pagination.invalid", f"page_size and page_number are 1 to {most}.")
    return whole[0], whole[1]


# --- subscriptions


def subscribed(peer: Peer, inquiry: Inquiry, message: Mapping[str, Any], *, at: datetime) -> list[dict[str, Any]]:
    """What became of each wish to be told."""
    answers = []
    for request in parts_of(message, "subscribe_request", "subscribe_criteria"):
        try:
            answers.append(_subscribe(peer, inquiry, request, at))
        except PartRefused as refusal:
            # Here a bad filter has another name than in a search.
            reason = "rjct.notify_details.invalid" if refusal.reason == INVALID else refusal.reason
            answers.append(part_refused(request["reference_id"], PartRefused(reason, refusal.message), at))
    return answers


def _subscribe(peer: Peer, inquiry: Inquiry, request: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    part = read_part(request, "subscribe_criteria")
    asked, purpose = part.criteria, purpose_of(peer, part)
    if asked.get("reg_event_type") != EVENT:
        raise PartRefused("rjct.notify_types.invalid", f"Only {EVENT} can be subscribed to.")
    if asked.get("notify_record_type") not in _RECORD_TYPES:
        raise PartRefused("rjct.notify_details.invalid", "Only people (SRPerson, Member) are told of.")
    kind = asked.get("filter_type") or _kind_of(asked.get("filter"))
    condition = read_query(kind, asked.get("filter"), allowed=frozenset(peer.search_attributes))
    filter_of(condition, on=_day(at))
    criteria = canonical(
        {
            "query_type": kind,
            "query": asked.get("filter"),
            "purpose": purpose,
            "record_type": asked["notify_record_type"],
        }
    ).decode()
    running = list(Subscription.objects.filter(peer=peer).running())
    if any(one.criteria == criteria for one in running):
        raise PartRefused("rjct.event.already_subscribed", "The same subscription runs already.")
    if len(running) >= MOST_SUBSCRIPTIONS:
        raise PartRefused("rjct.notify_details.invalid", f"At most {MOST_SUBSCRIPTIONS} subscriptions run at once.")
    made = Subscription.objects.create(peer=peer, inquiry=inquiry, criteria=criteria, begun_at=at, told_until=at)
    told = {"code": str(made.pk), "status": "subscribe", "timestamp": said(at), "reg_event_type": EVENT}
    return {
        "reference_id": part.reference_id,
        "timestamp": said(at),
        "status": "succ",
        "subscriptions": [told | {"reg_type": REGISTRY, "notify_record_type": asked["notify_record_type"]}],
        "locale": "ind",
    }


def _kind_of(filter_: Any) -> str:
    """Which type a filter is that does not say it."""
    if isinstance(filter_, list):
        return "predicate"
    return "expression" if isinstance(filter_, dict) and isinstance(filter_.get("value"), dict) else "idtype-value"


def unsubscribed(peer: Peer, message: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """All of the codes, or none: what one of them is not is said of the whole."""
    codes = message.get("subscription_codes")
    assert isinstance(codes, list)  # noqa: S101  (`shape_of` asked for it)
    mine = {str(one.pk): one for one in Subscription.objects.filter(peer=peer)}
    reason = ""
    if any(code not in mine for code in codes):
        reason = "rjct.subscription_code.invalid"
    elif any(mine[code].ended_at for code in codes):
        reason = "rjct.event.already_unsubscribed"
    if reason:
        return {"timestamp": said(at), "status": "rjct", "status_reason_code": reason, "subscription_status": []}
    Subscription.objects.filter(pk__in=[mine[code].pk for code in codes]).update(ended_at=at)
    ended = [{"code": code, "status": "unsubscribe"} for code in codes]
    return {"timestamp": said(at), "status": "succ", "subscription_status": ended}


def news_of(subscription: Subscription, peer: Peer, *, until: datetime) -> list[dict[str, Any]]:
    """Who came since this subscription was told last: newly registered, or newly agreed.

    A purpose or an attribute that the agreement has lost meanwhile tells nothing.
    """
    asked = json.loads(subscription.criteria)
    if asked["purpose"] not in peer.purposes:
        return []
    try:
        condition = read_query(asked["query_type"], asked["query"], allowed=frozenset(peer.search_attributes))
        fitting = filter_of(condition, on=_day(until))
    except PartRefused:
        return []
    since = subscription.told_until
    came = Q(registered_at__gt=since, registered_at__lte=until)
    if peer.consent_purpose:
        given = Consent.objects.filter(person_id=OuterRef("pk"), purpose=peer.consent_purpose, withdrawn_at=None)
        came |= Q(Exists(given.filter(given_at__gt=since, given_at__lte=until).order_by()))
    people = answerable(peer).filter(fitting).filter(came).order_by("pk")
    records = tell(peer, people, purpose=asked["purpose"], on=_day(until), page=slice(None))
    return [as_member(one) for one in records] if asked["record_type"] == "Member" else records


# --- the state of what was asked before


def state_of(peer: Peer, message: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """How far earlier requests are: outcomes and counts, never records again."""
    asked: Mapping[str, Any] = message["txnstatus_request"]
    wanted = asked["attribute_value"]
    transaction = wanted if asked["attribute_type"] == "transaction_id" else message["transaction_id"]
    if asked["txn_type"] == "receipt":
        return {"transaction_id": transaction, "receipt_information": {"beneficiaries": []}}
    earlier = _earlier(peer, asked["attribute_type"], wanted)
    chosen = set(wanted) if isinstance(wanted, list) else None
    parts = [
        _told_again(part, at)
        for one in earlier
        for part in one.told
        if chosen is None or part["reference_id"] in chosen
    ]
    correlation = str(earlier[0].pk) if earlier else ""
    return {"transaction_id": transaction, "correlation_id": correlation, "search_response": parts}


def _earlier(peer: Peer, attribute: str, wanted: Any) -> Sequence[Inquiry]:
    """What this peer asked before, the latest first; at most ten."""
    mine = Inquiry.objects.filter(peer=peer, is_taken=True, action__in=[Action.SEARCH, Action.SUBSCRIBE])
    match attribute:
        case "transaction_id":
            found = mine.filter(transaction_id=wanted)
        case "correlation_id":
            try:
                found = mine.filter(pk=UUID(wanted))
            except ValueError:
                return []
        case _:
            any_of = Q()
            for one in wanted:
                any_of |= Q(told__contains=[{"reference_id": one}])
            found = mine.filter(any_of)
    return list(found[:10])


def _told_again(part: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    told = {"reference_id": part["reference_id"], "timestamp": said(at), "status": part["status"]}
    if part.get("reason"):
        told["status_reason_code"] = part["reason"]
    if part["status"] == "succ":
        told["pagination"] = {"page_size": 0, "page_number": 1, "total_count": part["count"]}
    return told


def is_status_request(asked: Any) -> bool:
    """Whether it says what state is asked of."""
    if not isinstance(asked, dict) or not is_id(asked.get("reference_id")):
        return False
    kind, value = asked.get("attribute_type"), asked.get("attribute_value")
    if asked.get("txn_type") not in {"search", "subscribe", "receipt"} or kind not in _SEARCHED_BY:
        return False
    if kind == "reference_id_list":
        return isinstance(value, list) and 0 < len(value) <= 100 and all(is_id(one) for one in value)
    return is_id(value)


def _day(at: datetime) -> date:
    return timezone.localdate(at, timezone.get_default_timezone())
