"""The device all writes go through: an actor, a permission, one transaction, a line in the trail."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

from django.db import DataError, IntegrityError, connection, models, transaction
from django.utils.translation import gettext_lazy as _

from serasi.access import registry
from serasi.access.models import User
from serasi.access.operations.constraints import broken_constraint
from serasi.access.scope import Guarded
from serasi.common.storage import kept_with_rows

P = ParamSpec("P")
R = TypeVar("R")


class Refused(Exception):
    """An act that cannot be done as asked. The message is Indonesian, says why, and says what to do instead."""

    message: Any = _("Permintaan ini tidak dapat dijalankan.")

    def __init__(self, message: Any = None, *, field: str | None = None) -> None:
        super().__init__(str(message or self.message))
        if message is not None:
            self.message = message
        self.field = field


class NotAllowed(Refused):
    """The actor's postings do not reach this act or this record."""

    message = _("Anda tidak berwenang melakukan ini.")


class Conflict(Refused):
    """Someone else changed the record after it was shown. Carries both versions, so that nothing is lost."""

    message = _("Data ini baru saja diubah orang lain. Bandingkan kedua versi sebelum menyimpan.")

    def __init__(self, *, stored: models.Model, typed: dict[str, Any]) -> None:
        super().__init__()
        self.stored = stored
        self.typed = typed


@dataclass(frozen=True, slots=True)
class _Told:
    """What the database was told about the work at hand."""

    actor: str = ""
    operation: str = ""
    scope: str = ""

    def tell(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('serasi.actor', %s, true), set_config('serasi.operation', %s, true),"
                " set_config('serasi.scope', %s, true)",
                [self.actor, self.operation, self.scope],
            )


_at_work: ContextVar[_Told | None] = ContextVar("serasi_at_work", default=None)
PAGE = "web:"
"""How the name of what a page does by itself begins; an operation inside it brings its own name."""


@contextmanager
def on_page(actor_id: UUID, view_name: str, request_id: UUID) -> Iterator[None]:
    """One transaction for a whole request, in which the database knows who asks; used by the middleware alone."""
    told = _Told(str(actor_id), f"{PAGE}{view_name}")
    token = _at_work.set(told)
    try:
        with kept_with_rows(), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('serasi.actor', %s, true), set_config('serasi.operation', %s, true),"
                    " set_config('serasi.scope', '', true), set_config('serasi.request', %s, true)",
                    [told.actor, told.operation, str(request_id)],
                )
            yield
    finally:
        _at_work.reset(token)


@contextmanager
def acting(by: User, operation: str) -> Iterator[None]:
    """One transaction in which the database knows who acts and in which operation.

    Inside another operation the outer name stays, so that the trail tells the act a person asked for; and when an
    operation inside a larger transaction ends, the database is told again who acted before, so that the sight of the
    system's own user never outlives its work.
    """
    outer = _at_work.get()
    name = outer.operation if outer and not outer.operation.startswith(PAGE) else operation
    told = _Told(str(by.pk), name, "system" if by.scope.is_system else "")
    was_inside = connection.in_atomic_block
    before = outer if outer or not was_inside else _told_now()
    token = _at_work.set(told)
    try:
        with kept_with_rows(), transaction.atomic():
            if told != outer:
                told.tell()
            yield
            if was_inside and before is not None and (before.actor, before.scope) != (told.actor, told.scope):
                before.tell()
    finally:
        _at_work.reset(token)


def _told_now() -> _Told:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('serasi.actor', true), ''),"
            " coalesce(current_setting('serasi.operation', true), ''),"
            " coalesce(current_setting('serasi.scope', true), '')"
        )
        return _Told(*cursor.fetchone())


def operation(code: str, *, creates: type[models.Model] | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an operation: keyword-only, with the actor as ``by``.

    1. The actor must hold the permission ``code`` somewhere (`NotAllowed`); the function itself asserts the reach.
    2. One transaction opens, in which the database knows the actor and the operation.
    3. With ``creates``, the id the client chose is locked; a record that already has it is returned as it is, so a
       form sent twice, or fifty times at once, makes one record.
    4. A fact that the database cannot hold becomes a `Refused` with the sentence that stands beside its constraint.
    """
    registry.permission(code)

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        name = f"{function.__module__.removeprefix('serasi.').replace('.operations', '')}.{function.__name__}"

        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{name} takes its facts by keyword")
            by = cast("User", kwargs["by"])
            if not by.scope.has(code):
                raise NotAllowed
            try:
                with acting(by, name):
                    if creates is not None:
                        existing = _existing(creates, cast("UUID", kwargs["id"]))
                        if existing is not None:
                            return cast("R", existing)
                    return function(*args, **kwargs)
            except (IntegrityError, DataError) as error:
                broken = broken_constraint(error)
                if broken is None:
                    raise
                raise Refused(broken.message, field=broken.field) from error

        run.permission = code  # type: ignore[attr-defined]
        registry.note_operation(name, code)
        return run

    return decorate


def _existing(model: type[models.Model], record_id: UUID) -> models.Model | None:
    """The record that has this id; nobody makes it meanwhile. Mostly there is none: the question costs little."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [record_id.int & 0x7FFF_FFFF_FFFF_FFFF])
        cursor.execute(f'SELECT 1 FROM "{table}" WHERE "{column}" = %s', [record_id])  # noqa: S608  (names of the model)
        is_there = cursor.fetchone() is not None
    return model._default_manager.filter(pk=record_id).first() if is_there else None


def require(by: User, code: str, *, on: Guarded) -> None:
    """Assert that the permission reaches this record; raises `NotAllowed`."""
    if not by.scope.allows(code, on.guard_for(by)):
        raise NotAllowed


def save_changes(record: models.Model, *, revision: int, **changes: Any) -> None:
    """Update a record that others may edit too, on condition that it is still the revision that was shown.

    Raises `Conflict` with the stored record and what was typed.
    """
    model = type(record)
    updated = model._default_manager.filter(pk=record.pk, revision=revision).update(
        **changes, revision=models.F("revision") + 1
    )
    if not updated:
        raise Conflict(stored=model._default_manager.get(pk=record.pk), typed=changes)
    for name, value in changes.items():
        setattr(record, name, value)
    record.revision = revision + 1  # type: ignore[attr-defined]
