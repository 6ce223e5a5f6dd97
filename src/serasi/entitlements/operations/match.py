"""People are looked up on the lists, and somebody says whether a row is this person."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused, operation
from serasi.common.identifiers import uuid7
from serasi.entitlements.models import Delivery, Match, PersonCheck
from serasi.entitlements.permissions import CHECK, DECIDE
from serasi.entitlements.queries.candidates import candidates_of, whom_may_be_asked
from serasi.entitlements.weighing import weigh
from serasi.people.models import Person
from serasi.people.permissions import require_on_person


@operation(CHECK)
def check_people(*, people: Collection[UUID], purpose: str, by: User, at: datetime) -> int:
    """Look these people up on every list that may be used here; how many of them were looked up.

    Logged for each, with its purpose. Whom the actor may not ask about is passed over; NotAllowed when that is all.
    What was found before stays as it is, with what was decided of it.
    """
    asked = whom_may_be_asked(people)
    if people and not asked:
        raise NotAllowed
    known = Person.objects.filter(pk__in=asked).in_bulk()
    matches = []
    for candidate in candidates_of(asked, purpose=purpose):
        person = known[candidate.person_id]
        verdict = weigh(candidate, name=person.full_name or person.nickname, birth_date=person.birth_date)
        if verdict is not None:
            matches.append(
                Match(
                    id=uuid7(),
                    entry_id=candidate.entry_id,
                    person=person,
                    how=verdict.how,
                    evidence=list(verdict.evidence),
                    is_sure=verdict.is_sure,
                    found_at=at,
                    found_by=by,
                )
            )
    Match.objects.bulk_create(matches, ignore_conflicts=True)
    lists = list(Delivery.objects.usable_by(by).order_by("pk").values_list("pk", flat=True))
    PersonCheck.objects.bulk_create(
        PersonCheck(id=uuid7(), person_id=one, checked_at=at, checked_by=by, deliveries=lists) for one in known
    )
    return len(known)


@operation(DECIDE)
def decide_match(*, match: Match, is_right: bool, reason: str, by: User, at: datetime) -> Match:
    """Say that a row is this person, or that it is not and why. It stays, also for the same row of later lists."""
    require_on_person(by, DECIDE, match.person)
    if not is_right and not reason.strip():
        raise Refused(_("Tulis alasan mengapa baris ini bukan orang ini."), field="reason")
    changed = Match.objects.filter(pk=match.pk).update(
        is_right=is_right, decided_at=at, decided_by=by, reason=reason.strip()
    )
    if not changed:
        raise NotAllowed
    match.refresh_from_db(fields=["is_right", "decided_at", "decided_by", "reason"])
    return match
