"""What a phone kept without signal and sends later: taken once, or kept for the one who typed it."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django.utils.http import urlencode

from serasi.access import handing
from serasi.access.models import OutboxEntry, Posting, User
from serasi.access.models.outbox import OutboxEntryQuerySet
from serasi.access.operations import acting
from serasi.access.operations.outbox import NoLongerHeld, receive_entry, settle_entry
from serasi.access.tests.conftest import World
from serasi.access.views import outbox
from serasi.common.encryption import keyring
from serasi.common.envelopes import public_key, seal_envelope
from serasi.common.identifiers import uuid7

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def head(world: World, client: Client, settings: Any) -> Client:
    settings.SERASI_DEMO = True  # second factors have tests of their own
    client.force_login(world.head)
    return client


def sealed(user: User, address: str, fields: Mapping[str, Any], /, **told: Any) -> bytes:
    """As the browser seals it."""
    about = {
        "id": str(uuid7()),
        "user": str(user.pk),
        "address": address,
        "label": "Penugasan",
        "at": (timezone.now() - timedelta(hours=1)).isoformat(),
        "type": FORM,
    } | told
    content = json.dumps(about).encode() + b"\n" + urlencode(fields).encode()
    return seal_envelope(content, public_key(keyring()))


def send(client: Client, envelope: bytes, **headers: str) -> HttpResponse:
    answer: Any = client.post(
        "/kiriman/terima/", envelope, content_type="application/octet-stream", headers=headers or None
    )
    return answer  # type: ignore[no-any-return]


def post_to(world: World) -> str:
    return f"/pengaturan/petugas/{world.colleague.pk}/tugaskan/"


def posting(world: World, **changed: Any) -> dict[str, Any]:
    """A form of the product with an id of its own: somebody is posted."""
    fields = {"id": uuid7(), "role": "carer", "unit": world.panti.pk, "starts_on": f"{timezone.localdate():%d/%m/%Y}"}
    return fields | changed


def carers(world: World) -> int:
    return Posting.objects.filter(user=world.colleague, role="carer").count()


def entries(user: User) -> OutboxEntryQuerySet:
    return OutboxEntry.objects.visible_to(user)


def test_a_kept_form_is_handed_to_its_page_and_leaves_no_content(world: World, head: Client) -> None:
    answer = send(head, sealed(world.head, post_to(world), posting(world)))

    assert (answer.status_code, json.loads(answer.content)["outcome"]) == (200, "taken")
    assert carers(world) == 1
    with acting(world.head, "test"):
        assert list(entries(world.head).values_list("status", "content", "label")) == [(None, None, "Penugasan")]


def test_sent_five_times_it_is_done_once(world: World, head: Client) -> None:
    envelope = sealed(world.head, post_to(world), posting(world))

    outcomes = [json.loads(send(head, envelope).content)["outcome"] for _ in range(5)]

    assert (outcomes, carers(world)) == (["taken"] * 5, 1)


def test_what_the_form_refuses_is_kept_and_shown_again_as_it_was_typed(world: World, head: Client) -> None:
    refused = sealed(world.head, post_to(world), posting(world, role=""))
    answer = json.loads(send(head, refused).content)
    page = head.get(answer["to"])

    assert (answer["outcome"], page.status_code, carers(world)) == ("held", 422, 0)
    assert b"belum dipilih" in page.content
    assert b"Ini kiriman dari ponsel Anda yang ditolak" in page.content
    assert [row[0] for row in _labels(head)] == ["Penugasan"]


@pytest.mark.parametrize("page", ["follow", "stay"])
def test_what_is_refused_while_its_form_is_in_sight_is_drawn_there_again_and_nothing_waits(
    world: World, head: Client, page: str
) -> None:
    fields, in_sight = posting(world, role=""), {"X-Outbox-Page": page}
    answer = json.loads(send(head, sealed(world.head, post_to(world), fields), **in_sight).content)

    assert (answer["outcome"], carers(world), _labels(head)) == ("refused", 0, [])
    assert ("belum dipilih" in answer["page"], str(fields["id"]) in answer["page"]) == (True, True)
    assert "Ini kiriman dari ponsel Anda yang ditolak" not in answer["page"]

    corrected = sealed(world.head, post_to(world), fields | {"role": "carer"})
    assert json.loads(send(head, corrected, **in_sight).content)["outcome"] == "taken"
    assert carers(world) == 1


def test_what_has_no_page_any_more_waits_though_its_form_is_in_sight(world: World, head: Client) -> None:
    gone = f"/pengaturan/petugas/{uuid7()}/tugaskan/"
    envelope = sealed(world.head, gone, posting(world))

    assert json.loads(send(head, envelope, **{"X-Outbox-Page": "follow"}).content)["outcome"] == "held"
    assert [row[0] for row in _labels(head)] == ["Penugasan"]


def test_a_refusal_that_the_phone_does_not_hear_waits_once_it_is_sent_again(world: World, head: Client) -> None:
    envelope = sealed(world.head, post_to(world), posting(world, role=""))

    heard = [json.loads(send(head, envelope, **page).content)["outcome"] for page in ({"X-Outbox-Page": "stay"}, {})]

    assert (heard, [row[0] for row in _labels(head)]) == (["refused", "held"], ["Penugasan"])


def test_corrected_on_that_page_it_is_sent_and_settled(world: World, head: Client) -> None:
    fields = posting(world, role="")
    answer = json.loads(send(head, sealed(world.head, post_to(world), fields)).content)

    done = head.post(answer["to"], fields | {"role": "carer"})

    assert (done.status_code, carers(world), _labels(head)) == (302, 1, [])
    assert head.get(answer["to"]).status_code == 404
    with acting(world.head, "test"):
        assert entries(world.head).get().content is None


def test_looking_at_a_refused_one_changes_nothing_though_it_would_be_taken_now(world: World, head: Client) -> None:
    entry_id = uuid7()
    _refuse(world, entry_id, posting(world))

    page = head.get(f"/kiriman/{entry_id}/")

    assert (page.status_code, carers(world)) == (200, 0)
    assert b"Kiriman ini sekarang dapat diterima" in page.content
    assert head.post(f"/kiriman/{entry_id}/", {"csrfmiddlewaretoken": "x"}).status_code == 302
    assert carers(world) == 1


def test_thrown_away_it_is_gone(world: World, head: Client) -> None:
    answer = json.loads(send(head, sealed(world.head, post_to(world), posting(world, role=""))).content)

    head.post(f"{answer['to']}buang/")

    assert (_labels(head), head.get(answer["to"]).status_code) == ([], 404)
    assert head.post(f"{answer['to']}buang/").status_code == 404


def test_a_page_that_is_there_no_longer_shows_what_was_typed(world: World, head: Client) -> None:
    gone = f"/pengaturan/petugas/{uuid7()}/tugaskan/"
    answer = json.loads(send(head, sealed(world.head, gone, posting(world, role="Pengasuh malam"))).content)

    page = head.get(answer["to"])

    assert page.status_code == 404
    assert b"Pengasuh malam" in page.content


def test_a_phone_that_hears_no_answer_hears_the_same_refusal_again(world: World, head: Client) -> None:
    envelope = sealed(world.head, post_to(world), posting(world, role=""))

    heard = {send(head, envelope).content for _ in range(3)}

    assert len(heard) == 1


def test_another_person_cannot_send_what_they_did_not_type(world: World, head: Client) -> None:
    answer = send(head, sealed(world.outsider, post_to(world), posting(world)))

    assert (answer.status_code, carers(world)) == (403, 0)


def test_another_person_does_not_see_what_was_refused(world: World, head: Client, settings: Any) -> None:
    entry_id = uuid7()
    _refuse(world, entry_id, posting(world))
    other = Client()
    other.force_login(world.outsider)

    assert (other.get(f"/kiriman/{entry_id}/").status_code, _labels(other)) == (404, [])
    with acting(world.outsider, "test"):
        assert list(OutboxEntry.objects.all()) == []  # the database itself says so


def test_an_id_that_another_has_used_is_refused_and_nothing_is_done(world: World, head: Client) -> None:
    entry_id = uuid7()
    with acting(world.outsider, "test"):
        receive_entry(
            id=entry_id, address="/", label="x", typed_at=timezone.now(), by=world.outsider, at=timezone.now()
        )

    answer = send(head, sealed(world.head, post_to(world), posting(world), id=str(entry_id)))

    assert (answer.status_code, carers(world)) == (403, 0)


@pytest.mark.parametrize(
    "told",
    [
        {"id": "1"},
        {"id": "00000000-0000-4000-8000-000000000000"},
        {"at": "kemarin"},
        {"at": "2026-11-22T10:00:00"},
        {"address": "//jahat.example/x"},
        {"address": "pengaturan/"},
        {"address": "/" + "x" * 400},
        {"label": "a\x00b"},
        {"type": "multipart/form-data"},
    ],
)
def test_an_entry_that_no_page_of_ours_sealed_is_a_400(world: World, head: Client, told: dict[str, str]) -> None:
    assert send(head, sealed(world.head, post_to(world), posting(world), **told)).status_code == 400


@pytest.mark.parametrize("content", [b"", b"\x00" * 400, b"[]\n", b"{\n", b"1" * 200])
def test_what_cannot_be_opened_or_read_is_a_400(head: Client, content: bytes) -> None:
    answers = {send(head, content).status_code, send(head, seal_envelope(content, public_key(keyring()))).status_code}

    assert answers == {400}


@pytest.mark.parametrize("content_type", ["multipart/form-data; boundary=x", FORM, "application/json"])
def test_a_body_of_another_kind_is_a_400(head: Client, content_type: str) -> None:
    assert head.post("/kiriman/terima/", b"--x--", content_type=content_type).status_code == 400


@pytest.mark.parametrize("extra", [1, 2 * 1024 * 1024])
def test_one_that_is_too_large_is_a_413(head: Client, extra: int) -> None:
    assert send(head, b"x" * (outbox.MOST_BYTES + extra)).status_code == 413


def test_too_many_in_a_minute_are_a_429(world: World, head: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    monkeypatch.setattr(handing, "MOST_A_MINUTE", 3)
    monkeypatch.setattr(timezone, "now", lambda: now)
    refused = sealed(world.head, post_to(world), posting(world, role=""))

    answers = [send(head, envelope).status_code for envelope in (b"unfit", refused, refused, refused)]

    assert answers == [400, 200, 200, 429]


@pytest.mark.parametrize("address", ["/masuk/", "/akun/", "/kiriman/terima/", "/keluar/", "/bahasa/"])
def test_the_door_and_ones_own_account_take_no_kept_forms(world: World, head: Client, address: str) -> None:
    answer = json.loads(send(head, sealed(world.head, address, {})).content)

    assert answer["outcome"] == "held"
    assert head.get(answer["to"]).status_code == 403


def test_whoever_is_not_signed_in_or_locked_is_asked_first_and_nothing_is_received(
    world: World, head: Client, settings: Any
) -> None:
    envelope = sealed(world.head, post_to(world), posting(world))
    stranger = send(Client(), envelope)
    settings.SERASI_IDLE_MINUTES = -1
    head.get("/")

    assert (stranger.status_code, send(head, envelope).status_code) == (302, 423)
    assert carers(world) == 0


def test_without_its_token_it_is_a_403(world: World, settings: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.head)
    settings.SERASI_DEMO = True

    assert send(strict, sealed(world.head, post_to(world), posting(world))).status_code == 403


def test_the_words_of_the_page_wait_for_the_next_page_where_the_browser_goes_on(world: World, head: Client) -> None:
    to = json.loads(
        send(head, sealed(world.head, post_to(world), posting(world)), **{"X-Outbox-Page": "follow"}).content
    )["to"]

    assert b"notice" in head.get(to).content


def test_content_lies_sealed_and_stands_in_no_trail(world: World, head: Client) -> None:
    send(head, sealed(world.head, post_to(world), posting(world, role="Pengasuh malam")))

    with acting(User.objects.system(), "test"), connection.cursor() as cursor:
        cursor.execute("SELECT content FROM access_outboxentry")
        stored = b"".join(bytes(row[0]) for row in cursor.fetchall())
    assert b"malam" not in stored
    assert len(stored) > 100


def test_what_was_settled_is_not_settled_again(world: World) -> None:
    entry_id = uuid7()
    _refuse(world, entry_id, posting(world))
    with acting(world.head, "test"):
        entry = OutboxEntry.objects.get(pk=entry_id)
        settle_entry(entry=entry, by=world.head, at=timezone.now())
        with pytest.raises(NoLongerHeld):
            settle_entry(entry=entry, by=world.head, at=timezone.now(), is_dropped=True)


def _refuse(world: World, entry_id: UUID, fields: Mapping[str, Any]) -> None:
    with acting(world.head, "test"):
        receive_entry(
            id=entry_id,
            address=post_to(world),
            label="Penugasan",
            typed_at=timezone.now(),
            status=422,
            content_type=FORM,
            content=urlencode(fields).encode(),
            by=world.head,
            at=timezone.now(),
        )


def _labels(client: Client) -> list[Any]:
    table = client.get("/kiriman/").context["table"]
    return [[row[0].text] for row in table.rows] if table else []
