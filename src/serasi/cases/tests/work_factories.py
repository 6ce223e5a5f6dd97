"""What is done in a file after it was opened, made through the operations by the people of `factories.World`."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from serasi.access.models import User
from serasi.cases.enums import Aim, Approach, Decision, DisclosedPart, GoalResult, NoteKind, ReferralKind, Urgency
from serasi.cases.models import (
    Approval,
    Case,
    Component,
    Conference,
    Delivery,
    Document,
    Goal,
    Monitoring,
    Note,
    Plan,
    Referral,
    ServiceLine,
)
from serasi.cases.operations.approval import decide
from serasi.cases.operations.conference import Seat, hold_conference
from serasi.cases.operations.delivery import record_delivery
from serasi.cases.operations.document import file_document
from serasi.cases.operations.monitoring import Judgement, hold_monitoring
from serasi.cases.operations.note import write_note
from serasi.cases.operations.plan import add_goal, add_line, start_plan, submit_plan
from serasi.cases.operations.referral import submit_referral, write_referral
from serasi.cases.queries.plan import goals_to_judge
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7

PDF = b"%PDF-1.7\n%invented\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def today() -> date:
    return timezone.localdate()


def component(code: str = "terapi") -> Component:
    return Component.objects.get(code=code)


def make_conference(case: Case, by: User, **facts: Any) -> Conference:
    described: dict[str, Any] = {
        "held_at": now(),
        "question": "Ke mana arah rencananya?",
        "minutes": "Disepakati: bekerja kembali, tinggal dengan kakaknya.",
        "seats": [Seat(user=by)],
        "decisions": [],
    }
    return hold_conference(id=uuid7(), case=case, by=by, at=now(), **(described | facts))


def make_plan(case: Case, by: User, *, with_conference: bool = True, **facts: Any) -> Plan:
    """A draft with one goal and one service, after the conference it follows from."""
    with as_user(by):
        was_held = case.conferences.exists()
    if with_conference and not was_held:
        make_conference(case, by)
    plan = start_plan(
        id=uuid7(),
        case=case,
        starts_on=facts.pop("starts_on", today()),
        ends_on=facts.pop("ends_on", today() + timedelta(days=90)),
        summary=facts.pop("summary", "Ingin kembali bekerja."),
        by=by,
        at=now(),
    )
    with as_user(by):
        came_along = plan.goals.exists()
    if not came_along:
        make_line(make_goal(plan, by), by)
    return plan


def make_goal(plan: Plan, by: User, **facts: Any) -> Goal:
    described: dict[str, Any] = {
        "aim": Aim.ROLES,
        "statement": "Bekerja tiga hari seminggu",
        "indicator": "Hadir dua belas hari dalam sebulan",
        "baseline": "Belum bekerja",
        "target_date": plan.ends_on,
    }
    return add_goal(id=uuid7(), plan=plan, by=by, at=now(), **(described | facts))


def make_line(goal: Goal, by: User, **facts: Any) -> ServiceLine:
    described: dict[str, Any] = {
        "component": component(),
        "activity": "Konseling perorangan",
        "approach": Approach.FAMILY,
        "provider": by,
        "provider_unit": None,
        "frequency": "seminggu sekali",
        "planned_count": 12,
        "starts_on": goal.plan.starts_on,
        "ends_on": goal.plan.ends_on,
    }
    return add_line(id=uuid7(), goal=goal, by=by, at=now(), **(described | facts))


def approve(approval: Approval, by: User) -> Approval:
    return decide(approval=approval, decision=Decision.APPROVED, note="", by=by, at=now())


def make_approved_plan(world: World, case: Case, by: User | None = None) -> Plan:
    author = by or world.owner
    plan = make_plan(case, author)
    with as_user(author):
        plan.refresh_from_db()
    approve(submit_plan(plan=plan, revision=plan.revision, by=author, at=now()), world.supervisor)
    with as_user(author):
        plan.refresh_from_db()
    return plan


def make_delivery(case: Case, by: User, **facts: Any) -> Delivery:
    described: dict[str, Any] = {
        "component": component(),
        "activity": "Konseling perorangan",
        "approach": Approach.FAMILY,
        "delivered_at": now(),
        "provider_name": by.full_name,
    }
    return record_delivery(id=uuid7(), case=case, by=by, at=now(), **(described | facts))


def make_note(case: Case, by: User, **facts: Any) -> Note:
    described: dict[str, Any] = {
        "kind": NoteKind.PROGRESS,
        "happened_at": now(),
        "text": "Sudah mau makan bersama teman sekamar.",
    }
    return write_note(id=uuid7(), case=case, by=by, at=now(), **(described | facts))


def make_monitoring(case: Case, by: User, **facts: Any) -> Monitoring:
    with as_user(by):
        goals = goals_to_judge(case)
    described: dict[str, Any] = {
        "held_on": today(),
        "needs_score": 2,
        "roles_score": 3,
        "problems_score": 2,
        "summary": "Mulai bergaul.",
        "voice": "Saya ingin pulang.",
        "next_on": today() + timedelta(days=30),
        "judgements": [Judgement(goal, GoalResult.PARTLY) for goal in goals],
    }
    return hold_monitoring(id=uuid7(), case=case, by=by, at=now(), **(described | facts))


def make_document(case: Case, by: User, **facts: Any) -> Document:
    described: dict[str, Any] = {"title": "Surat keterangan", "content": PDF}
    return file_document(id=uuid7(), case=case, by=by, at=now(), **(described | facts))


def make_referral(world: World, case: Case, **facts: Any) -> Referral:
    """A draft from the owner to the other panti."""
    described: dict[str, Any] = {
        "kind": ReferralKind.REFERRAL,
        "to_unit": world.other,
        "urgency": Urgency.ORDINARY,
        "reason_code": "layanan_tidak_ada",
        "reason": "Memerlukan pelatihan menjahit.",
        "disclosed": [DisclosedPart.IDENTITY],
    }
    author: User = facts.pop("by", world.owner)
    return write_referral(id=uuid7(), case=case, by=author, at=now(), **(described | facts))


def make_sent_referral(world: World, case: Case, **facts: Any) -> Referral:
    """Written, submitted, approved, and so sent."""
    author: User = facts.get("by", world.owner)
    approver: User = facts.pop("approver", world.supervisor)
    decides = facts.pop("decides_to_disclose", False)
    referral = make_referral(world, case, **facts)
    approval = submit_referral(
        referral=referral, revision=referral.revision, by=author, at=now(), decides_to_disclose=decides
    )
    approve(approval, approver)
    with as_user(author):
        referral.refresh_from_db()
    return referral
