"""What a phone carries of its user's work: a dated copy, bounded and little (docs/adr/0017).

Open cases on whose team the user is, and those whose after-care they owe, at most `MOST`; of each what a visit needs.
No NIK, nothing sealed, no part whose area the reader may not read; a child in court has initials, nothing to be found
by, and no texts that others wrote. The number of statements is the same for one client and for three hundred.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from serasi.access.models import User
from serasi.access.scope import today
from serasi.assessments.models import Score
from serasi.cases import registry
from serasi.cases.models import AftercareVisit, Agreement, Case, Goal, Note, Plan
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.cases.queries.header import with_header
from serasi.common.statements import Statement
from serasi.fieldwork.queries.caseload import MOST, Known, homes_of, is_guarded_case, known_as
from serasi.fieldwork.queries.served import Served, offered_to
from serasi.people.enums import Confidentiality
from serasi.people.models import PersonKind

AHEAD: Final = timedelta(days=31)
"""How far before its day something to do is on the phone: it may be days without contact, and plans its own round."""
NOTES: Final = 5
"""Of each file, the last ones."""
ASSESSMENTS: Final = 3
"""Of each file, those whose scores are told."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something to do in a file; ``record_id`` is what it is about."""

    source: registry.DueSource
    day: date | None
    text: str
    record_id: UUID


@dataclass(frozen=True, slots=True)
class Client:
    """A file as a phone carries it. ``is_guarded``: of a child in court; then the texts are empty."""

    known: Known
    case: Any
    is_guarded: bool
    kinds: tuple[str, ...]
    due: tuple[Due, ...]
    notes: tuple[Note, ...]
    scores: tuple[Score, ...]
    promises: str
    goals: tuple[Goal, ...]


@dataclass(frozen=True, slots=True)
class Pocket:
    """``total`` is how many clients there would be without the bound."""

    clients: tuple[Client, ...]
    total: int
    forms: tuple[Served, ...]
    errands: tuple[registry.FieldForm, ...]


def pocket_of(user: User) -> Pocket:
    """What this user's phone carries today."""
    forms = tuple(offered_to(user))
    if not user.scope.has(OPEN_CASE_FILE):
        return Pocket((), 0, forms, ())
    errands = tuple(registry.field_forms_for(user))
    cases, on = list(_cases(user)[: MOST + 1]), today()
    total = len(cases) if len(cases) <= MOST else _cases(user).count()
    return Pocket(_clients(cases[:MOST], user, on), total, forms, errands)


def _cases(user: User) -> QuerySet[Any, Any]:
    owed = AftercareVisit.objects.filter(owner=user, held_on=None, cancelled_at=None).order_by().values("case")
    files = Case.objects.visible_to(user)
    mine = Q(pk__in=files.of_team_member(user).open().order_by().values("pk")) | Q(pk__in=owed)
    open_to_phones = files.filter(mine).exclude(confidentiality=Confidentiality.SEALED)
    open_to_phones = open_to_phones.exclude(person__confidentiality=Confidentiality.SEALED)
    return with_header(open_to_phones, user).order_by(F("next_on").asc(nulls_last=True), "-opened_at", "pk")


def _clients(cases: Sequence[Any], user: User, on: date) -> tuple[Client, ...]:
    homes = homes_of([case.person for case in cases], on)
    told = [case for case in cases if not is_guarded_case(case)]
    kinds: dict[UUID, list[str]] = defaultdict(list)
    of_people = PersonKind.objects.filter(person__in={case.person_id for case in cases}, period__contains=on)
    for of_person in of_people.select_related("kind"):
        kinds[of_person.person_id].append(str(of_person.kind))
    due = _due(user, on)
    notes = _by_case(_latest(Note.objects.visible_to(user).filter(corrected_by=None), told, "happened_at", NOTES))
    scores = _by_case(_scores(user, told), "assessment.case_id")
    agreements = {one.case_id: one for one in _latest(Agreement.objects.visible_to(user), told, "signed_at", 1)}
    goals = _by_case(_goals(user, told), "plan.case_id")
    return tuple(
        Client(
            known=known_as(case, homes.get(case.person_id), on),
            case=case,
            is_guarded=is_guarded_case(case),
            kinds=tuple(kinds[case.person_id]),
            due=tuple(due[case.pk]),
            notes=tuple(notes[case.pk]),
            scores=tuple(scores[case.pk]),
            promises=agreements[case.pk].promises if case.pk in agreements else "",
            goals=tuple(goals[case.pk]),
        )
        for case in cases
    )


def _latest(parts: QuerySet[Any, Any], cases: Sequence[Any], moment: str, most: int) -> QuerySet[Any, Any]:
    """The last ``most`` of each case, the latest first."""
    place = Window(RowNumber(), partition_by="case", order_by=[F(moment).desc(), F("pk").desc()])
    ranked = parts.filter(case__in=[case.pk for case in cases]).annotate(place=place).filter(place__lte=most)
    latest: QuerySet[Any, Any] = ranked.select_related("written_by").order_by("case", "place")
    return latest


def _scores(user: User, cases: Sequence[Any]) -> list[Score]:
    """Of the last assessments of each case, the latest first; without a value it says nothing on a visit."""
    found = (
        Score.objects.visible_to(user)
        .in_force()
        .filter(assessment__case__in=[case.pk for case in cases], value__isnull=False)
        .select_related("assessment__edition", "scale", "band")
        .order_by("-assessment__assessed_on", "-assessment__finished_at", "scale__order")
    )
    of_case: dict[UUID, set[UUID]] = defaultdict(set)
    told = []
    for score in found:
        seen = of_case[score.assessment.case_id]
        if score.assessment_id in seen or len(seen) < ASSESSMENTS:
            seen.add(score.assessment_id)
            told.append(score)
    return told


def _goals(user: User, cases: Sequence[Any]) -> QuerySet[Any, Any]:
    """Of the plan in force: the one that was approved last."""
    later = Plan.objects.filter(case=OuterRef("plan__case"), approved_at__gt=OuterRef("plan__approved_at"))
    goals = Goal.objects.filter(plan__case__in=[case.pk for case in cases], plan__approved_at__isnull=False)
    return goals.filter(~Exists(later)).select_related("plan").order_by("target_date", "pk")


def _due(user: User, on: date) -> dict[UUID, list[Due]]:
    """What there is to do in files, by file, the oldest day first (1 query)."""
    sources = [
        source
        for source in registry.due_sources().values()
        if "case" in source.takes and (source.permission is None or user.scope.has(source.permission))
    ]
    found: dict[UUID, list[Due]] = defaultdict(list)
    if sources:
        first, *rest = [source.rows(user, on + AHEAD) for source in sources]
        by_kind = {source.kind: source for source in sources}
        for kind, day, text, case_id, record_id in Statement(first.union(*rest, all=True)).ask():
            found[case_id].append(Due(by_kind[kind], day, text or "", record_id))
    for each in found.values():
        each.sort(key=lambda one: (one.day or date.max, one.source.kind))
    return found


def _by_case(rows: Any, way: str = "case_id") -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        at = row
        for step in way.split("."):
            at = getattr(at, step)
        found[at].append(row)
    return found
