"""Writes of casework, one noun per module. Other apps import them from here."""

from serasi.cases.operations.agreement import sign_agreement
from serasi.cases.operations.approach import end_approach, start_approach
from serasi.cases.operations.assessment import answer_spm, save_assessment, start_assessment
from serasi.cases.operations.case import open_case
from serasi.cases.operations.conference import DecisionMade, Seat, amend_minutes, hold_conference
from serasi.cases.operations.confidentiality import classify
from serasi.cases.operations.emergency import break_glass, review_emergency
from serasi.cases.operations.reference import load_reference, set_practice
from serasi.cases.operations.report import complete_report, receive_report
from serasi.cases.operations.risk import rate_risk
from serasi.cases.operations.stage import close, move, reopen
from serasi.cases.operations.task import do_task, give_task, undo_task
from serasi.cases.operations.team import add_member, end_member, hand_over
from serasi.cases.operations.triage import triage

__all__ = [
    "DecisionMade",
    "Seat",
    "add_member",
    "amend_minutes",
    "answer_spm",
    "break_glass",
    "classify",
    "close",
    "complete_report",
    "do_task",
    "end_approach",
    "end_member",
    "give_task",
    "hand_over",
    "hold_conference",
    "load_reference",
    "move",
    "open_case",
    "rate_risk",
    "receive_report",
    "reopen",
    "review_emergency",
    "save_assessment",
    "set_practice",
    "sign_agreement",
    "start_approach",
    "start_assessment",
    "triage",
    "undo_task",
]
