"""The work of saving: each good row becomes a person of the unit, through the operations of people."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from serasi.access.models import BackgroundWork, User
from serasi.access.operations import Refused
from serasi.access.operations.work import Progress
from serasi.common.identifiers import uuid7
from serasi.interop.enums import Outcome
from serasi.interop.models import RosterImport, RosterRow
from serasi.interop.operations.judging import entry_of, is_surely_other, match_as_dict, says_pria_wanita
from serasi.interop.queries.places import Places
from serasi.interop.queries.roster import counts_of
from serasi.interop.reading import Entry
from serasi.people.enums import AddressKind, IdentityState
from serasi.people.models import Person, PersonKind, PersonUnit
from serasi.people.operations import FamilyCard, LikelySame, Place, assign_kind, link_to_unit, register_person

CHUNK: Final = 50
AUTOMATIC_REASON: Final = "Impor daftar: nomor atau tanggal lahirnya berbeda."


def save_chunk(work: BackgroundWork, by: User, at: datetime) -> Progress:
    """Save some of the rows that need no decision; each in a savepoint, so that one refused row harms no other."""
    roster = RosterImport.objects.select_related("unit").get(pk=work.subject_id)
    rows = list(RosterRow.objects.filter(roster=roster).to_save().select_related("person").order_by("number")[:CHUNK])
    saver = Saver(roster, by, at)
    saver.remember(row.person for row in rows if row.person is not None)
    for row in rows:
        saver.save(row)
    RosterRow.objects.bulk_update(rows, ["outcome", "matches", "problems", "person", "saved_at"])
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

    def save(self, row: RosterRow) -> None:
        """Save a row, or leave it waiting or faulty with what stands in the way; the row itself is not yet written."""
        entry = self.entry(row)
        try:
            if row.outcome == Outcome.KNOWN and row.person is not None:
                person = row.person
                self.complete(person, entry)
            else:
                person = self.register(row, entry, not_same_as=[UUID(m["id"]) for m in row.matches if m["is_other"]])
        except LikelySame as alike:
            row.outcome = Outcome.WAITING
            row.matches = [match_as_dict(match, entry) for match in alike.matches]
        except Refused as refused:
            row.outcome = Outcome.FAULTY
            row.problems = [*row.problems, ["", str(refused.message), _("Perbaiki, lalu unggah lagi."), True]]
        else:
            row.person, row.saved_at = person, self.at

    def register(
        self, row: RosterRow, entry: Entry, *, not_same_as: list[UUID], reason: str = AUTOMATIC_REASON
    ) -> Person:
        """Register the person of a row under the row's own id, so that a row makes one person however often."""
        try:
            return self._register(row, entry, not_same_as, reason)
        except LikelySame as alike:
            # Someone came in since the row was judged, perhaps from this very file: ask only if there is doubt.
            if not all(is_surely_other(match, entry) or match.person_id in not_same_as for match in alike.matches):
                raise
            return self._register(row, entry, [match.person_id for match in alike.matches], reason)

    def _register(self, row: RosterRow, entry: Entry, not_same_as: list[UUID], reason: str) -> Person:
        places = {}
        region = self.places.code_of(entry.place) if entry.place.is_said else None
        line = entry.line
        if entry.place.is_said and region is None:
            line = ", ".join(part for part in (line, entry.place.words) if part)[:200]
        if region or line:
            places[AddressKind.DOMICILE] = Place(region_id=region, line=line, rt=entry.rt, rw=entry.rw)
        if entry.origin:
            places[AddressKind.ORIGIN] = Place(line=entry.origin)
        card = None
        if entry.kk:
            card = FamilyCard(
                number=entry.kk, relation=entry.relation, region_id=region, line=line, rt=entry.rt, rw=entry.rw
            )
        return register_person(
            id=row.pk,
            unit=self.roster.unit,
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
            places={kind.value: place for kind, place in places.items()},
            kinds=entry.kinds,
            family_card=card,
            not_same_as=not_same_as,
            distinct_reason=reason if not_same_as else "",
            by=self.by,
            at=self.at,
        )

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
