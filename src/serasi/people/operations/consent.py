"""Consent: given after explanation, withdrawn at any time; withdrawal starts a clock."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation
from serasi.people import reference
from serasi.people.enums import ConsentGiver
from serasi.people.models import Consent, Person
from serasi.people.models.consent import WITHDRAWAL_TERM
from serasi.people.operations.refusals import saying_why
from serasi.people.permissions import require_on_person


@operation("people.consent.record", creates=Consent)
def give_consent(
    *,
    id: UUID,
    person: Person,
    purpose: str,
    text_version: str,
    method: str,
    given_by: str = ConsentGiver.SELF,
    guardian_name: str = "",
    witness_name: str = "",
    given_at: datetime | None = None,
    by: User,
    at: datetime,
) -> Consent:
    """The person or a guardian agrees to a purpose after this user explained the text."""
    require_on_person(by, "people.consent.record", person)
    with saying_why(Consent):
        consent = Consent(
            id=id,
            person=person,
            purpose=purpose,
            text_version=text_version,
            explained_by=by,
            given_by=given_by,
            guardian_name=guardian_name,
            method=method,
            witness_name=witness_name,
            given_at=given_at or at,
        )
        consent.save(force_insert=True)
    return consent


@operation("people.consent.record")
def withdraw_consent(*, consent: Consent, reason: str, by: User, at: datetime) -> Consent:
    """Take consent back; the text says how soon processing stops (else 3 × 24 hours). Once withdrawn, it stays so."""
    require_on_person(by, "people.consent.record", consent.person)
    if not reason.strip():
        raise Refused(_("Tulis alasan penarikan; cukup “tidak disebutkan” bila memang demikian."), field="reason")
    with saying_why(Consent):
        Consent.objects.filter(pk=consent.pk, withdrawn_at=None).update(
            withdrawn_at=at, withdrawal_reason=reason, withdrawal_due_at=at + withdrawal_term(consent)
        )
    consent.refresh_from_db()
    return consent


def withdrawal_term(consent: Consent) -> timedelta:
    """How soon processing must have stopped, as the text that was read says."""
    text = reference.consent_texts().get(consent.text_version)
    return timedelta(hours=text.withdrawal_hours) if text else WITHDRAWAL_TERM


@operation("people.consent.record")
def confirm_stopped(*, consent: Consent, by: User, at: datetime) -> Consent:
    """Say that processing under a withdrawn consent has stopped; the clock stops with it."""
    require_on_person(by, "people.consent.record", consent.person)
    Consent.objects.filter(pk=consent.pk, withdrawn_at__isnull=False, stopped_at=None).update(stopped_at=at)
    consent.refresh_from_db()
    return consent
