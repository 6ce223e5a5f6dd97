"""How peers and what they asked are shown: codes, counts and moments, never whom."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from serasi.common.components import Cell, Column, Fact, Status, Table, Tone
from serasi.exchange.enums import Attribute, Basis, Outcome, RecordField
from serasi.exchange.models import Delivery, Inquiry, Peer
from serasi.exchange.queries.peers import Activity

_TONES: dict[str, Tone] = {Outcome.RECEIVED: "warn", Outcome.SUCCEEDED: "good", Outcome.REFUSED: "bad"}


def peers_table(rows: Sequence[Activity]) -> Table:
    columns = [
        Column(_("Sistem")),
        Column(_("Keadaan")),
        Column(_("Ditanya 30 hari terakhir"), number=True),
        Column(_("Ditolak"), number=True),
        Column(_("Terakhir")),
    ]
    return Table(
        columns,
        [
            [
                Cell(row.peer.name, url=reverse("exchange:peer", args=[row.peer.pk]), sub=str(row.peer.unit)),
                state_of(row.peer),
                row.asked,
                row.refused,
                _moment(row.last_at) if row.last_at else _("belum pernah"),
            ]
            for row in rows
        ],
    )


def state_of(peer: Peer) -> Status:
    today = timezone.localdate()
    if peer.ended_at:
        return Status(_("Diakhiri"), "neutral")
    if peer.from_on > today:
        return Status(_("Belum berlaku"), "info")
    return Status(_("Berlaku"), "good") if peer.is_in_force(today) else Status(_("Habis masanya"), "warn")


def facts_of(peer: Peer) -> list[Fact]:
    """The terms of an agreement, in words."""
    until = date_format(peer.until_on, "j F Y") if peer.until_on else _("tanpa batas")
    basis = peer.get_basis_display()
    ground = peer.get_consent_purpose_display() if peer.basis == Basis.CONSENT else peer.legal_ground
    facts = [
        Fact(_("Unit yang berjanji"), peer.unit.name),
        Fact(_("Pengenal sistem (sender_id)"), peer.sender_id),
        Fact(_("Client id"), str(peer.pk)),
        Fact(_("Nomor perjanjian"), peer.agreement),
        Fact(_("Masa berlaku"), f"{date_format(peer.from_on, 'j F Y')} – {until}"),
        Fact(_("Dasar hukum"), f"{basis}: {ground}"),
        Fact(_("Kode tujuan"), ", ".join(peer.purposes)),
        Fact(_("Yang dijawab"), _listed(RecordField(one).label for one in peer.record_fields)),
        Fact(_("Dicari dengan"), _listed(Attribute(one).label for one in peer.search_attributes)),
        Fact(_("Orang paling banyak dalam satu jawaban"), peer.most_records),
        Fact(_("Alamat balasan"), peer.callback_url or _("tidak ada; hanya langsung (sync)")),
        Fact(_("Tanda tangan"), ", ".join(key["kid"] for key in peer.public_keys) or _("boleh tanpa tanda tangan")),
        Fact(
            _("Batas permintaan"),
            _("%(minute)s per menit, %(day)s per hari")
            % {"minute": number_format(peer.per_minute), "day": number_format(peer.per_day)},
        ),
        Fact(_("Didaftarkan"), f"{peer.registered_by} · {_moment(peer.registered_at)}"),
    ]
    if peer.ended_at:
        facts.append(Fact(_("Diakhiri"), f"{peer.ended_by} · {_moment(peer.ended_at)} · {peer.end_reason}"))
    return facts


def inquiries_table(rows: Iterable[Inquiry]) -> Table:
    columns = [
        Column(_("Waktu")),
        Column(_("Tindakan")),
        Column(_("Tujuan")),
        Column(_("Hasil")),
        Column(_("Bagian"), number=True),
        Column(_("Orang dijawab"), number=True),
    ]
    return Table(
        columns,
        [
            [
                Cell(_moment(row.received_at), sub=row.message_id),
                Cell(row.get_action_display(), sub=_("langsung") if row.is_sync else _sent(row)),
                Cell(row.purpose or "–", sub=row.consent_reference),
                Cell(sub=row.reason, status=Status(row.get_outcome_display(), _TONES[row.outcome])),
                row.asked,
                row.found,
            ]
            for row in rows
        ],
    )


def _sent(row: Inquiry) -> str:
    """Where the answer to what was not asked directly is."""
    delivery: Delivery | None = getattr(row, "delivery", None)
    if delivery is None:
        return "" if row.answered_at else _("menunggu dijawab")
    if delivery.delivered_at:
        return _("jawaban sampai %s") % _moment(delivery.delivered_at)
    if delivery.given_up_at:
        return _("jawaban tidak sampai: %s") % delivery.failure
    return _("jawaban sedang dikirim, percobaan %d") % (delivery.attempts + 1)


def _listed(words: Iterable[object]) -> str:
    return ", ".join(str(word) for word in words) or _("tidak ada")


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j M Y H.i")
