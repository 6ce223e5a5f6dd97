"""What must I do today: computed from rules and dates, for one user, in one statement (and one for the files' heads).

Nothing here is stored; a kind of thing to do is a query that gives its day, its record, its file and its words.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.db.models import CharField, Count, DateField, F, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Cast, Left, TruncDate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from serasi.access.models import Unit, User
from serasi.access.permissions import REVIEW_EMERGENCY
from serasi.access.queries import emergencies_to_review
from serasi.access.scope import Post
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
from serasi.cases.queries.header import with_person
from serasi.cases.queries.reports import with_clock
from serasi.common.statements import Statement
from serasi.people.models import Consent

AHEAD: Final = timedelta(days=7)
"""How far before its day something appears; what has no day of its own appears at once."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing to do: its words, and its page by URL name with the ids that the page takes."""

    label: Any
    url_name: str
    takes: tuple[str, ...]


KINDS: Final = {
    "task": Kind(pgettext_lazy("satu", "Tugas"), "cases:team", ("case",)),
    "report": Kind(_("Laporan menunggu keputusan"), "cases:report", ("record",)),
    "unfinished": Kind(_("Laporan darurat belum lengkap"), "cases:complete_report", ("record",)),
    "draft": Kind(_("Rancangan asesmen"), "cases:assessment", ("case", "record")),
    "monitoring": Kind(_("Pemantauan"), "cases:monitoring", ("case",)),
    "plan": Kind(_("Rencana layanan berakhir"), "cases:plans", ("case",)),
    "agreement": Kind(_("Kesepakatan berakhir"), "cases:agreements", ("case",)),
    "termination": Kind(_("Akhiri layanan menurut rencana"), "cases:closure", ("case",)),
    "aftercare": Kind(_("Bimbingan lanjut"), "cases:aftercare", ("case",)),
    "referral": Kind(_("Rujukan masuk menunggu jawaban"), "cases:referral", ("record",)),
    "silent": Kind(_("Rujukan tidak dijawab"), "cases:case_referral", ("case", "record")),
    "approval": Kind(_("Menunggu persetujuan Anda"), "cases:approvals", ()),
    "consent": Kind(_("Persetujuan ditarik: hentikan pemakaian data"), "cases:agreements", ("case",)),
    "emergency": Kind(_("Tinjau akses darurat"), "access:emergency_review", ("record",)),
}


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do. ``due_date`` is None for what simply waits; ``case`` has what `header.name_shown` needs."""

    kind: str
    label: Any
    text: str
    due_date: date | None
    record_id: UUID
    case: Case | None
    url_name: str
    url_args: tuple[UUID, ...]

    def is_overdue(self, today: date) -> bool:
        return self.due_date is not None and self.due_date < today


def _rows(
    rows: QuerySet[Any], kind: str, *, day: Any, text: Any, case: Any = "case_id", record: Any = "pk"
) -> QuerySet[Any, Any]:
    shaped: QuerySet[Any, Any] = (
        rows.order_by()
        .annotate(
            due_kind=Value(kind, CharField()),
            due_day=Cast(F(day) if isinstance(day, str) else day, DateField()),
            due_text=Left(Cast(F(text) if isinstance(text, str) else text, CharField()), 200),
            due_case=F(case) if isinstance(case, str) else Cast(case, UUIDField()),
            due_record=F(record),
        )
        .values_list("due_kind", "due_day", "due_text", "due_case", "due_record")
    )
    return shaped


_NOTHING = Value(None, CharField())
_NO_CASE = Value(None, UUIDField())


def _tasks(user: User, until: date) -> QuerySet[Any, Any]:
    mine = Case.objects.visible_to(user).open()  # what a closed file left undone stays readable there
    owed = Task.objects.filter(owner=user, done_at=None, due_date__lte=until, case__in=mine)
    return _rows(owed, "task", day="due_date", text="title")


def _reports(user: User, until: date) -> QuerySet[Any, Any]:
    units = Unit.objects.reached_by(user, TRIAGE_REPORT)
    waiting = with_clock(Report.objects.filter(unit__in=units, is_sealed=False, triage=None).with_subject(user))
    return _rows(waiting, "report", day=TruncDate("respond_by"), text="shown_subject", case=_NO_CASE)


def _unfinished(user: User, until: date) -> QuerySet[Any, Any]:
    short = Report.objects.filter(received_by=user, is_sealed=False, completed_at=None, triage=None)
    return _rows(short, "unfinished", day=TruncDate("received_at"), text="subject_description", case=_NO_CASE)


def _drafts(user: User, until: date) -> QuerySet[Any, Any]:
    drafts = DomainAssessment.objects.filter(written_by=user, finalised_at=None, case__in=Case.objects.visible_to(user))
    return _rows(drafts, "draft", day=Value(None, DateField()), text="domain")


def _latest_of_my_cases(user: User, until: date, kind: str, latest: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """A day that stands on the latest record of each open case on whose team the user is."""
    mine = Case.objects.of_team_member(user).open().annotate(latest_day=Subquery(latest[:1], output_field=DateField()))
    return _rows(mine.filter(latest_day__lte=until), kind, day="latest_day", text=_NOTHING, case="pk")


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
    return _rows(planned, "termination", day="ends_on", text=_NOTHING)


def _aftercare(user: User, until: date) -> QuerySet[Any, Any]:
    owed = AftercareVisit.objects.filter(
        owner=user, held_on=None, cancelled_at=None, due_date__lte=until, case__in=Case.objects.visible_to(user)
    )
    return _rows(owed, "aftercare", day="due_date", text=_NOTHING)


def _referrals(user: User, until: date) -> QuerySet[Any, Any]:
    waiting = Referral.objects.unanswered().addressed_to(user)
    return _rows(waiting, "referral", day=TruncDate("answer_due_at"), text="from_unit__short_name", case=_NO_CASE)


def _silent(user: User, until: date) -> QuerySet[Any, Any]:
    """What nobody answered in time, at the side that sent it; the other side has it as a referral to answer."""
    theirs = Q(case__in=Case.objects.of_team_member(user)) | Q(from_unit__in=Unit.objects.reached_by(user, APPROVE))
    silent = Referral.objects.unanswered().filter(theirs, escalated_at__isnull=False)
    return _rows(
        silent.filter(case__in=Case.objects.visible_to(user)),
        "silent",
        day=TruncDate("answer_due_at"),
        text="to_unit__short_name",
    )


def _approvals(user: User, until: date) -> QuerySet[Any, Any]:
    waiting = Approval.objects.filter(pk__in=approvals_to_decide(user).order_by().exclude(written_by=user).values("pk"))
    return _rows(waiting, "approval", day=TruncDate("written_at"), text="subject")


def _consents(user: User, until: date) -> QuerySet[Any, Any]:
    mine = Case.objects.of_team_member(user).filter(person=OuterRef("person")).order_by("-opened_at")
    withdrawn = Consent.objects.filter(withdrawn_at__isnull=False, stopped_at=None).annotate(
        of_case=Subquery(mine.values("pk")[:1])
    )
    return _rows(
        withdrawn.filter(of_case__isnull=False),
        "consent",
        day=TruncDate("withdrawal_due_at"),
        text="purpose",
        case="of_case",
    )


def _emergencies(user: User, until: date) -> QuerySet[Any, Any]:
    waiting = emergencies_to_review(user)
    return _rows(waiting, "emergency", day=TruncDate("starts_at"), text="user__full_name", case=_NO_CASE)


_SOURCES: Final[tuple[tuple[str | None, Callable[[User, date], QuerySet[Any, Any]]], ...]] = (
    (OPEN_CASE_FILE, _tasks),
    (TRIAGE_REPORT, _reports),
    (None, _unfinished),
    (OPEN_CASE_FILE, _drafts),
    (OPEN_CASE_FILE, _monitoring),
    (OPEN_CASE_FILE, _plans),
    (OPEN_CASE_FILE, _agreements),
    (TERMINATE, _terminations),
    (OPEN_CASE_FILE, _aftercare),
    (ANSWER_REFERRAL, _referrals),
    (REFER, _silent),
    (None, _approvals),
    (OPEN_CASE_FILE, _consents),
    (REVIEW_EMERGENCY, _emergencies),
)


def due_for(user: User, today: date, *, most: int = 60) -> list[Due]:
    """What this user must do, the oldest day first, then what simply waits. Two queries, whoever asks."""
    rows = due_statement(user, user.scope.posts, today + AHEAD).ask(most=most)
    files = with_person(Case.objects.visible_to(user), user).filter(pk__in={row[3] for row in rows if row[3]})
    by_id = {case.pk: case for case in files}
    return [_due(row, by_id) for row in rows]


@lru_cache(maxsize=500)
def due_statement(user: User, _posts: tuple[Post, ...], until: date) -> Statement:
    """The union of all sources, made once a day for each user and the postings they hold."""
    first, *rest = [make(user, until) for code, make in _SOURCES if code is None or user.scope.has(code)]
    return Statement(first.union(*rest, all=True).order_by(F("due_day").asc(nulls_last=True), "due_record"))


def _due(row: Any, files: dict[UUID, Case]) -> Due:
    kind, day, text, case_id, record_id = row
    page = KINDS[kind]
    ids = {"case": case_id, "record": record_id}
    return Due(
        kind=kind,
        label=page.label,
        text=text or "",
        due_date=day,
        record_id=record_id,
        case=files.get(case_id),
        url_name=page.url_name,
        url_args=tuple(ids[name] for name in page.takes),
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """The tiles of the first page."""

    my_open_cases: int = 0
    new_reports: int = 0
    waiting_for_a_case: int = 0
    emergencies_to_review: int = 0


def counts_for(user: User) -> Counts:
    """One query."""
    return Counts(**dict(counts_statement(user, user.scope.posts).ask()))


@lru_cache(maxsize=500)
def counts_statement(user: User, _posts: tuple[Post, ...]) -> Statement:
    units = Unit.objects.reached_by(user, TRIAGE_REPORT)
    reports = Report.objects.visible_to(user).filter(unit__in=units)
    tiles: dict[str, QuerySet[Any]] = {
        "new_reports": reports.filter(triage=None),
        "waiting_for_a_case": reports.filter(triage__outcome="open_case", is_opened=False),
    }
    if user.scope.has(OPEN_CASE_FILE):
        tiles["my_open_cases"] = Case.objects.of_team_member(user).open()
    if user.scope.has(REVIEW_EMERGENCY):
        tiles["emergencies_to_review"] = emergencies_to_review(user)
    first, *rest = [
        rows.order_by().annotate(tile=Value(tile, CharField())).values("tile").annotate(number=Count("pk"))
        for tile, rows in tiles.items()
    ]
    return Statement(first.union(*rest, all=True))
