"""A report that is received and decided in one go leads to its person; whoever is new is registered there and then."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from serasi.access.tests.pages import MOST_STATEMENTS, browser, counted
from serasi.cases.models import Report, Triage
from serasi.cases.queries.reports import named_in
from serasi.cases.tests.factories import World, as_user, make_person
from serasi.common.identifiers import uuid7


def told(world: World, who: str, **facts: str) -> dict[str, Any]:
    at = timezone.localtime(timezone.now() - timedelta(minutes=10))
    return {
        "id": str(uuid7()),
        "unit": str(world.panti.pk),
        "channel": "datang_langsung",
        "received_at_day": f"{at:%d/%m/%Y}",
        "received_at_time": f"{at:%H.%M}",
        "subject_description": who,
        "narrative": "Rumahnya kebanjiran.",
        "urgency": "ordinary",
        "open_case": "1",
        **facts,
    }


@pytest.mark.parametrize(
    ("description", "name"),
    [
        ("Wagiman Tirtorejo, ±71", "Wagiman Tirtorejo"),
        ("Bu Siti Aminah (tetangga)", "Bu Siti Aminah"),
        ("D'Costa", "D'Costa"),
        ("Laki-laki, ±40, Pasar Senen", ""),
        ("anak perempuan menangis", ""),
        ("±40, kemeja biru", ""),
        ("Nomor 7", ""),
        ("orang yang tidur di depan toko sejak kemarin", ""),
        ("", ""),
    ],
)
def test_a_description_names_someone_or_says_what_is_seen(description: str, name: str) -> None:
    assert named_in(description) == name


def test_whoever_is_new_is_registered_on_the_next_screen_and_their_name_stands_in_no_address(world: World) -> None:
    client = browser(world.owner)
    report = told(world, "Wagiman Tirtorejo, ±71")

    answer = client.post(reverse("cases:receive"), report, follow=True)

    addresses = [address for address, _status in answer.redirect_chain]
    assert [address.partition("?")[0] for address in addresses] == [
        reverse("cases:report_person", args=[report["id"]]),
        reverse("people:register"),
    ]
    assert "Wagiman" not in "".join(addresses)
    page = BeautifulSoup(answer.content, "html.parser")
    name = page.select_one("input[name=full_name]")
    assert (name and name["value"]) == "Wagiman Tirtorejo"
    assert "Tidak ada orang terdaftar yang namanya seperti itu" in page.get_text()
    facts = {"id": str(uuid7()), "full_name": "Wagiman Tirtorejo", "identity_state": "menurut_pengakuan", "sex": "L"}
    made = client.post(addresses[-1], {**facts, "no_nik_reason": "tidak_membawa_dokumen"})
    assert made["Location"] == f"{reverse('cases:open', args=[report['id']])}?orang={facts['id']}"


def test_whoever_may_be_known_is_shown_with_why_before_anyone_is_registered(world: World) -> None:
    make_person(world, "Wagiman Tirtoredjo")
    client = browser(world.owner)
    sent = client.post(reverse("cases:receive"), told(world, "Wagiman Tirtorejo"))
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(sent["Location"])
    assert counted(queries) <= MOST_STATEMENTS
    found = [(row["name"], bool(row["reasons"])) for row in answer.context["found"]]
    assert (answer.status_code, found) == (200, [("Wagiman Tirtoredjo", True)])


def test_a_name_that_is_not_told_is_not_looked_for(world: World) -> None:
    answer = browser(world.owner).post(reverse("cases:receive"), told(world, "Laki-laki, ±40"), follow=True)
    assert (answer.context["query"], answer.context["found"]) == ("", [])


def test_where_danger_is_seen_what_to_do_first_is_read_first(world: World) -> None:
    client = browser(world.owner)
    form = client.get(reverse("cases:receive")).context["form"]
    first = next(name for name in form.fields if name.startswith("danger_"))
    report = told(world, "Wagiman Tirtorejo", **{first: "yes"})
    answer = client.post(reverse("cases:receive"), report)
    assert answer["Location"] == reverse("cases:report", args=[report["id"]])
    assert "Kenali orangnya, buka kasus" in client.get(answer["Location"]).content.decode()


def test_the_same_form_twice_is_one_report_with_one_decision(world: World) -> None:
    client, report = browser(world.owner), told(world, "Wagiman Tirtorejo")
    answers = [client.post(reverse("cases:receive"), report).status_code for _ in range(3)]
    with as_user(world.owner):
        assert (answers, Report.objects.count(), Triage.objects.count()) == ([302] * 3, 1, 1)


def test_who_receives_but_does_not_decide_is_not_offered_to_open_a_case(world: World) -> None:
    client, report = browser(world.carer), told(world, "Wagiman Tirtorejo")
    buttons = BeautifulSoup(client.get(reverse("cases:receive")).content, "html.parser").select("main button")
    assert "Simpan dan buka kasus" not in [button.get_text(strip=True) for button in buttons]
    assert client.post(reverse("cases:receive"), report).status_code == 302
    with as_user(world.owner):
        assert (Report.objects.count(), Triage.objects.count()) == (1, 0)
