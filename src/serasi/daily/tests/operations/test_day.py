"""Rounds, medicine, diets, notes, hand-overs: group first, exceptions second."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from serasi.access.enums import Role
from serasi.access.operations import NotAllowed, Refused
from serasi.access.tests.factories import make_staff
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.daily import operations as daily
from serasi.daily.enums import Outcome, ShiftName
from serasi.daily.models import DailyNote, DayPractice, Diet, Dose, Prescription, Round, RoundEntry, ShiftHandover
from serasi.daily.operations import Answered, Exceptional
from serasi.daily.queries import (
    due_doses,
    kitchen,
    left_by,
    prescriptions_of,
    residents,
    shift_at,
    shift_before,
    unread,
)
from serasi.daily.tests.factories import call_roll, found, hour_of, live_here, order
from serasi.residence import operations as residence
from serasi.residence.models import Stay
from serasi.residence.tests.factories import House, ago, build
from serasi.residence.tests.test_sight import make_guarded

pytestmark = pytest.mark.django_db
JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def house(world: World) -> House:
    return build(world)


def round_of(world: World, house: House, exceptions: dict[Any, Exceptional], **facts: Any) -> Round:
    facts = {"kind": "breakfast", "usual": "all", "taken_at": ago(minutes=5), "by": world.carer, **facts}
    return daily.make_round(
        id=facts.pop("id", None) or uuid7(), ward=house.ward, exceptions=exceptions, at=now(), **facts
    )


# --- Rounds ----------------------------------------------------------------------------------------------------------


def test_one_answer_for_all_and_one_for_who_is_different(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep", "Bejo", "Cahyo")
    residence.go_out(id=uuid7(), stay=stays[2], kind="hospital", happened_at=ago(days=1), by=world.carer, at=now())

    round_of(world, house, {stays[1].pk: Exceptional("half", "mual")})

    with as_user(world.owner):
        entries = set(RoundEntry.objects.values_list("stay__tag", "answer", "note"))
        assert RoundEntry.objects.unlike_the_usual().count() == 1
    assert entries == {("1", "all", ""), ("2", "half", "mual")}


def test_a_round_sent_twice_is_one(world: World, house: House) -> None:
    live_here(world, house, "Asep")
    one = uuid7()
    assert round_of(world, house, {}, id=one).pk == round_of(world, house, {}, id=one).pk
    with as_user(world.carer):
        assert RoundEntry.objects.count() == 1


def test_a_round_leaves_whom_the_carer_may_not_know_to_their_team(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep", "Bejo")
    make_guarded(world, stays[1].person, "sealed", world.owner)

    round_of(world, house, {})

    with as_user(world.owner):
        assert list(RoundEntry.objects.values_list("stay__tag", flat=True)) == ["1"]
    with pytest.raises(daily.BoardChanged):
        round_of(world, house, {stays[1].pk: Exceptional("half")})


def test_a_round_takes_the_answers_of_its_kind(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep")
    for kind, usual in (("sleep", "all"), ("dancing", "all"), ("breakfast", "sometimes")):
        with pytest.raises(daily.NotAnAnswer):
            round_of(world, house, {}, kind=kind, usual=usual)
    with pytest.raises(daily.NotAnAnswer):
        round_of(world, house, {stays[0].pk: Exceptional("calm")})


def test_nobody_there_is_no_round_and_readers_make_none(world: World, house: House) -> None:
    with pytest.raises(daily.NobodyHere):
        round_of(world, house, {})
    live_here(world, house, "Asep")
    for reader in (world.head, world.owner, world.outsider):
        with pytest.raises(NotAllowed):
            round_of(world, house, {}, by=reader)


# --- Medicine --------------------------------------------------------------------------------------------------------


def due_of(world: World, house: House, stays: list[Stay]) -> list[Any]:
    with as_user(world.carer):
        ordered = prescriptions_of(stays=[s.pk for s in stays], unit=house.unit, at=now(), reader=world.carer)
        return due_doses(prescriptions=ordered, unit=house.unit, at=now())


def answer(world: World, due: list[Any], *outcomes: tuple[str, str], **facts: Any) -> Dose:
    answers = [
        Answered(one.prescription, one.due_at, outcome, reason)
        for one, (outcome, reason) in zip(due, outcomes, strict=False)
    ]
    return daily.record_doses(
        id=facts.pop("id", None) or uuid7(), answers=answers, by=facts.pop("by", world.carer), at=now()
    )


def test_a_dose_is_due_at_its_hour_until_it_is_answered(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep", "Bejo")
    for stay in stays:
        order(world, stay, hour_of(now()))

    due = [one for one in due_of(world, house, stays) if now() - one.due_at < timedelta(hours=2)]
    assert [one.prescription.stay.tag for one in due] == ["1", "2"]
    answer(world, due, ("given", ""), ("refused", "mual"))

    assert [one for one in due_of(world, house, stays) if now() - one.due_at < timedelta(hours=2)] == []
    with as_user(world.owner):
        assert set(Dose.objects.values_list("stay__tag", "outcome", "reason")) == {
            ("1", "given", ""),
            ("2", "refused", "mual"),
        }


def test_a_medicine_copied_now_was_not_due_before(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep")
    order(world, asep, (now() - timedelta(hours=3) + timedelta(hours=7)).time().replace(microsecond=0), at=now())
    assert due_of(world, house, [asep]) == []


def test_a_dose_is_recorded_once(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep")
    order(world, stays[0], hour_of(now()))
    due = due_of(world, house, stays)[-1:]
    answer(world, due, ("given", ""))

    with pytest.raises(Refused, match="baru saja dicatat petugas lain"):
        answer(world, due, ("missed", "lupa"))


def test_a_round_of_medicine_sent_twice_is_one(world: World, house: House) -> None:
    stays, one = live_here(world, house, "Asep", "Bejo"), uuid7()
    for stay in stays:
        order(world, stay, hour_of(now()))
    due = due_of(world, house, stays)[-2:]

    first = answer(world, due, ("given", ""), ("given", ""), id=one)
    again = answer(world, due, ("given", ""), ("given", ""), id=one)

    assert first.pk == again.pk == one
    with as_user(world.carer):
        assert Dose.objects.count() == 2


def test_who_was_not_given_a_medicine_has_a_reason(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep")
    order(world, stays[0], hour_of(now()))
    due = due_of(world, house, stays)[-1:]

    with pytest.raises(daily.ReasonNeeded, match="#1"):
        answer(world, due, ("held", " "))
    with pytest.raises(daily.NothingAnswered):
        answer(world, due)


def test_a_moment_that_is_not_one_of_its_hours_is_refused(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep")
    one = order(world, stays[0], hour_of(now()))
    wrong = Answered(one, now().replace(minute=17, second=3, microsecond=0), "given")

    with pytest.raises(daily.NotDueThen):
        daily.record_doses(id=uuid7(), answers=[wrong], by=world.carer, at=now())


def test_a_medicine_that_was_stopped_is_due_no_longer(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep")
    one = order(world, stays[0], hour_of(now()))
    yesterday = now().astimezone(JAKARTA).date() - timedelta(days=1)

    daily.end_prescription(
        prescription=one, latest=yesterday, reason="dr. Ratna: tekanan darah baik", revision=1, by=world.carer, at=now()
    )

    assert [one for one in due_of(world, house, stays) if now() - one.due_at < timedelta(hours=2)] == []
    with pytest.raises(daily.NoLongerOrdered):
        daily.end_prescription(prescription=one, latest=yesterday, reason="lagi", revision=2, by=world.carer, at=now())


def test_what_is_given_when_needed_has_a_reason_and_is_never_due(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep")
    one = order(world, stays[0], drug="Parasetamol")
    assert due_of(world, house, stays) == []

    dose = daily.give_when_needed(id=uuid7(), prescription=one, reason="demam 38,4", by=world.carer, at=now())

    assert (dose.due_at, dose.outcome, dose.reason) == (None, Outcome.GIVEN, "demam 38,4")
    with pytest.raises(Refused, match="mengapa"):
        daily.give_when_needed(id=uuid7(), prescription=one, reason="", by=world.carer, at=now())
    timed = order(world, stays[0], time(7))
    with pytest.raises(daily.NotWhenNeeded):
        daily.give_when_needed(id=uuid7(), prescription=timed, reason="nyeri", by=world.carer, at=now())


def test_a_medicine_has_its_days_in_order(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep")
    with pytest.raises(Refused, match="tidak boleh sebelum hari pertama"):
        order(world, asep, ends=(now() - timedelta(days=5)).date())


def test_the_database_refuses_what_cannot_be_a_dose(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep")
    one = order(world, stays[0], time(7))

    def write(**facts: Any) -> None:
        moments = {"due_at": ago(hours=2), "happened_at": now(), "written_at": now()}
        facts = {**moments, "outcome": "given", "reason": "", **facts}
        with as_user(world.carer), transaction.atomic():
            Dose.objects.create(prescription=one, stay=stays[0], unit=house.unit, written_by=world.carer, **facts)

    with pytest.raises(IntegrityError, match="daily_a_dose_not_given_has_a_reason"):
        write(outcome="refused")
    with pytest.raises(IntegrityError, match="daily_dose_is_known"):
        write(outcome="thrown", reason="x")
    with pytest.raises(IntegrityError, match="daily_dose_is_not_of_tomorrow"):
        write(due_at=now() + timedelta(hours=3))
    with pytest.raises(IntegrityError, match="daily_dose_has_happened"):
        write(happened_at=now() + timedelta(hours=3))


def test_the_database_refuses_a_medicine_without_a_name(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep")
    with pytest.raises(Refused, match="Isi nama obat"):
        order(world, asep, time(7), drug=" ")
    with as_user(world.carer):
        assert Prescription.objects.count() == 0


# --- Diets -----------------------------------------------------------------------------------------------------------


def diet(world: World, stay: Stay, kind: str = "soft", **facts: Any) -> Diet:
    facts = {"starts": (now() - timedelta(days=3)).date(), "reason": "Gigi", **facts}
    return daily.order_diet(id=uuid7(), stay=stay, kind=kind, by=world.carer, at=now(), **facts)


def test_the_kitchen_knows_how_many_eat_what(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep", "Bejo", "Cahyo", "Dedi")
    diet(world, stays[0])
    diet(world, stays[0], "allergy", words="tanpa kacang")
    diet(world, stays[1])
    residence.go_out(id=uuid7(), stay=stays[1], kind="leave", happened_at=ago(days=1), by=world.carer, at=now())

    with as_user(world.head):
        found_there = kitchen(unit=house.unit, at=now(), reader=world.head)

    assert (found_there.eaters, found_there.ordinary, found_there.special) == (3, 2, 1)
    assert [(kind.value, count) for kind, count in found_there.by_kind] == [("soft", 1), ("allergy", 1)]
    assert [meal.resident.shown for meal in found_there.wards[0].special] == ["Asep"]


def test_a_diet_holds_once_says_what_and_ends(world: World, house: House) -> None:
    (asep,) = live_here(world, house, "Asep")
    first = diet(world, asep)
    with pytest.raises(Refused, match="sudah berlaku"):
        diet(world, asep)
    with pytest.raises(Refused, match="Tulis bagi dapur"):
        diet(world, asep, "allergy")
    with pytest.raises(Refused, match="tulis alasannya"):
        diet(world, asep, "low_salt", reason=" ")
    with pytest.raises(Refused, match="sebelum hari pertama"):
        diet(world, asep, "diabetic", ends=date(2020, 1, 1))

    today = now().astimezone(JAKARTA).date()
    daily.end_diet(diet=first, latest=today - timedelta(days=1), by=world.carer, at=now())

    with as_user(world.carer):
        assert Diet.objects.on(today).count() == 0
        assert Diet.objects.on(today - timedelta(days=1)).count() == 1
    with pytest.raises(daily.AlreadyEnded):
        daily.end_diet(diet=first, latest=today, by=world.carer, at=now())


# --- Notes and hand-overs --------------------------------------------------------------------------------------------


def note(world: World, house: House, stays: list[Stay], text: str = "Batuk semalaman", **facts: Any) -> DailyNote:
    facts = {"kind": "health", "is_handed_on": True, "id": uuid7(), "by": world.carer, **facts}
    return daily.write_note(ward=house.ward, stays=stays, text=text, at=now(), **facts)


def test_a_note_about_several_stands_at_each_and_once_when_sent_twice(world: World, house: House) -> None:
    stays, one = live_here(world, house, "Asep", "Bejo"), uuid7()
    for _ in range(2):
        note(world, house, stays, id=one)

    with as_user(world.owner):
        assert set(DailyNote.objects.values_list("stay__tag", "written_as")) == {("1", one), ("2", one)}


def test_a_note_needs_words(world: World, house: House) -> None:
    with pytest.raises(Refused, match="Tulis catatannya"):
        note(world, house, [], " ")


def test_who_sees_what_of_a_day(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep", "Bejo")
    order(world, stays[0], time(7))
    note(world, house, stays[1:])
    note(world, house, [], "Lampu lorong mati")
    diet(world, stays[1])
    round_of(world, house, {})
    make_guarded(world, stays[1].person, "sealed", world.owner)
    models: tuple[Any, ...] = (Prescription, DailyNote, Diet, RoundEntry, Round)

    def seen(reader: Any) -> tuple[int, ...]:
        with as_user(reader):
            plain = [set(model.objects.values_list("pk", flat=True)) for model in models]
            asked = [set(model.objects.visible_to(reader).values_list("pk", flat=True)) for model in models]
        assert plain == asked, reader
        return tuple(len(one) for one in plain)

    assert seen(world.owner) == (1, 2, 1, 2, 1)
    assert seen(world.carer) == seen(world.head) == seen(world.psychologist) == (1, 1, 0, 1, 1)
    assert seen(world.outsider) == seen(world.officer) == seen(world.administrator) == (0, 0, 0, 0, 0)


def test_a_hand_over_gathers_what_the_shift_left(world: World, house: House) -> None:
    stays = live_here(world, house, "Asep", "Bejo", "Cahyo")
    order(world, stays[0], hour_of(now()))
    due = due_of(world, house, stays[:1])[-1:]
    answer(world, due, ("refused", "pahit"))
    residence.go_out(id=uuid7(), stay=stays[1], kind="hospital", happened_at=ago(hours=2), by=world.carer, at=now())
    call_roll(world, house, found(stays, t2="hospital", t3="missing"))
    round_of(world, house, {stays[0].pk: Exceptional("nothing", "tidur terus")})
    note(world, house, stays[:1])
    note(world, house, stays[:1], "Tidak perlu diteruskan", is_handed_on=False)

    with as_user(world.owner):
        here = {one.stay_id: one for one in residents(ward=house.ward, at=now(), reader=world.owner)}
        left = left_by(ward=house.ward, here=here, since=ago(hours=3), until=now(), reader=world.owner)

    assert [mark.tag for mark in left.missing] == ["3"]
    assert [one.shown for one in left.hospital] == ["Bejo"]
    assert [(who.shown, dose.reason) for who, dose in left.doses if who] == [("Asep", "pahit")]
    assert [(who.shown, entry.note) for who, entry in left.unusual if who] == [("Asep", "tidur terus")]
    assert [one.text for _who, one in left.notes] == ["Batuk semalaman"]
    assert (left.arrived, left.away, left.is_quiet) == ([], [], False)


def handed(world: World, house: House) -> ShiftHandover:
    shift = shift_at(house.unit, now())
    return daily.hand_over(id=uuid7(), ward=house.ward, shift=shift, words="Asep batuk", by=world.carer, at=now())


def test_what_was_handed_over_waits_until_the_next_shift_has_read_it(world: World, house: House) -> None:
    next_carer = make_staff(Role.CARER, world.panti, "Yanti Pengasuh")
    one = handed(world, house)
    with pytest.raises(daily.NotYourOwn):
        daily.acknowledge(handover=one, by=world.carer, at=now())
    with as_user(next_carer):
        assert [left.words for left in unread(ward=house.ward, reader=next_carer)] == ["Asep batuk"]

    daily.acknowledge(handover=one, by=next_carer, at=now())

    with as_user(next_carer):
        assert unread(ward=house.ward, reader=next_carer) == []
        assert ShiftHandover.objects.get().read_by == next_carer
    with pytest.raises(NotAllowed):
        daily.acknowledge(handover=one, by=world.outsider, at=now())


def test_a_shift_that_has_not_begun_is_not_handed_over(world: World, house: House) -> None:
    to_come = shift_at(house.unit, now() + timedelta(hours=20))
    with pytest.raises(Refused, match="belum mulai"):
        daily.hand_over(id=uuid7(), ward=house.ward, shift=to_come, words="", by=world.carer, at=now())


# --- Shifts ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hour", "name", "day"),
    [
        (time(7), ShiftName.MORNING, 22),
        (time(13, 59), ShiftName.MORNING, 22),
        (time(14), ShiftName.AFTERNOON, 22),
        (time(23), ShiftName.NIGHT, 22),
        (time(3), ShiftName.NIGHT, 21),
    ],
)
def test_the_night_goes_over_midnight_in_the_time_of_the_house(
    world: World, hour: time, name: ShiftName, day: int
) -> None:
    moment = datetime.combine(date(2026, 11, 22), hour, tzinfo=JAKARTA)
    shift = shift_at(world.panti, moment)
    assert (shift.name, shift.day.day) == (name, day)
    assert shift.begins_at <= moment < shift.ends_at
    assert shift_before(world.panti, shift).ends_at == shift.begins_at


def test_a_unit_has_its_own_hours(world: World) -> None:
    hours = {"morning_from": time(6), "afternoon_from": None, "night_from": time(18)}
    daily.set_practice(id=uuid7(), unit=world.panti, **hours, revision=0, by=world.head, at=now())  # type: ignore[arg-type]
    with as_user(world.head):
        unit = type(world.panti).objects.get(pk=world.panti.pk)
        shift = shift_at(unit, datetime.combine(date(2026, 11, 22), time(15), tzinfo=JAKARTA))
    assert (shift.name, shift.ends_at.hour) == (ShiftName.MORNING, 18)

    with pytest.raises(Refused, match="berurutan"):
        daily.set_practice(
            id=uuid7(), unit=world.panti, morning_from=time(9), afternoon_from=time(8), night_from=time(21),
            revision=1, by=world.head, at=now(),
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        daily.set_practice(id=uuid7(), unit=world.panti, **hours, revision=1, by=world.carer, at=now())  # type: ignore[arg-type]
    with as_user(world.head):
        assert DayPractice.objects.get().revision == 1
