"""Passkeys: what a browser sends is checked to the last byte, and nothing it may send ends in a 500."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from serasi.access.models import SignIn, User
from serasi.access.operations.users import choose_password
from serasi.access.tests.conftest import World

PASSWORD = "kata-sandi-untuk-tes"
ADD, ALONE, SECOND = "/akun/verifikasi/kunci-sandi/tambah/", "/masuk/kunci-sandi/", "/masuk/verifikasi/"
FLAG = AuthenticatorData.FLAG


@dataclass
class Device:
    """A telephone that keeps one key and signs whatever it is given, honest or not."""

    owner: User
    origin: str = "http://localhost"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: uuid4().bytes)

    def made(self, challenge: str) -> dict[str, Any]:
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        held = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        about = self._about(FLAG.UP | FLAG.UV | FLAG.AT, held)
        return self._sent(
            clientDataJSON=self._client("webauthn.create", challenge),
            attestationObject=AttestationObject.create("none", about, {}),
        )

    def signed(self, challenge: str, **forged: bytes) -> dict[str, Any]:
        client, about = self._client("webauthn.get", challenge), self._about(FLAG.UP | FLAG.UV)
        signature = self.key.sign(about + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        handle = user_pk_to_url_str(self.owner).encode()
        facts = {"clientDataJSON": client, "authenticatorData": about, "signature": signature, "userHandle": handle}
        return self._sent(**(facts | forged))

    def _client(self, kind: str, challenge: str) -> bytes:
        return CollectedClientData.create(kind, challenge, self.origin)

    def _about(self, flags: FLAG, held: bytes = b"") -> AuthenticatorData:
        about: AuthenticatorData = AuthenticatorData.create(hashlib.sha256(b"localhost").digest(), flags, 0, held)
        return about

    def _sent(self, **parts: bytes) -> dict[str, Any]:
        return {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "response": {name: websafe_encode(part) for name, part in parts.items()},
            "clientExtensionResults": {},
        }


@pytest.fixture
def browser(db: None) -> Client:
    cache.clear()
    return Client(SERVER_NAME="localhost")


@pytest.fixture
def owner(world: World) -> User:
    return choose_password(user=world.owner, password=PASSWORD, by=User.objects.system(), at=timezone.now())


@pytest.fixture
def device(browser: Client, owner: User) -> Device:
    """A key that has been put on; its owner has left."""
    device = Device(owner)
    come_in(browser, owner)
    assert put_on(browser, device)["Location"] == "/akun/verifikasi/pemulihan/"
    browser.logout()
    return device


def come_in(browser: Client, user: User) -> Any:
    return browser.post("/masuk/", {"login": user.email, "password": PASSWORD})


def put_on(browser: Client, device: Device) -> Any:
    options = browser.get(ADD).context["js_data"]["creation_options"]["publicKey"]
    return send(browser, ADD, device.made(options["challenge"]), name="HP saya", passwordless="on")


def asked(browser: Client, path: str) -> str:
    """The challenge of a page that asks for a key."""
    if path == ALONE:
        answer = browser.get(path, headers={"accept": "application/json", "x-requested-with": "XMLHttpRequest"})
        return str(answer.json()["request_options"]["publicKey"]["challenge"])
    return str(browser.get(path).context["js_data"]["request_options"]["publicKey"]["challenge"])


def send(browser: Client, path: str, credential: Any, **more: str) -> Any:
    return browser.post(path, {"credential": json.dumps(credential), **more})


def is_in(browser: Client) -> bool:
    return browser.get("/akun/").status_code == 200


def test_a_key_opens_alone_and_the_account_remembers_it(browser: Client, device: Device) -> None:
    assert send(browser, ALONE, device.signed(asked(browser, ALONE)))["Location"] == "/"
    assert is_in(browser)
    assert SignIn.objects.filter(user=device.owner).first().method == "webauthn"  # type: ignore[union-attr]


def test_a_key_is_the_second_step_after_the_password(browser: Client, device: Device) -> None:
    assert come_in(browser, device.owner)["Location"] == SECOND
    assert not is_in(browser)
    assert send(browser, SECOND, device.signed(asked(browser, SECOND)))["Location"] == "/"
    assert is_in(browser)


@pytest.mark.parametrize("path", [ALONE, SECOND])
@pytest.mark.parametrize("guile", ["replayed", "elsewhere", "another key", "changed", "of someone else"])
def test_a_forged_answer_opens_nothing(browser: Client, device: Device, world: World, path: str, guile: str) -> None:
    if path == SECOND:
        come_in(browser, device.owner)
    challenge = asked(browser, path)
    match guile:
        case "replayed":
            answer = device.signed(challenge)
            asked(browser, path)
        case "elsewhere":
            answer = Device(device.owner, "https://serasi.jahat.example", device.key, device.id).signed(challenge)
        case "another key":
            answer = Device(device.owner, id=device.id).signed(challenge)
        case "changed":
            answer = device.signed(challenge, signature=b"\0" * 70)
        case _:
            answer = Device(world.colleague, key=device.key).signed(challenge)
    refused = send(browser, path, answer)
    page = refused if path == SECOND else browser.get(refused["Location"])
    assert refused.status_code == (422 if path == SECOND else 302)
    assert "Kunci sandi ini tidak dikenal di sini. Pakai cara lain." in page.content.decode()
    assert not is_in(browser)


NONSENSE: list[Any] = [
    None,
    7,
    "kunci",
    [],
    {},
    {"id": "!!", "rawId": "!!", "type": "public-key", "response": {}},
    {"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA", "attestationObject": "oA"}},
    {"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": "AA", "signature": None}},
    {"id": "AA", "rawId": "AA", "response": {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"}},
    {"response": {"userHandle": "\x00" * 9}},
]


@pytest.mark.parametrize("nonsense", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_is_refused(browser: Client, device: Device, nonsense: Any) -> None:
    asked(browser, ALONE)
    assert send(browser, ALONE, nonsense)["Location"] == "/masuk/"
    come_in(browser, device.owner)
    asked(browser, SECOND)
    assert send(browser, SECOND, nonsense).status_code == 422
    send(browser, SECOND, device.signed(asked(browser, SECOND)))
    browser.get(ADD)
    assert send(browser, ADD, nonsense).status_code == 422
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_a_key_made_for_another_address_is_not_taken(browser: Client, owner: User) -> None:
    come_in(browser, owner)
    refused = put_on(browser, Device(owner, "https://serasi.jahat.example"))
    assert refused.status_code == 422
    assert "Kunci dari peranti ini tidak dapat dipakai. Coba lagi." in refused.content.decode()
    assert not Authenticator.objects.exists()
