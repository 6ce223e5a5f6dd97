"""A file in which everything was done once, and all of its addresses: what sweeps over a case walk through.

`make_whole_file(world, case)` works as the owner and the leaders would; `addresses(world, case)` gives every page and
act of the file with the records it has.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.urls import reverse

from serasi.access.models import User
from serasi.cases import models, urls
from serasi.cases.enums import (
    Approach,
    Decision,
    DisclosedPart,
    DocumentKind,
    Domain,
    GoalResult,
    NoteKind,
    ReferralKind,
    Score,
    TracingResult,
)
from serasi.cases.models import Case, Referral
from serasi.cases.operations.aftercare import cancel_visit, hold_visit, plan_visit
from serasi.cases.operations.agreement import sign_agreement
from serasi.cases.operations.approach import start_approach
from serasi.cases.operations.approval import decide
from serasi.cases.operations.assessment import answer_spm, start_assessment
from serasi.cases.operations.conference import DecisionMade, Seat
from serasi.cases.operations.delivery import withdraw_delivery
from serasi.cases.operations.document import withdraw_document
from serasi.cases.operations.group_session import hold_session, withdraw_session
from serasi.cases.operations.handover import record_handover
from serasi.cases.operations.letter import issue_letter
from serasi.cases.operations.monitoring import Judgement
from serasi.cases.operations.note import correct_note
from serasi.cases.operations.plan import submit_plan
from serasi.cases.operations.readiness import check_readiness
from serasi.cases.operations.referral import accept_referral, refuse_referral, return_result, write_message
from serasi.cases.operations.risk import rate_risk
from serasi.cases.operations.task import do_task, give_task
from serasi.cases.operations.termination import propose_termination, reopen_case
from serasi.cases.operations.tracing import record_tracing
from serasi.cases.queries.plan import goals_to_judge
from serasi.cases.tests.factories import World, as_user, now
from serasi.cases.tests.work_factories import (
    component,
    make_approved_plan,
    make_conference,
    make_delivery,
    make_document,
    make_monitoring,
    make_note,
    make_plan,
    make_referral,
    make_sent_referral,
    today,
)
from serasi.common.identifiers import uuid7

TOLD: Final = "Uraian"


def make_whole_file(world: World, case: Case) -> None:
    """Ended and taken up again, then every kind of record, the last proposal of an end returned."""
    by = world.owner
    _end(world, case, Decision.APPROVED)
    reopen_case(id=uuid7(), case=_read(case, by), reason=TOLD, by=by, at=now())
    case = _read(case, by)
    _agree_and_assess(world, case)
    _meet_and_plan(world, case)
    _serve(world, case)
    _bring_home(world, case)
    _refer(world, case)
    _end(world, case, Decision.RETURNED)


def propose_end(case: Case, by: User) -> models.Termination:
    return propose_termination(
        id=uuid7(),
        case=case,
        reason="hilang_kontak",
        outcome="belum_dapat_dinilai",
        account=TOLD,
        ends_on=today(),
        aftercare_owner=None,
        by=by,
        at=now(),
    )


def _read(case: Case, by: User) -> Case:
    with as_user(by):
        return Case.objects.select_related("stage", "unit", "person").get(pk=case.pk)


def _end(world: World, case: Case, decision: Decision) -> None:
    asked = propose_end(case, world.owner)
    with as_user(world.owner):
        approval = models.Approval.objects.select_related("case", "case__unit").get(subject_id=asked.pk)
    decide(approval=approval, decision=decision, note=TOLD, by=world.supervisor, at=now())


def _agree_and_assess(world: World, case: Case) -> None:
    by = world.owner
    sign_agreement(
        id=uuid7(),
        case=case,
        explained_by=by,
        signed_for="guardian",
        signing="signature",
        signed_at=now(),
        starts_on=today(),
        ends_on=today() + timedelta(days=90),
        guardian_name=TOLD,
        guardian_relation=TOLD,
        witness_name=TOLD,
        promises=TOLD,
        consents=["care"],
        by=by,
        at=now(),
    )
    for domain, is_final in ((Domain.SOCIAL, True), (Domain.FAMILY, False)):
        start_assessment(
            id=uuid7(),
            case=case,
            domain=domain,
            findings=TOLD,
            strengths=TOLD,
            needs=TOLD,
            is_final=is_final,
            by=by,
            at=now(),
        )
    answer_spm(id=uuid7(), case=case, need="inside", reason=TOLD, by=by, at=now())
    rate_risk(id=uuid7(), case=case, risk="high", reason=TOLD, revision=case.revision, by=by, at=now())
    start_approach(id=uuid7(), case=case, approach=Approach.COMMUNITY, reason=TOLD, by=by, at=now())


def _meet_and_plan(world: World, case: Case) -> None:
    by = world.owner
    make_conference(
        case,
        by,
        seats=[Seat(user=by), Seat(name=TOLD, profession=TOLD), Seat(name=TOLD, is_the_person=True)],
        decisions=[DecisionMade(TOLD, by, today())],
    )
    task = give_task(id=uuid7(), case=case, title=TOLD, owner=by, due_date=today(), by=by, at=now())
    do_task(task=task, done_note=TOLD, by=by, at=now())
    make_approved_plan(world, case)
    with as_user(by):
        goals = goals_to_judge(case)
    make_monitoring(case, by, judgements=[Judgement(goal, GoalResult.PARTLY, TOLD) for goal in goals])
    draft = make_plan(case, by)
    with as_user(by):
        draft.refresh_from_db()
    asked = submit_plan(plan=draft, revision=draft.revision, by=by, at=now())
    decide(approval=asked, decision=Decision.RETURNED, note=TOLD, by=world.supervisor, at=now())


def _serve(world: World, case: Case) -> None:
    by = world.owner
    make_delivery(case, by, note=TOLD)
    withdraw_delivery(delivery=make_delivery(case, by), reason=TOLD, by=by, at=now())
    session = hold_session(
        id=uuid7(),
        unit=world.panti,
        component=component(),
        title=TOLD,
        approach=Approach.RESIDENTIAL,
        held_at=now(),
        provider_name=TOLD,
        cases=[case],
        note=TOLD,
        by=by,
        at=now(),
    )
    withdraw_session(session=session, reason=TOLD, by=by, at=now())
    wrong = make_note(case, by)
    correct_note(id=uuid7(), note=wrong, happened_at=now(), text=TOLD, by=by, at=now())
    make_note(case, world.supervisor, kind=NoteKind.SUPERVISION)
    make_document(case, by)
    withdraw_document(document=make_document(case, by), reason=TOLD, by=by, at=now())
    issue_letter(id=uuid7(), case=case, kind=DocumentKind.AGREEMENT, check_page="https://x.example/", by=by, at=now())


def _bring_home(world: World, case: Case) -> None:
    by = world.owner
    record_tracing(
        id=uuid7(),
        case=case,
        taken_on=today(),
        method=TOLD,
        region=None,
        contact=TOLD,
        result=TracingResult.FOUND,
        account=TOLD,
        by=by,
        at=now(),
    )
    check_readiness(
        id=uuid7(),
        case=case,
        held_on=today(),
        person=Score.PARTLY,
        family=Score.PARTLY,
        place=Score.PARTLY,
        is_ready=True,
        account=TOLD,
        by=by,
        at=now(),
    )
    visits = [plan_visit(id=uuid7(), case=case, due_date=today(), owner=by, by=by, at=now()) for _visit in range(3)]
    hold_visit(
        visit=visits[0],
        held_on=today(),
        with_whom=TOLD,
        needs_score=None,
        roles_score=None,
        problems_score=None,
        account=TOLD,
        is_stable=True,
        by=by,
        at=now(),
    )
    cancel_visit(visit=visits[1], reason=TOLD, by=by, at=now())


def _refer(world: World, case: Case) -> None:
    """One accepted with its result and hand-over, one refused, one still a draft that discloses all."""
    by, receiver = world.owner, world.outsider
    accepted = make_sent_referral(world, case, reason=TOLD)
    write_message(id=uuid7(), referral=accepted, text=TOLD, by=by, at=now())
    accepted = _received(accepted, receiver)
    accept_referral(referral=accepted, case_id=uuid7(), reason=TOLD, by=receiver, at=now())
    return_result(referral=_received(accepted, receiver), result=TOLD, by=receiver, at=now())
    with as_user(by):
        accepted = Referral.objects.select_related("to_unit").get(pk=accepted.pk)
    record_handover(
        id=uuid7(),
        case=case,
        handed_at=now(),
        receiver_name=TOLD,
        receiver_relation=TOLD,
        condition=TOLD,
        witness_name=TOLD,
        items=TOLD,
        referral=accepted,
        by=by,
        at=now(),
    )
    refused = _received(make_sent_referral(world, case, reason=TOLD), receiver)
    refuse_referral(referral=refused, code="penuh", reason=TOLD, by=receiver, at=now())
    with as_user(by):
        documents = list(case.documents.filter(withdrawn_at=None).values_list("pk", flat=True))
    make_referral(
        world, case, kind=ReferralKind.TRANSFER, reason=TOLD, disclosed=list(DisclosedPart), documents=documents
    )


def _received(referral: Referral, by: User) -> Referral:
    with as_user(by):
        return Referral.objects.select_related("to_unit", "received_case", "received_case__unit").get(pk=referral.pk)


# --- Its addresses ---------------------------------------------------------------------------------------------------

RECORDS: Final = {
    "agreement_id": ("agreement", "case"),
    "assessment_id": ("domainassessment", "case"),
    "conference_id": ("conference", "case"),
    "member_id": ("teammember", "case"),
    "task_id": ("task", "case"),
    "plan_id": ("plan", "case"),
    "goal_id": ("goal", "plan__case"),
    "line_id": ("serviceline", "plan__case"),
    "delivery_id": ("delivery", "case"),
    "note_id": ("note", "case"),
    "letter_id": ("letter", "document__case"),
    "document_id": ("document", "case"),
    "referral_id": ("referral", "case"),
    "termination_id": ("termination", "case"),
    "visit_id": ("aftercarevisit", "case"),
    "approval_id": ("approval", "case"),
    "session_id": ("groupsession", "deliveries__case"),
    "report_id": ("report", "cases"),
}
"""Which record a part of an address names, and the way from there to its case."""

WORDS: Final = {"domain": ["social"], "to": ["atensi_nasional.asesmen"]}
EXTRA: Final = {
    "cases:write_referral": lambda world: f"?ke={world.other.pk}",
}
"""Pages that have two steps: the second."""


def addresses(world: World, case: Case) -> Iterator[tuple[str, str]]:
    """Name and address of every route that names this case or something in it; each record in turn."""
    for name, parts in _routes():
        if set(parts) & {"case_id", *RECORDS}:
            for address in _addresses(name, parts, case):
                yield name, address
                if name in EXTRA:
                    yield name, address + EXTRA[name](world)


def _routes() -> Iterator[tuple[str, tuple[str, ...]]]:
    patterns: Any = urls.urlpatterns
    for entry in patterns:
        yield f"cases:{entry.name}", tuple(entry.pattern.regex.groupindex)


def _addresses(name: str, parts: tuple[str, ...], case: Case) -> Iterator[str]:
    last = [part for part in parts if part != "case_id"]
    first: dict[str, Any] = {"case_id": case.pk} if "case_id" in parts else {}
    named = {part: _ids(part, case) for part in last if part in RECORDS or part in WORDS}
    if set(named) != set(last):
        return
    if not last:
        yield reverse(name, kwargs=first)
    for part, ids in named.items():
        others = {other: values[0] for other, values in named.items() if other != part and values}
        if len(others) == len(named) - 1:
            for value in ids:
                yield reverse(name, kwargs=first | others | {part: value})


def _ids(part: str, case: Case) -> list[Any]:
    if part in WORDS:
        return WORDS[part]
    model, path = RECORDS[part]
    found = models.Case._meta.apps.get_model("cases", model)
    with as_user(User.objects.system()):
        return list(found._default_manager.filter(**{path: case}).distinct().values_list("pk", flat=True))
