"""What one user may do today, read once: their postings against the permission registry."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from django.utils import timezone

from serasi.access import registry
from serasi.access.enums import Reach, Role

if TYPE_CHECKING:
    from serasi.access.models import User


def today() -> date:
    """The day on which postings begin and end, the same for every zone: that of the database's own scope."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


@dataclass(frozen=True, slots=True)
class Post:
    """A posting in force, with what a decision needs of it."""

    role: Role
    unit_id: UUID
    unit_name: str
    unit_path: str
    may_approve_own: bool
    time_zone: str = "Asia/Jakarta"


@dataclass(frozen=True, slots=True)
class Guard:
    """Where a record sits, as seen by one user."""

    unit_path: str
    is_team: bool = False
    is_own: bool = False
    is_sealed: bool = False
    is_emergency: bool = False
    """An emergency access of this user is in force: it counts as being on the team, for reading alone."""


class Guarded(Protocol):
    """A record that can say where it sits; anything passed to `require(..., on=…)`."""

    def guard_for(self, user: "User") -> Guard: ...


@dataclass(frozen=True, slots=True)
class Reached:
    """The units in which a permission holds for every record: exact units, and trees by path."""

    unit_ids: frozenset[UUID]
    trees: frozenset[str]


class Scope:
    """The postings in force of one user."""

    def __init__(self, posts: tuple[Post, ...], *, is_system: bool = False) -> None:
        self.posts = posts
        self.is_system = is_system

    @cached_property
    def roles(self) -> frozenset[Role]:
        return frozenset(post.role for post in self.posts)

    def has(self, code: str) -> bool:
        """Whether any posting holds the permission, however near its reach."""
        held_by = registry.permission(code).held_by
        return self.is_system or any(role in held_by for role in self.roles)

    def allows(self, code: str, guard: Guard) -> bool:
        """Whether the permission reaches this record. A sealed record is reached by its team alone."""
        permission = registry.permission(code)
        held_by = permission.held_by
        if guard.is_emergency and permission.reads and not guard.is_sealed:
            guard = replace(guard, is_team=True)
        return self.is_system or any(
            post.role in held_by and _reaches(post, held_by[post.role], guard) for post in self.posts
        )

    def reached(self, code: str) -> Reached:
        held_by = registry.permission(code).held_by
        exact, trees = set(), set()
        if self.is_system:
            trees.add("")
        for post in self.posts:
            match held_by.get(post.role):
                case Reach.TREE:
                    trees.add(post.unit_path)
                case Reach.UNIT:
                    exact.add(post.unit_id)
                case _:
                    pass
        return Reached(frozenset(exact), frozenset(trees))

    def may_approve_own_at(self, unit_path: str) -> bool:
        return self.is_system or any(p.may_approve_own and unit_path.startswith(p.unit_path) for p in self.posts)


def _reaches(post: Post, reach: Reach, guard: Guard) -> bool:
    if guard.is_team:
        return reach is not Reach.OWN or guard.is_own
    if guard.is_own:
        return True
    if guard.is_sealed:
        return False
    match reach:
        case Reach.TREE:
            return guard.unit_path.startswith(post.unit_path)
        case Reach.UNIT:
            return guard.unit_path == post.unit_path
        case _:
            return False
