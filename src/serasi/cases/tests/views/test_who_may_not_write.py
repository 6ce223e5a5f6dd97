"""Who may not write in a file is shown neither its forms nor the buttons to them; the page asks what the act asks."""

from collections.abc import Iterator
from typing import Any, Final

import pytest
from bs4 import BeautifulSoup
from django.urls import Resolver404, resolve, reverse

from serasi.access.models import User
from serasi.access.tests.pages import browser
from serasi.cases.models import Case, Task
from serasi.cases.operations.aftercare import cancel_visit, plan_visit
from serasi.cases.operations.emergency import break_glass
from serasi.cases.operations.plan import submit_plan
from serasi.cases.operations.task import do_task, give_task
from serasi.cases.operations.writable import FileState, rule_of
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.cases.tests.operations.test_termination import approval_of, propose
from serasi.cases.tests.whole_file import addresses, make_whole_file
from serasi.cases.tests.work_factories import approve, make_plan, today
from serasi.common.identifiers import uuid7

REASON: Final = "Penghuni kejang, obat rutinnya tercatat di sini"
OWN_PAGES: Final = {"cases:break_glass", "cases:complete_report", "cases:report", "cases:report_person", "cases:open"}
"""What is not of the file: asking for the glass, and the desk's own reports."""
OF_OTHERS: Final = {
    "cases:looks",
    "cases:report_looks",
    "cases:accept_referral",
    "cases:refuse_referral",
    "cases:write_message",
    "cases:return_result",
    "cases:referral_document",
}
"""What reading the file does not open: who opened it, and both ends' part of a referral."""


def act_at(address: str) -> Any:
    """The act on a file whose form or button is at this address; None for a page that is read."""
    try:
        return getattr(resolve(address.partition("?")[0]).func, "act", None)
    except Resolver404:
        return None


def of_the_file(world: World, case: Case) -> Iterator[tuple[str, str]]:
    for name, address in addresses(world, case):
        if name not in OWN_PAGES:
            yield name, address


def asked_by(page: Any) -> set[str]:
    """Where the links and forms of a page lead."""
    soup = BeautifulSoup(page, "html.parser")
    links = {str(link["href"]) for link in soup.select("a[href]")}
    return links | {str(form["action"]) for form in soup.select("form[action]")}


@pytest.fixture
def whole(world: World) -> Case:
    case = make_case(world)
    make_whole_file(world, case)
    return case


@pytest.mark.slow
def test_an_emergency_reader_reads_every_page_and_is_shown_no_form(world: World, whole: Case) -> None:
    client = emergency_reader(world, whole)
    forms, read, offered, unguarded = {}, {}, set(), {}
    for name, address in of_the_file(world, whole):
        page = client.get(address)
        if page.status_code == 405:
            continue
        if act_at(address) is not None:
            forms[address] = page.status_code, "Akses darurat hanya untuk membaca" in page.content.decode()
            continue
        read[name] = page.status_code
        body = page.getvalue() if page.streaming else page.content
        offered |= {link for link in asked_by(body) if act_at(link) is not None}
        offered |= {name for _form in BeautifulSoup(body, "html.parser").select("main form[method=post]")}
        unguarded[name] = client.post(address, {}).status_code

    assert len(forms) > 40
    assert set(forms.values()) == {(403, True)}
    assert {name: read.pop(name) for name in OF_OTHERS} == dict.fromkeys(OF_OTHERS, 403) | {
        "cases:referral_document": 404
    }
    assert read == dict.fromkeys(read, 200) | {"cases:report_of_case": 302}
    assert offered == set()
    assert {name: status for name, status in unguarded.items() if status not in {403, 404, 405}} == {}


def emergency_reader(world: World, case: Case, reader: User | None = None) -> Any:
    """The colleague, who is not on the team, opened the file for an hour."""
    by = reader or world.colleague
    break_glass(id=uuid7(), case_id=case.pk, reason=REASON, by=by, at=now())
    return browser(by)


def test_a_task_of_ones_own_is_not_done_through_the_glass(world: World) -> None:
    case = make_case(world, team=(world.psychologist,))
    task = give_task(
        id=uuid7(), case=case, title="Antar", owner=world.psychologist, due_date=today(), by=world.owner, at=now()
    )
    with as_user(world.owner):
        member = case.teammembers.get(user=world.psychologist)
        member.case = case
    browser(world.owner).post(reverse("cases:end_member", args=[case.pk, member.pk]))
    client = emergency_reader(world, case, world.psychologist)

    url = reverse("cases:do_task", args=[case.pk, task.pk])
    assert [client.get(url).status_code, client.post(url, {"revision": "1"}).status_code] == [403, 403]
    assert url not in client.get(reverse("cases:case", args=[case.pk])).content.decode()
    assert url not in client.get(reverse("cases:team", args=[case.pk])).content.decode()
    with as_user(world.owner):
        assert Task.objects.get(pk=task.pk).done_at is None
    do_task(task=task, by=world.owner, at=now())


def test_a_closed_file_says_so_before_anything_is_typed(world: World, whole: Case) -> None:
    close(world, whole)
    client = browser(world.owner)
    said: dict[str, set[tuple[int, bool, FileState]]] = {}
    for name, address in of_the_file(world, whole):
        act = act_at(address)
        if act is not None and (page := client.get(address)).status_code != 405:
            is_said = "Kasus ini sudah ditutup" in page.content.decode()
            said.setdefault(name, set()).add((page.status_code, is_said, rule_of(act).state))

    assert {state for found in said.values() for _status, _said, state in found} == set(FileState)
    for name, found in said.items():
        for status, is_said, state in found:
            assert is_said == (state is FileState.OPEN), name
            assert status in ({422} if is_said else {200, 403, 404, 422}), name


def close(world: World, case: Case) -> None:
    with as_user(world.owner):
        case = Case.objects.select_related("stage", "unit").get(pk=case.pk)
    approve(approval_of(world, propose(world, case)), world.supervisor)


def test_what_is_settled_meanwhile_says_so_before_anything_is_typed(world: World) -> None:
    case = make_case(world)
    visit = plan_visit(id=uuid7(), case=case, due_date=today(), owner=world.owner, by=world.owner, at=now())
    cancel_visit(visit=visit, reason="Pindah", by=world.owner, at=now())
    plan = make_plan(case, world.owner)
    submit_plan(plan=plan, revision=plan.revision, by=world.owner, at=now())
    client = browser(world.owner)

    for name, record, said in (
        ("hold_visit", visit, "Kunjungan ini sudah dilakukan atau dibatalkan"),
        ("change_plan", plan, "Rencana ini sudah diajukan atau disetujui"),
    ):
        page = client.get(reverse(f"cases:{name}", args=[case.pk, record.pk]))
        assert (page.status_code, said in page.content.decode()) == (422, True), name


def test_a_file_that_is_open_is_not_taken_up_again(world: World) -> None:
    case = make_case(world)
    page = browser(world.owner).get(reverse("cases:reopen_case", args=[case.pk]))
    assert (page.status_code, "Kasus ini masih terbuka." in page.content.decode()) == (422, True)
