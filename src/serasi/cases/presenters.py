"""How a case is worded and arranged on pages."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from serasi.access.models import User
from serasi.cases.enums import Approach, Confidentiality, Risk, Urgency
from serasi.cases.models import Case, Stage
from serasi.cases.queries.due import is_overdue
from serasi.common.components import CaseHeader, Fact, Status, Step, Tone
from serasi.people.reference import clusters

RISK_TONES: dict[str, Tone] = {Risk.LOW: "good", Risk.MEDIUM: "neutral", Risk.HIGH: "bad"}
URGENCY_TONES: dict[str, Tone] = {Urgency.EMERGENCY: "bad", Urgency.URGENT: "warn", Urgency.ORDINARY: "neutral"}
APPROACH_ICONS = {Approach.FAMILY: "home", Approach.COMMUNITY: "users", Approach.RESIDENTIAL: "building-community"}


def cluster_name(code: str) -> str:
    return next((entry.name for entry in clusters() if entry.code == code), code)


def short_day(day: date | None) -> str:
    return date_format(day, "j M Y") if day else ""


def name_shown(case: Any, reader: User) -> str:
    """The person's name as this reader may see it; initials of a child in court proceedings for all but the team."""
    person = case.person
    if "knows_person" in case.__dict__ and case.__dict__.get("reader_id") == reader.pk:
        person.__dict__["is_team_of_reader"] = case.knows_person
        person.__dict__["reader_id"] = reader.pk
    if case.confidentiality == Confidentiality.SPPA and not getattr(case, "is_reader_on_team", True):
        return str(person.initials)
    return str(person.shown_name(to=reader))


def risk_status(risk: str) -> Status:
    return Status(_("Risiko %(level)s") % {"level": Risk(risk).label.lower()}, RISK_TONES[risk])


def urgency_status(urgency: str) -> Status:
    icon = "alert-triangle" if urgency == Urgency.EMERGENCY else ""
    return Status(str(Urgency(urgency).label), URGENCY_TONES[urgency], icon)


def stage_status(case: Case) -> Status:
    if case.closed_at:
        return Status(_("Ditutup"), "neutral", "check")
    return Status(case.stage.name, "primary")


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
            Fact(_("Unit"), case.unit.short_name),
        ],
    )


def steps(case: Case, stages: list[Stage]) -> list[Step]:
    """The stages of the case's set in order; those before the present one read as done."""
    here = case.stage.order
    return [
        Step(
            stage.name,
            "current" if stage.pk == case.stage_id else "done" if stage.order < here else "todo",
        )
        for stage in stages
    ]
