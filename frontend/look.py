"""Look at the pages: render gallery, work page and error pages, photograph them, and let axe-core judge them.

    python frontend/look.py [folder for the pictures]

Needs the built stylesheet (`npm run build`) and a chromium; says "0 violations" or ends with 1. Uses no database.
"""

import functools
import http.server
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path

import django
from django.conf import settings

HERE = Path(__file__).resolve().parent
SOURCE = HERE.parent / "src"
sys.path.insert(0, str(SOURCE))
ERRORS = ("400", "403", "404", "409", "429", "500")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def render(folder: Path) -> list[str]:
    settings.configure(
        DEBUG=False,
        SECRET_KEY="only for looking",
        INSTALLED_APPS=["serasi.common", "django.contrib.staticfiles", "django.forms"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.template.context_processors.csrf",
                    ]
                },
            }
        ],
        FORM_RENDERER="serasi.common.forms.SerasiRenderer",
        LANGUAGE_CODE="id",
        LANGUAGES=[("id", "Indonesia"), ("en", "English")],
        TIME_ZONE="Asia/Jakarta",
        USE_TZ=True,
        USE_THOUSAND_SEPARATOR=True,
        STATIC_URL="/static/",
    )
    django.setup()
    from django.http import HttpRequest, QueryDict  # noqa: PLC0415
    from django.template.loader import render_to_string  # noqa: PLC0415

    from serasi.common.gallery import gallery  # noqa: PLC0415

    for name, query in (("galeri", ""), ("kerja", "bagian=kerja"), ("salah", "bagian=salah")):
        request = HttpRequest()
        request.method, request.path, request.GET = "GET", "/", QueryDict(query)
        (folder / f"{name}.html").write_bytes(gallery(request).content)
    for code in ERRORS:
        (folder / f"{code}.html").write_text(render_to_string(f"{code}.html"))
    return ["galeri", "kerja", "salah", *ERRORS]


def serve(folder: Path) -> str:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_arguments: object) -> None:
            return

    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def main(pictures: Path) -> int:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    pictures.mkdir(parents=True, exist_ok=True)
    wrong = 0
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        pages = render(folder)
        shutil.copytree(SOURCE / "serasi/common/static", folder / "static")
        address = serve(folder)
        axe = (HERE / "node_modules/axe-core/axe.min.js").read_text()
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            for width, height in ((1280, 900), (390, 844)):
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                page.on("pageerror", lambda error: print("script:", error))
                for path in pages:
                    page.goto(f"{address}/{path}.html")
                    page.screenshot(path=str(pictures / f"{path}-{width}-{scheme}.png"), full_page=True)
                    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                    page.evaluate(axe)
                    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
                    wrong += len(found["violations"]) + (overflow > 0)
                    counts = f"{len(found['violations'])} violations, {len(found['passes'])} passes"
                    print(f"{path:8} {width:5} {scheme:5}: {counts}")
                    if overflow > 0:
                        print(f"   {overflow} px too wide")
                    for violation in found["violations"]:
                        print("  ", violation["id"], "–", violation["help"])
                        for node in violation["nodes"][:4]:
                            print("     ", node["target"], node["failureSummary"].replace("\n", " ")[:220])
                page.close()
        browser.close()
    print(f"{wrong} violations")
    return 1 if wrong else 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.gettempdir()) / "serasi-look"))
