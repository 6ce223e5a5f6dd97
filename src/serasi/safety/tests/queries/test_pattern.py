"""Counts of incidents: for the house every number, for Dinas and ministry none that points at somebody."""

from collections import Counter
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from serasi.access.enums import Role, UnitKind
from serasi.access.models import User
from serasi.access.tests.factories import make_staff, make_unit
from serasi.cases.tests.factories import World, as_user, now
from serasi.residence.tests.factories import admit, ago, build
from serasi.safety.enums import IncidentKind, Severity
from serasi.safety.queries import Pattern, pattern_of, repeated_people
from serasi.safety.queries.pattern import told, told_line
from serasi.safety.tests.factories import report

pytestmark = pytest.mark.django_db


def counted_by(reader: User, world: World) -> Pattern:
    with as_user(reader):
        return pattern_of([world.panti, world.other], ago(days=100), now() + timedelta(days=1))


def test_whoever_may_count_counts_in_their_own_houses_alone(world: World) -> None:
    report(world)
    report(world, by=world.outsider, unit=world.other)
    ministry = make_staff(Role.MINISTRY_OFFICER, make_unit(code="KEMENSOS", kind=UnitKind.MINISTRY))

    readers = (world.head, world.other_head, world.officer, ministry, world.carer)
    assert [counted_by(one, world).total for one in readers] == [1, 1, 2, 0, 0]


def test_hours_and_weekdays_are_those_of_the_house(world: World) -> None:
    incident = report(world, ward=build(world).ward, severity=Severity.SERIOUS)
    local = incident.happened_at.astimezone(ZoneInfo("Asia/Jakarta"))

    found = counted_by(world.head, world)

    assert (found.kinds, found.severities, found.wards) == ({"fall": 1}, {"serious": 1}, {"Mawar": 1})
    assert (found.hours, found.weekdays) == ({local.hour: 1}, {local.isoweekday(): 1})
    assert found.months == {local.date().replace(day=1): 1}


@pytest.mark.slow
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(IncidentKind), st.sampled_from(Severity), st.integers(1, 60 * 24 * 90)), max_size=6
    )
)
def test_the_lines_of_a_pattern_add_up_to_its_incidents(
    world: World, told_of: list[tuple[IncidentKind, Severity, int]]
) -> None:
    before = counted_by(world.head, world)
    for kind, severity, minutes in told_of:
        report(world, kind=kind, severity=severity, happened_at=ago(minutes=minutes))

    after = counted_by(world.head, world)

    assert after.total == before.total + len(told_of)
    for line in (after.kinds, after.severities, after.hours, after.weekdays, after.months, after.wards):
        assert sum(line.values()) == after.total
    assert Counter(after.kinds) - Counter(before.kinds) == Counter(kind.value for kind, _severity, _at in told_of)


def test_a_small_number_is_not_told_to_who_may_not_read_behind_it() -> None:
    assert [told(number, is_whole=False) for number in (0, 1, 4, 5, 12)] == ["0", "<5", "<5", "5", "12"]
    assert [told(number, is_whole=True) for number in (0, 1, 4)] == ["0", "1", "4"]


def test_a_small_number_cannot_be_counted_out_of_the_total() -> None:
    assert told_line([9, 3, 6, 0]) == ["9", "<5", "×", "0"]
    assert told_line([9, 3, 2]) == ["9", "<5", "<5"]
    assert told_line([9, 6]) == ["9", "6"]
    assert told_line([2]) == ["<5"]


def test_who_comes_up_again_and_again_is_named_to_the_house(world: World) -> None:
    house = build(world)
    asep, bejo = (admit(world, house, bed=bed) for bed in house.beds[:2])
    report(world, asep, bejo)
    report(world, asep)

    def repeated(reader: User) -> list[tuple[str, int]]:
        with as_user(reader):
            return [(one.name, one.incidents) for one in repeated_people(reader, world.panti, ago(days=30))]

    assert repeated(world.head) == [(asep.person.full_name, 2)]
    assert repeated(world.officer) == []
