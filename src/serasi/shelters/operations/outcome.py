"""Where people go on to, many at once; taking back what was wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require
from serasi.access.permissions import may
from serasi.common.identifiers import uuid7
from serasi.residence import operations as residence
from serasi.residence.models import Reservation
from serasi.residence.permissions import RESERVE
from serasi.residence.queries import day_at
from serasi.shelters.enums import OutcomeKind
from serasi.shelters.models import Arrival, Gathering, Outcome
from serasi.shelters.operations.gathering import hold_open
from serasi.shelters.permissions import ACCOUNT_ARRIVAL

EXPECTED_FOR: Final = timedelta(days=3)
"""How long a house expects someone who was sent on to it."""


class AlreadyAccounted(Refused):
    """Someone of them has gone on already; the message says who, by number."""

    def __init__(self, tags: Sequence[int]) -> None:
        super().__init__(
            _("Nomor %(tags)s sudah diteruskan. Muat ulang daftar, lalu pilih lagi.")
            % {"tags": ", ".join(map(str, tags))}
        )


class UnknownTags(Refused):
    """Nobody here wears these numbers."""

    def __init__(self, tags: Sequence[int]) -> None:
        shown = ", ".join(map(str, tags[:20])) + (" …" if len(tags) > 20 else "")
        super().__init__(_("Tidak ada orang dengan nomor %s di sini.") % shown, field="arrivals")


class NobodyChosen(Refused):
    message = _("Belum ada orang yang dipilih.")


class UnitNeeded(Refused):
    message = _("Pilih unit tujuan.")


@dataclass(frozen=True, slots=True)
class Onward:
    """What was written together: the outcomes, and how many of them a house now expects."""

    outcomes: tuple[Outcome, ...]
    expected: int


@operation(ACCOUNT_ARRIVAL)
def account_for(
    *,
    batch: UUID,
    gathering: Gathering,
    arrivals: Sequence[Arrival],
    kind: str,
    happened_at: datetime,
    by: User,
    at: datetime,
    to_unit: Unit | None = None,
    note: str = "",
) -> Onward:
    """What became of these people. ``batch`` is chosen by the client: sent twice, it is written once.

    A house of Serasi expects those who are matched with the register, where the actor may reserve there. Raises
    AlreadyAccounted, NobodyChosen, UnitNeeded, GatheringClosed.
    """
    require(by, ACCOUNT_ARRIVAL, on=gathering)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [batch.int & 0x7FFF_FFFF_FFFF_FFFF])
    written = tuple(Outcome.objects.filter(batch=batch))
    if written:
        return Onward(written, sum(outcome.reservation_id is not None for outcome in written))
    if not arrivals:
        raise NobodyChosen(field="arrivals")
    if happened_at > at:
        raise Refused(_("Waktu berangkat tidak boleh di masa depan."), field="happened_at")
    is_placed = kind == OutcomeKind.PLACED
    if is_placed and to_unit is None:
        raise UnitNeeded(field="to_unit")
    hold_open(gathering)
    ids = sorted(arrival.pk for arrival in arrivals)
    held = Arrival.objects.select_for_update(of=("self",)).filter(pk__in=ids, gathering=gathering).order_by("pk")
    found = list(held)
    gone = Arrival.objects.filter(pk__in=ids).accounted().order_by("tag").values_list("tag", flat=True)
    if tags := list(gone):
        raise AlreadyAccounted(tags)
    expected = _expect(found, to_unit, by=by, at=at) if is_placed and to_unit is not None else {}
    outcomes = [
        Outcome(
            id=uuid7(),
            arrival=arrival,
            batch=batch,
            kind=kind,
            to_unit=to_unit if is_placed else None,
            reservation=expected.get(arrival.pk),
            note=note.strip(),
            happened_at=happened_at,
            written_at=at,
            written_by=by,
        )
        for arrival in found
    ]
    Outcome.objects.bulk_create(outcomes)
    return Onward(tuple(outcomes), len(expected))


def _expect(arrivals: Sequence[Arrival], unit: Unit, *, by: User, at: datetime) -> dict[UUID, Reservation]:
    """The reservations that the house can be asked for; whom it expects already it expects once."""
    if not may(by, RESERVE, on=unit):
        return {}
    day, made = day_at(unit, at), {}
    for arrival in arrivals:
        if arrival.person is None:
            continue
        try:
            made[arrival.pk] = residence.reserve(
                id=uuid7(),
                person=arrival.person,
                unit=unit,
                first_day=day,
                last_day=day + EXPECTED_FOR,
                note=f"Dari penampungan {arrival.gathering.place}",
                by=by,
                at=at,
            )
        except Refused:
            continue
    return made


@operation(ACCOUNT_ARRIVAL)
def withdraw_outcome(*, outcome: Outcome, reason: str, by: User, at: datetime) -> Outcome:
    """It was not so: the person is here still. A house that expects them does so no longer."""
    require(by, ACCOUNT_ARRIVAL, on=outcome.arrival)
    hold_open(outcome.arrival.gathering)
    if not reason.strip():
        raise Refused(_("Tulis mengapa penerusan ini dibatalkan."), field="reason")
    standing = Outcome.objects.standing().filter(pk=outcome.pk)
    if not standing.update(withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason.strip()):
        raise Refused(_("Penerusan ini sudah dibatalkan."))
    reservation = outcome.reservation
    if reservation is not None and reservation.is_open and may(by, RESERVE, on=reservation):
        residence.cancel_reservation(reservation=reservation, reason=reason, by=by, at=at)
    outcome.withdrawn_at, outcome.withdrawn_by, outcome.withdrawn_reason = at, by, reason.strip()
    return outcome
