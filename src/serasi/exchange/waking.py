"""Asking the queue for a job, inside the transaction at hand: a job carries nothing but an id."""

from datetime import datetime
from typing import Final
from uuid import UUID

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job
from procrastinate.manager import JobManager

QUEUE: Final = "exchange"
ANSWER: Final = "exchange.inquiry.answer"
SEND: Final = "exchange.delivery.send"


def wake(inquiry_id: UUID) -> None:
    """Have an inquiry answered."""
    _defer(ANSWER, "inquiry_id", inquiry_id, None)


def wake_sending(delivery_id: UUID, *, at: datetime | None = None) -> None:
    """Have a message sent, now or at a moment."""
    _defer(SEND, "delivery_id", delivery_id, at)


def _defer(task: str, name: str, record_id: UUID, at: datetime | None) -> None:
    JobManager(DjangoConnector()).defer_job(
        Job(
            id=None,
            queue=QUEUE,
            lock=None,
            queueing_lock=None,
            task_name=task,
            task_kwargs={name: str(record_id)},
            scheduled_at=at,
        )
    )
