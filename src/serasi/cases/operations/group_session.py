"""A service given to several people at once; each has a delivery in their own file."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import Unit, User
from serasi.access.operations import NotAllowed, Refused, operation, require
from serasi.access.scope import Guard
from serasi.cases.enums import Approach
from serasi.cases.models import Case, Component, Delivery, GroupSession, TeamMember
from serasi.cases.operations.writable import CaseClosed, refuse_future
from serasi.common.identifiers import uuid7

DELIVER = "cases.service.deliver"
MOST_PARTICIPANTS = 200


class NobodyTookPart(Refused):
    message = _("Pilih paling sedikit satu peserta.")


class TooManyTookPart(Refused):
    message = _("Satu kegiatan memuat paling banyak 200 peserta. Bagilah menjadi beberapa kegiatan.")


@operation(DELIVER, creates=GroupSession)
def hold_session(
    *,
    id: UUID,
    unit: Unit,
    component: Component,
    title: str,
    approach: Approach,
    held_at: datetime,
    provider_name: str,
    cases: Sequence[Case],
    by: User,
    at: datetime,
    minutes: int | None = None,
    note: str = "",
) -> GroupSession:
    """Record a group activity and, in the file of each participant, that the service was given.

    One participant out of reach refuses the whole. Raises `NobodyTookPart`, `TooManyTookPart`, `CaseClosed`,
    `InTheFuture` and `NotAllowed`.
    """
    if not cases:
        raise NobodyTookPart(field="cases")
    if len(cases) > MOST_PARTICIPANTS:
        raise TooManyTookPart(field="cases")
    refuse_future(held_at, at=at, field="held_at")
    _require_all(by, cases, at)
    session = GroupSession.objects.create(
        id=id,
        unit=unit,
        component=component,
        title=title,
        held_at=held_at,
        minutes=minutes,
        note=note,
        written_by=by,
        written_at=at,
    )
    Delivery.objects.bulk_create(
        Delivery(
            id=uuid7(),
            case=case,
            session=session,
            component=component,
            activity=title,
            approach=approach,
            delivered_at=held_at,
            minutes=minutes,
            provider_name=provider_name,
            written_by=by,
            written_at=at,
        )
        for case in cases
    )
    return session


@operation(DELIVER)
def withdraw_session(*, session: GroupSession, reason: str, by: User, at: datetime) -> int:
    """Take a wrongly recorded activity out of every participant's count; returns how many were withdrawn."""
    require(by, DELIVER, on=session)
    if not reason:
        raise Refused(_("Tuliskan alasan pembatalan."), field="reason")
    return session.deliveries.filter(withdrawn_at=None).update(withdrawn_at=at, withdrawn_by=by, withdraw_reason=reason)


def _require_all(by: User, cases: Sequence[Case], at: datetime) -> None:
    """The reach to every file, in one query for all teams."""
    on_team = set(
        TeamMember.objects.filter(case__in=cases, user=by, period__contains=at).values_list("case_id", flat=True)
    )
    for case in cases:
        guard = Guard(case.unit.path, is_team=case.pk in on_team, is_sealed=case.is_sealed)
        if not by.scope.allows(DELIVER, guard):
            raise NotAllowed
        if not case.is_open:
            raise CaseClosed(
                _("Kasus %(number)s sudah ditutup. Keluarkan dari daftar peserta.") % {"number": case.number},
                field="cases",
            )
