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
        log_look(
            by=reader,
            subject=Subject.PERSON,
            subject_id=person.pk,
            purpose=str(purpose),
            unit_id=_unit_of_look(person, reader),
        )
    return person


def _unit_of_look(person: Person, reader: User) -> UUID | None:
    """For which unit the reader looked, so that its head finds it: one that knows the person, else their own."""
    known, posts = person.known_units(), reader.scope.posts
    near = [k.unit_id for k in known if any(k.unit_id == post.unit_id for post in posts)]
    below = [k.unit_id for k in known if any(k.unit.path.startswith(post.unit_path) for post in posts)]
    return next(iter([*near, *below, *(post.unit_id for post in posts)]), None)


def trail_of(person: Person | None, reader: User, *more: Link) -> list[Link]:
    """The way back from a page of a person."""
    links = [Link(str(_PEOPLE), reverse("people:list"))]
    if person is not None:
        links.append(Link(person.shown_name(to=reader), reverse("people:person", args=[person.pk]) if more else ""))
    return [*links, *more]
