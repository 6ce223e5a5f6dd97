"""Envelopes are opened by the installation alone, and only as they were sealed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serasi.common.envelopes import open_envelope, public_key, seal_envelope
from serasi.common.keyring import CannotDecrypt, Keyring, new_key

KEYS = Keyring.from_text([new_key()], new_key())


def test_what_was_sealed_is_opened() -> None:
    assert open_envelope(seal_envelope(b"Siti, tiba 19.40", public_key(KEYS)), KEYS) == b"Siti, tiba 19.40"


def test_the_same_content_sealed_twice_differs() -> None:
    assert seal_envelope(b"a", public_key(KEYS)) != seal_envelope(b"a", public_key(KEYS))


def test_what_was_sealed_before_a_rotation_is_opened_after_it() -> None:
    old = new_key()
    sealed = seal_envelope(b"a", public_key(Keyring.from_text([old], new_key())))

    assert open_envelope(sealed, Keyring.from_text([new_key(), old], new_key())) == b"a"


def test_another_installation_cannot_open_it() -> None:
    with pytest.raises(CannotDecrypt):
        open_envelope(seal_envelope(b"a", public_key(KEYS)), Keyring.from_text([new_key()], new_key()))


def test_one_changed_bit_anywhere_is_refused() -> None:
    sealed = seal_envelope(b"a", public_key(KEYS))
    opened = []
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        try:
            opened.append((place, open_envelope(bytes(changed), KEYS)))
        except CannotDecrypt:
            continue

    assert opened == []


@given(st.binary(max_size=300))
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(CannotDecrypt):
        open_envelope(content, KEYS)
