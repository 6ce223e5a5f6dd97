"""Systems in tests have names and keys of their own, and speak to the door as strangers do: over HTTP, signed."""

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from django.test import Client
from django.utils import timezone

from serasi.access.operations import acting
from serasi.common.identifiers import uuid7
from serasi.exchange.enums import Attribute, Basis, RecordField
from serasi.exchange.models import Peer
from serasi.exchange.operations import register_peer
from serasi.exchange.signing import jwk, new_key, signed
from serasi.people.enums import ConsentMethod, ConsentPurpose
from serasi.people.models import Consent, Person
from serasi.people.operations import give_consent
from serasi.people.tests.factories import House, system

NIK: Final = "3173041502900003"
KID: Final = "bansos-1"
_EVERY_FIELD = [RecordField.NIK, RecordField.NAME, RecordField.SEX, RecordField.BIRTH_DATE]
_EVERY_ATTRIBUTE = [Attribute.NIK, Attribute.AGE, Attribute.SEX, Attribute.NAME, Attribute.BIRTH_DATE, Attribute.REGION]


def sight() -> AbstractContextManager[None]:
    """What a test reads of the log it reads as the system: row-level security holds for tests too."""
    return acting(system(), "test.read")


class Speaker:
    """A system that asks: its peer, its secret, its key, a token when it has fetched one."""

    def __init__(self, peer: Peer, secret: str, private: str = "") -> None:
        self.peer, self.secret, self.private, self.client, self.token = peer, secret, private, Client(), ""

    def fetch_token(self) -> str:
        given = {"grant_type": "client_credentials", "client_id": str(self.peer.pk), "client_secret": self.secret}
        form = "application/x-www-form-urlencoded"
        answered = self.client.post("/dci/oauth2/client/token", urlencode(given), content_type=form)
        self.token = answered.json()["access_token"]
        return self.token

    def envelope(self, action: str, message: Mapping[str, Any], /, **header: Any) -> dict[str, Any]:
        """Signed, where this system has a key."""
        told = {
            "version": "1.0.0",
            "message_id": str(uuid7()),
            "message_ts": datetime.now(UTC).isoformat(),
            "action": action,
            "sender_id": self.peer.sender_id,
            "receiver_id": "serasi",
            "total_count": 1,
        }
        content = {"header": told | header, "message": dict(message)}
        signature = signed(content, private=self.private, kid=KID) if self.private else "unsigned"
        return {"signature": signature, **content}

    def send(self, way: str, body: Any, **headers: str) -> Any:
        token = self.token or self.fetch_token()
        given = {"Authorization": f"Bearer {token}", **headers}
        content = body if isinstance(body, bytes | str) else json.dumps(body)
        sent: Any = self.client.post(f"/dci/registry/{way}", content, content_type="application/json", headers=given)
        return sent

    def search(self, query: Any, *, kind: str = "idtype-value", **criteria: Any) -> dict[str, Any]:
        """The first answer to a search asked at once."""
        answers: list[dict[str, Any]] = self.ask(search_of(query, kind=kind, **criteria))["message"]["search_response"]
        return answers[0]

    def ask(self, message: Mapping[str, Any]) -> dict[str, Any]:
        answered = self.send("sync/search", self.envelope("search", message))
        assert answered.status_code == 200, answered.content
        told: dict[str, Any] = json.loads(answered.content)
        return told


def search_of(query: Any, *, kind: str = "idtype-value", **criteria: Any) -> dict[str, Any]:
    asked = {"query_type": kind, "query": query, **criteria}
    return {
        "transaction_id": str(uuid7()),
        "search_request": [
            {"reference_id": "r1", "timestamp": datetime.now(UTC).isoformat(), "search_criteria": asked}
        ],
    }


def nik(number: str = NIK) -> dict[str, str]:
    return {"type": "NIK", "value": number}


class Registry(House):
    """The house of people's own tests, with systems that may ask about whom it knows."""

    def peer(self, sender_id: str = "bansos", *, is_signed: bool = True, **facts: Any) -> Speaker:
        """A system under an agreement of the Dinas: by law, everything in `_EVERY_FIELD`, unless said otherwise."""
        private, public = new_key()
        facts = {
            "unit": self.dinas,
            "name": sender_id.title(),
            "agreement": "PKS 12/2026",
            "basis": Basis.LAW,
            "legal_ground": "UU 11/2009 pasal 9",
            "purposes": ["eligibility"],
            "from_on": timezone.localdate() - timedelta(days=30),
            "record_fields": _EVERY_FIELD,
            "search_attributes": _EVERY_ATTRIBUTE,
            "public_keys": json.dumps({"keys": [jwk(public, KID)]}) if is_signed else "",
            "may_be_unsigned": not is_signed,
            "by": self.administrator,
            "at": timezone.now() - timedelta(days=1),
            **facts,
        }
        peer, secret = register_peer(id=uuid7(), sender_id=sender_id, **facts)
        return Speaker(peer, secret, private if is_signed else "")

    def budi(self, **facts: Any) -> Person:
        """Budi Santoso, 15 February 1990, with a NIK."""
        known: dict[str, Any] = {"nik": NIK, "birth_date": datetime(1990, 2, 15, tzinfo=UTC).date(), **facts}
        return self.person("Budi Santoso", **known)

    def agrees(self, person: Person, purpose: str = ConsentPurpose.SHARING, at: datetime | None = None) -> Consent:
        return give_consent(
            id=uuid7(),
            person=person,
            purpose=purpose,
            text_version=f"{purpose}_v1",
            method=ConsentMethod.SIGNATURE,
            by=self.owner,
            at=at or timezone.now(),
        )
