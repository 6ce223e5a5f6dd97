"""What every act on a file asks first: does the actor reach it, is it open, does the actor read the names in its texts.

`file_operation` makes a function such an act. What it asks stays on it as ``rule``, and a page asks the same rule
before it shows a form or the button that leads there (`views.loading`).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum, auto
from functools import wraps
from operator import attrgetter
from typing import Any, ParamSpec, TypeVar, cast

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused, operation
from serasi.access.scope import Guard
from serasi.cases.models import Case

P = ParamSpec("P")
R = TypeVar("R")


class CaseClosed(Refused):
    message = _("Kasus ini sudah ditutup. Buka kembali kasusnya sebelum menambah isi berkas.")


class CaseOpen(Refused):
    message = _("Kasus ini masih terbuka.")


class ReadInEmergency(NotAllowed):
    message = _(
        "Akses darurat hanya untuk membaca. Bila Anda perlu menulis di berkas ini, mintalah manajer kasus atau kepala"
        " unit memasukkan Anda ke tim."
    )


class NamesKeptBack(NotAllowed):
    message = _(
        "Nama anak dalam perkara hanya dibaca oleh timnya. Karena itu, teks yang sudah tertulis hanya diubah oleh tim;"
        " Anda dapat menambahkan catatan sendiri."
    )


class InTheFuture(Refused):
    message = _("Tanggal ini belum tiba. Catat hanya yang sudah terjadi.")


class FileState(Enum):
    """When an act on a file is possible."""

    OPEN = auto()
    CLOSED = auto()
    EITHER = auto()


@dataclass(frozen=True, slots=True)
class FileRule:
    """What an act asks of actor and file. ``also`` asks it of the record that the argument ``takes`` names."""

    code: str
    takes: str
    state: FileState
    rewrites: bool
    also: Callable[[User, Any], None] | None

    def require(
        self, by: User, case: Case, record: Any = None, *, guard: Guard | None = None, reads_names: bool | None = None
    ) -> None:
        """Raise `NotAllowed`, `CaseClosed`, `CaseOpen`, `NamesKeptBack`, or what ``also`` raises.

        An emergency access writes nothing, whatever the permission. Who knows where the file sits for the actor, and
        whether they read its names, gives it and saves three queries.
        """
        guard = guard or case.guard_for(by)
        if not by.scope.allows(self.code, replace(guard, is_emergency=False)):
            raise ReadInEmergency if guard.is_emergency else NotAllowed
        if self.state is FileState.OPEN and not case.is_open:
            raise CaseClosed
        if self.state is FileState.CLOSED and case.is_open:
            raise CaseOpen
        if self.rewrites and not (reads_names_of(by, case) if reads_names is None else reads_names):
            raise NamesKeptBack
        if self.also is not None and record is not None:
            self.also(by, record)


def file_operation(
    code: str,
    *,
    of: str = "case",
    creates: type[models.Model] | None = None,
    state: FileState = FileState.OPEN,
    rewrites: bool = False,
    also: Callable[[User, Any], None] | None = None,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an operation on a file.

    ``of`` is the way from an argument to the case ("goal.plan.case"); ``rewrites`` says that it changes texts which are
    written already: who reads initials would save initials. The rule is asked once the operation has begun, so that a
    form sent twice still finds what it made.
    """
    takes, _dot, way = of.partition(".")
    rule = FileRule(code, takes, state, rewrites, also)

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def ruled(*args: P.args, **kwargs: P.kwargs) -> R:
            record: Any = kwargs[takes]
            rule.require(cast("User", kwargs["by"]), attrgetter(way)(record) if way else record, record)
            return function(*args, **kwargs)

        run = operation(code, creates=creates)(ruled)
        run.rule = rule  # type: ignore[attr-defined]
        return run

    return decorate


def rule_of(act: Callable[..., Any]) -> FileRule:
    """What an operation on a file asks."""
    rule: FileRule = act.rule  # type: ignore[attr-defined]
    return rule


def reads_names_of(by: User, case: Case) -> bool:
    """Whether this reader reads the texts of the file with the name of the child they are about (1 query)."""
    return Case.objects.named_to(by).filter(pk=case.pk).exists()


def hold(case: Case) -> None:
    """Let nobody else change this file until the transaction ends, and read anew whether it is open."""
    case.closed_at = Case.objects.select_for_update(no_key=True).values_list("closed_at", flat=True).get(pk=case.pk)


def refuse_future(day: date | datetime, *, at: datetime, field: str) -> None:
    """Only what has happened is recorded as having happened. Raises `InTheFuture`."""
    is_ahead = day > at if isinstance(day, datetime) else day > timezone.localdate(at)
    if is_ahead:
        raise InTheFuture(field=field)
