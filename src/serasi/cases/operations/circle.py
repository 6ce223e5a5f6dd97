"""What a case asks of the person's own record: a team in step, a class at least as closed, consents. Not operations:
parts of them, called inside one.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.cases.enums import Confidentiality, SignedFor, Signing
from serasi.cases.models import Agreement, Case
from serasi.common.identifiers import uuid7
from serasi.people import operations as people
from serasi.people.enums import Confidentiality as PersonClass
from serasi.people.enums import ConsentGiver, ConsentMethod
from serasi.people.operations.refusals import whole_sight
from serasi.people.permissions import CONSENT, GUARD, may_on_person
from serasi.people.reference import consent_texts_on

_PERSON_CLASS: Final = {
    Confidentiality.ORDINARY: PersonClass.ORDINARY,
    Confidentiality.RESTRICTED: PersonClass.ORDINARY,
    Confidentiality.SPPA: PersonClass.SPPA,
    Confidentiality.SEALED: PersonClass.SEALED,
}
_LEVEL: Final = {PersonClass.ORDINARY: 0, PersonClass.SPPA: 1, PersonClass.SEALED: 2}
_METHOD: Final = {
    Signing.SIGNATURE: ConsentMethod.SIGNATURE,
    Signing.THUMBPRINT: ConsentMethod.THUMBPRINT,
    Signing.SPOKEN: ConsentMethod.VERBAL,
}


def keep_person_team(case: Case, *, by: User, at: datetime) -> None:
    """The people around a person are the teams of all their cases, those of other units included."""
    person = case.person
    if not may_on_person(by, GUARD, person):
        return  # who may walk a case but not guard people leaves the person's circle as it is
    with whole_sight():
        members = list(
            User.objects.filter(teams__case__person=person, teams__period__contains=at).distinct().order_by("pk")
        )
    people.keep_team(person=person, members=members, by=by, at=at)


def keep_person_closed(case: Case, *, by: User, at: datetime) -> None:
    """The person is kept at least as closely as the case. Opening the person further is decided at the person."""
    wanted = _PERSON_CLASS[Confidentiality(case.confidentiality)]
    if _LEVEL[wanted] > _LEVEL[PersonClass(case.person.confidentiality)]:
        people.set_confidentiality(person=case.person, confidentiality=wanted, by=by, at=at)


def give_consents(agreement: Agreement, *, purposes: Sequence[str], by: User, at: datetime) -> None:
    """Each purpose agreed to beside the agreement becomes a consent of its own, with the text in force that day."""
    texts = {text.purpose: text for text in consent_texts_on(timezone.localdate(agreement.signed_at))}
    if set(purposes) - set(texts):
        raise Refused(_("Pilih tujuan persetujuan dari daftar."), field="consents")
    if purposes and not may_on_person(by, CONSENT, agreement.case.person):
        raise Refused(
            _("Anda belum berwenang mencatat persetujuan data. Simpan kesepakatannya, lalu minta manajer kasus."),
            field="consents",
        )
    is_guardian = agreement.signed_for == SignedFor.GUARDIAN
    for purpose in purposes:
        people.give_consent(
            id=uuid7(),
            person=agreement.case.person,
            purpose=purpose,
            text_version=texts[purpose].code,
            method=_METHOD[Signing(agreement.signing)],
            given_by=ConsentGiver.GUARDIAN if is_guardian else ConsentGiver.SELF,
            guardian_name=agreement.guardian_name,
            witness_name=agreement.witness_name,
            given_at=agreement.signed_at,
            by=by,
            at=at,
        )
