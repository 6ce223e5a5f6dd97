"""What a house keeps for someone: belongings with two signatures, money line by line with two people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import Posting, User
from serasi.access.operations import Refused, operation
from serasi.common.identifiers import uuid7
from serasi.residence.enums import HandoverKind, MoneyKind
from serasi.residence.models import Belonging, Handover, MoneyLine, Stay
from serasi.residence.operations.drawing import refuse_future, saying_where
from serasi.residence.operations.placing import require_in_house
from serasi.residence.permissions import KEEP
from serasi.residence.queries.days import day_at

MOST_BELONGINGS = 100


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is handed over."""

    name: str
    quantity: int = 1


class StayIsOver(Refused):
    message = _("Masa tinggalnya sudah selesai; tidak ada lagi yang dititipkan. Yang ada dapat dikembalikan.")


class WitnessFromHere(Refused):
    message = _("Saksi harus petugas lain dari rumah ini.")


@operation(KEEP, creates=Handover)
def receive_belongings(
    *,
    id: UUID,
    stay: Stay,
    items: Sequence[Item],
    signed_by: str,
    witness: User,
    happened_at: datetime,
    by: User,
    at: datetime,
    note: str = "",
) -> Handover:
    """The house takes someone's things into keeping; none at all says that nothing was brought.

    Raises StayIsOver, WitnessFromHere, NotYet.
    """
    _require_two(by, witness, stay, happened_at, at)
    if not stay.is_open:
        raise StayIsOver
    if len(items) > MOST_BELONGINGS:
        raise Refused(_("Paling banyak 100 barang sekaligus. Bagi menjadi beberapa serah terima."), field="items")
    paper = _paper(
        Handover(id=id, stay=stay, kind=HandoverKind.RECEIVED, happened_at=happened_at, signed_by=signed_by, note=note),
        witness=witness,
        by=by,
        at=at,
    )
    Belonging.objects.bulk_create(
        Belonging(id=uuid7(), received=paper, name=item.name.strip(), quantity=item.quantity) for item in items
    )
    return paper


@operation(KEEP, creates=Handover)
def return_belongings(
    *,
    id: UUID,
    stay: Stay,
    belongings: Sequence[Belonging],
    signed_by: str,
    witness: User,
    happened_at: datetime,
    by: User,
    at: datetime,
    fate: str = "",
    note: str = "",
) -> Handover:
    """Things go back to whose they are. With ``fate``, what is not among them is explained and kept no longer.

    What somebody else returned meanwhile is left as it is. Raises WitnessFromHere, NotYet.
    """
    _require_two(by, witness, stay, happened_at, at)
    Stay.objects.select_for_update(no_key=True).get(pk=stay.pk)
    kept = Belonging.objects.kept().filter(received__stay=stay)
    back = kept.filter(pk__in=[one.pk for one in belongings])
    if not back.exists() and not fate.strip():
        raise Refused(_("Pilih barang yang dikembalikan, atau jelaskan mengapa tidak."), field="belongings")
    paper = _paper(
        Handover(id=id, stay=stay, kind=HandoverKind.RETURNED, happened_at=happened_at, signed_by=signed_by, note=note),
        witness=witness,
        by=by,
        at=at,
    )
    back.update(returned=paper)
    if fate.strip():
        kept.update(returned=paper, fate=fate.strip())
    return paper


@operation(KEEP, creates=MoneyLine)
def write_money(
    *,
    id: UUID,
    stay: Stay,
    kind: str,
    amount: int,
    note: str,
    witness: User,
    happened_at: datetime,
    by: User,
    at: datetime,
) -> MoneyLine:
    """Money is received into keeping, spent for whose it is, or returned. Never more than is kept (`NotEnoughKept`)."""
    _require_two(by, witness, stay, happened_at, at)
    if kind not in MoneyKind.values or amount <= 0:
        raise Refused(_("Isi jumlah uangnya, lebih dari nol."), field="amount")
    if kind == MoneyKind.RECEIVED and not stay.is_open:
        raise StayIsOver
    change = amount if kind == MoneyKind.RECEIVED else -amount
    return _line(
        MoneyLine(id=id, stay=stay, kind=kind, change=change, note=note.strip(), happened_at=happened_at),
        witness=witness,
        by=by,
        at=at,
    )


@operation(KEEP, creates=MoneyLine)
def reverse_money(*, id: UUID, line: MoneyLine, note: str, witness: User, by: User, at: datetime) -> MoneyLine:
    """A line was written wrongly: one that undoes it follows, and both stay. Raises NotEnoughKept."""
    _require_two(by, witness, line.stay, at, at)
    if line.reverses_id is not None or MoneyLine.objects.filter(reverses=line).exists():
        raise Refused(_("Baris ini sudah dibatalkan."))
    return _line(
        MoneyLine(
            id=id,
            stay=line.stay,
            kind=line.kind,
            change=-line.change,
            note=note.strip(),
            happened_at=at,
            reverses=line,
        ),
        witness=witness,
        by=by,
        at=at,
    )


def _require_two(by: User, witness: User, stay: Stay, happened_at: datetime, at: datetime) -> None:
    """Two people of the house stand for it."""
    require_in_house(by, KEEP, stay)
    refuse_future(happened_at, at=at)
    posted = Posting.objects.in_force(day_at(stay.unit, at)).filter(unit=stay.unit, user=witness)
    if witness.pk == by.pk or not posted.exists():
        raise WitnessFromHere(field="witness")


def _paper(paper: Handover, *, witness: User, by: User, at: datetime) -> Handover:
    paper.witness, paper.written_by, paper.written_at = witness, by, at
    paper.signed_by, paper.note = paper.signed_by.strip(), paper.note.strip()
    paper.save(force_insert=True)
    return paper


def _line(line: MoneyLine, *, witness: User, by: User, at: datetime) -> MoneyLine:
    line.witness, line.written_by, line.written_at = witness, by, at
    with saying_where():
        line.save(force_insert=True)
    return line
