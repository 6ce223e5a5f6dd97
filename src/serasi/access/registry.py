"""The permission registry: every app declares its permissions and the roles that hold them, as data.

`docs/permissions.md` and the page "Siapa boleh apa" print the whole registry; the database keeps a copy in
`access_rolegrant`, which row-level security reads.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from django.utils.functional import Promise

from serasi.access.enums import Reach, Role

_WIDTH = {Reach.OWN: 0, Reach.TEAM: 1, Reach.UNIT: 2, Reach.TREE: 3}


@dataclass(frozen=True, slots=True)
class Permission:
    """One thing that a role may do: its code, what it means in Indonesian, and who holds it how far."""

    code: str
    meaning: str | Promise
    held_by: Mapping[Role, Reach] = field(default_factory=dict)
    reads: bool = False
    """Whether it only reads: what an emergency access gives, and nothing that writes."""

    def reach_of(self, role: str) -> Reach | None:
        return self.held_by.get(Role(role))


_permissions: dict[str, Permission] = {}


def declare(code: str, meaning: str | Promise, held_by: Mapping[Role, Reach], *, reads: bool = False) -> str:
    """Add a permission to the registry and return its code; a code declared twice is refused."""
    if code in _permissions:
        raise ValueError(f"permission {code} is declared twice")
    _permissions[code] = Permission(code, meaning, MappingProxyType(dict(held_by)), reads)
    return code


def permission(code: str) -> Permission:
    """The declared permission; KeyError when no app declares it, so that a misspelt code cannot pass."""
    return _permissions[code]


def permissions() -> tuple[Permission, ...]:
    return tuple(_permissions[code] for code in sorted(_permissions))


def wider(a: Reach, b: Reach) -> Reach:
    return a if _WIDTH[a] >= _WIDTH[b] else b


_operations: dict[str, str] = {}


def note_operation(name: str, code: str) -> None:
    """Remember which permission an operation asks, by the name it has in the trail."""
    _operations[name] = code


def permission_of(operation_name: str) -> Permission | None:
    """The permission behind a name in the trail; None for what pages or migrations did by themselves."""
    code = _operations.get(operation_name)
    return _permissions[code] if code else None
