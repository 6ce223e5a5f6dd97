"""The agreement of a youth and a house: written, signed by all, renewed, ended."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation, require, save_changes
from serasi.access.permissions import may
from serasi.cases.models import Case
from serasi.common.identifiers import uuid7
from serasi.foyer.enums import Decision, Ending, Party, StepKind
from serasi.foyer.models import Agreement, Phase, Signature, Step
from serasi.foyer.permissions import AGREE, WRITE
from serasi.foyer.queries import edition_in_force, phase_on
from serasi.foyer.reference import shipped_offers
from serasi.residence.models import Stay


class NoEdition(Refused):
    message = _("Unit ini belum memakai Foyer. Kepala unit memberlakukan fasenya dahulu.")


class NotLivingHere(Refused):
    message = _("Kesepakatan Foyer dibuat dengan orang yang sedang tinggal di rumah ini.")


class CoachCannotAct(Refused):
    message = _(
        "Petugas ini tidak bekerja di rumah ini, atau tidak dapat membuka data orang ini. Pilih pembimbing lain."
    )


class SignedAlready(Refused):
    message = _("Kesepakatan ini sudah ditandatangani dan tidak diubah lagi. Perpanjang dengan isi yang baru.")


class NotInForce(Refused):
    message = _("Kesepakatan ini belum ditandatangani semua pihak, atau sudah selesai.")


class OwnCoach(Refused):
    message = _(
        "Pembimbing tidak menandatangani atau memutuskan atas nama rumah. Mintalah kepala unit atau supervisor."
    )


@operation(WRITE, creates=Agreement)
def write_agreement(
    *,
    id: UUID,
    stay: Stay,
    case: Case,
    coach: User,
    begins_date: date,
    ends_date: date,
    youth_offers: Sequence[str],
    house_offers: Sequence[str],
    by: User,
    at: datetime,
) -> Agreement:
    """Write down what both offer; it holds once all have signed. Raises NoEdition, NotLivingHere, CoachCannotAct."""
    require(by, WRITE, on=stay)
    if not stay.is_open or case.person_id != stay.person_id:
        raise NotLivingHere
    edition = edition_in_force(stay.unit)
    if edition is None:
        raise NoEdition
    return _write(
        Agreement(
            id=id,
            person=stay.person,
            unit=stay.unit,
            case=case,
            stay=stay,
            phase_set=edition,
            coach=coach,
            since_date=begins_date,
            begins_date=begins_date,
            ends_date=ends_date,
            youth_offers=list(youth_offers),
            house_offers=list(house_offers),
        ),
        by=by,
        at=at,
    )


def _write(agreement: Agreement, *, by: User, at: datetime) -> Agreement:
    _refuse_dates(agreement, agreement.begins_date, agreement.ends_date)
    if not may(agreement.coach, WRITE, on=agreement):
        raise CoachCannotAct(field="coach")
    agreement.text_version = shipped_offers().edition.code
    agreement.written_by, agreement.written_at = by, at
    agreement.save(force_insert=True)
    return agreement


def _refuse_dates(agreement: Agreement, begins: date, ends: date) -> None:
    if ends <= begins:
        raise Refused(_("Tanggal selesai harus sesudah tanggal mulai."), field="ends_date")
    if ends > agreement.ceiling_date:
        raise Refused(
            _("Foyer paling lama 24 bulan sejak pertama masuk. Pilih tanggal yang lebih awal."), field="ends_date"
        )


@operation(WRITE)
def change_agreement(
    *,
    agreement: Agreement,
    coach: User,
    begins_date: date,
    ends_date: date,
    youth_offers: Sequence[str],
    house_offers: Sequence[str],
    revision: int,
    by: User,
    at: datetime,
) -> Agreement:
    """Word it anew before anyone has signed. Raises SignedAlready, CoachCannotAct, Conflict."""
    require(by, WRITE, on=agreement)
    hold(agreement)
    if Signature.objects.filter(agreement=agreement).exists() or agreement.ended_date is not None:
        raise SignedAlready
    if not may(coach, WRITE, on=agreement):
        raise CoachCannotAct(field="coach")
    since = agreement.since_date if agreement.earliest_id else begins_date
    if begins_date < since:
        raise Refused(_("Perpanjangan tidak mulai sebelum kesepakatan yang pertama."), field="begins_date")
    agreement.since_date = since
    _refuse_dates(agreement, begins_date, ends_date)
    save_changes(
        agreement,
        revision=revision,
        coach=coach,
        since_date=since,
        begins_date=begins_date,
        ends_date=ends_date,
        youth_offers=list(youth_offers),
        house_offers=list(house_offers),
    )
    return agreement


@operation(WRITE, creates=Signature)
def sign_agreement(
    *,
    id: UUID,
    agreement: Agreement,
    party: str,
    name: str,
    signed_at: datetime,
    by: User,
    at: datetime,
    relation: str = "",
) -> Signature:
    """Someone has signed. For the house that is the head of unit or a supervisor, with their own sign-in, never the
    coach. With the last signature the agreement is in force and the first phase begins. Raises OwnCoach."""
    require(by, WRITE, on=agreement)
    hold(agreement)
    if agreement.ended_date is not None:
        raise NotInForce
    if signed_at > at:
        raise Refused(_("Waktu ini belum tiba. Catat hanya yang sudah terjadi."), field="signed_at")
    if party == Party.HOUSE:
        require(by, AGREE, on=agreement)
        if by.pk == agreement.coach_id:
            raise OwnCoach
        name = by.full_name
    if party == Party.GUARDIAN and not relation.strip():
        raise Refused(_("Isi hubungan wali dengan anak muda."), field="relation")
    signature = Signature.objects.create(
        id=id,
        agreement=agreement,
        party=party,
        name=name.strip(),
        relation=relation.strip(),
        signed_at=signed_at,
        written_by=by,
        written_at=at,
    )
    signed = set(Signature.objects.filter(agreement=agreement).values_list("party", flat=True))
    if signed >= set(agreement.parties):
        _start(agreement, by=by, at=at)
    return signature


def _start(agreement: Agreement, *, by: User, at: datetime) -> None:
    """The first step: into the first phase, or on from where the agreement before had led."""
    if Step.objects.filter(agreement=agreement).exists():
        return
    phases = list(Phase.objects.filter(phase_set=agreement.phase_set_id).order_by("order"))
    reached = _reached_before(agreement)
    to_phase = next((one for one in reversed(phases) if reached is not None and one.order <= reached.order), phases[0])
    Step.objects.create(
        id=uuid7(),
        agreement=agreement,
        kind=StepKind.START,
        to_phase=to_phase,
        written_by=agreement.written_by,
        written_at=at,
        decided_by=by,
        decided_at=at,
        decision=Decision.APPROVED,
        takes_effect_date=agreement.begins_date,
    )


def _reached_before(agreement: Agreement) -> Phase | None:
    if agreement.earliest_id is None:
        return None
    chain = Agreement.objects.filter(Q(earliest=agreement.earliest_id) | Q(pk=agreement.earliest_id))
    steps = Step.objects.agreed().filter(agreement__in=chain).select_related("to_phase")
    found = phase_on(steps, agreement.begins_date)
    return found[0] if found else None


@operation(WRITE, creates=Agreement)
def renew_agreement(
    *,
    id: UUID,
    agreement: Agreement,
    coach: User,
    begins_date: date,
    ends_date: date,
    youth_offers: Sequence[str],
    house_offers: Sequence[str],
    by: User,
    at: datetime,
) -> Agreement:
    """A new agreement takes over on a day, within the 24 months since the first; the old one ends there.

    It keeps the edition of phases; the phase that was reached goes on. Raises NotInForce, CoachCannotAct.
    """
    require(by, WRITE, on=agreement)
    require_in_force(agreement)
    if begins_date <= agreement.begins_date:
        raise Refused(_("Perpanjangan mulai sesudah kesepakatan yang sekarang."), field="begins_date")
    _end(agreement, begins_date, Ending.RENEWED, str(Ending.RENEWED.label), by=by, at=at)
    return _write(
        Agreement(
            id=id,
            person=agreement.person,
            unit=agreement.unit,
            case=agreement.case,
            stay=agreement.stay,
            phase_set_id=agreement.phase_set_id,
            coach=coach,
            earliest_id=agreement.chain_id,
            since_date=agreement.since_date,
            begins_date=begins_date,
            ends_date=ends_date,
            youth_offers=list(youth_offers),
            house_offers=list(house_offers),
            exit_plan=agreement.exit_plan,
        ),
        by=by,
        at=at,
    )


@operation(WRITE)
def end_agreement(
    *, agreement: Agreement, ended_date: date, ending: str, reason: str, by: User, at: datetime
) -> Agreement:
    """It is over, with how and why. One that was never in force is dropped. Raises NotInForce."""
    require(by, WRITE, on=agreement)
    hold(agreement)
    if agreement.ended_date is not None:
        raise NotInForce
    if not reason.strip():
        raise Refused(_("Tulis mengapa kesepakatan ini selesai."), field="reason")
    if not _has_begun(agreement):
        _end(agreement, agreement.begins_date, Ending.DROPPED, reason, by=by, at=at)
        return agreement
    if ending in {Ending.RENEWED, Ending.DROPPED} or ending not in Ending.values:
        raise Refused(_("Pilih bagaimana kesepakatan ini selesai."), field="ending")
    if ended_date > agreement.day_of(at):
        raise Refused(_("Tanggal ini belum tiba. Catat hanya yang sudah terjadi."), field="ended_date")
    if ended_date < agreement.begins_date:
        raise Refused(_("Tanggal selesai harus sesudah tanggal mulai."), field="ended_date")
    _end(agreement, ended_date, ending, reason, by=by, at=at)
    return agreement


def _end(agreement: Agreement, day: date, ending: str, reason: str, *, by: User, at: datetime) -> None:
    agreement.ended_date, agreement.ending, agreement.ended_reason = day, ending, reason.strip()
    agreement.ended_by, agreement.ended_at = by, at
    agreement.save(update_fields=["ended_date", "ending", "ended_reason", "ended_by", "ended_at"])


@operation(WRITE)
def plan_exit(*, agreement: Agreement, exit_plan: str, revision: int, by: User, at: datetime) -> Agreement:
    """Where to live, work, whom to ask: how someone will leave. Raises Conflict."""
    require(by, WRITE, on=agreement)
    save_changes(agreement, revision=revision, exit_plan=exit_plan.strip())
    return agreement


def hold(agreement: Agreement) -> None:
    """Let nobody else change this agreement until the transaction ends, and read anew whether it has ended."""
    held = Agreement.objects.select_for_update(no_key=True, of=("self",)).get(pk=agreement.pk)
    agreement.ended_date, agreement.ending = held.ended_date, held.ending


def require_in_force(agreement: Agreement) -> None:
    """Hold it; raise `NotInForce` unless it has begun and not ended."""
    hold(agreement)
    if agreement.ended_date is not None or not _has_begun(agreement):
        raise NotInForce


def _has_begun(agreement: Agreement) -> bool:
    return Step.objects.agreed().filter(agreement=agreement).exists()
