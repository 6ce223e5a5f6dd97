"""Every address × every role × a record of one's own, a colleague's, another unit's and a sealed one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from serasi.access.enums import Role, UnitKind
from serasi.access.models import User
from serasi.access.scope import Guard
from serasi.access.tests.factories import make_staff, make_unit
from serasi.cases.enums import Confidentiality
from serasi.cases.models import Case, Report
from serasi.cases.operations.confidentiality import classify
from serasi.cases.tests.factories import World, as_user, find_world, make_case, make_report, now
from serasi.common.identifiers import uuid7
from serasi.people.models import Person
from tests.contracts.routes import BOUND_BY_STATE, DECISIONS, OPEN, SIGNED_IN, Decision

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]
REFUSED = {403, 404}
WORDS = {
    "domain": "social",
    "to": "atensi_nasional.asesmen",
    "code": "tidak-ada",
    "set_code": "foyer",
    "template": "sentra",
    "key": "x-y",
    "uidb36": "1",
}


def routes(patterns: Any = None, namespace: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every named address with the names of its parts."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", tuple(entry.pattern.regex.groupindex)
        else:
            yield from routes(entry.url_patterns, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


ROUTES = sorted(routes())


@dataclass(frozen=True)
class House:
    """The people and the records that the sweep walks through."""

    world: World
    people: dict[str, User]
    cases: dict[str, Case]
    reports: dict[str, Report]

    def records(self, kind: str) -> dict[str, Any]:
        known: dict[str, dict[str, Any]] = {
            "case": {name: case.pk for name, case in self.cases.items()},
            "person": {name: case.person_id for name, case in self.cases.items()},
            "report": {name: report.pk for name, report in self.reports.items()},
            "unit": {"own": self.world.panti.pk, "other": self.world.other.pk},
            "user": {"own": self.world.colleague.pk, "other": self.world.outsider.pk},
            "stranger": {"stranger": uuid7()},
        }
        return known.get(kind, {"": None})


@pytest.fixture
def house(db: None) -> House:
    world = find_world()
    cases = {
        "own": make_case(world),
        "colleague's": make_case(world, by=world.colleague),
        "other unit's": make_case(world, by=world.outsider, unit=world.other),
        "sealed": make_case(world),
    }
    classify(
        case=cases["sealed"],
        confidentiality=Confidentiality.SEALED,
        tags=[],
        by=world.owner,
        at=now(),
    )
    people = {
        "owner": world.owner,
        "colleague": world.colleague,
        "outsider": world.outsider,
        "psychologist": world.psychologist,
        "carer": world.carer,
        "supervisor": world.supervisor,
        "head": world.head,
        "dinas officer": world.officer,
        "administrator": world.administrator,
        "ministry officer": make_staff(Role.MINISTRY_OFFICER, make_unit(code="KEMENTERIAN", kind=UnitKind.MINISTRY)),
        "LKS worker": make_staff(Role.LKS_WORKER, make_unit(world.dinas, code="LKS", kind=UnitKind.LKS)),
        "instructor": make_staff(Role.INSTRUCTOR, world.panti),
        "field assistant": make_staff(Role.FIELD_ASSISTANT, world.panti),
        "partner": make_staff(Role.PARTNER, world.panti),
        "student": make_staff(Role.STUDENT, world.panti),
        "resident": make_staff(Role.RESIDENT, world.panti),
    }
    reports = {
        "own": make_report(world),
        "other": make_report(world, by=world.outsider, unit=world.other),
    }
    return House(world, people, cases, reports)


PEOPLE = (
    "owner",
    "colleague",
    "outsider",
    "psychologist",
    "carer",
    "supervisor",
    "head",
    "dinas officer",
    "administrator",
    "instructor",
    "field assistant",
    "ministry officer",
    "LKS worker",
    "partner",
    "student",
    "resident",
)


def address(name: str, parts: tuple[str, ...], record: Any) -> str:
    """The address with the record in its first part, strangers' ids and plain words in the others."""
    arguments: dict[str, Any] = {}
    for place, part in enumerate(parts):
        if place == 0 and record is not None:
            arguments[part] = record
        elif part in WORDS:
            arguments[part] = WORDS[part]
        else:
            arguments[part] = 1 if name.startswith("mfa_") else uuid7()
    return reverse(name, kwargs=arguments)


def ask(client: Client, path: str) -> int:
    """The status of the page, or of its act when it has no page of its own."""
    status = client.get(path).status_code
    return client.post(path, {}).status_code if status == 405 else status


def test_every_route_has_a_decision() -> None:
    assert {name for name, _parts in ROUTES} == set(DECISIONS)


def test_whoever_is_not_signed_in_is_sent_to_sign_in(db: None, client: Client) -> None:
    closed = [(name, parts) for name, parts in ROUTES if DECISIONS[name].asks != OPEN]

    sent = {name: client.get(address(name, parts, None)).headers.get("Location", "") for name, parts in closed}

    assert {name: to for name, to in sent.items() if not to.startswith("/masuk/")} == {}


@pytest.mark.parametrize("who", PEOPLE)
def test_a_person_comes_only_where_a_decision_lets_them(house: House, who: str, client: Client, settings: Any) -> None:
    settings.SERASI_DEMO = True  # second factors have tests of their own
    user = house.people[who]
    client.force_login(user)
    client.raise_request_exception = False
    wrong = []
    for name, parts in ROUTES:
        decision = DECISIONS[name]
        if decision.asks == OPEN or name.startswith(("account_", "mfa_")):
            continue
        is_certain = len(parts) <= 1 and decision.record != "stranger" and name not in BOUND_BY_STATE
        for which, record in house.records(decision.record).items():
            status = ask(client, address(name, parts, record))
            may_come = allowed(house, user, decision, which)
            if (
                status >= 500
                or (not may_come and status not in REFUSED)
                or (may_come and is_certain and status in REFUSED)
            ):
                wrong.append(f"{name} ({which}): {status}, {'holds' if may_come else 'lacks'} {decision.asks}")

    assert "\n".join(wrong) == ""


def allowed(house: House, user: User, decision: Decision, which: str) -> bool:
    """What the decision says for this user and record, worked out from the registry and the records alone."""
    if decision.asks == SIGNED_IN:
        return True
    if not user.scope.has(decision.asks):
        return False
    with as_user(user):
        return any(user.scope.allows(decision.asks, guard) for guard in guards(house, user, decision, which))


def guards(house: House, user: User, decision: Decision, which: str) -> Iterator[Guard]:
    """Where the record sits for the user; nothing when they do not see it, everywhere when the route names none."""
    match decision.record:
        case "case":
            yield house.cases[which].guard_for(user)
        case "person":
            for person in Person.objects.visible_to(user).filter(pk=house.cases[which].person_id):
                yield from person.guards_for(user)
        case "report":
            yield house.reports[which].guard_for(user)
        case "unit" | "user":
            yield Guard((house.world.panti if which == "own" else house.world.other).path)
        case _:
            yield Guard("", is_team=True, is_own=True)
