"""What people add to the log of looks; `apps.py` calls this at start."""

from collections.abc import Collection
from uuid import UUID

from django.urls import reverse

from serasi.access.enums import Subject
from serasi.access.models import User
from serasi.access.subjects import SubjectName, register_subject
from serasi.people.models import Person


def _names_of_people(reader: User, ids: Collection[UUID]) -> dict[UUID, SubjectName]:
    """Names as this reader may read them; one query."""
    return {
        person.pk: SubjectName(person.shown_name(to=reader), reverse("people:person", args=[person.pk]))
        for person in Person.objects.visible_to(reader).filter(pk__in=ids)
    }


def register() -> None:
    register_subject(Subject.PERSON, _names_of_people)
