"""What people do on a page, by the words they read or hear: never by a selector."""

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4
from zoneinfo import ZoneInfo

from playwright.sync_api import APIResponse, Locator, Page, expect

JAKARTA = ZoneInfo("Asia/Jakarta")


def day(days_from_today: int = 0) -> str:
    """A day as it is typed: 31/12/2026."""
    return f"{datetime.now(JAKARTA) + timedelta(days=days_from_today):%d/%m/%Y}"


def _named(label: str) -> re.Pattern[str]:
    """The label alone, or followed by what the form adds to it."""
    return re.compile(rf"^{re.escape(label)}( \(opsional\))?$")


def group(page: Page | Locator, question: str) -> Locator:
    return page.get_by_role("group", name=_named(question))


def box(page: Page | Locator, label: str) -> Locator:
    return page.get_by_role("textbox", name=_named(label))


def write(page: Page | Locator, label: str, text: str) -> None:
    box(page, label).fill(text)


def choose(page: Page | Locator, label: str, option: Any) -> None:
    page.get_by_role("combobox", name=_named(label)).select_option(option)


def mark(page: Page | Locator, question: str, *answers: str) -> None:
    """Answer a question whose choices are all in sight."""
    for given in answers:
        group(page, question).get_by_label(given, exact=True).check()


def touch(page: Page | Locator, who: str, answer: str) -> None:
    """On a page about everybody in a ward: what is so of one of them."""
    line = page.get_by_role("group", name=re.compile(rf"^{re.escape(who)}\b"))
    line.get_by_role("radio", name=answer, exact=True).check()


def tick(page: Page | Locator, label: str) -> None:
    page.get_by_role("checkbox", name=_named(label)).check()


def at(page: Page | Locator, question: str, *, date: str, time: str = "") -> None:
    """The two boxes of a moment."""
    asked = group(page, question)
    asked.get_by_role("textbox", name="Tanggal").fill(date)
    if time:
        asked.get_by_role("textbox", name="Pukul").fill(time)


def _spoken(name: str) -> re.Pattern[str]:
    """A name as it is heard: what is hidden from the eye begins after a pause."""
    return re.compile(f"^{re.escape(name)}$".replace(":", " ?:").replace("/", r"\/"))


def press(page: Page | Locator, name: str) -> None:
    page.get_by_role("button", name=_spoken(name)).click()


def follow(page: Page | Locator, name: str) -> None:
    page.get_by_role("link", name=_spoken(name)).click()


def tab(page: Page, name: str) -> None:
    """Go to a part of the file."""
    page.get_by_role("navigation", name="Bagian berkas").get_by_role(
        "link", name=re.compile(rf"^{name}( \d+)?$")
    ).click()
    expect(page.get_by_role("navigation", name="Bagian berkas").locator("[aria-current=page]")).to_have_text(
        re.compile(rf"^{name}")
    )


def main(page: Page) -> Locator:
    return page.get_by_role("main")


def reads(page: Page, *sentences: str) -> None:
    """What someone sees on the page."""
    for sentence in sentences:
        expect(main(page)).to_contain_text(sentence)


def does_not_read(page: Page, *sentences: str) -> None:
    for sentence in sentences:
        expect(main(page)).not_to_contain_text(sentence)


def is_at(page: Page, heading: str) -> None:
    """The page that has come says this as its title."""
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()


def path_of(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url)


def is_not_there(page: Page, path: str) -> None:
    """An address that tells an outsider nothing: it answers as one that never was."""
    path = re.sub(r"^https?://[^/]+", "", path)
    never_was = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", lambda _found: str(uuid4()), path)
    answer, blank = page.request.get(path), page.request.get(never_was)
    assert (path, answer.status, _without_tokens(answer)) == (path, blank.status, _without_tokens(blank))
    assert answer.status in {403, 404}


def _without_tokens(answer: APIResponse) -> str:
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", answer.text()).replace(urlsplit(answer.url).path, "")
