"""How a case is worded and arranged on pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from serasi.access.models import User
from serasi.cases import reference
from serasi.cases.enums import Approach, Confidentiality, Phase, Risk, TriageOutcome, Urgency
from serasi.cases.models import Case, Stage
from serasi.cases.queries.due import is_overdue
from serasi.cases.queries.header import name_shown
from serasi.common.components import CaseHeader, Event, Fact, Link, Status, Step, Tone
from serasi.common.initials import NO_VEIL, Veil
from serasi.common.templatetags.serasi import waktu
from serasi.people.reference import clusters, consent_texts

RISK_TONES: dict[str, Tone] = {Risk.LOW: "good", Risk.MEDIUM: "neutral", Risk.HIGH: "bad"}
URGENCY_TONES: dict[str, Tone] = {Urgency.EMERGENCY: "bad", Urgency.URGENT: "warn", Urgency.ORDINARY: "neutral"}
APPROACH_ICONS = {Approach.FAMILY: "home", Approach.COMMUNITY: "users", Approach.RESIDENTIAL: "building-community"}


def cluster_name(code: str) -> str:
    return next((str(entry) for entry in clusters() if entry.code == code), code)


def short_day(day: date | None) -> str:
    return date_format(day, "j M Y") if day else ""


def risk_status(risk: str) -> Status:
    return Status(_("Risiko %(level)s") % {"level": Risk(risk).label.lower()}, RISK_TONES[risk])


def urgency_status(urgency: str) -> Status:
    icon = "alert-triangle" if urgency == Urgency.EMERGENCY else ""
    return Status(str(Urgency(urgency).label), URGENCY_TONES[urgency], icon)


def stage_status(case: Case) -> Status:
    if case.closed_at:
        return Status(_("Ditutup"), "neutral", "check")
    return Status(str(case.stage), "primary")


def consent_text(code: str) -> str:
    """The name and version of a text that was read to someone: "Pelayanan dan pencatatan, versi 1"."""
    texts = consent_texts()
    if code not in texts:
        return code
    return _("%(name)s, versi %(version)s") % {"name": str(texts[code]), "version": texts[code].version}


def consent_words(case: Any) -> str:
    if case.consent_given_at is None:
        return _("Belum ada")
    if case.consent_withdrawn_at is not None:
        return _("Ditarik %(day)s") % {"day": short_day(timezone.localdate(case.consent_withdrawn_at))}
    return _("Ada sejak %(day)s") % {"day": short_day(timezone.localdate(case.consent_given_at))}


def next_date_words(case: Any, today: date) -> str:
    if case.next_on is None:
        return _("Tidak ada")
    if is_overdue(case.next_on, today):
        return _("%(day)s (lewat)") % {"day": short_day(case.next_on)}
    return short_day(case.next_on)


def case_header(case: Any, reader: User) -> CaseHeader:
    """The head of the file, from a case that was read `with_header`."""
    states = [stage_status(case), risk_status(case.risk)]
    if case.confidentiality == Confidentiality.RESTRICTED:
        states.append(Status(_("Terbatas"), "warn", "lock"))
    elif case.confidentiality in {Confidentiality.SPPA, Confidentiality.SEALED}:
        states.append(Status(str(Confidentiality(case.confidentiality).label), "bad", "shield-lock"))
    return CaseHeader(
        number=case.number,
        name=name_shown(case, reader),
        url=reverse("cases:case", args=[case.pk]),
        states=states,
        facts=[
            Fact(_("Klaster"), cluster_name(case.cluster)),
            Fact(_("Manajer kasus"), case.manager_name or _("Belum ada")),
            Fact(_("Tanggal berikutnya"), next_date_words(case, timezone.localdate())),
            Fact(_("Persetujuan"), consent_words(case)),
            Fact(_("Kerahasiaan"), Confidentiality(case.confidentiality).label),
            *(
                []
                if case.unit_id in {post.unit_id for post in reader.scope.posts}
                else [Fact(_("Unit"), case.unit.short_name)]
            ),
        ],
    )


def steps(case: Case, stages: list[Stage]) -> list[Step]:
    """The stages of the case's set in order; those before the present one read as done."""
    here = case.stage.order
    return [
        Step(
            str(stage),
            "current" if stage.pk == case.stage_id else "done" if stage.order < here else "todo",
        )
        for stage in stages
    ]


# --- Reports ---------------------------------------------------------------------------------------------------------


def channel_name(code: str) -> str:
    channels = reference.report_channels()
    return str(channels[code]) if code in channels else code


def clock_words(report: Any, now: datetime) -> Status | None:
    """How much time is left to answer; nothing once a report is decided."""
    if getattr(report, "triage", None) is not None:
        return None
    if report.respond_by < now:
        return Status(_("Lewat %(time)s") % {"time": timesince(report.respond_by, now, depth=1)}, "bad", "clock")
    return Status(_("Sisa %(time)s") % {"time": timesince(now, report.respond_by, depth=1)}, "neutral", "clock")


def report_state(report: Any) -> Status:
    decision = getattr(report, "triage", None)
    if decision is not None:
        if decision.outcome == TriageOutcome.OPEN_CASE:
            return Status(_("Kasus dibuka"), "good") if report.is_opened else Status(_("Menunggu dibuka"), "warn")
        return Status(str(decision.get_outcome_display()), "neutral")
    if report.completed_at is None:
        return Status(_("Belum lengkap"), "warn")
    return Status(_("Belum diputuskan"), "primary")


def report_row(report: Any, now: datetime) -> dict[str, Any]:
    return {
        "url": reverse("cases:report", args=[report.pk]),
        "subject": report.shown_subject or _("Laporan yang dijaga"),
        "place": report.place if report.shown_subject else "",
        "channel": channel_name(report.channel),
        "received_at": report.received_at,
        "unit": report.unit.short_name,
        "urgency": urgency_status(report.urgency),
        "state": report_state(report),
        "clock": clock_words(report, now),
    }


@dataclass(frozen=True)
class ReportPage:
    subject: str
    reason: str
    is_veiled: bool
    states: list[Status]
    facts: list[Fact]
    actions: list[str]
    danger: list[tuple[str, Status]]
    open_questions: int


_ANSWERS: dict[str, tuple[Any, Tone]] = {
    "yes": (gettext_lazy("Ya"), "bad"),
    "no": (gettext_lazy("Tidak"), "good"),
    "unknown": (gettext_lazy("Belum diketahui"), "warn"),
}


def report_page(report: Any, veil: Veil, now: datetime) -> ReportPage:
    """A report as this reader may read it: where it is guarded, without the name it speaks of."""
    decision = getattr(report, "triage", None)
    questions = reference.danger_screen()
    states = [urgency_status(report.urgency), report_state(report)]
    if report.is_guarded:
        states.append(Status(_("Dijaga"), "warn", "lock"))
    clock = clock_words(report, now)
    return ReportPage(
        subject=veil.over_description(report.subject_description),
        reason=veil.over(decision.reason) if decision else "",
        is_veiled=veil.is_drawn,
        states=states + ([clock] if clock else []),
        facts=[
            Fact(_("Unit penerima"), report.unit.name),
            Fact(_("Datang lewat"), channel_name(report.channel)),
            Fact(pgettext("laporan", "Diterima"), f"{waktu(report.received_at)} · {report.received_by.full_name}"),
            Fact(
                _("Pelapor"),
                veil.over(
                    " · ".join(p for p in (report.reporter_name, report.reporter_relation, report.reporter_phone) if p)
                ),
            ),
            Fact(_("Tempat"), veil.over(report.place)),
            Fact(_("Uraian"), veil.over(report.narrative)),
            Fact(_("Tindakan pertama"), veil.over(report.first_action)),
        ],
        actions=[_(questions[c].action) for c, given in report.danger.items() if given == "yes" and c in questions],
        danger=[
            (
                str(question),
                Status(str(_ANSWERS[report.danger[question.code]][0]), _ANSWERS[report.danger[question.code]][1]),
            )
            for question in questions
            if report.danger.get(question.code) in _ANSWERS
        ],
        open_questions=sum(1 for question in questions if question.code not in report.danger),
    )


def found_row(found: Any, report: Any, reader: User) -> dict[str, Any]:
    """Someone of the register who may be the one reported; of people elsewhere only what their card says."""
    person = found.person
    born = found.card.year_from
    return {
        "name": person.shown_name(to=reader) if person else found.card.initials,
        "is_known": person is not None,
        "born": born,
        "region": found.card.region,
        "reasons": ", ".join(str(reason) for reason in found.reasons),
        "url": reverse("cases:open", args=[report.pk]) + f"?orang={found.card.person_id}" if person else "",
        "elsewhere_url": "" if person else reverse("people:recognise", args=[found.card.person_id]),
    }


# --- The file --------------------------------------------------------------------------------------------------------


def case_row(case: Any, reader: User, today: date) -> dict[str, Any]:
    return {
        "url": reverse("cases:case", args=[case.pk]),
        "number": case.number,
        "name": name_shown(case, reader),
        "stage": stage_status(case),
        "risk": risk_status(case.risk),
        "cluster": cluster_name(case.cluster),
        "manager": case.manager_name or "",
        "unit": case.unit.short_name,
        "next_on": case.next_on,
        "is_overdue": is_overdue(case.next_on, today),
        "confidentiality": str(Confidentiality(case.confidentiality).label)
        if case.confidentiality != Confidentiality.ORDINARY
        else "",
    }


def timeline_events(events: Iterable[Any], case: Case, veil: Veil = NO_VEIL) -> list[Event]:
    drawn = []
    for event in events:
        source = event.source
        head, _newline, rest = event.text.partition("\n")
        head = str(source.title(head)) if source.title else veil.over(head)
        drawn.append(
            Event(
                title=f"{source.label}: {head}" if head else str(source.label),
                at=event.at.date() if source.is_day else event.at,
                by=event.author,
                text=veil.over(_(rest)),
                icon=source.icon,
                url=source.url(case.pk, event.record_id) if source.url else "",
            )
        )
    return drawn


MISSING = Status(gettext_lazy("Belum ada"), "warn")  # type: ignore[arg-type]  # translated when drawn


@dataclass(frozen=True)
class Ways:
    """The stages a case may go to from where it stands, each with its page."""

    ahead: list[Link]
    back: list[Link]


def ways(case: Case, stages: list[Stage]) -> Ways:
    """An open case ends by a page of its own; a closed one walks only between its end and after-care."""
    by_code = {stage.pk: stage for stage in stages}
    ahead = [by_code[code] for code in case.stage.leads_to if code in by_code]
    back = [by_code[code] for code in case.stage.steps_back_to if code in by_code]
    if not case.is_open:
        ahead, back = [s for s in ahead if s.phase in {Phase.TERMINATION, Phase.AFTERCARE}], []

    def link(to: Stage) -> Link:
        if case.is_open and to.phase == Phase.TERMINATION:
            return Link(str(to), reverse("cases:closure", args=[case.pk]))
        return Link(str(to), reverse("cases:stage", args=[case.pk, to.pk]))

    return Ways([link(to) for to in ahead], [link(to) for to in back])
