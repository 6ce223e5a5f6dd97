"""Envelopes that a browser seals and only this installation opens. No Django here.

The public key is served with the page; whoever seals with it cannot read again what they sealed. So a phone may keep
what was typed while there was no signal, and a phone that is lost tells nobody anything (docs/adr/0015).

An envelope is: version (1 byte) · key id (8) · the sealer's own public point (65) · nonce (12) · AES-256-GCM text and
tag. The key is HKDF-SHA256 over the ECDH secret of both points (P-256), salted with the first three parts, which are
authenticated too. The private key follows from a field key of the installation, so that there is no further secret to
keep: what was sealed before a key was rotated is opened as long as the old key is in the keyring.

`frontend/js/sealing.js` seals in the same way.
"""

import hashlib
import os
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from serasi.common.keyring import CannotDecrypt, Keyring

_VERSION: Final = b"\x01"
_ID, _POINT, _NONCE, _TAG = 8, 65, 12, 16
_HEAD: Final = len(_VERSION) + _ID + _POINT
_INFO: Final = b"serasi-outbox"
_CURVE: Final = ec.SECP256R1()
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256: FIPS 186-4, D.1.2.3


def public_key(keys: Keyring) -> bytes:
    """What a browser seals to: the uncompressed point (65 bytes) that belongs to the newest key."""
    return _point(_private(keys.field_keys[0]).public_key())


def seal_envelope(content: bytes, to: bytes) -> bytes:
    """As the browser does it."""
    own = ec.generate_private_key(_CURVE)
    head = _VERSION + _id_of(to) + _point(own.public_key())
    shared = own.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, to))
    nonce = os.urandom(_NONCE)
    return head + nonce + AESGCM(_derived(shared, head)).encrypt(nonce, content, head)


def open_envelope(envelope: bytes, keys: Keyring) -> bytes:
    """What was sealed. Raises CannotDecrypt: forged, changed, cut short, or sealed to a key that is not here."""
    if len(envelope) < _HEAD + _NONCE + _TAG or envelope[:1] != _VERSION:
        raise CannotDecrypt("not an envelope of a known version")
    head, nonce = envelope[:_HEAD], envelope[_HEAD : _HEAD + _NONCE]
    ours = (_private(key) for key in keys.field_keys)
    private = next((key for key in ours if _id_of(_point(key.public_key())) == head[1 : 1 + _ID]), None)
    if private is None:
        raise CannotDecrypt("sealed to a key that is not in the keyring")
    try:
        shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, head[1 + _ID :]))
        return AESGCM(_derived(shared, head)).decrypt(nonce, envelope[_HEAD + _NONCE :], head)
    except (InvalidTag, ValueError):
        raise CannotDecrypt("changed on its way") from None


@lru_cache(maxsize=8)
def _private(field_key: bytes) -> ec.EllipticCurvePrivateKey:
    # 48 bytes, so that what remains by the order is as good as even (FIPS 186-4, B.4.1).
    seed = HKDF(algorithm=hashes.SHA256(), length=48, salt=None, info=_INFO + b"-key").derive(field_key)
    return ec.derive_private_key(int.from_bytes(seed, "big") % (_ORDER - 1) + 1, _CURVE)


def _derived(shared: bytes, head: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=head, info=_INFO).derive(shared)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _id_of(point: bytes) -> bytes:
    return hashlib.sha256(point).digest()[:_ID]
