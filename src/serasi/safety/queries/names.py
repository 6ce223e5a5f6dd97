"""How people of an incident are named to a reader, and which names are kept back in what was written about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from serasi.access.models import User
from serasi.access.operations import acting
from serasi.cases.queries.header import veil_over
from serasi.common.initials import NO_VEIL, Veil
from serasi.people.enums import Confidentiality
from serasi.people.models import Person


@dataclass(frozen=True, slots=True)
class Names:
    """``known`` are the names this reader may read; ``veil`` keeps back all other names of these people."""

    known: Mapping[UUID, str]
    veil: Veil = NO_VEIL

    def of(self, person_id: UUID, tag: str) -> str:
        """The name, or the number tag of whoever this reader may not know."""
        return self.known.get(person_id) or (f"#{tag}" if tag else _("Orang yang dirahasiakan"))


def names_in(reader: User, person_ids: Iterable[UUID | None], *, on_paper: bool = False) -> Names:
    """One query; three more where a name is kept back: it must be known to be kept out of a text.

    Paper is read by anybody: there a child in court has initials, and a sealed person the number tag, for the team too.
    """
    wanted = {pk for pk in person_ids if pk is not None}
    if not wanted:
        return Names({})
    known = {person.pk: person for person in Person.objects.visible_to(reader).filter(pk__in=wanted)}
    shown = {pk: _on_paper(person) if on_paper else person.shown_name(to=reader) for pk, person in known.items()}
    kept_back = {pk for pk in wanted if pk not in known or shown[pk] != str(known[pk])}
    if not kept_back:
        return Names(shown)
    with acting(User.objects.system(), "safety.names.keep_back"):
        veil = veil_over(*Person.objects.filter(pk__in=kept_back))
    return Names(shown, veil)


def _on_paper(person: Person) -> str:
    if person.is_sealed:
        return ""
    return person.initials if person.confidentiality == Confidentiality.SPPA else str(person)
