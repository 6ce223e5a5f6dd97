"""Jobs of the queue: answering what was asked, sending what was answered, telling news. A payload carries ids alone."""

from uuid import UUID

from django.conf import settings
from django.db import OperationalError
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from serasi.exchange.operations import answer_inquiry, note_sending, tell_news
from serasi.exchange.operations.inquiry import CALLBACKS
from serasi.exchange.queries.deliveries import running_subscriptions, to_send
from serasi.exchange.sending import BadAddress, NotSent, post_json
from serasi.exchange.waking import ANSWER, QUEUE, SEND

_AGAIN = RetryStrategy(max_attempts=10, linear_wait=15, retry_exceptions=[OperationalError])
_WAYS = {
    "on-search": CALLBACKS["search"],
    "on-subscribe": CALLBACKS["subscribe"],
    "on-unsubscribe": CALLBACKS["unsubscribe"],
    "txn-on-status": CALLBACKS["txn-status"],
    "notify": CALLBACKS["notify"],
}


@app.task(name=ANSWER, queue=QUEUE, retry=_AGAIN)
def answer(inquiry_id: str) -> None:
    """Answer an inquiry; what comes of it is sent by a job of its own."""
    answer_inquiry(inquiry_id=UUID(inquiry_id), at=timezone.now())


@app.task(name=SEND, queue=QUEUE, retry=_AGAIN)
def send(delivery_id: str) -> None:
    """Send a message once. No transaction is open while the other side is waited for."""
    delivery = to_send(UUID(delivery_id))
    if delivery is None:
        return
    failure = ""
    try:
        post_json(
            delivery.peer.callback_url + _WAYS[delivery.action],
            (delivery.content or "").encode(),
            may_loop=settings.SERASI_EXCHANGE_LOOPBACK,
        )
    except NotSent as not_sent:
        failure = not_sent.code
    except BadAddress:
        failure = "address_refused"
    note_sending(delivery_id=delivery.pk, failure=failure, at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="exchange.subscription.tell", queue=QUEUE, queueing_lock="exchange.subscription.tell")
def tell(timestamp: int) -> None:
    """Tell every subscription what is new."""
    for one in running_subscriptions():
        tell_news(subscription_id=one, at=timezone.now())
