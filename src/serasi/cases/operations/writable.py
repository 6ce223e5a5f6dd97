"""What every act on a file asks first: does the actor reach it, and is it still open."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import NotAllowed, Refused, require
from serasi.cases.models import Case


class CaseClosed(Refused):
    message = _("Kasus ini sudah ditutup. Buka kembali kasusnya sebelum menambah isi berkas.")


class NamesKeptBack(NotAllowed):
    message = _(
        "Nama anak dalam perkara hanya dibaca oleh timnya. Karena itu, teks yang sudah tertulis hanya diubah oleh tim;"
        " Anda dapat menambahkan catatan sendiri."
    )


class InTheFuture(Refused):
    message = _("Tanggal ini belum tiba. Catat hanya yang sudah terjadi.")


def require_open_file(by: User, code: str, case: Case) -> None:
    """Assert the reach, and that the file may still be written. Raises `NotAllowed` or `CaseClosed`."""
    require(by, code, on=case)
    if not case.is_open:
        raise CaseClosed


def reads_names(by: User, case: Case) -> bool:
    """Whether this reader reads the texts of the file with the name of the child they are about (1 query)."""
    return Case.objects.named_to(by).filter(pk=case.pk).exists()


def require_names(by: User, case: Case) -> None:
    """Assert that the actor reads the names in the texts of this file: who reads initials would save initials.

    Raises `NamesKeptBack`.
    """
    if not reads_names(by, case):
        raise NamesKeptBack


def hold(case: Case) -> None:
    """Let nobody else change this file until the transaction ends, and read anew whether it is open."""
    case.closed_at = Case.objects.select_for_update(no_key=True).values_list("closed_at", flat=True).get(pk=case.pk)


def refuse_future(day: date | datetime, *, at: datetime, field: str) -> None:
    """Only what has happened is recorded as having happened. Raises `InTheFuture`."""
    is_ahead = day > at if isinstance(day, datetime) else day > timezone.localdate(at)
    if is_ahead:
        raise InTheFuture(field=field)
