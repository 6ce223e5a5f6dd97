"""The work of loading: rows of a file become entries, some thousands at a time; where it stopped, it goes on.

How far it came stands on the delivery and is written with the entries, in one transaction. Between two chunks the file
stays open in this process; another process opens it anew and passes over what was done.
"""

import threading
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from serasi.access.models import BackgroundWork, User
from serasi.access.operations import Refused
from serasi.access.operations.work import Progress
from serasi.common.encryption import keyed_hash, keyring
from serasi.common.identifiers import uuid7
from serasi.entitlements.models import Delivery, Entry, Remark
from serasi.entitlements.queries.places import PlaceFinder
from serasi.entitlements.reading import Found, ListUnreadable, Opened, RowReader, opened
from serasi.entitlements.reading.rows import LONGEST
from serasi.people.naming import key_of

CHUNK: Final = 10_000
MOST_REMARKS: Final = 10_000
"""Remarks that are kept of one list; all are counted."""
_COLUMNS: Final = tuple(str(field.column) for field in Entry._meta.concrete_fields)
_INCOMING: Final = "entitlements_incoming"
_NIK: Final[Any] = Entry._meta.get_field("nik")
_KK: Final[Any] = Entry._meta.get_field("kk")


@dataclass(slots=True)
class _AtWork:
    """A file that is being read, and how many of its rows were."""

    delivery_id: UUID
    file: Any
    opened: Opened
    rows_read: int
    places: PlaceFinder


_open = threading.local()
"""``_open.reading``: the one file that this thread of a worker has open."""


def load_chunk(work: BackgroundWork, _by: User, at: datetime) -> Progress:
    """Read, check and store the next rows; at the end the file goes and the list may be used."""
    delivery = Delivery.objects.select_for_update().get(
        pk=work.subject_id
    )  # while it is held, nothing of it is deleted
    if delivery.loaded_at or delivery.withdrawn_at or delivery.deleted_at or not delivery.file:
        _put_away()
        return Progress(delivery.rows_read, delivery.rows_read, is_finished=True)
    reading = _reading(delivery)
    try:
        rows = list(islice(reading.opened.rows, CHUNK))
    except ListUnreadable as unreadable:
        _put_away()
        raise Refused(unreadable.message) from unreadable
    reading.rows_read += len(rows)
    reader = RowReader(reading.opened.headers, reading.opened.columns, today=timezone.localdate(at))
    taken: list[tuple[int, Found]] = []
    refused = remarked = 0
    remarks: list[Remark] = []
    for number, cells in rows:
        found = reader.read(cells)
        if found is None:
            continue
        if found.said:
            refused += found.is_refused
            remarked += not found.is_refused
            remarks += _remarks(delivery, number, found)
        if not found.is_refused:
            taken.append((number, found))
    unplaced = _store(delivery, taken, reading.places)
    room = max(0, MOST_REMARKS - (delivery.rows_refused + delivery.rows_remarked))
    Remark.objects.bulk_create(remarks[:room], batch_size=1_000)
    is_finished = len(rows) < CHUNK
    Delivery.objects.filter(pk=delivery.pk).update(
        rows_read=F("rows_read") + len(rows),
        rows_taken=F("rows_taken") + len(taken),
        rows_refused=F("rows_refused") + refused,
        rows_remarked=F("rows_remarked") + remarked,
        rows_unplaced=F("rows_unplaced") + unplaced,
        **({"loaded_at": at, "file": ""} if is_finished else {}),
    )
    if is_finished:
        _put_away()
        storage, name = delivery.file.storage, str(delivery.file.name)
        transaction.on_commit(lambda: storage.delete(name))
    total = reading.rows_read if is_finished else max(work.total, reading.rows_read)
    return Progress(reading.rows_read, total, is_finished=is_finished)


def _reading(delivery: Delivery) -> _AtWork:
    """The file, standing before the first row that was not stored."""
    held: _AtWork | None = getattr(_open, "reading", None)
    if held and (held.delivery_id, held.rows_read) == (delivery.pk, delivery.rows_read):
        return held
    _put_away()
    file: Any = delivery.file.storage.open(str(delivery.file.name))
    try:
        found = opened(file.file, delivery.file_name, is_utf8=delivery.is_utf8)
        next(islice(found.rows, delivery.rows_read, delivery.rows_read), None)
    except ListUnreadable as unreadable:
        file.close()
        raise Refused(unreadable.message) from unreadable
    fresh = _AtWork(delivery.pk, file, found, delivery.rows_read, PlaceFinder(delivery.programme))
    _open.reading = fresh
    return fresh


def _put_away() -> None:
    held: _AtWork | None = getattr(_open, "reading", None)
    if held is not None:
        held.file.close()
    _open.reading = None


def _remarks(delivery: Delivery, number: int, found: Found) -> list[Remark]:
    return [
        Remark(
            id=uuid7(),
            delivery=delivery,
            number=number,
            column=said.column,
            what=said.what,
            fix=said.fix,
            is_refused=said.is_refused,
        )
        for said in found.said
    ]


def _store(delivery: Delivery, rows: list[tuple[int, Found]], places: PlaceFinder) -> int:
    """Put the entries in, all at once; how many name a place that is not known for certain.

    COPY does not go into a table with row policies, so it goes into a passing one first. Nothing is asked meanwhile:
    the places are found before.
    """
    if not rows:
        return 0
    regions = [places.code_of(found.place) if found.place.is_said else None for _number, found in rows]
    columns = ", ".join(f'"{column}"' for column in _COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {_INCOMING} (LIKE entitlements_entry) ON COMMIT DROP")
        cursor.execute(f"TRUNCATE {_INCOMING}")
        with cursor.copy(f"COPY {_INCOMING} ({columns}) FROM STDIN") as copy:
            for (number, found), region in zip(rows, regions, strict=True):
                row = _row(delivery, number, found, region)
                copy.write_row([row[column] for column in _COLUMNS])
        cursor.execute(f"INSERT INTO entitlements_entry ({columns}) SELECT {columns} FROM {_INCOMING}")  # noqa: S608
    return sum(region is None and found.place.is_said for (_number, found), region in zip(rows, regions, strict=True))


def _row(delivery: Delivery, number: int, found: Found, region: str | None) -> dict[str, Any]:
    """An entry by its columns."""
    keys = keyring()
    return {
        "id": uuid7(),
        "delivery_id": delivery.pk,
        "number": number,
        "nik": keys.seal(found.nik, context=_NIK.context) if found.nik else None,
        "nik_hash": keyed_hash(found.nik, "nik") if found.nik else None,
        "kk": keys.seal(found.kk, context=_KK.context) if found.kk else None,
        "kk_hash": keyed_hash(found.kk, "kk") if found.kk else None,
        "name": found.name,
        "name_key": key_of(found.name),
        "birth_date": _day(found.birth_date),
        "sex": found.sex,
        "region_id": region,
        "place_said": (found.place.words or found.place.region_code)[: LONGEST["place"]],
        "component": found.component,
        "desil": found.desil,
        "amount": found.amount,
        "status": found.status,
    }


def _day(day: date | None) -> date | None:
    return day.date() if isinstance(day, datetime) else day
