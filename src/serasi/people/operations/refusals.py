"""Turning what the database refuses into a sentence, and looking past one's own scope where an act must be whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DataError, IntegrityError, connection, models
from django.utils.translation import gettext_lazy as _

from serasi.access.operations import Refused


class NotFound(Refused):
    message = _("Data ini tidak ditemukan, atau tidak dapat Anda buka.")


class StalePage(Refused):
    message = _("Halaman ini sudah tidak berlaku. Muat ulang, lalu isi kembali.")


@contextmanager
def saying_why(*written: type[models.Model]) -> Iterator[None]:
    """A broken constraint becomes `Refused` with the sentence that stands beside the constraint.

    The operation's transaction is lost with it, so this goes around the last writes of an operation.
    """
    try:
        yield
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except IntegrityError as error:
        broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        raise _refusal(broken, written) from error
    except DataError as error:
        raise Refused(
            _("Ada isian yang terlalu panjang, terlalu besar, atau memuat karakter yang tidak dapat disimpan.")
        ) from error


def _refusal(broken: str | None, written: tuple[type[models.Model], ...]) -> Refused:
    for model in written:
        for constraint in model._meta.constraints:
            if constraint.name == broken:
                return Refused(constraint.get_violation_error_message())
    return StalePage()


@contextmanager
def whole_sight() -> Iterator[None]:
    """Within, rows of all units are seen: for what must not depend on who acts, such as moving all of a record.

    Call no other operation inside; what is read here is not shown.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('serasi.scope', true), '')")
        outer: Any = cursor.fetchone()[0]
        cursor.execute("SELECT set_config('serasi.scope', 'system', true)")
    yield
    # An exception rolls the transaction back, and the setting with it.
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('serasi.scope', %s, true)", [outer])
