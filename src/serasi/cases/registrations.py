"""What casework adds to its own files, pages and events, and to a person; `apps.py` calls this at start."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, Func, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Subject
from serasi.access.models import TrailEntry, User
from serasi.access.subjects import SubjectName, register_subject
from serasi.access.unit_pages import register_unit_page
from serasi.cases import permissions
from serasi.cases.enums import Approach, Confidentiality, Domain, Risk, SignedFor, SpmNeed, TeamPart, TriageOutcome
from serasi.cases.models import (
    Agreement,
    ApproachPeriod,
    Case,
    Conference,
    DomainAssessment,
    Report,
    RiskRating,
    SpmAnswer,
    StageChange,
    Task,
    TeamMember,
)
from serasi.cases.queries.header import name_shown, with_header
from serasi.cases.queries.timeline import event_rows
from serasi.cases.registry import Tab, TimelineSource, register_tab, register_timeline
from serasi.cases.work_registrations import register_work
from serasi.common.templatetags.serasi import waktu
from serasi.people.enums import ConsentPurpose
from serasi.people.models import Consent
from serasi.people.registry import Errand, register_errand, register_files, register_finder, register_panel

_TABS = (
    (10, _("Ringkasan"), "cases:case", permissions.OPEN_CASE_FILE),
    (20, _("Kesepakatan"), "cases:agreements", permissions.OPEN_CASE_FILE),
    (30, _("Asesmen"), "cases:assessments", permissions.OPEN_CASE_FILE),
    (40, _("Temu bahas"), "cases:conferences", permissions.OPEN_CASE_FILE),
    (85, _("Tim dan tugas"), "cases:team", permissions.OPEN_CASE_FILE),
    (78, _("Surat"), "cases:letters", permissions.OPEN_CASE_FILE),
)


def _label(choices: Any) -> Any:
    return lambda code: choices(code).label if code in choices.values else code


def _page(name: str) -> Any:
    """The page of one record in a file."""

    def url(case_id: UUID, record_id: UUID) -> str:
        return reverse(name, args=[case_id, record_id])

    return url


def _tab(name: str) -> Any:
    def url(case_id: UUID, record_id: UUID) -> str:
        return reverse(name, args=[case_id])

    return url


def _since() -> Func:
    """The first moment of a period."""
    return Func("period", function="lower", output_field=DateTimeField())


def _classified(case: Case) -> QuerySet[Any, Any]:
    """Each time the file was closed off further or opened, as the trail has it."""
    actor = User.objects.filter(pk=OuterRef("actor_id")).values("full_name")
    changes = TrailEntry.objects.filter(
        record_id=case.pk, at__gte=case.opened_at, action="update", after__has_key="confidentiality"
    )
    return event_rows(
        changes,
        "confidentiality",
        at="at",
        text=KeyTextTransform("confidentiality", "after"),
        author=Subquery(actor[:1]),
        record="record_id",
    )


_SOURCES = (
    TimelineSource(
        "report",
        _("Laporan diterima"),
        "speakerphone",
        lambda case: event_rows(
            Report.objects.filter(cases=case),
            "report",
            at="received_at",
            text="subject_description",
            author="received_by",
        ),
        url=lambda case_id, record_id: reverse("cases:report", args=[record_id]),
    ),
    TimelineSource(
        "stage",
        _("Pindah tahap"),
        "flag",
        lambda case: event_rows(
            StageChange.objects.filter(case=case),
            "stage",
            at="written_at",
            text=Concat("to_stage__name", Value("\n"), "reason", output_field=TextField()),
        ),
    ),
    TimelineSource(
        "approach",
        _("Pendekatan"),
        "home",
        lambda case: event_rows(ApproachPeriod.objects.filter(case=case), "approach", at=_since(), text="approach"),
        title=_label(Approach),
    ),
    TimelineSource(
        "risk",
        _("Risiko dinilai"),
        "alert-triangle",
        lambda case: event_rows(RiskRating.objects.filter(case=case), "risk", at="written_at", text="level"),
        title=_label(Risk),
    ),
    TimelineSource(
        "agreement",
        _("Kesepakatan"),
        "heart-handshake",
        lambda case: event_rows(
            Agreement.objects.filter(case=case), "agreement", at="signed_at", text="signed_for", author="explained_by"
        ),
        title=_label(SignedFor),
        url=_tab("cases:agreements"),
    ),
    TimelineSource("confidentiality", _("Kerahasiaan"), "lock", _classified, title=_label(Confidentiality)),
    TimelineSource(
        "consent",
        _("Persetujuan diberikan"),
        "circle-check",
        lambda case: event_rows(
            Consent.objects.filter(person=case.person_id),
            "consent",
            at="given_at",
            text="purpose",
            author="explained_by",
        ),
        title=_label(ConsentPurpose),
        url=_tab("cases:agreements"),
    ),
    TimelineSource(
        "consent_withdrawn",
        _("Persetujuan ditarik"),
        "x",
        lambda case: event_rows(
            Consent.objects.filter(person=case.person_id, withdrawn_at__isnull=False),
            "consent_withdrawn",
            at="withdrawn_at",
            text="purpose",
            author="",
        ),
        title=_label(ConsentPurpose),
        url=_tab("cases:agreements"),
    ),
    TimelineSource(
        "assessment",
        _("Asesmen selesai"),
        "clipboard-text",
        lambda case: event_rows(
            DomainAssessment.objects.filter(case=case, finalised_at__isnull=False),
            "assessment",
            at="finalised_at",
            text="domain",
        ),
        title=_label(Domain),
        url=_page("cases:assessment"),
    ),
    TimelineSource(
        "spm",
        _("Jawaban SPM"),
        "checklist",
        lambda case: event_rows(SpmAnswer.objects.filter(case=case), "spm", at="written_at", text="need"),
        title=_label(SpmNeed),
        url=_tab("cases:assessments"),
    ),
    TimelineSource(
        "conference",
        _("Temu bahas kasus"),
        "users",
        lambda case: event_rows(Conference.objects.filter(case=case), "conference", at="held_at", text="question"),
        url=_page("cases:conference"),
    ),
    TimelineSource(
        "task",
        _("Tugas selesai"),
        "check",
        lambda case: event_rows(
            Task.objects.filter(case=case, done_at__isnull=False), "task", at="done_at", text="title", author="owner"
        ),
        url=_tab("cases:team"),
    ),
    TimelineSource(
        "team",
        _("Masuk tim"),
        "user",
        lambda case: event_rows(TeamMember.objects.filter(case=case), "team", at=_since(), text="part", author="user"),
        title=_label(TeamPart),
        url=_tab("cases:team"),
    ),
)


def _people_of_case_number(by: User, text: str) -> list[UUID]:
    """Whose case has this number, as far as the asker may open it."""
    wanted = text.strip().upper()
    if "/" not in wanted:
        return []
    return list(Case.objects.visible_to(by).filter(number=wanted).values_list("person_id", flat=True))


def _files_of_people(reader: User, people: Collection[UUID]) -> list[UUID]:
    """Cases of these people, and reports about them or from which those cases came, as far as the reader may see."""
    cases = Case.objects.visible_to(reader).filter(person__in=people).order_by()
    reports = Report.objects.visible_to(reader).filter(person__in=people).order_by()
    return [
        *cases.values_list("pk", flat=True)
        .union(cases.filter(report__isnull=False).values_list("report", flat=True))
        .union(reports.values_list("pk", flat=True))
    ]


def _report_for(reader: User, report_id: UUID) -> Errand | None:
    """A report that waits for its person: registering someone from there leads on to opening the case."""
    if not reader.scope.has(permissions.START_CASE):
        return None
    waiting = Report.objects.visible_to(reader).filter(
        pk=report_id, triage__outcome=TriageOutcome.OPEN_CASE, is_opened=False
    )
    if not waiting.exists():
        return None
    return Errand(
        key="laporan",
        record_id=report_id,
        back=_("Kembali ke laporan"),
        back_url=reverse("cases:report_person", args=[report_id]),
        go_on=_("Buka kasus untuk orang ini"),
        go_on_url=lambda person_id: f"{reverse('cases:open', args=[report_id])}?orang={person_id}",
    )


def _names_of_cases(reader: User, ids: Collection[UUID]) -> dict[UUID, SubjectName]:
    """The numbers of files this reader may open, with the name as they may read it; one query."""
    found = with_header(Case.objects.visible_to(reader), reader).filter(pk__in=ids)
    return {
        case.pk: SubjectName(f"{case.number} · {name_shown(case, reader)}", reverse("cases:case", args=[case.pk]))
        for case in found
    }


def _names_of_reports(reader: User, ids: Collection[UUID]) -> dict[UUID, SubjectName]:
    """Reports this reader may open, by unit and moment: what stands in them does not belong in a log."""
    found = Report.objects.visible_to(reader).filter(pk__in=ids).select_related("unit")
    return {
        report.pk: SubjectName(
            f"{report.unit.short_name}, {waktu(report.received_at)}", reverse("cases:report", args=[report.pk])
        )
        for report in found
    }


def register() -> None:
    for order, title, url_name, permission in _TABS:
        register_tab(Tab(order, title, url_name, permission))
    for source in _SOURCES:
        register_timeline(source)
    register_work()
    register_panel(_("Kasus"), permissions.OPEN_CASE_FILE, "cases:of_person", position=10)
    register_unit_page(_("Tata kerja"), "cases:practice", permissions.SET_PRACTICE)
    register_subject(Subject.CASE, _names_of_cases)
    register_subject(Subject.REPORT, _names_of_reports)
    register_files("cases", _files_of_people)
    register_errand("laporan", _report_for)
    register_finder("case", _("nomor kasus"), _people_of_case_number)
