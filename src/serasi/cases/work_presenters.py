"""How plans, services, monitorings and referrals are worded and arranged on pages."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serasi.cases.enums import Decision, GoalResult, ReferralAnswer, Score, TracingResult, Urgency
from serasi.cases.models import AftercareVisit, Approval, Plan, Referral
from serasi.cases.presenters import short_day
from serasi.cases.queries.delivery import ComponentCount
from serasi.cases.queries.monitoring import Reading
from serasi.cases.queries.plan import Coverage
from serasi.common.components import Cell, Column, LineChart, Series, Status, Table, Tone

RESULT_TONES: dict[str, Tone] = {
    GoalResult.ACHIEVED: "good",
    GoalResult.PARTLY: "info",
    GoalResult.NOT_YET: "warn",
    GoalResult.DROPPED: "neutral",
}
TRACING_TONES: dict[str, Tone] = {
    TracingResult.FOUND: "good",
    TracingResult.LEAD: "info",
    TracingResult.NOTHING: "neutral",
    TracingResult.REFUSED: "warn",
}


def plan_status(plan: Plan) -> Status:
    if plan.is_approved:
        return Status(_("Berlaku"), "good", "check")
    if plan.is_draft:
        return Status(_("Rancangan"), "neutral", "edit")
    return Status(_("Menunggu persetujuan"), "warn", "clock")


def result_status(result: str | None) -> Status | None:
    return Status(str(GoalResult(result).label), RESULT_TONES[result]) if result else None


def coverage_table(rows: Sequence[Coverage]) -> Table:
    return Table(
        caption=_("Tujuh komponen ATENSI: direncanakan dan diberikan"),
        columns=[
            Column(_("Komponen")),
            Column(_("Direncanakan"), number=True),
            Column(_("Diberikan"), number=True),
            Column(_("Di luar rencana"), number=True),
            Column(_("Keadaan")),
        ],
        rows=[
            [str(row.component), row.planned, row.delivered, row.beside_the_plan, _coverage_status(row)] for row in rows
        ],
    )


def _coverage_status(row: Coverage) -> Status:
    if not row.planned:
        return Status(_("Tidak direncanakan"), "neutral")
    within = row.delivered - row.beside_the_plan
    if within >= row.planned:
        return Status(_("Terpenuhi"), "good")
    return Status(_("Berjalan"), "info") if within else Status(_("Belum diberikan"), "warn")


def counts_table(rows: Sequence[ComponentCount]) -> Table:
    return Table(
        caption=_("Layanan per komponen"),
        columns=[
            Column(_("Komponen")),
            Column(pgettext("jumlah", "Catatan"), number=True),
            Column(_("Jumlah layanan"), number=True),
            Column(_("Orang"), number=True),
        ],
        rows=[[str(row.component), row.deliveries, row.quantity, row.people] for row in rows],
    )


def functioning_chart(readings: Sequence[Reading]) -> LineChart | None:
    """The three scores over time; nothing to draw before there are two looks."""
    if len(readings) < 2:
        return None
    first, last = readings[0].on, readings[-1].on
    return LineChart(
        title=_("Keberfungsian sosial"),
        unit=_("nilai 1–5"),
        label_title=_("Tanggal"),
        labels=[short_day(reading.on) for reading in readings],
        positions=[(reading.on - first) / (last - first) for reading in readings] if last > first else (),
        axis=(Score.NOT_AT_ALL, Score.FULLY),
        series=[
            Series(_("Kebutuhan dan hak dasar"), [reading.needs for reading in readings]),
            Series(_("Tugas dan peran sosial"), [reading.roles for reading in readings]),
            Series(_("Pemecahan masalah hidup"), [reading.problems for reading in readings]),
        ],
    )


def visit_status(visit: AftercareVisit, today: Any) -> Status:
    if visit.cancelled_at:
        return Status(_("Dibatalkan"), "neutral")
    if visit.held_on:
        return Status(_("Stabil"), "good", "check") if visit.is_stable else Status(_("Perlu perhatian"), "bad")
    return Status(_("Terlambat"), "bad", "clock") if visit.due_date < today else Status(_("Akan datang"), "info")


def referral_status(referral: Referral, at: datetime) -> Status:
    if referral.withdrawn_at:
        return Status(_("Ditarik"), "neutral")
    if referral.answer == ReferralAnswer.ACCEPTED:
        return Status(_("Diterima"), "good", "check")
    if referral.answer == ReferralAnswer.REFUSED:
        return Status(_("Ditolak"), "bad")
    if referral.sent_at is None:
        waits = referral.submitted_at is not None
        return Status(_("Menunggu persetujuan"), "warn", "clock") if waits else Status(_("Rancangan"), "neutral")
    if referral.answer_due_at and referral.answer_due_at <= at:
        return Status(_("Lewat batas jawab"), "bad", "alert-triangle")
    return Status(_("Menunggu jawaban"), "warn", "clock")


def urgency_word(referral: Referral) -> Status | None:
    if referral.urgency == Urgency.ORDINARY:
        return None
    tone: Tone = "bad" if referral.urgency == Urgency.EMERGENCY else "warn"
    return Status(str(referral.get_urgency_display()), tone, "alert-triangle")


def decision_status(approval: Approval) -> Status:
    if approval.decision == Decision.APPROVED:
        return Status(_("Disetujui"), "good", "check")
    if approval.decision == Decision.RETURNED:
        return Status(_("Dikembalikan"), "warn")
    if approval.withdrawn_at:
        return Status(_("Ditarik kembali"), "neutral")
    return Status(_("Menunggu"), "info", "clock")


def approvals_table(rows: Sequence[Approval], names: Sequence[str], reader_id: Any) -> Table:
    return Table(
        columns=[Column(_("Kasus")), Column(_("Yang diajukan")), Column(_("Pengusul")), Column(_("Diajukan"))],
        rows=[
            [
                Cell(name, url=reverse("cases:approval", args=[row.pk]), sub=row.case.number),
                row.get_subject_display(),
                _("Anda sendiri") if row.written_by_id == reader_id else row.written_by.full_name,
                short_day(timezone.localdate(row.written_at)),
            ]
            for row, name in zip(rows, names, strict=True)
        ],
    )
