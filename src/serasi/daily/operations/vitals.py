"""Vital signs: what was measured of one or of many, put right where it was mistyped, and what was done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require, save_changes
from serasi.common.identifiers import uuid7
from serasi.daily.enums import PLAUSIBLE, Measure
from serasi.daily.models import VitalSigns, VitalsPractice, VitalsResponse
from serasi.daily.models.vitals import not_plausible
from serasi.daily.operations.correcting import AlreadyCorrected, supersede
from serasi.daily.permissions import SET_PRACTICE, WRITE_VITALS
from serasi.residence.models import Stay
from serasi.residence.operations import require_in_house

Values = Mapping[Measure, Decimal]


class NothingMeasured(Refused):
    message = _("Isi paling sedikit satu hasil ukur.")


class NotYetMeasured(Refused):
    message = _("Waktu ukur belum tiba.")


class NotHereThen(Refused):
    """Somebody did not live here when they would have been measured. ``tag`` says who."""

    def __init__(self, tag: str) -> None:
        super().__init__(
            _("Pada waktu ukur itu #%s tidak tinggal di sini. Periksa waktunya.") % tag, field="measured_at"
        )
        self.tag = tag


class WithinLimits(Refused):
    message = _("Hasil ukur ini tidak di luar batas unit, atau sudah dibetulkan.")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured of one resident. The stay comes with its unit."""

    stay: Stay
    values: Values
    remark: str = ""


@operation(WRITE_VITALS, creates=VitalSigns)
def record_vitals(
    *, id: UUID, readings: Sequence[Reading], measured_at: datetime, by: User, at: datetime
) -> VitalSigns:
    """What was measured of these residents at a moment, all or none; returns the first, whose id is ``id``.

    What lies beyond the limits of the unit as they are now is noted beside it. Raises NothingMeasured, NotYetMeasured,
    NotHereThen, and a refusal for a number that can only be a typing mistake.
    """
    if not any(one.values for one in readings):
        raise NothingMeasured
    for one in readings:
        require_in_house(by, WRITE_VITALS, one.stay)
        _require_sense(one.stay, one.values, measured_at, at=at)
    practices = _practices({one.stay.unit_id for one in readings})
    made = VitalSigns.objects.bulk_create(
        _written(one, practices.get(one.stay.unit_id), id=id if number == 0 else uuid7(), measured_at=measured_at,
                 by=by, at=at)
        for number, one in enumerate(one for one in readings if one.values)
    )  # fmt: skip
    return made[0]


@operation(WRITE_VITALS, creates=VitalSigns)
def correct_vitals(
    *,
    id: UUID,
    vital_signs: VitalSigns,
    values: Values,
    remark: str,
    measured_at: datetime,
    why: str,
    by: User,
    at: datetime,
) -> VitalSigns:
    """Something else was measured than was typed; the earlier line stays readable. Raises AlreadyCorrected, WhyNeeded.

    What lies beyond the limits waits anew for who writes what was done.
    """
    stay = vital_signs.stay
    require_in_house(by, WRITE_VITALS, stay)
    if not values:
        raise NothingMeasured
    _require_sense(stay, values, measured_at, at=at)
    supersede(vital_signs, why=why, by=by, at=at)
    practice = _practices({stay.unit_id}).get(stay.unit_id)
    corrected = _written(Reading(stay, values, remark), practice, id=id, measured_at=measured_at, by=by, at=at)
    corrected.replaces = vital_signs
    corrected.save(force_insert=True)
    return corrected


@operation(WRITE_VITALS)
def withdraw_vitals(*, vital_signs: VitalSigns, why: str, by: User, at: datetime) -> VitalSigns:
    """This was not measured, or of another. Raises AlreadyCorrected, WhyNeeded."""
    require_in_house(by, WRITE_VITALS, vital_signs.stay)
    return supersede(vital_signs, why=why, by=by, at=at)


@operation(WRITE_VITALS, creates=VitalsResponse)
def respond_to_vitals(*, id: UUID, vital_signs: VitalSigns, words: str, by: User, at: datetime) -> VitalsResponse:
    """What was done about measures beyond the limits. Raises WithinLimits, AlreadyCorrected."""
    require_in_house(by, WRITE_VITALS, vital_signs.stay)
    if not vital_signs.is_in_force:
        raise AlreadyCorrected
    if not vital_signs.beyond:
        raise WithinLimits
    return VitalsResponse.objects.create(
        id=id,
        unit_id=vital_signs.unit_id,
        vital_signs=vital_signs,
        words=words.strip(),
        written_by=by,
        written_at=at,
    )


@operation(SET_PRACTICE)
def set_vitals_practice(
    *,
    id: UUID,
    unit: Unit,
    measures: Sequence[str],
    not_in: Sequence[UUID],
    limits: Mapping[str, Decimal | None],
    revision: int,
    by: User,
    at: datetime,
) -> VitalsPractice:
    """Say what a unit measures, where not, and its limits, by field; ``revision`` 0 where it took none so far.

    What was measured before keeps the limits it was measured with. Raises Conflict.
    """
    require(by, SET_PRACTICE, on=unit)
    facts: dict[str, Any] = {"measures": list(measures), "not_in": list(not_in), **limits}
    own = VitalsPractice.objects.filter(unit=unit).first()
    if own is None:
        return VitalsPractice.objects.create(id=id, unit=unit, **facts)
    save_changes(own, revision=revision, **facts)
    return own


def _written(
    one: Reading, practice: VitalsPractice | None, *, id: UUID, measured_at: datetime, by: User, at: datetime
) -> VitalSigns:
    return VitalSigns(
        id=id,
        unit_id=one.stay.unit_id,
        stay=one.stay,
        measured_at=measured_at,
        **{str(measure): value for measure, value in one.values.items()},
        beyond=practice.beyond(one.values) if practice else [],
        remark=one.remark.strip(),
        written_by=by,
        written_at=at,
    )


def _practices(units: set[UUID]) -> dict[UUID, VitalsPractice]:
    return {one.unit_id: one for one in VitalsPractice.objects.filter(unit__in=units)}


def _require_sense(stay: Stay, values: Values, measured_at: datetime, *, at: datetime) -> None:
    """Numbers that can be, measured of who lived here then; what is wrong names the resident and the measure."""
    if measured_at > at:
        raise NotYetMeasured(field="measured_at")
    if stay.period.isempty or measured_at not in stay.period:
        raise NotHereThen(stay.tag)
    for measure, value in values.items():
        plausible = PLAUSIBLE[measure]
        if not plausible.least <= value <= plausible.most:
            raise Refused(f"#{stay.tag}: {not_plausible(measure, plausible)}", field=str(measure))
