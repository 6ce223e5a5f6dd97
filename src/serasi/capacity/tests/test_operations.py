"""Waiting for a place, what is tried meanwhile, and what is reckoned: as those meet them who do it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from serasi.access.models import User
from serasi.access.operations import NotAllowed
from serasi.capacity import operations as capacity
from serasi.capacity.enums import Answer, Leaving, Tonight, Way
from serasi.capacity.models import Attempt, Forecast, Waiting
from serasi.capacity.queries import InLine, houses_ahead, line_of, outlook_of, waiting_list
from serasi.cases.enums import Confidentiality
from serasi.cases.models import Case
from serasi.cases.operations.confidentiality import classify
from serasi.cases.operations.risk import rate_risk
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.residence.queries import day_at
from serasi.residence.tests.factories import admit, ago, build

pytestmark = pytest.mark.django_db


def waits(world: World, case: Case, *, by: User | None = None, **facts: Any) -> Waiting:
    return capacity.wait_for_place(
        id=facts.pop("id", None) or uuid7(),
        case=case,
        tonight=facts.pop("tonight", Tonight.FAMILY),
        needs=facts.pop("needs", ()),
        reason=facts.pop("reason", "Tidak ada yang merawat siang hari"),
        by=by or world.owner,
        at=facts.pop("at", None) or now(),
    )


def tried(world: World, entry: Waiting, answer: Answer) -> Attempt:
    return capacity.record_attempt(
        id=uuid7(),
        waiting=entry,
        way=Way.FAMILY,
        answer=answer,
        account="Kakaknya di Tegal sudah ditanya",
        by=world.owner,
        at=now(),
    )


def line(world: World, entry: Waiting) -> InLine:
    with as_user(world.owner):
        again = Waiting.objects.select_related("case__person", "case__unit").get(pk=entry.pk)
        return line_of(again, at=now())


def open_entries(world: World) -> list[Waiting]:
    with as_user(world.head):
        return list(Waiting.objects.visible_to(world.head).open())


def test_who_waits_stands_on_the_list_once(world: World) -> None:
    case = make_case(world)
    entry = waits(world, case)
    assert open_entries(world) == [entry]
    with pytest.raises(Exception, match="sudah ada di daftar tunggu"):
        waits(world, case)
    assert open_entries(world) == [entry]


def test_the_same_form_sent_twice_is_one_wait(world: World) -> None:
    case, sent = make_case(world), uuid7()
    assert waits(world, case, id=sent).pk == waits(world, case, id=sent).pk


def test_a_reason_is_asked_for_and_the_database_holds_it(world: World) -> None:
    with pytest.raises(Exception, match="mengapa ia perlu tinggal"):
        waits(world, make_case(world), reason="  ")


def test_who_comes_to_live_here_no_longer_waits_and_may_wait_again_after_leaving(world: World) -> None:
    house, case = build(world), make_case(world)
    first = waits(world, case, at=ago(days=20))
    stay = admit(world, house, person=case.person, happened_at=ago(days=10))
    assert open_entries(world) == []
    with pytest.raises(capacity.LivesHere):
        waits(world, case)

    from serasi.residence.operations import end_stay  # noqa: PLC0415

    end_stay(id=uuid7(), stay=stay, ending="family", happened_at=ago(days=1), by=world.owner, at=now())
    second = waits(world, case)
    assert open_entries(world) == [second]
    with as_user(world.head):
        first.refresh_from_db()
    assert first.leaving == Leaving.ADMITTED


def test_something_else_that_is_possible_and_done_ends_the_wait(world: World) -> None:
    entry = waits(world, make_case(world))
    tried(world, entry, Answer.NOT_POSSIBLE)
    assert open_entries(world) == [entry]
    tried(world, entry, Answer.AGREED)
    assert open_entries(world) == []
    with pytest.raises(capacity.NoLongerWaits):
        tried(world, entry, Answer.LATER)


def test_being_served_outside_is_told_by_what_was_tried(world: World) -> None:
    entry = waits(world, make_case(world))
    with pytest.raises(capacity.NotTried):
        capacity.leave_list(waiting=entry, leaving=Leaving.DIVERTED, left_reason="Di rumah", by=world.owner, at=now())
    capacity.leave_list(
        waiting=entry, leaving=Leaving.WITHDRAWN, left_reason="Pulang ke Tegal", by=world.owner, at=now()
    )
    assert open_entries(world) == []


def test_the_database_refuses_an_end_without_its_words(world: World) -> None:
    entry = waits(world, make_case(world))
    with as_user(world.owner), pytest.raises(IntegrityError, match="capacity_leaving_is_whole"), transaction.atomic():
        Waiting.objects.filter(pk=entry.pk).update(left_at=now())


def test_the_order_explains_itself(world: World) -> None:
    """Bu Surti sleeps in the street; Pak Karto has waited for sixty days with his family; both are elders."""
    karto = make_case(world, person=make_person(world, "Karto", birth_date=now().date().replace(year=1950)))
    surti = make_case(world, person=make_person(world, "Surti", birth_date=now().date().replace(year=1948)))
    waits(world, karto, at=now() - timedelta(days=60))
    waits(world, surti, tonight=Tonight.STREET)
    with as_user(world.head):
        lines = waiting_list(world.panti, reader=world.head, at=now())
    assert [
        (line.case.person.full_name, line.points, [(reason.words, reason.points) for reason in line.reasons])
        for line in lines
    ] == [
        ("Surti", 40, [("Tidur di jalan atau tempat umum", 30), ("Lanjut usia", 10)]),
        (
            "Karto",
            35,
            [
                ("Tidur pada keluarga atau kenalan", 5),
                ("Lanjut usia", 10),
                ("Menunggu 60 hari", 20),
            ],
        ),
    ]


def test_what_could_not_be_done_otherwise_moves_up(world: World) -> None:
    entry = waits(world, make_case(world))
    before = line(world, entry).points
    tried(world, entry, Answer.NOT_POSSIBLE)
    assert line(world, entry).points == before + 15
    tried(world, entry, Answer.LATER)
    again = line(world, entry)
    assert (again.points, again.may_be_served_outside) == (before, True)


def test_risk_that_rises_moves_up(world: World) -> None:
    case = make_case(world)
    entry = waits(world, case)
    before = line(world, entry).points
    rate_risk(id=uuid7(), case=case, risk="high", reason="Mengancam diri", by=world.owner, at=now())
    assert line(world, entry).points == before + 30


def test_a_sealed_person_waits_unseen_by_all_but_their_team(world: World) -> None:
    case = make_case(world)
    waits(world, case)
    classify(case=case, confidentiality=Confidentiality.SEALED, tags=[], by=world.owner, at=now())
    for reader, seen in ((world.owner, 1), (world.colleague, 0), (world.head, 0), (world.outsider, 0)):
        with as_user(reader):
            assert (Waiting.objects.count(), len(Waiting.objects.visible_to(reader))) == (seen, seen), reader


def test_a_stranger_puts_nobody_on_the_list(world: World) -> None:
    with pytest.raises(NotAllowed):
        waits(world, make_case(world), by=world.outsider)


def test_what_is_expected_of_a_house_is_kept_and_reckoned_anew_the_same_day(world: World) -> None:
    house = build(world)
    for bed in house.beds[:3]:
        admit(world, house, bed=bed, happened_at=ago(days=30))
    for _ in range(2):
        capacity.reckon(unit=house.unit, by=world.head, at=now())
    with as_user(world.head):
        found = outlook_of(house.unit, reader=world.head, on=day_at(house.unit, now()))
    assert [(one.horizon, one.kind_id, one.present) for one in found] == [(30, None, 3), (60, None, 3), (90, None, 3)]


def test_the_system_reckons_every_house_at_night(world: World) -> None:
    house = build(world)
    admit(world, house)
    assert capacity.reckon_all(by=User.objects.system(), at=now()) == 1
    with as_user(world.head):
        assert Forecast.objects.count() == 3


def test_a_house_without_any_stay_is_not_reckoned(world: World) -> None:
    house = build(world)
    assert capacity.reckon(unit=house.unit, by=world.head, at=now()) == []


def test_the_head_of_a_dinas_sees_the_fullest_house_first_and_no_name(world: World) -> None:
    full = build(world, rooms=1)
    for bed in full.beds:
        admit(world, full, bed=bed)
    admit(world, full, room=full.room)
    with as_user(world.officer):
        (found,) = houses_ahead(units=[full.unit], reader=world.officer, at=now(), on=now().date())
    assert (found.census.total, found.census.on_floor) == (3, 1)


def test_an_outsider_sees_no_expected_numbers(world: World) -> None:
    house = build(world)
    admit(world, house)
    capacity.reckon(unit=house.unit, by=world.head, at=now())
    with as_user(world.outsider):
        assert (Forecast.objects.count(), len(Forecast.objects.visible_to(world.outsider))) == (0, 0)
