"""Opening a person: the one way every page comes by them."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Subject
from serasi.access.looks import log_look
from serasi.access.middleware import signed_in
from serasi.access.models import User
from serasi.access.operations import NotAllowed
from serasi.common.components import Link
from serasi.people.models import Person

_PEOPLE = _("Orang")


class PersonHidden(Http404):
    """No such person for this reader: there is none, or it is not theirs to know. Both look the same."""


def reader_of(request: HttpRequest, permission: str) -> User:
    """The signed-in user, who must hold the permission somewhere."""
    reader = signed_in(request)
    if not reader.is_authenticated or not reader.scope.has(permission):
        raise NotAllowed
    return reader


def load_person(request: HttpRequest, pk: UUID, purpose: Any = "", *, permission: str = "people.person.open") -> Person:
    """The person if this reader may see them, else a 404 that does not say why. Opening (GET) is logged."""
    reader = reader_of(request, permission)
    person = Person.objects.visible_to(reader).filter(pk=pk).first()
    if person is None:
        raise PersonHidden
    if purpose and request.method == "GET":
        log_look(by=reader, subject=Subject.PERSON, subject_id=person.pk, purpose=str(purpose))
    return person


def trail_of(person: Person | None, reader: User, *more: Link) -> list[Link]:
    """The way back from a page of a person."""
    links = [Link(str(_PEOPLE), reverse("people:list"))]
    if person is not None:
        links.append(Link(person.shown_name(to=reader), reverse("people:person", args=[person.pk]) if more else ""))
    return [*links, *more]
