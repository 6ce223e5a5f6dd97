"""What upper apps may say of a place in the directory, as data: facts of a unit under a heading of their own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from serasi.common.components import Fact

if TYPE_CHECKING:
    from serasi.access.models import Unit, User


@dataclass(frozen=True, slots=True)
class Section:
    """Facts of one sort about a unit. ``facts`` gives none where there is nothing to say; ``change_url`` leads who may
    change them to the page for it, and is empty for others."""

    title: Any
    facts: "Callable[[Unit], Sequence[Fact]]"
    change_url: "Callable[[Unit, User], str]"


_sections: list[Section] = []


def register_section(section: Section) -> None:
    _sections.append(section)


def sections() -> list[Section]:
    return list(_sections)
