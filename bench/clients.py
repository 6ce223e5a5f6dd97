"""Workers with a browser's patience: signed-in clients that ask for a page again and again."""

import http.client
import re
import statistics
import threading
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Self
from urllib.parse import urlencode, urlsplit

from bench.acts import Act


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of one act: median and 95th percentile; how many acts a second all clients together made."""

    p50: float
    p95: float
    per_second: float


class Client:
    """One signed-in worker over one kept connection."""

    def __init__(self, site: str) -> None:
        parts = urlsplit(site)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        self._origin, self._cookies = site, SimpleCookie()

    def sign_in(self, email: str, password: str) -> Self:
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/masuk/"))
        if found is None:
            raise RuntimeError("the sign-in page has no form token")
        self.send("/masuk/", {"csrfmiddlewaretoken": found[1], "login": email, "password": password})
        return self

    def get(self, path: str) -> str:
        return self._ask("GET", path, None, expected={200})[0]

    def send(self, path: str, fields: dict[str, str]) -> str:
        """Send a form that must be accepted; returns where it leads."""
        return self._ask("POST", path, urlencode(fields), expected={302, 303})[1]

    def ask(self, path: str, fields: dict[str, str]) -> str:
        """Send words as the script of the page does; returns the page that answers."""
        return self._ask("POST", path, urlencode(fields), expected={200}, by_script=True)[0]

    def _ask(
        self, method: str, path: str, body: str | None, *, expected: set[int], by_script: bool = False
    ) -> tuple[str, str]:
        headers = {
            "Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in self._cookies.items()),
            "Accept-Encoding": "identity",
            "Referer": self._origin + path,
        }
        if by_script:
            headers["HX-Request"] = "true"
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode(errors="replace")
        for value in answer.headers.get_all("Set-Cookie") or ():
            self._cookies.load(value)
        if answer.status not in expected:
            raise RuntimeError(f"{method} {path} answered {answer.status}, expected {expected}")
        return text, answer.headers.get("Location", "")


def measure(clients: list[Client], act: Act, *, times: int, warm: int = 5) -> Timing:
    """Every client does the act ``times`` times at once with the others, after ``warm`` unmeasured ones."""
    taken: list[float] = []
    lock = threading.Lock()

    def work(number: int, client: Client) -> None:
        mine = []
        for turn in range(warm + times):
            ready = act(client, number * 10_000 + turn)
            begun = time.perf_counter()
            ready()
            if turn >= warm:
                mine.append(time.perf_counter() - begun)
        with lock:
            taken.extend(mine)

    threads = [threading.Thread(target=work, args=(number, client)) for number, client in enumerate(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken.sort()
    return Timing(
        p50=statistics.median(taken) * 1000,
        p95=taken[min(len(taken) - 1, round(len(taken) * 0.95))] * 1000,
        per_second=len(clients) / statistics.mean(taken),
    )
