"""Whatever is sent, the door answers in its envelope: never a page, never an error of ours."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from serasi.exchange.messages import STATUS
from serasi.exchange.models import Inquiry
from serasi.exchange.tests.factories import Registry, Speaker, nik, search_of, sight

WAYS = {"sync/search": "search", "search": "search", "subscribe": "subscribe", "unsubscribe": "unsubscribe"}
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**60), 2**60),
    st.floats(),
    st.text(max_size=30),
    st.sampled_from(
        ["\x00", "\ud800", "9999-12-31T23:59:59+14:00", "0001-01-01T00:00:00-14:00", "31.73", "1e400", "٣"]
    ),
)
NESTED = st.recursive(
    ODD, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)
NAMES = st.sampled_from(
    ["nik", "age", "sex", "birth_date", "region", "name", "$and", "$or", "$not", "$in", "poverty_score"]
)
QUERIES = st.recursive(
    ODD,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.sampled_from(["$eq", "$lt"]), inner, max_size=3)
    ),
)


def paths_of(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands in a message that can be replaced."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [before, *(path for key, one in inner for path in paths_of(one, (*before, key)))]


def replaced(value: Any, path: tuple[Any, ...], by: Any) -> Any:
    if not path:
        return by
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], by)
    return copy


@pytest.mark.slow
class TheDoor(TestCase):
    """One house for all examples; each example is undone."""

    speaker: Speaker

    @classmethod
    def setUpTestData(cls) -> None:
        registry = Registry()
        registry.budi()
        # Many examples come in one minute.
        cls.speaker = registry.peer(
            is_signed=False, callback_url="https://bansos.example.org", per_minute=100_000, per_day=100_000
        )

    def answered(self, way: str, body: Any) -> int:
        response = self.speaker.send(way, body)
        told = json.loads(response.content)
        assert response["Content-Type"] == "application/json"
        assert response.status_code in {200, 202, 413, *STATUS.values(), 409}, response.status_code
        if response.status_code >= 400:
            assert told["message"]["ack_status"] == "ERR"
            assert told["message"]["error"]["code"] in STATUS
        return int(response.status_code)

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.data())
    def test_a_message_with_anything_in_any_place_is_answered(self, data: st.DataObject) -> None:
        way = data.draw(st.sampled_from(sorted(WAYS)))
        message = {**search_of(nik()), "subscription_codes": ["a"]}
        message["subscribe_request"] = [
            {**message["search_request"][0], "subscribe_criteria": {"reg_event_type": "REGISTER", "filter": nik()}}
        ]
        envelope = self.speaker.envelope(WAYS[way], message)
        path = data.draw(st.sampled_from(paths_of(envelope)))
        self.answered(way, replaced(envelope, path, data.draw(NESTED)))

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(QUERIES, st.sampled_from(["expression", "predicate", "idtype-value"]))
    def test_any_query_is_answered(self, query: Any, kind: str) -> None:
        asked = {"value": {"expression": {"query": query}}} if kind == "expression" else query
        self.answered("sync/search", self.speaker.envelope("search", search_of(asked, kind=kind)))

    @settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.binary(max_size=200))
    def test_any_bytes_are_answered(self, body: bytes) -> None:
        for way in WAYS:
            assert self.answered(way, body) == 400
        with sight():
            assert not Inquiry.objects.filter(is_taken=True).exists()
        given_ = self.speaker.client.post("/dci/oauth2/client/token", body, content_type="application/json")
        assert given_.status_code == 400
