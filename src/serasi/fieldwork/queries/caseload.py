"""Whom a device may know: the cases its user works on, with the little that a visit needs, and never what is sealed."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from serasi.access.models import User
from serasi.access.scope import today
from serasi.cases.models import Case
from serasi.cases.queries.header import with_person
from serasi.people.enums import AddressKind, Confidentiality
from serasi.people.models import Address, Person

MOST: Final = 300
"""Cases on one device: what is lost with it stays bounded."""
COLUMNS: Final = (
    "name",
    "label",
    "__version",
    "umur",
    "jenis_kelamin",
    "desa",
    "alamat",
    "telepon",
    "panggilan",
)
"""Of ``klien.csv``. The first three are what a client asks of a list of entities; forms name the others."""


@dataclass(frozen=True, slots=True)
class Known:
    """A case as it stands on a device. ``age`` is in whole years; a child in court has initials and nothing to be found
    by."""

    case_id: UUID
    number: str
    shown_name: str
    revision: int
    age: int | None
    sex: str
    village: str
    address: str
    phone: str
    nickname: str

    @property
    def label(self) -> str:
        years = _("%d th") % self.age if self.age is not None else ""
        return " · ".join(part for part in (self.shown_name, years, self.village, self.number) if part)


def caseload_of(user: User) -> list[Known]:
    """Open cases on whose team the user is, newest first, at most `MOST` (2 queries)."""
    files = Case.objects.visible_to(user).of_team_member(user).open()
    files = files.exclude(confidentiality=Confidentiality.SEALED)
    files = files.exclude(person__confidentiality=Confidentiality.SEALED)
    cases = list(with_person(files, user).order_by("-opened_at", "pk")[:MOST])
    on = today()
    homes = homes_of([case.person for case in cases], on)
    return [_known(case, homes.get(case.person_id), on) for case in cases]


def homes_of(people: list[Person], on: date) -> dict[UUID, Address]:
    """Where each of them lives on a day (1 query)."""
    rows = Address.objects.filter(person__in=people, kind=AddressKind.DOMICILE, period__contains=on)
    return {one.person_id: one for one in rows.select_related("region")}


def _known(case: Case, home: Address | None, on: date) -> Known:
    person = case.person
    is_guarded = Confidentiality.SPPA in {case.confidentiality, person.confidentiality}
    return Known(
        case_id=case.pk,
        number=case.number,
        shown_name=person.initials if is_guarded else str(person),
        revision=person.revision,
        age=person.age_on(on),
        sex=person.sex,
        village="" if is_guarded or home is None or home.region is None else home.region.name,
        address="" if is_guarded or home is None else home.line,
        phone="" if is_guarded else person.phone,
        nickname="" if is_guarded else person.nickname,
    )


def caseload_csv(known: list[Known]) -> bytes:
    """The list as forms read it."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(COLUMNS)
    for one in known:
        facts = (one.age if one.age is not None else "", one.sex, one.village, one.address, one.phone, one.nickname)
        rows.writerow((one.case_id, one.label, one.revision, *facts))
    return written.getvalue().encode()
