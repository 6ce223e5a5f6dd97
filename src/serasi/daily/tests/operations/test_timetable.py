"""The timetable of a ward and of one resident: patterns, what someone does alone, and days that are otherwise."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from serasi.access.operations import NotAllowed, Refused
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.daily import operations as daily
from serasi.daily.models import TimetableChange, TimetableEntry
from serasi.daily.operations import Planned
from serasi.daily.queries import Slot, day_of_stay, day_of_ward, now_and_next, pattern_of
from serasi.daily.tests.factories import hour, live_here, plan
from serasi.residence.models import Stay
from serasi.residence.tests.factories import House, build
from serasi.residence.tests.test_sight import make_guarded

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 16)
TUESDAY = MONDAY + timedelta(days=1)
LONG_BEFORE = date(2026, 1, 5)


@pytest.fixture
def house(world: World) -> House:
    return build(world)


@pytest.fixture
def asep(world: World, house: House) -> Stay:
    return live_here(world, house, "Asep Suryana")[0]


def told(slots: list[Slot]) -> list[str]:
    return [f"{one.from_time:%H.%M} {one.what}" for one in slots if one.takes_place]


def of_ward(world: World, house: House, day: date, *stays: Stay) -> list[Slot]:
    with as_user(world.carer):
        return day_of_ward(ward=house.ward, stays=[one.pk for one in stays], day=day, reader=world.carer)


def of_asep(world: World, house: House, asep: Stay, day: date) -> list[Slot]:
    with as_user(world.carer):
        return day_of_stay(stay=asep, ward_id=house.ward.pk, day=day, reader=world.carer)


def change(world: World, entry: TimetableEntry, kind: str, day: date = MONDAY, **facts: Any) -> TimetableChange:
    return daily.change_day(
        id=uuid7(), entry=entry, day=day, kind=kind, reason=facts.pop("reason", "Hujan"),
        by=facts.pop("by", world.carer), at=now(), **facts,
    )  # fmt: skip


# --- The pattern -----------------------------------------------------------------------------------------------------


def test_a_day_goes_from_morning_to_evening(world: World, house: House) -> None:
    plan(world, house, "Belajar", "08.00", "11.00", days=[0, 1, 2, 3, 4], starts=LONG_BEFORE)
    plan(world, house, "Senam", "06.00", "06.30", starts=LONG_BEFORE)
    plan(world, house, "Kerja bakti", "07.00", "09.00", days=[6], starts=LONG_BEFORE)

    assert told(of_ward(world, house, MONDAY)) == ["06.00 Senam", "08.00 Belajar"]
    assert told(of_ward(world, house, MONDAY - timedelta(days=1))) == ["06.00 Senam", "07.00 Kerja bakti"]


def test_what_is_changed_from_a_day_on_was_otherwise_before(world: World, house: House) -> None:
    entry = plan(world, house, "Senam", "06.00", "06.30", starts=LONG_BEFORE)
    daily.replan_activity(
        id=uuid7(), entry=entry, planned=Planned("Senam", time(5, 30), time(6), TUESDAY), by=world.head, at=now()
    )
    assert told(of_ward(world, house, MONDAY)) == ["06.00 Senam"]
    assert told(of_ward(world, house, TUESDAY)) == ["05.30 Senam"]
    with pytest.raises(daily.ChangedMeanwhile):
        daily.end_activity(entry=entry, latest=TUESDAY, by=world.head, at=now())


def test_what_has_ended_stands_in_the_days_before(world: World, house: House) -> None:
    entry = plan(world, house, "Senam", "06.00", "06.30", starts=LONG_BEFORE)
    daily.end_activity(entry=entry, latest=MONDAY, by=world.head, at=now())
    assert told(of_ward(world, house, MONDAY)) == ["06.00 Senam"]
    assert told(of_ward(world, house, TUESDAY)) == []
    with as_user(world.head):
        assert pattern_of(ward=house.ward, day=TUESDAY, reader=world.head) == []


def test_two_who_change_the_same_do_not_undo_each_other(world: World, house: House) -> None:
    entry = plan(world, house, "Senam", "06.00", "06.30", starts=LONG_BEFORE)
    with as_user(world.head):
        stale = TimetableEntry.objects.select_related("ward__unit").get(pk=entry.pk)
    daily.end_activity(entry=entry, latest=TUESDAY, by=world.head, at=now())
    with pytest.raises(daily.ChangedMeanwhile):
        daily.end_activity(entry=stale, latest=MONDAY, by=world.supervisor, at=now())


def test_the_timetable_of_a_ward_is_its_heads(world: World, house: House) -> None:
    for stranger in (world.carer, world.owner, world.outsider, world.administrator):
        with pytest.raises(NotAllowed):
            plan(world, house, "Senam", "06.00", "06.30", by=stranger)


def test_hours_that_run_backwards_are_refused(world: World, house: House) -> None:
    with pytest.raises(Refused, match="Jam selesai") as refused:
        plan(world, house, "Senam", "06.30", "06.00")
    assert refused.value.field == "until_time"


def test_sent_twice_it_is_one(world: World, house: House) -> None:
    one = uuid7()
    assert plan(world, house, "A", "06.00", "07.00", id=one) == plan(world, house, "A", "06.00", "07.00", id=one)
    with as_user(world.head):
        assert TimetableEntry.objects.count() == 1


# --- One's own -------------------------------------------------------------------------------------------------------


def test_ones_own_stands_beside_what_the_ward_does_or_instead_of_it(world: World, house: House, asep: Stay) -> None:
    plan(world, house, "Senam", "06.00", "06.30", starts=LONG_BEFORE)
    plan(world, house, "Keterampilan", "08.00", "11.00", starts=LONG_BEFORE)
    plan(world, house, "Makan siang", "12.00", "13.00", starts=LONG_BEFORE)
    plan(world, asep, "Sekolah", "07.00", "12.00", starts=LONG_BEFORE, days=[0, 1, 2, 3, 4], is_instead=True)
    plan(world, asep, "Minum jamu", "12.30", "12.45", starts=LONG_BEFORE)

    day = of_asep(world, house, asep, MONDAY)
    assert told(day) == ["06.00 Senam", "07.00 Sekolah", "12.00 Makan siang", "12.30 Minum jamu"]
    assert [one.what for one in day if one.is_replaced] == ["Keterampilan"]
    assert told(of_asep(world, house, asep, MONDAY + timedelta(days=5))) == [
        "06.00 Senam", "08.00 Keterampilan", "12.00 Makan siang", "12.30 Minum jamu",
    ]  # fmt: skip


def test_a_single_day_needs_no_weekday(world: World, house: House, asep: Stay) -> None:
    plan(world, asep, "Kontrol RSUD", "09.00", "12.00", starts=MONDAY, ends=MONDAY)
    assert told(of_asep(world, house, asep, MONDAY)) == ["09.00 Kontrol RSUD"]
    assert told(of_asep(world, house, asep, MONDAY + timedelta(days=7))) == []


def test_two_things_of_ones_own_never_meet(world: World, house: House, asep: Stay) -> None:
    plan(world, asep, "Sekolah", "07.00", "12.00", starts=LONG_BEFORE, days=[0, 2], ends=TUESDAY)
    with pytest.raises(Refused, match="sudah punya kegiatan sendiri"):
        plan(world, asep, "Terapi", "11.00", "13.00", starts=MONDAY, days=[0, 3])
    for free in (
        {"days": [1, 3]},
        {"since": "12.00", "until": "14.00"},
        {"starts": MONDAY + timedelta(days=2), "days": [0], "since": "08.00"},
    ):
        facts: dict[str, Any] = {"starts": MONDAY, "since": "10.00", "until": "11.00", **free}
        plan(world, asep, "Terapi", facts.pop("since"), facts.pop("until"), **facts)


def test_the_database_itself_keeps_ones_own_apart(world: World, asep: Stay) -> None:
    plan(world, asep, "Sekolah", "07.00", "12.00", starts=LONG_BEFORE, days=[0, 2])
    other = plan(world, asep, "Terapi", "12.00", "13.00", starts=LONG_BEFORE, days=[2, 4])
    with as_user(world.carer), transaction.atomic():
        with pytest.raises(IntegrityError, match="daily_one_thing_of_ones_own"), transaction.atomic():
            TimetableEntry.objects.filter(pk=other.pk).update(from_time=time(11, 59))
        TimetableEntry.objects.filter(pk=other.pk).update(from_time=time(11, 59), days=[1, 4])


def test_a_ward_may_do_two_things_at_once(world: World, house: House) -> None:
    plan(world, house, "Menjahit", "08.00", "11.00", starts=LONG_BEFORE)
    plan(world, house, "Berkebun", "08.00", "11.00", starts=LONG_BEFORE)
    assert told(of_ward(world, house, MONDAY)) == ["08.00 Berkebun", "08.00 Menjahit"]


@pytest.mark.parametrize(
    ("facts", "broken"),
    [
        ({"days": []}, "daily_timetable_says_what_and_when"),
        ({"days": [7]}, "daily_timetable_says_what_and_when"),
        ({"what": ""}, "daily_timetable_says_what_and_when"),
        ({"until_time": hour("05.00")}, "daily_timetable_ends_after_it_began"),
        ({"is_instead": True}, "daily_timetable_is_of_a_ward_or_of_one"),
        ({"ward": None}, "daily_timetable_is_of_a_ward_or_of_one"),
        ({"period": (None, MONDAY)}, "daily_timetable_has_a_start"),
    ],
)
def test_the_database_keeps_entries_whole(world: World, house: House, facts: dict[str, Any], broken: str) -> None:
    entry = plan(world, house, "Senam", "06.00", "06.30")
    with as_user(world.head), pytest.raises(IntegrityError, match=broken), transaction.atomic():
        TimetableEntry.objects.filter(pk=entry.pk).update(**facts)


# --- A day that is otherwise -----------------------------------------------------------------------------------------


def test_on_one_day_it_is_cancelled_or_moved_with_a_reason(world: World, house: House) -> None:
    gym = plan(world, house, "Senam", "06.00", "06.30", starts=LONG_BEFORE)
    lessons = plan(world, house, "Belajar", "08.00", "09.00", starts=LONG_BEFORE)
    change(world, gym, "cancelled")
    change(world, lessons, "moved", from_time=time(15), until_time=time(16), reason="Guru terlambat")

    cancelled, moved = of_ward(world, house, MONDAY)
    assert (cancelled.is_cancelled, cancelled.reason) == (True, "Hujan")
    assert (moved.is_moved, moved.from_time, moved.usual_from) == (True, time(15), time(8))
    assert told(of_ward(world, house, TUESDAY)) == ["06.00 Senam", "08.00 Belajar"]


def test_the_latest_word_about_a_day_holds(world: World, house: House) -> None:
    gym = plan(world, house, "Senam", "06.00", "06.30", starts=LONG_BEFORE)
    change(world, gym, "cancelled")
    change(world, gym, "as_planned", reason="Hujan reda")
    assert told(of_ward(world, house, MONDAY)) == ["06.00 Senam"]


def test_a_day_on_which_it_is_not_done_cannot_be_otherwise(world: World, house: House) -> None:
    gym = plan(world, house, "Senam", "06.00", "06.30", starts=LONG_BEFORE, days=[1])
    with pytest.raises(daily.NotOnThatDay):
        change(world, gym, "cancelled", MONDAY)


def test_ones_own_is_not_moved_onto_ones_own(world: World, house: House, asep: Stay) -> None:
    therapy = plan(world, asep, "Terapi", "09.00", "10.00", starts=LONG_BEFORE)
    plan(world, asep, "Sekolah", "10.00", "12.00", starts=LONG_BEFORE, days=[0])
    with pytest.raises(Refused, match="Sekolah"):
        change(world, therapy, "moved", from_time=time(9, 30), until_time=time(10, 30))
    change(world, therapy, "moved", from_time=time(13), until_time=time(14))
    with pytest.raises(Refused, match="Terapi"):
        plan(world, asep, "Kontrol RSUD", "13.30", "15.00", starts=MONDAY, ends=MONDAY)


@pytest.mark.parametrize(
    ("facts", "broken"),
    [
        ({"reason": ""}, "daily_change_has_a_reason"),
        ({"kind": "moved"}, "daily_moved_to_a_time"),
        ({"from_time": time(8)}, "daily_moved_to_a_time"),
    ],
)
def test_the_database_keeps_changes_whole(world: World, house: House, facts: dict[str, Any], broken: str) -> None:
    gym = plan(world, house, "Senam", "06.00", "06.30", starts=LONG_BEFORE)
    row = {"kind": "cancelled", "reason": "Hujan", **facts}
    with as_user(world.carer), pytest.raises(IntegrityError, match=broken), transaction.atomic():
        TimetableChange.objects.create(
            unit=house.unit, entry=gym, day=MONDAY, written_by=world.carer, written_at=now(), **row
        )


def test_now_and_next_follow_the_clock(world: World, house: House, asep: Stay) -> None:
    plan(world, house, "Senam", "06.00", "07.00", starts=LONG_BEFORE)
    plan(world, house, "Belajar", "08.00", "09.00", starts=LONG_BEFORE)
    plan(world, asep, "Minum jamu", "06.15", "06.30", starts=LONG_BEFORE)
    day = of_asep(world, house, asep, MONDAY)

    def at(text: str) -> tuple[str | None, str | None]:
        now_, next_ = now_and_next(day, hour(text))
        return now_.what if now_ else None, next_.what if next_ else None

    assert at("05.00") == (None, "Senam")
    assert at("06.20") == ("Minum jamu", "Belajar")
    assert at("06.45") == ("Senam", "Belajar")
    assert at("08.59") == ("Belajar", None)
    assert at("09.00") == (None, None)


# --- Copies ----------------------------------------------------------------------------------------------------------


def copy(world: World, source: House, house: House, **facts: Any) -> TimetableEntry:
    facts.setdefault("by", world.head)
    return daily.copy_timetable(
        id=uuid7(), source=source.ward, ward=house.ward, starts=facts.pop("starts", MONDAY), at=now(), **facts
    )


def test_a_ward_takes_over_the_timetable_of_another(world: World, house: House) -> None:
    other = build(world, name="Melati")
    plan(world, other, "Senam", "06.00", "06.30", starts=LONG_BEFORE)
    plan(world, other, "Belajar", "08.00", "09.00", starts=LONG_BEFORE, days=[0])
    plan(world, house, "Senam", "06.00", "06.30", starts=LONG_BEFORE, days=[0, 1])

    copy(world, other, house)

    assert told(of_ward(world, house, MONDAY)) == ["06.00 Senam", "08.00 Belajar"]
    assert told(of_ward(world, house, MONDAY + timedelta(days=3))) == ["06.00 Senam"]
    with pytest.raises(daily.NothingToCopy):
        copy(world, other, house)


def test_a_day_becomes_other_days(world: World, house: House) -> None:
    plan(world, house, "Belajar", "08.00", "09.00", starts=LONG_BEFORE, days=[0])
    copy(world, house, house, weekday=0, days=[1, 2])
    assert told(of_ward(world, house, TUESDAY)) == ["08.00 Belajar"]
    assert told(of_ward(world, house, MONDAY + timedelta(days=3))) == []
    with pytest.raises(Refused, match="ke hari apa"):
        copy(world, house, house, weekday=0)


def test_nobody_takes_over_for_a_ward_that_is_not_theirs(world: World, house: House) -> None:
    there = build(world, unit=world.other)
    with pytest.raises(NotAllowed):
        copy(world, house, there)
    with pytest.raises(NotAllowed):
        copy(world, there, house)


# --- What is seen ----------------------------------------------------------------------------------------------------


def test_the_day_of_a_sealed_person_is_their_teams(world: World, house: House, asep: Stay) -> None:
    entry = plan(world, asep, "Terapi", "09.00", "10.00", starts=LONG_BEFORE)
    plan(world, house, "Senam", "06.00", "06.30", starts=LONG_BEFORE)
    change(world, entry, "cancelled")
    make_guarded(world, asep.person, "sealed", world.owner)
    for reader, seen in ((world.owner, (2, 1)), (world.carer, (1, 0)), (world.head, (1, 0)), (world.outsider, (0, 0))):
        with as_user(reader):
            plain = (TimetableEntry.objects.count(), TimetableChange.objects.count())
            asked = tuple(model.objects.visible_to(reader).count() for model in (TimetableEntry, TimetableChange))
        assert plain == asked == seen, reader
