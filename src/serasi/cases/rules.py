"""What must exist before a case goes on: each rule of `reference/rules.toml` as an expression on a case.

All rules of a way are asked in one statement. A rule without an expression fails the test that compares both lists.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext

from serasi.cases import reference
from serasi.cases.models import (
    AftercareVisit,
    Agreement,
    Case,
    Conference,
    Delivery,
    Goal,
    HandOver,
    Monitoring,
    Plan,
    Readiness,
    Reopening,
    SpmAnswer,
    Termination,
    TracingStep,
)
from serasi.people.enums import ConsentPurpose
from serasi.people.models import Consent

_OF_CASE: Final = {"case": OuterRef("pk")}
_SINCE_REOPENING = Coalesce(
    Subquery(Reopening.objects.filter(case=OuterRef("case")).order_by("-written_at").values("written_at")[:1]),
    F("case__opened_at"),
)
_SINCE_APPROVAL = Subquery(
    Plan.objects.filter(case=OuterRef("case"), approved_at__isnull=False).order_by("-version").values("approved_at")[:1]
)


def _screening_done() -> Any:
    """Every question has an answer, "not known" included; a case that came without a report was screened elsewhere."""
    answered = Q(report__danger__has_keys=list(reference.danger_screen().codes))
    return ExpressionWrapper(Q(report=None) | answered, output_field=BooleanField())


def _assessment_complete() -> Any:
    core = [domain.code for domain in reference.assessment_domains() if domain.is_core]
    finished = Func(F("pk"), function="cases_finished_domains", output_field=ArrayField(TextField()))
    return Func(
        finished,
        Value(core, output_field=ArrayField(TextField())),
        template="(%(expressions)s)",
        arg_joiner=" @> ",
        output_field=BooleanField(),
    )


def _ended(**condition: Any) -> Exists:
    """A termination that belongs to the present run of the case: after the last reopening, and not withdrawn."""
    return Exists(
        Termination.objects.filter(**_OF_CASE, withdrawn_at=None, written_at__gte=_SINCE_REOPENING, **condition)
    )


RULES: Final[Mapping[str, Callable[[], Any]]] = MappingProxyType(
    {
        "person_registered": lambda: ExpressionWrapper(Q(person__isnull=False), output_field=BooleanField()),
        "screening_done": _screening_done,
        "consent_given": lambda: Exists(
            Consent.objects.filter(person=OuterRef("person"), purpose=ConsentPurpose.CARE, withdrawn_at=None)
        ),
        "agreement_signed": lambda: Exists(Agreement.objects.filter(**_OF_CASE, ends_on__gt=OuterRef("asked_on"))),
        "assessment_complete": _assessment_complete,
        "spm_answer_given": lambda: Exists(SpmAnswer.objects.filter(**_OF_CASE)),
        "conference_held": lambda: Exists(Conference.objects.filter(**_OF_CASE).exclude(minutes="")),
        "goal_set": lambda: Exists(Goal.objects.filter(plan__case=OuterRef("pk"))),
        "plan_approved": lambda: Exists(Plan.objects.filter(**_OF_CASE, approved_at__isnull=False)),
        "service_delivered": lambda: Exists(Delivery.objects.filter(**_OF_CASE, withdrawn_at=None)),
        "monitoring_done": lambda: Exists(
            Monitoring.objects.filter(
                **_OF_CASE, held_on__gte=TruncDate(Coalesce(_SINCE_APPROVAL, F("case__opened_at")))
            )
        ),
        "functioning_scored": lambda: Exists(
            Monitoring.objects.filter(
                **_OF_CASE,
                needs_score__isnull=False,
                roles_score__isnull=False,
                problems_score__isnull=False,
            )
        ),
        "family_traced": lambda: Exists(TracingStep.objects.filter(**_OF_CASE)),
        "readiness_checked": lambda: Exists(Readiness.objects.filter(**_OF_CASE)),
        "handover_note": lambda: Exists(HandOver.objects.filter(**_OF_CASE)),
        "termination_reason": _ended,
        "closure_approved": lambda: _ended(approved_at__isnull=False),
        "aftercare_scheduled": lambda: Exists(AftercareVisit.objects.filter(**_OF_CASE, cancelled_at=None)),
    }
)

SECTION_PAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "person": "cases:case",
        "report": "cases:report_of_case",
        "agreement": "cases:agreements",
        "assessment": "cases:assessments",
        "conference": "cases:conferences",
        "plan": "cases:plans",
        "services": "cases:services",
        "monitoring": "cases:monitoring",
        "resocialisation": "cases:homecoming",
        "letters": "cases:homecoming",
        "closure": "cases:closure",
        "aftercare": "cases:aftercare",
    }
)
"""The page of a file where what a rule asks for is done; each takes the case's id."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A rule that is not met: what it is called, what to do, and the page to do it on."""

    code: str
    name: str
    message: str
    url_name: str


def missing_of(case: Case, codes: Iterable[str], *, on: date | None = None) -> list[Missing]:
    """Which of these rules the case does not meet on a day (else today), in order. One query; none for no rules."""
    wanted = list(dict.fromkeys(codes))
    if not wanted:
        return []
    answers = (
        Case.objects.filter(pk=case.pk)
        .annotate(asked_on=Value(on or timezone.localdate(), output_field=DateField()))
        .annotate(**{f"rule_{code}": RULES[code]() for code in wanted})
        .values(*(f"rule_{code}" for code in wanted))
        .first()
    ) or {}
    return [_missing(code) for code in wanted if not answers.get(f"rule_{code}")]


def _missing(code: str) -> Missing:
    rule = reference.rules()[code]
    return Missing(code, str(rule), gettext(rule.message), SECTION_PAGES[rule.section])
