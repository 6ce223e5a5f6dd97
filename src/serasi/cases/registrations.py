"""What casework adds to its own files and pages, to what is to do, and to a person; `apps.py` calls this at start."""

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Subject
from serasi.access.models import User
from serasi.access.subjects import SubjectName, register_subject
from serasi.access.unit_pages import register_unit_page, register_unit_start
from serasi.cases import due_sources, permissions, timeline_sources
from serasi.cases.enums import TriageOutcome
from serasi.cases.forms.aftercare import VisitHeldForm
from serasi.cases.forms.note import NoteForm
from serasi.cases.models import Case, Report
from serasi.cases.queries.header import name_shown, with_person
from serasi.cases.registry import FieldForm, Tab, register_due, register_field_form, register_tab, register_timeline
from serasi.common.templatetags.serasi import waktu
from serasi.institutions.permissions import SET_UP_INSTITUTION
from serasi.people.registry import Errand, register_errand, register_files, register_finder, register_panel

_TABS = (
    (10, _("Ringkasan"), "cases:case"),
    (20, _("Kesepakatan"), "cases:agreements"),
    (30, _("Asesmen"), "cases:assessments"),
    (40, _("Temu bahas"), "cases:conferences"),
    (45, _("Rencana"), "cases:plans"),
    (50, _("Layanan"), "cases:services"),
    (55, _("Catatan"), "cases:notes"),
    (60, _("Pemantauan"), "cases:monitoring"),
    (65, _("Resosialisasi"), "cases:homecoming"),
    (70, _("Rujukan"), "cases:case_referrals"),
    (75, _("Dokumen"), "cases:documents"),
    (78, _("Surat"), "cases:letters"),
    (85, _("Tim dan tugas"), "cases:team"),
)


_FIELD_FORMS = (
    FieldForm(
        "note",
        _("Tulis catatan"),
        "cases:notes",
        ("case",),
        permissions.WRITE_NOTE,
        lambda user: NoteForm(actor=user),
        now=("happened_at",),
    ),
    FieldForm(
        "visit",
        _("Catat kunjungan"),
        "cases:hold_visit",
        ("case", "record"),
        permissions.FOLLOW_UP,
        lambda _user: VisitHeldForm(),
        now=("held_on",),
        due="aftercare",
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
    found = with_person(Case.objects.visible_to(reader), reader).filter(pk__in=ids)
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
    for order, title, url_name in _TABS:
        register_tab(Tab(order, title, url_name, permissions.OPEN_CASE_FILE))
    for source in timeline_sources.SOURCES:
        register_timeline(source)
    for due in due_sources.SOURCES:
        register_due(due)
    for form in _FIELD_FORMS:
        register_field_form(form)
    register_panel(_("Kasus"), permissions.OPEN_CASE_FILE, "cases:of_person", position=10)
    register_unit_page(_("Tata kerja"), "cases:practice", permissions.SET_PRACTICE)
    register_unit_start("cases:unit_setup", SET_UP_INSTITUTION)
    register_subject(Subject.CASE, _names_of_cases)
    register_subject(Subject.REPORT, _names_of_reports)
    register_files("cases", _files_of_people)
    register_errand("laporan", _report_for)
    register_finder("case", _("nomor kasus"), _people_of_case_number)
