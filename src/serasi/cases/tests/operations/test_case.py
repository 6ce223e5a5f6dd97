"""Opening a case."""

import pytest

from serasi.access.operations import NotAllowed, Refused
from serasi.cases.enums import Confidentiality, TeamPart
from serasi.cases.models import ApproachPeriod, Case, CaseSeries, RiskRating, StageChange, TeamMember
from serasi.cases.operations.case import AlreadyOpen, open_case
from serasi.cases.operations.report import YES
from serasi.cases.tests.factories import (
    World,
    as_user,
    decide_to_open,
    make_case,
    make_person,
    make_report,
    now,
    screened,
)
from serasi.common.identifiers import uuid7
from serasi.people.enums import Confidentiality as PersonClass
from serasi.people.models import PersonTeam, PersonUnit


def test_an_opened_case_has_a_number_a_manager_a_stage_a_risk_and_an_approach(world: World) -> None:
    case = make_case(world)
    with as_user(world.owner):
        stored = Case.objects.get(pk=case.pk)
        assert stored.number == f"CIPAYUNG/{stored.opened_at.year}/0001"
        assert (stored.cluster, stored.confidentiality) == ("lansia", Confidentiality.ORDINARY)
        member = TeamMember.objects.get(case=case)
        assert (member.user, member.part) == (world.owner, TeamPart.MANAGER)
        assert [change.to_stage_id for change in StageChange.objects.filter(case=case)] == [stored.stage_id]
        assert RiskRating.objects.get(case=case).level == stored.risk
        assert ApproachPeriod.objects.get(case=case).period.upper is None
        assert PersonUnit.objects.filter(person=case.person, unit=world.panti, until_at=None).count() == 1
        assert [row.user for row in PersonTeam.objects.filter(person=case.person)] == [world.owner]


def test_a_kind_that_is_read_by_the_team_alone_still_closes_the_file_that_is_opened(world: World) -> None:
    case = make_case(world, person=make_person(world, kinds=["orang_dengan_hiv_aids"]))

    assert (case.confidentiality, case.tags) == (Confidentiality.RESTRICTED, ["hiv"])
    assert case.cluster == "ts_kpo"


def test_numbers_run_without_gaps_per_unit_and_year(world: World) -> None:
    first, second = make_case(world), make_case(world)
    elsewhere = make_case(world, by=world.outsider, unit=world.other)
    with pytest.raises(Refused):
        open_case(id=uuid7(), person=first.person, unit=world.panti, by=world.owner, at=now())
    third = make_case(world)
    assert [case.number.split("/")[-1] for case in (first, second, third)] == ["0001", "0002", "0003"]
    assert elsewhere.number.startswith("KEDOYA/")
    assert CaseSeries.objects.get(unit=world.panti).latest == 3


def test_the_same_form_sent_fifty_times_opens_one_case(world: World) -> None:
    person, id_ = make_person(world), uuid7()
    for _ in range(50):
        open_case(id=id_, person=person, unit=world.panti, by=world.owner, at=now())
    with as_user(world.owner):
        assert Case.objects.filter(person=person).count() == 1
        assert CaseSeries.objects.get(unit=world.panti).latest == 1


def test_a_person_has_one_open_case_in_a_unit(world: World) -> None:
    case = make_case(world)
    with pytest.raises(AlreadyOpen) as refused:
        open_case(id=uuid7(), person=case.person, unit=world.panti, by=world.owner, at=now())
    assert refused.value.case == case


def test_a_colleague_who_cannot_see_the_open_case_is_still_refused_a_second(world: World) -> None:
    case = make_case(world)
    with pytest.raises(AlreadyOpen) as refused:
        open_case(id=uuid7(), person=case.person, unit=world.panti, by=world.colleague, at=now())
    assert refused.value.case is None


def test_a_case_is_opened_of_a_report_decided_to_be_one(world: World) -> None:
    report = make_report(world)
    with pytest.raises(Refused) as refused:
        open_case(id=uuid7(), person=make_person(world), unit=world.panti, report=report, by=world.owner, at=now())
    assert refused.value.field == "report"


def test_a_child_in_court_makes_the_case_one_with_initials(world: World) -> None:
    person = make_person(world, "Rudi Anak Jalan", kinds=["anak_berhadapan_hukum"])
    case = make_case(world, person=person, confidentiality=Confidentiality.ORDINARY)
    assert case.confidentiality == Confidentiality.SPPA
    assert person.confidentiality == PersonClass.SPPA


def test_trafficking_seals_case_person_and_report(world: World) -> None:
    report = make_report(world, danger={**screened(), "perdagangan_orang": YES})
    decide_to_open(world, report)
    person = make_person(world, "Ratna Tersegel", kinds=["korban_trafficking"], sex="P")
    case = make_case(world, person=person, report=report)
    assert case.confidentiality == Confidentiality.SEALED
    assert person.confidentiality == PersonClass.SEALED
    for user in (world.colleague, world.supervisor, world.head):
        with as_user(user):
            assert not Case.objects.filter(pk=case.pk).exists()
            assert not type(report).objects.filter(pk=report.pk).exists()
            assert not type(person).objects.filter(pk=person.pk).exists()
    with as_user(world.owner):
        assert type(report).objects.get(pk=report.pk).is_sealed


def test_who_works_elsewhere_opens_no_case_here(world: World) -> None:
    person = make_person(world)
    with pytest.raises(NotAllowed):
        open_case(id=uuid7(), person=person, unit=world.panti, by=world.outsider, at=now())
