"""A ward with people in it, and a day of theirs; everything through the operations."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from serasi.access.models import User
from serasi.cases.tests.factories import World, make_person, now
from serasi.common.identifiers import uuid7
from serasi.daily import operations as daily
from serasi.daily.enums import Mark, Measure
from serasi.daily.models import (
    BarredContact,
    Prescription,
    RollCall,
    TimetableEntry,
    Visit,
    VitalSigns,
    VitalsPractice,
)
from serasi.daily.operations import Course, Found, Planned, Reading, Visitor
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


def takes_vitals(world: World, house: House, **facts: Any) -> VitalsPractice:
    """The unit measures temperature, pressure and saturation, with the limits it begins with unless told."""
    measures = facts.pop("measures", ["temperature", "systolic", "diastolic", "saturation"])
    return daily.set_vitals_practice(
        id=uuid7(),
        unit=house.unit,
        measures=measures,
        not_in=facts.pop("not_in", []),
        limits=facts.pop("limits", {}),
        revision=facts.pop("revision", 0),
        by=world.head,
        at=now(),
    )


def measured(world: World, stay: Stay, **facts: Any) -> VitalSigns:
    """What a carer read from the instruments an hour ago: ``temperature="38.6"``."""
    by, moment = facts.pop("by", world.carer), facts.pop("measured_at", ago(hours=1))
    given, remark = facts.pop("id", None) or uuid7(), facts.pop("remark", "")
    reading = Reading(stay, {Measure(name): Decimal(value) for name, value in facts.items()}, remark)
    return daily.record_vitals(id=given, readings=[reading], measured_at=moment, by=by, at=now())


def receive(world: World, stay: Stay, name: str = "Ibu Sari", **facts: Any) -> Visit:
    """Somebody came two hours ago and stayed an hour, unless it is said otherwise."""
    course = {"outcome": "kept", "began_at": ago(hours=2), **facts.pop("course", {})}
    return daily.record_visit(
        id=facts.pop("id", None) or uuid7(),
        stay=stay,
        visitor=facts.pop("visitor", None) or Visitor(name, "Ibu"),
        kind=facts.pop("kind", "house"),
        course=Course(**course),
        by=facts.pop("by", None) or world.carer,
        at=now(),
        **facts,
    )


def announce(world: World, stay: Stay, name: str = "Ibu Sari", **facts: Any) -> Visit:
    """Somebody is expected in an hour."""
    return daily.announce_visit(
        id=facts.pop("id", None) or uuid7(),
        stay=stay,
        visitor=Visitor(name, "Ibu"),
        kind="house",
        expected_at=facts.pop("expected_at", None) or now() + timedelta(hours=1),
        by=facts.pop("by", None) or world.carer,
        at=facts.pop("at", None) or now(),
        **facts,
    )


def bar(world: World, stay: Stay, name: str = "Darto Wibowo", **facts: Any) -> BarredContact:
    return daily.bar_contact(
        id=uuid7(),
        stay=stay,
        visitor=facts.pop("visitor", None) or Visitor(name, "Ayah tiri"),
        reason=facts.pop("reason", "Diduga melakukan kekerasan"),
        decided_by="Kepala panti",
        starts=facts.pop("starts", None) or ago(days=5).date(),
        by=facts.pop("by", None) or world.owner,
        at=now(),
        **facts,
    )


def plan(world: World, whose: House | Stay, what: str, since: str, until: str, **facts: Any) -> TimetableEntry:
    """``since`` and ``until`` are hours like "08.30"; every day from ten days ago unless it is said otherwise."""
    where: dict[str, Any] = {"stay": whose} if isinstance(whose, Stay) else {"ward": whose.ward}
    by = facts.pop("by", None) or (world.carer if isinstance(whose, Stay) else world.head)
    facts.setdefault("starts", ago(days=10).date())
    return daily.plan_activity(
        id=facts.pop("id", None) or uuid7(),
        planned=Planned(what, hour(since), hour(until), **facts),
        by=by,
        at=now(),
        **where,
    )


def hour(text: str) -> time:
    return time.fromisoformat(text.replace(".", ":"))
