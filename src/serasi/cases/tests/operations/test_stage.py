"""The one door through stages."""

import random
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from serasi.access.operations import Conflict, NotAllowed, Refused
from serasi.cases import reference, rules
from serasi.cases.models import Case, Stage, StageChange
from serasi.cases.operations import stage as door
from serasi.cases.operations.agreement import sign_agreement
from serasi.cases.operations.stage import NoSuchWay, SomethingMissing, move
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.common.identifiers import uuid7


def stage_of(code: str) -> Stage:
    return Stage.objects.select_related("stage_set").get(pk=f"atensi_nasional.{code}")


def step(case: Case, to: str, by: Any, **facts: Any) -> StageChange:
    return move(id=uuid7(), case=case, to=stage_of(to), by=by, at=now(), **facts)


def test_every_rule_of_the_list_is_answered_by_an_expression() -> None:
    assert set(rules.RULES) == set(reference.rules().codes)
    assert {rule.section for rule in reference.rules()} == set(rules.SECTION_PAGES)


def test_a_case_goes_on_when_nothing_is_missing_and_says_what_is(world: World) -> None:
    case = make_case(world)
    step(case, "kesepakatan", world.owner)
    with pytest.raises(SomethingMissing) as refused:
        step(case, "asesmen", world.owner)
    assert [rule.code for rule in refused.value.missing] == ["consent_given", "agreement_signed"]
    assert "persetujuan" in str(refused.value).lower()
    day = now().date()
    sign_agreement(
        id=uuid7(),
        case=case,
        explained_by=world.owner,
        signed_for="self",
        signing="signature",
        signed_at=now(),
        starts_on=day,
        ends_on=day.replace(year=day.year + 1),
        consents=["care"],
        by=world.owner,
        at=now(),
    )
    step(case, "asesmen", world.owner)
    assert case.stage_id == "atensi_nasional.asesmen"


def test_all_rules_are_asked_in_one_statement(world: World, django_assert_num_queries: Any) -> None:
    case = make_case(world)
    with as_user(world.owner), django_assert_num_queries(1):
        rules.missing_of(case, reference.rules().codes)


def test_stepping_back_asks_a_reason_and_nothing_else(world: World) -> None:
    case = make_case(world)
    step(case, "kesepakatan", world.owner)
    with pytest.raises(Refused) as refused:
        step(case, "akses", world.owner)
    assert refused.value.field == "reason"
    step(case, "akses", world.owner, reason="Orangnya ternyata belum dikenali")
    assert case.stage_id == "atensi_nasional.akses"


def test_there_is_no_way_but_those_of_the_set(world: World) -> None:
    case = make_case(world)
    with pytest.raises(NoSuchWay):
        step(case, "monitoring", world.owner)


def test_of_two_who_move_at_once_the_second_is_shown_the_first(world: World) -> None:
    case = make_case(world, team=(world.colleague,))
    same = Case.objects.select_related("stage", "unit")
    with as_user(world.owner):
        seen_by_owner, seen_by_colleague = same.get(pk=case.pk), same.get(pk=case.pk)
    step(seen_by_owner, "kesepakatan", world.owner)
    with pytest.raises(Conflict):
        step(seen_by_colleague, "kesepakatan", world.colleague)
    with as_user(world.owner):
        assert StageChange.objects.filter(case=case).count() == 2


def test_the_same_move_sent_twice_is_one_move(world: World) -> None:
    case, id_ = make_case(world), uuid7()
    for _ in range(3):
        move(id=id_, case=case, to=stage_of("kesepakatan"), by=world.owner, at=now())
    with as_user(world.owner):
        assert StageChange.objects.filter(case=case).count() == 2


def test_a_carer_on_the_team_reads_and_does_not_walk(world: World) -> None:
    case = make_case(world, team=(world.carer,))
    with pytest.raises(NotAllowed):
        step(case, "kesepakatan", world.carer)


def test_a_reason_reaches_the_time_line_and_the_case_closes_once(world: World) -> None:
    case = make_case(world)
    with pytest.raises(SomethingMissing):
        door.close(id=uuid7(), case=case, is_planned=False, by=world.owner, at=now())
    with pytest.raises(Refused):
        door.reopen(id=uuid7(), case=case, reason="Kembali", by=world.owner, at=now())


@pytest.mark.django_db
@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_whatever_walk_is_taken_the_stage_is_that_of_the_latest_change(
    seed: int, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Moves, ends and reopenings in any order, with the rules met: case and changes always agree."""
    monkeypatch.setattr(door, "missing_of", lambda *_args, **_kwargs: [])
    chance = random.Random(seed)
    case = make_case(world, stage_set=chance.choice(["atensi_nasional", "dki"]))
    stages = list(Stage.objects.filter(stage_set=case.stage.stage_set_id))
    for _step in range(12):
        try:
            match chance.randrange(6):
                case 0:
                    door.close(id=uuid7(), case=case, is_planned=chance.random() < 0.5, by=world.owner, at=now())
                case 1:
                    door.reopen(id=uuid7(), case=case, reason="Dilanjutkan", by=world.owner, at=now())
                case _:
                    reason = chance.choice(["", "Perlu diulang"])
                    move(id=uuid7(), case=case, to=chance.choice(stages), reason=reason, by=world.owner, at=now())
        except Refused:
            pass
        with as_user(world.owner):
            stored = Case.objects.get(pk=case.pk)
            latest = StageChange.objects.filter(case=case).order_by("written_at", "pk").last()
            assert latest is not None
            assert stored.stage_id == latest.to_stage_id == case.stage_id
            assert stored.closed_at == case.closed_at
            changes = list(StageChange.objects.filter(case=case).order_by("written_at", "pk"))
            assert all(b.from_stage_id == a.to_stage_id for a, b in pairwise(changes))
