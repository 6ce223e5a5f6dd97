"""Workers with a browser's patience: signed-in clients that ask for a page again and again."""

import http.client
import re
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Self
from urllib.parse import urlencode, urlsplit

from bs4 import BeautifulSoup


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of one act: median and 95th percentile, and how many acts a second all clients made."""

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
        page = self.get("/masuk/")
        self.post("/masuk/", {"csrfmiddlewaretoken": token_in(page), "login": email, "password": password}, expect=302)
        return self

    def get(self, path: str, *, expect: int = 200) -> str:
        return self._ask("GET", path, None, expect)

    def post(self, path: str, fields: dict[str, str], *, expect: int) -> str:
        return self._ask("POST", path, urlencode(fields), expect)

    def _ask(self, method: str, path: str, body: str | None, expect: int) -> str:
        headers = {
            "Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in self._cookies.items()),
            "Accept-Encoding": "identity",
            "Referer": self._origin + path,
        }
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode(errors="replace")
        for value in answer.headers.get_all("Set-Cookie") or ():
            self._cookies.load(value)
        if answer.status != expect:
            raise RuntimeError(f"{method} {path} answered {answer.status}, expected {expect}")
        return text


def token_in(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("the page has no form token")
    return found[1]


def filled(page: str, wanted: str, **typed: str) -> dict[str, str]:
    """The fields of the form that has a control named ``wanted``, as a browser would send them, with what was typed."""
    soup = BeautifulSoup(page, "html.parser")
    form = next(form for form in soup.find_all("form") if form.find(attrs={"name": wanted}))
    fields: dict[str, str] = {}
    for control in form.find_all(["input", "textarea", "select"]):
        name, kind = control.get("name"), control.get("type")
        if not name or (kind in {"checkbox", "radio"} and not control.has_attr("checked")) or kind == "file":
            continue
        if control.name == "select":
            chosen = control.find("option", selected=True) or control.find("option")
            fields[name] = chosen["value"] if chosen else ""
        else:
            fields[name] = control.get_text() if control.name == "textarea" else control.get("value", "")
    return fields | typed


def measure(clients: list[Client], act: Callable[[Client, int], object], *, times: int, warm: int = 5) -> Timing:
    """Every client does the act ``times`` times at once with the others, after ``warm`` unmeasured ones."""
    taken: list[float] = []
    lock = threading.Lock()

    def work(number: int, client: Client) -> None:
        mine = []
        for turn in range(warm + times):
            begun = time.perf_counter()
            act(client, number * 10_000 + turn)
            if turn >= warm:
                mine.append((time.perf_counter() - begun) * 1000)
        with lock:
            taken.extend(mine)

    threads = [threading.Thread(target=work, args=(number, client)) for number, client in enumerate(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.perf_counter() - begun
    taken.sort()
    return Timing(
        statistics.median(taken),
        taken[min(len(taken) - 1, round(len(taken) * 0.95))],
        len(clients) * (times + warm) / elapsed,
    )
