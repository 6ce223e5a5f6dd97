"""An agreement with an outside system begins, changes, ends."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import Refused, operation, require, save_changes
from serasi.access.operations.users import open_reader
from serasi.exchange.enums import Attribute, Basis, RecordField
from serasi.exchange.models import Delivery, Peer, Subscription
from serasi.exchange.models.peer import MOST_RECORDS
from serasi.exchange.operations.key import ensure_key
from serasi.exchange.permissions import MANAGE_PEERS
from serasi.exchange.queries.peers import hash_of
from serasi.exchange.sending import BadAddress, checked
from serasi.exchange.signing import BadKey, read_jwks


class BadKeys(Refused):
    message = _("Kunci publik tidak terbaca. Tempelkan JWKS dengan kunci Ed25519 (OKP), tanpa kunci rahasianya.")


class BadCallback(Refused):
    message = _("Alamat balasan harus https, lengkap, dan bukan alamat jaringan dalam.")


@operation(MANAGE_PEERS)
def register_peer(
    *,
    id: UUID,
    unit: Unit,
    sender_id: str,
    name: str,
    agreement: str,
    basis: str,
    purposes: Sequence[str],
    from_on: date,
    until_on: date | None = None,
    legal_ground: str = "",
    consent_purpose: str = "",
    record_fields: Sequence[str] = (),
    search_attributes: Sequence[str] = (),
    most_records: int = MOST_RECORDS,
    callback_url: str = "",
    public_keys: str = "",
    may_be_unsigned: bool = False,
    per_minute: int = 60,
    per_day: int = 5000,
    by: User,
    at: datetime,
) -> tuple[Peer, str]:
    """A system that may ask from now on, and its secret: told this once. Raises BadKeys, BadCallback.

    The same id again is refused: its secret was shown once and nobody knows it any more.
    """
    require(by, MANAGE_PEERS, on=unit)
    if Peer.objects.filter(pk=id).exists():
        raise Refused(_("Sistem ini sudah terdaftar. Buat rahasia baru di halamannya bila yang pertama hilang."))
    secret = secrets.token_urlsafe(48)
    facts = _checked(
        {
            "name": name,
            "agreement": agreement,
            "basis": basis,
            "legal_ground": legal_ground,
            "consent_purpose": consent_purpose,
            "purposes": purposes,
            "from_on": from_on,
            "until_on": until_on,
            "record_fields": record_fields,
            "search_attributes": search_attributes,
            "most_records": most_records,
            "callback_url": callback_url,
            "public_keys": public_keys,
            "may_be_unsigned": may_be_unsigned,
            "per_minute": per_minute,
            "per_day": per_day,
        }
    )
    peer = Peer(
        id=id,
        unit=unit,
        sender_id=sender_id.strip(),
        secret_hash=hash_of(secret),
        reader=open_reader(name=facts["name"], at=at),
        registered_by=by,
        registered_at=at,
        **facts,
    )
    peer.save(force_insert=True)
    ensure_key(at=at)
    return peer, secret


@operation(MANAGE_PEERS)
def change_peer(*, peer: Peer, revision: int, by: User, at: datetime, **facts: Any) -> Peer:
    """Other terms of the same agreement. Raises Conflict, BadKeys, BadCallback."""
    require(by, MANAGE_PEERS, on=peer)
    _not_ended(peer)
    save_changes(peer, revision=revision, **_checked(facts))
    return peer


@operation(MANAGE_PEERS)
def renew_secret(*, peer: Peer, by: User, at: datetime) -> tuple[Peer, str]:
    """Another secret, told this once; the one before and its tokens open nothing any more."""
    require(by, MANAGE_PEERS, on=peer)
    _not_ended(peer)
    secret = secrets.token_urlsafe(48)
    save_changes(peer, revision=peer.revision, secret_hash=hash_of(secret))
    return peer, secret


@operation(MANAGE_PEERS)
def end_peer(*, peer: Peer, reason: str, by: User, at: datetime) -> Peer:
    """From this moment it is told nothing: neither asked nor waiting nor subscribed. Doing it again changes nothing."""
    require(by, MANAGE_PEERS, on=peer)
    if not reason.strip():
        raise Refused(_("Tulis alasan mengakhirinya."), field="reason")
    ended = Peer.objects.filter(pk=peer.pk, ended_at=None).update(ended_at=at, ended_by=by, end_reason=reason.strip())
    if ended:
        Subscription.objects.filter(peer=peer).running().update(ended_at=Greatest("begun_at", Value(at)))
        given_up = {"given_up_at": Greatest("made_at", Value(at)), "content": None, "failure": "agreement_ended"}
        Delivery.objects.filter(peer=peer).waiting().update(**given_up)
    peer.refresh_from_db()
    return peer


def _not_ended(peer: Peer) -> None:
    if peer.ended_at is not None:
        raise Refused(_("Pertukaran dengan sistem ini sudah diakhiri. Daftarkan yang baru."))


def _checked(facts: dict[str, Any]) -> dict[str, Any]:
    """The terms as they are kept. Raises BadKeys, BadCallback, Refused."""
    told = {name: value.strip() if isinstance(value, str) else value for name, value in facts.items()}
    if told["basis"] == Basis.LAW:
        told["consent_purpose"] = ""
    told["purposes"] = list(dict.fromkeys(one.strip() for one in told["purposes"] if one.strip()))
    told["record_fields"] = [one for one in RecordField.values if one in set(told["record_fields"])]
    told["search_attributes"] = [one for one in Attribute.values if one in set(told["search_attributes"])]
    if told["callback_url"]:
        told["callback_url"] = told["callback_url"].rstrip("/")
        try:
            checked(told["callback_url"], may_loop=settings.SERASI_EXCHANGE_LOOPBACK)
        except BadAddress:
            raise BadCallback(field="callback_url") from None
    try:
        told["public_keys"] = read_jwks(told["public_keys"]) if told["public_keys"] else []
    except BadKey:
        raise BadKeys(field="public_keys") from None
    if told["public_keys"] and told["may_be_unsigned"]:
        message = _("Sistem yang mempunyai kunci publik selalu bertanda tangan. Kosongkan salah satu.")
        raise Refused(message, field="may_be_unsigned")
    if not told["public_keys"] and not told["may_be_unsigned"]:
        message = _("Tempelkan kunci publiknya, atau nyatakan bahwa ia boleh tanpa tanda tangan.")
        raise Refused(message, field="public_keys")
    return told
