"""A night in Wisma Mawar: incidents, restraints and concerns, made through the operations."""

from datetime import datetime
from typing import Any

from serasi.access.models import User
from serasi.cases.tests.factories import World, as_user, now
from serasi.common.identifiers import uuid7
from serasi.people.models import Person
from serasi.people.operations import keep_team, set_confidentiality
from serasi.residence.models import Stay
from serasi.residence.tests.factories import ago
from serasi.safety import operations as safety
from serasi.safety.enums import (
    About,
    Danger,
    Harm,
    IncidentKind,
    Means,
    Part,
    Recipient,
    RestraintKind,
    Severity,
    Standing,
)
from serasi.safety.models import Concern, Incident, Restraint
from serasi.safety.operations import Someone


def report(world: World, *stays: Stay, by: User | None = None, **facts: Any) -> Incident:
    """A fall, one hour ago, unless told; the stays are of those it happened to."""
    described: dict[str, Any] = {
        "unit": world.panti,
        "kind": IncidentKind.FALL,
        "severity": Severity.MODERATE,
        "happened_at": ago(hours=1),
        "account": "Terpeleset di lantai basah.",
        "people": [Someone(Part.AFFECTED, stay_id=stay.pk) for stay in stays],
        "at": now(),
    }
    return safety.report_incident(id=uuid7(), by=by or world.carer, **(described | facts))


def tell(world: World, incident: Incident, *recipients: Recipient, by: User | None = None, **facts: Any) -> None:
    for recipient in recipients:
        described: dict[str, Any] = {"told_to": "Piket", "means": Means.PHONE, "told_at": now(), "at": now()}
        safety.note_notice(
            id=uuid7(), incident=incident, recipient=recipient, by=by or world.carer, **(described | facts)
        )


def close(world: World, incident: Incident, **facts: Any) -> None:
    described = {"cause": "Lantai basah tanpa tanda.", "learning": "Tanda lantai basah dipasang."}
    safety.close_incident(id=uuid7(), incident=incident, by=world.head, at=now(), **(described | facts))


def restrain(world: World, stay: Stay, *, began_at: datetime | None = None, **facts: Any) -> Restraint:
    described: dict[str, Any] = {
        "unit": world.panti,
        "kind": RestraintKind.ISOLATION,
        "standing": Standing.ADULT,
        "danger": Danger.OTHERS,
        "account": "Melempar kursi ke arah penghuni lain.",
        "tried": "Diajak bicara dan ditemani setengah jam.",
        "decided_by": "Siti Pengasuh",
        "at": now(),
    }
    by = facts.pop("by", world.carer)
    return safety.begin_restraint(
        id=uuid7(), stay_id=stay.pk, began_at=began_at or ago(minutes=10), by=by, **(described | facts)
    )


def worry(world: World, by: User, **facts: Any) -> Concern:
    """About the head of the panti, unless told."""
    described: dict[str, Any] = {
        "unit": world.panti,
        "about": About.UNIT,
        "harm": Harm.VIOLENCE,
        "account": "Memukul penghuni di gudang.",
        "at": now(),
    }
    return safety.raise_concern(id=uuid7(), by=by, **(described | facts))


def guard(world: World, person: Person, confidentiality: str, *team: User) -> None:
    """The team first: a sealed person without one would be seen by nobody."""
    with as_user(world.owner):
        person = Person.objects.get(pk=person.pk)
    keep_team(person=person, members=list(team), by=world.owner, at=now())
    set_confidentiality(person=person, confidentiality=confidentiality, by=world.owner, at=now())
