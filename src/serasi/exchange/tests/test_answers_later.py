"""What is answered later: taken at once, answered by jobs, sent to the callback address until it arrives."""

import contextlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from serasi.common.identifiers import uuid7
from serasi.exchange import operations, sending, tasks
from serasi.exchange.models import Delivery, Inquiry, Subscription
from serasi.exchange.operations import inquiry as inquiry_operations
from serasi.exchange.operations.delivery import PAUSES
from serasi.exchange.signing import is_signed_by
from serasi.exchange.tests.factories import NIK, Registry, Speaker, nik, search_of, sight
from serasi.exchange.tests.schemas import fits

pytestmark = pytest.mark.django_db


class Listener:
    """The callback address of a system: a real server that keeps what comes and answers with ``status``."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.status = 200
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                listener.heard.append((self.path, json.loads(body)))
                self.send_response(listener.status)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *_words: Any) -> None:
                """Be quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/dci-client"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.server.shutdown()
    made.server.server_close()


def ask_later(speaker: Speaker, way: str, action: str, message: dict[str, Any], **header: Any) -> str:
    """The correlation id that is told at once."""
    answered = speaker.send(way, speaker.envelope(action, message, **header))
    told = json.loads(answered.content)
    assert answered.status_code == 202, told
    fits(told, "Acknowledgement")
    return str(told["message"]["correlation_id"])


def work() -> None:
    """What the worker does: every job of the queue that is due, until none is left."""
    done: set[int] = set()
    while todo := list(
        ProcrastinateJob.objects.filter(queue_name="exchange", status="todo", scheduled_at=None).exclude(pk__in=done)
    ):
        for job in todo:
            done.add(job.pk)
            task: Any = {"exchange.inquiry.answer": tasks.answer, "exchange.delivery.send": tasks.send}[job.task_name]
            task(**job.args)


def subscription(query: Any, **criteria: Any) -> dict[str, Any]:
    asked = {"reg_event_type": "REGISTER", "filter": query, "notify_record_type": "SRPerson", **criteria}
    return {
        "transaction_id": str(uuid7()),
        "subscribe_request": [
            {"reference_id": "s1", "timestamp": datetime.now(UTC).isoformat(), "subscribe_criteria": asked}
        ],
    }


def test_a_search_is_answered_at_the_callback_address_signed_and_with_the_same_ids(
    registry: Registry, listener: Listener
) -> None:
    registry.budi()
    speaker, message = registry.peer(callback_url=listener.url), search_of(nik())

    correlation = ask_later(speaker, "search", "search", message, sender_uri=f"{listener.url}/registry/on-search")
    with sight():
        inquiry = Inquiry.objects.get(pk=correlation)
    assert (inquiry.outcome, NIK in (inquiry.content or ""), listener.heard) == ("rcvd", True, [])
    work()

    [(path, told)] = listener.heard
    fits(told, "SearchAnswer")
    assert path == "/dci-client/registry/on-search"
    assert told["message"]["transaction_id"] == message["transaction_id"]
    assert told["message"]["correlation_id"] == correlation
    assert told["message"]["search_response"][0]["data"]["reg_records"][0]["name"]["given_name"] == "Budi Santoso"
    assert is_signed_by(Client().get("/dci/.well-known/jwks.json").json()["keys"], told, told["signature"])
    with sight():
        inquiry = Inquiry.objects.select_related("delivery").get(pk=correlation)
    assert (inquiry.outcome, inquiry.found, inquiry.content) == ("succ", 1, None)
    assert (inquiry.delivery.content, inquiry.delivery.attempts, inquiry.delivery.failure) == (None, 1, "")
    assert inquiry.delivery.delivered_at is not None


def test_what_a_job_carries_is_an_id_and_nothing_else(registry: Registry, listener: Listener) -> None:
    speaker = registry.peer(callback_url=listener.url)
    correlation = ask_later(speaker, "search", "search", search_of(nik()))

    [job] = ProcrastinateJob.objects.filter(queue_name="exchange")

    assert job.args == {"inquiry_id": correlation}


def test_a_job_that_runs_twice_answers_once(registry: Registry, listener: Listener) -> None:
    registry.budi()
    correlation = ask_later(registry.peer(callback_url=listener.url), "search", "search", search_of(nik()))

    tasks.answer(correlation)
    tasks.answer(correlation)
    work()
    work()

    with sight():
        assert (Delivery.objects.count(), len(listener.heard)) == (1, 1)


def test_what_does_not_arrive_is_sent_again_the_same_and_at_last_given_up(
    registry: Registry, listener: Listener
) -> None:
    registry.budi()
    correlation = ask_later(registry.peer(callback_url=listener.url), "search", "search", search_of(nik()))
    listener.status = 302  # a redirection is not followed

    work()
    delivery = delivery_of(correlation)
    waiting = ProcrastinateJob.objects.get(scheduled_at__isnull=False)
    assert (delivery.failure, delivery.attempts, delivery.delivered_at) == ("http_302", 1, None)
    assert waiting.args == {"delivery_id": str(delivery.pk)}
    for _attempt in PAUSES:
        tasks.send(str(delivery.pk))
    tasks.send(str(delivery.pk))

    delivery = delivery_of(correlation)
    assert (delivery.attempts, delivery.content) == (len(PAUSES) + 1, None)
    assert delivery.given_up_at is not None
    assert len(listener.heard) == len(PAUSES) + 1
    assert len({json.dumps(told) for _path, told in listener.heard}) == 1


def test_an_address_that_nobody_answers_is_tried_again(registry: Registry, listener: Listener) -> None:
    speaker = registry.peer(callback_url="http://127.0.0.1:9")
    correlation = ask_later(speaker, "search", "search", search_of(nik()))

    work()

    assert delivery_of(correlation).failure == "unreachable"


def test_an_answer_that_comes_drop_by_drop_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "PATIENCE", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as dripping:

        def drip() -> None:
            taken, _address = dripping.accept()
            with taken, contextlib.suppress(OSError):
                taken.sendall(b"HTTP/1.1 200 OK\r\n")
                while True:
                    taken.sendall(b"X-Drop: 1\r\n")
                    time.sleep(0.1)

        threading.Thread(target=drip, daemon=True).start()
        began = time.monotonic()
        with pytest.raises(sending.NotSent, match="too_slow"):
            sending.post_json(f"http://127.0.0.1:{dripping.getsockname()[1]}", b"{}", may_loop=True)

    assert time.monotonic() - began < 5


def test_whose_address_is_down_asks_no_more_until_it_is_up(
    registry: Registry, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inquiry_operations, "MOST_WAITING", 2)
    speaker = registry.peer(callback_url=listener.url)
    for _time in range(2):
        ask_later(speaker, "search", "search", search_of(nik()))

    refused = speaker.send("search", speaker.envelope("search", search_of(nik())))
    at_once = speaker.search(nik())
    work()
    ask_later(speaker, "search", "search", search_of(nik()))

    assert (refused.status_code, refused["Retry-After"], at_once["status"]) == (429, "300", "succ")


def test_only_the_registered_address_is_answered(registry: Registry, listener: Listener) -> None:
    speaker, silent = registry.peer(callback_url=listener.url), registry.peer("silent")
    for uri in ("https://elsewhere.example.org/registry/on-search", f"{listener.url}/registry/on-subscribe", 7):
        sent = speaker.send("search", speaker.envelope("search", search_of(nik()), sender_uri=uri))
        assert json.loads(sent.content)["message"]["error"]["code"] == "err.sender_uri.invalid"
    sent = silent.send("search", silent.envelope("search", search_of(nik())))
    assert json.loads(sent.content)["message"]["error"]["code"] == "err.sender_uri.invalid"


def test_an_agreement_that_ends_meanwhile_tells_nothing(registry: Registry, listener: Listener) -> None:
    registry.budi()
    speaker = registry.peer(callback_url=listener.url)
    correlation = ask_later(speaker, "search", "search", search_of(nik()))
    another = ask_later(speaker, "search", "search", search_of(nik()))
    tasks.answer(another)

    operations.end_peer(peer=speaker.peer, reason="selesai", by=registry.administrator, at=timezone.now())
    work()

    assert listener.heard == []
    with sight():
        inquiry = Inquiry.objects.get(pk=correlation)
    assert (inquiry.outcome, inquiry.reason, inquiry.content) == ("rjct", "agreement_ended", None)
    assert delivery_of(another).failure == "agreement_ended"


def test_a_state_is_told_at_the_callback_address_too(registry: Registry, listener: Listener) -> None:
    registry.budi()
    speaker, message = registry.peer(callback_url=listener.url), search_of(nik())
    ask_later(speaker, "search", "search", message)
    asked = {
        "reference_id": "s1",
        "txn_type": "search",
        "attribute_type": "transaction_id",
        "attribute_value": message["transaction_id"],
    }
    ask_later(speaker, "txn/status", "txn-status", {"transaction_id": "t2", "txnstatus_request": asked})

    with sight():
        asked_later = Inquiry.objects.get(action="txn-status")
    tasks.answer(str(asked_later.pk))
    work()

    path, told = next(one for one in listener.heard if one[1]["header"]["action"] == "txn-on-status")
    fits(told, "StatusAnswer")
    state = told["message"]["txnstatus_response"]["txn_status"]["search_response"]
    assert (path, [one["status"] for one in state]) == ("/dci-client/registry/txn/on-status", ["pdng"])


def test_a_subscription_tells_who_came_since_and_ends_when_it_is_ended(registry: Registry, listener: Listener) -> None:
    registry.budi()
    speaker = registry.peer(callback_url=listener.url)
    women = {"type": "sex", "value": "female"}
    ask_later(speaker, "subscribe", "subscribe", subscription(women))
    work()
    _path, told = listener.heard.pop()
    fits(told, "SubscribeAnswer")
    code = told["message"]["subscribe_response"][0]["subscriptions"][0]["code"]

    soon = timezone.now() + timedelta(minutes=5)
    registry.person("Siti Rahayu", sex="P", birth_date=date(2001, 6, 1), at=timezone.now() + timedelta(seconds=1))
    registry.person("Joko Susilo", at=timezone.now() + timedelta(seconds=1))
    operations.tell_news(subscription_id=UUID(code), at=soon)
    operations.tell_news(subscription_id=UUID(code), at=soon + timedelta(minutes=10))
    work()

    [(path, news)] = listener.heard
    fits(news, "News")
    assert path == "/dci-client/registry/notify"
    assert [one["data"]["reg_records"]["name"]["given_name"] for one in news["message"]["notify_event"]] == [
        "Siti Rahayu"
    ]
    listener.heard.clear()
    ask_later(speaker, "unsubscribe", "unsubscribe", {"transaction_id": "t", "subscription_codes": [code]})
    ask_later(speaker, "unsubscribe", "unsubscribe", {"transaction_id": "t", "subscription_codes": [code]})
    ask_later(speaker, "unsubscribe", "unsubscribe", {"transaction_id": "t", "subscription_codes": ["sub-1"]})
    work()
    for _path, told in listener.heard:
        fits(told, "UnsubscribeAnswer")
    assert [told["message"].get("status_reason_code", "succ") for _path, told in listener.heard] == [
        "succ",
        "rjct.event.already_unsubscribed",
        "rjct.subscription_code.invalid",
    ]
    registry.person("Wati Lestari", sex="P", at=soon + timedelta(minutes=20))
    assert operations.tell_news(subscription_id=UUID(code), at=soon + timedelta(minutes=40)) == []


def test_whoever_agrees_later_is_news_then(registry: Registry, listener: Listener) -> None:
    budi = registry.budi()
    speaker = registry.peer(callback_url=listener.url, basis="consent", consent_purpose="sharing")
    ask_later(speaker, "subscribe", "subscribe", subscription(nik()))
    work()
    with sight():
        [running] = Subscription.objects.all()
    assert operations.tell_news(subscription_id=running.pk, at=timezone.now() + timedelta(minutes=3)) == []

    registry.agrees(budi, at=timezone.now() + timedelta(minutes=2))
    [news] = operations.tell_news(subscription_id=running.pk, at=timezone.now() + timedelta(minutes=6))

    assert (news.action, news.found) == ("notify", 1)


@pytest.mark.parametrize(
    ("query", "criteria", "reason"),
    [
        (nik(), {"reg_event_type": "DEATH"}, "rjct.notify_types.invalid"),
        (nik(), {"notify_record_type": "Group"}, "rjct.notify_details.invalid"),
        ({"type": "poverty_score", "value": "1"}, {}, "rjct.notify_details.invalid"),
        (None, {}, "rjct.notify_details.invalid"),
        ([{"expression1": 1}], {}, "rjct.notify_details.invalid"),
    ],
)
def test_what_cannot_be_subscribed_to_is_refused(
    registry: Registry, listener: Listener, query: Any, criteria: dict[str, Any], reason: str
) -> None:
    speaker = registry.peer(callback_url=listener.url)

    ask_later(speaker, "subscribe", "subscribe", subscription(query, **criteria))
    work()

    [(_path, told)] = listener.heard
    fits(told, "SubscribeAnswer")
    assert told["message"]["subscribe_response"][0]["status_reason_code"] == reason
    with sight():
        assert not Subscription.objects.exists()


def test_the_same_subscription_runs_once(registry: Registry, listener: Listener) -> None:
    speaker = registry.peer(callback_url=listener.url)
    for _time in range(2):
        ask_later(speaker, "subscribe", "subscribe", subscription(nik()))
    work()

    with sight():
        assert Subscription.objects.count() == 1
    assert listener.heard[1][1]["message"]["subscribe_response"][0]["status_reason_code"] == (
        "rjct.event.already_subscribed"
    )


def test_an_address_of_the_listener_is_http_and_so_for_trials_alone(
    registry: Registry, listener: Listener, settings: Any
) -> None:
    settings.SERASI_EXCHANGE_LOOPBACK = False

    with pytest.raises(operations.BadCallback):
        registry.peer(callback_url=listener.url)
    assert urlsplit(listener.url).scheme == "http"


def delivery_of(correlation: str) -> Delivery:
    with sight():
        return Delivery.objects.get(inquiry_id=correlation)
