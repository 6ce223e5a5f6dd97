"""What a case is worked with, as dated files under version control, and their typed readers.

Components, approaches, stage sets with their rules, assessment domains, the functioning scale, report
channels, danger screen, reasons, letter kinds, confidentiality classes and the after-care
calendar. No model and no database here. Everything marked own is meant to be edited by those who know better.
"""

from serasi.cases.reference.assessment import (
    Anchor,
    AssessmentDomain,
    FunctioningAim,
    assessment_domains,
    functioning_aims,
)
from serasi.cases.reference.ending import (
    AfterCareVisit,
    Outcome,
    TerminationReason,
    aftercare_visits,
    outcomes,
    termination_reasons,
)
from serasi.cases.reference.intake import (
    DangerQuestion,
    ReportChannel,
    Urgency,
    confidentiality_proposed_for,
    danger_screen,
    report_channels,
    urgencies,
    urgency_of,
)
from serasi.cases.reference.letters import (
    LetterKind,
    letter_kinds,
)
from serasi.cases.reference.referral import (
    ReferralReason,
    RefusalReason,
    referral_reasons,
    refusal_reasons,
)
from serasi.cases.reference.secrecy import (
    AreaTag,
    ConfidentialityClass,
    area_tags,
    confidentiality_classes,
)
from serasi.cases.reference.services import (
    Approach,
    Component,
    ComponentItem,
    SpmService,
    approaches,
    components,
    spm_services,
)
from serasi.cases.reference.stages import (
    Phase,
    Rule,
    Stage,
    StageSet,
    phases,
    rules,
    stage_set,
    stage_sets,
)
from serasi.institutions.reference.tables import BadReferenceError, Edition, Listing

__all__ = [
    "AfterCareVisit",
    "Anchor",
    "Approach",
    "AreaTag",
    "AssessmentDomain",
    "BadReferenceError",
    "Component",
    "ComponentItem",
    "ConfidentialityClass",
    "DangerQuestion",
    "Edition",
    "FunctioningAim",
    "LetterKind",
    "Listing",
    "Outcome",
    "Phase",
    "ReferralReason",
    "RefusalReason",
    "ReportChannel",
    "Rule",
    "SpmService",
    "Stage",
    "StageSet",
    "TerminationReason",
    "Urgency",
    "aftercare_visits",
    "approaches",
    "area_tags",
    "assessment_domains",
    "components",
    "confidentiality_classes",
    "confidentiality_proposed_for",
    "danger_screen",
    "functioning_aims",
    "letter_kinds",
    "outcomes",
    "phases",
    "referral_reasons",
    "refusal_reasons",
    "report_channels",
    "rules",
    "spm_services",
    "stage_set",
    "stage_sets",
    "termination_reasons",
    "urgencies",
    "urgency_of",
]
