"""A person as the standard tells of one, with the fields of an agreement and no others."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from serasi.exchange.enums import RecordField
from serasi.exchange.models import Peer
from serasi.people.enums import HEALTH_KINDS, AddressKind, Sex
from serasi.people.models import Address, Person, PersonKind, PersonUnit

RECORD_TYPE: Final = "SRPerson"
_SEXES: Final = {Sex.MALE: "male", Sex.FEMALE: "female", Sex.UNKNOWN: "unknown"}
_ADDRESS: Final = {"@type": "Address", "country": "IDN"}
_REGENCY: Final = 5
"""Characters of the code of a regency or city: 31.73."""


def with_what_is_told(people: QuerySet[Person], peer: Peer, *, on: date) -> QuerySet[Person]:
    """The same people, with what telling of them reads, and the unit under whose eyes they are told of."""
    known = PersonUnit.objects.filter(until_at=None, unit__path__startswith=peer.unit.path).order_by("since_at")
    wanted: list[Any] = [Prefetch("units", known, to_attr="known_below_peer")]
    if {RecordField.REGION, RecordField.ADDRESS} & set(peer.record_fields):
        lives = Address.objects.filter(kind=AddressKind.DOMICILE, period__contains=on)
        wanted.append(Prefetch("addresses", lives.select_related("region__parent__parent__parent"), to_attr="lives_at"))
    if RecordField.KINDS in peer.record_fields:
        kinds = PersonKind.objects.filter(period__contains=on).exclude(kind__in=HEALTH_KINDS).select_related("kind")
        wanted.append(Prefetch("kinds", kinds, to_attr="told_kinds"))
    return people.prefetch_related(*wanted)


def record_of(person: Person, peer: Peer) -> dict[str, Any]:
    """One record. What is not known of somebody is left out, as what is not agreed is."""
    told: dict[str, Any] = {"@type": RECORD_TYPE}
    for field in peer.record_fields:
        for name, value in _TOLD[RecordField(field)](person).items():
            told[name] = {**told[name], **value} if name in told and isinstance(value, dict) else value
    return told


def as_member(record: dict[str, Any]) -> dict[str, Any]:
    """The same as a member of a group, for who asks for ``response_entity: Member``."""
    return {
        "@type": "Member",
        **({"member_identifier": record["identifier"]} if "identifier" in record else {}),
        "demographic_info": record,
    }


def unit_of(person: Person) -> Any:
    """The unit whose head reads in the log that this person was told of."""
    return person.known_below_peer[0].unit_id  # type: ignore[attr-defined]  # set by `with_what_is_told`


def _nik(person: Person) -> dict[str, Any]:
    if not person.nik:
        return {}
    return {"identifier": [{"@type": "Identifier", "identifier_type": "NationalID", "identifier_value": person.nik}]}


def _name(person: Person) -> dict[str, Any]:
    return {"name": {"@type": "Name", "given_name": person.full_name}} if person.full_name else {}


def _sex(person: Person) -> dict[str, Any]:
    return {"sex": _SEXES[Sex(person.sex)]}


def _dated(name: str, day: date | None) -> dict[str, Any]:
    return {name: f"{day.isoformat()}T00:00:00Z"} if day else {}


def _region(person: Person) -> dict[str, Any]:
    """The regency or city in which somebody lives: its code and name."""
    region = next((one.region for one in _lives_at(person) if one.region), None)
    while region is not None and len(region.code) > _REGENCY:
        region = region.parent
    return {"address": _ADDRESS | {"district": region.name, "district_code": region.code}} if region else {}


def _full_address(person: Person) -> dict[str, Any]:
    found = next(iter(_lives_at(person)), None)
    if found is None:
        return {}
    street = " ".join(part for part in (found.line, _numbered("RT", found.rt), _numbered("RW", found.rw)) if part)
    told = {"street_address": street} if street else {}
    if found.region is not None:
        told |= {"locality": found.region.name, "locality_code": found.region.code}
    return {"address": _ADDRESS | told | _region(person).get("address", {})}


def _lives_at(person: Person) -> Iterable[Address]:
    return person.lives_at  # type: ignore[attr-defined,no-any-return]  # set by `with_what_is_told`


def _numbered(what: str, number: str) -> str:
    return f"{what} {number}" if number else ""


def _registered(person: Person) -> dict[str, Any]:
    return {"registration_date": timezone.localtime(person.registered_at, timezone.get_default_timezone()).isoformat()}


def _kinds(person: Person) -> dict[str, Any]:
    kinds = [one.kind_id for one in person.told_kinds]  # type: ignore[attr-defined]  # as above
    return {"additional_attributes": [{"ppks_kind": code} for code in kinds]} if kinds else {}


_TOLD: Final[Mapping[RecordField, Callable[[Person], dict[str, Any]]]] = {
    RecordField.NIK: _nik,
    RecordField.NAME: _name,
    RecordField.SEX: _sex,
    RecordField.BIRTH_DATE: lambda person: _dated("birth_date", person.birth_date),
    RecordField.DEATH_DATE: lambda person: _dated("death_date", person.died_on),
    RecordField.PHONE: lambda person: {"phone_number": [person.phone]} if person.phone else {},
    RecordField.REGION: _region,
    RecordField.ADDRESS: _full_address,
    RecordField.REGISTERED: _registered,
    RecordField.KINDS: _kinds,
}
