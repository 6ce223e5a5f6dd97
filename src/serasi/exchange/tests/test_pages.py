"""The pages of who may ask: registering, rotating, ending, reading what was asked; who may not, and what it costs."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from serasi.access.tests.pages import MOST_STATEMENTS, browser, read, statements, words
from serasi.common.identifiers import uuid7
from serasi.exchange.models import Peer
from serasi.exchange.signing import jwk, new_key
from serasi.exchange.tests.factories import NIK, Registry, nik, search_of, sight
from serasi.people.tests.factories import make_unit, make_user

pytestmark = pytest.mark.django_db


def typed(registry: Registry, **other: Any) -> dict[str, Any]:
    return {
        "id": str(uuid7()),
        "unit": str(registry.dinas.pk),
        "sender_id": "bansos-dki",
        "name": "Sistem Bansos DKI",
        "agreement": "PKS 12/2026",
        "from_on": f"{timezone.localdate():%d/%m/%Y}",
        "basis": "consent",
        "consent_purpose": "sharing",
        "purposes": "eligibility, graduation",
        "record_fields": ["name", "nik"],
        "search_attributes": ["nik"],
        "most_records": "10",
        "callback_url": "https://bansos.example.org/dci/",
        "public_keys": json.dumps(jwk(new_key()[1], "k")),
        "per_minute": "60",
        "per_day": "5.000",
    } | other


def the_peer() -> Peer:
    with sight():
        return Peer.objects.select_related("unit").get()


def test_an_administrator_registers_a_system_and_sees_its_secret_once(registry: Registry) -> None:
    client = browser(registry.administrator)

    answered = client.post(reverse("exchange:register"), typed(registry))
    page, peer = answered.content.decode(), the_peer()

    assert answered.status_code == 200
    assert str(peer.pk) in page
    assert (peer.purposes, peer.record_fields) == (["eligibility", "graduation"], ["nik", "name"])
    assert peer.callback_url == "https://bansos.example.org/dci"
    secret = page.split("Client secret")[1].split("<code")[1].split(">")[1].split("<")[0]
    assert len(secret) == 64
    assert secret not in client.get(reverse("exchange:peer", args=[peer.pk])).content.decode()
    token = client.post(
        "/dci/oauth2/client/token",
        json.dumps({"grant_type": "client_credentials", "client_id": str(peer.pk), "client_secret": secret}),
        content_type="application/json",
    )
    assert token.status_code == 200
    again = client.post(reverse("exchange:register"), typed(registry, id=str(peer.pk), sender_id="another"))
    assert again.status_code == 422


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"callback_url": "http://bansos.example.org"}, "Alamat balasan harus https"),
        ({"callback_url": "https://10.0.0.1"}, "Alamat balasan harus https"),
        ({"public_keys": "kunci"}, "Kunci publik tidak terbaca"),
        ({"public_keys": ""}, "Tempelkan kunci publiknya"),
        ({"may_be_unsigned": "on"}, "selalu bertanda tangan"),
        ({"basis": "law"}, "Tulis pasal dan peraturannya"),
        ({"consent_purpose": ""}, "pilih persetujuan untuk apa"),
        ({"purposes": " , "}, "sedikitnya satu tujuan"),
        ({"sender_id": "bansos dki"}, "Pengenal hanya huruf"),
        ({"until_on": "01/01/2020"}, "Hari terakhir tidak boleh"),
        ({"most_records": "0"}, "paling kecil"),
        ({"record_fields": ["mother_name"]}, "Pilih dari daftar"),
    ],
)
def test_what_is_typed_wrong_is_refused_in_a_sentence_and_nothing_is_kept(
    registry: Registry, other: dict[str, Any], sentence: str
) -> None:
    answered = browser(registry.administrator).post(reverse("exchange:register"), typed(registry, **other))

    assert answered.status_code == 422
    assert sentence in answered.content.decode()
    with sight():
        assert not Peer.objects.exists()


def test_a_sender_id_is_held_by_one_system_at_a_time(registry: Registry) -> None:
    registry.peer("bansos-dki")

    answered = browser(registry.administrator).post(reverse("exchange:register"), typed(registry))

    assert answered.status_code == 422
    assert "sudah dipakai sistem lain" in answered.content.decode()


def test_terms_are_changed_and_two_who_change_them_at_once_see_both(registry: Registry) -> None:
    peer = registry.peer(callback_url="https://bansos.example.org").peer
    client, url = browser(registry.administrator), reverse("exchange:change", args=[peer.pk])
    shown = read(client, url)
    assert [field["value"] for field in shown.select("input[name=purposes]")] == ["eligibility"]
    terms = typed(registry, revision="1", basis="law", legal_ground="UU 11/2009", record_fields=["sex"])

    assert client.post(url, terms).status_code == 302
    assert the_peer().record_fields == ["sex"]
    assert client.post(url, terms | {"name": "Bansos Lain"}).status_code == 409


def test_a_new_secret_is_shown_once_and_the_old_opens_nothing(registry: Registry) -> None:
    speaker = registry.peer()
    client = browser(registry.administrator)

    assert "Client secret" in client.post(reverse("exchange:renew", args=[speaker.peer.pk])).content.decode()

    given = {"grant_type": "client_credentials", "client_id": str(speaker.peer.pk), "client_secret": speaker.secret}
    answered = client.post("/dci/oauth2/client/token", json.dumps(given), content_type="application/json")
    assert answered.status_code == 401


def test_an_exchange_is_ended_with_a_reason(registry: Registry) -> None:
    peer = registry.peer().peer
    client, url = browser(registry.administrator), reverse("exchange:end", args=[peer.pk])

    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Perjanjian selesai."}).status_code == 302

    page = words(read(client, reverse("exchange:peer", args=[peer.pk])))
    assert "Diakhiri" in page
    assert "Perjanjian selesai." in page
    assert client.post(reverse("exchange:renew", args=[peer.pk])).status_code == 422


def test_what_was_asked_is_read_in_codes_and_counts_without_a_name(registry: Registry) -> None:
    registry.budi()
    speaker = registry.peer(callback_url="https://bansos.example.org")
    speaker.search(nik(), authorize={"purpose": {"code": "eligibility"}}, consent={"id": "PERS-7"})
    speaker.search({"type": "poverty_score", "value": "1"})
    speaker.send("search", speaker.envelope("search", search_of(nik())))

    for reader in (registry.administrator, make_user("Ibu Kepala", ("head", registry.dinas))):
        page = words(read(browser(reader), reverse("exchange:peer", args=[speaker.peer.pk])))
        for word in ("PERS-7", "eligibility", "Dijawab", "rjct.search_criteria.invalid", "menunggu dijawab"):
            assert word in page
        assert [word for word in ("Budi", NIK) if word in page] == []
    refused = read(browser(registry.administrator), reverse("exchange:peer", args=[speaker.peer.pk]) + "?hasil=rjct")
    assert len(refused.select("tbody tr")) == 1


def test_others_see_no_systems_and_no_one_those_of_another_unit(registry: Registry) -> None:
    peer = registry.peer().peer
    elsewhere = make_user("Admin Jatim", ("administrator", make_unit("JATIM", kind="province")))

    for name in ("peer", "change", "end"):
        url = reverse(f"exchange:{name}", args=[peer.pk])
        assert browser(registry.owner).get(url).status_code == 403
        assert browser(elsewhere).get(url).status_code == 404
    assert peer.name not in words(read(browser(elsewhere), reverse("exchange:peers")))
    assert peer.name not in words(read(browser(registry.head), reverse("exchange:peers"))), "the panti did not agree"
    answered = browser(elsewhere).post(reverse("exchange:register"), typed(registry))
    assert answered.status_code == 422, "the unit is none of theirs"


def test_the_key_that_signs_is_replaced_with_a_press(registry: Registry) -> None:
    registry.peer()
    client = browser(registry.administrator)

    assert client.post(reverse("exchange:replace_key")).status_code == 302

    assert len(client.get("/dci/.well-known/jwks.json").json()["keys"]) == 2


def test_pages_cost_the_same_for_one_and_for_three(registry: Registry) -> None:
    one = registry.peer()
    client = browser(registry.administrator)
    places = [reverse("exchange:peers"), reverse("exchange:peer", args=[one.peer.pk])]
    one.search(nik())
    read(client, places[0])
    before = [statements(client, place) for place in places]
    for name in ("two", "three"):
        registry.peer(name, from_on=timezone.localdate() + timedelta(days=1))
        one.search(nik())

    after = [statements(client, place) for place in places]

    assert after == before
    assert max(after) <= MOST_STATEMENTS
