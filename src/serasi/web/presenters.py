"""How the first page words and groups what is to be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from serasi.access.models import User
from serasi.cases.enums import ApprovalSubject, Domain
from serasi.cases.models import Case
from serasi.cases.queries.header import name_shown, veil_of
from serasi.cases.queries.tasks import Due
from serasi.common.components import Status, Task
from serasi.people.enums import ConsentPurpose

_CODED = {"approval": ApprovalSubject, "draft": Domain, "consent": ConsentPurpose}


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the day: its heading and its tasks."""

    title: str
    tasks: list[Task]
    is_urgent: bool = False


def day_in_sections(things: Iterable[Due], reader: User, today: date) -> list[Section]:
    """Overdue, today, this week, and what waits without a day; empty parts are left out."""
    things = list(things)
    week = today + timedelta(days=7)
    parts: list[tuple[str, Any, bool]] = [
        (_("Terlewat"), lambda due: due.due_date is not None and due.due_date < today, True),
        (_("Hari ini"), lambda due: due.due_date == today, False),
        (_("Minggu ini"), lambda due: due.due_date is not None and today < due.due_date <= week, False),
        (_("Menunggu"), lambda due: due.due_date is None or due.due_date > week, False),
    ]
    sections = [
        Section(title, [_task(due, reader, today) for due in things if belongs(due)], is_urgent)
        for title, belongs, is_urgent in parts
    ]
    return [section for section in sections if section.tasks]


def _task(due: Due, reader: User, today: date) -> Task:
    words = [str(due.label)]
    if due.text:
        coded = _CODED.get(due.kind)
        words.append(str(coded(due.text).label) if coded else _told(due, reader))
    return Task(
        label=": ".join(words),
        url=reverse(due.url_name, args=due.url_args),
        status=_when(due.due_date, today),
        hint=_whose(due.case, reader) if due.case else "",
    )


def _told(due: Due, reader: User) -> str:
    return veil_of(due.case, reader).over(due.text) if due.case else due.text


def _whose(case: Case, reader: User) -> str:
    return f"{name_shown(case, reader)} · {case.number}"


def _when(day: date | None, today: date) -> Status | None:
    if day is None:
        return None
    late = (today - day).days
    if late > 0:
        return Status(_("%(days)s hari lewat") % {"days": late}, "bad", "alert-circle")
    if late == 0:
        return Status(_("Hari ini"), "warn", "clock")
    return Status(date_format(day, "j M"), "neutral")
