"""Opening the file of one person at one unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, acting, operation, require
from serasi.cases import reference
from serasi.cases.enums import Approach, Risk, TeamPart, TriageOutcome, Urgency
from serasi.cases.models import ApproachPeriod, Case, Report, RiskRating, StageChange, TeamMember
from serasi.cases.operations.circle import keep_person_closed, keep_person_team
from serasi.cases.operations.confidentiality import LEVEL
from serasi.cases.operations.report import YES
from serasi.cases.permissions import START_CASE
from serasi.cases.queries.practice import first_stage, practice_of
from serasi.common.identifiers import uuid7
from serasi.people import operations as people
from serasi.people.models import Person, PersonKind
from serasi.people.permissions import AtUnit
from serasi.people.reference import clusters, ppks_kinds

_RISK_OF: Final = {Urgency.EMERGENCY: Risk.HIGH, Urgency.URGENT: Risk.MEDIUM, Urgency.ORDINARY: Risk.LOW}


class AlreadyOpen(Refused):
    """The person has an open case in this unit; ``case`` is it, when the actor may see it."""

    message = _("Orang ini masih mempunyai kasus terbuka di unit ini. Lanjutkan di kasus itu.")

    def __init__(self, case: Case | None) -> None:
        super().__init__(field="person")
        self.case = case


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the kinds of PPKS and the danger screen propose for a new case; a person decides."""

    cluster: str
    confidentiality: str
    tags: tuple[str, ...]
    risk: str


def propose(person: Person, report: Report | None, at: datetime) -> Proposal:
    """From every kind in force, read as the system: who opens a file reads some only once on its team."""
    day = timezone.localdate(at)
    with acting(User.objects.system(), "cases.case.propose"):
        kinds = tuple(
            PersonKind.objects.filter(person=person, period__contains=day)
            .order_by("kind__number")
            .values_list("kind_id", flat=True)
        )
    known = [ppks_kinds()[code] for code in kinds if code in ppks_kinds()]
    danger = tuple(code for code, answer in (report.danger if report else {}).items() if answer == YES)
    tags = {tag for code in danger for tag in reference.danger_screen()[code].area_tags}
    tags |= {tag.code for tag in reference.area_tags() if set(kinds) & set(tag.proposed_for)}
    return Proposal(
        cluster=known[0].main_cluster if known else "",
        confidentiality=reference.confidentiality_proposed_for(
            kinds, danger=danger, is_sppa=report is not None and report.is_sppa
        ),
        tags=tuple(sorted(tags)),
        risk=_RISK_OF[Urgency(report.urgency)] if report else Risk.MEDIUM,
    )


@operation(START_CASE, creates=Case)
def open_case(
    *,
    id: UUID,
    person: Person,
    unit: Unit,
    by: User,
    at: datetime,
    report: Report | None = None,
    cluster: str = "",
    confidentiality: str = "",
    tags: Sequence[str] | None = None,
    risk: str = "",
    approach: str = Approach.FAMILY,
    stage_set: str = "",
) -> Case:
    """Open the file.

    1. The person is one that was kept (a merged record leads to it) and has no open case here; a report is of this unit
       and was decided to become a case.
    2. Number, stage set and first stage come from the unit; cluster, confidentiality and tags from the kinds and the
       danger screen where nothing was chosen. Chosen confidentiality may be more closed than proposed, never less.
    3. The one who opens is the manager; stage, risk and approach begin with a first dated row each.
    4. The unit knows the person from now on, the person's team and class follow the case.
    """
    require(by, START_CASE, on=AtUnit(unit))
    if person.merged_into is not None:
        person = person.merged_into
    _refuse_second(person, unit, by)
    if report is not None:
        _refuse_undecided(report, unit)
    proposal = propose(person, report, at)
    cluster = cluster or proposal.cluster
    if cluster not in {entry.code for entry in clusters()}:
        raise Refused(
            _("Pilih klaster. Jenis PPKS orang ini belum dicatat, jadi klaster tidak dapat diusulkan."), field="cluster"
        )
    closed = max((confidentiality or proposal.confidentiality, proposal.confidentiality), key=LEVEL.__getitem__)
    stage = first_stage(stage_set or practice_of(unit).stage_set)
    people.link_to_unit(id=uuid7(), person=person, unit=unit, by=by, at=at)
    case = Case(
        id=id,
        number=_next_number(unit, timezone.localdate(at).year),
        person=person,
        unit=unit,
        report=report,
        stage=stage,
        cluster=cluster,
        confidentiality=closed,
        tags=sorted(set(proposal.tags if tags is None else tags)),
        risk=risk or proposal.risk,
        opened_at=at,
        opened_by=by,
    )
    try:
        case.save(force_insert=True)
    except IntegrityError as error:  # an open case that the actor may not see
        raise AlreadyOpen(None) from error
    TeamMember.objects.create(case=case, user=by, part=TeamPart.MANAGER, period=DateTimeTZRange(at, None))
    written = {"case": case, "written_by": by, "written_at": at}
    StageChange.objects.create(from_stage=None, to_stage=stage, **written)
    RiskRating.objects.create(level=case.risk, reason="Penilaian awal saat kasus dibuka.", **written)
    ApproachPeriod.objects.create(approach=approach, period=DateTimeTZRange(at, None), agent=unit, **written)
    if report is not None and report.person_id is None:
        Report.objects.filter(pk=report.pk).update(person=person)
    keep_person_team(case, by=by, at=at)
    keep_person_closed(case, by=by, at=at)
    return case


def _refuse_second(person: Person, unit: Unit, by: User) -> None:
    known_as = Q(person=person) | Q(person__merged_into=person)
    open_here = Case.objects.open().filter(known_as, unit=unit).first()
    if open_here is not None:
        raise AlreadyOpen(open_here)


def _refuse_undecided(report: Report, unit: Unit) -> None:
    if report.unit_id != unit.pk:
        raise Refused(
            _("Laporan ini diterima unit lain. Buka kasus di unit penerima, atau teruskan laporannya."), field="report"
        )
    decision = getattr(report, "triage", None)
    if decision is None or decision.outcome != TriageOutcome.OPEN_CASE:
        raise Refused(_("Laporan ini belum diputuskan untuk dibuka sebagai kasus. Putuskan dahulu."), field="report")


def _next_number(unit: Unit, year: int) -> str:
    """The next number of the unit and year; its row is locked until the case stands: none is lost or doubled."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_caseseries (id, unit_id, year, latest) VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (unit_id, year) DO UPDATE SET latest = cases_caseseries.latest + 1 RETURNING latest",
            [uuid7(), unit.pk, year],
        )
        row = cursor.fetchone()
    return f"{unit.code}/{year}/{row[0]:04d}"
