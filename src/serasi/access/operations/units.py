"""Units of the tree: opening, describing, moving, closing."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext_lazy as _

from serasi.access.models import Posting, Unit, User, path_under
from serasi.access.operations.device import NotAllowed, Refused, operation, require, save_changes
from serasi.access.permissions import MANAGE_UNITS

_TREE_LOCK = 7_201_001  # one move at a time, so that two cannot close a circle
LONGEST_PATH = 300


ClosingRule = Callable[[Unit, date], None]
_closing_rules: dict[str, ClosingRule] = {}


def register_closing_rule(name: str, rule: ClosingRule) -> None:
    """Let an upper app refuse the closing of a unit: ``rule(unit, on)`` raises `Refused`."""
    _closing_rules[name] = rule


class UnitClosed(Refused):
    message = _("Unit ini sudah ditutup.")


class UnitInUse(Refused):
    """The unit still has open units under it, or staff."""


class WouldBeCircle(Refused):
    message = _("Unit tidak dapat dipindahkan ke bawah dirinya sendiri. Pilih induk lain.")


class PathTooLong(Refused):
    message = _("Susunan unit terlalu dalam. Pakai kode yang lebih pendek atau induk yang lebih tinggi.")


@operation("access.unit.manage", creates=Unit)
def open_unit(
    *,
    id: UUID,
    code: str,
    name: str,
    short_name: str,
    kind: str,
    owner: str,
    parent: Unit | None,
    by: User,
    at: datetime,
    time_zone: str = "Asia/Jakarta",
) -> Unit:
    """Open a unit under another; only the system itself opens one without a parent.

    Raises UnitClosed, PathTooLong, and Refused for a code that is taken or not plain.
    """
    _require_place(by, parent)
    path = path_under(parent, code)
    if len(path) > LONGEST_PATH:
        raise PathTooLong(field="parent")
    return Unit.objects.create(
        id=id,
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        owner=owner,
        parent=parent,
        path=path,
        time_zone=time_zone,
    )


@operation("access.unit.manage")
def change_unit(
    *,
    unit: Unit,
    code: str,
    name: str,
    short_name: str,
    kind: str,
    owner: str,
    time_zone: str,
    revision: int,
    by: User,
    at: datetime,
) -> Unit:
    """Change what a unit is called and is. A new code gives new paths to everything under it. Raises Conflict."""
    require(by, MANAGE_UNITS, on=unit)
    _lock_tree()
    old_path = Unit.objects.values_list("path", flat=True).get(pk=unit.pk)
    new_path = old_path.removesuffix(f"{unit.code}/") + f"{code}/"
    _refuse_long_paths(old_path, new_path)
    save_changes(
        unit,
        revision=revision,
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        owner=owner,
        time_zone=time_zone,
    )
    _rewrite_paths(unit, old_path, new_path)
    return unit


@operation("access.unit.manage")
def move_unit(*, unit: Unit, parent: Unit, revision: int, by: User, at: datetime) -> Unit:
    """Put a unit, with everything under it, under another parent.

    Whoever moves must rule over both places. Raises WouldBeCircle, UnitClosed, PathTooLong, Conflict.
    """
    require(by, MANAGE_UNITS, on=unit)
    _lock_tree()
    old_path = Unit.objects.values_list("path", flat=True).get(pk=unit.pk)
    parent = Unit.objects.get(pk=parent.pk)
    if parent.path.startswith(old_path):
        raise WouldBeCircle(field="parent")
    _require_place(by, parent)
    new_path = path_under(parent, unit.code)
    _refuse_long_paths(old_path, new_path)
    save_changes(unit, revision=revision, parent=parent)
    _rewrite_paths(unit, old_path, new_path)
    return unit


@operation("access.unit.manage")
def close_unit(*, unit: Unit, on: date, revision: int, by: User, at: datetime) -> Unit:
    """Close a unit from a day on. What happened there stays; nobody can be posted there any more.

    Raises UnitInUse while open units stand under it or staff are posted there beyond that day, and what the rules of
    upper apps raise (`register_closing_rule`). The row of the unit is held before they are asked: whoever begins
    something there holds it too, so that of both at once, one sees the other.
    """
    require(by, MANAGE_UNITS, on=unit)
    if Unit.objects.select_for_update(no_key=True).get(pk=unit.pk).closed_on is not None:
        raise UnitClosed
    if Unit.objects.below(unit).open().exclude(pk=unit.pk).exists():
        raise UnitInUse(_("Masih ada unit terbuka di bawahnya. Tutup atau pindahkan dulu."))
    staff = Posting.objects.filter(unit=unit).not_ended(on).count()
    if staff:
        raise UnitInUse(
            _("Masih ada %(count)d penugasan yang berlaku pada tanggal itu. Akhiri dulu.") % {"count": staff},
            field="on",
        )
    for rule in _closing_rules.values():
        rule(unit, on)
    save_changes(unit, revision=revision, closed_on=on)
    return unit


@operation("access.unit.manage")
def reopen_unit(*, unit: Unit, revision: int, by: User, at: datetime) -> Unit:
    """Open a closed unit again. Raises UnitClosed when its parent is closed."""
    require(by, MANAGE_UNITS, on=unit)
    if unit.parent is not None and unit.parent.closed_on is not None:
        raise UnitClosed(_("Induknya masih tertutup. Buka induknya dulu."))
    save_changes(unit, revision=revision, closed_on=None)
    return unit


def _require_place(by: User, parent: Unit | None) -> None:
    if parent is None:
        if not by.scope.is_system:
            raise NotAllowed(_("Pilih induk unit ini."), field="parent")
        return
    require(by, MANAGE_UNITS, on=parent)
    if parent.closed_on is not None:
        raise UnitClosed(_("Induk yang dipilih sudah ditutup. Pilih induk lain."), field="parent")


def _lock_tree() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TREE_LOCK])


def _refuse_long_paths(old_path: str, new_path: str) -> None:
    if len(new_path) <= len(old_path):
        return
    paths = Unit.objects.filter(path__startswith=old_path).values_list("path", flat=True)
    if max(map(len, paths)) - len(old_path) + len(new_path) > LONGEST_PATH:
        raise PathTooLong(field="parent")


def _rewrite_paths(unit: Unit, old_path: str, new_path: str) -> None:
    """One statement for the whole branch; units further down count as changed, for their place did."""
    if old_path != new_path:
        rest = Substr("path", len(old_path) + 1)
        branch = Unit.objects.filter(path__startswith=old_path)
        branch.filter(pk=unit.pk).update(path=new_path)
        branch.update(path=Concat(Value(new_path), rest), revision=F("revision") + 1)
    unit.path = new_path
