"""What a device changes about a client: done where the desk has not changed the same meanwhile, else both are kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid5

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, acting, operation
from serasi.access.scope import today
from serasi.cases.models import Case
from serasi.common.telephones import telephone_of
from serasi.fieldwork.enums import Choice, Fact, Purpose
from serasi.fieldwork.models import Difference, Submission
from serasi.fieldwork.queries.caseload import homes_of
from serasi.fieldwork.queries.differences import standing_of
from serasi.people import operations as people
from serasi.people.enums import AddressKind
from serasi.people.models import Person
from serasi.people.operations.registration import Place
from serasi.people.permissions import EDIT, require_on_person
from serasi.xforms.form import Form
from serasi.xforms.instance import answers_of, noted_of

MOST_REMEMBERED: Final = 20
"""Sendings of one person about one client that are looked through for an earlier word of theirs."""
NAME_OF: Final = {Fact.PHONE: "telepon", Fact.ADDRESS: "alamat", Fact.NICKNAME: "panggilan"}


class AlreadySettled(Refused):
    message = _("Perbedaan ini sudah diputuskan orang lain. Muat ulang halaman.")


@dataclass(frozen=True, slots=True)
class Changed:
    """One fact: what stood on the device, and what it says now."""

    fact: Fact
    base: str
    device: str
    is_same_village: bool = False

    def is_of(self, other: "Changed") -> bool:
        """Whether both were typed where the same stood."""
        return (self.fact, self.base) == (other.fact, other.base)


def read_changes(form: Form, instance: bytes) -> list[Changed]:
    """What was chosen in the form as changed; a telephone as the desk keeps it, where it is a number."""
    told, noted = answers_of(form, instance), noted_of(form, instance)
    chosen = told.get("/data/apa", "").split()

    def said(fact: Fact) -> str:
        text = told.get(f"/data/{NAME_OF[fact]}", "").strip()
        return telephone_of(text) or text if fact is Fact.PHONE else text

    return [
        Changed(
            fact,
            noted.get(f"/data/{name}_dasar", "").strip(),
            said(fact),
            is_same_village=fact is Fact.ADDRESS and told.get("/data/sedesa") == "ya",
        )
        for fact, name in NAME_OF.items()
        if name in chosen
    ]


def land_changes(*, submission: Submission, case: Case, form: Form, by: User, at: datetime) -> None:
    """Write what the desk left alone; keep a `Difference` where it did not. Raises NotAllowed, Refused.

    Of two changes of one fact that one person typed upon the same pocket the later holds, in whatever order they come.
    """
    person = case.person
    require_on_person(by, EDIT, person)
    with acting(by, "fieldwork.change.land"):
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        person.refresh_from_db()
        standing = standing_of(person)
        changes = read_changes(form, bytes(submission.xml or b""))
        own = _sent_before(submission, form) if any(standing[one.fact] != one.base for one in changes) else []
        for one in changes:
            desk = standing[one.fact]
            if one.device == desk:
                continue
            mine = next((moment for moment, sent in own if sent.is_of(one) and sent.device == desk), None)
            if mine is not None and submission.started_at is not None and mine > submission.started_at:
                continue
            if one.base == desk or mine is not None:
                _write(submission, person, one, by=by, at=at)
                continue
            Difference.objects.create(
                submission=submission,
                person=person,
                fact=one.fact,
                base=one.base,
                desk=desk,
                device=one.device,
                is_same_village=one.is_same_village,
            )


def _sent_before(submission: Submission, form: Form) -> list[tuple[datetime, Changed]]:
    """What the same hand has changed about the same client before, and when it was typed, the latest first."""
    sent = Submission.objects.filter(
        user=submission.user_id, case=submission.case_id, purpose=Purpose.CHANGE, version=submission.version
    )
    landed = sent.filter(landed_at__isnull=False, started_at__isnull=False).exclude(pk=submission.pk)
    return [
        (one.started_at, change)
        for one in landed.order_by("-started_at")[:MOST_REMEMBERED]
        if one.started_at is not None
        for change in read_changes(form, bytes(one.xml or b""))
    ]


@operation(EDIT)
def settle_difference(*, difference: Difference, choice: str, desk: str, by: User, at: datetime) -> Difference:
    """A person decides which version stands; ``desk`` is what they saw standing there. Raises AlreadySettled."""
    require_on_person(by, EDIT, difference.person)
    if choice not in Choice.values:
        raise Refused(_("Pilih salah satu dari kedua versi."), field="choice")
    held = Difference.objects.select_for_update(of=("self",)).get(pk=difference.pk)
    if held.settled_at is not None:
        raise AlreadySettled
    if standing_of(held.person)[Fact(held.fact)] != desk:
        raise Refused(_("Di meja data ini baru saja diubah lagi. Bandingkan kembali, lalu putuskan."))
    if choice == Choice.DEVICE:
        one = Changed(Fact(held.fact), held.base, held.device, held.is_same_village)
        _write(held.submission, held.person, one, by=by, at=at)
    held.chosen, held.settled_by, held.settled_at = choice, by, at
    held.save(update_fields=["chosen", "settled_by", "settled_at"])
    return held


def _write(submission: Submission, person: Person, one: Changed, *, by: User, at: datetime) -> None:
    match one.fact:
        case Fact.PHONE:
            people.change_person(person=person, revision=person.revision, phone=one.device, by=by, at=at)
        case Fact.NICKNAME:
            people.change_person(person=person, revision=person.revision, nickname=one.device, by=by, at=at)
        case Fact.ADDRESS:
            home = homes_of([person], today()).get(person.pk)
            people.add_address(
                id=uuid5(submission.pk, Fact.ADDRESS),
                person=person,
                kind=AddressKind.DOMICILE,
                place=Place(region_id=home.region_id if home and one.is_same_village else None, line=one.device),
                since=today(),
                by=by,
                at=at,
            )
