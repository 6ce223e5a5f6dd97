"""Units, people and postings for tests, made by the system through the operations; emergencies as their readers."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from serasi.access.enums import Owner, Role, Subject, UnitKind
from serasi.access.models import LONGEST_EMERGENCY, EmergencyAccess, Posting, Unit, User
from serasi.access.operations import acting
from serasi.access.operations.postings import post
from serasi.access.operations.units import open_unit
from serasi.access.operations.users import choose_password, create_user
from serasi.access.scope import today
from serasi.common.identifiers import uuid7

_number = count(1)


def make_unit(parent: Unit | None = None, *, code: str = "", **facts: Any) -> Unit:
    code = code or f"U{next(_number)}"
    described = {
        "name": f"Unit {code}",
        "short_name": code.title(),
        "kind": UnitKind.PANTI if parent else UnitKind.MINISTRY,
        "owner": Owner.PROVINCE if parent else Owner.MINISTRY,
    }
    return open_unit(
        id=uuid7(), code=code, parent=parent, by=User.objects.system(), at=timezone.now(), **(described | facts)
    )


def make_user(name: str = "", *, email: str = "", password: str = "") -> User:
    number = next(_number)
    user = create_user(
        id=uuid7(),
        email=email or f"orang{number}@serasi.test",
        full_name=name or f"Orang {number}",
        by=User.objects.system(),
        at=timezone.now(),
    )
    if password:
        choose_password(user=user, password=password, by=User.objects.system(), at=timezone.now())
    return user


def make_posting(
    user: User,
    role: Role,
    unit: Unit,
    *,
    starts_on: date | None = None,
    last_day: date | None = None,
    may_approve_own: bool = False,
) -> Posting:
    return post(
        id=uuid7(),
        user=user,
        role=role,
        unit=unit,
        starts_on=starts_on or today() - timedelta(days=30),
        last_day=last_day,
        may_approve_own=may_approve_own,
        by=User.objects.system(),
        at=timezone.now(),
    )


def make_emergency(user: User, unit: Unit, *, at: datetime | None = None) -> EmergencyAccess:
    """As the apps that keep files make it."""
    starts_at = at or timezone.now()
    with acting(user, "access.emergency.open"):
        return EmergencyAccess.objects.create(
            user=user,
            subject=Subject.CASE,
            subject_id=uuid7(),
            unit=unit,
            reason="Kejang di asrama, riwayat obat perlu dibaca sekarang.",
            starts_at=starts_at,
            ends_at=starts_at + LONGEST_EMERGENCY,
        )


def make_staff(role: Role, unit: Unit, name: str = "", *, password: str = "") -> User:
    user = make_user(name, password=password)
    make_posting(user, role, unit)
    return user
