"""The work of saving: each good row becomes a person of the unit, through the operations of people."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from serasi.access.models import BackgroundWork, User
from serasi.access.operations import Refused
from serasi.access.operations.work import Progress
from serasi.common.identifiers import uuid7
from serasi.common.sentences import sentence as _
from serasi.institutions.queries.places import Places
from serasi.interop.enums import Outcome
from serasi.interop.models import RosterImport, RosterRow
from serasi.interop.operations.judging import entry_of, is_surely_other, match_as_dict, says_pria_wanita
from serasi.interop.queries.roster import counts_of
from serasi.interop.reading import Entry, Problem
from serasi.people.enums import AddressKind, IdentityState
from serasi.people.models import Person, PersonKind, PersonUnit
from serasi.people.operations import (
    FamilyCard,
    LikelySame,
    NewPerson,
    Place,
    assign_kind,
    link_to_unit,
    register_people,
)

CHUNK: Final = 100
AUTOMATIC_REASON: Final = "Impor daftar: nomor atau tanggal lahirnya berbeda."


def save_chunk(work: BackgroundWork, by: User, at: datetime) -> Progress:
    """Save some of the rows that need no decision, so that one refused row harms no other."""
    roster = RosterImport.objects.select_related("unit").get(pk=work.subject_id)
    rows = list(RosterRow.objects.filter(roster=roster).to_save().select_related("person").order_by("number")[:CHUNK])
    Saver(roster, by, at).save(rows)
    saved = RosterRow.objects.filter(pk__in=[row.pk for row in rows if row.saved_at])
    saved.update(person=Coalesce(F("person"), F("id")), saved_at=at)  # a new person has the id of the row
    stopped = [row for row in rows if not row.saved_at]
    RosterRow.objects.bulk_update(stopped, ["outcome", "matches", "problems"])
    is_finished = len(rows) < CHUNK
    result = {}
    if is_finished:
        counts = counts_of(roster)
        result = {"new": counts.saved_new, "known": counts.saved - counts.saved_new, "waiting": counts.waiting}
    total = max(work.total, work.done + len(rows))
    return Progress(total if is_finished else work.done + len(rows), total, is_finished=is_finished, result=result)


class Saver:
    """Writes rows of one import in one person's name."""

    def __init__(self, roster: RosterImport, by: User, at: datetime) -> None:
        self.roster, self.by, self.at = roster, by, at
        self.today = timezone.localdate(at)
        self.places = Places()
        self.pria_wanita = says_pria_wanita(roster)
        self._known_here: set[UUID] = set()
        self._kinds: dict[UUID, set[str]] = {}

    def remember(self, people: Iterable[Person]) -> None:
        """Read for all of these at once what `complete` asks of each: whether the unit knows them, and their kinds."""
        ids = {person.pk for person in people}
        if not ids:
            return
        here = PersonUnit.objects.filter(person_id__in=ids, unit=self.roster.unit, until_at=None)
        self._known_here |= set(here.values_list("person_id", flat=True))
        self._kinds |= {pk: set() for pk in ids}
        present = PersonKind.objects.filter(person_id__in=ids, period__contains=self.today)
        for person, kind in present.values_list("person_id", "kind_id"):
            self._kinds[person].add(kind)

    def entry(self, row: RosterRow) -> Entry:
        return entry_of(row, self.roster, self.today, self.places, pria_wanita=self.pria_wanita)

    def save(self, rows: Sequence[RosterRow]) -> None:
        """Save rows, or leave each waiting or faulty with what stands in the way; the rows themselves are not written.

        Someone may have come in since a row was judged, perhaps from this very file: asked is only if there is doubt.
        """
        entries = {row.pk: self.entry(row) for row in rows}
        self.remember(row.person for row in rows if row.person is not None)
        new: list[RosterRow] = []
        for row in rows:
            if row.outcome == Outcome.KNOWN and row.person is not None:
                self._settle(row, self._completed(row.person, entries[row.pk]), entries[row.pk])
            else:
                new.append(row)
        others = {row.pk: {UUID(match["id"]) for match in row.matches if match["is_other"]} for row in new}
        outcomes = self._register(new, entries, others)
        while doubted := [row for row in new if self._is_other(outcomes[row.pk], entries[row.pk], others[row.pk])]:
            outcomes |= self._register(doubted, entries, others)
        for row in new:
            self._settle(row, outcomes[row.pk], entries[row.pk])

    def _settle(self, row: RosterRow, outcome: Person | Refused, entry: Entry) -> None:
        match outcome:
            case LikelySame():
                row.outcome = Outcome.WAITING
                row.matches = [match_as_dict(match, entry) for match in outcome.matches]
            case Refused():
                row.outcome = Outcome.FAULTY
                row.problems = [*row.problems, Problem("", outcome.message, _("Perbaiki, lalu unggah lagi.")).kept]
            case _:
                row.person, row.saved_at = outcome, self.at

    def _is_other(self, outcome: Person | Refused, entry: Entry, others: set[UUID]) -> bool:
        """Whether all that stands in the way is likely matches of whom each is surely someone else; adds them."""
        if not isinstance(outcome, LikelySame):
            return False
        if not all(is_surely_other(match, entry) or match.person_id in others for match in outcome.matches):
            return False
        others |= {match.person_id for match in outcome.matches}
        return True

    def _register(
        self, rows: Sequence[RosterRow], entries: Mapping[UUID, Entry], others: Mapping[UUID, set[UUID]]
    ) -> dict[UUID, Person | Refused]:
        """Register the people of these rows under the rows' own ids, so that a row makes one person however often."""
        outcomes: dict[UUID, Person | Refused] = {}
        people: dict[UUID, NewPerson] = {}
        for row in rows:
            try:
                people[row.pk] = self.person_of(entries[row.pk], not_same_as=others[row.pk])
            except Refused as refused:
                outcomes[row.pk] = refused
        if people:
            outcomes |= register_people(people=people, unit=self.roster.unit, by=self.by, at=self.at)
        return outcomes

    def person_of(self, entry: Entry, *, not_same_as: Collection[UUID], reason: str = AUTOMATIC_REASON) -> NewPerson:
        region = self.places.code_of(entry.place) if entry.place.is_said else None
        line = entry.line
        if entry.place.is_said and region is None:
            line = ", ".join(part for part in (line, entry.place.words) if part)[:200]
        home = Place(region_id=region, line=line, rt=entry.rt, rw=entry.rw)
        card = None
        if entry.kk:
            card = FamilyCard(
                number=entry.kk, relation=entry.relation, region_id=region, line=line, rt=entry.rt, rw=entry.rw
            )
        return NewPerson(
            identity_state=IdentityState.STATED,
            sex=entry.sex,
            full_name=entry.full_name,
            nickname=entry.nickname,
            birth_date=entry.birth_date,
            birth_year_from=entry.birth_year_from,
            birth_year_to=entry.birth_year_to,
            birth_place=entry.birth_place,
            mother_name=entry.mother_name,
            religion=entry.religion,
            marital=entry.marital,
            education=entry.education,
            nik=entry.nik,
            no_nik_reason="" if entry.nik else self.roster.no_nik_reason,
            phone=entry.phone,
            places={AddressKind.DOMICILE.value: home, AddressKind.ORIGIN.value: Place(line=entry.origin)},
            kinds=entry.kinds,
            family_card=card,
            not_same_as=not_same_as,
            distinct_reason=reason if not_same_as else "",
        )

    def _completed(self, person: Person, entry: Entry) -> Person | Refused:
        try:
            self.complete(person, entry)
        except Refused as refused:
            return refused
        return person

    def complete(self, person: Person, entry: Entry) -> None:
        """Add to a known person what the row brings and nothing contradicts: the unit, and kinds of PPKS."""
        if person.pk not in self._kinds:
            self.remember([person])
        if person.pk not in self._known_here:
            link_to_unit(
                id=uuid7(), person=person, unit=self.roster.unit, reason="Impor daftar", by=self.by, at=self.at
            )
            self._known_here.add(person.pk)
        for kind in entry.kinds:
            if kind not in self._kinds[person.pk]:
                assign_kind(id=uuid7(), person=person, kind=kind, since=self.today, by=self.by, at=self.at)
                self._kinds[person.pk].add(kind)
