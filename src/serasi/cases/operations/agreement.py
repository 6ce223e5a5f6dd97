"""The first agreement with the person, and the consent to use their data."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.cases.enums import SignedFor, Signing
from serasi.cases.models import Agreement, Case
from serasi.cases.operations.circle import give_consents
from serasi.cases.operations.writable import file_operation
from serasi.cases.permissions import AGREE

AGREEMENT_TEXT = "kesepakatan_v1"


@file_operation(AGREE, creates=Agreement)
def sign_agreement(
    *,
    id: UUID,
    case: Case,
    explained_by: User,
    signed_for: str,
    signing: str,
    signed_at: datetime,
    starts_on: date,
    ends_on: date,
    by: User,
    at: datetime,
    guardian_name: str = "",
    guardian_relation: str = "",
    witness_name: str = "",
    promises: str = "",
    consents: Sequence[str] = (),
    text_version: str = AGREEMENT_TEXT,
) -> Agreement:
    """Record that rights, duties and length were explained and accepted, with ``consents`` to purposes beside it."""
    if signed_at > at:
        raise Refused(_("Waktu disepakati tidak boleh di masa depan."), field="signed_at")
    if ends_on <= starts_on:
        raise Refused(_("Tanggal selesai harus setelah tanggal mulai."), field="ends_on")
    if signed_for == SignedFor.GUARDIAN and not guardian_name.strip():
        raise Refused(_("Tuliskan nama wali yang menyetujui."), field="guardian_name")
    if signing != Signing.SIGNATURE and not witness_name.strip():
        raise Refused(_("Cap jempol dan persetujuan lisan memerlukan nama saksi."), field="witness_name")
    agreement = Agreement.objects.create(
        id=id,
        case=case,
        text_version=text_version,
        explained_by=explained_by,
        signed_for=signed_for,
        guardian_name=guardian_name if signed_for == SignedFor.GUARDIAN else "",
        guardian_relation=guardian_relation if signed_for == SignedFor.GUARDIAN else "",
        signing=signing,
        witness_name=witness_name,
        signed_at=signed_at,
        starts_on=starts_on,
        ends_on=ends_on,
        promises=promises,
        written_by=by,
        written_at=at,
    )
    give_consents(agreement, purposes=consents, by=by, at=at)
    return agreement
