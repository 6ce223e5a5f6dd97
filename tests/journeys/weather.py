"""Between a phone and the site: a wire that breaks where it is told to, for the page and its service worker alike."""

import http.client
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import urlsplit

DELIVERY: Final = "/lapangan/kirim/"


class Cut(StrEnum):
    """What happens to one sending."""

    BEFORE = "the wire breaks before anything arrives"
    HALF = "the wire breaks in the middle of it"
    AFTER = "it arrives, and the answer is lost"
    ERROR = "the server has an error"
    BUSY = "the server has too much to do"
    DOOR = "a door in between answers with its own page"


class Weather:
    """The cuts that are still to come, one for each sending; then all goes through. ``made`` counts those that came."""

    def __init__(self) -> None:
        self._coming: deque[Cut] = deque()
        self._lock = threading.Lock()
        self.made = 0

    def foretell(self, *cuts: Cut) -> None:
        with self._lock:
            self._coming.extend(cuts)

    def next(self) -> Cut | None:
        with self._lock:
            if not self._coming:
                return None
            self.made += 1
            return self._coming.popleft()


@contextmanager
def wire(site: str) -> Iterator[tuple[str, Weather]]:
    """An address that leads to ``site`` through weather."""
    weather, target = Weather(), urlsplit(site)

    class Wire(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_args: object) -> None:
            """Quiet."""

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            cut = weather.next() if self.command == "POST" and self.path == DELIVERY else None
            if cut in {Cut.BEFORE, Cut.HALF}:
                self.close_connection = True
                return
            if cut in {Cut.ERROR, Cut.BUSY, Cut.DOOR}:
                status = {Cut.ERROR: 502, Cut.BUSY: 429, Cut.DOOR: 200}[cut]
                self._answer(status, [("Content-Type", "text/html")], b"<p>Masuk ke jaringan tamu</p>")
                return
            status, headers, content = self._asked(body)
            if cut is Cut.AFTER:
                self.close_connection = True
                return
            self._answer(status, headers, content)

        do_POST = do_HEAD = do_GET  # noqa: N815  (as the library calls them)

        def _asked(self, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
            there = http.client.HTTPConnection(target.hostname or "", target.port, timeout=60)
            try:
                there.request(self.command, self.path, body, dict(self.headers))
                answer = there.getresponse()
                return answer.status, answer.getheaders(), answer.read()
            finally:
                there.close()

        def _answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
            with suppress(BrokenPipeError, ConnectionResetError):
                self.send_response_only(status)
                for name, value in headers:
                    if name.lower() not in {"transfer-encoding", "connection", "content-length"}:
                        self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Wire)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", weather
    finally:
        server.shutdown()
        server.server_close()
