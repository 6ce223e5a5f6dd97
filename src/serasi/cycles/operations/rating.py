"""Saying where a person stands, and mending what was written down wrongly."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.cases.models import Case
from serasi.cases.operations.writable import FileState, InTheFuture, file_operation
from serasi.common.identifiers import uuid7
from serasi.cycles.enums import Voice
from serasi.cycles.models import Domain, Rating, RatingRound
from serasi.cycles.permissions import RATE


class NothingRated(Refused):
    message = _("Isi nilai paling sedikit satu ranah.")


class RatedTwice(Refused):
    message = _("Sebuah ranah dinilai sekali saja.")


class AlreadySuperseded(Refused):
    message = _("Catatan ini sudah dibetulkan. Muat ulang halaman untuk melihat yang berlaku.")


@dataclass(frozen=True, slots=True)
class Said:
    """What one voice says of one domain."""

    domain: Domain
    step: int
    words: str = ""


@file_operation(RATE, creates=RatingRound, state=FileState.EITHER)
def rate(
    *,
    id: UUID,
    case: Case,
    voice: Voice | str,
    said: Sequence[Said],
    by: User,
    at: datetime,
    rated_on: date | None = None,
) -> RatingRound:
    """One voice rates some domains at once; also after the case was closed, in after-care.

    ``rated_on`` is a day of the unit, today when it is left out. Raises NothingRated, RatedTwice, InTheFuture.
    """
    today = case.unit.day_at(at)
    rated_on = rated_on or today
    if rated_on > today:
        raise InTheFuture(field="rated_on")
    if voice not in Voice.values:
        raise Refused(_("Pilih kata siapa nilai ini."), field="voice")
    return record_round(id=id, case_id=case.pk, voice=voice, said=said, rated_on=rated_on, by=by, at=at)


def record_round(
    *, id: UUID, case_id: UUID, voice: Voice | str, said: Sequence[Said], rated_on: date, by: User, at: datetime
) -> RatingRound:
    """Part of the operations that rate: what one voice says becomes records. Raises NothingRated, RatedTwice."""
    if not said:
        raise NothingRated
    if len({one.domain.pk for one in said}) < len(said):
        raise RatedTwice
    made = RatingRound.objects.create(
        id=id, case_id=case_id, voice=voice, rated_on=rated_on, written_by=by, written_at=at
    )
    Rating.objects.bulk_create(
        Rating(
            id=uuid7(),
            round=made,
            domain=one.domain,
            step=one.step,
            words=one.words.strip(),
            written_by=by,
            written_at=at,
        )
        for one in said
    )
    return made


@file_operation(RATE, of="rating.round.case", creates=Rating, state=FileState.EITHER, rewrites=True)
def correct_rating(*, id: UUID, rating: Rating, step: int, words: str, reason: str, by: User, at: datetime) -> Rating:
    """Put another in its place; what was believed before stays readable. Raises AlreadySuperseded."""
    _supersede(rating, reason=reason, by=by, at=at)
    return Rating.objects.create(
        id=id,
        round=rating.round,
        domain=rating.domain,
        step=step,
        words=words.strip(),
        replaces=rating,
        written_by=by,
        written_at=at,
    )


@file_operation(RATE, of="rating.round.case", state=FileState.EITHER, rewrites=True)
def withdraw_rating(*, rating: Rating, reason: str, by: User, at: datetime) -> Rating:
    """It was never said, or is about someone else. Raises AlreadySuperseded."""
    _supersede(rating, reason=reason, by=by, at=at)
    return rating


def _supersede(rating: Rating, *, reason: str, by: User, at: datetime) -> None:
    if not reason.strip():
        raise Refused(_("Tulis mengapa catatan ini dibetulkan."), field="reason")
    standing = Rating.objects.in_force().filter(pk=rating.pk)
    if not standing.update(superseded_at=at, superseded_by=by, superseded_reason=reason.strip()):
        raise AlreadySuperseded
    rating.superseded_at, rating.superseded_by, rating.superseded_reason = at, by, reason.strip()
