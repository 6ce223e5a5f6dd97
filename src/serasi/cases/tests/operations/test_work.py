"""Services, notes, monitoring, the way home, documents, after-care."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from serasi.access.models import Unit, User
from serasi.access.operations import NotAllowed, Refused
from serasi.cases.enums import Approach, Confidentiality, GoalResult, NoteKind, Score
from serasi.cases.models import Case, Delivery, GroupSession, Note
from serasi.cases.operations.aftercare import (
    DueInThePast,
    VisitIsSettled,
    cancel_visit,
    hold_visit,
    plan_visit,
    reschedule_visit,
)
from serasi.cases.operations.confidentiality import classify
from serasi.cases.operations.delivery import DeliveryWithdrawn, LineOfAnotherFile, deliver_line, withdraw_delivery
from serasi.cases.operations.document import DocumentIsWithdrawn, UnknownContent, withdraw_document
from serasi.cases.operations.group_session import NobodyTookPart, hold_session, withdraw_session
from serasi.cases.operations.monitoring import GoalsLeftOut, Judgement, NoPlanInForce
from serasi.cases.operations.note import AlreadyCorrected, UnreadableTag, correct_note
from serasi.cases.operations.writable import InTheFuture
from serasi.cases.queries.delivery import delivered_in_unit
from serasi.cases.queries.monitoring import functioning_over_time, monitorings
from serasi.cases.queries.plan import goals_to_judge
from serasi.cases.tests.factories import World, as_user, make_case, now
from serasi.cases.tests.work_factories import (
    component,
    make_approved_plan,
    make_delivery,
    make_document,
    make_monitoring,
    make_note,
    today,
)
from serasi.common.identifiers import uuid7


def test_one_touch_records_a_service_of_the_plan_once_for_one_id(world: World) -> None:
    case = make_case(world)
    plan = make_approved_plan(world, case)
    with as_user(world.owner):
        line = plan.lines.get()
    touch = uuid7()
    for _time in range(50):
        deliver_line(id=touch, line=line, by=world.owner, at=now())
    with as_user(world.owner):
        given = Delivery.objects.get(case=case)
    assert (given.line_id, given.component_id, given.provider_name) == (line.pk, "terapi", world.owner.full_name)


def test_a_line_of_another_file_is_refused(world: World) -> None:
    plan = make_approved_plan(world, make_case(world))
    with as_user(world.owner):
        line = plan.lines.get()
    with pytest.raises(LineOfAnotherFile):
        make_delivery(make_case(world), world.owner, line=line)


def test_a_withdrawn_service_stays_readable_and_counts_no_more(world: World) -> None:
    case = make_case(world)
    delivery = make_delivery(case, world.owner)
    withdraw_delivery(delivery=delivery, reason="Orang lain", by=world.owner, at=now())
    with as_user(world.head):
        counted = delivered_in_unit(world.panti, today(), today() + timedelta(days=1))
    assert sum(row.quantity for row in counted) == 0
    with pytest.raises(DeliveryWithdrawn):
        withdraw_delivery(delivery=delivery, reason="Lagi", by=world.owner, at=now())


def test_services_are_counted_without_opening_files_and_never_of_a_sealed_case_to_an_outsider(world: World) -> None:
    here, there, sealed = make_case(world), make_case(world, by=world.outsider, unit=world.other), make_case(world)
    for case, by in ((here, world.owner), (there, world.outsider), (sealed, world.owner)):
        make_delivery(case, by)
    classify(case=sealed, confidentiality=Confidentiality.SEALED, tags=[], by=world.owner, at=now())

    def counted(who: User, unit: Unit) -> tuple[int, int]:
        with as_user(who):
            rows = delivered_in_unit(unit, today(), today() + timedelta(days=1))
        return sum(row.deliveries for row in rows), sum(row.people for row in rows)

    # The officer of the Dinas opens no file; the head is in no team; the owner leads the sealed one but may not count.
    everyone = {
        "officer": world.officer,
        "head": world.head,
        "owner": world.owner,
        "administrator": world.administrator,
    }
    assert {name: (counted(who, world.dinas), counted(who, world.panti)) for name, who in everyone.items()} == {
        "officer": ((2, 2), (1, 1)),
        "head": ((1, 1), (1, 1)),
        "owner": ((0, 0), (0, 0)),
        "administrator": ((0, 0), (0, 0)),
    }


def hold(world: World, cases: list[Case], **facts: object) -> GroupSession:
    described: dict[str, Any] = {
        "id": uuid7(),
        "unit": world.panti,
        "component": component(),
        "title": "Terapi kelompok",
        "approach": Approach.RESIDENTIAL,
        "held_at": now(),
        "provider_name": "Rini",
        "cases": cases,
        "by": world.owner,
        "at": now(),
    }
    return hold_session(**(described | facts))


def test_a_group_session_is_a_service_in_every_participants_file(world: World) -> None:
    cases = [make_case(world) for _number in range(3)]
    session = hold(world, cases)
    with as_user(world.owner):
        assert {d.case_id for d in Delivery.objects.filter(session=session)} == {case.pk for case in cases}
    with as_user(world.head):
        (row,) = [r for r in delivered_in_unit(world.panti, today(), today() + timedelta(days=1)) if r.people]
    assert (row.component.pk, row.deliveries, row.people) == ("terapi", 3, 3)


def test_one_participant_out_of_reach_refuses_the_whole_session(world: World) -> None:
    mine, theirs = make_case(world), make_case(world, by=world.colleague)
    with pytest.raises(NotAllowed):
        hold(world, [mine, theirs])
    with as_user(world.owner):
        assert Delivery.objects.filter(case=mine).count() == 0


def test_a_session_without_participants_is_refused(world: World) -> None:
    with pytest.raises(NobodyTookPart):
        hold(world, [])


def test_a_wrong_session_is_withdrawn_for_everybody_and_may_be_held_again(world: World) -> None:
    cases = [make_case(world), make_case(world)]
    session = hold(world, cases)
    assert withdraw_session(session=session, reason="Salah hari", by=world.owner, at=now()) == 2
    with as_user(world.owner):
        assert Delivery.objects.filter(session=session, withdrawn_at=None).count() == 0


def test_supervision_notes_are_written_by_leaders_and_read_by_the_team(world: World) -> None:
    case = make_case(world)
    with pytest.raises(NotAllowed):
        make_note(case, world.owner, kind=NoteKind.SUPERVISION)
    note = make_note(case, world.supervisor, kind=NoteKind.SUPERVISION, text="Hubungi keluarga pekan ini.")
    with as_user(world.owner):
        assert Note.objects.visible_to(world.owner).get(case=case).pk == note.pk


def test_a_correction_is_a_new_note_and_the_old_one_is_corrected_once(world: World) -> None:
    case = make_case(world)
    note = make_note(case, world.owner)
    newer = correct_note(id=uuid7(), note=note, happened_at=now(), text="Yang benar.", by=world.owner, at=now())
    assert newer.corrects_id == note.pk
    with pytest.raises(AlreadyCorrected):
        correct_note(id=uuid7(), note=note, happened_at=now(), text="Lagi.", by=world.owner, at=now())


def test_a_colleague_on_the_team_does_not_correct_anothers_note(world: World) -> None:
    case = make_case(world, team=(world.colleague,))
    note = make_note(case, world.owner)
    with pytest.raises(NotAllowed):
        correct_note(id=uuid7(), note=note, happened_at=now(), text="Bukan.", by=world.colleague, at=now())


def test_nobody_tags_a_note_beyond_what_they_may_read(world: World) -> None:
    case = make_case(world, team=(world.carer,))
    with pytest.raises(UnreadableTag):
        make_note(case, world.carer, tags=["hiv"])


def test_what_has_not_happened_is_not_recorded(world: World) -> None:
    case = make_case(world)
    ahead = now() + timedelta(hours=1)
    with pytest.raises(InTheFuture):
        make_note(case, world.owner, happened_at=ahead)
    with pytest.raises(InTheFuture):
        make_delivery(case, world.owner, delivered_at=ahead)


def test_a_monitoring_judges_every_goal_and_needs_a_plan(world: World) -> None:
    case = make_case(world)
    with pytest.raises(NoPlanInForce):
        make_monitoring(case, world.owner)
    make_approved_plan(world, case)
    with pytest.raises(GoalsLeftOut):
        make_monitoring(case, world.owner, judgements=[])


def test_a_dropped_goal_is_judged_no_more(world: World) -> None:
    case = make_case(world)
    make_approved_plan(world, case)
    with as_user(world.owner):
        (goal,) = goals_to_judge(case)
    make_monitoring(case, world.owner, judgements=[Judgement(goal, GoalResult.DROPPED)])
    with as_user(world.owner):
        assert goals_to_judge(case) == []


def test_a_blank_score_is_never_read_as_well(world: World) -> None:
    case = make_case(world)
    make_approved_plan(world, case)
    held = make_monitoring(case, world.owner, roles_score=None)
    with as_user(world.owner):
        (reading,) = functioning_over_time(monitorings(case), [])
    assert (held.functioning, reading.needs, reading.roles, reading.problems) == (None, 2, None, 2)


def test_a_photo_loses_what_it_hides_and_other_content_is_refused(world: World) -> None:
    case = make_case(world)
    photo, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "Kamera Rahasia"
    Image.new("RGB", (200, 100), "red").save(photo, "JPEG", exif=exif)
    document = make_document(case, world.owner, content=photo.getvalue())
    with document.file.open("rb") as kept:
        content = kept.read()
    assert (b"Kamera Rahasia" in photo.getvalue(), b"Kamera Rahasia" in content) == (True, False)
    assert (document.media_type, document.size) == ("image/jpeg", len(content))
    for bad in (b"MZ\x90\x00", b"<html>", b"PK\x03\x04", b""):
        with pytest.raises(UnknownContent):
            make_document(case, world.owner, content=bad)
    with pytest.raises(Refused):
        make_document(case, world.owner, content=b"\xff\xd8\xff" + b"\x00" * 100)


def test_a_document_lies_sealed_and_goes_when_its_row_is_rolled_back(
    world: World, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    case = make_case(world)

    def stored() -> list[Path]:
        return [path for path in tmp_path.rglob("*") if path.is_file()]

    with pytest.raises(ZeroDivisionError), as_user(world.owner):  # noqa: PT012  (the page fails after its operation)
        make_document(case, world.owner)
        raise ZeroDivisionError
    assert stored() == []
    make_document(case, world.owner, content=b"%PDF-1.7 Budi Santoso")
    (kept,) = stored()
    assert b"Budi" not in kept.read_bytes()


def test_a_document_is_withdrawn_once_with_a_reason(world: World) -> None:
    document = make_document(make_case(world), world.owner)
    withdraw_document(document=document, reason="Salah orang", by=world.owner, at=now())
    with pytest.raises(DocumentIsWithdrawn):
        withdraw_document(document=document, reason="Lagi", by=world.owner, at=now())


def test_a_visit_is_planned_moved_held_and_then_settled(world: World) -> None:
    case = make_case(world)
    visit = plan_visit(id=uuid7(), case=case, due_date=today(), owner=world.owner, by=world.owner, at=now())
    with pytest.raises(DueInThePast):
        reschedule_visit(visit=visit, due_date=today() - timedelta(days=1), by=world.owner, at=now())
    reschedule_visit(visit=visit, due_date=today() + timedelta(days=7), by=world.owner, at=now())
    hold_visit(
        visit=visit,
        held_on=today(),
        with_whom="kakak",
        needs_score=Score.MOSTLY,
        roles_score=None,
        problems_score=Score.PARTLY,
        account="Bekerja di bengkel.",
        is_stable=True,
        by=world.owner,
        at=now(),
    )
    with pytest.raises(VisitIsSettled):
        cancel_visit(visit=visit, reason="Tidak perlu", by=world.owner, at=now())
