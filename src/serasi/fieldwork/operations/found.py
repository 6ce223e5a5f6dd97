"""Somebody found in the field: a report for the desk at once, and a person in the register where that is sure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid5

from serasi.access.models import Unit, User
from serasi.access.operations import NotAllowed, Refused, acting
from serasi.cases.enums import Urgency
from serasi.cases.models import Report
from serasi.cases.operations.report import UNKNOWN, receive_report
from serasi.cases.permissions import RECEIVE_REPORT
from serasi.cases.reference import danger_screen
from serasi.common.images import PhotoRefused, clean_photo
from serasi.common.telephones import telephone_of
from serasi.people import operations as people
from serasi.people.enums import AddressKind, IdentityState, Sex
from serasi.people.models import HouseholdMember, Person
from serasi.people.operations.household import FamilyCard
from serasi.people.operations.registration import LikelySame, Place
from serasi.xforms.form import Form
from serasi.xforms.instance import answers_of
from serasi.xforms.safe_xml import child_elements, local_name, parse

CHANNEL: Final = "penjangkauan"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the family that was there; ``relation`` is to the head of the family."""

    name: str
    relation: str
    sex: str
    age: int | None


@dataclass(frozen=True, slots=True)
class Found:
    """What the form says of somebody. Nothing in it is certain."""

    name: str
    nickname: str
    looks: str
    sex: str
    age: int | None
    phone: str
    seen: tuple[str, ...]
    account: str
    action: str
    place: str
    point: str
    relation: str
    family: tuple[Member, ...]
    danger: Mapping[str, str]

    @classmethod
    def read(cls, form: Form, instance: bytes) -> "Found":
        told = answers_of(form, instance)

        def said(path: str) -> str:
            return told.get(f"/data/{path}", "").strip()

        labels = {choice.value: choice.label.said() for choice in form.choices("/data/keadaan/terlihat")}
        rows = parse(f"<rows>{told.get('/data/keluarga/anggota', '')}</rows>".encode())
        return cls(
            name=said("siapa/nama"),
            nickname=said("siapa/panggilan"),
            looks=said("siapa/ciri"),
            sex=_sex(said("siapa/jk")),
            age=_age(said("siapa/umur")),
            phone=telephone_of(said("siapa/telepon")) or said("siapa/telepon"),
            seen=tuple(labels[code] for code in said("keadaan/terlihat").split() if code in labels),
            account=said("keadaan/uraian"),
            action=said("keadaan/tindakan"),
            place=said("tempat/alamat"),
            point=_point(said("tempat/titik")),
            relation=said("keluarga/hubungan"),
            family=tuple(_member({local_name(cell): cell.text or "" for cell in row}) for row in child_elements(rows)),
            danger={question.code: said(f"bahaya/{question.code}") or UNKNOWN for question in danger_screen()},
        )

    @property
    def subject(self) -> str:
        """Whom the report names: by name, else by looks."""
        who = self.name or self.nickname or self.looks or "Orang tanpa nama"
        known = [Sex(self.sex).label.lower() if self.sex != Sex.UNKNOWN else "", _years(self.age)]
        about = ", ".join(str(part) for part in known if part)
        return f"{who} ({about})" if about else who

    def narrative(self, *, note: str) -> str:
        family = "; ".join(
            ", ".join(part for part in (one.name, _years(one.age)) if part) for one in self.family if one.name
        )
        lines = (
            self.account,
            f"Ciri-ciri: {self.looks}" if self.looks and self.name else "",
            f"Yang terlihat: {', '.join(self.seen)}" if self.seen else "",
            f"Telepon: {self.phone}" if self.phone else "",
            f"Titik lokasi: {self.point}" if self.point else "",
            f"Bersamanya: {family}" if family else "",
            note,
        )
        return "\n".join(line for line in lines if line)


def land_found(
    *, id: UUID, form: Form, instance: bytes, unit: Unit, started_at: datetime | None, by: User, at: datetime
) -> Report:
    """A report to the unit, and where the name is known and nobody in the register is like it, a person with the
    family that was there. Who resembles somebody is decided at the desk, from the report.

    The register is asked and written with the system's sight: who reports learns nothing of whom it holds.
    """
    found = Found.read(form, instance)
    person, note = _registered(id, found, unit, at=at)
    with acting(by, "fieldwork.found.land"):
        return receive_report(
            id=id,
            unit=unit,
            channel=CHANNEL,
            received_at=min(started_at or at, at),
            subject_description=found.subject[:250],
            place=found.place[:200],
            narrative=found.narrative(note=note)[:8000],
            urgency=Urgency.ORDINARY,
            danger=found.danger,
            reporter_name=str(by),
            first_action=found.action,
            person=person,
            by=by,
            at=at,
        )


def drawn_anew(content: bytes) -> bytes:
    """A photo without where and by whom it was taken. Raises Refused for what is no photo."""
    try:
        return clean_photo(content)
    except PhotoRefused as refused:
        raise Refused(refused.message, field="file") from refused


def keep_photo(*, report: Report, photo: bytes, at: datetime) -> None:
    """A photo that was drawn anew becomes that of the person who was registered."""
    system = User.objects.system()
    with acting(system, "fieldwork.found.photo"):
        person = Person.objects.filter(pk=_id_of(report.pk, "orang"), photo="").first()
        if person is not None:
            people.set_photo(person=person, revision=person.revision, photo=photo, by=system, at=at)


def unit_for_report(by: User, home: Unit) -> Unit:
    """Where somebody found is reported: at the unit of the device, or where else its user receives reports."""
    units = Unit.objects.reached_by(by, RECEIVE_REPORT).open()
    unit = units.filter(pk=home.pk).first() or units.order_by("path").first()
    if unit is None:
        raise NotAllowed
    return unit


def _registered(id: UUID, found: Found, unit: Unit, *, at: datetime) -> tuple[Person | None, str]:
    """The person, and what the report says where there is none or where somebody of the family is not there."""
    if not found.name:
        return None, ""
    system = User.objects.system()
    with acting(system, "fieldwork.found.register"):
        try:
            person = people.register_person(
                id=_id_of(id, "orang"),
                new=_described(found.name, found.sex, found.age, at, found=found),
                unit=unit,
                by=system,
                at=at,
            )
        except LikelySame:
            return None, "Belum didaftarkan: di daftar ada nama yang mirip. Periksa dahulu apakah orangnya sama."
        left = [
            one.name for number, one in enumerate(found.family) if one.name and not _joined(id, number, one, person, at)
        ]
    return person, f"Belum didaftarkan karena ada yang mirip: {', '.join(left)}." if left else ""


def _joined(id: UUID, number: int, one: Member, person: Person, at: datetime) -> bool:
    """Register somebody of the family and put them into the household; False where the desk must look first."""
    system = User.objects.system()
    try:
        other = people.register_person(
            id=_id_of(id, f"anggota {number}"),
            new=_described(one.name, one.sex, one.age, at),
            unit=person.registered_unit,
            by=system,
            at=at,
        )
    except LikelySame:
        return False
    home = HouseholdMember.objects.filter(person=person).first()
    if home is not None:
        people.join_household_of(
            id=_id_of(id, f"keluarga {number}"),
            person=other,
            member=home,
            relation=one.relation or "lainnya",
            since=home.period.lower,
            by=system,
            at=at,
        )
    return True


def _described(name: str, sex: str, age: int | None, at: datetime, *, found: Found | None = None) -> people.NewPerson:
    year = at.year
    return people.NewPerson(
        identity_state=IdentityState.STATED,
        sex=sex,
        full_name=name,
        nickname=found.nickname if found else "",
        description=found.looks if found else "",
        birth_year_from=None if age is None else year - age - 1,
        birth_year_to=None if age is None else year - age,
        no_nik_reason="tidak_membawa_dokumen",
        phone=found.phone if found else "",
        places={AddressKind.FOUND: Place(line=found.place)} if found else {},
        family_card=FamilyCard("", found.relation or "lainnya") if found and found.family else None,
    )


def _member(cells: Mapping[str, str]) -> Member:
    return Member(
        name=cells.get("nama_anggota", "").strip(),
        relation=cells.get("hubungan_anggota", "").strip(),
        sex=_sex(cells.get("jk_anggota", "").strip()),
        age=_age(cells.get("umur_anggota", "").strip()),
    )


def _id_of(submission: UUID, part: str) -> UUID:
    return uuid5(submission, part)


def _sex(code: str) -> str:
    return code if code in Sex.values else Sex.UNKNOWN


def _age(text: str) -> int | None:
    return int(text) if text.isdecimal() and int(text) <= 120 else None


def _years(age: int | None) -> str:
    return "" if age is None else f"sekitar {age} th"


def _point(text: str) -> str:
    """Latitude and longitude as maps take them."""
    return ", ".join(text.split()[:2])
