"""Finding reports, and how long they have waited."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Case as Either
from django.db.models import DateTimeField, F, Q, QuerySet, Value, When
from django.db.models.expressions import ExpressionWrapper

from serasi.access.models import User
from serasi.cases import reference
from serasi.cases.enums import TriageOutcome
from serasi.cases.models import Case, Report
from serasi.cases.queries.header import veil_over
from serasi.common.initials import NO_VEIL, Veil
from serasi.people.models import Person

_MOST_WORDS_OF_A_NAME: Final = 6
_DESCRIBING: Final = frozenset(
    (
        *("anak", "bayi", "keluarga", "laki-laki", "lansia", "orang", "perempuan", "pria", "remaja", "seorang"),
        *("sepasang", "tak", "tanpa", "tidak", "wanita"),
    )
)
"""Words with which what is seen of someone begins, and no name."""


def _until() -> Any:
    """The moment by which a report must be answered, after its urgency."""
    return Either(
        *(
            When(
                urgency=urgency.code,
                then=ExpressionWrapper(
                    F("received_at") + Value(timedelta(minutes=urgency.respond_within_minutes)),
                    output_field=DateTimeField(),
                ),
            )
            for urgency in reference.urgencies()
        ),
        output_field=DateTimeField(),
    )


def with_clock(reports: QuerySet[Report]) -> QuerySet[Any, Any]:
    """Annotate ``respond_by``."""
    return reports.annotate(respond_by=_until())


def report_list(reader: User, chosen: Mapping[str, Any], *, at: datetime) -> QuerySet[Any, Any]:
    """Reports this user may read: the undecided first, by what is due soonest; then the rest, latest first."""
    reports = with_clock(Report.objects.visible_to(reader).with_subject(reader)).select_related(
        "unit", "received_by", "triage"
    )
    match chosen.get("state"):
        case "new":
            reports = reports.filter(triage=None)
        case "unfinished":
            reports = reports.filter(completed_at=None)
        case "late":
            reports = reports.filter(triage=None, respond_by__lt=at)
        case "decided":
            reports = reports.filter(triage__isnull=False)
    if urgency := chosen.get("urgency"):
        reports = reports.filter(urgency=urgency)
    if chosen.get("mine"):
        reports = reports.filter(received_by=reader)
    if text := chosen.get("q"):
        reports = reports.filter(
            Q(subject_description__icontains=text) | Q(place__icontains=text) | Q(reporter_name__icontains=text)
        ).exclude(shown_subject="")
    return reports.order_by(F("triage__decided_at").desc(nulls_first=True), "respond_by", "-received_at")


def veil_of_report(report: Any, reader: User, *, is_recognising: bool = False) -> Veil:
    """What keeps the name back in the report's own words, of a report read `with_subject`.

    Whoever opens the case (``is_recognising``) reads it as long as the report waits for its person.

    Before anyone is linked to it, the name is the one with which the report says whom it is about. Once it has become a
    case, the names are those of the person; where the reader does not see the person, its texts stay closed.
    """
    if report.shown_subject or (is_recognising and waits_for_its_person(report)):
        return NO_VEIL
    linked = report.is_opened or report.person_id is not None
    people = (
        Person.objects.visible_to(reader)
        .filter(Q(pk=report.person_id) | Q(pk__in=Case.objects.filter(report=report).values("person")))
        .distinct()
        if linked
        else ()
    )
    if linked and not people:
        return Veil(is_closed=True)
    known = veil_over(*people)
    return Veil(known.words | Veil.of((), described=report.subject_description).words)


def named_in(description: str) -> str:
    """The name with which a description of someone begins; empty when it only says what is seen of them."""
    first = re.split(r"[,;(/]|\s[-–]\s", description, maxsplit=1)[0].strip()
    words = first.split()
    is_name = re.fullmatch(r"[^\W\d_](?:[^\W\d_]|[ .'’-])*", first) is not None
    if not is_name or len(words) > _MOST_WORDS_OF_A_NAME or words[0].casefold() in _DESCRIBING:
        return ""
    return first


def waits_for_its_person(report: Any) -> bool:
    """Whether a case is to be opened of it and none is yet: who does that must know whom it is about."""
    decision = getattr(report, "triage", None)
    return decision is not None and decision.outcome == TriageOutcome.OPEN_CASE and not report.is_opened


def waiting_for_a_case(reader: User) -> QuerySet[Report]:
    """Reports decided to become a case that have none yet."""
    return (
        Report.objects.visible_to(reader)
        .with_subject(reader)
        .filter(triage__outcome=TriageOutcome.OPEN_CASE, is_opened=False)
        .select_related("unit")
        .order_by("received_at")
    )
