"""What is written in a file: team, approach, risk, confidentiality, agreement, assessment, conference, tasks, glass."""

from datetime import timedelta
from typing import Any

import pytest

from serasi.access.models import EmergencyAccess
from serasi.access.operations import Conflict, NotAllowed, Refused
from serasi.access.operations.emergency import review_emergency
from serasi.cases.enums import Approach, Confidentiality, TeamPart
from serasi.cases.models import ApproachPeriod, Case, DomainAssessment, Stage, StageSet, TeamMember
from serasi.cases.operations import (
    add_member,
    break_glass,
    classify,
    do_task,
    end_member,
    give_task,
    hand_over,
    load_reference,
    rate_risk,
    save_assessment,
    set_practice,
    sign_agreement,
    start_approach,
    start_assessment,
    undo_task,
)
from serasi.cases.operations.assessment import AssessmentIsFinal, TagNotReadable
from serasi.cases.operations.confidentiality import NotOnTeam
from serasi.cases.operations.task import OwnerOffTeam
from serasi.cases.operations.team import AlreadyOnTeam, CannotRead
from serasi.cases.queries.practice import practice_of
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.common.identifiers import uuid7
from serasi.people.models import PersonTeam

REASON = "Penghuni kejang, obat rutinnya tercatat di sini"


def circle(case: Case) -> set[str]:
    return {row.user.full_name for row in PersonTeam.objects.filter(person=case.person, until_at=None)}


def test_the_people_around_a_person_follow_the_team(world: World) -> None:
    case = make_case(world)
    member = add_member(id=uuid7(), case=case, user=world.carer, part="member", by=world.owner, at=now())
    with as_user(world.owner):
        assert circle(case) == {"Rini Wulandari", "Siti Pengasuh"}
    end_member(member=member, by=world.owner, at=now())
    with as_user(world.owner):
        assert circle(case) == {"Rini Wulandari"}


def test_a_second_case_elsewhere_keeps_its_own_people_around_the_person(world: World) -> None:
    case = make_case(world)
    from serasi.people.operations import recognise  # noqa: PLC0415  (only this test needs it)

    recognise(
        id=uuid7(), person_id=case.person_id, unit=world.other, reason="Datang ke Kedoya", by=world.outsider, at=now()
    )
    with as_user(world.outsider):
        person = type(case.person).objects.get(pk=case.person_id)
    make_case(world, person=person, by=world.outsider, unit=world.other)
    add_member(id=uuid7(), case=case, user=world.carer, part="member", by=world.owner, at=now())
    with as_user(world.owner):
        assert circle(case) == {"Rini Wulandari", "Siti Pengasuh", "Dewi Lestari"}


def test_the_manager_hands_over_and_stays(world: World) -> None:
    case = make_case(world)
    hand_over(id=uuid7(), case=case, to=world.colleague, by=world.owner, at=now())
    with as_user(world.owner):
        parts = {m.user: m.part for m in TeamMember.objects.in_force(now()).filter(case=case)}
    assert parts == {world.colleague: TeamPart.MANAGER, world.owner: TeamPart.MEMBER}


def test_a_case_is_never_without_its_manager(world: World) -> None:
    case = make_case(world)
    with as_user(world.owner):
        manager = TeamMember.objects.get(case=case)
    with pytest.raises(Refused):
        end_member(member=manager, by=world.owner, at=now())


def test_who_may_not_read_files_joins_no_team(world: World) -> None:
    case = make_case(world)
    with pytest.raises(CannotRead):
        add_member(id=uuid7(), case=case, user=world.administrator, part="member", by=world.owner, at=now())
    with pytest.raises(AlreadyOnTeam):
        add_member(id=uuid7(), case=case, user=world.owner, part="member", by=world.owner, at=now())
    with pytest.raises(NotAllowed):
        add_member(id=uuid7(), case=case, user=world.outsider, part="member", by=world.outsider, at=now())


def test_a_case_moves_between_approaches_in_one_file(world: World) -> None:
    case = make_case(world)
    start_approach(
        id=uuid7(), case=case, approach="residential", agent=world.panti, reason="Tak berumah", by=world.owner, at=now()
    )
    start_approach(
        id=uuid7(), case=case, approach="community", reason="Siang di LKS", instead=False, by=world.owner, at=now()
    )
    with as_user(world.owner):
        running = {p.approach for p in ApproachPeriod.objects.filter(case=case, period__contains=now())}
        assert ApproachPeriod.objects.filter(case=case).count() == 3
    assert running == {Approach.RESIDENTIAL, Approach.COMMUNITY}


def test_of_two_who_rate_at_once_the_second_is_shown_the_first(world: World) -> None:
    case = make_case(world)
    seen = case.revision
    rate_risk(id=uuid7(), case=case, risk="high", reason="Luka", revision=seen, by=world.owner, at=now())
    with pytest.raises(Conflict):
        rate_risk(id=uuid7(), case=case, risk="low", reason="Tenang", revision=seen, by=world.owner, at=now())


def test_opening_a_class_further_needs_a_supervisor_and_sealing_a_place_on_the_team(world: World) -> None:
    case = make_case(world)
    classify(case=case, confidentiality="restricted", tags=["health"], by=world.owner, at=now())
    with pytest.raises(Refused):
        classify(case=case, confidentiality="ordinary", tags=[], by=world.owner, at=now())
    with as_user(world.supervisor):
        theirs = Case.objects.select_related("unit", "person").get(pk=case.pk)
    with pytest.raises(NotOnTeam):
        classify(case=theirs, confidentiality="sealed", tags=[], by=world.supervisor, at=now())
    classify(case=theirs, confidentiality="ordinary", tags=[], by=world.supervisor, at=now())
    assert theirs.confidentiality == Confidentiality.ORDINARY


def test_a_thumb_print_needs_its_witness_and_a_guardian_a_name(world: World) -> None:
    case, day = make_case(world), now().date()
    facts: dict[str, Any] = {
        "case": case,
        "explained_by": world.owner,
        "signed_at": now(),
        "starts_on": day,
        "by": world.owner,
    }
    ends = day + timedelta(days=30)
    with pytest.raises(Refused) as witness:
        sign_agreement(id=uuid7(), signed_for="self", signing="thumbprint", ends_on=ends, at=now(), **facts)
    with pytest.raises(Refused) as guardian:
        sign_agreement(id=uuid7(), signed_for="guardian", signing="signature", ends_on=ends, at=now(), **facts)
    with pytest.raises(Refused) as consent:
        sign_agreement(
            id=uuid7(), signed_for="self", signing="signature", ends_on=ends, consents=["apa"], at=now(), **facts
        )
    assert [e.value.field for e in (witness, guardian, consent)] == ["witness_name", "guardian_name", "consents"]


def test_two_professions_write_in_one_domain_side_by_side(world: World) -> None:
    case = make_case(world, team=(world.psychologist,))
    for author in (world.owner, world.psychologist):
        start_assessment(id=uuid7(), case=case, domain="social", findings="Ada", by=author, at=now())
    with as_user(world.owner):
        assert DomainAssessment.objects.filter(case=case, domain="social").count() == 2
    with pytest.raises(Refused):
        start_assessment(id=uuid7(), case=case, domain="social", findings="Lagi", by=world.owner, at=now())


def test_a_draft_is_its_authors_and_a_final_one_nobodys(world: World) -> None:
    case = make_case(world, team=(world.psychologist,))
    draft = start_assessment(id=uuid7(), case=case, domain="family", findings="Ada", by=world.owner, at=now())
    rest: dict[str, Any] = {"strengths": "", "needs": "", "tags": [], "at": now()}
    with pytest.raises(NotAllowed):
        save_assessment(assessment=draft, revision=1, findings="Lain", by=world.psychologist, **rest)
    with pytest.raises(Refused):
        save_assessment(assessment=draft, revision=1, findings=" ", is_final=True, by=world.owner, **rest)
    save_assessment(assessment=draft, revision=1, findings="Lengkap", is_final=True, by=world.owner, **rest)
    with pytest.raises(AssessmentIsFinal):
        save_assessment(assessment=draft, revision=2, findings="Diubah", by=world.owner, **rest)


def test_nobody_tags_what_they_could_not_read_again(world: World) -> None:
    case = make_case(world)
    with pytest.raises(TagNotReadable):
        start_assessment(
            id=uuid7(), case=case, domain="social", findings="Ada", tags=["rahasia"], by=world.owner, at=now()
        )


def test_a_task_is_given_to_the_team_done_by_its_owner_and_taken_back(world: World) -> None:
    case, today = make_case(world, team=(world.carer,)), now().date()
    with pytest.raises(OwnerOffTeam):
        give_task(
            id=uuid7(), case=case, title="X", owner=world.head, due_date=today + timedelta(1), by=world.owner, at=now()
        )
    task = give_task(
        id=uuid7(),
        case=case,
        title="Antar ke puskesmas",
        owner=world.carer,
        due_date=today + timedelta(1),
        by=world.owner,
        at=now(),
    )
    do_task(task=task, done_note="Sudah", by=world.carer, at=now())
    assert task.done_at is not None
    undone = undo_task(task=task, by=world.owner, at=now())
    assert (undone.done_at, undone.done_note) == (None, "")


def test_the_glass_is_broken_with_a_reason_for_three_hours_at_most(world: World) -> None:
    case = make_case(world)
    with pytest.raises(Refused) as short:
        break_glass(id=uuid7(), case_id=case.pk, reason="   darurat     sekali ", by=world.colleague, at=now())
    with pytest.raises(Refused) as long:
        break_glass(id=uuid7(), case_id=case.pk, reason=REASON, lasts=timedelta(hours=4), by=world.colleague, at=now())
    assert (short.value.field, long.value.field) == ("reason", "lasts")
    opened = break_glass(id=uuid7(), case_id=case.pk, reason=REASON, by=world.colleague, at=now())
    with as_user(world.colleague):
        assert Case.objects.filter(pk=case.pk).exists()
    with pytest.raises(Refused):
        break_glass(id=uuid7(), case_id=case.pk, reason=REASON, by=world.colleague, at=now())
    review_emergency(access=opened, is_justified=True, note="", by=world.head, at=now())
    assert opened.is_justified


def test_the_glass_of_a_sealed_case_another_unit_or_none_is_not_there(world: World) -> None:
    sealed, elsewhere = make_case(world), make_case(world, by=world.outsider, unit=world.other)
    classify(case=sealed, confidentiality="sealed", tags=[], by=world.owner, at=now())
    for target in (sealed.pk, elsewhere.pk, uuid7()):
        with pytest.raises(NotAllowed):
            break_glass(id=uuid7(), case_id=target, reason=REASON, by=world.colleague, at=now())
    assert not EmergencyAccess.objects.exists()


def test_the_glass_closes_by_itself(world: World) -> None:
    case = make_case(world)
    break_glass(
        id=uuid7(), case_id=case.pk, reason=REASON, by=world.colleague, at=now() - timedelta(hours=3, minutes=1)
    )
    with as_user(world.colleague):
        assert not Case.objects.filter(pk=case.pk).exists()
        assert not Case.objects.visible_to(world.colleague).filter(pk=case.pk).exists()


def test_an_emergency_that_was_wrong_says_why_and_nobody_reviews_their_own(world: World) -> None:
    case = make_case(world)
    opened = break_glass(id=uuid7(), case_id=case.pk, reason=REASON, by=world.colleague, at=now())
    with pytest.raises(Refused) as refused:
        review_emergency(access=opened, is_justified=False, note=" ", by=world.head, at=now())
    assert refused.value.field == "note"
    with pytest.raises(NotAllowed):
        review_emergency(access=opened, is_justified=True, note="", by=world.other_head, at=now())


def test_loading_reference_twice_changes_nothing(world: World) -> None:
    before = list(Stage.objects.values())
    load_reference(by=type(world.owner).objects.system(), at=now())
    assert list(Stage.objects.values()) == before
    with pytest.raises(NotAllowed):
        load_reference(by=world.head, at=now())


def test_a_unit_works_as_the_nearest_settings_above_it_say(world: World) -> None:
    assert practice_of(world.panti).stage_set == "atensi_nasional"
    set_practice(
        id=uuid7(),
        unit=world.dinas,
        stage_set=StageSet.objects.get(pk="dki"),
        components=[],
        by=world.administrator,
        at=now(),
    )
    assert practice_of(world.panti).stage_set == "dki"
    assert make_case(world).stage_id == "dki.identifikasi"
    with pytest.raises(NotAllowed):
        set_practice(
            id=uuid7(),
            unit=world.dinas,
            stage_set=StageSet.objects.get(pk="dki"),
            components=[],
            by=world.head,
            at=now(),
        )
