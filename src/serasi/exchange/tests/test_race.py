"""What one system sends many times at once, in a database in which everything is committed."""

import json
import threading
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from serasi.access.tests.copies import copied_database
from serasi.exchange.models import Inquiry
from serasi.exchange.tests.factories import Registry, Speaker, nik, search_of, sight


def all_at_once(speaker: Speaker, envelopes: list[dict[str, Any]]) -> Counter[int]:
    """The statuses of messages that are sent at the same moment."""
    token, begin, answers = speaker.fetch_token(), threading.Barrier(len(envelopes)), []

    def send(envelope: dict[str, Any]) -> None:
        try:
            begin.wait()
            answered: Any = Client().post(
                "/dci/registry/sync/search",
                json.dumps(envelope),
                content_type="application/json",
                headers={"Authorization": f"Bearer {token}"},
            )
            answers.append(answered.status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[one]) for one in envelopes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(answers)


@pytest.mark.slow
def test_a_message_is_taken_once_and_no_limit_is_passed_by_haste(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock(), copied_database():
        registry = Registry()
        registry.budi()
        once, hasty = registry.peer("once"), registry.peer("hasty", per_minute=3)
        same = once.envelope("search", search_of(nik()))

        assert all_at_once(once, [same] * 6) == {200: 1, 409: 5}
        assert all_at_once(hasty, [hasty.envelope("search", search_of(nik())) for _ in range(6)]) == {200: 3, 429: 3}
        with sight():
            assert Inquiry.objects.filter(peer=hasty.peer).count() == 3
