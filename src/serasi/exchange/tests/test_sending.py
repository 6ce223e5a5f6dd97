"""Nothing is sent but to a public address over https, and the address that was checked is the one that is called."""

import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from serasi.exchange.sending import BadAddress, NotSent, checked, place_of, post_json


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


@pytest.fixture
def secured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, Path]]:
    """A server of bansos.example.org over TLS on this machine: its port, and the certificate that vouches for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "bansos.example.org")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("bansos.example.org")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = tmp_path / "public.crt", tmp_path / "own.key"
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(204 if self.headers["Host"].startswith("bansos.example.org") else 421)
            self.end_headers()

        def log_message(self, *_words: Any) -> None:
            """Be quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    here = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.server_port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_asked, **_rest: here)
    yield server.server_port, public
    server.shutdown()
    server.server_close()


def test_over_tls_it_arrives_at_who_can_prove_the_name_alone(
    secured: tuple[int, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, vouching = secured
    as_usual = ssl.create_default_context

    with pytest.raises(NotSent, match="tls_failed"):
        post_json(f"https://bansos.example.org:{port}/dci", b"{}", may_loop=True)
    monkeypatch.setattr(ssl, "create_default_context", lambda: as_usual(cafile=str(vouching)))
    post_json(f"https://bansos.example.org:{port}/dci", b"{}", may_loop=True)
    with pytest.raises(NotSent, match="tls_failed"):
        post_json(f"https://another.example.org:{port}/dci", b"{}", may_loop=True)
