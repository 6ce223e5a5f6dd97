from serasi.cases.models.agreement import Agreement
from serasi.cases.models.assessment import DomainAssessment, SpmAnswer
from serasi.cases.models.case import ApproachPeriod, Case, CaseSeries, RiskRating, StageChange, TeamMember
from serasi.cases.models.conference import Conference, Participant, Task
from serasi.cases.models.document import Document, Letter, LetterSeries
from serasi.cases.models.homecoming import (
    AftercareVisit,
    HandOver,
    Readiness,
    Reopening,
    Termination,
    TracingStep,
)
from serasi.cases.models.monitoring import GoalProgress, Monitoring
from serasi.cases.models.part import CasePart
from serasi.cases.models.plan import Goal, Plan, ServiceLine
from serasi.cases.models.process import Component, Practice, Stage, StageSet
from serasi.cases.models.referral import Approval, Referral, ReferralMessage
from serasi.cases.models.report import Report, Triage
from serasi.cases.models.service import Delivery, GroupSession, Note

__all__ = [
    "AftercareVisit",
    "Agreement",
    "ApproachPeriod",
    "Approval",
    "Case",
    "CasePart",
    "CaseSeries",
    "Component",
    "Conference",
    "Delivery",
    "Document",
    "DomainAssessment",
    "Goal",
    "GoalProgress",
    "GroupSession",
    "HandOver",
    "Letter",
    "LetterSeries",
    "Monitoring",
    "Note",
    "Participant",
    "Plan",
    "Practice",
    "Readiness",
    "Referral",
    "ReferralMessage",
    "Reopening",
    "Report",
    "RiskRating",
    "ServiceLine",
    "SpmAnswer",
    "Stage",
    "StageChange",
    "StageSet",
    "Task",
    "TeamMember",
    "Termination",
    "TracingStep",
    "Triage",
]
