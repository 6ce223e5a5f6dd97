"""The decision on a report."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require
from serasi.cases.enums import TriageOutcome
from serasi.cases.models import Report, Triage
from serasi.cases.operations.report import raised_urgency
from serasi.cases.permissions import TRIAGE_REPORT
from serasi.common.identifiers import uuid7


class AlreadyDecided(Refused):
    message = _("Laporan ini sudah diputuskan oleh orang lain. Muat ulang untuk melihat keputusannya.")


class ReportIsUnfinished(Refused):
    message = _("Laporan darurat ini belum dilengkapi. Lengkapi dahulu, lalu putuskan.")


@operation(TRIAGE_REPORT, creates=Triage)
def triage(
    *,
    id: UUID,
    report: Report,
    urgency: str,
    outcome: str,
    by: User,
    at: datetime,
    reason: str = "",
    referred_to: Unit | None = None,
) -> Triage:
    """Decide once what happens with a report.

    1. Any outcome but opening a case says why; a case may be opened of a crisis entry, the others need it whole.
    2. Sent to another unit, the report arrives there as a report of its own, in the same words.
    """
    require(by, TRIAGE_REPORT, on=report)
    Report.objects.select_for_update().get(pk=report.pk)
    if Triage.objects.filter(report=report).exists():
        raise AlreadyDecided
    if outcome != TriageOutcome.OPEN_CASE:
        if not reason.strip():
            raise Refused(_("Tuliskan alasannya bila kasus tidak dibuka."), field="reason")
        if report.completed_at is None:
            raise ReportIsUnfinished
    if (outcome == TriageOutcome.REFER) != (referred_to is not None):
        raise Refused(_("Pilih unit tujuan rujukan."), field="referred_to")
    if referred_to is not None and referred_to.pk == report.unit_id:
        raise Refused(_("Pilih unit lain sebagai tujuan rujukan."), field="referred_to")
    decision = Triage.objects.create(
        id=id,
        report=report,
        decided_by=by,
        decided_at=at,
        urgency=raised_urgency(urgency, report.danger),
        outcome=outcome,
        referred_to=referred_to,
        reason=reason,
    )
    if referred_to is not None:
        _pass_on(report, to=referred_to, reason=reason, by=by, at=at)
    return decision


def _pass_on(report: Report, *, to: Unit, reason: str, by: User, at: datetime) -> None:
    origin = _now("Diteruskan dari %(unit)s: %(reason)s") % {"unit": report.unit.name, "reason": reason}
    Report.objects.create(
        id=uuid7(),
        unit=to,
        channel="unit_lain",
        received_at=at,
        received_by=by,
        written_at=at,
        completed_at=at,
        reporter_name=by.full_name,
        reporter_relation=report.unit.short_name[:80],
        subject_description=report.subject_description,
        person=report.person,
        region=report.region,
        place=report.place,
        narrative="\n\n".join(part for part in (origin, report.narrative) if part)[:8000],
        danger=report.danger,
        is_sppa=report.is_sppa,
        urgency=report.urgency,
        first_action=report.first_action,
    )
