"""Named filters. `visible_to` says to Django what the row policies say to the database."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from serasi.access.models import Unit, User

if TYPE_CHECKING:
    from serasi.exchange.models import Delivery, Inquiry, Peer, SigningKey, Subscription  # noqa: F401

SEE_PEERS = "exchange.peer.see"


class PeerQuerySet(models.QuerySet["Peer"]):
    def visible_to(self, actor: User) -> Self:
        """Peers of the units whose exchange one oversees."""
        return self.filter(unit__in=Unit.objects.reached_by(actor, SEE_PEERS))

    def in_force(self, day: date) -> Self:
        """Not ended, and within the days of the agreement (both included)."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day, ended_at=None)


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    def visible_to(self, actor: User) -> Self:
        return self.filter(peer__unit__in=Unit.objects.reached_by(actor, SEE_PEERS))

    def since(self, moment: datetime) -> Self:
        return self.filter(received_at__gt=moment)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def visible_to(self, actor: User) -> Self:
        return self.filter(peer__unit__in=Unit.objects.reached_by(actor, SEE_PEERS))

    def running(self) -> Self:
        return self.filter(ended_at=None)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, actor: User) -> Self:
        return self.filter(peer__unit__in=Unit.objects.reached_by(actor, SEE_PEERS))

    def waiting(self) -> Self:
        """Neither arrived nor given up."""
        return self.filter(delivered_at=None, given_up_at=None)


class SigningKeyQuerySet(models.QuerySet["SigningKey"]):
    def visible_to(self, actor: User) -> Self:
        """Our own keys are read by the system alone."""
        return self if actor.scope.is_system else self.none()

    def published(self, at: datetime) -> Self:
        """The one that signs, and those whose signatures may still be on their way."""
        return self.filter(Q(until_at=None) | Q(until_at__gt=at))
