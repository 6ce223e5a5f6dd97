"""A case goes to another unit: what is disclosed, who answers, what comes back, and that nothing sent is lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused
from serasi.cases.enums import Confidentiality, Decision, DisclosedPart, ReferralAnswer, ReferralKind, Urgency
from serasi.cases.models import Case, Document, HandOver, Referral, ReferralMessage, Task, Termination
from serasi.cases.operations.approval import decide
from serasi.cases.operations.assessment import start_assessment
from serasi.cases.operations.confidentiality import classify
from serasi.cases.operations.handover import ReferralNotAccepted, record_handover
from serasi.cases.operations.referral import (
    AlreadyAnswered,
    NotADraft,
    ReferralIsOpen,
    ResultIsGiven,
    SealedNotDecided,
    accept_referral,
    change_referral,
    escalate_silent_referrals,
    refuse_referral,
    return_result,
    submit_referral,
    withdraw_referral,
    write_message,
)
from serasi.cases.queries.referral import Package, escalated, incoming, name_for_list, package_for_receiver
from serasi.cases.tests.factories import World, as_user, make_case, make_person, now
from serasi.cases.tests.work_factories import (
    approve,
    make_approved_plan,
    make_document,
    make_note,
    make_referral,
    make_sent_referral,
)
from serasi.common.identifiers import uuid7
from serasi.people.models import Person


def seen_by(user: User, referral: Referral) -> Referral | None:
    with as_user(user):
        return Referral.objects.filter(pk=referral.pk).first()


def take(referral: Referral, by: User) -> Referral:
    found = seen_by(by, referral)
    assert found is not None
    return accept_referral(referral=found, case_id=uuid7(), by=by, at=now())


def test_a_draft_is_the_senders_alone_and_a_sent_one_is_read_by_the_receiver(world: World) -> None:
    case = make_case(world)
    draft = make_referral(world, case)
    assert seen_by(world.outsider, draft) is None
    sent = make_sent_referral(world, make_case(world))
    assert seen_by(world.outsider, sent) is not None
    assert seen_by(world.colleague, sent) is None
    assert seen_by(world.administrator, sent) is None


def test_the_receiver_reads_the_package_and_nothing_of_the_file(world: World) -> None:
    case = make_case(world, person=make_person(world, "Suparman Kusuma"))
    make_approved_plan(world, case)
    make_note(case, world.owner, text="Rahasia keluarga")
    sent = make_sent_referral(world, case, disclosed=[DisclosedPart.IDENTITY])
    with as_user(world.outsider):
        received = Referral.objects.get(pk=sent.pk)
        package = package_for_receiver(received)
        assert package is not None
        assert [part.code for part in package.parts] == ["identity"]
        assert package.name == "Suparman Kusuma"
        assert "Rahasia" not in str(received.package)
        assert "menjahit" in received.reason
        assert Case.objects.filter(pk=case.pk).count() == 0
        assert Person.objects.filter(pk=case.person_id).count() == 0


def test_a_package_is_indonesian_whatever_language_its_author_reads(world: World) -> None:
    case = make_case(world, person=make_person(world, "Suparman Kusuma"))
    with translation.override("en"):
        sent = make_sent_referral(world, case, disclosed=[DisclosedPart.IDENTITY])

    with as_user(world.outsider):
        facts = dict(Package.from_json(Referral.objects.get(pk=sent.pk).package).parts[0].facts)

    assert (facts["Nama"], facts["Jenis kelamin"]) == ("Suparman Kusuma", "Laki-laki")


def test_without_identity_the_package_names_nobody(world: World) -> None:
    sent = make_sent_referral(world, make_case(world, person=make_person(world, "Suparman Kusuma")), disclosed=[])
    received = seen_by(world.outsider, sent)
    assert received is not None
    assert (name_for_list(received), "Suparman" in str(received.package)) == ("", False)


def test_a_court_child_has_initials_in_the_list(world: World) -> None:
    case = make_case(
        world,
        person=make_person(world, "Suparman Kusuma"),
        confidentiality=Confidentiality.SPPA,
        team=(world.supervisor,),
    )
    received = seen_by(world.outsider, make_sent_referral(world, case))
    assert received is not None
    assert name_for_list(received) == "S. K."


def test_what_was_approved_is_what_is_read_whatever_the_file_becomes(world: World) -> None:
    case = make_case(world)
    referral = make_referral(world, case, disclosed=[DisclosedPart.IDENTITY, DisclosedPart.PLAN])
    approval = submit_referral(referral=referral, revision=1, by=world.owner, at=now())
    make_approved_plan(world, case)
    approve(approval, world.supervisor)
    received = seen_by(world.outsider, referral)
    assert received is not None
    plan_part = next(part for part in Package.from_json(received.package).parts if part.code == "plan")
    assert (plan_part.facts, plan_part.entries) == ((), ())


def test_a_submitted_referral_is_not_changed_and_a_returned_one_is_a_draft(world: World) -> None:
    case = make_case(world)
    referral = make_referral(world, case)
    approval = submit_referral(referral=referral, revision=1, by=world.owner, at=now())
    facts: dict[str, Any] = {
        "kind": ReferralKind.TRANSFER,
        "to_unit": world.other,
        "urgency": Urgency.URGENT,
        "reason_code": "kewenangan",
        "reason": "Lain",
        "disclosed": [],
    }
    with pytest.raises(NotADraft):
        change_referral(referral=referral, revision=2, **facts, by=world.owner, at=now())
    decide(approval=approval, decision=Decision.RETURNED, note="Ungkap lebih sedikit.", by=world.supervisor, at=now())
    with as_user(world.owner):
        referral.refresh_from_db()
        assert (referral.submitted_at, referral.package) == (None, {})
    change_referral(referral=referral, revision=referral.revision, **facts, by=world.owner, at=now())


def test_one_referral_to_a_unit_is_open_at_a_time(world: World) -> None:
    case = make_case(world)
    make_referral(world, case)
    with pytest.raises(ReferralIsOpen):
        make_referral(world, case)


@pytest.mark.parametrize(("urgency", "hours"), [(Urgency.EMERGENCY, 24), (Urgency.URGENT, 72), (Urgency.ORDINARY, 72)])
def test_the_answer_has_a_day(world: World, urgency: Urgency, hours: int) -> None:
    sent = make_sent_referral(world, make_case(world), urgency=urgency)
    assert sent.sent_at is not None
    assert sent.answer_due_at == sent.sent_at + timedelta(hours=hours)


def test_accepting_opens_the_receivers_own_file_for_the_same_person(world: World) -> None:
    case = make_case(world)
    accepted = take(make_sent_referral(world, case), world.outsider)
    with as_user(world.outsider):
        received = accepted.received_case
        assert received is not None
        assert (received.unit_id, received.person_id, received.cluster) == (
            world.other.pk,
            case.person_id,
            case.cluster,
        )
        assert Person.objects.filter(pk=case.person_id).exists()
    with as_user(world.owner):
        case.refresh_from_db()
        assert case.is_open


def test_accepting_a_transfer_ends_the_senders_service(world: World) -> None:
    case = make_case(world)
    take(make_sent_referral(world, case, kind=ReferralKind.TRANSFER), world.outsider)
    with as_user(world.owner):
        case.refresh_from_db()
        assert not case.is_open
        assert Termination.objects.get(case=case).reason == "dirujuk_selesai"
        assert Task.objects.filter(case=case).count() == 0


def test_a_person_with_an_open_file_at_the_receiver_is_taken_into_that_file(world: World) -> None:
    case = make_case(world)
    first = take(make_sent_referral(world, case), world.outsider)
    again = make_sent_referral(world, case)
    second = take(again, world.outsider)
    assert second.received_case_id == first.received_case_id


def test_after_the_acceptance_the_database_hears_the_actor_again(world: World) -> None:
    take(make_sent_referral(world, make_case(world), kind=ReferralKind.TRANSFER), world.outsider)
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('serasi.scope', true), '')")
        assert cursor.fetchone() == ("",)


def test_a_refusal_says_why_and_closes_the_package(world: World) -> None:
    sent = make_sent_referral(world, make_case(world))
    received = seen_by(world.outsider, sent)
    assert received is not None
    with pytest.raises(Refused):
        refuse_referral(referral=received, code="penuh", reason="", by=world.outsider, at=now())
    refused = refuse_referral(
        referral=received, code="penuh", reason="Januari ada tempat.", by=world.outsider, at=now()
    )
    assert package_for_receiver(refused) is None
    with pytest.raises(AlreadyAnswered):
        take(sent, world.other_head)


def test_a_withdrawn_referral_is_not_answered_and_an_answered_one_not_withdrawn(world: World) -> None:
    sent = make_sent_referral(world, make_case(world))
    withdraw_referral(referral=sent, by=world.owner, at=now())
    with pytest.raises(AlreadyAnswered):
        take(sent, world.outsider)
    other = make_sent_referral(world, make_case(world))
    take(other, world.outsider)
    with as_user(world.owner):
        other.refresh_from_db()
    with pytest.raises(AlreadyAnswered):
        withdraw_referral(referral=other, by=world.owner, at=now())


def test_strangers_neither_answer_nor_talk(world: World) -> None:
    sent = make_sent_referral(world, make_case(world))
    for stranger in (world.colleague, world.psychologist, world.administrator):
        with pytest.raises(NotAllowed):
            accept_referral(referral=sent, case_id=uuid7(), by=stranger, at=now())
        with pytest.raises(NotAllowed):
            write_message(id=uuid7(), referral=sent, text="Halo", by=stranger, at=now())


def test_both_ends_talk_and_both_read_it(world: World) -> None:
    sent = make_sent_referral(world, make_case(world))
    write_message(id=uuid7(), referral=sent, text="Ada KTP?", by=world.outsider, at=now())
    write_message(id=uuid7(), referral=sent, text="Belum.", by=world.owner, at=now())
    for reader in (world.owner, world.outsider):
        with as_user(reader):
            assert [m.text for m in ReferralMessage.objects.filter(referral=sent)] == ["Ada KTP?", "Belum."]
    with as_user(world.colleague):
        assert ReferralMessage.objects.count() == 0


def test_the_result_comes_back_once(world: World) -> None:
    accepted = take(make_sent_referral(world, make_case(world)), world.outsider)
    return_result(referral=accepted, result="Lulus menjahit.", by=world.outsider, at=now())
    with pytest.raises(ResultIsGiven):
        return_result(referral=accepted, result="Lagi.", by=world.outsider, at=now())
    told = seen_by(world.owner, accepted)
    assert told is not None
    assert told.result == "Lulus menjahit."


def test_each_end_writes_its_hand_over_and_both_read_both(world: World) -> None:
    case = make_case(world)
    sent = make_sent_referral(world, case)
    facts: dict[str, Any] = {"handed_at": now(), "receiver_relation": "pekerja sosial", "condition": "Sehat"}
    with pytest.raises(ReferralNotAccepted):
        record_handover(id=uuid7(), case=case, referral=sent, receiver_name="Dewi", **facts, by=world.owner, at=now())
    accepted = take(sent, world.outsider)
    record_handover(id=uuid7(), case=case, referral=accepted, receiver_name="Dewi", **facts, by=world.owner, at=now())
    with as_user(world.outsider):
        received = accepted.received_case
    assert received is not None
    record_handover(
        id=uuid7(), case=received, referral=accepted, receiver_name="Rini", **facts, by=world.outsider, at=now()
    )
    for reader in (world.owner, world.outsider):
        with as_user(reader):
            assert {note.receiver_name for note in HandOver.objects.all()} == {"Dewi", "Rini"}


def test_silence_is_shown_to_the_leaders_of_both_units(world: World) -> None:
    sent = make_sent_referral(world, make_case(world), urgency=Urgency.EMERGENCY)
    with pytest.raises(NotAllowed):
        escalate_silent_referrals(by=world.head, at=now())
    system = User.objects.system()
    assert escalate_silent_referrals(by=system, at=now()) == 0
    late = now() + timedelta(hours=25)
    assert [escalate_silent_referrals(by=system, at=late) for _time in range(2)] == [1, 0]
    for leader in (world.head, world.supervisor, world.other_head):
        with as_user(leader):
            assert [found.pk for found in escalated(leader)] == [sent.pk]
    with as_user(world.colleague):
        assert list(escalated(world.colleague)) == []


# --- Sealed ------------------------------------------------------------------------------------------------


def make_sealed(world: World) -> Case:
    case = make_case(world, person=make_person(world, "Suparman Kusuma"), team=(world.supervisor,))
    classify(case=case, confidentiality=Confidentiality.SEALED, tags=[], by=world.owner, at=now())
    with as_user(world.owner):
        return Case.objects.select_related("unit", "stage", "person").get(pk=case.pk)


def test_a_sealed_case_discloses_nothing_without_its_managers_decision(world: World) -> None:
    case = make_sealed(world)
    referral = make_referral(world, case)
    with pytest.raises(SealedNotDecided):
        submit_referral(referral=referral, revision=1, by=world.owner, at=now())
    with pytest.raises(SealedNotDecided):
        submit_referral(referral=referral, revision=1, by=world.supervisor, at=now(), decides_to_disclose=True)


def test_a_sealed_referral_is_seen_by_leaders_until_it_has_a_team_there(world: World) -> None:
    case = make_sealed(world)
    sent = make_sent_referral(world, case, decides_to_disclose=True)
    assert sent.sealed_decided_by_id == world.owner.pk
    assert seen_by(world.outsider, sent) is None
    assert seen_by(world.other_head, sent) is not None
    with as_user(world.other_head):
        assert [name_for_list(found) for found in incoming(world.other_head)] == [""]
    with pytest.raises(NotAllowed):
        accept_referral(referral=sent, case_id=uuid7(), by=world.outsider, at=now())
    accepted = take(sent, world.other_head)
    with as_user(world.other_head):
        received = accepted.received_case
        assert received is not None
        assert received.confidentiality == Confidentiality.SEALED
    assert seen_by(world.outsider, sent) is None


# --- Documents ---------------------------------------------------------------------------------------------


def test_disclosed_documents_are_read_by_the_receiver_until_refused(world: World) -> None:
    case = make_case(world)
    shown, hidden = make_document(case, world.owner), make_document(case, world.owner)
    sent = make_sent_referral(
        world, case, disclosed=[DisclosedPart.IDENTITY, DisclosedPart.DOCUMENTS], documents=[shown.pk]
    )
    with as_user(world.outsider):
        assert [document.pk for document in Document.objects.all()] == [shown.pk]
        assert [document.pk for document in Document.objects.visible_to(world.outsider)] == [shown.pk]
    assert hidden.pk != shown.pk
    received = seen_by(world.outsider, sent)
    assert received is not None
    refuse_referral(referral=received, code="penuh", reason="Penuh.", by=world.outsider, at=now())
    with as_user(world.outsider):
        assert (Document.objects.count(), Document.objects.visible_to(world.outsider).count()) == (0, 0)


def test_health_travels_only_when_chosen_and_hiv_never_by_itself(world: World) -> None:
    case = make_case(world)
    for domain, tags, words in (
        ("social", [], "BERGAUL"),
        ("biological", ["health"], "TENSI"),
        ("psychological", ["hiv"], "REAKTIF"),
    ):
        start_assessment(
            id=uuid7(),
            case=case,
            domain=domain,
            findings=words,
            tags=tags,
            is_final=True,
            by=world.owner,
            at=now(),
        )
    seen: dict[str, str] = {}
    for part in (DisclosedPart.ASSESSMENT, DisclosedPart.HEALTH):
        sent = make_sent_referral(world, case, disclosed=[part])
        seen[part] = str(sent.package)
        withdraw_referral(referral=sent, by=world.owner, at=now())
    words_seen = {part: [w for w in ("BERGAUL", "TENSI", "REAKTIF") if w in text] for part, text in seen.items()}
    assert words_seen == {"assessment": ["BERGAUL"], "health": ["TENSI"]}


# --- Nothing sent is lost ----------------------------------------------------------------------------------

ACTS = ("accept", "refuse", "withdraw", "escalate", "message")


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(ACTS), min_size=1, max_size=6))
def test_whatever_is_done_to_it_a_sent_referral_stays_with_one_fate(world: World, acts: list[str]) -> None:
    case = make_case(world)
    sent = make_sent_referral(world, case)
    package = dict(sent.package)
    fates: list[str] = []
    for act in acts:
        received = seen_by(world.outsider, sent)
        assert received is not None
        try:
            match act:
                case "accept":
                    accept_referral(referral=received, case_id=uuid7(), by=world.outsider, at=now())
                case "refuse":
                    refuse_referral(referral=received, code="penuh", reason="Penuh", by=world.other_head, at=now())
                case "withdraw":
                    withdraw_referral(referral=sent, by=world.owner, at=now())
                case "escalate":
                    escalate_silent_referrals(by=User.objects.system(), at=now() + timedelta(days=9))
                case _:
                    write_message(id=uuid7(), referral=received, text="?", by=world.outsider, at=now())
        except Refused:
            continue
        if act in {"accept", "refuse", "withdraw"}:
            fates.append(act)
    stored = seen_by(world.owner, sent)
    assert stored is not None
    assert (stored.package, stored.sent_at) == (package, sent.sent_at)
    assert len(set(fates)) <= 1
    expected = {
        "accept": (ReferralAnswer.ACCEPTED, False),
        "refuse": (ReferralAnswer.REFUSED, False),
        "withdraw": ("", True),
    }
    assert (stored.answer, stored.withdrawn_at is not None) == expected[fates[0]] if fates else ("", False)
