"""Word of someone in need: received, completed, sent on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require, save_changes
from serasi.cases import reference
from serasi.cases.enums import Urgency
from serasi.cases.models import Report
from serasi.cases.permissions import RECEIVE_REPORT
from serasi.institutions.models import Region
from serasi.people.models import Person
from serasi.people.permissions import AtUnit

YES, NO, UNKNOWN = "yes", "no", "unknown"
ANSWERS = (YES, NO, UNKNOWN)
_RANK = {Urgency.ORDINARY: 0, Urgency.URGENT: 1, Urgency.EMERGENCY: 2}


class ReportIsDecided(Refused):
    message = _("Laporan ini sudah diputuskan dan tidak dapat diubah lagi. Tambahkan keterangan di berkas kasusnya.")


@operation(RECEIVE_REPORT, creates=Report)
def receive_report(
    *,
    id: UUID,
    unit: Unit,
    channel: str,
    received_at: datetime,
    subject_description: str,
    urgency: str,
    danger: Mapping[str, str],
    by: User,
    at: datetime,
    is_complete: bool = True,
    is_sppa: bool = False,
    narrative: str = "",
    reporter_name: str = "",
    reporter_phone: str = "",
    reporter_relation: str = "",
    place: str = "",
    region: Region | None = None,
    person: Person | None = None,
    first_action: str = "",
) -> Report:
    """Write down a report. A "yes" in the danger screen raises the urgency; nothing left open lowers it.

    ``is_complete=False`` is a crisis entry: channel, whom, urgency, and the rest later by `complete_report`.
    """
    require(by, RECEIVE_REPORT, on=AtUnit(unit))
    if unit.closed_on is not None:
        raise Refused(_("Unit ini sudah ditutup. Pilih unit lain."), field="unit")
    if received_at > at:
        raise Refused(_("Waktu diterima tidak boleh di masa depan."), field="received_at")
    facts = {
        "channel": channel,
        "received_at": received_at,
        "subject_description": subject_description,
        "urgency": urgency,
        "danger": dict(danger),
        "is_sppa": is_sppa,
        "narrative": narrative,
        "reporter_name": reporter_name,
        "reporter_phone": reporter_phone,
        "reporter_relation": reporter_relation,
        "place": place,
        "region": region,
        "person": person,
        "first_action": first_action,
    }
    return Report.objects.create(
        id=id,
        unit=unit,
        received_by=by,
        written_at=at,
        completed_at=at if is_complete else None,
        **_checked(facts, is_complete=is_complete),
    )


@operation(RECEIVE_REPORT)
def complete_report(*, report: Report, revision: int, by: User, at: datetime, **facts: Any) -> Report:
    """Fill in the rest of a crisis entry, or mend a report, as long as nobody has decided on it.

    A report that was decided in a hurry may still be completed: until it is whole and its danger screen answered.
    ``facts`` are the same as of `receive_report`, without those that never change (unit, id).
    """
    require(by, RECEIVE_REPORT, on=report)
    if hasattr(report, "triage") and is_whole(report):
        raise ReportIsDecided
    unknown = set(facts) - _CHANGEABLE
    if unknown:
        raise TypeError(f"a report has no {sorted(unknown)}")
    before = {name: getattr(report, name) for name in _CHANGEABLE}
    changes = _checked(before | facts, is_complete=True)
    if changes["received_at"] > at:
        raise Refused(_("Waktu diterima tidak boleh di masa depan."), field="received_at")
    save_changes(report, revision=revision, completed_at=report.completed_at or at, **changes)
    return report


def is_whole(report: Report) -> bool:
    """Whether nothing of it is left for later."""
    return report.completed_at is not None and set(reference.danger_screen().codes) <= set(report.danger)


_CHANGEABLE = {
    "channel",
    "received_at",
    "subject_description",
    "urgency",
    "danger",
    "is_sppa",
    "narrative",
    "reporter_name",
    "reporter_phone",
    "reporter_relation",
    "place",
    "region",
    "person",
    "first_action",
}


def _checked(facts: dict[str, Any], *, is_complete: bool) -> dict[str, Any]:
    channels, questions = reference.report_channels(), reference.danger_screen()
    if facts["channel"] not in channels:
        raise Refused(_("Pilih saluran laporan dari daftar."), field="channel")
    if not facts["subject_description"].strip():
        raise Refused(_("Tuliskan siapa yang dilaporkan, sekalipun hanya ciri-cirinya."), field="subject_description")
    if any(code not in questions or answer not in ANSWERS for code, answer in facts["danger"].items()):
        raise Refused(_("Jawaban skrining bahaya tidak dikenal. Muat ulang halaman, lalu isi lagi."), field="danger")
    if is_complete and channels[facts["channel"]].needs_reporter and not facts["reporter_name"].strip():
        raise Refused(_("Isi nama pelapor atau petugas yang menyerahkan."), field="reporter_name")
    return facts | {"urgency": raised_urgency(facts["urgency"], facts["danger"])}


def raised_urgency(chosen: str, danger: Mapping[str, str]) -> Urgency:
    """The urgency chosen, or the one the danger screen asks for, whichever is greater."""
    suggested = reference.urgency_of(tuple(code for code, answer in danger.items() if answer == YES))
    states = [Urgency(chosen), *([Urgency(suggested)] if suggested else [])]
    return max(states, key=_RANK.__getitem__)
