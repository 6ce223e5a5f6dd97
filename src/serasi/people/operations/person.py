"""Changing what is known of a person, their number and their photo."""

from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Subject
from serasi.access.looks import log_look
from serasi.access.models import User
from serasi.access.operations import Refused, operation, save_changes
from serasi.common.encryption import keyed_hash
from serasi.common.identifiers import uuid7
from serasi.common.nik import NikError, read_nik
from serasi.people.models import Person
from serasi.people.naming import key_of, sort_key_of
from serasi.people.operations.refusals import saying_why
from serasi.people.permissions import require_on_person


class NikRefused(Refused):
    """The structure of the number is impossible."""


EDITABLE = [
    "full_name",
    "nickname",
    "description",
    "identity_state",
    "sex",
    "birth_date",
    "birth_year_from",
    "birth_year_to",
    "birth_place",
    "mother_name",
    "religion",
    "marital",
    "education",
    "died_on",
    "nik",
    "no_nik_reason",
    "phone",
]
"""What `change_person` changes; everything else has an operation of its own."""


@operation("people.person.edit")
def change_person(*, person: Person, revision: int, by: User, at: datetime, **changes: Any) -> Person:
    """Change what is known of a person. Raises `Conflict` when someone saved after ``revision`` was shown.

    Only the named facts change; a NIK empties the reason for having none, and the other way about.
    """
    require_on_person(by, "people.person.edit", person)
    if unknown := set(changes) - set(EDITABLE):
        raise TypeError(f"not changed here: {sorted(unknown)}")
    if "nik" in changes:
        changes["nik"] = nik_digits(changes["nik"] or "") or None
        changes["nik_hash"] = keyed_hash(changes["nik"], "nik") if changes["nik"] else None
        changes.setdefault("no_nik_reason", "" if changes["nik"] else person.no_nik_reason)
    if changes.get("birth_date") is not None:
        changes["birth_year_from"] = changes["birth_year_to"] = changes["birth_date"].year
    if "full_name" in changes:
        changes["name_key"] = key_of(changes["full_name"])
    if "nickname" in changes:
        changes["nickname_key"] = key_of(changes["nickname"])
    if "full_name" in changes or "nickname" in changes:
        changes["sort_key"] = sort_key_of(
            changes.get("full_name", person.full_name) or changes.get("nickname", person.nickname)
        )
    with saying_why(Person):
        save_changes(person, revision=revision, **changes)
    return person


@operation("people.person.identity.reveal")
def reveal_nik(*, person: Person, purpose: str, by: User, at: datetime) -> str:
    """The whole NIK. Who looked and why is logged."""
    require_on_person(by, "people.person.identity.reveal", person)
    if not purpose.strip():
        raise Refused(_("Tulis untuk apa NIK ini dibuka."), field="purpose")
    log_look(by=by, subject=Subject.PERSON, subject_id=person.pk, purpose=f"NIK: {purpose}")
    return str(person.nik or "")


@operation("people.person.edit")
def set_photo(*, person: Person, revision: int, photo: bytes | None, by: User, at: datetime) -> Person:
    """Put a photo on the record (already drawn anew, without place and device), or take it away with None.

    The old file goes when the transaction is through.
    """
    require_on_person(by, "people.person.edit", person)
    old = person.photo.name
    name = ""
    if photo is not None:
        name = default_storage.save(f"people/photos/{uuid7()}.jpg", ContentFile(photo))
    save_changes(person, revision=revision, photo=name)
    if old:
        transaction.on_commit(lambda: default_storage.delete(old))
    return person


def nik_digits(nik: str) -> str:
    """The sixteen digits of a number as it was typed; empty for none. Raises `NikRefused`."""
    if not nik:
        return ""
    try:
        return read_nik(nik).digits
    except NikError as error:
        raise NikRefused(error.message, field="nik") from error
