"""Cycles, reviews and cohorts as those meet them who turn them."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from serasi.access.enums import Role
from serasi.access.models import User
from serasi.access.tests.factories import make_staff
from serasi.access.tests.pages import MOST_STATEMENTS, browser, read, statements, words
from serasi.cases.enums import Confidentiality
from serasi.cases.models import Case, Task
from serasi.cases.operations.confidentiality import classify
from serasi.cases.queries.plan import goals_to_judge
from serasi.cases.tests.factories import World, as_user, make_person, now
from serasi.cases.tests.work_factories import make_approved_plan
from serasi.common.identifiers import uuid7
from serasi.cycles import operations as cycles
from serasi.cycles.models import Cohort, Cycle, Meeting, Rating, Review
from serasi.cycles.operations import Guest
from serasi.cycles.tests.factories import answers, hold, months_ago, old_case, rate, review_of, start
from serasi.people.operations import give_own_access

pytestmark = pytest.mark.django_db


def rows(page: BeautifulSoup) -> list[str]:
    return [words(row) for row in page.select("tbody tr")]


def day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


def today(case: Case) -> date:
    return case.unit.day_at(now())


def url(name: str, *args: Any) -> str:
    return reverse(f"cycles:{name}", args=[getattr(one, "pk", one) for one in args])


@pytest.fixture
def case(world: World) -> Case:
    return old_case(world, "Dedi Kurnia", team=(world.psychologist, world.carer))


# --- one person


def test_a_cycle_begins_from_the_file_and_the_panel_tells_what_is_next(world: World, case: Case) -> None:
    rini = browser(world.owner)
    panel = words(read(rini, url("of_case", case)))
    assert "Belum ada siklus" in panel

    answer = rini.post(url("start", case), {"id": str(uuid7()), "starts_on": day(months_ago(case, 1)), "months": "4"})
    assert answer.status_code == 302, answer.content.decode()

    panel = words(BeautifulSoup(rini.get(url("of_case", case), headers={"HX-Request": "true"}).content, "html.parser"))
    assert panel.startswith("Siklus 1 Tinjauan terlambat")
    assert "Tinjauan awal" in panel


def test_a_day_that_cannot_be_is_said_beside_the_form_and_starts_nothing(world: World, case: Case) -> None:
    rini = browser(world.owner)
    for typed in ({"starts_on": "31/02/2026", "months": "4"}, {"starts_on": day(today(case)), "months": "99"}, {}):
        answer = rini.post(url("start", case), {"id": str(uuid7()), **typed})
        assert answer.status_code == 422
    with as_user(world.owner):
        assert Cycle.objects.count() == 0


def test_a_cycle_is_ended_taken_up_again_and_voided(world: World, case: Case) -> None:
    rini, cycle = browser(world.owner), start(case, world.owner)

    assert rini.post(url("end", cycle), {"ended_on": day(today(case)), "reason": "Pindah"}).status_code == 302
    assert "Diakhiri lebih awal" in words(read(rini, url("of_case", case)))
    assert rini.post(url("resume", cycle)).status_code == 302
    assert rini.post(url("void", cycle), {"reason": "Salah orang"}).status_code == 302
    assert "Siklus yang keliru" in words(read(rini, url("of_case", case)))
    assert rini.post(url("void", cycle), {"reason": "Salah orang"}).status_code == 422


# --- a review


def held(case: Case, **typed: Any) -> dict[str, Any]:
    return {
        "id": str(uuid7()),
        "was_there": "yes",
        "own_words": "Saya sudah berani bertanya.",
        "held_on": day(today(case)),
        "summary": "Ia makin percaya diri.",
        **typed,
    }


def test_an_entry_review_is_planned_printed_and_held_with_the_person(world: World, case: Case) -> None:
    rini = browser(world.owner)
    entry = review_of(start(case, world.owner), "entry", reader=world.owner)
    tomorrow = today(case) + timedelta(days=1)
    planned = {
        "revision": "1", "planned_at_day": day(tomorrow), "planned_at_time": "09.00", "place": "Ruang rapat",
        "staff": [str(world.psychologist.pk)], "guest_1": "Ibu Sumi", "guest_1_as": "Ibu",
    }  # fmt: skip
    assert rini.post(url("plan", entry), planned).status_code == 302

    paper = words(read(rini, url("invitations", entry)))
    assert re.findall(r"Yth\. (\S+ \S+)", paper) == ["Dedi Kurnia", "Maya Psikolog", "Ibu Sumi"]

    form = read(rini, url("hold", entry))
    assert form.find("input", {"name": "guest_1"})["value"] == "Ibu Sumi"  # type: ignore[index]
    typed = held(
        case, staff=[str(world.psychologist.pk)], guest_1="Ibu Sumi", guest_1_as="Ibu",
        decision_1="Daftar ke PKBM", decision_1_owner=str(world.owner.pk), decision_1_due=day(tomorrow),
    )  # fmt: skip
    assert rini.post(url("hold", entry), typed).status_code == 302
    assert rini.post(url("hold", entry), typed).status_code == 302  # sent twice

    page = words(read(rini, url("review", entry)))
    assert page.index("Saya sudah berani bertanya.") < page.index("Ia makin percaya diri.")
    for sentence in ("Hadir sendiri", "Ibu Sumi", "Daftar ke PKBM"):
        assert sentence in page
    with as_user(world.owner):
        assert (Meeting.objects.count(), Task.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"was_there": "no"}, "Tulis mengapa orangnya tidak hadir."),
        ({"summary": ""}, "“Ringkasan” belum diisi."),
        ({"held_on": "01/01/2099"}, "Tanggal ini belum tiba."),
        ({"decision_1": "Daftar"}, "Keputusan memerlukan isi"),
        ({"was_there": "perhaps"}, "Pilih"),
        ({"id": "no-id"}, "Halaman ini sudah tidak berlaku."),
    ],
)
def test_what_is_wrong_in_a_review_is_said_and_nothing_is_kept(
    world: World, case: Case, typed: dict[str, str], sentence: str
) -> None:
    entry = review_of(start(case, world.owner), "entry", reader=world.owner)

    answer = browser(world.owner).post(url("hold", entry), held(case) | typed)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with as_user(world.owner):
        assert Meeting.objects.count() == 0


def test_a_closing_review_asks_for_every_goal_and_hands_on_what_is_left(world: World, case: Case) -> None:
    make_approved_plan(world, case)
    with as_user(world.owner):
        [goal] = goals_to_judge(case)
    rini, cycle = browser(world.owner), start(case, world.owner, starts_on=months_ago(case, 4))
    closing = review_of(cycle, "closing", reader=world.owner)

    answer = rini.post(url("hold", closing), held(case))
    assert (answer.status_code, "Jawab tujuan “Bekerja tiga hari seminggu”" in answer.text) == (422, True)
    typed = held(case) | {
        f"result_{goal.pk}": "partly", f"reason_{goal.pk}": "Baru dua hari", f"carries_{goal.pk}": "on",
        "next_starts_on": day(max(cycle.ends_on, today(case)) + timedelta(days=1)),
    }  # fmt: skip
    assert rini.post(url("hold", closing), typed).status_code == 302

    with as_user(world.owner):
        following = Cycle.objects.exclude(pk=cycle.pk).get()
    entry = review_of(following, "entry", reader=world.owner)
    for page in (read(rini, url("review", entry)), read(rini, url("hold", entry))):
        assert "Dibawa dari siklus sebelumnya Bekerja tiga hari seminggu" in words(page)
    assert "Tercapai sebagian" in words(read(rini, url("review", closing)))


def test_a_review_is_corrected_and_withdrawn_and_its_history_stays(world: World, case: Case) -> None:
    rini = browser(world.owner)
    entry = review_of(start(case, world.owner), "entry", reader=world.owner)
    hold(entry, world.owner, guests=[Guest(name="Ibu Sumi")])

    form = read(rini, url("correct", entry))
    assert form.find("input", {"name": "guest_1"})["value"] == "Ibu Sumi"  # type: ignore[index]
    typed = held(case, summary="Ia pulang ke ibunya.", reason="Salah catat")
    assert rini.post(url("correct", entry), typed).status_code == 302
    page = words(read(rini, url("review", entry)))
    assert "Ia pulang ke ibunya." in page
    assert "Alasan pembetulan: Salah catat" in page

    assert rini.post(url("withdraw", entry), {"reason": "Orang lain"}).status_code == 302
    assert "Belum terlaksana" in words(read(rini, url("review", entry)))
    assert rini.get(url("correct", entry)).status_code == 404


def test_a_child_in_court_is_initials_for_whoever_is_not_with_them_and_on_paper(world: World) -> None:
    case = old_case(world, "Bejo Wibowo")
    entry = review_of(start(case, world.owner), "entry", reader=world.owner)
    cycles.plan_review(
        review=entry, revision=1, planned_at=now() + timedelta(days=1), place="", by=world.owner, at=now(),
        guests=[Guest(name="Ibu dari Bejo Wibowo")],
    )  # fmt: skip
    with as_user(world.owner):
        case.refresh_from_db()
    classify(case=case, revision=case.revision, confidentiality=Confidentiality.SPPA, by=world.owner, at=now(), tags=[])

    for address in (
        url("of_case", case), url("review", entry), url("invitations", entry), url("list"), url("curve", case),
    ):  # fmt: skip
        assert "Bejo" not in browser(world.supervisor).get(address).text, address
    paper = browser(world.owner).get(url("invitations", entry)).text.partition("<main")[2]
    assert "Bejo" not in paper


def test_the_time_line_of_the_file_tells_of_cycles_and_reviews(world: World, case: Case) -> None:
    cycle = start(case, world.owner)
    hold(review_of(cycle, "entry", reader=world.owner), world.owner)

    page = words(read(browser(world.owner), reverse("cases:case", args=[case.pk])))

    assert "Siklus dimulai" in page
    assert "Tinjauan siklus: Tinjauan awal" in page
    assert "Sepakat meneruskan latihan." in page


# --- ratings


def test_ratings_are_taken_down_corrected_and_drawn_over_all_cycles(world: World, case: Case) -> None:
    rini, cycle = browser(world.owner), start(case, world.owner, starts_on=months_ago(case, 3))
    hold(review_of(cycle, "entry", reader=world.owner), world.owner)
    rate(case, world.owner, {"education": 1}, rated_on=cycle.starts_on)
    rate(case, world.owner, {"education": 2}, voice="coach", rated_on=cycle.starts_on + timedelta(days=40))
    typed = {"id": str(uuid7()), "voice": "self", "rated_on": day(today(case)), "step_education": "4"}
    assert rini.post(url("rate", case, "foyer"), typed).status_code == 302

    page = read(rini, url("curve", case))
    assert rows(page)[:2][0].startswith("Pendidikan Ia sendiri 1")
    assert rows(page)[0].endswith("+3")
    assert len(page.select("figure.chart-line")) == 1
    assert "A1" in [words(one) for one in page.select("figure text")]
    with as_user(world.owner):
        latest = Rating.objects.get(step=4)
    corrected = {"id": str(uuid7()), "step": "3", "words": "", "reason": "Salah dengar"}
    assert rini.post(url("correct_rating", latest), corrected).status_code == 302
    assert rows(read(rini, url("curve", case)))[0].endswith("+2")
    with as_user(world.owner):
        latest = Rating.objects.in_force().get(step=3)
    assert rini.post(url("withdraw_rating", latest), {"reason": "Tidak jadi"}).status_code == 302
    assert rini.post(url("withdraw_rating", latest), {"reason": "Tidak jadi"}).status_code == 404


def test_an_empty_round_or_an_unknown_step_is_refused(world: World, case: Case) -> None:
    rini = browser(world.owner)
    whole = {"voice": "self", "rated_on": day(today(case))}
    for typed in ({}, {"step_education": "9"}, {"voice": "", "step_education": "2"}):
        answer = rini.post(url("rate", case, "foyer"), {"id": str(uuid7()), **whole, **typed})
        assert answer.status_code == 422
    assert rini.get(url("rate", case, "horoscope")).status_code == 404


# --- cohorts and the unit


def test_three_begin_together_and_the_cohort_has_one_table(world: World) -> None:
    three = [old_case(world, name) for name in ("Asep A", "Bejo B", "Cahyo C")]
    rini = browser(world.owner)
    typed = {
        "id": str(uuid7()), "name": "Angkatan Maret", "starts_on": day(months_ago(three[0], 1)), "months": "4",
        "cases": [str(case.pk) for case in three],
    }  # fmt: skip
    for _sent_twice in range(2):
        assert rini.post(url("start_cohort", world.panti), typed).status_code == 302
    with as_user(world.owner):
        cohort = Cohort.objects.get()
    answer = rini.post(url("start_cohort", world.panti), typed | {"id": str(uuid7()), "name": "Lagi"})
    assert (answer.status_code, "Masih dalam siklus lain" in answer.text) == (422, True)

    table = rows(read(rini, url("cohort", cohort)))
    assert [row.partition(" CIPAYUNG")[0] for row in table] == ["Asep A", "Bejo B", "Cahyo C"]
    late = old_case(world, "Dedi D")
    joined = {"id": str(uuid7()), "case": str(late.pk), "starts_on": day(today(late))}
    assert rini.post(url("join", cohort), joined).status_code == 302
    assert "menyusul" in rows(read(rini, url("cohort", cohort)))[3]
    # Who sees cohorts and may not open those files sees that there is one, and nobody in it.
    assert rows(read(browser(world.carer), url("cohort", cohort))) == []


def test_the_list_tells_who_is_late_and_finds_a_name(world: World) -> None:
    late, later = old_case(world, "Asep Terlambat"), old_case(world, "Bejo Nanti")
    start(late, world.owner, starts_on=months_ago(late, 1))
    start(later, world.owner, starts_on=today(later))
    rini = browser(world.owner)

    def names(query: str) -> list[str]:
        return [row.partition(" CIPAYUNG")[0] for row in rows(read(rini, url("list") + query))]

    assert names("") == ["Asep Terlambat", "Bejo Nanti"]
    assert names("?state=late") == ["Asep Terlambat"]
    assert names("?q=Bejo") == ["Bejo Nanti"]
    assert names("?state=over") == []
    assert names("?state=nonsense&cohort=1&unit=x") == ["Asep Terlambat", "Bejo Nanti"]


def test_the_head_counts_what_is_late_and_the_owner_has_it_to_do(world: World, case: Case) -> None:
    cycle = start(case, world.owner, starts_on=months_ago(case, 1))

    def tile(user: User) -> list[str]:
        page = read(browser(user), "/")
        found = [words(one) for one in page.select(".tile")]
        return [one for one in found if "tinjauan terlambat" in one]

    assert tile(world.head) == ["1 tinjauan terlambat"]
    assert tile(world.other_head) == ["0 tinjauan terlambat"]
    assert tile(world.owner) == []
    assert "Tinjauan: Tinjauan awal" in words(read(browser(world.owner), "/"))
    assert rows(read(browser(world.head), url("list") + "?state=late")) != []
    hold(review_of(cycle, "entry", reader=world.owner), world.owner)
    assert tile(world.head) == ["0 tinjauan terlambat"]
    assert "Tinjauan: Tinjauan awal" not in words(read(browser(world.owner), "/"))


def test_a_unit_sets_how_it_turns(world: World) -> None:
    bambang = browser(world.head)
    typed = {
        "id": str(uuid7()), "revision": "1", "months": "6", "entry_share": "5", "midpoint_share": "50",
        "closing_share": "100",
    }  # fmt: skip
    assert bambang.post(url("practice", world.panti), typed).status_code == 302
    assert read(bambang, url("practice", world.panti)).find("input", {"name": "months"})["value"] == "6"  # type: ignore[index]
    assert (
        bambang.post(url("practice", world.panti), typed | {"midpoint_share": "3", "revision": "1"}).status_code == 422
    )
    assert browser(world.owner).get(url("practice", world.panti)).status_code == 403


# --- who


def test_a_carer_reads_without_a_button_and_outsiders_find_nothing(world: World, case: Case) -> None:
    cycle = start(case, world.owner)
    entry = review_of(cycle, "entry", reader=world.owner)

    page = read(browser(world.carer), url("review", entry))
    assert [one.get_text(strip=True) for one in page.select("main .page-header a")] == []
    assert browser(world.carer).get(url("hold", entry)).status_code == 403
    for address in (url("of_case", case), url("curve", case), url("review", entry)):
        for stranger in (world.colleague, world.outsider):
            assert browser(stranger).get(address).status_code == 404
    assert browser(world.officer).get(url("review", entry)).status_code == 404
    assert browser(world.administrator).get(url("list")).status_code == 403


def test_the_person_reads_their_own_and_nothing_of_others(world: World) -> None:
    rizki = make_staff(Role.RESIDENT, world.panti, "Rizki Ramadani")
    person = make_person(world, "Rizki Ramadani", at=now() - timedelta(days=400))
    give_own_access(person=person, user=rizki, by=world.head, at=now())
    case = old_case(world, person=person)
    make_approved_plan(world, case)
    cycle = start(case, world.owner, starts_on=months_ago(case, 4))
    hold(
        review_of(cycle, "closing", reader=world.owner), world.owner,
        answers=answers(case, reader=world.owner, carries_over=True),
    )  # fmt: skip
    rate(case, world.owner, {"civic": 3})
    other = old_case(world, "Orang Lain")
    hold(review_of(start(other, world.owner), "entry", reader=world.owner), world.owner, summary="Rahasia orang lain.")

    client = browser(rizki)
    page = words(read(client, url("own")))
    for sentence in (
        "Saya ingin bekerja di bengkel.",
        "Bekerja tiga hari seminggu",
        "Tercapai sebagian",
        "Peran serta",
    ):
        assert sentence in page
    assert "Rahasia orang lain." not in page
    assert client.get(url("of_case", case)).status_code in {403, 404}
    assert url("own") in client.get("/").text


# --- what it costs


@pytest.mark.slow
def test_pages_cost_the_same_for_one_and_for_three(world: World) -> None:
    rini = browser(world.owner)

    def grow(number: int) -> Case:
        case = old_case(world, days=600)
        for turn, ago in enumerate((16, 12, 8)[: number + 1]):
            cycle = start(case, world.owner, starts_on=months_ago(case, ago))
            hold(review_of(cycle, "entry", reader=world.owner), world.owner)
            rate(case, world.owner, {"civic": turn + 1, "health": 2}, rated_on=cycle.starts_on)
        return case

    small = grow(0)
    entry = Review.objects
    with as_user(world.owner):
        one_review = entry.filter(cycle__case=small, kind="entry").get()
    addresses = {"of_case": url("of_case", small), "curve": url("curve", small), "list": url("list"), "/": "/"}
    for address in addresses.values():
        rini.get(address)
    before = {name: statements(rini, address) for name, address in addresses.items()}
    large, _other = grow(2), grow(2)
    addresses |= {"of_case": url("of_case", large), "curve": url("curve", large)}
    for address in addresses.values():
        rini.get(address)
    after = {name: statements(rini, address) for name, address in addresses.items()}

    assert after == before
    assert max(after.values()) <= MOST_STATEMENTS
    assert statements(rini, url("review", one_review)) <= MOST_STATEMENTS
