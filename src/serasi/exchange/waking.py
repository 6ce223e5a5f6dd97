"""Asking the queue for the jobs of this app, inside the transaction at hand."""

from datetime import datetime
from typing import Final
from uuid import UUID

from serasi.access.operations.work import defer

QUEUE: Final = "exchange"
ANSWER: Final = "exchange.inquiry.answer"
SEND: Final = "exchange.delivery.send"


def wake(inquiry_id: UUID) -> None:
    """Have an inquiry answered."""
    defer(ANSWER, queue=QUEUE, inquiry_id=inquiry_id)


def wake_sending(delivery_id: UUID, *, at: datetime | None = None) -> None:
    """Have a message sent, now or at a moment."""
    defer(SEND, queue=QUEUE, at=at, delivery_id=delivery_id)
