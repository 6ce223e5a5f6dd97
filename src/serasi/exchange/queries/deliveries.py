"""What the job that sends reads. The system's sight."""

from uuid import UUID

from serasi.access.models import User
from serasi.access.operations import acting
from serasi.exchange.models import Delivery, Subscription


def to_send(delivery_id: UUID) -> Delivery | None:
    """A message that is still to be sent, with its peer."""
    with acting(User.objects.system(), "exchange.delivery.read"):
        return Delivery.objects.waiting().select_related("peer").filter(pk=delivery_id).first()


def running_subscriptions() -> list[UUID]:
    with acting(User.objects.system(), "exchange.subscription.read"):
        return list(Subscription.objects.running().order_by("pk").values_list("pk", flat=True))
