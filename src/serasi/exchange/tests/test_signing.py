"""Canonical JSON as others write it, and signatures that hold for exactly what was signed."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serasi.exchange.signing import BadKey, NotCanonical, canonical, is_signed_by, jwk, new_key, read_jwks, signed

WHOLE = st.integers(-(2**53), 2**53)
PLAIN = st.none() | st.booleans() | WHOLE | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        # The examples of RFC 8785, 3.2.2 and 3.2.3
        ({"b": [True, None], "a": 4.5}, '{"a":4.5,"b":[true,null]}'),
        (
            {"€": 1, "\r": 2, "\ufb33": 3, "1": 4, "😀": 5, "\x80": 6, "ö": 7},
            '{"\\r":2,"1":4,"\x80":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
        ),
        ([25.0, 0.0001, -0.0, 1e15, "Siti ‘Nur’"], '[25,0.0001,0,1000000000000000,"Siti ‘Nur’"]'),
        ('\u20ac$\u000f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'),
    ],
)
def test_canonical_is_as_rfc_8785_says(value: Any, written: str) -> None:
    assert canonical(value) == written.encode()


def nested(deep: int) -> Any:
    return [] if not deep else [nested(deep - 1)]


@pytest.mark.parametrize(
    "value", [2**53 + 1, 1e300, 1e-9, float("inf"), float("nan"), "\ud800", {"\ud800": 1}, nested(60)]
)
def test_what_is_not_the_same_in_every_language_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        canonical(value)


@given(VALUES)
def test_canonical_says_the_same_value_whatever_the_order(value: Any) -> None:
    written = canonical(value)

    assert json.loads(written) == value
    assert canonical(json.loads(json.dumps(value))) == written


@given(VALUES, VALUES)
def test_a_signature_holds_for_what_was_signed_alone(header: Any, other: Any) -> None:
    private, public = new_key()
    content = {"header": header, "message": {"a": 1}}
    made = signed(content, private=private, kid="k")

    assert is_signed_by([jwk(public, "k")], content, made)
    assert is_signed_by([jwk(public, "k")], content, made.removeprefix("Signature: "))
    assert not is_signed_by([jwk(public, "another")], content, made)
    assert not is_signed_by([jwk(new_key()[1], "k")], content, made)
    if canonical(other) != canonical(header):
        assert not is_signed_by([jwk(public, "k")], {**content, "header": other}, made)


@given(st.text(max_size=60))
def test_whatever_is_claimed_to_be_a_signature_is_none(claimed: str) -> None:
    keys = [jwk(new_key()[1], "k")]

    assert not is_signed_by(keys, {}, claimed)
    assert not is_signed_by(keys, {}, f'keyId="k", algorithm="ed25519", signature="{claimed}"')
    assert not is_signed_by(keys, {}, 'keyId="k", algorithm="none", headers="header message", signature=""')


def test_keys_are_read_from_a_jwks_or_a_single_jwk() -> None:
    key = jwk(new_key()[1], "k")

    assert read_jwks(json.dumps(key)) == [key]
    assert read_jwks(json.dumps({"keys": [key, {**key, "kid": "l"}, {"kty": "RSA", "crv": "", "n": "1"}]})) == [
        key,
        {**key, "kid": "l"},
    ]


@pytest.mark.parametrize(
    "other",
    [{"d": "private"}, {"x": "short"}, {"x": "!!"}, {"kid": ""}, {"kty": "RSA"}, {"crv": "X25519"}, {"x": "A" * 60}],
)
def test_what_is_no_public_ed25519_key_is_refused(other: dict[str, str]) -> None:
    with pytest.raises(BadKey):
        read_jwks(json.dumps(jwk(new_key()[1], "k") | other))
    for text in ("", "[]", "{}", '{"keys": []}', '{"keys": 1}', "not JSON", "[" * 2000):
        with pytest.raises(BadKey):
            read_jwks(text)
