"""Decisions about rows that look like someone known: the same person, someone else, or nobody to bring in."""

from datetime import datetime
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation
from serasi.common.identifiers import uuid7
from serasi.interop.enums import Outcome, RosterState
from serasi.interop.models import RosterRow
from serasi.interop.operations.judging import described, match_as_dict
from serasi.interop.operations.roster import NotNow, require_reach
from serasi.interop.operations.saving import Saver
from serasi.people.models import Person
from serasi.people.operations import LikelySame, recognise, register_person
from serasi.people.queries.matching import likely_matches


class NewMatches(Refused):
    """Someone else came in since the page was shown who is alike too."""


@operation("interop.roster.import")
def decide_same(*, row: RosterRow, person_id: UUID, by: User, at: datetime) -> RosterRow:
    """The row is this person, one of its likely matches. Decided before: nothing changes."""
    if _taken(row, by) is None:
        return row
    if str(person_id) not in {match["id"] for match in row.matches}:
        raise Refused(_("Pilih salah satu orang yang ditampilkan."), field="answer")
    saver = Saver(row.roster, by, at)
    person = Person.objects.visible_to(by).filter(pk=person_id).first()
    if person is None:
        reason = f"Ada dalam daftar unit: {row.roster.filename}"
        recognise(id=uuid7(), person_id=person_id, unit=row.roster.unit, reason=reason, by=by, at=at)
        person = Person.objects.visible_to(by).get(pk=person_id)
    saver.complete(person, saver.entry(row))
    return _decided(row, Outcome.KNOWN, by, at, person=person)


@operation("interop.roster.import")
def decide_other(*, row: RosterRow, reason: str, by: User, at: datetime) -> RosterRow:
    """The row is none of those: register a new person; that they differ is kept with the reason. Raises NewMatches."""
    if _taken(row, by) is None:
        return row
    saver = Saver(row.roster, by, at)
    entry = saver.entry(row)
    shown = [UUID(match["id"]) for match in row.matches]
    try:
        new = saver.person_of(entry, not_same_as=shown, reason=reason.strip())
        person = register_person(id=row.pk, new=new, unit=row.roster.unit, by=by, at=at)
    except LikelySame as alike:
        raise NewMatches(_("Ada orang lain yang mirip sejak halaman ini dibuka. Periksa lagi.")) from alike
    return _decided(row, Outcome.NEW, by, at, person=person)


@operation("interop.roster.import")
def decide_skip(*, row: RosterRow, by: User, at: datetime) -> RosterRow:
    """Leave the row out."""
    if _taken(row, by) is None:
        return row
    return _decided(row, Outcome.SKIPPED, by, at)


@operation("interop.roster.import")
def refresh_matches(*, row: RosterRow, by: User, at: datetime) -> RosterRow:
    """Look again for whom the row may be; done when `NewMatches` was raised."""
    if _taken(row, by) is None:
        return row
    saver = Saver(row.roster, by, at)
    entry = saver.entry(row)
    with translation.override("id"):  # the reasons are kept with the row
        alike = likely_matches(by=by, described=described(entry))
    row.matches = [match_as_dict(match, entry) for match in alike]
    row.save(update_fields=["matches"])
    return row


def _taken(row: RosterRow, by: User) -> RosterRow | None:
    """Lock the row; None when it no longer waits."""
    require_reach(by, row.roster)
    if row.roster.state not in {RosterState.SAVED, RosterState.STOPPED}:
        raise NotNow(_("Simpan dahulu baris yang jelas; sesudah itu baris ini diputuskan."))
    fresh = RosterRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
    row.outcome, row.matches, row.person_id = fresh.outcome, fresh.matches, fresh.person_id
    return row if fresh.outcome == Outcome.WAITING else None


def _decided(row: RosterRow, outcome: Outcome, by: User, at: datetime, *, person: Person | None = None) -> RosterRow:
    row.outcome, row.decided_by, row.decided_at = outcome, by, at
    row.person, row.saved_at = person, at if person is not None else None
    row.save(update_fields=["outcome", "decided_by", "decided_at", "person", "saved_at"])
    return row
