"""Who sees what: `visible_to` and the database's own policies give the same answer, for everyone."""

import pytest

from serasi.access.enums import Role
from serasi.access.models import User
from serasi.access.tests.factories import make_posting
from serasi.cases.enums import AreaTag, Confidentiality
from serasi.cases.models import (
    Agreement,
    Case,
    Conference,
    DomainAssessment,
    Participant,
    Report,
    RiskRating,
    StageChange,
    Task,
    Triage,
)
from serasi.cases.operations.assessment import start_assessment
from serasi.cases.operations.conference import Seat, hold_conference
from serasi.cases.operations.confidentiality import classify
from serasi.cases.operations.emergency import break_glass
from serasi.cases.operations.task import give_task
from serasi.cases.operations.team import end_member
from serasi.cases.tests.factories import World, as_user, make_case, make_report, now
from serasi.common.identifiers import uuid7


@pytest.fixture
def files(world: World) -> dict[str, Case]:
    """The owner's, the colleague's, one elsewhere, a sealed one, and one opened in an emergency by the colleague."""
    own = make_case(world, team=(world.psychologist, world.carer))
    colleagues = make_case(world, by=world.colleague)
    elsewhere = make_case(world, by=world.outsider, unit=world.other)
    sealed = make_case(world)
    classify(case=sealed, confidentiality=Confidentiality.SEALED, tags=[], by=world.owner, at=now())
    glass = make_case(world)
    break_glass(
        id=uuid7(), case_id=glass.pk, reason="Kejang di asrama, perlu tahu obatnya", by=world.colleague, at=now()
    )
    make_report(world)
    make_report(world, by=world.outsider, unit=world.other)
    for case in (own, sealed):
        start_assessment(
            id=uuid7(),
            case=case,
            domain="psychological",
            findings="Tertekan",
            tags=[AreaTag.PSYCHIATRY],
            is_final=True,
            by=world.owner,
            at=now(),
        )
        hold_conference(
            id=uuid7(),
            case=case,
            held_at=now(),
            question="Apa yang perlu?",
            minutes="Dibahas.",
            seats=[Seat(user=world.owner), Seat(name="dr. Ratih")],
            decisions=[],
            by=world.owner,
            at=now(),
        )
        give_task(
            id=uuid7(), case=case, title="Urus KTP", owner=world.owner, due_date=now().date(), by=world.owner, at=now()
        )
    return {"own": own, "colleagues": colleagues, "elsewhere": elsewhere, "sealed": sealed, "glass": glass}


def test_each_sees_their_files_and_no_other(world: World, files: dict[str, Case]) -> None:
    expected: dict[User, set[str]] = {
        world.owner: {"own", "sealed", "glass"},
        world.colleague: {"colleagues", "glass"},
        world.psychologist: {"own"},
        world.carer: {"own"},
        world.supervisor: {"own", "colleagues", "glass"},
        world.head: {"own", "colleagues", "glass"},
        world.outsider: {"elsewhere"},
        world.other_head: {"elsewhere"},
        world.officer: set(),
        world.administrator: set(),
    }
    by_database, by_query = {}, {}
    for user in expected:
        with as_user(user):
            by_database[user] = {key for key, case in files.items() if Case.objects.filter(pk=case.pk).exists()}
            seen = Case.objects.visible_to(user)
            by_query[user] = {key for key, case in files.items() if seen.filter(pk=case.pk).exists()}
    assert by_database == expected
    assert by_query == expected


def test_the_database_and_the_query_agree_for_everyone(world: World, files: dict[str, Case]) -> None:
    for model in (Case, Report, StageChange, RiskRating, DomainAssessment, Conference, Task, Agreement):
        for user in world.everyone():
            with as_user(user):
                by_database = set(model.objects.values_list("pk", flat=True))
                by_query = set(model.objects.visible_to(user).values_list("pk", flat=True))
            assert by_database == by_query, (user, model)


def test_what_hangs_on_a_file_is_seen_with_it(world: World, files: dict[str, Case]) -> None:
    with as_user(world.outsider):
        assert {row.report.unit_id for row in Triage.objects.all()} == {world.other.pk}
        assert not Participant.objects.exists()


def test_an_area_is_read_by_the_professions_that_may(world: World, files: dict[str, Case]) -> None:
    with as_user(world.psychologist):
        assert DomainAssessment.objects.filter(case=files["own"]).count() == 1
    with as_user(world.carer):
        assert DomainAssessment.objects.filter(case=files["own"]).count() == 0


def test_who_leaves_the_team_stops_reading_at_once(world: World, files: dict[str, Case]) -> None:
    member = files["own"].teammembers.get(user=world.psychologist)
    end_member(member=member, by=world.owner, at=now())
    with as_user(world.psychologist):
        assert not Case.objects.filter(pk=files["own"].pk).exists()
        assert not Case.objects.visible_to(world.psychologist).exists()


def test_a_head_sees_their_own_tree_only(world: World, files: dict[str, Case]) -> None:
    above = User.objects.get(pk=world.officer.pk)
    make_posting(above, Role.HEAD, world.dinas)
    with as_user(above):
        seen = {key for key, case in files.items() if Case.objects.filter(pk=case.pk).exists()}
    assert seen == {"own", "colleagues", "elsewhere", "glass"}
