"""What the work on a case adds to its file: tabs, and events on the time line. `registrations.register` calls this."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from serasi.cases.enums import TracingResult
from serasi.cases.models import (
    AftercareVisit,
    Delivery,
    Document,
    HandOver,
    Monitoring,
    Note,
    Plan,
    Readiness,
    Referral,
    Reopening,
    Termination,
    TracingStep,
)
from serasi.cases.permissions import OPEN_CASE_FILE
from serasi.cases.queries.timeline import event_rows
from serasi.cases.reference import termination_reasons
from serasi.cases.registry import Tab, TimelineSource, register_tab, register_timeline

_TABS = (
    (45, _("Rencana"), "cases:plans"),
    (50, _("Layanan"), "cases:services"),
    (55, _("Catatan"), "cases:notes"),
    (60, _("Pemantauan"), "cases:monitoring"),
    (65, _("Resosialisasi"), "cases:homecoming"),
    (70, _("Rujukan"), "cases:case_referrals"),
    (75, _("Dokumen"), "cases:documents"),
)


def _tab(name: str) -> Any:
    def url(case_id: UUID, record_id: UUID) -> str:
        return reverse(name, args=[case_id])

    return url


def _page(name: str) -> Any:
    def url(case_id: UUID, record_id: UUID) -> str:
        return reverse(name, args=[case_id, record_id])

    return url


def _result(code: str) -> str:
    return str(TracingResult(code).label) if code in TracingResult else code


def _reason(code: str) -> str:
    return str(termination_reasons()[code]) if code in termination_reasons() else code


_SOURCES = (
    TimelineSource(
        "plan",
        _("Rencana disetujui"),
        "checklist",
        lambda case: event_rows(
            Plan.objects.filter(case=case, approved_at__isnull=False), "plan", at="approved_at", text="summary"
        ),
        url=_tab("cases:plans"),
    ),
    TimelineSource(
        "delivery",
        _("Layanan"),
        "heart-handshake",
        lambda case: event_rows(
            Delivery.objects.filter(case=case, withdrawn_at=None), "delivery", at="delivered_at", text="activity"
        ),
        url=_tab("cases:services"),
    ),
    TimelineSource(
        "note",
        _("Catatan"),
        "note",
        lambda case: event_rows(
            Note.objects.filter(case=case, corrected_by=None), "note", at="happened_at", text="text"
        ),
        url=_tab("cases:notes"),
    ),
    TimelineSource(
        "monitoring",
        _("Pemantauan"),
        "chart-bar",
        lambda case: event_rows(Monitoring.objects.filter(case=case), "monitoring", at="held_on", text="summary"),
        url=_tab("cases:monitoring"),
        is_day=True,
    ),
    TimelineSource(
        "tracing",
        _("Penelusuran keluarga"),
        "map-pin",
        lambda case: event_rows(TracingStep.objects.filter(case=case), "tracing", at="taken_on", text="result"),
        title=_result,
        url=_tab("cases:homecoming"),
        is_day=True,
    ),
    TimelineSource(
        "readiness",
        _("Kesiapan kembali diperiksa"),
        "home",
        lambda case: event_rows(Readiness.objects.filter(case=case), "readiness", at="held_on", text="account"),
        url=_tab("cases:homecoming"),
        is_day=True,
    ),
    TimelineSource(
        "handover",
        _("Serah terima"),
        "arrows-exchange",
        lambda case: event_rows(HandOver.objects.filter(case=case), "handover", at="handed_at", text="receiver_name"),
        url=_tab("cases:homecoming"),
    ),
    TimelineSource(
        "termination",
        _("Layanan berakhir"),
        "flag",
        lambda case: event_rows(
            Termination.objects.filter(case=case, approved_at__isnull=False),
            "termination",
            at="approved_at",
            text="reason",
        ),
        title=_reason,
        url=_tab("cases:closure"),
    ),
    TimelineSource(
        "reopening",
        _("Dibuka kembali"),
        "refresh",
        lambda case: event_rows(Reopening.objects.filter(case=case), "reopening", at="written_at", text="reason"),
        url=_tab("cases:closure"),
    ),
    TimelineSource(
        "aftercare",
        _("Kunjungan bimbingan lanjut"),
        "calendar",
        lambda case: event_rows(
            AftercareVisit.objects.filter(case=case, held_on__isnull=False),
            "aftercare",
            at="held_on",
            text="account",
            author="owner_id",
        ),
        url=_tab("cases:aftercare"),
        is_day=True,
    ),
    TimelineSource(
        "referral",
        _("Rujukan dikirim"),
        "arrows-exchange",
        lambda case: event_rows(
            Referral.objects.filter(case=case, sent_at__isnull=False),
            "referral",
            at="sent_at",
            text="to_unit__short_name",
        ),
        url=_page("cases:case_referral"),
    ),
    TimelineSource(
        "document",
        _("Dokumen"),
        "paperclip",
        lambda case: event_rows(
            Document.objects.filter(case=case, withdrawn_at=None), "document", at="written_at", text="title"
        ),
        url=_tab("cases:documents"),
    ),
)


def register_work() -> None:
    for order, title, url_name in _TABS:
        register_tab(Tab(order, title, url_name, OPEN_CASE_FILE))
    for source in _SOURCES:
        register_timeline(source)
