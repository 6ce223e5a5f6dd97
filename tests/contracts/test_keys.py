"""No private key lies in the source: every installation makes its own."""

import re
from pathlib import Path

from tests.contracts.source import ROOT

PRIVATE = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE" + rb" KEY-----|\"d\": *\"[A-Za-z0-9_-]{43}\"")
PLACES = ("src", "tests", "tools", "docs", "bench")


def keys_in(path: Path) -> bool:
    return path.is_file() and path.stat().st_size < 1_000_000 and PRIVATE.search(path.read_bytes()) is not None


def test_no_private_key_is_committed() -> None:
    files = [path for place in PLACES for path in (ROOT / place).rglob("*") if "__pycache__" not in path.parts]

    assert [str(path.relative_to(ROOT)) for path in files if keys_in(path)] == []


def test_a_private_key_is_seen(tmp_path: Path) -> None:
    pem, jwk = tmp_path / "a.pem", tmp_path / "a.json"
    pem.write_text("-----BEGIN PRIVATE" + " KEY-----\nMC4=\n", encoding="utf-8")
    jwk.write_text('{"kty": "OKP", "d": "' + "A" * 43 + '"}', encoding="utf-8")

    assert (keys_in(pem), keys_in(jwk)) == (True, True)
