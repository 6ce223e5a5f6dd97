"""What the fixed header of a file needs, read with the case itself in one statement."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Now

from serasi.access.enums import Subject
from serasi.access.models import EmergencyAccess, User
from serasi.access.scope import Guard
from serasi.cases.enums import Confidentiality, TeamPart
from serasi.cases.models import Case, TeamMember
from serasi.cases.queries.due import with_next_date
from serasi.common.initials import NO_VEIL, Veil
from serasi.common.statements import Given, Statement
from serasi.people.enums import ConsentPurpose
from serasi.people.models import Alias, Consent, Person, PersonTeam

_HEAD = (
    "next_on",
    "consent_given_at",
    "consent_withdrawn_at",
    "manager_name",
    "emergency_ends_at",
    "is_reader_on_team",
    "knows_person",
    "reader_id",
)


def file_of(case_id: UUID, reader: User) -> Any:
    """One case `with_header`, if this reader may open it; None otherwise. Two queries, of which one is kept."""
    files = Case.objects.visible_to(reader).select_related("person", "unit", "stage", "stage__stage_set")
    case = files.filter(pk=case_id).first()
    if case is not None:
        [head] = _head_statement().ask(case=case.pk, reader=reader.pk)
        case.__dict__.update(zip(_HEAD, head, strict=True))
    return case


def case_of(case_id: UUID, reader: User) -> Any:
    """One case `with_person`, and its unit, if this reader may open it; None otherwise."""
    return with_person(Case.objects.visible_to(reader), reader).select_related("unit").filter(pk=case_id).first()


def guard_of(case: Any) -> Guard:
    """Where a file sits for the reader it was read for with `file_of`; no query."""
    return Guard(
        case.unit.path,
        is_team=case.is_reader_on_team,
        is_sealed=case.is_sealed,
        is_emergency=case.emergency_ends_at is not None and not (case.is_reader_on_team or case.is_sealed),
    )


@lru_cache
def _head_statement() -> Statement:
    case = Case.objects.filter(pk=Given("case", UUIDField()))
    return Statement(with_header(case, Given("reader", UUIDField())).values_list(*_HEAD))


def with_header(cases: QuerySet[Case], reader: User | Given) -> QuerySet[Any, Any]:
    """Cases `with_person`, and their unit, stage, next date, consent, manager's name and the reader's emergency."""
    care = Consent.objects.filter(person=OuterRef("person"), purpose=ConsentPurpose.CARE).order_by("-given_at")
    managers = _team().filter(part=TeamPart.MANAGER)
    emergency = EmergencyAccess.objects.in_force(Now()).filter(
        user=reader, subject=Subject.CASE, subject_id=OuterRef("pk")
    )
    headed: QuerySet[Any, Any] = (
        with_person(with_next_date(cases), reader)
        .select_related("unit", "stage", "stage__stage_set")
        .annotate(
            consent_given_at=Subquery(care.values("given_at")[:1]),
            consent_withdrawn_at=Subquery(care.values("withdrawn_at")[:1]),
            manager_name=Subquery(managers.values("user__full_name")[:1]),
            emergency_ends_at=Subquery(emergency.values("ends_at")[:1]),
        )
    )
    return headed


def with_person(cases: QuerySet[Case], reader: User | Given) -> QuerySet[Any, Any]:
    """Cases with their person, whether the reader is on the team and with the person: what `name_shown` asks."""
    named: QuerySet[Any, Any] = cases.select_related("person").annotate(
        is_reader_on_team=Exists(_team().filter(user=reader)),
        knows_person=Exists(PersonTeam.objects.filter(person=OuterRef("person"), user=reader, until_at=None)),
        reader_id=reader if isinstance(reader, Given) else Value(reader.pk),
    )
    return named


def _team() -> QuerySet[TeamMember]:
    return TeamMember.objects.in_force(Now()).filter(case=OuterRef("pk"))


def veil_of(case: Any, reader: User) -> Veil:
    """What keeps the person's name back in the texts of this file, as `name_shown` does at its head; no query."""
    person = case.person
    is_named = name_shown(case, reader) == str(person)
    return NO_VEIL if is_named else Veil.of((person.full_name, person.nickname))


def veil_over(*people: Person) -> Veil:
    """A veil over every name of these people, aliases too (a query)."""
    aliases = Alias.objects.filter(person__in=people).values_list("name", flat=True)
    return Veil.of([*aliases, *(name for person in people for name in (person.full_name, person.nickname))])


def name_shown(case: Any, reader: User) -> str:
    """The person's name as this reader may see it; initials of a child in court proceedings for all but the team."""
    person = case.person
    if "knows_person" in case.__dict__ and case.__dict__.get("reader_id") == reader.pk:
        person.__dict__["is_team_of_reader"] = case.knows_person
        person.__dict__["reader_id"] = reader.pk
    if case.confidentiality == Confidentiality.SPPA and not getattr(case, "is_reader_on_team", True):
        return str(person.initials)
    return str(person.shown_name(to=reader))
