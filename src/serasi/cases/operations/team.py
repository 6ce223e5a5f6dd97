"""Who works on a case, and from when to when; the person's own team follows."""

from datetime import datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Posting, User
from serasi.access.operations import Refused
from serasi.access.registry import permission
from serasi.cases.enums import TeamPart
from serasi.cases.models import Case, TeamMember
from serasi.cases.operations.circle import keep_person_team
from serasi.cases.operations.writable import FileState, file_operation
from serasi.cases.permissions import OPEN_CASE_FILE, WALK_CASE
from serasi.common.identifiers import uuid7


class CannotRead(Refused):
    message = _("Orang ini tidak mempunyai penugasan yang boleh membuka berkas kasus. Pilih petugas lain.")


class AlreadyOnTeam(Refused):
    message = _("Orang ini sudah ada dalam tim kasus.")


@file_operation(WALK_CASE, creates=TeamMember, state=FileState.EITHER)
def add_member(
    *,
    id: UUID,
    case: Case,
    user: User,
    part: str,
    by: User,
    at: datetime,
    profession: str = "",
) -> TeamMember:
    """Put someone on the team; from now on they read the file. The manager changes by `hand_over` alone."""
    if part == TeamPart.MANAGER:
        raise Refused(_("Manajer kasus diganti melalui alih manajer."), field="part")
    member = _join(id, case, user, part, profession=profession, at=at)
    keep_person_team(case, by=by, at=at)
    return member


@file_operation(WALK_CASE, of="member.case", state=FileState.EITHER)
def end_member(*, member: TeamMember, by: User, at: datetime) -> TeamMember:
    """Take someone off the team; they stop reading the file at once. A case is never left without its manager."""
    if member.part == TeamPart.MANAGER:
        raise Refused(_("Kasus harus mempunyai manajer. Alihkan dahulu kepada orang lain."))
    if member.period.upper is not None:
        return member
    _leave(member, at)
    keep_person_team(member.case, by=by, at=at)
    return member


@file_operation(WALK_CASE, creates=TeamMember, state=FileState.EITHER)
def hand_over(
    *,
    id: UUID,
    case: Case,
    to: User,
    by: User,
    at: datetime,
    stays: bool = True,
    profession: str = "",
) -> TeamMember:
    """Make someone else the manager; the one before stays on the team unless ``stays`` is False."""
    current = list(TeamMember.objects.select_for_update().in_force(at).filter(case=case))
    manager = next((member for member in current if member.part == TeamPart.MANAGER), None)
    if manager is not None and manager.user_id == to.pk:
        raise Refused(_("Orang ini sudah menjadi manajer kasus."), field="to")
    for member in current:
        if member is manager or member.user_id == to.pk:
            _leave(member, at)
    became = _join(id, case, to, TeamPart.MANAGER, profession=profession, at=at)
    if manager is not None and stays:
        _join(uuid7(), case, manager.user, TeamPart.MEMBER, profession=manager.profession, at=at)
    keep_person_team(case, by=by, at=at)
    return became


def _join(id: UUID, case: Case, user: User, part: str, *, profession: str, at: datetime) -> TeamMember:
    reading = Posting.objects.filter(user=user, role__in=list(permission(OPEN_CASE_FILE).held_by))
    if not user.is_active or not reading.in_force(timezone.localdate(at)).exists():
        raise CannotRead(field="user")
    if TeamMember.objects.in_force(at).filter(case=case, user=user).exists():
        raise AlreadyOnTeam(field="user")
    return TeamMember.objects.create(
        id=id, case=case, user=user, part=part, profession=profession, period=DateTimeTZRange(at, None)
    )


def _leave(member: TeamMember, at: datetime) -> None:
    member.period = DateTimeTZRange(member.period.lower, at)
    member.save(update_fields=["period"])
