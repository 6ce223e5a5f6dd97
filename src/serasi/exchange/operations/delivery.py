"""Answers on their way: made once, sent until they arrive or are given up; news of subscriptions likewise.

No permission: a job acts for the agreement of a peer, which is asked again before anything is told.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from serasi.access.models import User
from serasi.access.operations import acting
from serasi.common.identifiers import uuid7
from serasi.exchange.enums import Outcome
from serasi.exchange.messages import VERSION, header_of_answer, said
from serasi.exchange.models import Delivery, Inquiry, Peer, Subscription
from serasi.exchange.operations.answering import EVENT, REGISTRY, news_of
from serasi.exchange.operations.inquiry import ANSWERS, answer_of
from serasi.exchange.queries.keys import with_signature
from serasi.exchange.waking import wake_sending

PAUSES: Final = (5, 15, 60, 300, 1800, 7200, 21_600, 43_200)
"""Seconds before each further attempt: the last is made about a day after the first."""
SETTLED: Final = timedelta(minutes=2)
"""News is told when it is so old: what is being registered right now must not fall between two tellings."""


def answer_inquiry(*, inquiry_id: UUID, at: datetime) -> Delivery | None:
    """Make the answer to an inquiry, once, and have it sent; None when the agreement has ended meanwhile."""
    with acting(User.objects.system(), "exchange.inquiry.answer"):
        inquiry = (
            Inquiry.objects.select_for_update(of=("self",))
            .select_related("peer__unit", "peer__reader")
            .get(pk=inquiry_id)
        )
        if inquiry.answered_at is not None:
            return Delivery.objects.filter(inquiry=inquiry).first()
        at = max(at, inquiry.received_at)  # two machines may disagree about the time
        if not _in_force(inquiry.peer, at):
            Inquiry.objects.filter(pk=inquiry.pk).update(
                outcome=Outcome.REFUSED, reason="agreement_ended", answered_at=at, content=None
            )
            return None
        content = answer_of(inquiry, json.loads(inquiry.content or "{}"), at=at)
        inquiry.refresh_from_db(fields=["found"])
        return _hand_over(inquiry.peer, ANSWERS[inquiry.action], content, at=at, found=inquiry.found, inquiry=inquiry)


def tell_news(*, subscription_id: UUID, at: datetime) -> list[Delivery]:
    """Tell a subscription who came since it was told last, as many in one message as one answer holds."""
    with acting(User.objects.system(), "exchange.subscription.tell"):
        running = Subscription.objects.running().select_for_update(of=("self",))
        subscription = running.select_related("peer__unit", "peer__reader").filter(pk=subscription_id).first()
        if subscription is None or not _in_force(subscription.peer, at):
            return []
        peer, until = subscription.peer, max(at - SETTLED, subscription.told_until)
        records = news_of(subscription, peer, until=until)
        Subscription.objects.filter(pk=subscription.pk).update(told_until=until)
        pages = [records[start : start + peer.most_records] for start in range(0, len(records), peer.most_records)]
        return [_hand_over(peer, "notify", _news(subscription, page, at), at=at, found=len(page)) for page in pages]


def _news(subscription: Subscription, records: Sequence[Mapping[str, Any]], at: datetime) -> dict[str, Any]:
    kind = json.loads(subscription.criteria)["record_type"]
    data = {"version": VERSION, "reg_type": REGISTRY, "reg_event_type": EVENT, "reg_record_type": kind}
    events = [
        {
            "reference_id": str(subscription.pk),
            "timestamp": said(at),
            "data": {**data, "reg_records": record},
            "locale": "ind",
        }
        for record in records
    ]
    header = header_of_answer(
        action="notify",
        sender_id=settings.SERASI_EXCHANGE_ID,
        receiver_id=subscription.peer.sender_id,
        at=at,
        status="succ",
        count=len(events),
    )
    return with_signature({"header": header, "message": {"transaction_id": str(uuid7()), "notify_event": events}})


def note_sending(*, delivery_id: UUID, failure: str, at: datetime) -> Delivery:
    """What became of an attempt: arrived (no failure), to be tried again, or given up after the last."""
    with acting(User.objects.system(), "exchange.delivery.note"):
        delivery = Delivery.objects.select_for_update().get(pk=delivery_id)
        if delivery.delivered_at or delivery.given_up_at:
            return delivery
        at = max(at, delivery.made_at)  # two machines may disagree about the time
        delivery.attempts, delivery.failure = delivery.attempts + 1, failure[:60]
        if not failure:
            delivery.delivered_at, delivery.content = at, None
        elif delivery.attempts > len(PAUSES):
            delivery.given_up_at, delivery.content = at, None
        else:
            wake_sending(delivery.pk, at=at + timedelta(seconds=PAUSES[delivery.attempts - 1]))
        delivery.save()
    return delivery


def _hand_over(
    peer: Peer, action: str, content: Mapping[str, Any], *, at: datetime, found: int, inquiry: Inquiry | None = None
) -> Delivery:
    made = Delivery.objects.create(
        peer=peer, inquiry=inquiry, action=action, found=found, content=json.dumps(content), made_at=at
    )
    wake_sending(made.pk)
    return made


def _in_force(peer: Peer, at: datetime) -> bool:
    return peer.is_in_force(timezone.localdate(at, timezone.get_default_timezone()))
