"""A house with people who have names, and cases made through the operations.

``world()`` is the house; ``make_case(world)`` opens a case as its owner does. `as_user` reads with someone's eyes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from serasi.access.enums import Role, UnitKind
from serasi.access.models import Unit, User
from serasi.access.operations import acting
from serasi.access.tests.factories import make_posting, make_unit, make_user
from serasi.cases.enums import TriageOutcome, Urgency
from serasi.cases.models import Case, Report, Triage
from serasi.cases.operations.case import open_case
from serasi.cases.operations.report import UNKNOWN, receive_report
from serasi.cases.operations.team import add_member
from serasi.cases.operations.triage import triage
from serasi.cases.reference import danger_screen
from serasi.common.identifiers import uuid7
from serasi.people import operations as people
from serasi.people.enums import IdentityState
from serasi.people.models import Person

_number = count(1)
_FIRST = ("Asep", "Bejo", "Cahyo", "Dedi", "Eko", "Fajar", "Gilang", "Hendra", "Iwan", "Joko", "Kusno", "Lukman")
_LAST = (
    "Suryana",
    "Prakoso",
    "Wibowo",
    "Nugraha",
    "Hutapea",
    "Lesmana",
    "Maulana",
    "Sihombing",
    "Tarigan",
    "Yudistira",
)


def now() -> datetime:
    """This moment on the clock of the house: its ``date()`` is the house's day, also while it is yesterday in UTC."""
    return timezone.localtime()


@dataclass(frozen=True)
class World:
    """Two panti under one Dinas. ``owner`` has the cases; ``colleague`` works beside them; ``outsider`` elsewhere."""

    dinas: Unit
    panti: Unit
    other: Unit
    owner: User
    colleague: User
    psychologist: User
    carer: User
    supervisor: User
    head: User
    outsider: User
    other_head: User
    officer: User
    administrator: User

    def everyone(self) -> tuple[User, ...]:
        return (
            self.owner,
            self.colleague,
            self.psychologist,
            self.carer,
            self.supervisor,
            self.head,
            self.outsider,
            self.other_head,
            self.officer,
            self.administrator,
        )


STAFF = {
    "owner": (Role.SOCIAL_WORKER, "CIPAYUNG", "Rini Wulandari"),
    "colleague": (Role.SOCIAL_WORKER, "CIPAYUNG", "Agus Salim"),
    "psychologist": (Role.PSYCHOLOGIST, "CIPAYUNG", "Maya Psikolog"),
    "carer": (Role.CARER, "CIPAYUNG", "Siti Pengasuh"),
    "supervisor": (Role.SUPERVISOR, "CIPAYUNG", "Wahyu Supervisor"),
    "head": (Role.HEAD, "CIPAYUNG", "Bambang Hartono"),
    "outsider": (Role.SOCIAL_WORKER, "KEDOYA", "Dewi Lestari"),
    "other_head": (Role.HEAD, "KEDOYA", "Lukman Kepala"),
    "officer": (Role.DINAS_OFFICER, "DINAS", "Sri Dinas"),
    "administrator": (Role.ADMINISTRATOR, "DINAS", "Tono Admin"),
}


def lay_out_world() -> None:
    """Makes the world once, in the database that every test begins with."""
    dinas = make_unit(code="DINAS", kind=UnitKind.PROVINCE)
    units = {unit.code: unit for unit in (dinas, make_unit(dinas, code="CIPAYUNG"), make_unit(dinas, code="KEDOYA"))}
    for part, (role, code, name) in STAFF.items():
        make_posting(make_user(name, email=f"{part}@serasi.test"), role, units[code])


def find_world() -> World:
    with acting(User.objects.system(), "test.look"):
        units = {unit.code: unit for unit in Unit.objects.all()}
        users = {user.full_name: user for user in User.objects.all()}
    staff = {part: users[name] for part, (_role, _code, name) in STAFF.items()}
    return World(dinas=units["DINAS"], panti=units["CIPAYUNG"], other=units["KEDOYA"], **staff)


@contextmanager
def as_user(user: User) -> Iterator[None]:
    """Within, the database answers with this user's sight."""
    with acting(user.refresh_scope(), "test.look"):
        yield


def make_person(
    world: World, name: str = "", *, by: User | None = None, unit: Unit | None = None, **facts: Any
) -> Person:
    number = next(_number)
    facts.setdefault("kinds", ["lanjut_usia_telantar"])
    if not facts.get("nik"):
        facts.setdefault("no_nik_reason", "tidak_membawa_dokumen")
    return people.register_person(
        id=uuid7(),
        unit=unit or world.panti,
        by=by or world.owner,
        at=facts.pop("at", now()),
        new=people.NewPerson(
            identity_state=facts.pop("identity_state", IdentityState.STATED),
            sex=facts.pop("sex", "L"),
            full_name=name
            or f"{_FIRST[number % 12]} {_LAST[number // 12 % 10]} {_LAST[number % 7]}{'a' * (number // 120)}",
            **facts,
        ),
    )


def screened() -> dict[str, str]:
    return {question.code: UNKNOWN for question in danger_screen()}


def make_report(world: World, *, by: User | None = None, unit: Unit | None = None, **facts: Any) -> Report:
    at = facts.pop("at", now())
    described = {
        "channel": "datang_langsung",
        "received_at": at,
        "subject_description": "laki-laki, ±40, Pasar Senen",
        "urgency": Urgency.ORDINARY,
        "danger": screened(),
        "narrative": "Datang sendiri, meminta tempat bermalam.",
    }
    return receive_report(id=uuid7(), unit=unit or world.panti, by=by or world.owner, at=at, **(described | facts))


def decide_to_open(world: World, report: Report, *, by: User | None = None, **facts: Any) -> Triage:
    return triage(
        id=uuid7(),
        report=report,
        urgency=report.urgency,
        outcome=facts.pop("outcome", TriageOutcome.OPEN_CASE),
        by=by or world.owner,
        at=facts.pop("at", now()),
        **facts,
    )


def make_case(
    world: World,
    *,
    by: User | None = None,
    person: Person | None = None,
    report: Report | None = None,
    team: tuple[User, ...] = (),
    unit: Unit | None = None,
    with_report: bool = True,
    **facts: Any,
) -> Case:
    """From the report to the opened file, as the owner would do it; ``team`` joins as members."""
    worker = by or world.owner
    at = facts.pop("at", now() - timedelta(minutes=5))
    if with_report and report is None:
        report = make_report(world, by=worker, unit=unit, at=at)
        decide_to_open(world, report, by=worker, at=at)
    case = open_case(
        id=uuid7(),
        person=person or make_person(world, by=worker, unit=unit, at=at),
        unit=unit or world.panti,
        report=report,
        by=worker,
        at=at,
        **facts,
    )
    for member in team:
        add_member(id=uuid7(), case=case, user=member, part="member", by=worker, at=at)
    return case
