"""Uploaded files as they lie on disk: sealed in chunks under the keys of this installation, opened while they are read.

A sealed file is: mark (8 bytes) · key id (8) · salt (16), then chunks of 64 KiB, each AES-256-GCM text and tag under a
key of the file's own. The number of a chunk and whether it is the last are its nonce, so that chunks can be neither
swapped nor cut off; the name is authenticated too, so that one person's photo cannot lie in another's place. Reading
jumps to any byte and holds one chunk in memory. A file without the mark was stored before there was sealing, and is
read as it is.

Nothing takes a file back when its row is rolled back; so whoever opens a transaction opens `kept_with_rows` around it.
"""

import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import IO, Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files import File
from django.core.files.storage import FileSystemStorage

from serasi.common.encryption import keyring
from serasi.common.keyring import CannotDecrypt, Keyring

MARK: Final = b"serasi\x00\x01"
CHUNK: Final = 64 * 1024
_KEY_ID, _SALT, _TAG, _COUNTER = 8, 16, 16, 11
_UNFINISHED: Final = ".sealing"
_HEAD: Final = len(MARK) + _KEY_ID + _SALT


def sealed_chunks(content: Iterable[bytes], name: str, keys: Keyring) -> Iterator[bytes]:
    """The bytes to store of a file with this name."""
    salt = os.urandom(_SALT)
    key_id, key = keys.file_key(salt)
    head = MARK + key_id + salt
    cipher, authenticated = AESGCM(key), head + name.encode()
    yield head
    waiting, number = b"", 0
    for piece in content:
        waiting += piece
        while len(waiting) > CHUNK:  # one byte more: what is held back may be the last
            yield cipher.encrypt(_nonce(number, is_last=False), waiting[:CHUNK], authenticated)
            waiting, number = waiting[CHUNK:], number + 1
    yield cipher.encrypt(_nonce(number, is_last=True), waiting, authenticated)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(_COUNTER, "big") + bytes([is_last])


class SealedReader(io.RawIOBase):
    """A sealed file, read as if it were not. Raises CannotDecrypt when it was changed or its key is not here."""

    def __init__(self, file: IO[bytes], name: str, keys: Keyring) -> None:
        self._file = file
        head = file.read(_HEAD)
        mark, key_id, salt = head[: len(MARK)], head[len(MARK) : -_SALT], head[-_SALT:]
        if len(head) != _HEAD or mark != MARK:
            raise CannotDecrypt("not a sealed file")
        self._cipher = AESGCM(keys.file_key(salt, key_id)[1])
        self._authenticated = head + name.encode()
        self._size = size_within(os.fstat(file.fileno()).st_size)
        self._last = max(0, self._size - 1) // CHUNK
        self._at = 0
        self._held: tuple[int, bytes] = (0, self._chunk(0))  # whoever opens it learns at once that it opens

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        number, within = divmod(self._at, CHUNK)
        if number > self._last:
            return 0
        if self._held[0] != number:
            self._held = (number, self._chunk(number))
        piece = self._held[1][within : within + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        self._file.close()
        super().close()

    def _chunk(self, number: int) -> bytes:
        self._file.seek(_HEAD + number * (CHUNK + _TAG))
        sealed = self._file.read(CHUNK + _TAG)
        try:
            return self._cipher.decrypt(_nonce(number, is_last=number == self._last), sealed, self._authenticated)
        except (InvalidTag, ValueError):
            raise CannotDecrypt("the file was changed, or lies under another name") from None


def size_within(stored: int) -> int:
    """How long the content of a sealed file of this length is."""
    sealed = stored - _HEAD
    return sealed - _TAG * -(-sealed // (CHUNK + _TAG))


_fresh: ContextVar[list[tuple[FileSystemStorage, str]] | None] = ContextVar("serasi_fresh_files", default=None)


@contextmanager
def kept_with_rows() -> Iterator[None]:
    """Around a transaction: the files that were stored in it go when it does not come through."""
    outer = _fresh.get()
    fresh: list[tuple[FileSystemStorage, str]] = []
    token = _fresh.set(fresh)
    try:
        yield
    except BaseException:
        for storage, name in fresh:
            storage.delete(name)
        raise
    else:
        if outer is not None:
            outer += fresh
    finally:
        _fresh.reset(token)


class SealedStorage(FileSystemStorage):
    """The default storage: what is written is sealed, what is read is opened, whoever asks sees plain content."""

    def _save(self, name: str, content: "File[bytes]") -> str:
        while True:
            path = Path(self.path(name))
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:
                name = self.get_available_name(name)
                continue
            break
        try:
            with os.fdopen(descriptor, "wb") as file:
                for piece in sealed_chunks(content.chunks(CHUNK), self._known_as(name), keyring()):
                    file.write(piece)
        except BaseException:
            path.unlink()
            raise
        name = self._known_as(name)
        if (fresh := _fresh.get()) is not None:
            fresh.append((self, name))
        return name

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        if mode != "rb":
            raise ValueError("a stored file is read, or stored anew")
        file = Path(self.path(name)).open("rb")  # noqa: SIM115  (closed by whoever reads it)
        try:
            if file.read(len(MARK)) != MARK:
                file.seek(0)
                return File(file, name)
            file.seek(0)
            return File(io.BufferedReader(SealedReader(file, self._known_as(name), keyring()), CHUNK), name)
        except BaseException:
            file.close()
            raise

    def size(self, name: str) -> int:
        with Path(self.path(name)).open("rb") as file:
            stored = os.fstat(file.fileno()).st_size
            return size_within(stored) if file.read(len(MARK)) == MARK else stored

    def seal_plain(self) -> int:
        """Seal what was stored before there was sealing; how many files that were. Each is whole at every moment."""
        found = 0
        for path in sorted(Path(self.location).rglob("*")):
            if not path.is_file() or path.suffix == _UNFINISHED:
                continue
            name = path.relative_to(self.location).as_posix()
            with path.open("rb") as plain:
                if plain.read(len(MARK)) == MARK:
                    continue
                plain.seek(0)
                sealed = path.with_name(path.name + _UNFINISHED)
                with os.fdopen(os.open(sealed, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                    file.writelines(sealed_chunks(iter(lambda: plain.read(CHUNK), b""), name, keyring()))
                    os.fsync(file.fileno())
            sealed.replace(path)
            found += 1
        return found

    def _known_as(self, name: str) -> str:
        """The name by which a file is authenticated: the same however it is written."""
        return Path(os.path.normpath(name)).as_posix()
