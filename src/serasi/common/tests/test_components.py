"""The parts of a page, really drawn."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from serasi.common.components import (
    LETTER,
    NARROW,
    WIDE,
    CaseHeader,
    Column,
    Difference,
    Fact,
    LineChart,
    Series,
    StackedBar,
    Status,
    Table,
    page_of,
    round_up,
)
from serasi.common.templatetags import serasi as tags

ROOT = Path(__file__).resolve().parents[4]
needs_sources = pytest.mark.skipif(
    not (ROOT / "frontend").is_dir(), reason="the sources of the stylesheet are not here"
)


@pytest.fixture(autouse=True)
def _in_surabaya() -> Iterator[None]:
    with translation.override("id"), timezone.override("Asia/Jakarta"):
        yield


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any) -> None:
    """Pages are drawn without collected files."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def draw(source: str, **context: Any) -> Any:
    return BeautifulSoup(Template("{% load serasi %}" + source).render(Context(context)), "html.parser")


# --- Words for days, numbers, ages -----------------------------------------------------------------------------------

MOMENT = datetime(2026, 11, 3, 2, 5, tzinfo=UTC)


@pytest.mark.parametrize(("zone", "shown"), [
    ("Asia/Jakarta", "3 Nov 2026 09.05 WIB"),
    ("Asia/Makassar", "3 Nov 2026 10.05 WITA"),
    ("Asia/Jayapura", "3 Nov 2026 11.05 WIT"),
])  # fmt: skip
def test_a_moment_is_shown_in_the_zone_of_the_institution(zone: str, shown: str) -> None:
    with timezone.override(zone):
        assert draw("{{ moment|waktu }}", moment=MOMENT).get_text() == shown


def test_a_moment_near_midnight_falls_on_the_day_of_the_institution() -> None:
    late = datetime(2026, 11, 3, 17, 30, tzinfo=UTC)
    assert tags.tanggal(late) == "4 November 2026"
    assert tags.tanggal_pendek(late) == "4 Nov 2026"


def test_days_and_numbers_follow_the_language() -> None:
    assert (tags.tanggal(date(2026, 5, 3)), tags.angka(1250), tags.angka(0.5)) == ("3 Mei 2026", "1.250", "0,5")
    with translation.override("en"):
        assert (tags.tanggal(date(2026, 5, 3)), tags.angka(1250)) == ("3 May 2026", "1,250")
        assert tags.waktu(MOMENT) == "3 Nov 2026 09:05 WIB"


@pytest.mark.parametrize(("amount", "shown"), [(0, "Rp0"), (1250000, "Rp1.250.000"), (-5000, "−Rp5.000"), (None, "")])
def test_money_is_shown_the_indonesian_way(amount: int | None, shown: str) -> None:
    assert tags.rupiah(amount) == shown


@pytest.mark.parametrize(
    ("born", "shown"),
    [
        (date(2026, 11, 22), "0 hari"),
        (date(2026, 11, 3), "19 hari"),
        (date(2025, 5, 23), "17 bulan"),
        (date(2022, 8, 22), "4 tahun 3 bulan"),
        (date(2016, 11, 23), "9 tahun"),
        (date(2016, 11, 22), "10 tahun"),
        (date(2027, 1, 1), ""),
        (None, ""),
    ],
)
def test_an_age_is_said_as_people_say_it(born: date | None, shown: str) -> None:
    assert tags.umur(born, date(2026, 11, 22)) == shown


# --- Parts -----------------------------------------------------------------------------------------------------------


def test_a_status_is_a_word_in_a_colour_and_an_unknown_colour_is_neutral() -> None:
    soup = draw('{% status "Aktif" "good" %}{% status s %}{% status "x" "pink" %}', s=Status("Lewat", "bad"))
    assert [(s.get_text(), s["class"]) for s in soup.find_all("span")] == [
        ("Aktif", ["status", "tone-good"]),
        ("Lewat", ["status", "tone-bad"]),
        ("x", ["status", "tone-neutral"]),
    ]


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Siti Rahayu", "SR"), ("Karto", "K"), ("H. Budi bin Santoso", "HS"), ("", "?"), ("(tanpa nama)", "N")],
)
def test_initials_come_from_the_first_and_the_last_word(name: str, initials: str) -> None:
    assert draw("{% avatar name %}", name=name).get_text() == initials


def test_an_icon_is_silent_unless_it_stands_alone() -> None:
    silent, spoken = draw('{% icon "home" %}{% icon "printer" label="Cetak" %}').find_all("svg")
    assert silent["aria-hidden"] == "true"
    assert (spoken["role"], spoken["aria-label"]) == ("img", "Cetak")


def test_a_table_names_every_cell_for_its_card() -> None:
    table = Table(
        columns=[Column("Nama"), Column("Hari", number=True)], rows=[["<b>Siti</b>", 1250]], total=["Jumlah", 1250]
    )
    soup = draw("{% table table %}", table=table)
    assert soup.find("tbody").find("th").get_text(strip=True) == "<b>Siti</b>"
    assert [(td["data-label"], td.get_text(strip=True), td["class"]) for td in soup.find_all("td")] == [
        ("Hari", "1.250", ["number"])
    ] * 2


def test_a_blank_fact_never_reads_as_an_answer() -> None:
    soup = draw("{% facts items %}", items=[("Telepon", ""), ("Anak", 0), ("Wali", "<i>")])
    assert [dd.get_text() for dd in soup.find_all("dd")] == ["Belum diisi", "0", "<i>"]


def test_content_between_tags_is_kept_safe_once() -> None:
    soup = draw('{% notice tone="warn" title=title %} <p>{{ text }}</p> {% endnotice %}', title="<T>", text="<x>")
    assert soup.find(class_="notice")["class"] == ["notice", "notice-warn"]
    assert [p.get_text() for p in soup.find_all("p")] == ["<T>", "<x>"]


def test_a_difference_between_versions_is_a_word_too() -> None:
    soup = draw("{% compare rows %}", rows=[Difference("Telepon", "1", "2"), ("Alamat", "A", "A")])
    assert [th.get_text() for th in soup.select("tbody th")] == ["Telepon Berbeda", "Alamat"]


def test_what_stands_on_one_side_alone_has_its_own_word_where_one_is_given() -> None:
    rows = [Difference("Telepon", "1", ""), Difference("Alamat", None, "A"), Difference("Nama", "A", "a", is_same=True)]
    soup = draw('{% compare rows only_left="Hanya di sini" only_right="Hanya di sana" %}', rows=rows)
    assert [th.get_text() for th in soup.select("tbody th")] == [
        "Telepon Hanya di sini",
        "Alamat Hanya di sana",
        "Nama",
    ]
    assert soup.select(".differs") == []


@pytest.mark.parametrize("nothing", ["", None, [], ()])
def test_nothing_against_nothing_is_no_difference(nothing: object) -> None:
    assert not Difference("Catatan", nothing, "").differs
    assert Difference("Jumlah", 0, nothing).differs


def test_an_act_that_asks_once_more_is_a_form_that_works_without_script() -> None:
    soup = draw(
        '{% confirm action="/batal/" label="Batalkan" question="Yakin?" %}<input name="why">{% endconfirm %}',
        csrf_token="token",
    )
    form = soup.find("form")
    assert (form["method"], form["action"]) == ("post", "/batal/")
    assert [i["name"] for i in form.find_all("input")] == ["csrfmiddlewaretoken", "why"]


def test_pages_of_a_list_keep_the_rest_of_the_query_but_not_the_words_of_a_search() -> None:
    request = RequestFactory().get("/", {"place": "siti & budi", "q": "Siti Aminah", "hal": "2"})
    soup = draw('{% pagination page "kasus" %}', page=Paginator(range(60), 25).get_page(2), request=request)
    assert soup.find("p").get_text() == "26–50 dari 60 kasus"
    assert soup.find("a", rel="next")["href"] == "?place=siti+%26+budi&hal=3"
    assert soup.find(attrs={"aria-current": "page"}).get_text() == "Halaman 2"


@given(st.text(max_size=10))
def test_every_question_for_a_page_has_an_answer(asked: str) -> None:
    query = QueryDict(mutable=True)
    query["hal"] = asked
    assert page_of(list(range(60)), query).number in {1, 2, 3}


# --- Charts ----------------------------------------------------------------------------------------------------------


def test_a_stacked_bar_is_as_long_as_its_share_of_the_longest() -> None:
    chart = StackedBar("Penghuni", ["Anak", "Lansia"], [("A", [30, 10]), ("B", [0, 20])])
    assert [(label, total, [(s.series, s.x, s.width) for s in parts]) for label, total, parts in chart.bars] == [
        ("A", 40, [(1, "0%", "75%"), (2, "75%", "25%")]),
        ("B", 20, [(2, "0%", "50%")]),
    ]


def test_a_missing_number_breaks_the_line() -> None:
    chart = LineChart("Kasus", ["Jan", "Feb", "Mar", "Apr"], [Series("Dibuka", [4, 8, None, 2])])
    (line,) = chart.lines
    assert re.sub(r"[\d. -]+", "", line.path) == "MLM"
    assert [text for _x, _y, text in line.points] == ["Jan: 4", "Feb: 8", "Apr: 2"]
    assert [row[1] for row in chart.table.rows] == [4, 8, "–", 2]


@pytest.mark.parametrize("looks", [1, 2, 3, 24])
def test_labels_under_a_line_never_overlap_and_the_first_and_last_are_there(looks: int) -> None:
    """Looks at irregular days, the earliest three close together, on a phone and where there is room."""
    positions = [0.0, 0.01, 0.02, *(number / (looks - 1) for number in range(3, looks))][:looks]
    if looks > 1:
        positions[-1] = 1.0
    labels = [f"{number} Nov 2026" for number in range(10, 10 + looks)]
    chart = LineChart("Nilai", labels, [Series("A", [3] * looks)], positions=positions, axis=(1, 5))
    for width, ticks in ((NARROW, chart.ticks_narrow), (WIDE, chart.ticks_wide)):
        spans = []
        for tick in ticks:
            at, wide = float(tick.x.rstrip("%")) * width / 100, LETTER * len(tick.label)
            begins = {"start": at, "middle": at - wide / 2, "end": at - wide}[tick.anchor]
            spans.append((begins, begins + wide))
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        assert all(begins >= 0 and ends <= width for begins, ends in spans)
        assert (ticks[0].label, ticks[-1].label) == (labels[0], labels[-1])
    assert [value for _y, _text_y, value in chart.grid] == [1, 2, 3, 4, 5]


def test_empty_charts_are_drawn() -> None:
    assert draw("{% stacked_bar c %}", c=StackedBar("Kosong", ["A"], [])).find("figcaption").get_text() == "Kosong"
    assert draw("{% line_chart c %}", c=LineChart("Kosong", [], [])).find("figcaption").get_text() == "Kosong"


@given(st.floats(min_value=0, max_value=1e12))
def test_the_top_of_an_axis_is_never_below_the_highest_value(value: float) -> None:
    assert value <= round_up(value) <= max(4, value * 2.5)


# --- The sources -----------------------------------------------------------------------------------------------------


def templates() -> list[Path]:
    return sorted((ROOT / "src").rglob("*.html"))


@needs_sources
def test_every_icon_that_a_page_names_is_in_the_sprite() -> None:
    known = set(re.findall(r'"([a-z0-9-]+)"', (ROOT / "frontend/icons.js").read_text())) | {"serasi"}
    sources = [*templates(), *(p for p in (ROOT / "src").rglob("*.py") if "tests" not in p.parts)]
    named = {
        n for p in sources for n in re.findall(r'{% icon "([^"]+)"|icon="([a-z0-9-]+)"', p.read_text()) for n in n if n
    }
    assert named - known == set()


@needs_sources
def test_no_template_has_inline_style_script_or_handler() -> None:
    forbidden = re.compile(
        r"<style|<script(?![^>]*(?:\bsrc=|type=.application/json))|\sstyle=|\son[a-z]+=|javascript:|hx-on|hx-vals=.js:",
        re.IGNORECASE,
    )
    written = {path: re.sub(r"{%.*?%}", "", path.read_text()) for path in templates()}
    assert [str(path.relative_to(ROOT)) for path, html in written.items() if forbidden.search(html)] == []


def _colours(mixin: str) -> dict[str, str]:
    tokens = (ROOT / "frontend/scss/_tokens.scss").read_text()
    body = tokens.split(f"@mixin {mixin} {{")[1].split("\n}")[0]
    found = dict(re.findall(r"--s-([a-z0-9-]+): (#[0-9a-f]{3,6});", body))
    return {
        name: "#" + "".join(c * 2 for c in value[1:]) if len(value) == 4 else value for name, value in found.items()
    }


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXT_ON = [
    *((text, on) for text in ("ink", "muted", "link") for on in ("page", "surface", "sunken")),
    *((tone, f"{tone}-soft") for tone in ("good", "warn", "bad", "info", "neutral")),
    *((tone, "surface") for tone in ("good", "warn", "bad", "info", "neutral", "primary-strong")),
    *(("ink", f"{tone}-soft") for tone in ("good", "warn", "bad", "info")),
    ("bad", "page"), ("primary-strong", "primary-soft"), ("on-primary", "primary"), ("on-primary", "primary-strong"),
    ("on-bar", "bar"), ("on-bar-muted", "bar"),
]  # fmt: skip


@needs_sources
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_whatever_it_stands_on(scheme: str) -> None:
    colours = _colours("light") | (_colours("dark") if scheme == "dark" else {})
    assert [pair for pair in TEXT_ON if _contrast(colours[pair[0]], colours[pair[1]]) < 4.5] == []
    edges = [("edge", "surface"), ("edge", "page"), *((f"series-{n}", "surface") for n in range(1, 7))]
    assert [pair for pair in edges if _contrast(colours[pair[0]], colours[pair[1]]) < 3] == []
    on_bar = "#ffffff" if scheme == "light" else "#06222e"
    assert [n for n in range(1, 7) if _contrast(colours[f"series-{n}"], on_bar) < 4.5] == []


def test_the_facts_of_a_case_fold_without_script() -> None:
    header = CaseHeader("CIPAYUNG/2026/0001", "Siti Aminah", facts=[Fact("Manajer", "Rini Wulandari")])
    drawn = BeautifulSoup(tags.case_header(header), "html.parser")
    fold = drawn.select_one(".case-header > details.case-fold")
    assert fold is not None
    assert fold.dd is not None
    assert ("open" in fold.attrs, fold.summary is not None, fold.dd.get_text()) == (False, True, "Rini Wulandari")
