"""An emergency access opens a file for reading; nothing in it can be written."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from serasi.access import registry
from serasi.access.operations import NotAllowed
from serasi.access.permissions import may
from serasi.cases import operations
from serasi.cases.models import Case
from serasi.cases.operations import break_glass, classify
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.common.identifiers import uuid7

REASON = "Penghuni kejang, obat rutinnya tercatat di sini"
OF_THE_UNIT = {
    "cases.case.start",
    "cases.referral.answer",
    *(f"cases.report.{act}" for act in ("open", "receive", "triage")),
}
"""What the colleague may do at the whole unit anyway, and which touches no file."""


@pytest.fixture
def opened(world: World) -> Case:
    case = make_case(world)
    break_glass(id=uuid7(), case_id=case.pk, reason=REASON, by=world.colleague, at=now())
    return case


def writing_on_a_file() -> list[Any]:
    found: list[Any] = []
    for name in operations.__all__:
        act: Any = getattr(operations, name)
        code = getattr(act, "permission", "")
        if code and code not in OF_THE_UNIT and "case" in inspect.signature(act).parameters:
            found.append(pytest.param(act, id=name))
    return found


def test_an_emergency_reader_opens_the_file(world: World, opened: Case, client: Client, settings: Any) -> None:
    settings.SERASI_DEMO = True
    with as_user(world.colleague):
        assert may(world.colleague, OPEN_CASE_FILE, on=opened)
    client.force_login(world.colleague)
    page = client.get(reverse("cases:case", args=[opened.pk]))
    assert (page.status_code, page.context["can_walk"], page.context["can_classify"]) == (200, False, False)


@pytest.mark.parametrize("act", writing_on_a_file())
def test_every_operation_on_the_file_refuses_an_emergency_reader(
    world: World, opened: Case, act: Callable[..., Any]
) -> None:
    facts: dict[str, Any] = dict.fromkeys(inspect.signature(act).parameters)
    facts |= {"case": opened, "by": world.colleague.refresh_scope(), "at": now()}
    if "id" in facts:
        facts["id"] = uuid7()
    with pytest.raises(NotAllowed):
        act(**facts)


def test_no_permission_that_writes_reaches_the_file_of_an_emergency_reader(world: World, opened: Case) -> None:
    reached = {
        permission.code
        for permission in registry.permissions()
        if permission.code.startswith("cases.") and may(world.colleague, permission.code, on=opened)
    }
    reads = {"cases.case.open", *(f"cases.area.{area}" for area in ("health", "hiv", "psychiatry", "violence"))}
    assert reached == reads | OF_THE_UNIT


def test_a_file_sealed_meanwhile_closes_to_an_emergency_reader(world: World, opened: Case) -> None:
    classify(case=opened, confidentiality="sealed", tags=[], by=world.owner, at=now())
    with as_user(world.colleague):
        assert not may(world.colleague, OPEN_CASE_FILE, on=opened)
        assert not Case.objects.filter(pk=opened.pk).exists()
