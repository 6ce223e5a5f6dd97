"""A roll call closes on everybody or not at all; what it found stays found."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from serasi.access.operations import NotAllowed
from serasi.cases.queries.tasks import due_for
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.daily import operations as daily
from serasi.daily.enums import Mark
from serasi.daily.models import RollCall, RollCallMark
from serasi.daily.queries import told
from serasi.daily.tests.factories import call_roll, found, live_here
from serasi.residence import operations as residence
from serasi.residence.models import Movement, Occupancy
from serasi.residence.tests.factories import House, admit, ago, build
from serasi.residence.tests.test_sight import make_guarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(world: World) -> House:
    return build(world)


def test_a_count_that_closes_keeps_what_was_believed_and_what_was_found(world: World, house: House) -> None:
    _asep, bejo, _cahyo = stays = live_here(world, house, "Asep", "Bejo", "Cahyo")
    residence.go_out(id=uuid7(), stay=bejo, kind="hospital", happened_at=ago(days=1), by=world.carer, at=now())

    call = call_roll(world, house, found(stays, t2="hospital", t3="missing"))

    with as_user(world.carer):
        marks = list(RollCallMark.objects.filter(roll_call=call).order_by("tag").values_list("tag", "believed", "mark"))
    assert marks == [("1", "present", "present"), ("2", "hospital", "hospital"), ("3", "present", "missing")]
    assert call.counted == 1


def test_who_has_no_answer_is_named_by_number_tag(world: World, house: House) -> None:
    asep, _bejo, _cahyo = live_here(world, house, "Asep", "Bejo", "Cahyo")

    with pytest.raises(daily.Unanswered, match="#2, #3 belum ditandai") as refused:
        call_roll(world, house, found([asep]))

    assert refused.value.tags == ("2", "3")
    with as_user(world.carer):
        assert RollCall.objects.count() == 0


def test_heads_that_were_counted_are_those_that_were_marked(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep", "Bejo")

    with pytest.raises(daily.CountDiffers, match="menghitung 1 orang, tetapi 2 ditandai hadir") as refused:
        call_roll(world, house, found(stays), counted=1)

    assert refused.value.field == "counted"


def test_whom_the_carer_may_not_know_is_counted_by_number_tag(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep", "Bejo")
    make_guarded(world, stays[1].person, "sealed", world.owner)

    with pytest.raises(daily.Unanswered, match="#2"):
        call_roll(world, house, found(stays[:1]))
    call = call_roll(world, house, found(stays, t2="missing"))

    with as_user(world.carer):
        read = told(roll_call=call, reader=world.carer)
    assert (read.missing, [one.shown for one in read.differences]) == (["#2"], ["#2"])
    with as_user(world.carer), pytest.raises(NotAllowed):
        daily.follow_up(mark=RollCallMark.objects.get(tag="2"), by=world.carer, at=now())


def test_somebody_who_is_not_of_the_ward_is_asked_about(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep")
    elsewhere = admit(world, build(world, name="Melati"))

    with pytest.raises(daily.BoardChanged):
        call_roll(world, house, found([*stays, elsewhere]))


def test_an_empty_ward_has_no_roll_call(world: World, house: House) -> None:
    with pytest.raises(daily.NobodyHere):
        call_roll(world, house, {})


@pytest.mark.parametrize("moment", [timedelta(minutes=5), -timedelta(hours=80)])
def test_a_roll_call_is_of_a_moment_that_has_been_and_is_not_long_past(
    world: World, house: House, moment: timedelta
) -> None:
    stays = live_here(world, house, "Asep")

    with pytest.raises(daily.NotThisMoment):
        call_roll(world, house, found(stays), taken_at=now() + moment)


def test_sent_twice_it_is_one(world: World, house: House) -> None:
    stays, one = live_here(world, house, "Asep", "Bejo"), uuid7()

    first, second = (call_roll(world, house, found(stays), id=one) for _ in range(2))

    assert first.pk == second.pk
    with as_user(world.carer):
        assert (RollCall.objects.count(), RollCallMark.objects.count()) == (1, 2)


def test_a_later_correction_of_the_board_leaves_it_as_it_was(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep", "Bejo")
    call = call_roll(world, house, found(stays))

    residence.go_out(id=uuid7(), stay=stays[0], kind="leave", happened_at=ago(hours=1), by=world.carer, at=now())

    with as_user(world.carer):
        assert Occupancy.objects.at(call.taken_at).get(tag="1").state == "leave"
        assert RollCallMark.objects.get(roll_call=call, tag="1").believed == "present"


def test_what_was_found_puts_the_board_right_by_one_touch_and_once(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep", "Bejo", "Cahyo")
    residence.go_out(id=uuid7(), stay=stays[1], kind="leave", happened_at=ago(days=1), by=world.carer, at=now())
    call = call_roll(world, house, found(stays, t1="missing", t3="hospital"))
    with as_user(world.carer):
        marks = {mark.tag: mark for mark in RollCallMark.objects.select_related("roll_call")}

    for tag in ("1", "2", "3", "3"):
        daily.follow_up(mark=marks[tag], by=world.carer, at=now())

    with as_user(world.carer):
        states = dict(Occupancy.objects.at(now()).values_list("tag", "state"))
        written = Movement.objects.filter(pk__in=[mark.pk for mark in marks.values()])
        assert {one.kind for one in written} == {"absconded", "returned", "hospital"}
        assert {one.happened_at for one in written} == {call.taken_at}
    assert states == {"1": "absconded", "2": "present", "3": "hospital"}


def test_where_the_board_agrees_nothing_follows(world: World, house: House) -> None:
    call_roll(world, house, found(live_here(world, house, "Asep"), t1="out"))
    with as_user(world.carer):
        mark = RollCallMark.objects.select_related("roll_call").get()

    with pytest.raises(daily.BoardAgrees):
        daily.follow_up(mark=mark, by=world.carer, at=now())


def test_a_missing_person_is_told_to_head_and_social_worker_until_they_are_back(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep", "Bejo")

    def told_to() -> list[list[str]]:
        lists = []
        for reader in (world.head, world.owner, world.carer, world.other_head):
            with as_user(reader):
                lists.append([one.text for one in due_for(reader, now().date(), kind="missing")])
        return lists

    call_roll(world, house, found(stays, t2="missing"), taken_at=ago(hours=5))
    assert told_to() == [["#2 · Mawar"], ["#2 · Mawar"], [], []]
    call_roll(world, house, found(stays, t2="missing"), taken_at=ago(hours=3))
    assert told_to() == [["#2 · Mawar"], ["#2 · Mawar"], [], []]
    call_roll(world, house, found(stays), taken_at=ago(hours=1))
    assert told_to() == [[], [], [], []]


def test_who_came_back_is_no_longer_missing(world: World, house: House) -> None:
    (asep,) = stays = live_here(world, house, "Asep")
    call_roll(world, house, found(stays, t1="missing"), taken_at=ago(hours=5))
    with as_user(world.carer):
        mark = RollCallMark.objects.select_related("roll_call").get()
        assert RollCallMark.objects.still_missing().count() == 1
    daily.follow_up(mark=mark, by=world.carer, at=now())
    with as_user(world.carer):
        assert RollCallMark.objects.still_missing().count() == 1

    residence.come_back(id=uuid7(), stay=asep, happened_at=ago(hours=1), by=world.carer, at=now())

    with as_user(world.carer):
        assert RollCallMark.objects.still_missing().count() == 0


def test_colleagues_read_and_do_not_write(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep")

    for reader in (world.owner, world.head, world.psychologist, world.outsider):
        with pytest.raises(NotAllowed):
            call_roll(world, house, found(stays), by=reader)


def test_a_roll_call_is_never_changed(world: World, house: House) -> None:
    call = call_roll(world, house, found(live_here(world, house, "Asep")))

    with as_user(world.carer), pytest.raises(Exception, match="superseded, never changed"), transaction.atomic():
        RollCallMark.objects.filter(roll_call=call).update(mark=Mark.MISSING)


def test_the_database_knows_the_marks(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep")
    call = call_roll(world, house, found(stays))

    def another(**facts: str) -> None:
        with as_user(world.carer), transaction.atomic():
            RollCallMark.objects.create(
                unit=house.unit, roll_call=call, stay=stays[0], tag="1", **{"believed": "present", **facts}
            )

    with pytest.raises(IntegrityError, match="daily_one_mark_in_a_roll_call"):
        another(mark="present")
    with pytest.raises(IntegrityError, match="daily_mark_is_known"):
        another(mark="asleep")


def test_sixty_cost_the_statements_of_three(world: World) -> None:
    house = build(world, rooms=4)
    stays = live_here(world, house, *"ABC")

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            call_roll(world, house, found(stays), taken_at=now())
        return len(asked)

    statements()  # what is asked once in a process has been asked
    three = statements()
    stays += [admit(world, house, bed=bed) for bed in house.beds[3:]]

    assert statements() == three
