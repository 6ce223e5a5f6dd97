"""Nothing is sent but to a public address over https, and the address that was checked is the one that is called."""

import socket
from typing import Any

import pytest

from serasi.exchange.sending import BadAddress, checked, place_of


@pytest.mark.parametrize(
    "url",
    [
        "http://bansos.example.org",
        "ftp://bansos.example.org",
        "https://",
        "https://bansos",
        "https://user:secret@bansos.example.org",
        "https://bansos.example.org/?to=1",
        "https://bansos.example.org/#a",
        "https://bansos.example.org:99999",
        "https://bansos.example.org:0",
        "https://bänsos.example.org",
        "https://bansos.example.org/a b",
        "https://127.0.0.1",
        "https://10.0.0.1",
        "https://192.168.1.5:8443",
        "https://172.16.0.1",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]",
        "https://[fd00::1]",
        "https://[::ffff:10.0.0.1]",
        "https://0.0.0.0",
        "https://224.0.0.1",
        "javascript:alert(1)",
        "",
    ],
)
def test_an_address_that_is_not_public_and_https_is_refused(url: str) -> None:
    with pytest.raises(BadAddress):
        checked(url, may_loop=False)


def test_this_very_machine_is_for_trials_alone() -> None:
    for url in ("http://127.0.0.1:3336", "http://localhost:3336", "https://[::1]:8443"):
        assert checked(url, may_loop=True).geturl() == url
        with pytest.raises(BadAddress):
            checked(url, may_loop=False)
    with pytest.raises(BadAddress):
        checked("http://10.0.0.1", may_loop=True)


@pytest.mark.parametrize(
    ("addresses", "is_taken"),
    [
        (["93.184.216.34"], True),
        (["10.0.0.1"], False),
        (["93.184.216.34", "127.0.0.1"], False),
        (["fe80::1"], False),
        (["2002:a00:1::"], False),
    ],
)
def test_a_name_that_leads_inside_is_refused(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str], *, is_taken: bool
) -> None:
    def resolve(_host: str, port: int, **_rest: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    if is_taken:
        assert place_of("https://bansos.example.org/dci", may_loop=False).address == addresses[0]
    else:
        with pytest.raises(BadAddress):
            place_of("https://bansos.example.org/dci", may_loop=False)
