"""The work of reading: the file becomes rows, and each row is judged: new, known, waiting, faulty or skipped."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_noop

from serasi.access.models import BackgroundWork, Unit, User
from serasi.access.operations import acting
from serasi.access.operations.work import Progress
from serasi.common.encryption import keyed_hash
from serasi.common.identifiers import uuid7
from serasi.common.names import similarity
from serasi.common.sentences import kept
from serasi.common.sentences import sentence as _
from serasi.common.spreadsheets import Sheet, uses_pria_wanita
from serasi.institutions.queries.places import Places
from serasi.interop.enums import Outcome
from serasi.interop.formulas import failures_shown
from serasi.interop.merging import filled_down
from serasi.interop.models import RosterImport, RosterRow
from serasi.interop.models.roster import cells_as_text
from serasi.interop.operations.roster import read_table
from serasi.interop.queries.roster import known_fingerprints
from serasi.interop.reading import Entry, Nature, Problem, read_entry
from serasi.people.models import Person
from serasi.people.queries.matching import Described, Match, likely_matches_of_each

CHUNK: Final = 100
STORED_AT_ONCE: Final = 1_000
SURELY_THE_SAME: Final = 0.86
"""Likeness of two names under one NIK from which nobody is asked."""

_SKIPPED = {
    Nature.TOTAL: gettext_noop("Baris jumlah, bukan orang."),
    Nature.EXAMPLE: gettext_noop("Baris contoh dari templat."),
    Nature.HEADER: gettext_noop("Judul kolom yang diulang."),
    Nature.OTHER: gettext_noop("Tidak memuat nama atau nomor seseorang."),
}


def judge_chunk(work: BackgroundWork, by: User, at: datetime) -> Progress:
    """First store the rows of the file, all in one chunk; then judge them, some at a time."""
    roster = RosterImport.objects.select_related("unit").get(pk=work.subject_id)
    if roster.content is not None:
        total = _store_rows(roster)
        return Progress(0, total, is_finished=total == 0)
    rows = list(RosterRow.objects.filter(roster=roster).unjudged().order_by("number")[:CHUNK])
    if rows:
        _Judge(roster, by, timezone.localdate(at)).judge(rows)
    is_finished = len(rows) < CHUNK
    total = max(work.total, work.done + len(rows))
    return Progress(total if is_finished else work.done + len(rows), total, is_finished=is_finished)


def _store_rows(roster: RosterImport) -> int:
    content = bytes(roster.content or b"")
    table: Sheet = filled_down(read_table(content, roster.filename, roster.sheet_name), content)
    table = failures_shown(table, content)
    rows = (
        RosterRow(id=uuid7(), roster=roster, number=row.number, cells=cells_as_text(row.cells)) for row in table.rows
    )
    RosterRow.objects.bulk_create(rows, batch_size=STORED_AT_ONCE)
    RosterImport.objects.filter(pk=roster.pk).update(content=None)
    return len(table.rows)


class _Judge:
    """Judges the rows of one chunk against the file, the unit and the register."""

    def __init__(self, roster: RosterImport, by: User, today: date) -> None:
        self.roster, self.by, self.today, self.places = roster, by, today, Places()
        self.pria_wanita = says_pria_wanita(roster)

    def judge(self, rows: list[RosterRow]) -> None:
        entries = {
            row.pk: entry_of(row, self.roster, self.today, self.places, pria_wanita=self.pria_wanita) for row in rows
        }
        for row in rows:
            entry = entries[row.pk]
            row.fingerprint = entry.fingerprint if entry.nature is Nature.PERSON else None
            row.nik_hash = entry.nik or None
        first = self._first_by("fingerprint", [e.fingerprint for e in entries.values()], rows)
        niks = self._first_by("nik_hash", [e.nik for e in entries.values() if e.nik], rows)
        with acting(User.objects.system(), "interop.roster.look"):
            known = known_fingerprints(self.roster.unit, [e.fingerprint for e in entries.values()])
        mine = self._known_here(set(known.values()))
        compared: list[RosterRow] = []
        for row in rows:
            entry = entries[row.pk]
            row.problems = [problem.kept for problem in entry.problems]
            if entry.nature is not Nature.PERSON:
                row.outcome = Outcome.SKIPPED
                row.problems = [Problem("", _(_SKIPPED[entry.nature]), "", is_error=False).kept]
            elif (twin := first.get(entry.fingerprint)) is not None and twin < row.number:
                row.outcome = Outcome.SKIPPED
                row.problems = [
                    Problem("", _("Sama dengan baris %(number)d.") % {"number": twin}, "", is_error=False).kept
                ]
            elif entry.is_faulty:
                row.outcome = Outcome.FAULTY
            elif entry.nik and (twin := niks.get(entry.nik)) is not None and twin < row.number:
                row.outcome = Outcome.FAULTY
                again = _("NIK ini juga ada di baris %(number)d.") % {"number": twin}
                mend = _("Satu orang satu baris: hapus salah satu, atau perbaiki NIK-nya.")
                row.problems += [Problem(self._heading("nik"), again, mend).kept]
            elif (person := known.get(entry.fingerprint)) in mine:
                row.outcome, row.person_id = Outcome.KNOWN, person
            else:
                compared.append(row)
        self._compare(compared, entries)
        RosterRow.objects.bulk_update(
            rows, ["fingerprint", "nik_hash", "outcome", "problems", "matches", "person"], batch_size=CHUNK
        )

    def _compare(self, rows: list[RosterRow], entries: Mapping[UUID, Entry]) -> None:
        """Look in the register for whom each of these may be, all at once."""
        found = likely_matches_of_each(by=self.by, described=[described(entries[row.pk]) for row in rows])
        for row, matches in zip(rows, found, strict=True):
            entry = entries[row.pk]
            same = next((m for m in matches if is_surely_same(m, entry, self.roster.unit)), None)
            if same is not None:
                row.outcome, row.person_id = Outcome.KNOWN, same.person_id
                continue
            row.matches = [match_as_dict(match, entry) for match in matches]
            row.outcome = Outcome.WAITING if any(not match["is_other"] for match in row.matches) else Outcome.NEW

    def _first_by(self, field: str, keys: list[Any], rows: list[RosterRow]) -> dict[Any, int]:
        """The first row of the file with each key, among those judged before and those at hand."""
        found: dict[Any, int] = {}
        for row in sorted(rows, key=lambda row: row.number):
            key = getattr(row, field)
            if key is not None:
                found.setdefault(key, row.number)
        before = RosterRow.objects.filter(roster=self.roster, **{f"{field}__in": keys}).exclude(outcome="")
        if field == "nik_hash":
            before = before.exclude(outcome=Outcome.SKIPPED)
            by_hash = {keyed_hash(key, "nik"): key for key in keys}
            for mark, number in before.values_list("nik_hash", "number"):
                key = by_hash[bytes(mark or b"")]
                found[key] = min(number, found.get(key, number))
            return found
        for mark, number in before.values_list("fingerprint", "number"):
            key = bytes(mark or b"")
            found[key] = min(number, found.get(key, number))
        return found

    def _known_here(self, people: set[UUID]) -> set[UUID]:
        if not people:
            return set()
        return set(
            Person.objects.visible_to(self.by)
            .known_to(self.roster.unit)
            .filter(pk__in=people, merged_into=None)
            .values_list("pk", flat=True)
        )

    def _heading(self, code: str) -> str:
        columns = self.roster.columns_of(code)
        return str(self.roster.headers[columns[0]]) if columns else ""


def says_pria_wanita(roster: RosterImport) -> bool:
    """Whether the column of sexes is written P and W, told from the first rows."""
    columns = roster.columns_of("sex")
    if not columns:
        return False
    first = RosterRow.objects.filter(roster=roster).order_by("number")[:200]
    return uses_pria_wanita(values[columns[0]] for row in first if columns[0] < len(values := row.values))


def entry_of(
    row: RosterRow, roster: RosterImport, today: date, places: Places | None = None, *, pria_wanita: bool = False
) -> Entry:
    """What a row says. Without places the region inside a NIK is not looked up: enough to show the row."""
    return read_entry(
        row.values,
        headers=roster.headers,
        mapping=roster.mapping,
        today=today,
        known_region=places.is_known if places is not None else lambda _code: True,
        pria_wanita=pria_wanita,
    )


def described(entry: Entry) -> Described:
    return Described(
        full_name=entry.full_name or entry.nickname,
        sex=entry.sex,
        birth_date=entry.birth_date,
        birth_year_from=entry.birth_year_from,
        birth_year_to=entry.birth_year_to,
        nik=entry.nik,
        kk=entry.kk,
        phone=entry.phone,
    )


def is_surely_same(match: Match, entry: Entry, unit: Unit) -> bool:
    """Whether nobody need be asked: the same NIK and nearly the same name, known to this very unit."""
    if not match.has_same_nik or match.person is None:
        return False
    names = (match.person.full_name or match.person.nickname, entry.full_name or entry.nickname)
    return similarity(*names) >= SURELY_THE_SAME and any(
        known.unit_id == unit.pk for known in match.person.known_units()
    )


def is_surely_other(match: Match, entry: Entry) -> bool:
    """Whether a likely match is contradicted, so that nobody need be asked.

    Of people of one's own units: both have a NIK and they differ, or both birth dates are known to the day and differ
    in more than one part. Of people elsewhere, of whom only a card is seen: the row brings a NIK that is not theirs,
    or the name is not the same, or the years are apart.
    """
    if match.has_same_nik:
        return False
    card, person = match.card, match.person
    if person is not None:
        if person.nik and entry.nik:
            return True
        if person.birth_date and entry.birth_date:
            theirs, ours = person.birth_date, entry.birth_date
            parts = [theirs.year == ours.year, theirs.month == ours.month, theirs.day == ours.day]
            is_swapped = theirs.year == ours.year and (theirs.month, theirs.day) == (ours.day, ours.month)
            return sum(parts) < 2 and not is_swapped
        return False
    if entry.nik:
        return True
    is_same_year = None in (card.year_from, entry.birth_year_from) or (
        (card.year_from or 0) <= (entry.birth_year_to or 0) and (entry.birth_year_from or 0) <= (card.year_to or 0)
    )
    return not (card.way.startswith("same") and is_same_year)


def match_as_dict(match: Match, entry: Entry) -> dict[str, Any]:
    return {
        "id": str(match.person_id),
        "reasons": [kept(reason) for reason in match.reasons],
        "is_open": match.person is not None,
        "is_other": is_surely_other(match, entry),
    }
