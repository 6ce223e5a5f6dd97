"""What there is to do: on the first page of whoever must do it, as soon as it is theirs."""

from datetime import date, timedelta

import pytest

from serasi.access.models import User
from serasi.cases.queries.tasks import due_for, due_statement
from serasi.cases.queries.timeline import Timeline
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.people.models import Person
from serasi.people.operations import CannotMerge
from serasi.residence.queries import day_at
from serasi.residence.tests.factories import admit, ago, build
from serasi.safety import operations as safety
from serasi.safety.enums import Recipient, Severity
from serasi.safety.registrations import refuse_restrained_twice
from serasi.safety.tests.factories import close, report, restrain, tell, worry

pytestmark = pytest.mark.django_db
OURS = ("incident", "restraint", "concern")


def due(reader: User, world: World) -> list[tuple[str, date | None]]:
    with as_user(reader):
        due_statement.cache_clear()
        found = due_for(reader, day_at(world.panti, now()))
    return sorted((one.kind, one.due_date) for one in found if one.kind.startswith(OURS))


def test_who_must_be_told_is_a_thing_to_do_until_they_are(world: World) -> None:
    incident = report(world, severity=Severity.LIGHT, happened_at=ago(days=2))
    day = day_at(world.panti, incident.happened_at + timedelta(hours=24))
    assert [one for one in due(world.carer, world) if one[0] == "incident_notice"] == [("incident_notice", day)]

    tell(world, incident, Recipient.HEAD)

    assert due(world.carer, world) == []
    assert due(world.officer, world) == []


def test_the_head_is_asked_to_close_it_and_the_owner_to_follow_it_up(world: World) -> None:
    incident = report(world, severity=Severity.LIGHT, happened_at=ago(days=10))
    tell(world, incident, Recipient.HEAD)
    today = day_at(world.panti, now())
    follow_up = safety.add_follow_up(
        id=uuid7(),
        incident=incident,
        what="Pasang pegangan",
        owner=world.owner,
        due_date=today,
        by=world.head,
        at=now(),
    )
    review = ("incident_review", day_at(world.panti, incident.happened_at + timedelta(days=14)))
    assert (due(world.head, world), due(world.owner, world)) == ([review], [("incident_follow_up", today)])

    safety.finish_follow_up(follow_up=follow_up, result="Terpasang", by=world.owner, at=now())
    close(world, incident)

    assert (due(world.head, world), due(world.owner, world)) == ([], [])


def test_who_is_restrained_is_on_the_page_of_all_who_keep_watch_then_of_the_head(world: World) -> None:
    restraint = restrain(world, admit(world, build(world)))
    assert [kind for kind, _day in due(world.carer, world)] == ["restraint_running"]

    safety.end_restraint(restraint=restraint, ended_at=ago(minutes=1), end_note="Tenang", by=world.carer, at=now())

    assert [kind for kind, _day in due(world.carer, world)] == []
    assert [kind for kind, _day in due(world.head, world)] == ["restraint_review"]


def test_a_concern_waits_at_its_receiver_and_nowhere_in_the_house(world: World) -> None:
    worry(world, world.carer)

    readers = (world.officer, world.head, world.carer, world.supervisor)
    assert [[kind for kind, _day in due(one, world)] for one in readers] == [["concern"], [], [], []]


def test_the_time_line_of_a_file_tells_of_incidents_and_restraint(world: World) -> None:
    person = make_person(world)
    case = make_case(world, person=person)
    stay = admit(world, build(world), person=person)
    report(world, stay)
    restrain(world, stay)

    with as_user(world.owner):
        told = [event.source.kind for event in Timeline(case)[:20] if event.source.kind.startswith(OURS)]

    assert told == ["restraint", "incident"]


def test_two_records_restrained_at_one_time_are_two_people(world: World) -> None:
    house = build(world)
    first, second = (admit(world, house, bed=bed) for bed in house.beds[:2])
    restrain(world, first)
    restrain(world, second)

    with as_user(User.objects.system()), pytest.raises(CannotMerge):
        refuse_restrained_twice(Person.objects.get(pk=first.person_id), Person.objects.get(pk=second.person_id))
