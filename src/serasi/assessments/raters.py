"""Which professions a member of staff fills for."""

from collections.abc import Collection
from typing import Final

from serasi.access.enums import Role
from serasi.access.models import User
from serasi.assessments.enums import Rater

_OF_ROLE: Final[dict[Role, frozenset[Rater]]] = {
    Role.SOCIAL_WORKER: frozenset({Rater.SOCIAL_WORKER, Rater.FIELD_ASSISTANT}),
    Role.LKS_WORKER: frozenset({Rater.SOCIAL_WORKER, Rater.FIELD_ASSISTANT}),
    Role.SUPERVISOR: frozenset({Rater.SOCIAL_WORKER, Rater.FIELD_ASSISTANT}),
    Role.HEAD: frozenset({Rater.SOCIAL_WORKER, Rater.FIELD_ASSISTANT}),
    Role.PSYCHOLOGIST: frozenset({Rater.PSYCHOLOGIST}),
    Role.FIELD_ASSISTANT: frozenset({Rater.FIELD_ASSISTANT}),
    Role.CARER: frozenset({Rater.CARER}),
    Role.INSTRUCTOR: frozenset({Rater.INSTRUCTOR}),
}
_TAKEN_DOWN: Final = frozenset({Rater.SELF, Rater.FAMILY, Rater.HEALTH})
"""Who has no place at a desk here: their words are taken down by whoever may fill."""


def raters_of(user: User) -> frozenset[Rater]:
    return _TAKEN_DOWN.union(*(_OF_ROLE.get(role, frozenset()) for role in user.scope.roles))


def may_fill(user: User, raters: Collection[str]) -> bool:
    """Whether something meant for these professions is also this user's; nobody named is everybody."""
    return not raters or any(rater in raters for rater in raters_of(user))
