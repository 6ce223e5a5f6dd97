"""The form of an edition, read once in a process: published editions never change."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from uuid import UUID

from django.utils.translation import get_language

from serasi.assessments.models import Edition, EditionFile, EditionForm
from serasi.xforms.authoring.files import rows_of
from serasi.xforms.files import FileKind
from serasi.xforms.form import Form
from serasi.xforms.parts import Control, Group, Part, Repeat


class _StillChanges(Exception):
    """A draft: its author may bring other lists yet, so its form is read anew each time."""

    def __init__(self, form: Form) -> None:
        self.form = form


def form_of(edition_id: UUID) -> Form:
    """The form of an edition with the lists that its author brought (the first time 1 query, or 2)."""
    try:
        return _published_form(edition_id)
    except _StillChanges as draft:
        return draft.form


@lru_cache(maxsize=64)
def _published_form(edition_id: UUID) -> Form:
    """Raises _StillChanges, which is not remembered."""
    rows = EditionForm.objects.values_list("xform", "edition__published_at")
    xform, published_at = rows.get(edition=edition_id)
    form = Form.parse(xform.encode())
    if any(file.kind is FileKind.LIST for file in form.files):
        form = _with_lists(form, edition_id)
    if published_at is None:
        raise _StillChanges(form)
    return form


def _with_lists(form: Form, edition_id: UUID) -> Form:
    files = EditionFile.objects.filter(edition=edition_id, kind=FileKind.LIST, data__isnull=False)
    there = {file.name: rows_of(file.content) for file in files}
    named = {each.name: each.source.rpartition("/")[2] for each in form.secondary.values()}
    return form.with_lists({name: there[file] for name, file in named.items() if file in there})


def language_of(form: Form) -> str:
    """The language of the form that is the reader's: its English where they read English, else its first."""
    english = next((each for each in form.languages if each.endswith("(en)")), "")
    return (english if get_language() == "en" else "") or form.default_language


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer stands: a question outside repeats, or an outermost repeat as a whole."""

    path: str
    section: str
    raters: tuple[str, ...]
    tags: tuple[str, ...]
    is_repeat: bool


def places_of(edition: Edition) -> Mapping[str, Place]:
    """Every place of the form that takes an answer, by its path."""
    sections = {section["name"]: section for section in edition.sections}
    form = form_of(edition.pk)
    found: dict[str, Place] = {}
    for outermost in form.body:
        name = outermost.path.rpartition("/")[2] if isinstance(outermost, Group) else ""
        section = sections.get(name, {"raters": (), "tags": ()})
        for path, is_repeat in _taken(outermost):
            found[path] = Place(path, name, tuple(section["raters"]), tuple(section["tags"]), is_repeat)
    return MappingProxyType(found)


def saved_properties(edition: Edition) -> Mapping[str, tuple[str, str]]:
    """Which answers are facts about a person or a household: the list and its property by the path of the question.

    The lists and their properties are those of `serasi.xforms.lists`.
    """
    return MappingProxyType(
        {
            path: (entity.list_name, name)
            for entity in form_of(edition.pk).entities
            for name, path in entity.properties.items()
        }
    )


def _taken(part: Part) -> list[tuple[str, bool]]:
    if isinstance(part, Control):
        return [(part.path, False)]
    if isinstance(part, Repeat):
        return [(part.path, True)]
    return [taken for inner in part.body for taken in _taken(inner)]
