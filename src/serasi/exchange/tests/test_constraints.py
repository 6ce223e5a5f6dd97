"""What the database itself refuses, and whom it shows rows to."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from serasi.access.models import User
from serasi.access.operations import acting
from serasi.exchange.models import Delivery, Inquiry, Peer, SigningKey, Subscription
from serasi.exchange.tests.factories import Registry, Speaker, nik, sight
from serasi.people.tests.factories import make_unit, make_user

pytestmark = pytest.mark.django_db
LATER, EARLIER = timezone.now() + timedelta(days=400), timezone.now() - timedelta(days=400)


@pytest.fixture
def speaker(registry: Registry) -> Iterator[Speaker]:
    """One that asked once; whatever follows acts as the system."""
    speaker = registry.peer()
    speaker.search(nik())
    with sight():
        inquiry, now = Inquiry.objects.get(), timezone.now()
        Delivery.objects.create(peer=speaker.peer, inquiry=inquiry, action="on-search", content="{}", made_at=now)
        Subscription.objects.create(
            peer=speaker.peer, inquiry=inquiry, criteria="{}", begun_at=now, told_until=now + timedelta(hours=1)
        )
        yield speaker


@pytest.mark.parametrize(
    ("model", "constraint", "changes"),
    [
        (Peer, "exchange_sender_id_is_plain", {"sender_id": "ban sos"}),
        (Peer, "exchange_peer_names_its_agreement", {"agreement": ""}),
        (Peer, "exchange_peer_names_its_agreement", {"purposes": []}),
        (Peer, "exchange_basis_is_whole", {"legal_ground": ""}),
        (Peer, "exchange_basis_is_whole", {"basis": "consent"}),
        (Peer, "exchange_agreement_ends_after_it_begins", {"until_on": EARLIER.date()}),
        (Peer, "exchange_limits_are_above_nothing", {"most_records": 1001}),
        (Peer, "exchange_limits_are_above_nothing", {"per_minute": 0}),
        (Peer, "exchange_ending_is_whole", {"ended_at": LATER}),
        (Peer, "exchange_ending_is_whole", {"end_reason": "selesai"}),
        (Inquiry, "exchange_taken_message_has_its_ids", {"message_id": ""}),
        (Inquiry, "exchange_answered_keeps_no_content", {"content": "{}"}),
        (Inquiry, "exchange_answered_keeps_no_content", {"answered_at": EARLIER}),
        (Delivery, "exchange_done_keeps_no_content", {"delivered_at": LATER}),
        (Delivery, "exchange_done_keeps_no_content", {"content": None}),
        (Delivery, "exchange_done_keeps_no_content", {"delivered_at": LATER, "given_up_at": LATER, "content": None}),
        (Subscription, "exchange_subscription_ends_after", {"ended_at": EARLIER}),
        (Subscription, "exchange_told_since_it_began", {"told_until": EARLIER}),
        (SigningKey, "exchange_key_ends_after_it_begins", {"until_at": EARLIER}),
    ],
)
def test_what_cannot_be_is_refused(speaker: Speaker, model: Any, constraint: str, changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        model.objects.update(**changes)


def test_a_message_is_taken_once_and_one_key_signs(speaker: Speaker) -> None:
    taken, key = Inquiry.objects.get(), SigningKey.objects.get()
    with pytest.raises(IntegrityError, match="exchange_message_is_taken_once"), transaction.atomic():
        Inquiry.objects.create(
            peer=speaker.peer,
            action="search",
            is_sync=True,
            message_id=taken.message_id,
            transaction_id="t",
            outcome="rcvd",
            received_at=timezone.now(),
        )
    with pytest.raises(IntegrityError, match="exchange_one_key_signs"), transaction.atomic():
        SigningKey.objects.create(private="p", public=key.public, made_at=timezone.now())


def rows_seen(user: User) -> list[int]:
    """What the database shows somebody, whatever is asked."""
    with acting(user, "test.rows"):
        return [model.objects.count() for model in (Peer, Inquiry, Delivery, Subscription, SigningKey)]


def test_rows_are_seen_by_those_who_oversee_the_unit_alone(registry: Registry, speaker: Speaker) -> None:
    elsewhere = make_user("Admin Jatim", ("administrator", make_unit("JATIM", kind="province")))
    seen = {
        name: rows_seen(user)
        for name, user in {
            "administrator": registry.administrator,
            "social worker": registry.owner,
            "head of a panti below": registry.head,
            "another administrator": elsewhere,
        }.items()
    }

    assert seen == {
        "administrator": [1, 1, 1, 1, 0],
        "social worker": [0] * 5,
        "head of a panti below": [0] * 5,
        "another administrator": [0] * 5,
    }
    with acting(registry.administrator, "test.rows"):
        for model in (Peer, Inquiry, Delivery, Subscription):
            assert model.objects.visible_to(registry.administrator).count() == 1
            assert model.objects.visible_to(elsewhere).count() == 0
