"""What upper apps add to the pages of a person, without this app knowing them.

* A panel: a title, the permission to see it, and the URL name of a fragment that takes the person's id.
* A finder: a function from what was typed (a case number, say) to the ids of the people it means.
* Files: a function from people to the ids of what an upper app keeps of them (cases, reports), as far as a reader may
  know; who opened one of those has opened the person.
* An errand: for what someone is being registered (a report, say), and where to go on afterwards. Only its id stands in
  the address, and it counts for nothing when this reader may not see it.
* A merge rule: a function of the two records that raises `Refused` when what an upper app keeps of both cannot be of
  one person. It is asked with whole sight, so its sentence tells nothing of where or what.
* An unlink rule: a function of a person and a unit that raises `Refused` when the unit cannot let go of the person yet.
  Asked with whole sight as well.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from serasi.access.models import User

if TYPE_CHECKING:
    from serasi.access.models import Unit
    from serasi.people.models import Person

Find = Callable[[User, str], Iterable[UUID]]
FindFiles = Callable[[User, Collection[UUID]], Iterable[UUID]]


@dataclass(frozen=True, slots=True)
class Panel:
    title: Any
    permission: str
    url_name: str
    position: int = 50


@dataclass(frozen=True, slots=True)
class Finder:
    reason: Any
    find: Find


@dataclass(frozen=True, slots=True)
class Errand:
    """What waits for the person who is being registered."""

    key: str
    record_id: UUID
    back: Any
    back_url: str
    go_on: Any
    go_on_url: Callable[[UUID], str]

    @property
    def query(self) -> str:
        return f"?{self.key}={self.record_id}"


FindErrand = Callable[[User, UUID], Errand | None]
MergeRule = Callable[["Person", "Person"], None]
UnlinkRule = Callable[["Person", "Unit"], None]

_panels: dict[str, Panel] = {}
_finders: dict[str, Finder] = {}
_errands: dict[str, FindErrand] = {}
_files: dict[str, FindFiles] = {}
_merge_rules: dict[str, MergeRule] = {}
_unlink_rules: dict[str, UnlinkRule] = {}


def register_panel(title: Any, permission: str, url_name: str, *, position: int = 50) -> None:
    """Show ``url_name`` (a fragment that takes the person's id) on the person's page, to who holds the permission."""
    _panels[url_name] = Panel(title, permission, url_name, position)


def register_finder(name: str, reason: Any, find: Find) -> None:
    """Let the search box understand something more; ``reason`` says on the page why a person was found."""
    _finders[name] = Finder(reason, find)


def register_files(name: str, find: FindFiles) -> None:
    """Let "who opened this person" know of something more: ``find(reader, ids of people)`` gives the ids of it."""
    _files[name] = find


def register_errand(key: str, find: FindErrand) -> None:
    """Let registering a person be part of something: ``?key=<id>`` names it; ``find`` says what it is to a reader."""
    _errands[key] = find


def register_merge_rule(name: str, rule: MergeRule) -> None:
    """Let a merge be refused: ``rule(kept, absorbed)`` raises when both records cannot be one person."""
    _merge_rules[name] = rule


def register_unlink_rule(name: str, rule: UnlinkRule) -> None:
    """Let it be refused that a unit lets go of a person: ``rule(person, unit)`` raises."""
    _unlink_rules[name] = rule


def errand_of(user: User, asked: Mapping[str, str]) -> Errand | None:
    """The errand that an address names, when there is one and this user may see it."""
    for key, find in _errands.items():
        if key in asked:
            try:
                return find(user, UUID(asked[key]))
            except ValueError:
                return None
    return None


def panels_for(user: User) -> tuple[Panel, ...]:
    held = [panel for panel in _panels.values() if user.scope.has(panel.permission)]
    return tuple(sorted(held, key=lambda panel: (panel.position, panel.url_name)))


def file_finders() -> tuple[FindFiles, ...]:
    return tuple(_files.values())


def merge_rules() -> tuple[MergeRule, ...]:
    return tuple(_merge_rules.values())


def unlink_rules() -> tuple[UnlinkRule, ...]:
    return tuple(_unlink_rules.values())


def finders() -> tuple[Finder, ...]:
    return tuple(_finders.values())
