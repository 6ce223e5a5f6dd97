"""The public engine, `@getodk/xforms-engine`, in a browser of its own: what forms come to there."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from playwright.sync_api import Page, sync_playwright

from serasi.xforms.tests.forms import LISTS, NOW

FRONTEND = Path(__file__).parents[4] / "frontend"
PAGE = "https://serasi.test/"
"""A page that came by https, without which a browser gives no `uuid()`."""

Engine: TypeAlias = Callable[[bytes, list[bytes]], list[bytes]]
"""A form and instances in, instances out."""


@contextmanager
def running_engine() -> Iterator[Engine]:
    """The engine in Jakarta, at the time of NOW."""
    esbuild = FRONTEND / "node_modules" / ".bin" / "esbuild"
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None or not esbuild.exists():
        raise FileNotFoundError("the engine needs chromium and the packages of frontend/ (npm ci)")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        script = Path(folder) / "engine.js"
        subprocess.run(  # noqa: S603
            [esbuild, Path(__file__).with_name("engine.js"), "--bundle", "--format=esm", f"--outfile={script}"],
            env={**os.environ, "NODE_PATH": str(FRONTEND / "node_modules")},
            capture_output=True,
            check=True,
        )
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(timezone_id="Asia/Jakarta", locale="id-ID").new_page()
        page.clock.set_fixed_time(NOW)
        page.route(PAGE, lambda route: route.fulfill(content_type="text/html", body="<!doctype html>"))
        page.goto(PAGE)
        page.add_script_tag(path=script, type="module")
        page.wait_for_function("() => 'recompute' in window")
        yield lambda form, instances: _recomputed(page, form, instances)
        browser.close()


def _recomputed(page: Page, form: bytes, instances: list[bytes]) -> list[bytes]:
    lists = {f"{name}.csv": _table(rows) for name, rows in LISTS.items()}
    told = [form.decode(), [instance.decode() for instance in instances], lists]
    found: list[str] = page.evaluate("([form, instances, lists]) => window.recompute(form, instances, lists)", told)
    return [instance.encode() for instance in found]


def _table(rows: list[dict[str, str]]) -> str:
    return "\n".join([",".join(rows[0]), *(",".join(f'"{cell}"' for cell in row.values()) for row in rows)])
