"""The door of the standard: who is let in, what is refused and how, said always in its envelope."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from serasi.exchange import operations
from serasi.exchange.messages import LARGEST
from serasi.exchange.models import Inquiry, SigningKey
from serasi.exchange.openapi import openapi
from serasi.exchange.queries import peers
from serasi.exchange.signing import is_signed_by, new_key, signed
from serasi.exchange.tests.factories import KID, Registry, Speaker, nik, search_of, sight
from serasi.exchange.tests.schemas import fits

pytestmark = pytest.mark.django_db

WAYS = {
    "search": "search",
    "subscribe": "subscribe",
    "unsubscribe": "unsubscribe",
    "txn/status": "txn-status",
    "sync/search": "search",
    "sync/txn/status": "txn-status",
}


def said(response: Any) -> tuple[int, str, str]:
    """Status, error of the standard, and the reason of the header; every refusal fits our schema."""
    told = json.loads(response.content)
    fits(told, "Refusal")
    return response.status_code, told["message"]["error"]["code"], told.get("header", {}).get("status_reason_code", "")


def refused(speaker: Speaker, body: Any, way: str = "sync/search", **headers: str) -> tuple[int, str, str]:
    return said(speaker.send(way, body, **headers))


@pytest.mark.parametrize("way", WAYS)
def test_without_a_token_every_message_is_unauthorized(registry: Registry, way: str) -> None:
    speaker = registry.peer()
    body = json.dumps(speaker.envelope(WAYS[way], search_of(nik())))

    for headers in ({}, {"Authorization": "Bearer nothing"}, {"Authorization": f"Basic {speaker.secret}"}):
        response = Client().post(f"/dci/registry/{way}", body, content_type="application/json", headers=headers)
        assert said(response) == (401, "err.request.unauthorized", "")
        assert response["WWW-Authenticate"] == 'Bearer realm="Serasi"'
        assert response["Content-Type"] == "application/json"


def test_a_token_is_given_for_the_secret_by_form_json_or_basic(registry: Registry) -> None:
    speaker, client = registry.peer(), Client()
    given = {"grant_type": "client_credentials", "client_id": str(speaker.peer.pk), "client_secret": speaker.secret}
    basic = base64.b64encode(f"{speaker.peer.pk}:{speaker.secret}".encode()).decode()
    form, where = "application/x-www-form-urlencoded", "/dci/oauth2/client/token"

    for answered in (
        client.post(where, urlencode(given), content_type=form),
        client.post(where, json.dumps(given), content_type="application/json"),
        client.post(
            where, "grant_type=client_credentials", content_type=form, headers={"Authorization": f"Basic {basic}"}
        ),
    ):
        told = answered.json()
        assert (answered.status_code, told["token_type"], told["expires_in"]) == (200, "Bearer", 900)
        assert "no-store" in answered["Cache-Control"]


def test_a_wrong_secret_gets_no_token(registry: Registry) -> None:
    speaker, client = registry.peer(), Client()
    form, where = "application/x-www-form-urlencoded", "/dci/oauth2/client/token"
    good = {"grant_type": "client_credentials", "client_id": str(speaker.peer.pk), "client_secret": speaker.secret}

    def asked(**other: str) -> tuple[int, str]:
        answered = client.post(where, urlencode(good | other), content_type=form)
        return answered.status_code, answered.json()["error"]

    assert asked(client_secret="wrong") == (401, "invalid_client")
    assert asked(client_id="someone") == (401, "invalid_client")
    assert asked(grant_type="password") == (400, "unsupported_grant_type")
    assert client.post(where, b"\xff", content_type="application/json").status_code == 400
    assert client.get(where).status_code == 405


def test_a_token_ends_with_its_time_its_secret_and_its_agreement(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    registry.budi()
    speaker, at = registry.peer(), timezone.now()
    speaker.search(nik())

    operations.renew_secret(peer=speaker.peer, by=registry.administrator, at=at)
    assert refused(speaker, speaker.envelope("search", search_of(nik())))[0] == 401

    another = registry.peer("another")
    another.fetch_token()
    monkeypatch.setattr(peers, "TOKEN_SECONDS", -1)
    assert refused(another, another.envelope("search", search_of(nik())))[0] == 401
    monkeypatch.undo()
    operations.end_peer(peer=another.peer, reason="perjanjian selesai", by=registry.administrator, at=timezone.now())
    assert refused(another, another.envelope("search", search_of(nik())))[:2] == (403, "err.request.forbidden")


def test_an_agreement_holds_on_its_days_alone(registry: Registry) -> None:
    today = timezone.localdate()
    days = timedelta(days=1)
    agreements: list[tuple[str, dict[str, Any], int]] = [
        ("tomorrow", {"from_on": today + days}, 401),
        ("yesterday", {"from_on": today - 9 * days, "until_on": today - days}, 401),
        ("today", {"from_on": today, "until_on": today}, 200),
    ]
    for sender, facts, status in agreements:
        speaker = registry.peer(sender, **facts)
        given = {"grant_type": "client_credentials", "client_id": str(speaker.peer.pk), "client_secret": speaker.secret}
        answered = Client().post("/dci/oauth2/client/token", json.dumps(given), content_type="application/json")
        assert answered.status_code == status, sender


def test_header_and_message_are_what_the_standard_says(registry: Registry) -> None:
    speaker, message = registry.peer(), search_of(nik())

    def asked(**header: Any) -> tuple[int, str, str]:
        return refused(speaker, speaker.envelope("search", message, **header))

    late, early = datetime.now(UTC) - timedelta(minutes=16), datetime.now(UTC) + timedelta(minutes=6)
    bad = "err.request.bad"
    assert asked(message_ts=late.isoformat()) == (400, bad, "rjct.message_ts.invalid")
    assert asked(message_ts=early.isoformat()) == (400, bad, "rjct.message_ts.invalid")
    assert asked(message_ts="2026-11-20") == (400, bad, "rjct.message_ts.invalid")
    assert asked(action="subscribe") == (400, bad, "rjct.action.invalid")
    assert asked(total_count="many") == (400, bad, "rjct.total_count.invalid")
    assert asked(total_count=21) == (400, bad, "rjct.total_count.limit_exceeded")
    assert asked(version="2.0.0") == (400, "err.version.not_supported", "rjct.version.invalid")
    assert asked(receiver_id="another") == (400, "err.receiver_id.invalid", "")
    assert asked(sender_id="another") == (403, "err.sender_id.invalid", "")
    assert asked(is_msg_encrypted=True) == (400, "err.encryption.invalid", "")
    assert asked(message_id="") == (400, bad, "")
    for member in ("header", "message"):
        assert refused(speaker, {**speaker.envelope("search", message), member: None})[:2] == (400, bad)


def test_a_message_comes_once(registry: Registry) -> None:
    speaker = registry.peer()
    envelope = speaker.envelope("search", search_of(nik()))

    assert speaker.send("sync/search", envelope).status_code == 200
    assert refused(speaker, envelope) == (409, "err.request.bad", "rjct.message_id.duplicate")


def test_a_message_that_was_refused_does_not_use_up_its_id(registry: Registry) -> None:
    speaker = registry.peer()
    envelope = speaker.envelope("search", search_of(nik()), message_id="again")

    assert refused(speaker, {**envelope, "signature": "wrong"})[0] == 401
    assert speaker.send("sync/search", envelope).status_code == 200


def test_who_has_a_key_signs_and_who_has_none_claims_no_signature(registry: Registry) -> None:
    signing, unsigned = registry.peer("signing"), registry.peer("unsigned", is_signed=False)
    theirs = signing.envelope("search", search_of(nik()))
    forger, _public = new_key()
    forged = signed({"header": theirs["header"], "message": theirs["message"]}, private=forger, kid=KID)
    changed = {**theirs, "message": {**theirs["message"], "transaction_id": "another"}}

    assert refused(signing, {**theirs, "signature": ""})[1] == "err.signature.missing"
    assert refused(signing, {**theirs, "signature": forged})[1] == "err.signature.invalid"
    assert refused(signing, changed)[1] == "err.signature.invalid"
    assert signing.send("sync/search", theirs).status_code == 200
    for claimed in ("invalid-signature", "abc", "!@#$%^&*()", theirs["signature"]):
        sent = {**unsigned.envelope("search", search_of(nik())), "signature": claimed}
        assert refused(unsigned, sent)[:2] == (401, "err.signature.invalid")
    for said_so in ("", "unsigned", "unsigned-stub"):
        sent = {**unsigned.envelope("search", search_of(nik())), "signature": said_so}
        assert unsigned.send("sync/search", sent).status_code == 200


def test_our_answers_and_refusals_are_signed_with_the_key_we_publish(registry: Registry) -> None:
    speaker = registry.peer()
    keys = Client().get("/dci/.well-known/jwks.json").json()["keys"]
    answered = speaker.ask(search_of(nik()))
    refusal = json.loads(speaker.send("sync/search", speaker.envelope("search", search_of(nik()), version="9")).content)

    assert [(key["kty"], key["crv"], "d" in key) for key in keys] == [("OKP", "Ed25519", False)]
    assert is_signed_by(keys, answered, answered["signature"])
    assert is_signed_by(keys, refusal, refusal["signature"])
    assert not is_signed_by(keys, {**answered, "message": {}}, answered["signature"])


def test_a_key_that_was_replaced_is_published_for_a_week(registry: Registry) -> None:
    speaker, at = registry.peer(), timezone.now()
    before = speaker.ask(search_of(nik()))

    operations.replace_key(by=registry.administrator, at=at)
    keys = Client().get("/dci/.well-known/jwks.json").json()["keys"]
    after = speaker.ask(search_of(nik()))

    assert len(keys) == 2
    assert is_signed_by(keys[1:], before, before["signature"])
    assert is_signed_by(keys[:1], after, after["signature"])
    operations.replace_key(by=registry.administrator, at=at + timedelta(days=8))
    with sight():
        assert SigningKey.objects.published(at + timedelta(days=8)).count() == 2


def test_more_than_agreed_in_a_minute_or_a_day_is_asked_to_wait(registry: Registry) -> None:
    hasty, steady = registry.peer("hasty", per_minute=2), registry.peer("steady", per_day=1)

    for _time in range(2):
        assert hasty.send("sync/search", hasty.envelope("search", search_of(nik()))).status_code == 200
    over = hasty.send("sync/search", hasty.envelope("search", search_of(nik())))
    assert (said(over), over["Retry-After"]) == ((429, "err.request.too_many_requests", ""), "60")
    with sight():
        assert Inquiry.objects.filter(peer=hasty.peer).count() == 2, "what comes too often does not fill the log"

    assert refused(steady, b"not even JSON")[0] == 400
    over = steady.send("sync/search", steady.envelope("search", search_of(nik())))
    assert (over.status_code, over["Retry-After"]) == (429, "3600")


def test_what_is_too_large_or_comes_the_wrong_way_is_refused(registry: Registry) -> None:
    speaker = registry.peer()

    assert refused(speaker, b" " * (LARGEST + 1))[:2] == (413, "err.request.bad")
    assert refused(speaker, b"[" * 5000)[:2] == (400, "err.request.bad")
    assert said(Client().get("/dci/registry/search")) == (405, "err.request.bad", "")


def test_what_is_refused_stands_in_the_log_too(registry: Registry) -> None:
    speaker = registry.peer()
    refused(speaker, {**speaker.envelope("search", search_of(nik())), "signature": "wrong"})
    refused(speaker, b"{}")

    with sight():
        kept = list(Inquiry.objects.order_by("received_at").values_list("outcome", "reason", "is_taken", "found"))

    assert kept == [("rjct", "err.signature.invalid", False, 0), ("rjct", "err.request.bad", False, 0)]


def test_answers_fit_the_schema_of_the_standard(registry: Registry) -> None:
    registry.budi()
    speaker = registry.peer()

    fits(speaker.ask(search_of(nik())), "SearchAnswer")
    fits(speaker.ask(search_of({"type": "poverty_score", "value": 1})), "SearchAnswer")


def test_the_state_of_what_was_asked_is_told_without_records(registry: Registry) -> None:
    registry.budi()
    speaker = registry.peer()
    earlier = search_of(nik())
    correlation = speaker.ask(earlier)["message"]["correlation_id"]

    for kind, value in (
        ("transaction_id", earlier["transaction_id"]),
        ("correlation_id", correlation),
        ("reference_id_list", ["r1", "unknown"]),
    ):
        asked = {"reference_id": "s1", "txn_type": "search", "attribute_type": kind, "attribute_value": value}
        told = state_asked(speaker, asked)
        state = told["message"]["txnstatus_response"]["txn_status"]
        assert [(one["reference_id"], one["status"]) for one in state["search_response"]] == [("r1", "succ")]
        assert state["correlation_id"] == correlation
        assert "Budi" not in json.dumps(told)


def test_of_what_another_asked_no_state_is_told(registry: Registry) -> None:
    speaker, another = registry.peer(), registry.peer("another")
    correlation = another.ask(search_of(nik()))["message"]["correlation_id"]

    for kind, value in (("correlation_id", correlation), ("correlation_id", "none"), ("reference_id_list", ["r1"])):
        asked = {"reference_id": "s1", "txn_type": "search", "attribute_type": kind, "attribute_value": value}
        assert state_asked(speaker, asked)["message"]["txnstatus_response"]["txn_status"]["search_response"] == []


def state_asked(speaker: Speaker, asked: dict[str, Any]) -> dict[str, Any]:
    message = {"transaction_id": "t1", "txnstatus_request": asked}
    answered = speaker.send("sync/txn/status", speaker.envelope("txn-status", message))
    assert answered.status_code == 200, answered.content
    told: dict[str, Any] = json.loads(answered.content)
    fits(told, "StatusAnswer")
    return told


def test_the_doors_are_described(registry: Registry) -> None:
    told = Client().get("/dci/.well-known/locations.json").json()
    described = Client().get("/dci/openapi.json").json()

    assert told["receiver_id"] == "serasi"
    assert told["locations"]["sync_search"] == "http://testserver/dci/registry/sync/search"
    assert described == openapi()
    for way in WAYS:
        assert f"/registry/{way}" in described["paths"]


def test_a_search_costs_the_same_for_one_and_for_many(registry: Registry) -> None:
    speaker = registry.peer(record_fields=["nik", "name", "region", "kinds"], search_attributes=["sex"])
    speaker.fetch_token()

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            speaker.search({"type": "sex", "value": "male"})
        return len(asked)

    registry.budi()
    one = cost()
    registry.person("Joko Susilo")
    registry.person("Agus Wijaya")

    assert cost() == one
    assert one <= 30
