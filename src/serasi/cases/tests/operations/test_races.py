"""Two at once, on two connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.cases.models import Case, CaseSeries, Stage, StageChange
from serasi.cases.operations.case import open_case
from serasi.cases.operations.stage import move
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.people.models import Person

AT_ONCE = 4


def together(act: Any) -> list[Any]:
    gate = Barrier(AT_ONCE)

    def run(number: int) -> Any:
        try:
            gate.wait()
            return act(number)
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def test_cases_opened_at_once_are_numbered_in_a_row(committed_world: World) -> None:
    world = committed_world
    people = [make_person(world).pk for _ in range(AT_ONCE)]

    def act(number: int) -> Case:
        worker = User.objects.get(pk=world.owner.pk)
        with as_user(worker):
            person = Person.objects.get(pk=people[number])
        return open_case(id=uuid7(), person=person, unit=world.panti, by=worker, at=now())

    opened = together(act)
    assert sorted(case.number[-4:] for case in opened) == ["0001", "0002", "0003", "0004"]
    assert CaseSeries.objects.get(unit=world.panti).latest == AT_ONCE


def test_of_those_who_move_at_once_one_moves(committed_world: World) -> None:
    world = committed_world
    case = make_case(world)

    def act(_number: int) -> Any:
        worker = User.objects.get(pk=world.owner.pk)
        with as_user(worker):
            seen = Case.objects.select_related("stage", "unit").get(pk=case.pk)
        to = Stage.objects.get(pk="atensi_nasional.kesepakatan")
        return move(id=uuid7(), case=seen, to=to, revision=case.revision, by=worker, at=now())

    done = together(act)
    assert sum(isinstance(one, StageChange) for one in done) == 1
    with as_user(world.owner):
        assert Case.objects.get(pk=case.pk).stage_id == "atensi_nasional.kesepakatan"
        assert StageChange.objects.filter(case=case).count() == 2
