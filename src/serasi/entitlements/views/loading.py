"""Opening a list or a person: the one way every page of this app comes by them."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone

from serasi.access.enums import Subject
from serasi.access.looks import log_look
from serasi.access.middleware import signed_in
from serasi.access.models import User
from serasi.entitlements.models import Delivery
from serasi.entitlements.permissions import CHECK, DECIDE, SEE
from serasi.entitlements.queries.picture import Lists, MemberPicture, Picture, family_of, lists_for, pictures_of
from serasi.people.models import Person
from serasi.people.permissions import may_on_person


def load_delivery(request: HttpRequest, delivery_id: UUID) -> Delivery:
    """The list, if the reader looks after it; otherwise a 404 that does not say why."""
    found = (
        Delivery.objects.visible_to(signed_in(request))
        .with_newer()
        .select_related("unit", "region", "received_by", "withdrawn_by", "loading")
        .filter(pk=delivery_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class OpenedPerson:
    """A person whose entitlements this reader may see, and what they may do about them."""

    person: Person
    reader: User
    name: str
    picture: Picture
    family: list[MemberPicture]
    lists: Lists
    may_check: bool
    may_decide: bool


def open_person(request: HttpRequest, person_id: UUID, purpose: str) -> OpenedPerson:
    """The person with their picture; a 404 when the reader may not see it. Opening (GET) is logged."""
    reader = signed_in(request)
    person = Person.objects.visible_to(reader).filter(pk=person_id).first()
    if person is None or not may_on_person(reader, SEE, person):
        raise Http404
    if request.method == "GET":
        log_look(
            by=reader, subject=Subject.PERSON, subject_id=person.pk, purpose=purpose, unit_id=_unit_of(person, reader)
        )
    lists = lists_for(reader)
    (picture,) = pictures_of([person], lists=lists, reader=reader)
    return OpenedPerson(
        person,
        reader,
        person.shown_name(to=reader),
        picture,
        family_of(person, reader=reader, at=timezone.now()),
        lists,
        may_on_person(reader, CHECK, person),
        may_on_person(reader, DECIDE, person),
    )


def _unit_of(person: Person, reader: User) -> UUID | None:
    """For which unit somebody looked, so that its head finds it: one where the reader works, if it knows the person."""
    posts = [post.unit_id for post in reader.scope.posts]
    known = [one.unit_id for one in person.known_units()]
    return next((one for one in known if one in posts), next(iter([*known, *posts]), None))
