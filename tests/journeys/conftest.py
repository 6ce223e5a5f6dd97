"""The stage of the journeys: a database of their own with the demonstration world, the real server, a real browser."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from serasi.postgres import drop_database

ROOT = Path(__file__).parents[2]
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SERASI = str(Path(sys.executable).with_name("serasi"))
DATABASE = "serasi_journeys"
PEOPLE = "60"
PASSWORD = "serasi-demo"
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


LET_EVERYBODY_IN = f"""
import django
django.setup()
from django.utils import timezone
from serasi.access.models import User
from serasi.access.operations import acting
from serasi.access.operations.users import choose_password
system = User.objects.system()
with acting(system, "journeys"):
    staff = list(User.objects.filter(email__endswith="@demo"))
for user in staff:
    choose_password(user=user, password="{PASSWORD}", by=system, at=timezone.now())
"""
"""Supervisors and those of other cities have no sign-in in the demonstration world; stories need them."""


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, str]]:
    """A small demonstration world in a database of its own: the environment of whoever works with it."""
    home = tmp_path_factory.mktemp("journeys")
    parts = urlsplit(os.environ["DATABASE_URL"])
    address = urlunsplit(parts._replace(path=f"/{DATABASE}"))
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as owner:
        drop_database(owner, DATABASE)
        owner.execute(f"CREATE DATABASE {DATABASE}")
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "SERASI_HOME": str(home),
        "SERASI_DEMO": "1",
        "SERASI_HOSTS": "127.0.0.1,localhost",
    }
    environment["DJANGO_SETTINGS_MODULE"] = "serasi.settings"
    subprocess.run([SERASI, "prepare"], env=environment, check=True)  # noqa: S603
    subprocess.run([SERASI, "demo", "--people", PEOPLE], env=environment, check=True)  # noqa: S603
    subprocess.run([sys.executable, "-c", LET_EVERYBODY_IN], env=environment, check=True)  # noqa: S603
    try:
        yield environment
    finally:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as owner:
            drop_database(owner, DATABASE)


@pytest.fixture(scope="session")
def worker(world: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The program that does the work in the background."""
    with working([SERASI, "worker"], world) as process:
        yield process


@pytest.fixture(scope="session")
def site(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a running site with the demonstration world.

    With SERASI_JOURNEYS_AT set, stories are walked on the site that stands there, and change its world.
    """
    if standing := os.environ.get("SERASI_JOURNEYS_AT"):
        yield standing
        return
    request.getfixturevalue("worker")
    with serving(request.getfixturevalue("world")) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def earnest_site(world: Mapping[str, str]) -> Iterator[str]:
    """The same people at an address where sign-in is as strict as in earnest. Passkeys need a name, not a number."""
    with serving({**world, "SERASI_DEMO": "0"}) as port:
        yield f"http://localhost:{port}"


@contextmanager
def serving(environment: Mapping[str, str]) -> Iterator[int]:
    """The real server, at a port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [
        *(str(Path(sys.executable).with_name("granian")), "serasi.wsgi:application", "--interface", "wsgi"),
        *("--host", "127.0.0.1", "--port", str(port), "--workers", "1", "--blocking-threads", "4"),
        *("--log-level", "warning"),
    ]
    with working(command, environment):
        _wait_until_well(f"http://127.0.0.1:{port}/sehat")
        yield port


@contextmanager
def working(command: list[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=environment)  # noqa: S603
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_well(address: str, *, seconds: int = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(address, timeout=2)  # noqa: S310  (our own server)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
        else:
            return
    raise TimeoutError(address)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        pytest.fail("The journeys need chromium; on Debian: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        browser.close()


@pytest.fixture
def open_as(browser: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """`open_as("peksos")`: a fresh browser in which this person has signed in; wide, and with script, unless told."""
    contexts = []

    def open_page(
        who: str | None, *, viewport: dict[str, int] = WIDE, script: bool = True, address: str = site
    ) -> Page:
        context = browser.new_context(
            base_url=address,
            viewport=viewport,  # type: ignore[arg-type]
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            java_script_enabled=script,
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto("/")
        if who is not None:
            sign_in(page, who)
        return page

    yield open_page
    for context in contexts:
        context.close()


def knock(page: Page, who: str, password: str = PASSWORD) -> None:
    """Fill in the sign-in page; `who` is what stands before @demo."""
    page.get_by_label("Surel").fill(f"{who}@demo")
    page.get_by_label("Kata sandi", exact=True).fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()


def sign_in(page: Page, who: str, password: str = PASSWORD) -> None:
    """Knock; with the right password the page of today comes."""
    knock(page, who, password)
    if password == PASSWORD:
        expect(page.get_by_role("heading", name="Hari ini", level=1)).to_be_visible()


def axe_violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands: the rule and the first element of each violation."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result: dict[str, Any] = page.evaluate(
        "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    return [f"{violation['id']}: {violation['nodes'][0]['target']}" for violation in result["violations"]]


def flaws(page: Page, viewport: Mapping[str, int]) -> tuple[list[str], int]:
    """What axe finds on the whole page at this width, and how many pixels run over its edge."""
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    over = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    tall, height = 0, viewport["height"]
    while height > tall:  # panels come a little later, and the bar at the bottom must not lie over the last of the page
        tall = height
        page.set_viewport_size({"width": viewport["width"], "height": tall})
        page.wait_for_timeout(100)
        height = page.evaluate("() => document.documentElement.scrollHeight")
    return axe_violations(page), over


def everyone_can_read(page: Page) -> None:
    """The page as it stands is heard and read, on a phone and wide."""
    found = {viewport["width"]: flaws(page, viewport) for viewport in (NARROW, WIDE)}
    assert found == dict.fromkeys(found, ([], 0))
