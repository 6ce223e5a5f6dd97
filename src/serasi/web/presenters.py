"""How the first page words and groups what is to be done."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from serasi.access.enums import Role
from serasi.access.models import User
from serasi.access.permissions import MANAGE_POSTINGS
from serasi.cases.models import Case
from serasi.cases.permissions import COUNT_CASES
from serasi.cases.queries.header import name_shown, veil_of
from serasi.cases.queries.tasks import Due, Part
from serasi.cases.registry import DueSource
from serasi.common.components import Link, Status, Task
from serasi.institutions.permissions import READ_DIRECTORY
from serasi.people.models import Person


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the day: its heading and its tasks."""

    title: str
    tasks: list[Task]
    number: int
    """How many there are, told or not."""
    is_urgent: bool = False


@dataclass(frozen=True, slots=True)
class Welcome:
    """What stands on the first page of those to whom no work comes: what they read here, and where to go now."""

    title: str
    text: str
    links: list[Link]


def welcome_for(reader: User) -> Welcome:
    roles = reader.scope.roles
    links = (
        [Link(_("Direktori layanan"), reverse("institutions:directory"))] if reader.scope.has(READ_DIRECTORY) else []
    )
    if Role.RESIDENT in roles:
        own = Person.objects.visible_to(reader).filter(user=reader).first()
        if own is None:
            text = _(
                "Data Anda tampil di sini sesudah petugas menghubungkannya dengan akun ini. Tanyakan kepada petugas."
            )
            return Welcome(_("Akun ini belum terhubung"), text, links)
        text = _("Anda dapat membaca data yang dicatat tentang Anda. Bila ada yang keliru, sampaikan kepada petugas.")
        mine = [
            Link(_("Buka data saya"), reverse("people:person", args=[own.pk])),
            Link(_("Siklus saya"), reverse("cycles:own")),
        ]
        return Welcome(_("Data Anda"), text, [*mine, *links])
    if reader.scope.has(COUNT_CASES):
        text = _(
            "Anda melihat berapa layanan diberikan di unit-unit di bawah kewenangan Anda. Nama orang tidak tampil."
        )
        counted = Link(_("Layanan per komponen"), reverse("cases:services_counted"))
        return Welcome(_("Jumlah, tanpa nama"), text, [counted, *links])
    if reader.scope.has(MANAGE_POSTINGS):
        text = _(
            "Anda mengatur unit, petugas, dan penugasan. Data orang dan berkas kasus tidak tampil bagi administrator."
        )
        return Welcome(_("Unit dan petugas"), text, [Link(_("Atur unit dan petugas"), reverse("access:units")), *links])
    if Role.PARTNER in roles:
        text = _(
            "Mitra membaca direktori: lembaga mana melayani siapa, dan bagaimana menghubunginya. Data orang dan berkas"
            " kasus tidak tampil bagi mitra."
        )
        return Welcome(_("Selamat datang, mitra"), text, links)
    text = _("Akun ini belum mempunyai penugasan dengan pekerjaan di sini. Tanyakan kepada administrator unit Anda.")
    return Welcome(_("Belum ada yang dapat ditampilkan"), text, links)


def day_in_sections(things: Iterable[Due], reader: User, today: date) -> list[Section]:
    """Overdue, today, this week, and what waits without a day; empty parts are left out. What a kind has beyond those
    that are told is one line, which leads to them all."""
    titles = {Part.OVERDUE: _("Terlewat"), Part.TODAY: _("Hari ini"), Part.AHEAD: _("Minggu ini")}
    sections = []
    for part, told in groupby(things, key=lambda due: due.part):
        of_part = list(told)
        tasks = [_task(due, reader, today) for due in of_part]
        shown = Counter(due.source for due in of_part)
        number = {due.source: due.of_kind for due in of_part}
        rest = [_rest(source, number[source] - shown[source]) for source in shown if number[source] > shown[source]]
        sections.append(
            Section(titles.get(part, _("Menunggu")), tasks + rest, sum(number.values()), part is Part.OVERDUE)
        )
    return sections


def _rest(source: DueSource, number: int) -> Task:
    label = _("%(number)s lagi: %(kind)s") % {"number": number, "kind": source.label}
    return Task(label=label, url=f"{reverse('web:home')}?{urlencode({'kind': source.kind})}")


def _task(due: Due, reader: User, today: date) -> Task:
    source, words = due.source, [str(due.source.label)]
    if due.text:
        words.append(str(source.title(due.text)) if source.title else _told(due, reader))
    return Task(
        label=": ".join(words),
        url=reverse(source.url_name, args=due.url_args),
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
