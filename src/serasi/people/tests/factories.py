"""People in tests have names and places. Everything is made through the operations, as in life."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from serasi.access.enums import Owner, Role, UnitKind
from serasi.access.models import Posting, Unit, User, path_under
from serasi.access.operations import acting
from serasi.common.identifiers import uuid7
from serasi.institutions.models import Region
from serasi.people.enums import IdentityState
from serasi.people.models import Person
from serasi.people.operations import NewPerson, load_reference, register_person

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def system() -> User:
    return User.objects.system()


def make_unit(code: str, *, parent: Unit | None = None, kind: str = UnitKind.PANTI) -> Unit:
    with acting(system(), "test.unit"):
        unit = Unit(
            code=code,
            name=f"Unit {code}",
            short_name=code.title(),
            kind=kind,
            owner=Owner.PROVINCE,
            parent=parent,
            path=path_under(parent, code),
        )
        unit.save(force_insert=True)
    return unit


def make_user(name: str, *posts: tuple[str, Unit]) -> User:
    with acting(system(), "test.user"):
        user = User(email=f"{name.lower().replace(' ', '.')}@contoh.id", full_name=name, password="!")
        user.save(force_insert=True)
        for role, unit in posts:
            Posting(user=user, role=role, unit=unit, period=DateRange(date(2020, 1, 1), None)).save(force_insert=True)
    return user


def make_regions() -> None:
    with acting(system(), "test.regions"):
        Region.objects.bulk_create(
            [
                Region(code="31", name="DKI Jakarta", level=1, edition="tes"),
                Region(code="31.73", name="Jakarta Pusat", level=2, parent_id="31", edition="tes"),
                Region(code="31.73.04", name="Senen", level=3, parent_id="31.73", edition="tes"),
                Region(code="31.73.04.1001", name="Senen", level=4, parent_id="31.73.04", edition="tes"),
                Region(code="35", name="Jawa Timur", level=1, edition="tes"),
                Region(code="35.78", name="Surabaya", level=2, parent_id="35", edition="tes"),
            ],
            ignore_conflicts=True,
        )


def make_person(name: str, *, by: User, unit: Unit, **facts: Any) -> Person:
    facts.setdefault("identity_state", IdentityState.STATED)
    facts.setdefault("sex", "L")
    if "nik" not in facts:
        facts.setdefault("no_nik_reason", "tidak_membawa_dokumen")
    record, at = facts.pop("id", None) or uuid7(), facts.pop("at", AT)
    return register_person(id=record, new=NewPerson(full_name=name, **facts), unit=unit, by=by, at=at)


class House:
    """Two panti under one Dinas, and the people who work there."""

    def __init__(self) -> None:
        make_regions()
        load_reference(by=system(), at=AT)
        self.dinas = make_unit("DKI", kind=UnitKind.PROVINCE)
        self.cipayung = make_unit("PS-CIPAYUNG", parent=self.dinas)
        self.kedoya = make_unit("PS-KEDOYA", parent=self.dinas)
        self.owner = make_user("Rini Wulandari", (Role.SOCIAL_WORKER, self.cipayung))
        self.colleague = make_user("Agus Salim", (Role.SOCIAL_WORKER, self.cipayung))
        self.outsider = make_user("Dewi Lestari", (Role.SOCIAL_WORKER, self.kedoya))
        self.head = make_user("Bambang Hartono", (Role.HEAD, self.cipayung))
        self.officer = make_user("Sri Mulyani", (Role.DINAS_OFFICER, self.dinas))
        self.student = make_user("Putri Ayu", (Role.STUDENT, self.cipayung))
        self.administrator = make_user("Tono Admin", (Role.ADMINISTRATOR, self.dinas))
        self.ministry = make_user("Kartika Menteri", (Role.MINISTRY_OFFICER, self.dinas))

    def everyone(self) -> Sequence[User]:
        return (
            self.owner,
            self.colleague,
            self.outsider,
            self.head,
            self.officer,
            self.student,
            self.administrator,
            self.ministry,
        )

    def person(self, name: str = "Budi Santoso", **facts: Any) -> Person:
        facts.setdefault("by", self.owner)
        facts.setdefault("unit", self.cipayung)
        return make_person(name, **facts)


def later(hours: int = 1) -> datetime:
    return AT + timedelta(hours=hours)
