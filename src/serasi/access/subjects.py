"""How a look or an emergency access names what it was at: the app that owns the files says it here.

`people` and `cases` register once, in their `AppConfig.ready`; a reader who may not see a file gets no name for it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from serasi.access.enums import Subject
from serasi.access.models import User


@dataclass(frozen=True, slots=True)
class SubjectName:
    """What a reader may know of a file: its name or number, and where it is shown."""

    label: str
    url: str = ""


NamesSubjects = Callable[[User, Collection[UUID]], Mapping[UUID, SubjectName]]
_namers: dict[Subject, NamesSubjects] = {}


def register_subject(subject: Subject, namer: NamesSubjects) -> None:
    """`namer(reader, ids)` names those of the ids that this reader may see, in one query."""
    _namers[subject] = namer


def names_of(subjects: Collection[tuple[str, UUID]], *, reader: User) -> dict[UUID, SubjectName]:
    """Names for (subject, id) pairs; one query per kind that occurs."""
    found: dict[UUID, SubjectName] = {}
    for subject, namer in _namers.items():
        ids = {subject_id for kind, subject_id in subjects if kind == subject}
        if ids:
            found.update(namer(reader, ids))
    return found
