"""How messages are signed: Ed25519 over the canonical JSON of ``{"header": …, "message": …}``.

Canonical is RFC 8785 (JSON Canonicalization Scheme): members sorted by UTF-16, no spaces, numbers as ECMAScript writes
them. The signature is a string in the manner of HTTP signatures; key ids are those of the JWKS of the sender:

    Signature: keyId="<kid>", algorithm="ed25519", headers="header message", signature="<base64>"
"""

import base64
import binascii
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_FORM: Final = re.compile(r'^(?:Signature:\s*)?((?:[A-Za-z]+="[^"]*"\s*,?\s*)+)$')
_PART: Final = re.compile(r'([A-Za-z]+)="([^"]*)"')
DEEPEST: Final = 50
"""Levels of nesting."""
SAFE: Final = 2**53
"""Beyond this, whole numbers are not the same in every language (I-JSON, RFC 7493)."""
PUBLIC_BYTES: Final = 32


class NotCanonical(ValueError):
    """Holds what has no canonical form: a number out of bounds, half of a character; or is nested too deeply."""


class BadKey(ValueError):
    """Not a public Ed25519 key as a JWK."""


def canonical(value: Any) -> bytes:
    """The bytes that are signed. Raises NotCanonical."""
    return "".join(_written(value)).encode()


def _written(value: Any, deep: int = 0) -> Iterable[str]:
    if deep > DEEPEST:
        raise NotCanonical("nested too deeply")
    if isinstance(value, Mapping):
        yield "{"
        for place, name in enumerate(sorted(value, key=lambda one: _text(one).encode("utf-16-be"))):
            yield ("," if place else "") + _text(name, quoted=True) + ":"
            yield from _written(value[name], deep + 1)
        yield "}"
    elif isinstance(value, list | tuple):
        yield "["
        for place, one in enumerate(value):
            yield "," if place else ""
            yield from _written(one, deep + 1)
        yield "]"
    elif isinstance(value, str):
        yield _text(value, quoted=True)
    elif isinstance(value, bool) or value is None:
        yield json.dumps(value)
    else:
        yield _number(value)


def _text(value: Any, *, quoted: bool = False) -> str:
    text = str(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotCanonical("half of a character") from None
    return json.dumps(text, ensure_ascii=False) if quoted else text


def _number(value: Any) -> str:
    """As ECMAScript writes it; what is that large, or that small, does not occur here and is refused."""
    if isinstance(value, int):
        if abs(value) > SAFE:
            raise NotCanonical("a whole number out of bounds")
        return str(value)
    if not isinstance(value, float) or not abs(value) <= SAFE or (value and abs(value) < 1e-4):
        raise NotCanonical("a number out of bounds")
    return str(int(value)) if value.is_integer() else repr(value)


def new_key() -> tuple[str, str]:
    """A private key and its public half, each as base64url."""
    private = Ed25519PrivateKey.generate()
    return encoded(private.private_bytes_raw()), encoded(private.public_key().public_bytes_raw())


def signed(content: Mapping[str, Any], *, private: str, kid: str) -> str:
    """The signature of header and message. Raises NotCanonical."""
    key = Ed25519PrivateKey.from_private_bytes(decoded(private))
    made = base64.b64encode(key.sign(canonical(_content(content)))).decode()
    return f'Signature: keyId="{kid}", algorithm="ed25519", headers="header message", signature="{made}"'


def is_signed_by(keys: Iterable[Mapping[str, Any]], content: Mapping[str, Any], signature: str) -> bool:
    """Whether one of these public keys (JWKs) made this signature of header and message."""
    found = _FORM.match(signature)
    parts = dict(_PART.findall(found[1])) if found else {}
    if parts.get("algorithm", "").lower() != "ed25519" or parts.get("headers", "header message") != "header message":
        return False
    key = next((one for one in keys if one["kid"] == parts.get("keyId")), None)
    if key is None:
        return False
    try:
        given = base64.b64decode(parts.get("signature", ""), validate=True)
        Ed25519PublicKey.from_public_bytes(decoded(key["x"])).verify(given, canonical(_content(content)))
    except (binascii.Error, ValueError, InvalidSignature):
        return False
    return True


def _content(content: Mapping[str, Any]) -> dict[str, Any]:
    return {"header": content.get("header"), "message": content.get("message")}


def jwk(public: str, kid: str) -> dict[str, str]:
    """A public key as it is published (RFC 8037)."""
    return {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": kid, "x": public}


def read_jwks(text: str) -> list[dict[str, str]]:
    """The Ed25519 keys of a JWKS, or of one JWK, that somebody pasted; nothing else of it is kept. Raises BadKey."""
    try:
        read = json.loads(text)
        given = read.get("keys", [read])
        keys = [jwk(str(one["x"]), str(one["kid"])) for one in given if one["kty"] == "OKP" and one["crv"] == "Ed25519"]
        whole = all(len(decoded(one["x"])) == PUBLIC_BYTES and 0 < len(one["kid"]) <= 200 for one in keys)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BadKey("no JWKS") from None
    if not keys or not whole or any("d" in one for one in given) or len({one["kid"] for one in keys}) != len(keys):
        raise BadKey("no public Ed25519 key, or a private one")
    return keys


def encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def decoded(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
