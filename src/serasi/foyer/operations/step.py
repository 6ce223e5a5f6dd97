"""The way up and the way back: proposed with what was seen, agreed by head or supervisor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused, operation, require
from serasi.access.permissions import may
from serasi.common.identifiers import uuid7
from serasi.foyer.enums import Decision, StepKind
from serasi.foyer.models import Agreement, Phase, Step, StepEvidence
from serasi.foyer.operations.agreement import NotInForce, OwnCoach, require_in_force
from serasi.foyer.permissions import AGREE, EXCEPT, WRITE
from serasi.foyer.queries import Way, missing_evidence, way_of, weeks_in_phase


class EvidenceMissing(Refused):
    """Names what is lacking; the same can be proposed as an exception, which the head alone can agree to."""


class NoFurther(Refused):
    message = _("Ini fase terakhir. Langkah berikutnya adalah keluar dari Foyer.")


class OwnStep(Refused):
    message = _("Langkah yang Anda ajukan diputuskan oleh orang lain: kepala unit atau supervisor.")


class HeadDecides(NotAllowed):
    message = _("Syaratnya belum lengkap. Pengecualian hanya diputuskan kepala unit, dengan alasan.")


class AlreadyDecided(Refused):
    message = _("Langkah ini sudah diputuskan. Muat ulang halaman untuk melihatnya.")


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one thing asked for."""

    is_met: bool
    how: str = ""
    seen_by: str = ""


@operation(WRITE, creates=Step)
def propose_up(
    *,
    id: UUID,
    agreement: Agreement,
    evidence: Sequence[Seen],
    youth_words: str,
    by: User,
    at: datetime,
    coach_words: str = "",
    is_exception: bool = False,
) -> Step:
    """Propose the next phase, with what was seen of each thing asked for and the youth's own words.

    Raises EvidenceMissing (which names what is lacking) unless proposed as an exception; NoFurther, NotInForce.
    """
    require(by, WRITE, on=agreement)
    way, phase = _standing(agreement, at)
    onward = way.after(phase)
    if onward is None:
        raise NoFurther
    if len(evidence) != len(phase.evidence):
        raise Refused(_("Fase ini baru saja berganti. Muat ulang halaman."))
    for number, (item, seen) in enumerate(zip(phase.evidence, evidence, strict=True), start=1):
        if seen.is_met and not (seen.how.strip() and seen.seen_by.strip()):
            raise Refused(
                _("Tulis bagaimana “%(item)s” terlihat dan siapa yang menyaksikan.") % {"item": item},
                field=f"how_{number}" if not seen.how.strip() else f"seen_by_{number}",
            )
    weeks = weeks_in_phase(way, agreement.day_of(at))
    lacking = missing_evidence(phase, [seen.is_met for seen in evidence], weeks=weeks)
    if lacking and not is_exception:
        raise EvidenceMissing(
            _("Belum lengkap untuk naik: %(lacking)s. Lengkapi dahulu, atau ajukan sebagai pengecualian.")
            % {"lacking": "; ".join(lacking)},
            field="is_exception",
        )
    step = _propose(
        Step(
            id=id,
            agreement=agreement,
            kind=StepKind.UP,
            from_phase=phase,
            to_phase=onward,
            youth_words=youth_words,
            coach_words=coach_words.strip(),
            is_exception=bool(lacking),
        ),
        by=by,
        at=at,
    )
    StepEvidence.objects.bulk_create(
        StepEvidence(
            id=uuid7(),
            agreement=agreement,
            step=step,
            position=position,
            item=item,
            is_met=seen.is_met,
            how=seen.how.strip(),
            seen_by=seen.seen_by.strip(),
        )
        for position, (item, seen) in enumerate(zip(phase.evidence, evidence, strict=True), start=1)
    )
    return step


@operation(WRITE, creates=Step)
def propose_back(
    *,
    id: UUID,
    agreement: Agreement,
    to_phase: Phase,
    reason: str,
    way_back: str,
    way_back_date: date,
    youth_words: str,
    by: User,
    at: datetime,
) -> Step:
    """Propose an earlier phase, with the reason, what leads up again, and the day on which that is looked at."""
    require(by, WRITE, on=agreement)
    way, phase = _standing(agreement, at)
    if to_phase.pk not in {one.pk for one in way.before(phase)}:
        raise Refused(_("Pilih fase sebelum fase yang sekarang."), field="to_phase")
    for text, field, message in (
        (reason, "reason", _("Tulis alasan mundur.")),
        (way_back, "way_back", _("Tulis apa yang membawanya naik kembali.")),
    ):
        if not text.strip():
            raise Refused(message, field=field)
    if way_back_date <= agreement.day_of(at):
        raise Refused(_("Pilih hari yang akan datang."), field="way_back_date")
    return _propose(
        Step(
            id=id,
            agreement=agreement,
            kind=StepKind.BACK,
            from_phase=phase,
            to_phase=to_phase,
            reason=reason.strip(),
            way_back=way_back.strip(),
            way_back_date=way_back_date,
            youth_words=youth_words,
        ),
        by=by,
        at=at,
    )


def _standing(agreement: Agreement, at: datetime) -> tuple[Way, Phase]:
    """Where someone stands, of an agreement that is in force and from which no step waits."""
    require_in_force(agreement)
    way = way_of(agreement)
    phase = way.phase_on(agreement.day_of(at))
    if phase is None:
        raise NotInForce
    if way.pending is not None:
        raise Refused(_("Sudah ada langkah yang menunggu keputusan."))
    return way, phase


def _propose(step: Step, *, by: User, at: datetime) -> Step:
    step.youth_words = step.youth_words.strip()
    if not step.youth_words:
        raise Refused(_("Tulis kata anak muda itu sendiri tentang langkah ini."), field="youth_words")
    step.written_by, step.written_at = by, at
    step.save(force_insert=True)
    return step


@operation(AGREE)
def decide_step(*, step: Step, decision: str, note: str, by: User, at: datetime) -> Step:
    """Agree to a step or not. It holds from the day it is agreed to.

    1. Never by the coach, nor by who proposed it, unless their posting grants it; the use of the grant is recorded.
    2. An exception is the head's, with the reason; refusing says why.

    Raises OwnCoach, OwnStep, HeadDecides, AlreadyDecided, NotInForce.
    """
    agreement = step.agreement
    require(by, AGREE, on=agreement)
    require_in_force(agreement)
    is_own = by.pk in {step.written_by_id, agreement.coach_id}
    if is_own and not by.scope.may_approve_own_at(agreement.unit.path):
        raise OwnCoach if by.pk == agreement.coach_id else OwnStep
    if decision not in Decision.values:
        raise Refused(_("Pilih keputusannya."), field="decision")
    is_agreed = decision == Decision.APPROVED
    if is_agreed and step.is_exception and not may(by, EXCEPT, on=agreement):
        raise HeadDecides
    if not note.strip() and (step.is_exception or not is_agreed):
        raise Refused(_("Tulis alasannya."), field="note")
    decided = (
        Step.objects.pending()
        .filter(pk=step.pk)
        .update(
            decided_by=by,
            decided_at=at,
            decision=decision,
            decision_note=note.strip(),
            by_own_grant=is_own,
            takes_effect_date=agreement.day_of(at) if is_agreed else None,
        )
    )
    if not decided:
        raise AlreadyDecided
    step.refresh_from_db()
    return step
