"""Desks at which an invented crowd is served."""

import math
from dataclasses import dataclass
from datetime import datetime
from random import Random

from serasi.access.enums import Owner, Role, UnitKind
from serasi.access.models import Posting, Unit, User
from serasi.access.operations.postings import post
from serasi.access.operations.units import open_unit
from serasi.access.operations.users import create_user
from serasi.access.scope import today
from serasi.cases.models import Stage
from serasi.common.identifiers import uuid7
from serasi.people.enums import Sex
from serasi.start.naming import Names

PEOPLE = 1_000
"""About how many people one desk knows over the years; two hundred of them with a case, half of those open."""


class NobodyToServe(RuntimeError):
    """No unit has a social worker in force; make the demonstration world first, or post someone."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A unit, one of its social workers, and the stages its cases walk."""

    unit: Unit
    worker: User
    stages: tuple[Stage, ...]


def desks_for(persons: int, *, at: datetime) -> list[Desk]:
    """The desks that stand, and as many invented ones beside them as the crowd needs; the same ones every time."""
    standing = _standing()
    if not standing:
        raise NobodyToServe(NobodyToServe.__doc__)
    missing = math.ceil(persons / PEOPLE) - len(standing)
    if missing <= 0:
        return standing
    _open(missing, at=at)
    return _standing()


def _standing() -> list[Desk]:
    stages: dict[str, list[Stage]] = {}
    for stage in Stage.objects.order_by("stage_set_id", "order"):
        stages.setdefault(stage.stage_set_id, []).append(stage)
    default = tuple(stages[min(stages)])
    postings = (
        Posting.objects.in_force(today()).filter(role=Role.SOCIAL_WORKER).select_related("unit__practice", "user")
    )
    return [
        Desk(
            posting.unit,
            posting.user,
            tuple(stages[posting.unit.practice.stage_set_id]) if hasattr(posting.unit, "practice") else default,
        )
        for posting in postings.order_by("unit__code", "user__email")
    ]


def _open(count: int, *, at: datetime) -> None:
    """Homes of one invented province, each with a social worker who has no way to sign in."""
    system = User.objects.system()
    province = Unit.objects.filter(code="CONTOH").first() or open_unit(
        id=uuid7(),
        code="CONTOH",
        name="Dinas Sosial Provinsi Contoh",
        short_name="Dinsos Contoh",
        kind=UnitKind.PROVINCE,
        owner=Owner.PROVINCE,
        parent=Unit.objects.filter(parent=None).order_by("code").first(),
        by=system,
        at=at,
    )
    names, dice = Names(1), Random(1)  # noqa: S311  (invented people, not secrets)
    first = Unit.objects.filter(parent=province).count() + 1
    for number in range(first, first + count):
        unit = open_unit(
            id=uuid7(),
            code=f"CONTOH-{number:04d}",
            name=f"Panti Sosial Contoh {number}",
            short_name=f"Panti Contoh {number}",
            kind=UnitKind.PANTI,
            owner=Owner.PROVINCE,
            parent=province,
            by=system,
            at=at,
        )
        worker = create_user(
            id=uuid7(),
            email=f"peksos.{number:04d}@panti.contoh",
            full_name=names.full_name(dice, dice.choice((Sex.MALE, Sex.FEMALE))),
            by=system,
            at=at,
        )
        post(
            id=uuid7(),
            user=worker,
            role=Role.SOCIAL_WORKER,
            unit=unit,
            starts_on=today(),
            last_day=None,
            by=system,
            at=at,
        )
