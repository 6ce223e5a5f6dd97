"""How lists and what people are entitled to are told: states, tables, lines of a panel."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from serasi.access.models import User
from serasi.common.components import Cell, Column, Status, Table, Tone
from serasi.common.money import format_rupiah
from serasi.common.templatetags.serasi import angka
from serasi.entitlements.enums import DeliveryState, Evidence, How, Standing
from serasi.entitlements.models import Delivery, Match
from serasi.entitlements.queries.picture import Lists, OnProgramme, Picture, months_old, words_of
from serasi.entitlements.reference import programmes

_STATES: dict[DeliveryState, Tone] = {
    DeliveryState.WAITING: "info",
    DeliveryState.LOADING: "info",
    DeliveryState.STOPPED: "warn",
    DeliveryState.IN_FORCE: "good",
    DeliveryState.SUPERSEDED: "neutral",
    DeliveryState.EXPIRED: "neutral",
    DeliveryState.WITHDRAWN: "neutral",
}
_STANDINGS: dict[Standing, Tone] = {
    Standing.LISTED: "good",
    Standing.DOUBTFUL: "warn",
    Standing.NOT_LISTED: "neutral",
    Standing.NOT_ASKED: "info",
    Standing.NO_LIST: "neutral",
}


def state_status(delivery: Delivery, day: date) -> Status:
    state = delivery.state_on(day)
    return Status(str(state.label), _STATES[state])


def standing_status(standing: Standing) -> Status:
    return Status(str(standing.label), _STANDINGS[standing])


def month(period: str) -> str:
    """ "2026-07" as July 2026."""
    return date_format(date(int(period[:4]), int(period[5:]), 1), "F Y")


def deliveries_table(found: Iterable[Delivery], today: date) -> Table:
    columns = [
        Column(_("Program")),
        Column(_("Keadaan")),
        Column(_("Unit penerima")),
        Column(_("Baris"), number=True),
        Column(_("Boleh dipakai sampai")),
        Column(_("Sumber")),
    ]
    return Table(columns=columns, rows=[_delivery_row(one, today) for one in found])


def _delivery_row(one: Delivery, today: date) -> list[Cell | Status | str]:
    name = f"{programmes()[one.programme]} {month(one.period)}"
    return [
        Cell(name, url=reverse("entitlements:delivery", args=[one.pk]), sub=str(one.region or "")),
        state_status(one, today),
        str(one.unit),
        angka(one.rows_taken),
        date_format(one.usable_until, "j M Y"),
        Cell(one.source, sub=one.bast_number),
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list as it stands on the page of a person."""

    match: Match
    title: str
    facts: str
    source: str
    how: str
    sureness: Status
    is_history: bool

    @property
    def may_be_decided(self) -> bool:
        return not self.is_history and self.match.is_right is None


@dataclass(frozen=True, slots=True)
class Told:
    """A programme on the page of a person."""

    name: str
    meaning: str
    status: Status
    lines: tuple[Line, ...]
    why: str
    advice: str


def told(picture: Picture) -> list[Told]:
    """The programmes of which there is a list, or of which one told something; benefits after the register."""
    return [
        Told(
            name=str(one.programme),
            meaning=_(one.programme.meaning),
            status=standing_status(one.standing),
            lines=tuple(_line(match, is_history=match in one.before) for match in (*one.now, *one.before)),
            why=_why(picture, one),
            advice=_(one.reason.advice) if one.reason else "",
        )
        for one in picture.on
        if one.standing is not Standing.NO_LIST or one.before
    ]


def without_list(picture: Picture) -> str:
    """The programmes of which no list is here, in one line."""
    return ", ".join(str(one.programme) for one in picture.on if one.standing is Standing.NO_LIST)


def _why(picture: Picture, one: OnProgramme) -> str:
    """As "Ada di DTSEN desil 2, tidak ada di PKH: …"; a possibility, never a verdict."""
    if one.reason is None:
        return ""
    reason = _(one.reason.name)
    if one.programme.is_benefit and picture.desil:
        words = {"desil": picture.desil, "list": str(one.programme), "reason": reason}
        return _("Ada di DTSEN desil %(desil)d, tidak ada di %(list)s. Kemungkinan: %(reason)s") % words
    return _("Kemungkinan: %(reason)s") % {"reason": reason}


def _line(match: Match, *, is_history: bool) -> Line:
    entry, delivery = match.entry, match.entry.delivery
    facts = [
        month(delivery.period),
        _("desil %(desil)d") % {"desil": entry.desil} if entry.desil else "",
        format_rupiah(entry.amount) if entry.amount is not None else "",
        entry.status,
        entry.place_said,
    ]
    source = [
        delivery.source,
        delivery.bast_number,
        _("sampai %(day)s") % {"day": date_format(delivery.usable_until, "j M Y")},
    ]
    return Line(
        match=match,
        title=words_of(entry.component) or (_("Terdaftar")),
        facts=" · ".join(part for part in facts if part),
        source=" · ".join(part for part in source if part),
        how=how_words(match),
        sureness=sureness_status(match),
        is_history=is_history,
    )


def how_words(match: Match) -> str:
    """By what it was found, what else agrees, and what does not."""
    first = str(How(match.how).label)
    others = [str(Evidence(code).label) for code in match.evidence if code not in _TOLD_BY_HOW[How(match.how)]]
    return ", ".join([first, *others])


_TOLD_BY_HOW = {
    How.NIK: frozenset({Evidence.NIK_SAME}),
    How.KK_NAME_BIRTH: frozenset({Evidence.KK_SAME, Evidence.NAME_SAME, Evidence.BIRTH_SAME}),
}


def sureness_status(match: Match) -> Status:
    if match.is_right:
        return Status(_("Dipastikan petugas"), "good")
    return Status(_("Pasti"), "good") if match.is_sure else Status(_("Perlu dipastikan"), "warn")


def lists_words(lists: Lists, today: date) -> list[str]:
    """Which lists are looked into, and how old each is."""
    found = []
    for one in lists.in_force:
        age = months_old(one.period, today)
        words = {
            "list": str(programmes()[one.programme]),
            "period": month(one.period),
            "source": one.source,
            "age": ngettext("%(n)d bulan lalu", "%(n)d bulan lalu", age) % {"n": age} if age > 0 else _("bulan ini"),
        }
        is_old = age > programmes()[one.programme].old_after_months
        sentence = _("%(list)s %(period)s (%(age)s), dari %(source)s") % words
        found.append(f"{sentence} – {_('sudah lama, mintalah yang baru')}" if is_old else sentence)
    return found


def many_table(pictures: Sequence[Picture], lists: Lists, reader: User) -> Table:
    """One line for each person, one column for each programme of which a list is here."""
    shown = [one for one in programmes() if lists.of(one.code)]
    columns = [
        Column(pgettext("satu", "Orang")),
        Column(_("NIK")),
        Column(_("Desil"), number=True),
        *(Column(str(one)) for one in shown),
        Column(_("Terakhir diperiksa")),
    ]
    return Table(columns=columns, rows=[_many_row(one, [p.code for p in shown], reader) for one in pictures])


def _many_row(one: Picture, codes: Sequence[str], reader: User) -> list[Cell | Status | str]:
    return [
        Cell(one.person.shown_name(to=reader), url=reverse("entitlements:of_person", args=[one.person.pk])),
        Status(_("Ada"), "good") if one.has_nik else Status(_("Tidak ada"), "warn"),
        str(one.desil or "–"),
        *(standing_status(one.standing_on(code)) for code in codes),
        date_format(localtime(one.latest.checked_at), "j M Y") if one.latest else "–",
    ]


def many_sheet(pictures: Sequence[Picture], lists: Lists, reader: User) -> tuple[list[str], list[list[object]]]:
    """Headings and rows of the table as a spreadsheet; no number of anybody is in it."""
    table = many_table(pictures, lists, reader)
    rows: list[list[object]] = [
        [cell.status.label if cell.status else cell.text for _column, cell in row] for row in table.body
    ]
    return [column.label for column in table.columns], rows
