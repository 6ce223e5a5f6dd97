"""The keys that seal personal fields, and sealing itself. No Django here, so settings may import it.

A sealed value is: version (1 byte) · key id (8 bytes) · nonce (12 bytes) · AES-256-GCM text and tag. The
context, usually "app.Model.field", is authenticated too, so a value cannot be moved to another field. Keys
live in a file beside the configuration and never in the database or its dump.
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_VERSION = b"\x01"
_KEY_BYTES = 32
_KEY_ID_BYTES = 8
_NONCE_BYTES = 12
_TAG_BYTES = 16
_HEAD_BYTES = len(_VERSION) + _KEY_ID_BYTES
HASH_BYTES = 32


class CannotDecrypt(ValueError):
    """The value was sealed with a key that is not here, for another field, or has been changed."""


class KeyringRefused(ValueError):
    """The keys cannot be used; the message says what to do, in Indonesian, and holds no key."""


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """Keys in order of age, the newest first: it seals, all of them open. `hash_key` never rotates by
    itself.
    """

    field_keys: tuple[bytes, ...]
    hash_key: bytes

    def __repr__(self) -> str:
        return f"Keyring({len(self.field_keys)} keys)"

    @classmethod
    def from_text(cls, field_keys: Sequence[str], hash_key: str) -> "Keyring":
        """From base64, as in settings. Raises KeyringRefused for no, doubled, short or unreadable keys."""
        keys = tuple(_decoded(key) for key in field_keys)
        if not keys:
            raise KeyringRefused("SERASI_FIELD_KEYS kosong. Isi dengan sedikitnya satu kunci base64 32 byte.")
        if len(set(keys)) != len(keys):
            raise KeyringRefused("SERASI_FIELD_KEYS memuat kunci yang sama dua kali.")
        decoded_hash_key = _decoded(hash_key)
        if decoded_hash_key in keys:
            raise KeyringRefused("SERASI_HASH_KEY tidak boleh sama dengan kunci di SERASI_FIELD_KEYS.")
        return cls(keys, decoded_hash_key)

    def seal(self, text: str, *, context: str) -> bytes:
        """Encrypt with the newest key. Sealing twice gives two different values."""
        return self.seal_bytes(text.encode(), context=context)

    def seal_bytes(self, content: bytes, *, context: str) -> bytes:
        key = self.field_keys[0]
        head = _VERSION + _key_id(key)
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return head + nonce + AESGCM(key).encrypt(nonce, content, _authenticated(head, context))

    def open(self, sealed: bytes, *, context: str) -> str:
        """Decrypt with whichever key sealed it. Raises CannotDecrypt."""
        return self.open_bytes(sealed, context=context).decode()

    def open_bytes(self, sealed: bytes, *, context: str) -> bytes:
        sealed = bytes(sealed)
        if len(sealed) < _HEAD_BYTES + _NONCE_BYTES + _TAG_BYTES or sealed[:1] != _VERSION:
            raise CannotDecrypt("not a sealed value of a known version")
        head, nonce = sealed[:_HEAD_BYTES], sealed[_HEAD_BYTES : _HEAD_BYTES + _NONCE_BYTES]
        key = next((key for key in self.field_keys if _key_id(key) == head[1:]), None)
        if key is None:
            raise CannotDecrypt("sealed with a key that is not in the keyring")
        try:
            return AESGCM(key).decrypt(nonce, sealed[_HEAD_BYTES + _NONCE_BYTES :], _authenticated(head, context))
        except InvalidTag:
            raise CannotDecrypt("changed, or sealed for another field") from None

    def knows(self, content: bytes) -> bool:
        """Whether it was sealed with one of these keys; what was stored before there was sealing was not."""
        return content[:1] == _VERSION and content[1:_HEAD_BYTES] in {_key_id(key) for key in self.field_keys}

    def is_current(self, sealed: bytes) -> bool:
        """Whether the newest key sealed it."""
        return bytes(sealed)[:_HEAD_BYTES] == _VERSION + _key_id(self.field_keys[0])

    def rotate(self, sealed: bytes, *, context: str) -> bytes:
        """The same value under the newest key; unchanged when it already is. Raises CannotDecrypt."""
        text = self.open(sealed, context=context)
        return bytes(sealed) if self.is_current(sealed) else self.seal(text, context=context)

    def file_key(self, salt: bytes, key_id: bytes = b"") -> tuple[bytes, bytes]:
        """The id of a key (the newest, unless named) and what it gives for one file alone. Raises CannotDecrypt."""
        key = next((key for key in self.field_keys if not key_id or _key_id(key) == key_id), None)
        if key is None:
            raise CannotDecrypt("sealed with a key that is not in the keyring")
        derived = HKDF(algorithm=hashes.SHA256(), length=_KEY_BYTES, salt=salt, info=b"serasi-file").derive(key)
        return _key_id(key), derived

    def hash(self, text: str, *, purpose: str) -> bytes:
        """32 bytes that are equal for equal texts and purposes and mean nothing without the key."""
        message = len(purpose.encode()).to_bytes(4, "big") + purpose.encode() + text.encode()
        return hmac.new(self.hash_key, message, hashlib.sha256).digest()


@dataclass(frozen=True, slots=True, repr=False)
class KeyFile:
    """Keys as text, ready for SERASI_FIELD_KEYS, SERASI_HASH_KEY and SECRET_KEY."""

    field_keys: tuple[str, ...]
    hash_key: str
    session_key: str

    def __repr__(self) -> str:
        return f"KeyFile({len(self.field_keys)} keys)"


def load_or_create_keyring(path: Path) -> KeyFile:
    """Read the key file, or make one that only its owner may read.

    Two processes that start at once agree on one file. Raises KeyringRefused when others may read the file,
    when it cannot be read, or when its keys are unusable; it is never overwritten, since without it the
    data are lost.
    """
    if not path.exists():
        _create(path)
    try:
        mode = path.stat().st_mode
        content = path.read_text(encoding="utf-8")
    except OSError as error:
        raise KeyringRefused(f"Berkas kunci tidak dapat dibaca: {error.strerror}.") from error
    if stat.S_IMODE(mode) & 0o077:
        raise KeyringRefused("Berkas kunci dapat dibaca pengguna lain. Jalankan chmod 600 pada berkas itu.")
    try:
        stored = json.loads(content)
        keys = KeyFile(tuple(map(str, stored["field_keys"])), str(stored["hash_key"]), str(stored["session_key"]))
    except (ValueError, TypeError, KeyError):
        raise KeyringRefused(
            "Berkas kunci rusak. Pulihkan dari cadangan; jangan dihapus, sebab data terenkripsi ikut hilang."
        ) from None
    Keyring.from_text(keys.field_keys, keys.hash_key)
    _decoded(keys.session_key)
    return keys


def _create(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            keys = {"field_keys": [new_key()], "hash_key": new_key(), "session_key": new_key()}
            json.dump({"version": 1, **keys}, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)  # fails when another process was first; then its file holds
        except FileExistsError:
            return
    finally:
        fresh.unlink()
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def new_key() -> str:
    """A fresh key as base64, to be put in front of the others."""
    return base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()


def _decoded(key: str) -> bytes:
    try:
        decoded = base64.b64decode(key, validate=True)
    except (binascii.Error, ValueError, TypeError):
        decoded = b""
    if len(decoded) != _KEY_BYTES:
        raise KeyringRefused("Kunci harus base64 dari 32 byte acak.")
    return decoded


def _key_id(key: bytes) -> bytes:
    return hashlib.blake2b(key, digest_size=_KEY_ID_BYTES, person=b"serasi-key-id").digest()


def _authenticated(head: bytes, context: str) -> bytes:
    return head + context.encode()
