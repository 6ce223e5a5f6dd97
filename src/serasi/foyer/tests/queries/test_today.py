"""What someone may do alone today, and the list of the gate."""

from datetime import date, time, timedelta

import pytest

from serasi.access.enums import Role
from serasi.access.models import User
from serasi.access.tests.factories import make_staff
from serasi.cases.tests.factories import World, as_user, make_person, now
from serasi.common.identifiers import uuid7
from serasi.foyer.enums import Outing
from serasi.foyer.models import Allowance, Phase
from serasi.foyer.queries import Freedom, Tonight, today_of, tonight, way_of
from serasi.foyer.tests.factories import Youth, go_back, go_up, live, settle, use_foyer
from serasi.foyer.tests.operations.test_allowance import give
from serasi.people.models import Person
from serasi.people.operations import give_own_access
from serasi.residence import operations as residence
from serasi.residence.enums import State
from serasi.residence.tests.factories import ago, build
from serasi.residence.tests.test_sight import make_guarded

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


def phase(**facts: object) -> Phase:
    rights = {
        "outing": "told",
        "curfew_weekday": time(18),
        "curfew_weekend": time(19),
        "phone": "own",
        "guests": "common",
    }
    return Phase(name="Dibimbing", **(rights | facts))


def test_weekends_have_their_own_hour() -> None:
    assert [Freedom.of(phase(), day).curfew for day in (FRIDAY, SATURDAY)] == [time(18), time(19)]


def test_an_allowance_changes_its_right_alone() -> None:
    late = Allowance(right="curfew", until=time(22))
    kept_in = Allowance(right="outing", outing="none")
    wide, narrow = Freedom.of(phase(), FRIDAY, [late]), Freedom.of(phase(), FRIDAY, [kept_in])
    assert (wide.curfew, wide.outing, wide.goes_alone) == (time(22), Outing.TOLD, True)
    assert (narrow.curfew, narrow.outing, narrow.goes_alone) == (time(18), Outing.NONE, False)
    assert narrow.change_of("outing") is kept_in
    assert Freedom.of(phase(), FRIDAY, [Allowance(right="money", amount=0)]).money_per_week == 0


@pytest.mark.django_db
class TestInTheHouse:
    def freedom(self, youth: Youth, reader: User | None = None) -> tuple[bool, str]:
        with as_user(reader or youth.world.owner):
            found = today_of(way_of(youth.deal), now())
        assert found.freedom is not None
        return found.may_go_alone, str(found.freedom.outing)

    def test_freedom_grows_and_goes_back_with_the_steps(self, world: World) -> None:
        use_foyer(world)
        youth = live(world)
        seen = [self.freedom(youth)]
        for act in (go_up, go_up, go_back):
            act(youth)
            seen.append(self.freedom(youth))
        assert seen == [(False, "accompanied"), (True, "told"), (True, "alone"), (False, "accompanied")]

    def test_an_allowance_of_today_counts_and_one_of_tomorrow_does_not(self, world: World) -> None:
        use_foyer(world)
        youth = live(world)
        go_up(youth)
        give(youth, right="outing", outing="none", after=1)
        assert self.freedom(youth) == (True, "told")
        give(youth, right="outing", outing="none")
        assert self.freedom(youth) == (False, "none")

    def test_in_hospital_nobody_goes_out_alone(self, world: World) -> None:
        use_foyer(world)
        youth = live(world)
        go_up(youth)
        residence.go_out(
            id=uuid7(), stay=youth.stay, kind="hospital", happened_at=ago(hours=2), by=world.carer, at=now()
        )
        assert self.freedom(youth) == (False, "told")

    def test_a_resident_reads_their_own_day(self, world: World) -> None:
        use_foyer(world)
        youth = live(world)
        go_up(youth)
        rizki = make_staff(Role.RESIDENT, world.panti, "Rizki Ramadani")
        with as_user(world.owner):
            person = Person.objects.get(pk=youth.person.pk)
        give_own_access(person=person, user=rizki, by=world.owner, at=now())
        with as_user(rizki):
            found = today_of(way_of(youth.deal), now())
        assert (found.may_go_alone, found.state) == (True, State.PRESENT)

    def test_the_gate_knows_of_everyone_and_names_whom_it_may(self, world: World) -> None:
        use_foyer(world)
        house = build(world)
        open_one, in_court, sealed = (
            live(world, name, house=house, bed=bed) for bed, name in enumerate(("Asep A", "Bejo B", "Cahyo C"))
        )
        settle(world, "Dedi D", house=house, bed=3)  # lives here without an agreement
        make_guarded(world, in_court.person, "sppa", world.owner)
        make_guarded(world, sealed.person, "sealed", world.owner)
        go_up(open_one)

        def seen(reader: User) -> list[tuple[str, str, bool, bool]]:
            with as_user(reader):
                found: list[Tonight] = tonight(unit=world.panti, at=now(), reader=reader)
            return [(one.tag, one.name, one.agreement_id is not None, one.today.may_go_alone) for one in found]

        assert seen(world.owner) == [
            ("1", "Asep A", True, True), ("2", "Bejo B", True, False), ("3", "Cahyo C", True, False),
        ]  # fmt: skip
        assert seen(world.carer) == [("1", "Asep A", True, True), ("2", "B. B.", True, False), ("3", "", False, False)]
        assert seen(world.outsider) == seen(world.administrator) == []

    def test_whose_stay_is_over_is_not_on_the_list(self, world: World) -> None:
        use_foyer(world)
        youth = live(world)
        residence.end_stay(id=uuid7(), stay=youth.stay, ending="family", happened_at=now(), by=world.owner, at=now())
        with as_user(world.carer):
            assert tonight(unit=world.panti, at=now() + timedelta(minutes=1), reader=world.carer) == []

    def test_a_person_of_no_foyer_is_nowhere(self, world: World) -> None:
        make_person(world)
        with as_user(world.carer):
            assert tonight(unit=world.panti, at=now(), reader=world.carer) == []
