"""How imports, their rows and the people they may mean are put on a page."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from serasi.access.models import User
from serasi.common.components import Cell, Column, Difference, Fact, Status, Table, Tone
from serasi.common.initials import initials
from serasi.common.sentences import retold
from serasi.common.templatetags.serasi import angka, waktu
from serasi.institutions.queries.places import place_key
from serasi.interop.enums import Outcome, RosterState
from serasi.interop.housing import Fault
from serasi.interop.models import RosterImport, RosterRow
from serasi.interop.operations.judging import entry_of, says_pria_wanita
from serasi.interop.queries.roster import Counts
from serasi.interop.reading import Entry, Nature, Problem
from serasi.people.enums import Sex
from serasi.people.models import Person
from serasi.people.queries.search import Card
from serasi.people.reference import ppks_kinds
from serasi.residence.enums import Property
from serasi.residence.queries import Arrangement

_LONGEST_FILENAME = 40
OUTCOME_TONES: dict[str, Tone] = {
    Outcome.NEW: "good",
    Outcome.KNOWN: "info",
    Outcome.WAITING: "warn",
    Outcome.FAULTY: "bad",
    Outcome.SKIPPED: "neutral",
}
STATE_TONES: dict[str, Tone] = {
    RosterState.READING: "info",
    RosterState.UNREADABLE: "bad",
    RosterState.READ: "warn",
    RosterState.SAVING: "info",
    RosterState.STOPPED: "warn",
    RosterState.SAVED: "good",
    RosterState.CANCELLED: "neutral",
}


def state_status(roster: RosterImport) -> Status:
    return Status(str(roster.state.label), STATE_TONES[roster.state])


def _shown(filename: str) -> str:
    """The name with its middle left out when it is long: without a space in it, it would push the table aside."""
    return filename if len(filename) <= _LONGEST_FILENAME else f"{filename[:24]}…{filename[-15:]}"


def rosters_table(rosters: Iterable[RosterImport]) -> Table:
    return Table(
        columns=[
            Column(_("Berkas")),
            Column(_("Unit")),
            Column(_("Diunggah")),
            Column(_("Diunggah oleh")),
            Column(_("Keadaan")),
        ],
        rows=[
            [
                Cell(_shown(roster.filename), reverse("interop:roster", args=[roster.pk])),
                str(roster.unit),
                waktu(roster.uploaded_at),
                str(roster.uploaded_by),
                state_status(roster),
            ]
            for roster in rosters
        ],
        caption=_("Daftar yang pernah dimasukkan"),
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """One number of an import, with the rows it counts."""

    count: int
    label: str
    url: str
    tone: Tone


def tallies(roster: RosterImport, counts: Counts) -> list[Tally]:
    return [
        Tally(
            getattr(counts, outcome.value), str(outcome.label), f"?hasil={outcome.value}#baris", OUTCOME_TONES[outcome]
        )
        for outcome in Outcome
        if getattr(counts, outcome.value) or outcome is Outcome.NEW
    ]


def rows_table(roster: RosterImport, rows: Sequence[RosterRow], today: date, caption: str) -> Table:
    """Rows as they are understood; the NIK masked. A column in which nothing would stand is left out."""
    pria_wanita = says_pria_wanita(roster)
    entries = [entry_of(row, roster, today, pria_wanita=pria_wanita) for row in rows]
    labels = [_("Baris"), _("Nama"), _("Terbaca"), _("Lahir"), _("Hasil"), _("Keterangan")]
    body = [_row_cells(row, entry) for row, entry in zip(rows, entries, strict=True)]
    shown = [at for at in range(len(labels)) if at < 2 or any(cells[at] for cells in body)]
    return Table(
        columns=[Column(labels[at], names=at == 1) for at in shown],
        rows=[[cells[at] for at in shown] for cells in body],
        caption=caption,
    )


def errors_table(roster: RosterImport, rows: Iterable[RosterRow], today: date, caption: str) -> Table:
    """One line for each thing to mend: where it stands, what is wrong, and how to mend it."""
    return Table(
        columns=[
            Column(_("Baris")),
            Column(_("Nama"), names=True),
            Column(pgettext("satu", "Kolom")),
            Column(_("Apa yang salah")),
            Column(_("Cara memperbaiki")),
        ],
        rows=[
            [
                angka(row.number),
                name_in(row, entry_of(row, roster, today)),
                error.column or "–",
                error.what,
                error.fix or "–",
            ]
            for row in rows
            for error in map(Problem.told, row.problems)
            if error.is_error
        ],
        caption=caption,
    )


def name_in(row: RosterRow, entry: Entry) -> str:
    """The name of a row; of what is no person, whatever stands there first; of repeated headings nothing.

    Numbers of identity are masked.
    """
    is_no_person = row.outcome == Outcome.SKIPPED and entry.nature is not Nature.HEADER
    first = next((str(value) for value in row.values if value), "") if is_no_person else "–"
    return masked(entry.full_name or entry.nickname or first)[:120]


def masked(text: str) -> str:
    """A text in which only the last four digits of a long number show."""
    return re.sub(r"\d[\d .\-]{10,}\d", lambda found: last_four(re.sub(r"\D", "", found[0])), text)


def last_four(digits: str) -> str:
    """A number of identity as it stands on pages, in groups that a narrow page can break."""
    return f"•••• •••• •••• {digits[-4:]}" if digits else ""


def _row_cells(row: RosterRow, entry: Entry) -> list[Any]:
    label = str(Outcome(row.outcome).label) if row.outcome else ""
    status = Status(label, OUTCOME_TONES[row.outcome]) if row.outcome else Status(_("Menunggu"))
    if row.saved_at:
        status = Status(_("Tersimpan: %(label)s") % {"label": label.lower()}, "good", "check")
    waiting = Cell(_("Putuskan"), reverse("interop:decide", args=[row.pk]), sub=label)
    may_decide = row.outcome == Outcome.WAITING and row.roster.state in {RosterState.SAVED, RosterState.STOPPED}
    return [
        angka(row.number),
        name_in(row, entry),
        " · ".join(part for part in (sex_word(entry.sex), last_four(entry.nik), kind_names(entry.kinds)) if part),
        born(entry.birth_date, entry.birth_year_from, entry.birth_year_to),
        waiting if may_decide else status,
        " ".join(
            part for part in (*(problem_text(Problem.told(kept)) for kept in row.problems), matches_text(row)) if part
        ),
    ]


def problem_text(problem: Problem) -> str:
    return " ".join(
        part for part in (f"{problem.column}:" if problem.column else "", problem.what, problem.fix) if part
    )


def matches_text(row: RosterRow) -> str:
    alike = [match for match in row.matches if not match["is_other"]]
    if not alike or row.saved_at:
        return ""
    return ngettext("Mirip %(count)d orang terdaftar.", "Mirip %(count)d orang terdaftar.", len(alike)) % {
        "count": len(alike)
    }


def sex_word(code: str) -> str:
    return str(Sex(code).label) if code in Sex.values and code != Sex.UNKNOWN else ""


def kind_names(codes: Iterable[str]) -> str:
    return ", ".join(str(ppks_kinds()[code]) for code in codes)


def born(day: date | None, year_from: int | None, year_to: int | None) -> str:
    if day is not None:
        return f"{day:%d/%m/%Y}"
    if year_from is None or year_to is None:
        return ""
    return str(year_from) if year_from == year_to else f"{year_from}–{year_to}"


@dataclass(frozen=True, slots=True)
class Likeness:
    """A likely match beside the row: who, why, and line by line."""

    pk: str
    who: str
    reasons: str
    differences: list[Difference]


def likeness(entry: Entry, match: dict[str, Any], person: Person | None, card: Card, reader: User) -> Likeness:
    """Of a person the reader may not open, only the card is shown; of a name that is kept back, the initials."""
    name = entry.full_name or entry.nickname
    ours = (entry.birth_year_from, entry.birth_year_to)
    if person is None:
        who = _("%(initials)s (di luar unit Anda)") % {"initials": card.initials}
        theirs = (card.year_from, card.year_to)
        differences = [
            Difference(_("Inisial"), initials(name), card.initials),
            Difference(_("Jenis kelamin"), sex_word(entry.sex), sex_word(card.sex)),
            Difference(_("Tahun lahir"), born(None, *ours), born(None, *theirs), is_same=_overlap(ours, theirs)),
            Difference(_("Kabupaten/kota"), entry.place.regency, card.region, _is_same_region(entry, card)),
        ]
        return Likeness(match["id"], who, _reasons(match), differences)
    who = person.shown_name(to=reader)
    is_named = who == str(person)
    theirs = (person.birth_year_from, person.birth_year_to)
    days = (entry.birth_date, person.birth_date)
    differences = [
        Difference(_("Nama"), name, who, _alike(name, who))
        if is_named
        else Difference(_("Inisial"), initials(name), who),
        Difference(_("Jenis kelamin"), sex_word(entry.sex), sex_word(person.sex)),
        Difference(
            _("Lahir"),
            born(entry.birth_date, *ours),
            born(person.birth_date, *theirs),
            is_same=_overlap(ours, theirs) if None in days else days[0] == days[1],
        ),
        Difference(
            _("NIK"), last_four(entry.nik), last_four(person.nik or ""), is_same=entry.nik == (person.nik or "")
        ),
    ]
    if is_named:
        mothers = (entry.mother_name, person.mother_name)
        differences.append(Difference(_("Nama ibu kandung"), *mothers, is_same=_alike(*mothers)))
    return Likeness(match["id"], who, _reasons(match), differences)


def _reasons(match: dict[str, Any]) -> str:
    return ", ".join(retold(reason) for reason in match["reasons"])


def _alike(one: str, other: str) -> bool:
    """Whether two names are written the same but for capitals and spaces: lists are often all capitals."""
    return one.casefold().split() == other.casefold().split()


def _overlap(ours: tuple[int | None, int | None], theirs: tuple[int | None, int | None]) -> bool:
    """Whether two spans of years can mean one year: what is known less exactly is no difference."""
    (first, last), (begin, end) = ours, theirs
    return (
        first is not None
        and last is not None
        and begin is not None
        and end is not None
        and (first <= end and begin <= last)
    )


def _is_same_region(entry: Entry, card: Card) -> bool:
    return place_key(entry.place.regency) == place_key(card.region)


# --- A house ---------------------------------------------------------------------------------------------------------


def closed_faults(found: Arrangement) -> list[Fault]:
    """Lines that name what has been closed."""
    return [
        Fault(
            line.number,
            Problem(
                str(part._meta.verbose_name).capitalize(),
                _("%s sudah ditutup.") % part,
                _("Hapus barisnya, atau beri nama lain."),
            ),
        )
        for line, part in found.closed
    ]


def faults_table(faults: Iterable[Fault]) -> Table:
    return Table(
        columns=[
            Column(_("Baris"), number=True),
            Column(pgettext("satu", "Kolom")),
            Column(_("Apa yang salah")),
            Column(_("Cara memperbaiki")),
        ],
        rows=[[one.number, one.problem.column, one.problem.what, one.problem.fix] for one in faults],
        caption=_("Yang perlu diperbaiki"),
    )


_MOST_NAMED = 12


def house_changes(found: Arrangement) -> list[Fact]:
    """What a list would do to a house: how many of what, and the first of them by name."""
    lines: tuple[tuple[str, list[str]], ...] = (
        (_("Gedung baru"), [one.building for one in found.buildings.values()]),
        (_("Wisma baru"), [one.ward for one in found.wards.values()]),
        (_("Kamar baru"), [f"{one.ward}, {one.room}" for one in found.rooms.values()]),
        (_("Tempat tidur baru"), [f"{one.ward}, {one.room}, {one.bed}" for one in found.beds.values()]),
        (
            _("Peruntukan wisma diubah"),
            [f"{ward}: {_whom(ward.sex)} → {_whom(line.sex)}" for ward, line in found.other_wards.values()],
        ),
        (
            _("Sifat tempat tidur diubah"),
            [
                f"{line.ward}, {line.room}, {line.bed}: {_of_what_sort(bed.properties)} → "
                f"{_of_what_sort(line.properties)}"
                for bed, line in found.other_beds.values()
            ],
        ),
    )
    return [Fact(f"{title}: {len(names)}", _listed(names)) for title, names in lines if names]


def house_saved(found: Arrangement) -> str:
    changed = len(found.other_wards) + len(found.other_beds)
    words = _("Rumah disimpan: %(rooms)d kamar dan %(beds)d tempat tidur ditambahkan, %(changed)d hal diubah.")
    return words % {"rooms": len(found.rooms), "beds": len(found.beds), "changed": changed}


def _listed(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = len(names) - _MOST_NAMED
    return "; ".join(names[:_MOST_NAMED]) + (_(" dan %d lagi") % more if more > 0 else "")


def _whom(sex: str | None) -> str:
    return str(Sex(sex).label) if sex else _("Laki-laki dan perempuan")


def _of_what_sort(properties: Sequence[str] | None) -> str:
    return ", ".join(str(Property(code).label).lower() for code in properties or ()) or _("biasa")
