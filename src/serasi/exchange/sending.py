"""The way to the callback address of a peer, and to no other place.

The address is the one that was registered: https, or http to this very machine where the installation says so. Its name
is resolved once and the connection goes to what was found, so that a name cannot mean a public address when it is
checked and an inner one when it is called. Addresses of inner networks are refused; redirections are not followed.
"""

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

TIMEOUT: Final = 10.0
"""Seconds for each step of a sending."""
PATIENCE: Final = 20.0
"""Seconds for all of them; only the head of the answer is read."""
_PORTS: Final = {"https": 443, "http": 80}


class BadAddress(ValueError):
    """An address that nothing is sent to; what it says holds no part of it."""


class NotSent(Exception):
    """It did not arrive; ``code`` is kept, and says nothing of what was sent."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def checked(url: str, *, may_loop: bool) -> SplitResult:
    """The parts of an address that may be registered. Raises BadAddress."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadAddress("unreadable") from None
    host = parts.hostname or ""
    if not host or parts.username or parts.password or parts.query or parts.fragment or port == 0:
        raise BadAddress("must be a plain address")
    if not url.isascii() or not url.isprintable() or " " in url:
        raise BadAddress("must be plain letters")
    if parts.scheme == "http" and not (may_loop and _is_loopback(host)):
        raise BadAddress("must be https")
    if parts.scheme not in _PORTS:
        raise BadAddress("must be https")
    if (address := _literal(host)) is not None:
        _check(address, may_loop=may_loop)
    elif "." not in host and not (may_loop and _is_loopback(host)):
        raise BadAddress("must be a whole name")
    return parts


@dataclass(frozen=True, slots=True)
class Place:
    """Where a name led, after it was checked."""

    parts: SplitResult
    address: str
    port: int


def place_of(url: str, *, may_loop: bool) -> Place:
    """Resolve an address. Raises BadAddress, also when any address of the name is an inner one; NotSent."""
    parts = checked(url, may_loop=may_loop)
    port = parts.port or _PORTS[parts.scheme]
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotSent("name_unknown") from None
    addresses = [str(one[4][0]) for one in found]
    for address in addresses:
        _check(ipaddress.ip_address(address.partition("%")[0]), may_loop=may_loop)
    return Place(parts, addresses[0], port)


def post_json(url: str, content: bytes, *, may_loop: bool) -> None:
    """Send a message; any 2xx means that it arrived. Raises NotSent, BadAddress."""
    place = place_of(url, may_loop=may_loop)
    host = place.parts.hostname or ""
    connection = http.client.HTTPSConnection(host, place.port, timeout=TIMEOUT)
    is_cut = threading.Event()
    cut = threading.Timer(PATIENCE, _cut, [connection, is_cut])
    try:
        connection.sock = socket.create_connection((place.address, place.port), timeout=TIMEOUT)
        if place.parts.scheme == "https":
            secure = ssl.create_default_context()
            secured = secure.wrap_socket(connection.sock, server_hostname=host, do_handshake_on_connect=False)
            connection.sock = secured
            cut.start()
            secured.do_handshake()
        else:
            cut.start()
        headers = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "Host": place.parts.netloc,
            "Connection": "close",
        }
        connection.request("POST", place.parts.path or "/", content, headers)
        answer = connection.getresponse()
        answer.close()
    except ssl.SSLError:
        raise NotSent("too_slow" if is_cut.is_set() else "tls_failed") from None
    except (OSError, http.client.HTTPException):
        raise NotSent("too_slow" if is_cut.is_set() else "unreachable") from None
    finally:
        cut.cancel()
        connection.close()
    if is_cut.is_set():  # what was cut off looks like the end of an answer
        raise NotSent("too_slow")
    if not 200 <= answer.status < 300:
        raise NotSent(f"http_{answer.status}")


def _cut(connection: http.client.HTTPConnection, is_cut: threading.Event) -> None:
    """End a sending whose answer comes drop by drop: each drop is in time, the whole is not."""
    is_cut.set()
    with contextlib.suppress(OSError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _check(address: ipaddress.IPv4Address | ipaddress.IPv6Address, *, may_loop: bool) -> None:
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    if inner.is_loopback and may_loop:
        return
    if not inner.is_global or inner.is_multicast or not address.is_global or inner.is_reserved:
        raise BadAddress("must not be of an inner network")


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _is_loopback(host: str) -> bool:
    literal = _literal(host)
    return host == "localhost" or (literal is not None and literal.is_loopback)
