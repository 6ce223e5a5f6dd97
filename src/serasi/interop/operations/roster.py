"""Bringing in a roster: upload, say what the columns mean, save, cancel."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import BackgroundWork, Unit, User
from serasi.access.operations import NotAllowed, Refused, operation, require, save_changes
from serasi.access.operations.work import ask_for_work, cancel_work
from serasi.common.identifiers import uuid7
from serasi.common.spreadsheets import Sheet, SheetRefused, read_rows
from serasi.interop.enums import Outcome, RosterState
from serasi.interop.headings import USED, guess_mapping, header_map
from serasi.interop.models import RosterImport, RosterRow
from serasi.interop.permissions import IMPORT_ROSTER, OVERSEE_ROSTERS
from serasi.people.permissions import AtUnit
from serasi.people.reference import no_nik_reasons

READING: Final = "interop.roster.read"
SAVING: Final = "interop.roster.save"
DEFAULT_NO_NIK_REASON: Final = "identitas_belum_diketahui"


class RosterUnreadable(Refused):
    """The file holds no table that can be read."""


class NotNow(Refused):
    """The import stands somewhere else."""


class FaultyRowsRemain(Refused):
    message = _("Masih ada baris yang perlu diperbaiki. Perbaiki dan unggah lagi, atau simpan baris yang benar saja.")


@operation("interop.roster.import", creates=RosterImport)
def upload_roster(
    *,
    id: UUID,
    unit: Unit,
    filename: str,
    content: bytes,
    by: User,
    at: datetime,
    sheet: str = "",
    queued: bool = True,
) -> RosterImport:
    """Take in a spreadsheet of a unit and ask for its reading. Raises RosterUnreadable.

    The same file again is the import that it already is: look whether the answer has the id that was given.
    """
    require(by, IMPORT_ROSTER, on=AtUnit(unit))
    if unit.closed_on is not None:
        raise Refused(_("Unit ini sudah ditutup."), field="unit")
    file_hash = hashlib.sha256(content).hexdigest()
    existing = (
        RosterImport.objects.filter(unit=unit, file_hash=file_hash, cancelled_at=None)
        .select_related("unit", "reading", "saving")
        .first()
    )
    if existing is not None:
        return existing
    table = read_table(content, filename, sheet)
    roster = RosterImport(
        id=id,
        unit=unit,
        uploaded_by=by,
        uploaded_at=at,
        filename=filename[:200],
        file_hash=file_hash,
        content=content,
        sheet_name=table.name[:100],
        header_row=table.header_row,
        headers=list(table.headers),
        mapping=guess_mapping(list(table.headers)),
        no_nik_reason=DEFAULT_NO_NIK_REASON,
    )
    roster.save(force_insert=True)
    _ask_reading(roster, total=len(table.rows), by=by, at=at, queued=queued)
    return roster


@operation("interop.roster.import")
def map_columns(
    *,
    roster: RosterImport,
    mapping: Sequence[str],
    no_nik_reason: str,
    revision: int,
    by: User,
    at: datetime,
    queued: bool = True,
) -> RosterImport:
    """Say which column holds what; every row is then judged anew. Raises NotNow once saving began, Conflict."""
    require_reach(by, roster)
    if roster.state is not RosterState.READ:
        raise NotNow(_("Kolom hanya dapat diatur setelah berkas dibaca dan sebelum disimpan."))
    chosen = list(mapping)
    if len(chosen) != len(roster.headers) or any(code and code not in USED for code in chosen):
        raise Refused(_("Pilihan kolom tidak dikenal. Muat ulang halaman ini."))
    named = [code for code in chosen if code]
    if twice := {code for code in named if named.count(code) > 1}:
        column = max(column for column, code in enumerate(chosen) if code in twice)
        raise Refused(_("Satu isian hanya dapat diambil dari satu kolom."), field=f"column_{column}")
    if not {"name", "nickname"} & set(named):
        raise Refused(_("Tentukan kolom yang berisi nama."))
    if no_nik_reason not in no_nik_reasons().codes:
        raise Refused(_("Pilih alasan dari daftar."), field="no_nik_reason")
    save_changes(roster, revision=revision, mapping=chosen, no_nik_reason=no_nik_reason)
    rows = RosterRow.objects.filter(roster=roster)
    rows.update(outcome="", problems=[], matches=[], person=None, fingerprint=None, nik_hash=None)
    _ask_reading(roster, total=rows.count(), by=by, at=at, queued=queued)
    return roster


@operation("interop.roster.import")
def save_roster(*, roster: RosterImport, only_good: bool, by: User, at: datetime, queued: bool = True) -> RosterImport:
    """Ask for the saving of all rows that need no decision. Asked before: nothing new.

    Raises FaultyRowsRemain when all rows were asked for and some are faulty, NotNow before the file was read.
    """
    require_reach(by, roster)
    lock(roster)
    if roster.state in {RosterState.SAVING, RosterState.SAVED}:
        return roster
    if roster.state not in {RosterState.READ, RosterState.STOPPED}:
        raise NotNow(_("Berkas ini belum selesai dibaca, atau sudah dibatalkan."))
    rows = RosterRow.objects.filter(roster=roster)
    if not only_good and rows.of(Outcome.FAULTY).exists():
        raise FaultyRowsRemain(field="only_good")
    roster.saving = ask_for_work(
        id=uuid7(),
        kind=SAVING,
        subject_id=roster.pk,
        unit=roster.unit,
        total=rows.filter(outcome__in=[Outcome.NEW, Outcome.KNOWN]).count(),
        by=by,
        at=at,
        queued=queued,
    )
    RosterImport.objects.filter(pk=roster.pk).update(saving=roster.saving)
    return roster


@operation("interop.roster.import")
def cancel_roster(*, roster: RosterImport, by: User, at: datetime) -> RosterImport:
    """Stop. While saving, what was saved stays and saving may go on later; before that, the import is put aside.

    Of an import that was put aside nothing is kept but that it was: its rows and its file go.
    """
    require_reach(by, roster)
    lock(roster)
    if roster.state is RosterState.SAVED:
        raise NotNow(_("Daftar ini sudah selesai disimpan."))
    work = roster.work
    if work is not None and not work.has_ended:
        cancel_work(work=work, by=by, at=at, is_vouched=True)
    if roster.saving is None and roster.cancelled_at is None:
        RosterRow.objects.filter(roster=roster).delete()
        RosterImport.objects.filter(pk=roster.pk).update(cancelled_at=at, content=None)
        roster.cancelled_at, roster.content = at, None
    return roster


def read_table(content: bytes, filename: str, sheet: str = "") -> Sheet:
    try:
        return read_rows(content, filename, sheet=sheet, header_map=header_map())
    except SheetRefused as refused:
        raise RosterUnreadable(refused.message, field="file") from refused


def require_reach(by: User, roster: RosterImport) -> None:
    """Assert that this is the actor's own import, at a unit where they may import, or one they oversee."""
    if by.scope.allows(OVERSEE_ROSTERS, roster.guard_for(by)):
        return
    if roster.uploaded_by_id != by.pk:
        raise NotAllowed
    require(by, IMPORT_ROSTER, on=AtUnit(roster.unit))


def lock(roster: RosterImport) -> None:
    """Take the row of the import, and see it and its works as they now are."""
    fresh = RosterImport.objects.select_for_update(of=("self",)).get(pk=roster.pk)
    by_id = BackgroundWork.objects.in_bulk([pk for pk in (fresh.reading_id, fresh.saving_id) if pk])
    roster.cancelled_at, roster.revision = fresh.cancelled_at, fresh.revision
    roster.reading = by_id.get(fresh.reading_id) if fresh.reading_id else None
    roster.saving = by_id.get(fresh.saving_id) if fresh.saving_id else None


def _ask_reading(roster: RosterImport, *, total: int, by: User, at: datetime, queued: bool) -> None:
    roster.reading = ask_for_work(
        id=uuid7(), kind=READING, subject_id=roster.pk, unit=roster.unit, total=total, by=by, at=at, queued=queued
    )
    RosterImport.objects.filter(pk=roster.pk).update(reading=roster.reading)
