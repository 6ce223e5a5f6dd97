"""What there is to do in casework: for each kind one query, that gives day, record, file and words."""

from datetime import date
from typing import Any, Final

from django.db.models import DateField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serasi.access.models import OutboxEntry, Unit, User
from serasi.access.permissions import REVIEW_EMERGENCY
from serasi.access.queries import emergencies_to_review
from serasi.cases.enums import ApprovalSubject, Domain
from serasi.cases.models import (
    AftercareVisit,
    Agreement,
    Approval,
    Case,
    DomainAssessment,
    Monitoring,
    Plan,
    Referral,
    Report,
    Task,
    Termination,
)
from serasi.cases.permissions import ANSWER_REFERRAL, APPROVE, OPEN_CASE_FILE, REFER, TERMINATE, TRIAGE_REPORT
from serasi.cases.queries.approval import approvals_to_decide
from serasi.cases.queries.reports import with_clock
from serasi.cases.queries.tasks import due_rows
from serasi.cases.registry import DueSource
from serasi.people.enums import ConsentPurpose
from serasi.people.models import Consent


def _tasks(user: User, until: date) -> QuerySet[Any, Any]:
    mine = Case.objects.visible_to(user).open()  # what a closed file left undone stays readable there
    owed = Task.objects.filter(owner=user, done_at=None, due_date__lte=until, case__in=mine)
    return due_rows(owed, "task", day="due_date", text="title")


def _reports(user: User, until: date) -> QuerySet[Any, Any]:
    units = Unit.objects.reached_by(user, TRIAGE_REPORT)
    waiting = with_clock(Report.objects.filter(unit__in=units, is_sealed=False, triage=None).with_subject(user))
    return due_rows(waiting, "report", day=TruncDate("respond_by"), text="shown_subject", case=None)


def _unfinished(user: User, until: date) -> QuerySet[Any, Any]:
    short = Report.objects.filter(received_by=user, is_sealed=False, completed_at=None, triage=None)
    return due_rows(short, "unfinished", day=TruncDate("received_at"), text="subject_description", case=None)


def _drafts(user: User, until: date) -> QuerySet[Any, Any]:
    drafts = DomainAssessment.objects.filter(written_by=user, finalised_at=None, case__in=Case.objects.visible_to(user))
    return due_rows(drafts, "draft", day=None, text="domain")


def _latest_of_my_cases(user: User, until: date, kind: str, latest: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """A day that stands on the latest record of each open case on whose team the user is."""
    mine = Case.objects.of_team_member(user).open().annotate(latest_day=Subquery(latest[:1], output_field=DateField()))
    return due_rows(mine.filter(latest_day__lte=until), kind, day="latest_day", case="pk")


def _monitoring(user: User, until: date) -> QuerySet[Any, Any]:
    latest = Monitoring.objects.filter(case=OuterRef("pk")).order_by("-held_on", "-written_at").values("next_on")
    return _latest_of_my_cases(user, until, "monitoring", latest)


def _plans(user: User, until: date) -> QuerySet[Any, Any]:
    latest = Plan.objects.filter(case=OuterRef("pk"), approved_at__isnull=False).order_by("-version").values("ends_on")
    return _latest_of_my_cases(user, until, "plan", latest)


def _agreements(user: User, until: date) -> QuerySet[Any, Any]:
    latest = Agreement.objects.filter(case=OuterRef("pk")).order_by("-signed_at").values("ends_on")
    return _latest_of_my_cases(user, until, "agreement", latest)


def _terminations(user: User, until: date) -> QuerySet[Any, Any]:
    mine = Case.objects.of_team_member(user).open()
    planned = Termination.objects.planned_ahead().filter(case__in=mine, ends_on__lte=until)
    return due_rows(planned, "termination", day="ends_on")


def _aftercare(user: User, until: date) -> QuerySet[Any, Any]:
    owed = AftercareVisit.objects.filter(
        owner=user, held_on=None, cancelled_at=None, due_date__lte=until, case__in=Case.objects.visible_to(user)
    )
    return due_rows(owed, "aftercare", day="due_date")


def _referrals(user: User, until: date) -> QuerySet[Any, Any]:
    waiting = Referral.objects.unanswered().addressed_to(user)
    return due_rows(waiting, "referral", day=TruncDate("answer_due_at"), text="from_unit__short_name", case=None)


def _silent(user: User, until: date) -> QuerySet[Any, Any]:
    """What nobody answered in time, at the side that sent it; the other side has it as a referral to answer."""
    theirs = Q(case__in=Case.objects.of_team_member(user)) | Q(from_unit__in=Unit.objects.reached_by(user, APPROVE))
    silent = Referral.objects.unanswered().filter(theirs, escalated_at__isnull=False)
    return due_rows(
        silent.filter(case__in=Case.objects.visible_to(user)),
        "silent",
        day=TruncDate("answer_due_at"),
        text="to_unit__short_name",
    )


def _approvals(user: User, until: date) -> QuerySet[Any, Any]:
    waiting = Approval.objects.filter(pk__in=approvals_to_decide(user).order_by().exclude(written_by=user).values("pk"))
    return due_rows(waiting, "approval", day=TruncDate("written_at"), text="subject")


def _consents(user: User, until: date) -> QuerySet[Any, Any]:
    mine = Case.objects.of_team_member(user).filter(person=OuterRef("person")).order_by("-opened_at")
    withdrawn = Consent.objects.filter(withdrawn_at__isnull=False, stopped_at=None).annotate(
        of_case=Subquery(mine.values("pk")[:1])
    )
    return due_rows(
        withdrawn.filter(of_case__isnull=False),
        "consent",
        day=TruncDate("withdrawal_due_at"),
        text="purpose",
        case="of_case",
    )


def _emergencies(user: User, until: date) -> QuerySet[Any, Any]:
    waiting = emergencies_to_review(user)
    return due_rows(waiting, "emergency", day=TruncDate("starts_at"), text="user__full_name", case=None)


def _held(user: User, until: date) -> QuerySet[Any, Any]:
    """What a phone sent later and its form refused; its label names nobody."""
    held = OutboxEntry.objects.visible_to(user).held()
    return due_rows(held, "held", day=None, text="label", case=None)


SOURCES: Final = (
    DueSource("task", pgettext_lazy("satu", "Tugas"), "cases:team", ("case",), OPEN_CASE_FILE, _tasks),
    DueSource("report", _("Laporan menunggu keputusan"), "cases:report", ("record",), TRIAGE_REPORT, _reports),
    DueSource(
        "unfinished",
        _("Laporan darurat belum lengkap"),
        "cases:complete_report",
        ("record",),
        None,
        _unfinished,
        is_urgent=True,
    ),
    DueSource(
        "draft",
        _("Rancangan asesmen"),
        "cases:assessment",
        ("case", "record"),
        OPEN_CASE_FILE,
        _drafts,
        title=lambda code: Domain(code).label,
    ),
    DueSource("monitoring", _("Pemantauan"), "cases:monitoring", ("case",), OPEN_CASE_FILE, _monitoring),
    DueSource("plan", _("Rencana layanan berakhir"), "cases:plans", ("case",), OPEN_CASE_FILE, _plans),
    DueSource("agreement", _("Kesepakatan berakhir"), "cases:agreements", ("case",), OPEN_CASE_FILE, _agreements),
    DueSource("termination", _("Akhiri layanan menurut rencana"), "cases:closure", ("case",), TERMINATE, _terminations),
    DueSource("aftercare", _("Bimbingan lanjut"), "cases:aftercare", ("case",), OPEN_CASE_FILE, _aftercare),
    DueSource(
        "referral", _("Rujukan masuk menunggu jawaban"), "cases:referral", ("record",), ANSWER_REFERRAL, _referrals
    ),
    DueSource("silent", _("Rujukan tidak dijawab"), "cases:case_referral", ("case", "record"), REFER, _silent),
    DueSource(
        "approval",
        _("Menunggu persetujuan Anda"),
        "cases:approvals",
        (),
        None,
        _approvals,
        title=lambda code: ApprovalSubject(code).label,
    ),
    DueSource(
        "consent",
        _("Persetujuan ditarik: hentikan pemakaian data"),
        "cases:agreements",
        ("case",),
        OPEN_CASE_FILE,
        _consents,
        title=lambda code: ConsentPurpose(code).label,
    ),
    DueSource("held", _("Kiriman yang perlu dilihat"), "access:outbox_entry", ("record",), None, _held),
    DueSource(
        "emergency", _("Tinjau akses darurat"), "access:emergency_review", ("record",), REVIEW_EMERGENCY, _emergencies
    ),
)
