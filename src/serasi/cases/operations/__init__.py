"""Writes of casework, one noun per module. Other apps import them from here."""

from serasi.cases.operations.aftercare import cancel_visit, hold_visit, plan_visit, reschedule_visit
from serasi.cases.operations.agreement import sign_agreement
from serasi.cases.operations.approach import end_approach, start_approach
from serasi.cases.operations.approval import decide, withdraw_request
from serasi.cases.operations.assessment import answer_spm, save_assessment, start_assessment
from serasi.cases.operations.case import open_case
from serasi.cases.operations.conference import DecisionMade, Seat, amend_minutes, hold_conference
from serasi.cases.operations.confidentiality import classify
from serasi.cases.operations.delivery import deliver_line, record_delivery, withdraw_delivery
from serasi.cases.operations.document import file_document, withdraw_document
from serasi.cases.operations.emergency import break_glass
from serasi.cases.operations.group_session import hold_session, withdraw_session
from serasi.cases.operations.handover import record_handover
from serasi.cases.operations.monitoring import Judgement, hold_monitoring
from serasi.cases.operations.note import correct_note, write_note
from serasi.cases.operations.plan import (
    add_goal,
    add_line,
    change_goal,
    change_line,
    change_plan,
    discard_draft,
    remove_goal,
    remove_line,
    start_plan,
    submit_plan,
)
from serasi.cases.operations.readiness import check_readiness
from serasi.cases.operations.reference import load_reference, set_practice
from serasi.cases.operations.referral import (
    accept_referral,
    change_referral,
    escalate_silent_referrals,
    refuse_referral,
    return_result,
    submit_referral,
    withdraw_referral,
    write_message,
    write_referral,
)
from serasi.cases.operations.report import complete_report, receive_report
from serasi.cases.operations.risk import rate_risk
from serasi.cases.operations.stage import close, move, reopen
from serasi.cases.operations.task import do_task, give_task, undo_task
from serasi.cases.operations.team import add_member, end_member, hand_over
from serasi.cases.operations.termination import (
    cancel_termination,
    complete_termination,
    propose_termination,
    reopen_case,
)
from serasi.cases.operations.tracing import record_tracing
from serasi.cases.operations.triage import triage

__all__ = [
    "DecisionMade",
    "Judgement",
    "Seat",
    "accept_referral",
    "add_goal",
    "add_line",
    "add_member",
    "amend_minutes",
    "answer_spm",
    "break_glass",
    "cancel_termination",
    "cancel_visit",
    "change_goal",
    "change_line",
    "change_plan",
    "change_referral",
    "check_readiness",
    "classify",
    "close",
    "complete_report",
    "complete_termination",
    "correct_note",
    "decide",
    "deliver_line",
    "discard_draft",
    "do_task",
    "end_approach",
    "end_member",
    "escalate_silent_referrals",
    "file_document",
    "give_task",
    "hand_over",
    "hold_conference",
    "hold_monitoring",
    "hold_session",
    "hold_visit",
    "load_reference",
    "move",
    "open_case",
    "plan_visit",
    "propose_termination",
    "rate_risk",
    "receive_report",
    "record_delivery",
    "record_handover",
    "record_tracing",
    "refuse_referral",
    "remove_goal",
    "remove_line",
    "reopen",
    "reopen_case",
    "reschedule_visit",
    "return_result",
    "save_assessment",
    "set_practice",
    "sign_agreement",
    "start_approach",
    "start_assessment",
    "start_plan",
    "submit_plan",
    "submit_referral",
    "triage",
    "undo_task",
    "withdraw_delivery",
    "withdraw_document",
    "withdraw_referral",
    "withdraw_request",
    "withdraw_session",
    "write_message",
    "write_note",
    "write_referral",
]
