"""A ward with people in it, and a day of theirs; everything through the operations."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from serasi.access.models import User
from serasi.cases.tests.factories import World, make_person, now
from serasi.common.identifiers import uuid7
from serasi.daily import operations as daily
from serasi.daily.enums import Mark
from serasi.daily.models import Prescription, RollCall
from serasi.daily.operations import Found
from serasi.residence.models import Stay
from serasi.residence.tests.factories import House, admit, ago


def live_here(world: World, house: House, *names: str) -> list[Stay]:
    """These people live in the ward, each in a bed of their own."""
    return [
        admit(world, house, person=make_person(world, name), bed=bed)
        for name, bed in zip(names, house.beds, strict=False)
    ]


def found(stays: list[Stay], **others: str) -> dict[Any, Found]:
    """Everyone present, except those named by their number tag: ``t2="missing"``."""
    return {stay.pk: Found(others.get(f"t{stay.tag}", Mark.PRESENT)) for stay in stays}


def call_roll(
    world: World, house: House, marks: Mapping[Any, Found], *, by: User | None = None, **facts: Any
) -> RollCall:
    facts.setdefault("counted", sum(one.mark == Mark.PRESENT for one in marks.values()))
    facts.setdefault("taken_at", ago(minutes=10))
    return daily.take_roll_call(
        id=facts.pop("id", None) or uuid7(), ward=house.ward, marks=marks, by=by or world.carer, at=now(), **facts
    )


def order(world: World, stay: Stay, *times: time, **facts: Any) -> Prescription:
    """A medicine that was copied two days ago."""
    return daily.copy_prescription(
        id=uuid7(),
        stay=stay,
        drug=facts.pop("drug", "Amlodipin"),
        strength="5 mg",
        dose="1 tablet",
        times=times,
        starts=(now() - timedelta(days=2)).date(),
        prescriber="dr. Ratna",
        by=world.carer,
        at=facts.pop("at", ago(days=2)),
        **facts,
    )


def hour_of(moment: datetime) -> time:
    """The hour of the house at a moment, without minutes."""
    return timezone.localtime(moment).time().replace(minute=0, second=0, microsecond=0)
