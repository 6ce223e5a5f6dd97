"""Postings: a user holds a role at a unit from a day to a day. They end by themselves."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.enums import Role, UserKind
from serasi.access.models import Posting, Unit, User
from serasi.access.operations.device import Conflict, NotAllowed, Refused, operation
from serasi.access.operations.units import UnitClosed
from serasi.access.operations.users import NotYourself, create_user
from serasi.access.permissions import MANAGE_POSTINGS, belongs_at, grantable_roles
from serasi.access.scope import today

LONGEST_POSTING = timedelta(days=365 * 5 + 2)


class RoleTooWide(NotAllowed):
    message = _("Peran ini hanya dapat diberikan oleh administrator.")


class RoleOutOfPlace(Refused):
    message = _("Peran ini tidak ada di jenis unit tersebut. Pilih peran atau unit lain.")


class PostingOver(Refused):
    message = _("Penugasan ini sudah berakhir. Buat penugasan baru.")


class WrongPeriod(Refused):
    """The days asked for make no posting."""


@operation("access.posting.manage", creates=Posting)
def post(
    *,
    id: UUID,
    user: User,
    role: str,
    unit: Unit,
    starts_on: date,
    last_day: date | None,
    by: User,
    at: datetime,
    may_approve_own: bool = False,
) -> Posting:
    """Give someone a role at a unit, through `last_day`.

    Nobody posts themselves, or gives a role that is not theirs to give. Leave to approve one's own work comes from an
    administrator alone. Raises NotYourself, RoleTooWide, RoleOutOfPlace, UnitClosed, WrongPeriod, and Refused when the
    same role at the same unit is already held in that time.
    """
    wanted = Role(role)
    _require_grant(by, wanted, unit)
    if user.pk == by.pk and not by.scope.is_system:
        raise NotYourself(_("Tidak seorang pun menugaskan dirinya sendiri. Mintalah orang lain yang berwenang."))
    if may_approve_own and not by.scope.is_system and Role.ADMINISTRATOR not in by.scope.roles:
        raise RoleTooWide(
            _("Kewenangan menyetujui pekerjaan sendiri hanya dapat diberikan oleh administrator."),
            field="may_approve_own",
        )
    if not user.is_active or user.kind == UserKind.SYSTEM:
        raise Refused(_("Akun ini dimatikan. Aktifkan dulu."), field="user")
    if unit.closed_on is not None and (last_day is None or last_day >= unit.closed_on):
        raise UnitClosed(_("Unit ini sudah ditutup; tidak ada penugasan baru di sana."), field="unit")
    if not belongs_at(wanted, unit):
        raise RoleOutOfPlace(field="role")
    _refuse_wrong_period(starts_on, last_day)
    posting = Posting.objects.create(
        id=id,
        user=user,
        role=wanted,
        unit=unit,
        period=(starts_on, _upper(last_day)),
        may_approve_own=may_approve_own,
    )
    posting.refresh_from_db(fields=["period"])
    user.refresh_scope()
    return posting


@operation("access.posting.manage", creates=Posting)
def take_on(
    *,
    id: UUID,
    email: str,
    full_name: str,
    language: str,
    role: str,
    unit: Unit,
    starts_on: date,
    last_day: date | None,
    by: User,
    at: datetime,
    may_approve_own: bool = False,
) -> Posting:
    """Someone new: an account and its first posting, both or neither. The account has the posting's id, so that a
    form sent twice makes neither twice. Raises EmailTaken and whatever `post` raises.
    """
    user = create_user(id=id, email=email, full_name=full_name, language=language, by=by, at=at)
    return post(
        id=id,
        user=user,
        role=role,
        unit=unit,
        starts_on=starts_on,
        last_day=last_day,
        may_approve_own=may_approve_own,
        by=by,
        at=at,
    )


@operation("access.posting.manage")
def end_posting(*, posting: Posting, last_day: date, by: User, at: datetime) -> Posting | None:
    """End a posting early: `last_day` is its last. Yesterday ends it at once.

    A posting that would end before it began is taken away (the trail keeps it) and None is returned.
    Raises PostingOver, WrongPeriod, Conflict.
    """
    _require_rule(by, posting)
    _refuse_over(posting)
    if last_day < today() - timedelta(days=1) and last_day >= posting.starts_on:
        raise WrongPeriod(
            _("Masa tugas yang sudah dijalani tidak diubah. Hari terakhir paling awal kemarin."), field="last_day"
        )
    if posting.last_day is not None and last_day > posting.last_day:
        raise WrongPeriod(_("Hari terakhir harus sebelum akhir masa tugas sekarang."), field="last_day")
    if last_day < posting.starts_on:
        if posting.starts_on < today():
            raise WrongPeriod(_("Hari terakhir tidak boleh sebelum penugasan dimulai."), field="last_day")
        posting.delete()
        posting.user.refresh_scope()
        return None
    return _change_period(posting, last_day)


@operation("access.posting.manage")
def extend_posting(*, posting: Posting, last_day: date | None, by: User, at: datetime) -> Posting:
    """Let a posting run longer; None lets it run without a known end. Raises PostingOver, WrongPeriod, Conflict."""
    _require_rule(by, posting)
    _refuse_over(posting)
    if posting.last_day is None or (last_day is not None and last_day <= posting.last_day):
        raise WrongPeriod(_("Hari terakhir harus sesudah akhir masa tugas sekarang."), field="last_day")
    _refuse_wrong_period(posting.starts_on, last_day)
    return _change_period(posting, last_day)


def _require_grant(by: User, role: Role, unit: Unit) -> None:
    if by.scope.is_system:
        return
    grantable = grantable_roles(by, unit.path)
    if not grantable or not by.scope.allows(MANAGE_POSTINGS, unit.guard_for(by)):
        raise NotAllowed(_("Unit ini di luar kewenangan Anda."), field="unit")
    if role not in grantable:
        raise RoleTooWide(field="role")


def _require_rule(by: User, posting: Posting) -> None:
    _require_grant(by, Role(posting.role), posting.unit)
    if posting.user_id == by.pk and not by.scope.is_system:
        raise NotYourself(_("Penugasan sendiri diatur oleh orang lain yang berwenang."))


def _refuse_over(posting: Posting) -> None:
    if posting.last_day is not None and posting.last_day < today():
        raise PostingOver


def _refuse_wrong_period(starts_on: date, last_day: date | None) -> None:
    if last_day is None:
        return
    if last_day < starts_on:
        raise WrongPeriod(_("Hari terakhir tidak boleh sebelum hari mulai."), field="last_day")
    if last_day - starts_on > LONGEST_POSTING:
        raise WrongPeriod(
            _("Masa tugas paling lama lima tahun; kosongkan hari terakhir bila belum diketahui."), field="last_day"
        )


def _upper(last_day: date | None) -> date | None:
    return last_day + timedelta(days=1) if last_day else None


def _change_period(posting: Posting, last_day: date | None) -> Posting:
    period = (posting.starts_on, _upper(last_day))
    changed = Posting.objects.filter(pk=posting.pk, period=posting.period).update(period=period)
    if not changed:
        raise Conflict(stored=Posting.objects.get(pk=posting.pk), typed={"last_day": last_day})
    posting.refresh_from_db(fields=["period"])
    posting.user.refresh_scope()
    return posting
