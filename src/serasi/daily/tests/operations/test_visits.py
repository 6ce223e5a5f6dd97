"""Who comes and who calls: announced, kept, refused, barred; and whom nobody has visited for long."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from serasi.access.enums import Role
from serasi.access.operations import NotAllowed, Refused
from serasi.access.tests.factories import make_staff
from serasi.cases.tests.factories import World, as_user, make_person, now
from serasi.common.identifiers import uuid7
from serasi.daily import operations as daily
from serasi.daily.enums import VisitOutcome
from serasi.daily.models import BarredContact, Visit
from serasi.daily.operations import Course, Visitor
from serasi.daily.queries import known_contacts, latest_contacts, long_without_contact, residents, visits_on
from serasi.daily.tests.factories import announce, bar, live_here, receive
from serasi.people import operations as people
from serasi.residence import operations as residence
from serasi.residence.models import Stay
from serasi.residence.queries import day_at
from serasi.residence.tests.factories import House, admit, ago, build
from serasi.residence.tests.test_sight import make_guarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(world: World) -> House:
    return build(world)


@pytest.fixture
def asep(world: World, house: House) -> Stay:
    return live_here(world, house, "Asep Suryana")[0]


def conclude(world: World, visit: Visit, **course: Any) -> Visit:
    course = {"outcome": "kept", "began_at": ago(minutes=30), **course}
    return daily.conclude_visit(visit=visit, course=Course(**course), by=world.carer, at=now())


def quiet(world: World, house: House) -> list[tuple[str, int]]:
    with as_user(world.carer):
        here = residents(ward=house.ward, at=now(), reader=world.carer)
        contacts = latest_contacts(stays=[one.stay_id for one in here], at=now(), reader=world.carer)
        found = long_without_contact(here=here, contacts=contacts, unit=house.unit, at=now())
    return [(one.resident.name, one.days) for one in found]


# --- Announced and received ------------------------------------------------------------------------------------------


def test_a_mother_is_announced_and_received(world: World, asep: Stay) -> None:
    visit = announce(world, asep)
    assert visit.is_expected

    conclude(world, visit, ended_at=ago(minutes=5), account="Menangis, lalu tertawa", is_something_brought=True)

    with as_user(world.owner):
        (kept,) = Visit.objects.kept()
    assert (kept.who, kept.account, kept.is_something_brought) == ("Ibu Sari (Ibu)", "Menangis, lalu tertawa", True)
    assert (kept.written_by, kept.concluded_by) == (world.carer, world.carer)


def test_what_became_of_a_visit_is_said_once(world: World, asep: Stay) -> None:
    visit = announce(world, asep)
    conclude(world, visit)
    with pytest.raises(daily.AlreadyConcluded):
        conclude(world, visit, outcome="not_kept", began_at=None)


def test_a_visit_sent_twice_is_one(world: World, asep: Stay) -> None:
    one = uuid7()
    assert receive(world, asep, id=one).pk == receive(world, asep, id=one).pk
    with as_user(world.carer):
        assert Visit.objects.count() == 1


def test_who_did_not_come_was_not_here_at_any_time(world: World, asep: Stay) -> None:
    visit = conclude(world, announce(world, asep), outcome="not_kept", began_at=ago(minutes=30))
    assert (visit.outcome, visit.began_at) == ("not_kept", None)


def test_the_house_refuses_with_a_reason_and_somebody_who_decided(world: World, asep: Stay) -> None:
    with pytest.raises(Refused, match="alasannya"):
        receive(world, asep, course={"outcome": "barred", "decided_by": "Kepala panti"})
    with pytest.raises(Refused, match="siapa yang memutuskan"):
        receive(world, asep, course={"outcome": "barred", "reason": "Datang mabuk"})
    one = receive(world, asep, course={"outcome": "barred", "reason": "Datang mabuk", "decided_by": "Kepala panti"})
    assert one.outcome == VisitOutcome.REFUSED_BY_HOUSE


def test_a_resident_may_refuse_and_says_why(world: World, asep: Stay) -> None:
    one = receive(world, asep, course={"outcome": "refused", "reason": "Belum siap bertemu"})
    assert (one.outcome, one.reason) == (VisitOutcome.REFUSED_BY_RESIDENT, "Belum siap bertemu")
    assert one.began_at is not None


def test_a_visit_that_has_not_come_is_not_recorded(world: World, asep: Stay) -> None:
    with pytest.raises(Refused, match="belum tiba"):
        receive(world, asep, course={"began_at": now() + timedelta(hours=1)})
    with pytest.raises(Refused, match="sudah lewat"):
        announce(world, asep, expected_at=ago(hours=1))


def test_before_someone_came_to_live_here_nobody_visited_them_here(world: World, asep: Stay) -> None:
    with pytest.raises(daily.NotLivingHere):
        receive(world, asep, course={"began_at": ago(days=11)})


def test_what_was_written_by_mistake_is_withdrawn_and_stays_readable(world: World, asep: Stay) -> None:
    visit = receive(world, asep)
    with pytest.raises(Refused, match="dicabut"):
        daily.withdraw_visit(visit=visit, reason=" ", by=world.carer, at=now())
    daily.withdraw_visit(visit=visit, reason="Tamu penghuni lain", by=world.carer, at=now())
    with as_user(world.owner):
        assert Visit.objects.in_force().count() == 0
        assert Visit.objects.get().withdrawn_reason == "Tamu penghuni lain"
    with pytest.raises(daily.AlreadyConcluded):
        daily.withdraw_visit(visit=visit, reason="Sekali lagi", by=world.carer, at=now())


@pytest.mark.parametrize(
    ("facts", "broken"),
    [
        ({"visitor_name": ""}, "daily_visit_says_who_and_how"),
        ({"kind": "fax"}, "daily_visit_says_who_and_how"),
        ({"concluded_by": None}, "daily_visit_is_expected_or_concluded"),
        ({"began_at": None}, "daily_visit_happened_at_a_time"),
        ({"ended_at": ago(hours=3)}, "daily_visit_ends_after_it_began"),
        ({"outcome": "cancelled", "began_at": None}, "daily_visit_refused_has_a_reason"),
        ({"outcome": "barred", "reason": "Mabuk"}, "daily_visit_barred_by_someone"),
        ({"withdrawn_reason": "Salah"}, "daily_visit_is_withdrawn_with_a_reason"),
    ],
)
def test_the_database_keeps_visits_whole(world: World, asep: Stay, facts: dict[str, Any], broken: str) -> None:
    visit = receive(world, asep)
    with as_user(world.carer), pytest.raises(IntegrityError, match=broken), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(**facts)


def test_an_outsider_and_an_administrator_record_no_visit(world: World, asep: Stay) -> None:
    for stranger in (world.outsider, world.administrator):
        with pytest.raises(NotAllowed):
            receive(world, asep, by=stranger)


# --- Who may not come ------------------------------------------------------------------------------------------------


def test_who_is_barred_is_named_before_anything_is_written(world: World, asep: Stay) -> None:
    bar(world, asep, "Darto Wibowo")
    for name in ("Darto", "Pak Darto", "DARTO WIBOWO"):
        with pytest.raises(daily.Barred, match="Diduga melakukan kekerasan"):
            receive(world, asep, name)
    assert receive(world, asep, "Siti Aminah").is_despite_bar is False


def test_who_was_received_all_the_same_is_recorded_as_such(world: World, asep: Stay) -> None:
    bar(world, asep)
    assert receive(world, asep, "Darto", despite_bar=True).is_despite_bar is True
    with pytest.raises(daily.Barred):
        announce(world, asep, "Darto")


def test_who_is_turned_away_needs_no_further_word(world: World, asep: Stay) -> None:
    bar(world, asep)
    course = {"outcome": "barred", "reason": "Ada larangan", "decided_by": "Kepala panti"}
    assert receive(world, asep, "Darto", course=course).is_despite_bar is False


def test_a_bar_holds_on_its_days(world: World, asep: Stay) -> None:
    one = bar(world, asep)
    daily.lift_bar(bar=one, latest=ago(days=2).date(), by=world.owner, at=now())
    assert receive(world, asep, "Darto").is_despite_bar is False
    with pytest.raises(daily.NoLongerBarred):
        daily.lift_bar(bar=one, latest=date(2100, 1, 1), by=world.owner, at=now())


def test_a_bar_goes_along_to_the_next_house(world: World, asep: Stay) -> None:
    boss = make_staff(Role.HEAD, world.dinas, "Kepala Jenjang")
    there = build(world, unit=world.other)
    bar(world, asep)
    over = bar(world, asep, "Tarjo", starts=ago(days=9).date())
    daily.lift_bar(bar=over, latest=ago(days=3).date(), by=world.owner, at=now())

    residence.transfer(
        id=uuid7(), stay=asep, unit=world.other, bed=there.bed, purpose="Jenjang ringan", exit_plan="Keterampilan",
        happened_at=ago(hours=1), by=boss, at=now(),
    )  # fmt: skip

    with as_user(world.outsider):
        here = Stay.objects.select_related("unit", "person").get(came_from=asep.pk)
        told = [(one.who, one.reason, one.period.lower, one.period.upper) for one in BarredContact.objects.all()]
    today = day_at(world.other, ago(hours=1))
    assert told == [("Darto Wibowo (Ayah tiri)", "Diduga melakukan kekerasan", today, None)]
    with pytest.raises(daily.Barred):
        receive(world, here, "Darto", by=world.outsider, course={"began_at": ago(minutes=30)})


def test_the_family_is_known_by_whom_the_register_knows(world: World, asep: Stay) -> None:
    people.add_relationship(
        id=uuid7(), person=asep.person, relation="wali", is_guardian=True, contact_name="Sri Rahayu",
        since=ago(days=400).date(), by=world.owner, at=now(),
    )  # fmt: skip
    with as_user(world.carer):
        (known,) = known_contacts(stay=asep, day=day_at(asep.unit, now()), reader=world.carer)
    assert (known.name, known.relation) == ("Sri Rahayu", "Wali")
    bar(world, asep, visitor=Visitor("Bu Sri", "Wali", known.relationship))
    with pytest.raises(daily.Barred):
        receive(world, asep, visitor=Visitor("Rahayu", "Wali", known.relationship))


def test_a_carer_bars_nobody(world: World, asep: Stay) -> None:
    with pytest.raises(NotAllowed):
        bar(world, asep, by=world.carer)


def test_the_database_keeps_bars_whole(world: World, asep: Stay) -> None:
    one = bar(world, asep)
    with as_user(world.owner), pytest.raises(IntegrityError, match="daily_bar_has_a_reason"), transaction.atomic():
        BarredContact.objects.filter(pk=one.pk).update(reason="")


# --- Nobody came -----------------------------------------------------------------------------------------------------


def test_whom_nobody_visits_stands_there_after_as_long_as_the_unit_says(world: World, house: House) -> None:
    for name, days, bed in (("Asep A", 20, 0), ("Bejo B", 30, 1), ("Cahyo C", 3, 2)):
        admit(world, house, person=make_person(world, name), bed=house.beds[bed], happened_at=ago(days=days))
    assert quiet(world, house) == [("Bejo B", 30), ("Asep A", 20)]

    with as_user(world.carer):
        bejo = Stay.objects.select_related("unit", "person").get(person__full_name="Bejo B")
    receive(world, bejo, kind="phone", course={"began_at": ago(days=6)})
    assert quiet(world, house) == [("Asep A", 20)]

    hours: Any = {"morning_from": "07:00", "afternoon_from": None, "night_from": "19:00"}
    daily.set_practice(id=uuid7(), unit=house.unit, **hours, contact_within_days=5, revision=0, by=world.head, at=now())
    house.unit.refresh_from_db()
    assert quiet(world, house) == [("Asep A", 20), ("Bejo B", 6)]


def test_who_was_at_home_on_leave_has_seen_somebody(world: World, house: House) -> None:
    asep = admit(world, house, person=make_person(world, "Asep A"), happened_at=ago(days=60))
    residence.go_out(id=uuid7(), stay=asep, kind="leave", happened_at=ago(days=9), by=world.carer, at=now())
    assert quiet(world, house) == []
    residence.come_back(id=uuid7(), stay=asep, happened_at=ago(days=4), by=world.carer, at=now())
    assert quiet(world, house) == []


def test_a_refused_visit_is_no_visit(world: World, house: House) -> None:
    asep = admit(world, house, person=make_person(world, "Asep A"), happened_at=ago(days=40))
    receive(world, asep, course={"outcome": "refused", "reason": "Tidak mau"})
    assert quiet(world, house) == [("Asep A", 40)]


# --- What is seen ----------------------------------------------------------------------------------------------------


def test_today_also_shows_what_nobody_has_answered_for(world: World, asep: Stay) -> None:
    announce(world, asep, "Kemarin", expected_at=ago(hours=30), at=ago(days=3))
    announce(world, asep, "Sebentar lagi", expected_at=now(), at=ago(minutes=1))
    today = day_at(asep.unit, now())
    with as_user(world.carer):
        asked: Any = {"stays": [asep.pk], "unit": asep.unit, "now": now(), "reader": world.carer}
        assert [one.visitor_name for one in visits_on(day=today, **asked)] == ["Kemarin", "Sebentar lagi"]
        assert visits_on(day=today + timedelta(days=1), **asked) == []


def test_visits_of_a_sealed_person_are_their_teams(world: World, asep: Stay) -> None:
    receive(world, asep)
    bar(world, asep)
    make_guarded(world, asep.person, "sealed", world.owner)
    for reader, seen in ((world.owner, 1), (world.carer, 0), (world.head, 0), (world.outsider, 0)):
        with as_user(reader):
            for model in (Visit, BarredContact):
                assert model.objects.count() == model.objects.visible_to(reader).count() == seen, (reader, model)
