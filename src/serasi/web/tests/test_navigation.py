"""The way through the house: few lines under the thumb, the others under headings, each as its reader may go."""

from typing import Any

from serasi.access.models import User
from serasi.access.tests.pages import browser, read, words
from serasi.cases.tests.factories import World
from serasi.web.navigation import ABOVE, GROUPS, LEADS, USUAL


def lines_of(user: User) -> list[dict[str, Any]]:
    return list(browser(user).get("/").context["navigation"])


def test_what_leads_the_day_of_a_role_stands_under_the_thumb(world: World) -> None:
    under_the_thumb = {
        name: [str(line["label"]) for line in lines_of(getattr(world, name))[:ABOVE]]
        for name in ("owner", "carer", "supervisor", "head", "officer", "administrator")
    }

    assert under_the_thumb == {
        "owner": ["Hari ini", "Kasus", "Orang", "Hunian"],
        "carer": ["Hari ini", "Harian", "Hunian", "Keselamatan"],
        "supervisor": ["Hari ini", "Persetujuan supervisor", "Kasus", "Orang"],
        "head": ["Hari ini", "Kasus", "Hunian", "Laporan masuk"],
        "officer": ["Hari ini", "Laporan masuk", "Rujukan", "Kasus"],
        "administrator": ["Hari ini", "Unit dan petugas", "Siapkan unit baru", "Kewenangan"],
    }


def test_a_head_scans_some_twenty_lines_by_four_headings_and_no_line_stands_twice(world: World) -> None:
    lines = lines_of(world.head)

    headings = list(dict.fromkeys(str(line["group"]) for line in lines))
    assert headings == ["", "Orang dan kasus", "Rumah", "Laporan dan rujukan", "Unit"]
    assert [str(line["group"]) for line in lines] == sorted(
        (str(line["group"]) for line in lines), key=headings.index
    )  # each heading once
    assert len({line["url"] for line in lines}) == len(lines) == 25


def test_a_list_that_is_short_needs_no_headings(world: World) -> None:
    assert {str(line["group"]) for line in lines_of(world.administrator)} == {""}


def test_the_line_of_the_present_page_is_marked_and_its_heading_is_its_name(world: World) -> None:
    page = read(browser(world.head), "/kasus/rujukan/")

    side = page.select_one("nav[aria-label=Utama]")
    assert side is not None
    assert [(words(one), one["aria-current"]) for one in side.select("[aria-current]")] == [("Rujukan", "page")]
    named = {words(page.select_one(f"#{one['aria-labelledby']}")) for one in side.select("ul[aria-labelledby]")}
    assert named == {"Orang dan kasus", "Rumah", "Laporan dan rujukan", "Unit"}
    ids = [one["id"] for one in page.select("[id]")]
    assert len(ids) == len(set(ids))


def test_what_leads_a_day_is_a_line_of_the_navigation() -> None:
    known = {entry.url_name for _group, entries in GROUPS for entry in entries}

    assert {name for names in (*LEADS.values(), USUAL) for name in names} - known == set()
