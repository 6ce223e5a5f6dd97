"""Records that may be one person: what matching found, and what one unit asks another about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import NotAllowed, Refused, operation, require
from serasi.common.identifiers import uuid7
from serasi.people.enums import Verdict
from serasi.people.models import Candidate, Distinction, Enquiry, Person, PersonUnit
from serasi.people.operations.refusals import NotFound, whole_sight
from serasi.people.permissions import MERGE, AtUnit, require_on_person
from serasi.people.queries.search import cards

AT_ONCE = 2_000
"""Rows in one statement."""


class KnownHere(Refused):
    message = _("Data itu tercatat di unit Anda sendiri. Putuskan sendiri dari halaman ini.")


class AlreadyAnswered(Refused):
    message = _("Pertanyaan ini sudah dijawab orang lain. Muat ulang halaman.")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records as matching found them; the evidence as `Candidate` keeps it."""

    one: UUID
    two: UUID
    weight: float
    evidence: Mapping[str, tuple[str, float]]


@operation(MERGE)
def keep_candidates(*, pairs: Iterable[Pair], model: str, by: User, at: datetime) -> int:
    """This is what matching finds now; what it finds no longer is no candidate. How many there are. For the system."""
    if not by.scope.is_system:
        raise NotAllowed
    rows = [
        Candidate(
            id=uuid7(),
            person_id=min(pair.one, pair.two),
            other_id=max(pair.one, pair.two),
            weight=pair.weight,
            evidence={code: list(told) for code, told in pair.evidence.items()},
            model=model,
            found_at=at,
        )
        for pair in pairs
    ]
    Candidate.objects.bulk_create(
        rows,
        batch_size=AT_ONCE,
        update_conflicts=True,
        unique_fields=["person", "other"],
        update_fields=["weight", "evidence", "model", "found_at"],
    )
    Candidate.objects.filter(found_at__lt=at).delete()
    return len(rows)


@operation(MERGE, creates=Enquiry)
def ask_other_unit(
    *, id: UUID, person: Person, other_id: UUID, unit: Unit, question: str, by: User, at: datetime
) -> Enquiry:
    """Ask the unit that knows the other record whether it is this person. Which unit that is, the asker does not learn.

    Raises NotFound for a record that may not be known to exist, KnownHere where the actor's own unit knows it.
    """
    require_on_person(by, MERGE, person)
    require(by, MERGE, on=AtUnit(unit))
    found = cards(by=by, ids=[other_id])
    if not found:
        raise NotFound
    if found[0].is_open:
        raise KnownHere
    with whole_sight():
        known = PersonUnit.objects.filter(person_id=found[0].person_id, until_at=None).exclude(unit=unit)
        to_unit = known.order_by("since_at", "pk").values_list("unit", flat=True).first()
        if to_unit is None:
            raise NotFound
        enquiry = Enquiry(
            id=id,
            person=person,
            other_id=found[0].person_id,
            unit=unit,
            to_unit_id=to_unit,
            question=question.strip(),
            asked_by=by,
            asked_at=at,
        )
        enquiry.save(force_insert=True)
    return enquiry


@operation(MERGE)
def answer_enquiry(*, enquiry: Enquiry, verdict: str, answer: str, by: User, at: datetime) -> Enquiry:
    """The unit that knows the other record says what it is. Two people: nobody is asked again (`Distinction`).

    Raises AlreadyAnswered, NotAllowed for who does not merge in the unit that was asked.
    """
    require(by, MERGE, on=AtUnit(enquiry.to_unit))
    if verdict not in Verdict.values:
        raise Refused(_("Pilih jawabannya."), field="verdict")
    if verdict == Verdict.UNKNOWN and not answer.strip():
        raise Refused(_("Tulis apa yang masih perlu diketahui."), field="answer")
    held: Enquiry = Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
    if held.answered_at is not None:
        raise AlreadyAnswered
    held.verdict, held.answer, held.answered_by, held.answered_at = verdict, answer.strip(), by, at
    held.save(update_fields=["verdict", "answer", "answered_by", "answered_at"])
    if verdict == Verdict.DIFFERENT:
        with whole_sight():
            Distinction.objects.get_or_create(
                person_id=held.person_id,
                other_id=held.other_id,
                defaults={"id": uuid7(), "reason": held.answer[:300], "decided_at": at, "decided_by": by},
            )
    return held
