"""A house as a whole: its edition of phases, and the list for gate and night shift."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from serasi.access.models import Posting, Unit, User
from serasi.access.permissions import may
from serasi.access.registry import permission
from serasi.access.scope import today
from serasi.common.periods import add_months
from serasi.cycles.models import Domain
from serasi.foyer.enums import Ending, MeasureMoment
from serasi.foyer.models import Agreement, Allowance, Measure, PhaseSet, Step
from serasi.foyer.permissions import SEE_HOUSE, WRITE
from serasi.foyer.queries.today import Freedom, Today, phase_on
from serasi.people.enums import Confidentiality
from serasi.people.models import Person
from serasi.people.operations.refusals import whole_sight
from serasi.residence.enums import State
from serasi.residence.models import Occupancy
from serasi.residence.queries import day_at
from serasi.residence.queries.board import known_people

ENTRY_WITHIN_DAYS = 14
AFTER_MONTHS = 12


def houses_of(reader: User) -> list[Unit]:
    """Houses that use the Foyer model and whose list this reader may see."""
    using = PhaseSet.objects.in_force().values("unit")
    return list(Unit.objects.reached_by(reader, SEE_HOUSE).filter(pk__in=using).order_by("name"))


def edition_in_force(unit: Unit) -> PhaseSet | None:
    """The house's latest edition in force; None: it does not use the Foyer model."""
    return PhaseSet.objects.in_force().filter(unit=unit).order_by("-number").first()


def open_agreement_of(person: Person, reader: User, day: date) -> Agreement | None:
    """The agreement of this person that is in force or waits for signatures, as far as this reader may see it."""
    found = Agreement.objects.visible_to(reader).filter(person=person).open_on(day)
    # Without the file: a carer or the resident may see the agreement and not the file.
    return found.select_related("unit", "person", "stay", "coach", "phase_set").order_by("begins_date").first()


def coaches_of(unit: Unit) -> QuerySet[User]:
    """Who works in the house in a role that can walk along with somebody."""
    posted = Posting.objects.in_force(today()).filter(unit=unit, role__in=list(permission(WRITE).held_by))
    return User.objects.filter(pk__in=posted.values("user"), is_active=True).order_by("full_name")


def foyer_domains(day: date) -> QuerySet[Domain]:
    """The domains of life a Foyer looks at, in the edition of a day."""
    return Domain.objects.filter(domain_set__code="foyer", domain_set__period__contains=day).order_by("order")


@dataclass(frozen=True, slots=True)
class Tonight:
    """One line of the list: a name where the reader may know it, else the tag alone."""

    tag: str
    name: str
    agreement_id: UUID | None
    today: Today
    coach: str
    is_guarded: bool
    """On paper and walls the tag alone: a child in court, or someone this reader may not know."""


def tonight(*, unit: Unit, at: datetime, reader: User) -> list[Tonight]:
    """Everyone of the house who lives in a phase today, whoever may know them: the gate must know about all.

    All are read with whole sight; of whom the reader may not open, a tag with its rights is given and nothing else.
    Without ``foyer.house.see`` at the unit it is empty. Some ten statements, whatever the number of people.
    """
    if not may(reader, SEE_HOUSE, on=unit):
        return []
    day = day_at(unit, at)
    with whole_sight():
        agreements = list(
            Agreement.objects.filter(unit=unit, begins_date__lte=day)
            .open_on(day)
            .select_related("stay", "coach")
            .order_by("stay__tag")
        )
        ids = [one.pk for one in agreements]
        steps: dict[UUID, list[Step]] = defaultdict(list)
        for step in Step.objects.agreed().filter(agreement__in=ids).select_related("to_phase"):
            steps[step.agreement_id].append(step)
        allowances: dict[UUID, list[Allowance]] = defaultdict(list)
        for allowance in Allowance.objects.on(day).filter(agreement__in=ids):
            allowances[allowance.agreement_id].append(allowance)
        places = {
            one.stay_id: one for one in Occupancy.objects.at(at).filter(stay__in=[one.stay_id for one in agreements])
        }
    known = set(Agreement.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", flat=True))
    named = known_people(reader, [one.person_id for one in agreements if one.pk in known])
    lines = []
    for one in agreements:
        found = phase_on(steps[one.pk], day)
        place = places.get(one.stay_id)
        if found is None or place is None:
            continue
        person = named.get(one.person_id)
        lines.append(
            Tonight(
                tag=one.stay.tag,
                name=person.shown_name(to=reader) if person else "",
                agreement_id=one.pk if person else None,
                today=Today(
                    day,
                    Freedom.of(found[0], day, allowances[one.pk]),
                    State(place.state),
                    place.expected_at,
                ),
                coach=str(one.coach) if person else "",
                is_guarded=person is None or person.confidentiality != Confidentiality.ORDINARY,
            )
        )
    return lines


def due_measures_of(agreement: Agreement, measures: list[Measure]) -> dict[MeasureMoment, date]:
    """The day by which each measure is due: two weeks after coming, on the day of leaving, twelve months later.

    ``agreement`` is the latest of its chain; a renewal is no leaving. Those taken already are left out.
    """
    due = {MeasureMoment.ENTRY: agreement.since_date + (date.resolution * ENTRY_WITHIN_DAYS)}
    if agreement.ended_date is None or agreement.ending in {Ending.RENEWED, Ending.DROPPED}:
        if agreement.ending != Ending.DROPPED:
            due[MeasureMoment.EXIT] = agreement.ends_date
    else:
        due[MeasureMoment.EXIT] = agreement.ended_date
        due[MeasureMoment.AFTER] = add_months(agreement.ended_date, AFTER_MONTHS)
    taken = {one.moment for one in measures}
    return {moment: day for moment, day in due.items() if moment not in taken}
