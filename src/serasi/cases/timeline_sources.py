"""What the time line of a file tells of the file itself: one query for each kind of event."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    CharField,
    DateTimeField,
    Expression,
    F,
    Func,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from serasi.access.models import TrailEntry, User
from serasi.cases.enums import (
    Approach,
    ApprovalSubject,
    Confidentiality,
    Decision,
    Domain,
    Risk,
    SignedFor,
    SpmNeed,
    TeamPart,
    TracingResult,
)
from serasi.cases.models import (
    AftercareVisit,
    Agreement,
    ApproachPeriod,
    Approval,
    Conference,
    Delivery,
    Document,
    DomainAssessment,
    HandOver,
    Monitoring,
    Note,
    Plan,
    Readiness,
    Referral,
    Reopening,
    Report,
    RiskRating,
    SpmAnswer,
    StageChange,
    Task,
    TeamMember,
    Termination,
    TracingStep,
)
from serasi.cases.queries.timeline import CASE, OPENED_AT, PERSON, event_rows
from serasi.cases.reference import termination_reasons
from serasi.cases.registry import TimelineSource
from serasi.people.enums import ConsentPurpose
from serasi.people.models import Consent

_URL = Callable[[UUID, UUID], str]


def _label(choices: Any) -> Callable[[str], Any]:
    return lambda code: choices(code).label if code in choices.values else code


def _reason(code: str) -> str:
    return str(termination_reasons()[code]) if code in termination_reasons() else code


def _page(name: str) -> _URL:
    """The page of one record in a file."""
    return lambda case_id, record_id: reverse(name, args=[case_id, record_id])


def _tab(name: str) -> _URL:
    return lambda case_id, _record_id: reverse(name, args=[case_id])


def _since() -> Func:
    """The first moment of a period."""
    return Func("period", function="lower", output_field=DateTimeField())


def _first_line_and_rest(first: str | Expression, *rest: str | Expression) -> Expression:
    """Two lines: what the event is called after, and what stands below it."""
    return Concat(first, Value("\n"), *rest, output_field=CharField())


def _written_by(words: Any) -> Expression:
    """The one who asked for it, in a sentence; the event itself names who approved."""
    return Concat(Value(f"{words} "), F("written_by__full_name"))


def _approver(subject: ApprovalSubject) -> Expression:
    """Who approved it; what took effect without an approval of its own names its writer."""
    approvals = Approval.objects.filter(subject=subject, subject_id=OuterRef("pk"), decision=Decision.APPROVED)
    return Coalesce(
        Subquery(approvals.order_by("-decided_at").values("decided_by__full_name")[:1]), F("written_by__full_name")
    )


def _of_case(
    model: type[Model],
    kind: str,
    label: Any,
    icon: str,
    *,
    at: Any,
    text: Any,
    author: Any = "written_by",
    where: Q | None = None,
    title: Callable[[str], Any] | None = None,
    url: _URL | None = None,
    is_day: bool = False,
    is_milestone: bool = False,
) -> TimelineSource:
    """Records of a case, each an event. ``at``, ``text`` and ``author`` are a field or what makes an expression."""

    def rows() -> QuerySet[Any, Any]:
        found = model._default_manager.filter(where or Q(), case=CASE)
        made = {name: given() if callable(given) else given for name, given in asked.items()}
        return event_rows(found, kind, **made)

    asked = {"at": at, "text": text, "author": author}
    return TimelineSource(kind, label, icon, rows, title=title, url=url, is_day=is_day, is_milestone=is_milestone)


def _reports() -> QuerySet[Any, Any]:
    found = Report.objects.filter(cases=CASE)
    return event_rows(found, "report", at="received_at", text="subject_description", author="received_by")


def _classified() -> QuerySet[Any, Any]:
    """Each time the file was closed off further or opened, as the trail has it."""
    actor = User.objects.filter(pk=OuterRef("actor_id")).values("full_name")
    changes = TrailEntry.objects.filter(
        record_id=CASE, at__gte=OPENED_AT, action="update", after__has_key="confidentiality"
    )
    return event_rows(
        changes,
        "confidentiality",
        at="at",
        text=KeyTextTransform("confidentiality", "after"),
        author=Subquery(actor[:1]),
        record="record_id",
    )


def _consents() -> QuerySet[Any, Any]:
    given = Consent.objects.filter(person=PERSON)
    return event_rows(given, "consent", at="given_at", text="purpose", author="explained_by")


def _withdrawn_consents() -> QuerySet[Any, Any]:
    withdrawn = Consent.objects.filter(person=PERSON, withdrawn_at__isnull=False)
    return event_rows(withdrawn, "consent_withdrawn", at="withdrawn_at", text="purpose", author="")


SOURCES: Final = (
    TimelineSource(
        "report",
        _("Laporan diterima"),
        "speakerphone",
        _reports,
        url=lambda _case_id, record_id: reverse("cases:report", args=[record_id]),
    ),
    _of_case(
        StageChange,
        "stage",
        _("Pindah tahap"),
        "flag",
        at="written_at",
        text=lambda: _first_line_and_rest("to_stage__name", "reason"),
        title=gettext,
        is_milestone=True,
    ),
    _of_case(ApproachPeriod, "approach", _("Pendekatan"), "home", at=_since, text="approach", title=_label(Approach)),
    _of_case(
        RiskRating, "risk", _("Risiko dinilai"), "alert-triangle", at="written_at", text="level", title=_label(Risk)
    ),
    _of_case(
        Agreement,
        "agreement",
        _("Kesepakatan"),
        "heart-handshake",
        at="signed_at",
        text="signed_for",
        author="explained_by",
        title=_label(SignedFor),
        url=_tab("cases:agreements"),
    ),
    TimelineSource("confidentiality", _("Kerahasiaan"), "lock", _classified, title=_label(Confidentiality)),
    TimelineSource(
        "consent",
        _("Persetujuan diberikan"),
        "circle-check",
        _consents,
        title=_label(ConsentPurpose),
        url=_tab("cases:agreements"),
    ),
    TimelineSource(
        "consent_withdrawn",
        _("Persetujuan ditarik"),
        "x",
        _withdrawn_consents,
        title=_label(ConsentPurpose),
        url=_tab("cases:agreements"),
    ),
    _of_case(
        DomainAssessment,
        "assessment",
        _("Asesmen selesai"),
        "clipboard-text",
        where=Q(finalised_at__isnull=False),
        at="finalised_at",
        text="domain",
        title=_label(Domain),
        url=_page("cases:assessment"),
    ),
    _of_case(
        SpmAnswer,
        "spm",
        _("Jawaban SPM"),
        "checklist",
        at="written_at",
        text="need",
        title=_label(SpmNeed),
        url=_tab("cases:assessments"),
    ),
    _of_case(
        Conference,
        "conference",
        _("Temu bahas kasus"),
        "users",
        at="held_at",
        text="question",
        url=_page("cases:conference"),
    ),
    _of_case(
        Task,
        "task",
        _("Tugas selesai"),
        "check",
        where=Q(done_at__isnull=False),
        at="done_at",
        text="title",
        author="owner",
        url=_tab("cases:team"),
    ),
    _of_case(
        TeamMember,
        "team",
        _("Masuk tim"),
        "user",
        at=_since,
        text="part",
        author="user",
        title=_label(TeamPart),
        url=_tab("cases:team"),
    ),
    _of_case(
        Plan,
        "plan",
        _("Rencana disetujui"),
        "checklist",
        where=Q(approved_at__isnull=False),
        at="approved_at",
        text=lambda: _first_line_and_rest(
            Concat(Value(f"{_('versi')} "), Cast("version", CharField())),
            _written_by(_("Disusun oleh")),
            Value("\n"),
            "summary",
        ),
        author=lambda: _approver(ApprovalSubject.PLAN),
        url=_tab("cases:plans"),
    ),
    _of_case(
        Delivery,
        "delivery",
        pgettext_lazy("satu", "Layanan"),
        "heart-handshake",
        where=Q(withdrawn_at=None),
        at="delivered_at",
        text="activity",
        url=_tab("cases:services"),
    ),
    _of_case(
        Note,
        "note",
        pgettext_lazy("satu", "Catatan"),
        "note",
        where=Q(corrected_by=None),
        at="happened_at",
        text="text",
        url=_tab("cases:notes"),
    ),
    _of_case(
        Monitoring,
        "monitoring",
        _("Pemantauan"),
        "chart-bar",
        at="held_on",
        text="summary",
        url=_tab("cases:monitoring"),
        is_day=True,
    ),
    _of_case(
        TracingStep,
        "tracing",
        _("Penelusuran keluarga"),
        "map-pin",
        at="taken_on",
        text="result",
        title=_label(TracingResult),
        url=_tab("cases:homecoming"),
        is_day=True,
    ),
    _of_case(
        Readiness,
        "readiness",
        _("Kesiapan kembali diperiksa"),
        "home",
        at="held_on",
        text="account",
        url=_tab("cases:homecoming"),
        is_day=True,
    ),
    _of_case(
        HandOver,
        "handover",
        _("Serah terima"),
        "arrows-exchange",
        at="handed_at",
        text="receiver_name",
        url=_tab("cases:homecoming"),
    ),
    _of_case(
        Termination,
        "termination",
        _("Layanan berakhir"),
        "flag",
        where=Q(took_effect_at__isnull=False),
        at="took_effect_at",
        text=lambda: _first_line_and_rest("reason", _written_by(_("Diusulkan oleh"))),
        author=lambda: _approver(ApprovalSubject.CLOSURE),
        title=_reason,
        url=_tab("cases:closure"),
    ),
    _of_case(
        Reopening,
        "reopening",
        _("Dibuka kembali"),
        "refresh",
        at="written_at",
        text="reason",
        url=_tab("cases:closure"),
    ),
    _of_case(
        AftercareVisit,
        "aftercare",
        _("Kunjungan bimbingan lanjut"),
        "calendar",
        where=Q(held_on__isnull=False),
        at="held_on",
        text="account",
        author="owner",
        url=_tab("cases:aftercare"),
        is_day=True,
    ),
    _of_case(
        Referral,
        "referral",
        _("Rujukan dikirim"),
        "arrows-exchange",
        where=Q(sent_at__isnull=False),
        at="sent_at",
        text=lambda: _first_line_and_rest("to_unit__short_name", _written_by(_("Disusun oleh"))),
        author=lambda: _approver(ApprovalSubject.REFERRAL),
        url=_page("cases:case_referral"),
    ),
    _of_case(
        Document,
        "document",
        pgettext_lazy("satu", "Dokumen"),
        "paperclip",
        where=Q(withdrawn_at=None),
        at="written_at",
        text="title",
        url=_tab("cases:documents"),
    ),
)
