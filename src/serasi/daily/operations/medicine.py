"""Medicine: what was ordered is copied from paper, what became of each dose is recorded once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation, save_changes
from serasi.common.identifiers import uuid7
from serasi.daily.enums import Outcome
from serasi.daily.models import Dose, Prescription
from serasi.daily.operations.correcting import supersede
from serasi.daily.permissions import GIVE_MEDICINE
from serasi.residence.models import Stay
from serasi.residence.operations import require_in_house
from serasi.residence.queries import day_at


class NothingAnswered(Refused):
    message = _("Belum ada obat yang ditandai.")


class ReasonNeeded(Refused):
    """Doses that were not given say why. ``tags`` says whose."""

    def __init__(self, tags: Sequence[str]) -> None:
        super().__init__(
            _("Tulis alasan mengapa obat tidak diberikan: %s.") % ", ".join(f"#{tag}" for tag in dict.fromkeys(tags))
        )
        self.tags = tuple(tags)


class NotDueThen(Refused):
    message = _("Jam pemberian obat ini sudah diubah. Muat ulang halaman obat, lalu lanjutkan.")


class NoLongerOrdered(Refused):
    message = _("Resep ini sudah dihentikan. Muat ulang halaman obat.")


class NotWhenNeeded(Refused):
    message = _("Obat ini diberikan pada jam tertentu. Catat lewat putaran obat.")


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a dose that was due. The prescription comes with its stay, person and unit."""

    prescription: Prescription
    due_at: datetime
    outcome: str
    reason: str = ""


@operation(GIVE_MEDICINE, creates=Prescription)
def copy_prescription(
    *,
    id: UUID,
    stay: Stay,
    drug: str,
    dose: str,
    times: Sequence[time],
    starts: date,
    prescriber: str,
    by: User,
    at: datetime,
    strength: str = "",
    route: str = "",
    ends: date | None = None,
    paper: str = "",
) -> Prescription:
    """Copy an order from paper; ``ends`` is the latest day. Without ``times`` it is given when needed."""
    require_in_house(by, GIVE_MEDICINE, stay)
    if ends is not None and ends < starts:
        raise Refused(_("Hari terakhir tidak boleh sebelum hari pertama."), field="ends")
    return Prescription.objects.create(
        id=id,
        unit_id=stay.unit_id,
        stay=stay,
        drug=drug.strip(),
        strength=strength.strip(),
        dose=dose.strip(),
        route=route.strip(),
        times=sorted(set(times)),
        period=DateRange(starts, ends + timedelta(days=1) if ends else None),
        prescriber=prescriber.strip(),
        paper=paper.strip(),
        written_by=by,
        written_at=at,
    )


@operation(GIVE_MEDICINE)
def end_prescription(
    *, prescription: Prescription, latest: date, reason: str, revision: int, by: User, at: datetime
) -> Prescription:
    """The medicine is given up to a day and no longer. Raises Conflict, NoLongerOrdered."""
    require_in_house(by, GIVE_MEDICINE, prescription.stay)
    if not reason.strip():
        raise Refused(_("Tulis mengapa obat dihentikan dan siapa yang memutuskan."), field="reason")
    first = prescription.period.lower
    ends = latest + timedelta(days=1)
    if first is None or (prescription.period.upper is not None and ends >= prescription.period.upper):
        raise NoLongerOrdered
    save_changes(
        prescription,
        revision=revision,
        period=DateRange(first, ends) if ends > first else DateRange(empty=True),
        ended_reason=reason.strip(),
    )
    return prescription


@operation(GIVE_MEDICINE, creates=Dose)
def record_doses(
    *, id: UUID, answers: Sequence[Answered], by: User, at: datetime, happened_at: datetime | None = None
) -> Dose:
    """A round of medicine: what became of each dose that was answered, all or none. Returns the first.

    It happened when the carer said so (``happened_at``): before now, where the phone had no signal. Sent twice with the
    same ``id``, which is that of the first, it is one round. Raises NothingAnswered, NotDueThen, ReasonNeeded, and a
    refusal when somebody else was quicker with one of them.
    """
    if not answers:
        raise NothingAnswered
    for stay in {one.prescription.stay_id: one.prescription.stay for one in answers}.values():
        require_in_house(by, GIVE_MEDICINE, stay)
    if not all(one.prescription.is_due_at(one.due_at) for one in answers):
        raise NotDueThen
    silent = [one.prescription.stay.tag for one in answers if one.outcome != Outcome.GIVEN and not one.reason.strip()]
    if silent:
        raise ReasonNeeded(silent)
    made = Dose.objects.bulk_create(
        Dose(
            id=id if number == 0 else uuid7(),
            unit_id=one.prescription.unit_id,
            stay_id=one.prescription.stay_id,
            prescription=one.prescription,
            due_at=one.due_at,
            outcome=one.outcome,
            reason=one.reason.strip(),
            happened_at=happened_at or at,
            written_by=by,
            written_at=at,
        )
        for number, one in enumerate(answers)
    )
    return made[0]


@operation(GIVE_MEDICINE, creates=Dose)
def give_when_needed(
    *, id: UUID, prescription: Prescription, reason: str, by: User, at: datetime, happened_at: datetime | None = None
) -> Dose:
    """A medicine that waits until it is needed was given, and why. Raises NotWhenNeeded, NoLongerOrdered."""
    require_in_house(by, GIVE_MEDICINE, prescription.stay)
    if not prescription.is_when_needed:
        raise NotWhenNeeded
    happened_at = happened_at or at
    if prescription.period.isempty or day_at(prescription.stay.unit, happened_at) not in prescription.period:
        raise NoLongerOrdered
    if not reason.strip():
        raise Refused(_("Tulis mengapa obat ini diperlukan."), field="reason")
    return Dose.objects.create(
        id=id,
        unit_id=prescription.unit_id,
        stay_id=prescription.stay_id,
        prescription=prescription,
        outcome=Outcome.GIVEN,
        reason=reason.strip(),
        happened_at=happened_at,
        written_by=by,
        written_at=at,
    )


@operation(GIVE_MEDICINE, creates=Dose)
def correct_dose(
    *, id: UUID, dose: Dose, outcome: str, reason: str, happened_at: datetime, why: str, by: User, at: datetime
) -> Dose:
    """It became otherwise of this dose than was tapped. Raises AlreadyCorrected, WhyNeeded, ReasonNeeded.

    The earlier line stays readable; whoever counts doses counts this one.
    """
    require_in_house(by, GIVE_MEDICINE, dose.stay)
    if outcome != Outcome.GIVEN and not reason.strip():
        raise ReasonNeeded([dose.stay.tag])
    if dose.due_at is None and not reason.strip():
        raise Refused(_("Tulis mengapa obat ini diperlukan."), field="reason")
    supersede(dose, why=why, by=by, at=at)
    return Dose.objects.create(
        id=id,
        unit_id=dose.unit_id,
        stay_id=dose.stay_id,
        prescription_id=dose.prescription_id,
        due_at=dose.due_at,
        outcome=outcome,
        reason=reason.strip(),
        happened_at=happened_at,
        written_by=by,
        written_at=at,
        replaces=dose,
    )


@operation(GIVE_MEDICINE)
def withdraw_dose(*, dose: Dose, why: str, by: User, at: datetime) -> Dose:
    """Nothing of the kind happened: a dose that was due waits for its answer again. Raises as `correct_dose`."""
    require_in_house(by, GIVE_MEDICINE, dose.stay)
    return supersede(dose, why=why, by=by, at=at)
