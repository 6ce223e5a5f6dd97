"""The gallery and the pages around the work, drawn whole."""

import gzip
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from serasi.common.gallery import gallery

CALM = {
    "400": "Permintaan tidak dapat dibaca",
    "403": "Halaman ini di luar tugas Anda",
    "404": "Halaman tidak ditemukan",
    "409": "Data sudah diubah orang lain",
    "429": "Terlalu banyak percobaan",
    "500": "Ada yang tidak beres di pihak kami",
}


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any) -> None:
    """Pages are drawn without collected files, and without what the apps above put around them."""
    (engine,) = settings.TEMPLATES
    near = [name for name in engine["OPTIONS"]["context_processors"] if name.startswith("django.template.")]
    settings.TEMPLATES = [engine | {"OPTIONS": engine["OPTIONS"] | {"context_processors": near}}]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def shown(query: str = "") -> Any:
    with translation.override("id"):
        response = gallery(RequestFactory().get(f"/galeri/{query}"))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


@pytest.mark.parametrize("query", ["", "?bagian=kerja", "?bagian=salah", "?bagian=%00"])
def test_the_gallery_is_one_accessible_frame(query: str) -> None:
    soup = shown(query)
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert sorted(ids) == sorted(set(ids))
    assert soup.find("html")["lang"] == "id"
    assert soup.find("a")["href"] == "#main"
    assert len(soup.find_all("main")) == 1
    landmarks = [tag.get("aria-label") for tag in soup.find_all("nav")]
    assert None not in landmarks


def test_a_page_of_work_is_light() -> None:
    request = RequestFactory().get("/galeri/?bagian=kerja")
    assert len(gzip.compress(gallery(request).content)) < 10_000


@pytest.mark.parametrize("code", CALM)
def test_an_error_page_needs_nothing_to_be_drawn(code: str) -> None:
    with translation.override("id"):
        soup: Any = BeautifulSoup(render_to_string(f"{code}.html"), "html.parser")
    assert soup.find("h1").get_text() == CALM[code]
    assert soup.find("title").get_text() == f"{CALM[code]} — Serasi"
    assert soup.find("main").find("a")["href"] == "/"


def test_a_reason_for_a_refusal_is_said_on_its_page() -> None:
    soup: Any = BeautifulSoup(
        render_to_string("403.html", {"exception_message": "Kasus <ini> tertutup."}), "html.parser"
    )
    assert soup.find("main").find_all("p")[1].get_text() == "Kasus <ini> tertutup."
