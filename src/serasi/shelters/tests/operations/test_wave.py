"""A shelter is opened, people come, go on, and it closes with everyone accounted for."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from serasi.access.enums import Role
from serasi.access.operations import Conflict, NotAllowed, Refused, acting
from serasi.access.tests.factories import make_staff
from serasi.cases.enums import Confidentiality
from serasi.cases.operations.confidentiality import classify
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.common.identifiers import uuid7
from serasi.people.operations import LikelySame
from serasi.residence.models import Reservation
from serasi.shelters import operations as shelters
from serasi.shelters.models import Arrival, Gathering, Helper, Outcome, TagRange
from serasi.shelters.operations import (
    AlreadyAccounted,
    AlreadyMatched,
    GatheringClosed,
    NobodyChosen,
    NoMoreTags,
    NotYetArrived,
    StillHere,
    UnitNeeded,
    WrongCode,
)
from serasi.shelters.queries import account_of
from serasi.shelters.registrations import refuse_open_gatherings
from serasi.shelters.tests.factories import arrive, open_shelter, send_on

pytestmark = pytest.mark.django_db


def fresh(gathering: Gathering) -> Gathering:
    return Gathering.objects.select_related("unit").get(pk=gathering.pk)


def close(world: World, gathering: Gathering) -> Gathering:
    return shelters.close_gathering(gathering=gathering, by=world.head, at=now())


# --- Who may ----------------------------------------------------------------------------------------------------------


def test_a_carer_registers_but_opens_and_closes_nothing(world: World) -> None:
    gathering = open_shelter(world)
    arrive(world, gathering, by=world.carer)

    with pytest.raises(NotAllowed):
        open_shelter(world, by=world.carer)
    with pytest.raises(NotAllowed):
        shelters.close_gathering(gathering=gathering, by=world.carer, at=now())
    with pytest.raises(NotAllowed):
        send_on(world, gathering, [], by=world.carer)


def test_someone_of_another_unit_registers_only_once_let_in_with_the_code(world: World) -> None:
    gathering = open_shelter(world)
    with pytest.raises(NotAllowed):
        arrive(world, gathering, by=world.outsider)
    with pytest.raises(WrongCode):
        shelters.join_gathering(code="SALAH1", by=world.outsider, at=now())

    for _ in range(2):
        shelters.join_gathering(code=f" {gathering.join_code.lower()} ", by=world.outsider, at=now())
    arrive(world, fresh(gathering), by=world.outsider, name="Ujang")

    with as_user(world.outsider):
        assert [one.name for one in Arrival.objects.visible_to(world.outsider)] == ["Ujang"]
        assert Helper.objects.count() == 1


def test_whoever_may_not_see_the_gathering_sees_nobody_in_it(world: World) -> None:
    gathering = open_shelter(world)
    made = arrive(world, gathering)
    send_on(world, gathering, [made])

    for reader in (world.outsider, world.other_head, world.administrator):
        with as_user(reader):
            seen = (
                list(Arrival.objects.all()),
                list(Outcome.objects.all()),
                list(Gathering.objects.visible_to(reader)),
                list(Arrival.objects.visible_to(reader)),
                list(Outcome.objects.visible_to(reader)),
            )
        assert seen == ([], [], [], [], [])
    for reader in (world.head, world.carer, world.officer):
        with as_user(reader):
            assert list(Arrival.objects.visible_to(reader)) == list(Arrival.objects.all()) == [made]


def test_the_code_of_a_closed_shelter_lets_nobody_in(world: World) -> None:
    gathering = close(world, open_shelter(world))

    with pytest.raises(WrongCode):
        shelters.join_gathering(code=gathering.join_code, by=world.outsider, at=now())


# --- Numbers ----------------------------------------------------------------------------------------------------------


def test_every_phone_gets_a_hundred_numbers_of_its_own(world: World) -> None:
    gathering = open_shelter(world)
    made = [
        shelters.reserve_tags(id=uuid7(), gathering=gathering, by=who, at=now()) for who in (world.carer, world.owner)
    ]
    again = shelters.reserve_tags(id=made[0].pk, gathering=gathering, by=world.carer, at=now())

    assert [str(one) for one in [*made, again]] == ["1–100", "101–200", "1–100"]


def test_numbers_end_somewhere(world: World) -> None:
    gathering = open_shelter(world)
    with acting(world.head, "test"):
        TagRange.objects.create(gathering=gathering, first=99_800, last=99_950, given_to=world.head, given_at=now())

    with pytest.raises(NoMoreTags):
        shelters.reserve_tags(id=uuid7(), gathering=gathering, by=world.head, at=now())


def test_a_number_is_worn_by_one_person(world: World) -> None:
    gathering = open_shelter(world)
    arrive(world, gathering, tag=7)

    with pytest.raises(Refused, match="sudah dipakai orang lain"):
        arrive(world, gathering, tag=7)


# --- Coming -----------------------------------------------------------------------------------------------------------


def test_the_same_arrival_sent_fifty_times_is_one(world: World) -> None:
    gathering, record = open_shelter(world), uuid7()

    made = {arrive(world, gathering, id=record, tag=3).pk for _ in range(50)}

    with as_user(world.head):
        assert (made, account_of(gathering).came) == ({record}, 1)


@pytest.mark.parametrize(
    ("group", "is_alone"),
    [
        ([("child", 9)], [True]),
        ([("child", 17), ("child", 12)], [True, True]),
        ([("mother", 30), ("child", 4)], [False, False]),
        ([("brother", 18), ("child", 4)], [False, False]),
    ],
)
def test_a_child_is_alone_without_an_adult_in_its_group(
    world: World, group: list[tuple[str, int]], is_alone: list[bool]
) -> None:
    gathering = open_shelter(world)
    for number, (name, age) in enumerate(group, 1):
        arrive(world, gathering, tag=number, name=name, age=age, group_tag=1)
    arrive(world, gathering, tag=50, name="stranger", age=60)

    with as_user(world.head):
        group_of: Any = Arrival.objects.with_standing().filter(group_tag=1).order_by("tag")
        told = [one.is_alone for one in group_of]

    assert told == is_alone


def test_nobody_comes_tomorrow(world: World) -> None:
    with pytest.raises(NotYetArrived):
        arrive(world, open_shelter(world), arrived_at=now() + timedelta(days=1))


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"tag": 100_000}, "antara 1 dan"),
        ({"age": 121}, "120 tahun"),
        ({"dangers": ["naga"]}, "tidak dikenal"),
        ({"needs": ["uang"]}, "tidak dikenal"),
    ],
)
def test_what_cannot_be_is_refused_by_the_database(world: World, facts: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused, match=says):
        arrive(world, open_shelter(world), **facts)


def test_two_who_correct_the_same_arrival_at_once_are_told(world: World) -> None:
    made = arrive(world, open_shelter(world))
    shelters.change_arrival(arrival=made, revision=1, age=40, by=world.carer, at=now())

    with pytest.raises(Conflict):
        shelters.change_arrival(arrival=made, revision=1, age=50, by=world.owner, at=now())


# --- Going on ---------------------------------------------------------------------------------------------------------


def test_a_batch_goes_on_once_however_often_it_is_sent(world: World) -> None:
    gathering, batch = open_shelter(world), uuid7()
    people = [arrive(world, gathering) for _ in range(3)]

    sent = [send_on(world, gathering, people, batch=batch) for _ in range(3)]

    assert {len(one.outcomes) for one in sent} == {3}
    with as_user(world.head):
        assert account_of(gathering).gone == 3
    with pytest.raises(AlreadyAccounted, match=str(people[0].tag)):
        send_on(world, gathering, people[:1])


def test_going_on_needs_people_a_unit_where_one_is_meant_and_a_time_that_has_come(world: World) -> None:
    gathering = open_shelter(world)
    made = arrive(world, gathering)

    with pytest.raises(NobodyChosen):
        send_on(world, gathering, [])
    with pytest.raises(UnitNeeded):
        send_on(world, gathering, [made], "placed")
    with pytest.raises(Refused, match="masa depan"):
        send_on(world, gathering, [made], happened_at=now() + timedelta(hours=1))
    with pytest.raises(IntegrityError, match="only_placing_names_a_unit"), acting(world.owner, "test"):
        Outcome.objects.create(
            arrival=made,
            batch=uuid7(),
            kind="family",
            to_unit=world.panti,
            happened_at=now(),
            written_at=now(),
            written_by=world.owner,
        )


def test_a_house_expects_those_who_are_placed_there_and_known(world: World) -> None:
    gathering = open_shelter(world)
    known, unknown = arrive(world, gathering, name="Karto"), arrive(world, gathering)
    shelters.register_person_of(person_id=uuid7(), arrival=known, by=world.owner, at=now())

    made = send_on(world, gathering, [known, unknown], "placed", to_unit=world.panti)

    with as_user(world.head):
        waiting = Reservation.objects.open().get()
        assert (made.expected, waiting.person.full_name, waiting.unit) == (1, "Karto", world.panti)
        whole = ("arrival__gathering__unit", "reservation__unit", "reservation__person")
        outcome = Outcome.objects.select_related(*whole).get(arrival=known)
    shelters.withdraw_outcome(outcome=outcome, reason="Bus penuh", by=world.owner, at=now())
    with as_user(world.head):
        assert (Reservation.objects.open().count(), account_of(gathering).here) == (0, 1)
    with pytest.raises(Refused, match="sudah dibatalkan"):
        shelters.withdraw_outcome(outcome=outcome, reason="Bus penuh", by=world.owner, at=now())


def test_taking_back_needs_a_reason_and_an_open_shelter(world: World) -> None:
    gathering = open_shelter(world)
    [outcome] = send_on(world, gathering, [arrive(world, gathering)]).outcomes
    with pytest.raises(Refused, match="Tulis mengapa"):
        shelters.withdraw_outcome(outcome=outcome, reason=" ", by=world.owner, at=now())
    close(world, gathering)

    with pytest.raises(GatheringClosed):
        shelters.withdraw_outcome(outcome=outcome, reason="Salah nomor", by=world.owner, at=now())


# --- Closing ----------------------------------------------------------------------------------------------------------


def test_closing_is_refused_while_someone_is_here_and_says_who(world: World) -> None:
    gathering = open_shelter(world)
    gone, left = arrive(world, gathering, tag=4), arrive(world, gathering, tag=9)
    send_on(world, gathering, [gone])

    with pytest.raises(StillHere, match=r"1 orang belum diteruskan: nomor 9\."):
        close(world, gathering)
    send_on(world, gathering, [left], "hospital")

    assert close(world, gathering).closed_at is not None
    with pytest.raises(GatheringClosed):
        close(world, gathering)
    with pytest.raises(GatheringClosed):
        send_on(world, gathering, [left])


def test_the_database_itself_closes_nothing_that_is_not_empty(world: World) -> None:
    gathering = open_shelter(world)
    arrive(world, gathering)

    with pytest.raises(IntegrityError), acting(world.head, "test"), transaction.atomic():
        Gathering.objects.filter(pk=gathering.pk).update(closed_at=now(), closed_by=world.head)


def test_the_database_itself_lets_nobody_arrive_where_it_is_closed(world: World) -> None:
    gathering = close(world, open_shelter(world))
    facts = {"sex": "L", "age": 3, "arrived_at": now(), "registered_at": now(), "registered_by": world.head}

    with pytest.raises(IntegrityError), acting(world.head, "test"), transaction.atomic():
        Arrival.objects.create(gathering=gathering, tag=1, group_tag=1, **facts)


def test_who_is_sent_late_opens_the_account_again(world: World) -> None:
    gathering = open_shelter(world)
    typed_at = now()
    close(world, gathering)

    late = arrive(world, fresh(gathering), arrived_at=typed_at)

    assert late.is_late
    opened = fresh(gathering)
    assert (opened.is_open, opened.reopened_at is not None) == (True, True)
    with pytest.raises(StillHere):
        close(world, opened)
    send_on(world, opened, [late])
    assert not close(world, opened).is_open


def test_a_unit_with_an_open_shelter_is_not_closed(world: World) -> None:
    gathering = open_shelter(world)
    with pytest.raises(Refused, match="penampungan yang terbuka"):
        refuse_open_gatherings(world.panti, now().date())
    close(world, gathering)

    refuse_open_gatherings(world.panti, now().date())


# --- Who they are -----------------------------------------------------------------------------------------------------


def test_someone_who_is_known_elsewhere_is_recognised_by_the_unit(world: World) -> None:
    known = make_person(world, "Sulastri Rahayu", by=world.outsider, unit=world.other, sex="P")
    made = arrive(world, open_shelter(world), name="Sulastri Rahayu", sex="P")

    shelters.match_arrival(arrival=made, person_id=known.pk, by=world.owner, at=now())

    with as_user(world.owner):
        assert Arrival.objects.select_related("person").get(pk=made.pk).person == known
    with pytest.raises(AlreadyMatched):
        shelters.register_person_of(person_id=uuid7(), arrival=made, not_same_as=[known.pk], by=world.owner, at=now())


def test_who_resembles_someone_known_is_not_made_new_unseen(world: World) -> None:
    known = make_person(
        world, "Sulastri Rahayu", sex="P", birth_year_from=now().year - 36, birth_year_to=now().year - 34
    )
    made = arrive(world, open_shelter(world), name="Sulastri Rahayu", sex="P", age=35)

    with pytest.raises(LikelySame):
        shelters.register_person_of(person_id=uuid7(), arrival=made, by=world.owner, at=now())
    shelters.register_person_of(person_id=uuid7(), arrival=made, not_same_as=[known.pk], by=world.owner, at=now())

    assert made.person != known


def test_nobody_is_two_of_those_who_came(world: World) -> None:
    gathering = open_shelter(world)
    one, two = arrive(world, gathering, name="Karto"), arrive(world, gathering, name="Karto")
    person = uuid7()
    shelters.register_person_of(person_id=person, arrival=one, by=world.owner, at=now())

    with pytest.raises(Refused, match="dicocokkan dengan nomor lain"):
        shelters.match_arrival(arrival=two, person_id=person, by=world.owner, at=now())


def test_a_person_sealed_afterwards_leaves_their_number_alone_in_the_lists(world: World) -> None:
    gathering = open_shelter(world)
    made = arrive(world, gathering, name="Karto")
    shelters.register_person_of(person_id=uuid7(), arrival=made, by=world.owner, at=now())
    case = make_case(world, person=made.person, cluster="lansia")
    classify(case=case, confidentiality=Confidentiality.SEALED, tags=[], by=world.owner, at=now())

    shown = {}
    for reader in (world.owner, world.colleague):
        with as_user(reader):
            shown[reader] = Arrival.objects.select_related("person").get(pk=made.pk).shown_name(to=reader)
    assert shown == {world.owner: "Karto", world.colleague: ""}


def test_a_field_assistant_registers_and_a_student_does_not(world: World) -> None:
    gathering = open_shelter(world)
    arrive(world, gathering, by=make_staff(Role.FIELD_ASSISTANT, world.panti))

    with pytest.raises(NotAllowed):
        arrive(world, gathering, by=make_staff(Role.STUDENT, world.panti))
