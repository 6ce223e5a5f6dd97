"""What there is to do for safety: for each kind one query; "now" in it is the database's."""

from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.db.models.functions import Least, TruncDate
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.cases.queries.tasks import due_rows
from serasi.cases.registry import DueSource
from serasi.safety.enums import Harm, IncidentKind, RestraintKind
from serasi.safety.models import Concern, FollowUp, Incident, Restraint
from serasi.safety.permissions import HANDLE, RECEIVE, RENEW, RESTRAIN, REVIEW


def _notices(user: User, _until: date) -> QuerySet[Any, Any]:
    """Incidents of which somebody must still be told; whose day is far is told too: hours matter here."""
    units = Unit.objects.reached_by(user, HANDLE)
    waiting = Incident.objects.open().with_clock().filter(unit__in=units, notice_due_at__isnull=False)
    return due_rows(waiting, "incident_notice", day=TruncDate("notice_due_at"), text="kind", case=None)


def _follow_ups(user: User, until: date) -> QuerySet[Any, Any]:
    owed = FollowUp.objects.filter(owner=user, done_at=None, due_date__lte=until)
    return due_rows(owed, "incident_follow_up", day="due_date", text="incident__kind", case=None)


def _reviews(user: User, until: date) -> QuerySet[Any, Any]:
    units = Unit.objects.reached_by(user, REVIEW)
    waiting = Incident.objects.open().with_clock().filter(unit__in=units, review_due_at__date__lte=until)
    return due_rows(waiting, "incident_review", day=TruncDate("review_due_at"), text="kind", case=None)


def _restraints(user: User, _until: date) -> QuerySet[Any, Any]:
    units = Unit.objects.reached_by(user, RESTRAIN)
    running = Restraint.objects.running().with_clock().filter(unit__in=units)
    day = TruncDate(Least("check_due_at", "limit_at"))
    return due_rows(running, "restraint_running", day=day, text="kind", case=None)


def _restraints_to_review(user: User, _until: date) -> QuerySet[Any, Any]:
    units = Unit.objects.reached_by(user, RENEW)
    ended = Restraint.objects.filter(unit__in=units, period__endswith__isnull=False, reviewed_at=None)
    return due_rows(ended, "restraint_review", day=TruncDate("period__endswith"), text="kind", case=None)


def _concerns(user: User, _until: date) -> QuerySet[Any, Any]:
    waiting = Concern.objects.received_by_reader(user).with_state().filter(closed_at=None)
    day = TruncDate("acknowledge_by")
    return due_rows(
        waiting.filter(Q(acknowledged_at=None) | Q(answered_at=None)), "concern", day=day, text="harm", case=None
    )


def _kind(code: str) -> Any:
    return IncidentKind(code).label


def _restraint_kind(code: str) -> Any:
    return RestraintKind(code).label


SOURCES: Final = (
    DueSource(
        "incident_notice",
        _("Kejadian: masih harus memberi tahu"),
        "safety:incident",
        ("record",),
        HANDLE,
        _notices,
        title=_kind,
    ),
    DueSource(
        "incident_follow_up",
        _("Tindak lanjut kejadian"),
        "safety:finish",
        ("record",),
        HANDLE,
        _follow_ups,
        title=_kind,
    ),
    DueSource(
        "incident_review", _("Kejadian menunggu ditutup"), "safety:incident", ("record",), REVIEW, _reviews, title=_kind
    ),
    DueSource(
        "restraint_running",
        _("Sedang dikekang atau diisolasi: periksa"),
        "safety:restraint",
        ("record",),
        RESTRAIN,
        _restraints,
        title=_restraint_kind,
    ),
    DueSource(
        "restraint_review",
        _("Pengekangan atau isolasi menunggu tinjauan"),
        "safety:restraint",
        ("record",),
        RENEW,
        _restraints_to_review,
        title=_restraint_kind,
    ),
    DueSource(
        "concern",
        _("Kekhawatiran menunggu jawaban Anda"),
        "safety:concern",
        ("record",),
        RECEIVE,
        _concerns,
        title=lambda code: Harm(code).label,
    ),
)
