"""An incident: reported in one screen, completed later, who must be told is told, followed up, reviewed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require, save_changes
from serasi.common.identifiers import uuid7
from serasi.residence.models import Ward
from serasi.residence.queries import day_at
from serasi.safety.enums import IncidentKind, Means, Recipient, Severity, Turn
from serasi.safety.models import Amendment, FollowUp, Incident, Involved, Notice, Review
from serasi.safety.operations.someone import Someone, stay_of
from serasi.safety.permissions import HANDLE, REPORT, REVIEW
from serasi.safety.reference import rules_for


class ClosedIncident(Refused):
    message = _("Kejadian ini sudah ditutup. Kepala unit dapat membukanya kembali.")


class NotClosed(Refused):
    message = _("Kejadian ini belum ditutup.")


class NotAllTold(Refused):
    """Who must be told has not been; ``recipients`` says who."""

    def __init__(self, recipients: Sequence[Recipient]) -> None:
        names = ", ".join(str(one.label) for one in recipients)
        super().__init__(
            _("Masih harus diberi tahu: %(names)s. Catat pemberitahuannya, atau mengapa tidak dapat.")
            % {"names": names}
        )
        self.recipients = tuple(recipients)


class NothingChanged(Refused):
    message = _("Tidak ada yang berubah.")


AMENDABLE: Final = ("kind", "severity", "happened_at", "ward", "place", "account", "immediate_action")


@operation(REPORT, creates=Incident)
def report_incident(
    *,
    id: UUID,
    unit: Unit,
    kind: IncidentKind,
    severity: Severity,
    happened_at: datetime,
    account: str,
    by: User,
    at: datetime,
    ward: Ward | None = None,
    place: str = "",
    immediate_action: str = "",
    people: Sequence[Someone] = (),
) -> Incident:
    """Report what happened; its clock runs from then. Raises NotOfThisHouse."""
    require(by, REPORT, on=unit)
    _refuse_future(happened_at, at, "happened_at")
    _refuse_other_house(unit, ward)
    incident = Incident.objects.create(
        id=id,
        unit=unit,
        number=_next_number(unit, day_at(unit, happened_at).year),
        ward=ward,
        place=place.strip(),
        happened_at=happened_at,
        kind=kind,
        severity=severity,
        account=account.strip(),
        immediate_action=immediate_action.strip(),
        reported_by=by,
        reported_at=at,
    )
    for someone in people:
        _involve(uuid7(), incident, someone, by=by, at=at)
    return incident


@operation(HANDLE, creates=Involved)
def add_person(*, id: UUID, incident: Incident, someone: Someone, by: User, at: datetime) -> Involved:
    """Somebody else had to do with it. Raises ClosedIncident, NotOfThisHouse."""
    require(by, HANDLE, on=incident)
    _hold_open(incident)
    return _involve(id, incident, someone, by=by, at=at)


@operation(HANDLE)
def withdraw_person(*, involved: Involved, by: User, at: datetime) -> Involved:
    """Named wrongly: no longer counted, still readable. Raises ClosedIncident."""
    require(by, HANDLE, on=involved.incident)
    _hold_open(involved.incident)
    if not Involved.objects.standing().filter(pk=involved.pk).update(withdrawn_at=at, withdrawn_by=by):
        raise Refused(_("Orang ini sudah dicabut dari kejadian ini."))
    involved.withdrawn_at, involved.withdrawn_by = at, by
    return involved


@operation(HANDLE)
def amend_incident(
    *, incident: Incident, revision: int, reason: str, by: User, at: datetime, **changes: Any
) -> Incident:
    """Put the report right: the old words stay readable. Raises ClosedIncident, NothingChanged, Conflict."""
    require(by, HANDLE, on=incident)
    _hold_open(incident)
    if not reason.strip():
        raise Refused(_("Tulis mengapa laporan ini diubah."), field="reason")
    unknown = set(changes) - set(AMENDABLE)
    if unknown:
        raise TypeError(f"an incident has no {', '.join(sorted(unknown))} to amend")
    changed = [name for name in AMENDABLE if name in changes and changes[name] != getattr(incident, name)]
    if not changed:
        raise NothingChanged
    if "happened_at" in changed:
        _refuse_future(changes["happened_at"], incident.reported_at, "happened_at")
    _refuse_other_house(incident.unit, changes.get("ward"))
    before = [_in_words(incident, name) for name in changed]
    save_changes(incident, revision=revision, **{name: changes[name] for name in changed})
    Amendment.objects.create(
        incident=incident, reason=reason.strip(), fields=changed, before=before, written_by=by, written_at=at
    )
    return incident


@operation(HANDLE, creates=Notice)
def note_notice(
    *,
    id: UUID,
    incident: Incident,
    recipient: Recipient,
    told_at: datetime,
    means: Means,
    by: User,
    at: datetime,
    told_to: str = "",
    note: str = "",
) -> Notice:
    """Someone was told, or cannot be, and why. Raises ClosedIncident."""
    require(by, HANDLE, on=incident)
    _hold_open(incident)
    _refuse_future(told_at, at, "told_at")
    if told_at < incident.happened_at:
        raise Refused(_("Waktu memberi tahu tidak boleh sebelum kejadiannya."), field="told_at")
    if means == Means.IMPOSSIBLE and not note.strip():
        raise Refused(_("Tulis mengapa tidak dapat diberi tahu."), field="note")
    if means != Means.IMPOSSIBLE and not told_to.strip():
        raise Refused(_("Tulis siapa yang diberi tahu."), field="told_to")
    return Notice.objects.create(
        id=id,
        incident=incident,
        recipient=recipient,
        told_at=told_at,
        told_to=told_to.strip(),
        means=means,
        note=note.strip(),
        written_by=by,
        written_at=at,
    )


@operation(HANDLE, creates=FollowUp)
def add_follow_up(
    *, id: UUID, incident: Incident, what: str, owner: User, due_date: date, by: User, at: datetime
) -> FollowUp:
    """Something is to be done by somebody who works here. Raises ClosedIncident."""
    require(by, HANDLE, on=incident)
    _hold_open(incident)
    if not owner.scope.allows(HANDLE, incident.guard_for(owner)):
        raise Refused(_("Penanggung jawab harus petugas unit ini."), field="owner")
    if due_date < day_at(incident.unit, at):
        raise Refused(_("Batas waktu sudah lewat. Pilih hari yang akan datang."), field="due_date")
    return FollowUp.objects.create(
        id=id, incident=incident, what=what.strip(), owner=owner, due_date=due_date, written_by=by, written_at=at
    )


@operation(HANDLE)
def finish_follow_up(*, follow_up: FollowUp, result: str, by: User, at: datetime) -> FollowUp:
    """It is done, also after the incident was closed."""
    require(by, HANDLE, on=follow_up.incident)
    if not result.strip():
        raise Refused(_("Tulis hasilnya."), field="result")
    undone = FollowUp.objects.filter(pk=follow_up.pk, done_at=None)
    if not undone.update(done_at=at, done_by=by, result=result.strip()):
        raise Refused(_("Tindak lanjut ini sudah selesai."))
    follow_up.done_at, follow_up.done_by, follow_up.result = at, by, result.strip()
    return follow_up


@operation(REVIEW, creates=Review)
def close_incident(*, id: UUID, incident: Incident, cause: str, learning: str, by: User, at: datetime) -> Review:
    """The head closes it once everybody has been told. Raises ClosedIncident, NotAllTold."""
    require(by, REVIEW, on=incident)
    _hold_open(incident)
    told = set(Notice.objects.filter(incident=incident).values_list("recipient", flat=True))
    missing = [
        Recipient(rule.recipient) for rule in rules_for(incident.kind, incident.severity) if rule.recipient not in told
    ]
    if missing:
        raise NotAllTold(missing)
    return Review.objects.create(
        id=id,
        incident=incident,
        turn=Turn.CLOSED,
        cause=_given(cause, "cause", _("Tulis sebabnya.")),
        learning=_given(learning, "learning", _("Tulis pelajarannya.")),
        written_by=by,
        written_at=at,
    )


@operation(REVIEW, creates=Review)
def reopen_incident(*, id: UUID, incident: Incident, reason: str, by: User, at: datetime) -> Review:
    """There is more to it. Raises NotClosed."""
    require(by, REVIEW, on=incident)
    if not _is_closed(incident):
        raise NotClosed
    text = _given(reason, "reason", _("Tulis mengapa kejadian ini dibuka kembali."))
    return Review.objects.create(
        id=id, incident=incident, turn=Turn.REOPENED, reason=text, written_by=by, written_at=at
    )


def _involve(id: UUID, incident: Incident, someone: Someone, *, by: User, at: datetime) -> Involved:
    stay = stay_of(incident.unit, someone.stay_id) if someone.stay_id else None
    if (stay is None) == (not someone.words.strip()):
        raise Refused(_("Pilih penghuninya, atau tulis siapa orangnya. Salah satu saja."), field="words")
    if stay is not None and incident.involved.standing().filter(person_id=stay.person_id).exists():
        raise Refused(_("Orang ini sudah tercatat pada kejadian ini."), field="stay_id")
    return Involved.objects.create(
        id=id,
        incident=incident,
        unit=incident.unit,
        part=someone.part,
        person_id=stay.person_id if stay else None,
        tag=stay.tag if stay else "",
        words=someone.words.strip(),
        injury=someone.injury.strip(),
        treatment=someone.treatment.strip(),
        written_by=by,
        written_at=at,
    )


def _is_closed(incident: Incident) -> bool:
    """Asked with the incident held, so that nobody closes it meanwhile."""
    Incident.objects.select_for_update().filter(pk=incident.pk).first()
    latest = Review.objects.filter(incident=incident).order_by("-written_at", "-pk").first()
    return latest is not None and latest.turn == Turn.CLOSED


def _hold_open(incident: Incident) -> None:
    if _is_closed(incident):
        raise ClosedIncident


def _given(text: str, field: str, message: Any) -> str:
    if not text.strip():
        raise Refused(message, field=field)
    return text.strip()


def _refuse_future(moment: datetime, now: datetime, field: str) -> None:
    if moment > now:
        raise Refused(_("Waktu ini masih di masa depan. Periksa tanggal dan pukulnya."), field=field)


def _refuse_other_house(unit: Unit, ward: Ward | None) -> None:
    if ward is not None and ward.unit_id != unit.pk:
        raise Refused(_("Wisma ini bukan milik unit tempat kejadian."), field="ward")


def _in_words(incident: Incident, name: str) -> str:
    """What stands there, in Indonesian, as a page shows it."""
    value = getattr(incident, name)
    if value in (None, ""):
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%d/%m/%Y %H.%M")
    with translation.override("id"):
        display = getattr(incident, f"get_{name}_display", None)
        return str(display() if display else value)


def _next_number(unit: Unit, year: int) -> str:
    """The next number of the unit and year; its row is locked until the incident stands: none is lost or doubled."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO safety_incidentseries (id, unit_id, year, latest) VALUES (%s, %s, %s, 1)"
            " ON CONFLICT (unit_id, year) DO UPDATE SET latest = safety_incidentseries.latest + 1 RETURNING latest",
            [uuid7(), unit.pk, year],
        )
        (latest,) = cursor.fetchone()
    return f"{unit.code}/KJ/{year}/{latest:04d}"
