"""The page for work without signal in a real browser at 400 kbit/s: what it weighs on the wire, and how long it takes.

Run as `python -m bench.page SITE [EMAIL [PASSWORD]]`; prints one JSON object: the first visit until the phone is ready
without signal, a visit again, a visit again in plane mode. `bench.pocket` says what a large pocket comes to.
"""

import json
import shutil
import sys
import time
from typing import Final

from playwright.sync_api import CDPSession, Page, sync_playwright

KILOBITS: Final = 400
SLOW: Final = {
    "offline": False,
    "latency": 300,
    "downloadThroughput": KILOBITS * 125,
    "uploadThroughput": KILOBITS * 125 / 4,
}
"""Milliseconds of a round and bytes a second, as a bad 3G cell has them."""
PIN: Final = "482915"
KEPT: Final = """async () => {
  let sum = 0;
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const asked of await cache.keys()) sum += (await (await cache.match(asked)).blob()).size;
  }
  return sum;
}"""


def main() -> None:
    site, email, password = [*sys.argv[1:], *("pendamping@demo", "serasi-demo")[len(sys.argv) - 2 :]]
    with sync_playwright() as playwright:
        chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(base_url=site, locale="id-ID", viewport={"width": 390, "height": 844}).new_page()
        page.set_default_timeout(120_000)
        page.goto("/")
        page.get_by_label("Surel").fill(email)
        page.get_by_label("Kata sandi", exact=True).fill(password)
        page.get_by_role("button", name="Masuk", exact=True).click()
        page.get_by_role("heading", name="Hari ini", level=1).wait_for()
        found = {f"first: {label}": value for label, value in _first(page).items()}
        page.context.set_offline(True)
        found |= {f"again, in plane mode: {label}": value for label, value in _again(page).items()}
        page.context.set_offline(False)
        _slow(page)
        found |= {f"again: {label}": value for label, value in _again(page).items()}
        browser.close()
    print(json.dumps({label: round(value, 2) for label, value in found.items()}))


def _slow(page: Page) -> CDPSession:
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)
    return wire


def _first(page: Page) -> dict[str, float]:
    wire, received = _slow(page), [0.0]
    wire.send("Network.clearBrowserCache")
    wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    begun, found = time.monotonic(), {}
    page.goto("/lapangan/")
    page.get_by_label("PIN baru, 6 angka").wait_for()
    found["until it asks for a PIN, s"] = time.monotonic() - begun
    found["until it asks for a PIN, KB"] = sum(received) / 1024
    page.get_by_label("PIN baru, 6 angka").fill(PIN)
    page.get_by_label("Ulangi PIN").fill(PIN)
    page.get_by_role("button", name="Siapkan", exact=True).click()
    page.get_by_text("Data per").wait_for()
    found["until the clients are there, s"] = time.monotonic() - begun
    page.get_by_text("siap tanpa sinyal").wait_for()
    found["until it is ready without signal, s"] = time.monotonic() - begun
    found["of the page itself, KB"] = sum(received) / 1024
    found["shell on the phone, KB"] = page.evaluate(KEPT) / 1024
    found["all on the phone, KB"] = page.evaluate("async () => (await navigator.storage.estimate()).usage") / 1024
    return found


def _again(page: Page) -> dict[str, float]:
    begun, found = time.monotonic(), {}
    page.reload()
    page.get_by_label("PIN", exact=True).wait_for()
    found["until it asks for the PIN, s"] = time.monotonic() - begun
    page.get_by_label("PIN", exact=True).fill(PIN)
    begun = time.monotonic()
    page.get_by_role("button", name="Buka", exact=True).click()
    page.get_by_text("Data per").wait_for()
    found["from the PIN to the clients, s"] = time.monotonic() - begun
    return found


if __name__ == "__main__":
    main()
