"""Restraint and isolation: begun for danger alone, looked at again and again, renewed or ended, reviewed."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require
from serasi.people.models import Person
from serasi.residence.queries import day_at
from serasi.safety.enums import Condition, Danger, RestraintKind, Standing
from serasi.safety.models import Incident, Restraint, RestraintCheck, RestraintRenewal
from serasi.safety.operations.someone import stay_of
from serasi.safety.permissions import RENEW, RESTRAIN
from serasi.safety.reference import limit_for

ADULT_AGE = 18


class Forbidden(Refused):
    """This way of restraint must not be used on this person."""

    message = _("Cara ini dilarang bagi anak, dan bagi yang sedang hamil menurut batas unit. Pilih cara lain.")


class NoLongerRunning(Refused):
    message = _("Pengekangan atau isolasi ini sudah diakhiri.")


@operation(RESTRAIN, creates=Restraint)
def begin_restraint(
    *,
    id: UUID,
    unit: Unit,
    stay_id: UUID,
    kind: RestraintKind,
    standing: Standing,
    danger: Danger,
    account: str,
    tried: str,
    decided_by: str,
    began_at: datetime,
    by: User,
    at: datetime,
    informed: str = "",
    incident: Incident | None = None,
) -> Restraint:
    """It has begun. Whoever is under 18 has the limits of a child, whatever was typed.

    Raises Forbidden, NotOfThisHouse.
    """
    require(by, RESTRAIN, on=unit)
    stay = stay_of(unit, stay_id)
    if began_at > at:
        raise Refused(_("Waktu mulai tidak boleh di masa depan."), field="began_at")
    if incident is not None and incident.unit_id != unit.pk:
        raise Refused(_("Kejadian ini bukan kejadian unit ini."), field="incident")
    standing = _standing(stay.person, standing, unit, began_at)
    limit = limit_for(kind, standing)
    if not limit.is_allowed:
        raise Forbidden(field="kind")
    restraint = Restraint(
        id=id,
        unit=unit,
        person_id=stay.person_id,
        tag=stay.tag,
        incident=incident,
        kind=kind,
        standing=standing,
        danger=danger,
        account=account.strip(),
        tried=tried.strip(),
        decided_by=decided_by.strip(),
        informed=informed.strip(),
        period=DateTimeTZRange(began_at, None),
        limit_minutes=limit.longest_minutes,
        check_minutes=limit.check_minutes,
        begun_by=by,
    )
    restraint.save(force_insert=True)
    return restraint


@operation(RESTRAIN, creates=RestraintCheck)
def check_restraint(
    *,
    id: UUID,
    restraint: Restraint,
    condition: Condition,
    by: User,
    at: datetime,
    checked_at: datetime | None = None,
    note: str = "",
) -> RestraintCheck:
    """Somebody went and looked. Raises NoLongerRunning."""
    require(by, RESTRAIN, on=restraint)
    running = _hold_running(restraint)
    moment = checked_at or at
    if not running.began_at <= moment <= at:
        raise Refused(_("Waktu pemeriksaan harus sesudah mulai, dan tidak di masa depan."), field="checked_at")
    return RestraintCheck.objects.create(
        id=id,
        restraint=restraint,
        checked_at=moment,
        condition=condition,
        note=note.strip(),
        written_by=by,
        written_at=at,
    )


@operation(RENEW, creates=RestraintRenewal)
def renew_restraint(
    *, id: UUID, restraint: Restraint, minutes: int, reason: str, by: User, at: datetime
) -> RestraintRenewal:
    """The head decides that it goes on, no longer than the limit once more. Raises NoLongerRunning."""
    require(by, RENEW, on=restraint)
    running = _hold_running(restraint)
    if not 0 < minutes <= running.limit_minutes:
        raise Refused(
            _("Paling lama %(most)d menit sekali memutuskan.") % {"most": running.limit_minutes}, field="minutes"
        )
    if not reason.strip():
        raise Refused(_("Tulis mengapa harus diperpanjang."), field="reason")
    return RestraintRenewal.objects.create(
        id=id,
        restraint=restraint,
        until_at=at + timedelta(minutes=minutes),
        reason=reason.strip(),
        written_by=by,
        written_at=at,
    )


@operation(RESTRAIN)
def end_restraint(*, restraint: Restraint, ended_at: datetime, end_note: str, by: User, at: datetime) -> Restraint:
    """It is over. Raises NoLongerRunning."""
    require(by, RESTRAIN, on=restraint)
    running = _hold_running(restraint)
    if ended_at == running.began_at:  # typed to the minute, over within it
        ended_at = at
    if not running.began_at < ended_at <= at:
        raise Refused(_("Waktu berakhir harus sesudah mulai, dan tidak di masa depan."), field="ended_at")
    if not end_note.strip():
        raise Refused(_("Tulis keadaannya saat diakhiri."), field="end_note")
    period = DateTimeTZRange(running.began_at, ended_at)
    Restraint.objects.filter(pk=restraint.pk).update(period=period, ended_by=by, end_note=end_note.strip())
    restraint.period, restraint.ended_by, restraint.end_note = period, by, end_note.strip()
    return restraint


@operation(RENEW)
def review_restraint(*, restraint: Restraint, review: str, by: User, at: datetime) -> Restraint:
    """The head looks back at it, once it is over."""
    require(by, RENEW, on=restraint)
    if not review.strip():
        raise Refused(_("Tulis tinjauannya."), field="review")
    waiting = Restraint.objects.filter(pk=restraint.pk, ended_by__isnull=False, reviewed_at=None)
    if not waiting.update(reviewed_at=at, reviewed_by=by, review=review.strip()):
        raise Refused(_("Yang masih berlangsung, atau sudah ditinjau, tidak dapat ditinjau."))
    restraint.reviewed_at, restraint.reviewed_by, restraint.review = at, by, review.strip()
    return restraint


def _standing(person: Person, typed: Standing, unit: Unit, moment: datetime) -> Standing:
    age = person.age_on(day_at(unit, moment))
    return Standing.CHILD if age is not None and age < ADULT_AGE else typed


def _hold_running(restraint: Restraint) -> Restraint:
    """The line as it stands, held until the act is done."""
    found = Restraint.objects.select_for_update(of=("self",)).filter(pk=restraint.pk).first()
    if found is None or not found.is_running:
        raise NoLongerRunning
    return found
