"""Wording of records that may be one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serasi.access.models import User
from serasi.common.components import Cell, Column, Difference, Status, Table
from serasi.common.templatetags.serasi import tanggal_pendek
from serasi.people.linkage.evidence import EVIDENCE
from serasi.people.models import Candidate, Enquiry, Person
from serasi.people.presenters import LABELS, fact_of, facts_in_line, years
from serasi.people.queries.candidates import Group, Side

_STRONG: Final = 3.0
"""Bits from which one comparison says much: eight times as likely the one way as the other."""
_SURE: Final = 10.0
"""Bits of the whole: odds of a thousand to one."""
_LIKELY: Final = 4.0
"""Odds of sixteen to one."""
_MOST_REASONS: Final = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """What one comparison found."""

    comparison: str
    words: str
    weight: float

    @property
    def status(self) -> Status:
        if abs(self.weight) < 0.5:
            return Status(_("tidak berarti"))
        if self.weight > 0:
            return Status(_("sangat mendukung") if self.weight >= _STRONG else _("mendukung"), "good")
        return Status(_("sangat menentang") if self.weight <= -_STRONG else _("menentang"), "bad")


def reasons_of(candidate: Candidate) -> list[Reason]:
    """What speaks for and against, the strongest first."""
    found = []
    for comparison in EVIDENCE:
        code, weight = candidate.evidence.get(comparison.code) or ("", 0.0)
        level = next((one for one in comparison.levels if one.code == code), None)
        if level is not None:
            found.append(Reason(str(comparison.words), str(level.words), float(weight)))
    return sorted(found, key=lambda reason: -abs(reason.weight))


def sureness(candidate: Candidate) -> Status:
    if candidate.weight >= _SURE:
        return Status(_("hampir pasti sama"), "bad")
    if candidate.weight >= _LIKELY:
        return Status(_("sangat mungkin sama"), "warn")
    return Status(_("mungkin sama"), "info")


def name_of(side: Side, reader: User) -> str:
    return side.person.shown_name(to=reader) if side.person else side.card.initials


def groups_table(groups: Sequence[Group], reader: User, on: date) -> Table:
    rows = []
    for group in groups:
        pair = group.surest
        names = [name_of(side, reader) for side in (pair.one, pair.two)]
        more = len(group.sides) - 2
        also = ngettext("dan %d data lagi", "dan %d data lagi", more) % more if more else ""
        elsewhere = _("salah satunya tercatat di unit lain") if not pair.is_mine else ""
        spoken = [reason.words for reason in reasons_of(pair.candidate) if reason.weight > 0][:_MOST_REASONS]
        rows.append(
            [
                Cell(
                    " · ".join(names),
                    url=reverse("people:candidate", args=[pair.candidate.pk]),
                    sub="; ".join(part for part in (also, elsewhere) if part),
                ),
                facts_in_line(pair.one.card, pair.one.person, on),
                "; ".join(spoken),
                Cell(status=sureness(pair.candidate)),
            ]
        )
    columns = [Column(_("Data")), Column(_("Tentang")), Column(_("Yang sama")), Column(_("Dugaan"))]
    return Table(columns=columns, rows=rows)


def evidence_table(candidate: Candidate) -> Table:
    """What each comparison adds, and what is left: the rarity of what agrees, less how rarely two records are one."""
    reasons = reasons_of(candidate)
    rest = candidate.weight - sum(reason.weight for reason in reasons)
    rows: list[list[Any]] = [
        [reason.comparison, reason.words, Cell(status=reason.status), _signed(reason.weight)] for reason in reasons
    ]
    rows.append([_("Dugaan awal"), _("dua data acak jarang orang yang sama; nama langka menambah"), "", _signed(rest)])
    headings = (
        Column(_("Yang dibandingkan")),
        Column(_("Hasil")),
        Column(_("Artinya")),
        Column(_("Bobot"), number=True),
    )
    return Table(headings, rows, total=[_("Jumlah"), "", "", _signed(candidate.weight)])


def _signed(weight: float) -> str:
    sign = "+" if weight > 0 else "−" if weight < 0 else ""
    return sign + number_format(abs(round(weight, 1)), 1)


_COMPARED: Final = ("full_name", "nickname", "sex", "birth", "birth_place", "nik", "mother_name", "phone")


def side_by_side(one: Side, two: Side, reader: User) -> list[Difference]:
    """Both records; of one that the reader may not open, what anybody may see of it."""
    shown = [_facts(side, reader) for side in (one, two)]
    return [
        Difference(str(LABELS.get(name, _("Domisili"))), shown[0].get(name, ""), shown[1].get(name, ""))
        for name in (*_COMPARED, "place")
        if any(facts.get(name) for facts in shown)
    ]


def _facts(side: Side, reader: User) -> dict[str, Any]:
    card, person = side.card, side.person
    if person is None:
        known = {"full_name": card.initials, "birth": years(card.year_from, card.year_to), "place": card.region}
        return known | {"sex": fact_of(Person(sex=card.sex), "sex")}
    if person.shown_name(to=reader) != str(person):
        return {"full_name": person.shown_name(to=reader), "sex": fact_of(person, "sex"), "place": card.region}
    return {name: fact_of(person, name) for name in _COMPARED} | {"place": card.region}


def enquiries_table(rows: Sequence[tuple[Enquiry, Side, Side]], reader: User, *, answering: bool) -> Table:
    """What was asked: by whom and about whom."""
    first = Column(_("Data di unit Anda")) if answering else Column(_("Data Anda"))
    return Table(
        columns=[first, Column(_("Pertanyaan")), Column(_("Ditanyakan")), Column(_("Jawaban"))],
        rows=[
            [
                Cell(name_of(ours, reader), url=reverse("people:enquiry", args=[one.pk])),
                one.question,
                Cell(str(one.unit), sub=tanggal_pendek(one.asked_at)),
                Cell(status=verdict_of(one), sub=one.answer),
            ]
            for one, ours, _theirs in rows
        ],
    )


def verdict_of(enquiry: Enquiry) -> Status:
    if enquiry.answered_at is None:
        return Status(_("menunggu jawaban"), "warn")
    tones: dict[str, Any] = {"same": "good", "different": "neutral", "unknown": "info"}
    return Status(enquiry.get_verdict_display(), tones[enquiry.verdict])
