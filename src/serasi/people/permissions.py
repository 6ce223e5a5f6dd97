"""Permissions of this app, as data, and how they reach a person.

Ministry officers and administrators see no names, so they hold none of these; partners neither. Field assistants and
students see the people they are with, and no one else.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Reach, Role
from serasi.access.models import Unit, User
from serasi.access.operations import NotAllowed
from serasi.access.registry import declare
from serasi.access.scope import Guard

if TYPE_CHECKING:
    from serasi.people.models import Person

_WORKERS = {
    Role.SOCIAL_WORKER: Reach.UNIT,
    Role.SUPERVISOR: Reach.UNIT,
    Role.LKS_WORKER: Reach.UNIT,
}

SEARCH = declare(
    "people.person.search",
    _("Mencari orang di seluruh daftar (di luar unitnya hanya tampak kartu ringkas)"),
    {**_WORKERS, Role.HEAD: Reach.TREE, Role.PSYCHOLOGIST: Reach.UNIT, Role.DINAS_OFFICER: Reach.TREE},
)
OPEN = declare(
    "people.person.open",
    _("Membuka data seseorang"),
    {
        **_WORKERS,
        Role.PSYCHOLOGIST: Reach.UNIT,
        Role.CARER: Reach.UNIT,
        Role.INSTRUCTOR: Reach.UNIT,
        Role.FIELD_ASSISTANT: Reach.TEAM,
        Role.HEAD: Reach.TREE,
        Role.DINAS_OFFICER: Reach.TREE,
        Role.STUDENT: Reach.TEAM,
        Role.RESIDENT: Reach.OWN,
    },
    reads=True,
)
REGISTER = declare(
    "people.person.register",
    _("Mendaftarkan orang"),
    {**_WORKERS, Role.PSYCHOLOGIST: Reach.UNIT, Role.HEAD: Reach.TREE, Role.DINAS_OFFICER: Reach.TREE},
)
EDIT = declare(
    "people.person.edit",
    _("Mengubah data seseorang, keluarga, alamat dan jenis PPKS"),
    {**_WORKERS, Role.PSYCHOLOGIST: Reach.UNIT, Role.HEAD: Reach.TREE, Role.FIELD_ASSISTANT: Reach.TEAM},
)
READ_HEALTH_KIND = declare(
    "people.kind.health",
    _("Membaca jenis PPKS yang menyangkut kesehatan (HIV)"),
    {
        Role.SOCIAL_WORKER: Reach.TEAM,
        Role.PSYCHOLOGIST: Reach.TEAM,
        Role.SUPERVISOR: Reach.UNIT,
        Role.HEAD: Reach.TREE,
    },
    reads=True,
)
REVEAL_IDENTITY = declare(
    "people.person.identity.reveal",
    _("Melihat NIK dan nomor KK selengkapnya (tercatat)"),
    {**_WORKERS, Role.HEAD: Reach.TREE},
)
LINK = declare(
    "people.person.link",
    _("Mendaftarkan di unitnya orang yang sudah terdaftar di unit lain"),
    {**_WORKERS, Role.HEAD: Reach.TREE, Role.DINAS_OFFICER: Reach.TREE},
)
MERGE = declare(
    "people.person.merge",
    _("Menggabungkan dua data dari satu orang, dan membatalkannya"),
    {**_WORKERS, Role.HEAD: Reach.TREE},
)
CONSENT = declare(
    "people.consent.record",
    _("Mencatat dan menarik persetujuan"),
    {**_WORKERS, Role.PSYCHOLOGIST: Reach.UNIT, Role.HEAD: Reach.TREE, Role.FIELD_ASSISTANT: Reach.TEAM},
)
GUARD = declare(
    "people.person.guard",
    _("Menentukan kerahasiaan seseorang dan siapa timnya"),
    {**_WORKERS, Role.HEAD: Reach.TREE, Role.DINAS_OFFICER: Reach.UNIT},
)
KEEP_REFERENCE = declare("people.reference.keep", _("Memuat daftar acuan (hanya sistem)"), {})


@dataclass(frozen=True, slots=True)
class AtUnit:
    """A unit as something a permission may reach: ``require(by, REGISTER, on=AtUnit(unit))``."""

    unit: Unit

    def guard_for(self, _user: User) -> Guard:
        return Guard(unit_path=self.unit.path)


def may_on_person(user: User, code: str, person: "Person") -> bool:
    """Whether the permission reaches this person at any unit the person is known to. Costs at most two queries."""
    return any(user.scope.allows(code, guard) for guard in person.guards_for(user))


def require_on_person(by: User, code: str, person: "Person") -> None:
    if not may_on_person(by, code, person):
        raise NotAllowed
