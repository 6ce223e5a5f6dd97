"""Who sees the work on a case: `visible_to` and the database's own policies give the same answer, for everyone."""

import pytest

from serasi.cases.enums import Approach, Confidentiality, DisclosedPart
from serasi.cases.models import (
    AftercareVisit,
    Approval,
    Case,
    CasePart,
    Delivery,
    Document,
    GroupSession,
    HandOver,
    Monitoring,
    Note,
    Plan,
    Readiness,
    Referral,
    ReferralMessage,
    TracingStep,
)
from serasi.cases.models.part import CasePartQuerySet
from serasi.cases.operations.aftercare import plan_visit
from serasi.cases.operations.confidentiality import classify
from serasi.cases.operations.group_session import hold_session
from serasi.cases.operations.handover import record_handover
from serasi.cases.operations.referral import accept_referral, write_message
from serasi.cases.operations.team import add_member
from serasi.cases.queries.delivery import sessions_seen_by
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.cases.tests.work_factories import (
    component,
    make_approved_plan,
    make_delivery,
    make_document,
    make_monitoring,
    make_note,
    make_sent_referral,
    today,
)
from serasi.common.identifiers import uuid7


@pytest.fixture
def worked(world: World) -> None:
    """Work in the owner's file, in a colleague's, elsewhere, and in a sealed one; referrals both ways, one accepted."""
    own = make_case(world, team=(world.carer,))
    sealed = make_case(world, team=(world.supervisor,))
    classify(case=sealed, confidentiality=Confidentiality.SEALED, tags=[], by=world.owner, at=now())
    for case, by in (
        (own, world.owner),
        (sealed, world.owner),
        (make_case(world, by=world.colleague), world.colleague),
    ):
        make_approved_plan(world, case, by=by) if case is not sealed else None
        make_delivery(case, by)
        make_note(case, by)
        make_note(case, by, tags=["hiv"])
        make_document(case, by)
        make_document(case, by, tags=["psychiatry"])
        plan_visit(id=uuid7(), case=case, due_date=today(), owner=by, by=by, at=now())
    make_monitoring(own, world.owner)
    elsewhere = make_case(world, by=world.outsider, unit=world.other)
    make_note(elsewhere, world.outsider)
    disclosed = make_document(own, world.owner)
    sent = make_sent_referral(world, own, disclosed=[DisclosedPart.DOCUMENTS], documents=[disclosed.pk])
    write_message(id=uuid7(), referral=sent, text="Kapan?", by=world.outsider, at=now())
    accepted = make_sent_referral(world, make_case(world))
    with as_user(world.outsider):
        received = Referral.objects.get(pk=accepted.pk)
    done = accept_referral(referral=received, case_id=uuid7(), by=world.outsider, at=now())
    with as_user(world.outsider):
        own_file = done.received_case
    assert own_file is not None
    record_handover(
        id=uuid7(),
        case=own_file,
        referral=done,
        handed_at=now(),
        receiver_name="Dewi",
        receiver_relation="pekerja sosial",
        condition="Sehat",
        by=world.outsider,
        at=now(),
    )
    make_sent_referral(world, sealed, decides_to_disclose=True)
    hold_session(
        id=uuid7(),
        unit=world.panti,
        component=component(),
        title="Senam",
        approach=Approach.RESIDENTIAL,
        held_at=now(),
        provider_name="Rini",
        cases=[own],
        by=world.owner,
        at=now(),
    )


def test_the_database_and_the_query_see_the_same_work(world: World, worked: None) -> None:
    parts: list[type[CasePart]] = [
        Plan,
        Delivery,
        Note,
        Monitoring,
        Document,
        AftercareVisit,
        HandOver,
        TracingStep,
        Readiness,
        Approval,
    ]
    for user in world.everyone():
        with as_user(user):
            for model in parts:
                found = model.objects
                assert isinstance(found.all(), CasePartQuerySet)
                by_database = set(found.values_list("pk", flat=True))
                assert by_database == set(found.visible_to(user).values_list("pk", flat=True)), (user, model)
            seen = Referral.objects.visible_to(user)
            assert set(Referral.objects.values_list("pk")) == set(seen.values_list("pk")), user
            assert set(GroupSession.objects.values_list("pk")) == set(sessions_seen_by(user).values_list("pk")), user
            assert ReferralMessage.objects.count() == ReferralMessage.objects.filter(referral__in=seen).count(), user


def test_each_sees_so_many_notes_and_referrals(world: World, worked: None) -> None:
    seen = {}
    for user in world.everyone():
        with as_user(user):
            seen[user] = (Note.objects.count(), Referral.objects.count())
    assert seen == {
        world.owner: (4, 3),
        world.colleague: (2, 0),
        world.psychologist: (0, 0),
        world.carer: (1, 1),
        world.supervisor: (6, 3),
        world.head: (4, 2),
        world.outsider: (1, 2),
        world.other_head: (1, 3),
        world.officer: (0, 0),
        world.administrator: (0, 0),
    }


def test_who_joins_the_team_reads_the_file_and_the_carer_reads_no_hiv(world: World) -> None:
    case = make_case(world)
    make_note(case, world.owner)
    make_note(case, world.owner, tags=["hiv"])
    add_member(id=uuid7(), case=case, user=world.carer, part="member", by=world.owner, at=now())
    with as_user(world.carer):
        assert Note.objects.count() == 1
        assert Case.objects.get().notes.readable_by(world.carer).count() == 1
