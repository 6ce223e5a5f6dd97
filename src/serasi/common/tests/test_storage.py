"""Uploaded files on disk: sealed, opened by whoever may ask the storage, gone with the rows they belonged to."""

import base64
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.http import FileResponse
from django.test.utils import override_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from serasi.common.keyring import CannotDecrypt, Keyring
from serasi.common.storage import CHUNK, MARK, SealedReader, SealedStorage, kept_with_rows, sealed_chunks

OLD, NEW, HASH = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2, 3))
KEYS = Keyring.from_text([OLD], HASH)
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17]


@pytest.fixture
def storage(tmp_path: Path) -> SealedStorage:
    return SealedStorage(location=tmp_path)


def read(storage: SealedStorage, name: str) -> bytes:
    with storage.open(name) as file:
        return bytes(file.read())


def on_disk(storage: SealedStorage, name: str) -> bytes:
    return Path(storage.path(name)).read_bytes()


def test_every_uploaded_file_goes_through_the_sealed_storage() -> None:
    assert isinstance(storages["default"], SealedStorage)


@pytest.mark.parametrize("size", SIZES)
def test_a_file_reads_as_it_was_written_and_lies_sealed(storage: SealedStorage, size: int) -> None:
    content = os.urandom(size)
    name = storage.save("documents/2026/11/surat.pdf", ContentFile(content))

    assert read(storage, name) == content
    assert storage.size(name) == size
    assert on_disk(storage, name).startswith(MARK)
    assert size < 16 or content[:16] not in on_disk(storage, name)
    assert Path(storage.path(name)).stat().st_mode & 0o777 == 0o600


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 3 * CHUNK), st.integers(0, 2 * CHUNK), st.sampled_from(SIZES))
def test_any_part_of_a_file_can_be_read_by_itself(start: int, length: int, size: int) -> None:
    content = (bytes(range(251)) * (size // 251 + 1))[:size]
    with tempfile.TemporaryFile() as stored:
        stored.writelines(sealed_chunks([content], "surat.pdf", KEYS))
        stored.seek(0)
        with io.BufferedReader(SealedReader(stored, "surat.pdf", KEYS)) as file:
            file.seek(start)
            assert file.read(length) == content[start : start + length]
            assert file.seek(0, io.SEEK_END) == size


def test_a_file_stored_before_there_was_sealing_is_read_as_it_is(storage: SealedStorage) -> None:
    plain = FileSystemStorage(location=storage.location)
    name = plain.save("people/photos/lama.jpg", ContentFile(b"\xff\xd8\xff foto"))

    assert read(storage, name) == b"\xff\xd8\xff foto"
    assert storage.size(name) == 8


def test_what_was_stored_before_there_was_sealing_is_sealed_in_its_place(storage: SealedStorage) -> None:
    plain = FileSystemStorage(location=storage.location)
    content = {plain.save(f"documents/{n}.pdf", ContentFile(b"%PDF" * n)): b"%PDF" * n for n in (1, CHUNK)}
    content[storage.save("documents/baru.pdf", ContentFile(b"baru"))] = b"baru"

    assert [storage.seal_plain(), storage.seal_plain()] == [2, 0]
    assert {name: read(storage, name) for name in content} == content
    assert all(on_disk(storage, name).startswith(MARK) for name in content)
    assert len([path for path in Path(storage.location).rglob("*") if path.is_file()]) == 3


@pytest.mark.parametrize("harm", ["a changed byte", "a lost end", "a lost chunk", "another name", "swapped chunks"])
def test_a_file_that_was_meddled_with_does_not_open(storage: SealedStorage, harm: str) -> None:
    name = storage.save("surat.pdf", ContentFile(os.urandom(3 * CHUNK)))
    path, sealed = Path(storage.path(name)), on_disk(storage, name)
    head, whole = 32, CHUNK + 16
    match harm:
        case "a changed byte":
            path.write_bytes(sealed[:-20] + bytes([sealed[-20] ^ 1]) + sealed[-19:])
        case "a lost end":
            path.write_bytes(sealed[:-5])
        case "a lost chunk":
            path.write_bytes(sealed[: head + 2 * whole])
        case "swapped chunks":
            first, second = sealed[head : head + whole], sealed[head + whole : head + 2 * whole]
            path.write_bytes(sealed[:head] + second + first + sealed[head + 2 * whole :])
        case _:
            name = "surat_lain.pdf"
            path.rename(storage.path(name))
    with pytest.raises(CannotDecrypt):
        read(storage, name)


def test_after_a_new_key_old_files_still_open_and_new_ones_are_sealed_with_it(storage: SealedStorage) -> None:
    with override_settings(SERASI_FIELD_KEYS=[OLD], SERASI_HASH_KEY=HASH):
        before = storage.save("lama.pdf", ContentFile(b"lama"))
    with override_settings(SERASI_FIELD_KEYS=[NEW, OLD], SERASI_HASH_KEY=HASH):
        after = storage.save("baru.pdf", ContentFile(b"baru"))
        assert [read(storage, name) for name in (before, after)] == [b"lama", b"baru"]
    with override_settings(SERASI_FIELD_KEYS=[NEW], SERASI_HASH_KEY=HASH):
        assert read(storage, after) == b"baru"
        with pytest.raises(CannotDecrypt):
            storage.open(before)


@pytest.mark.django_db
def test_a_download_has_its_length_and_can_be_read_in_parts(storage: SealedStorage) -> None:
    content = os.urandom(2 * CHUNK + 5)
    name = storage.save("surat.pdf", ContentFile(content))
    response = FileResponse(storage.open(name), as_attachment=True, filename="surat.pdf")

    assert response["Content-Length"] == str(len(content))
    assert b"".join(response.streaming_content) == content  # type: ignore[arg-type]
    response.close()


def test_what_fails_while_it_is_written_leaves_nothing(storage: SealedStorage) -> None:
    def torn() -> Iterator[bytes]:
        yield b"awal"
        raise OSError

    content = ContentFile(b"")
    content.chunks = lambda chunk_size=None: torn()  # type: ignore[method-assign]
    with pytest.raises(OSError):  # noqa: PT011  (whatever the disk says)
        storage.save("surat.pdf", content)
    assert list(Path(storage.location).rglob("*.pdf")) == []


def test_two_files_of_one_name_lie_beside_each_other(storage: SealedStorage) -> None:
    names = [storage.save("surat.pdf", ContentFile(text)) for text in (b"satu", b"dua")]
    assert [read(storage, name) for name in names] == [b"satu", b"dua"]


def test_files_go_with_a_transaction_that_does_not_come_through(storage: SealedStorage) -> None:
    def stored() -> list[str]:
        return sorted(path.name for path in Path(storage.location).iterdir())

    with kept_with_rows():
        storage.save("tetap.pdf", ContentFile(b"tetap"))
        with pytest.raises(ZeroDivisionError), kept_with_rows():  # noqa: PT012  (a savepoint)
            storage.save("batal.pdf", ContentFile(b"batal"))
            raise ZeroDivisionError
    assert stored() == ["tetap.pdf"]

    with pytest.raises(ZeroDivisionError), kept_with_rows():  # noqa: PT012
        with kept_with_rows():
            storage.save("dalam.pdf", ContentFile(b"dalam"))
        raise ZeroDivisionError  # the whole, after its part came through
    assert stored() == ["tetap.pdf"]
