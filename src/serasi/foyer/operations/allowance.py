"""For some days one right is wider or narrower."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, operation, require
from serasi.foyer.enums import Phone, Right
from serasi.foyer.models import Agreement, Allowance
from serasi.foyer.models.allowance import MOST_DAYS
from serasi.foyer.operations.agreement import require_in_force
from serasi.foyer.permissions import ALLOW


class TooLong(Refused):
    message = _("Paling lama 14 hari berturut-turut. Untuk lebih lama, ajukan naik atau mundur fase.")


@operation(ALLOW, creates=Allowance)
def give_allowance(
    *,
    id: UUID,
    agreement: Agreement,
    right: str,
    first_date: date,
    latest_date: date,
    reason: str,
    by: User,
    at: datetime,
    outing: str = "",
    until: time | None = None,
    phone: str = "",
    phone_hours: str = "",
    amount: int | None = None,
    guests: str = "",
) -> Allowance:
    """Widen or narrow one right from a day to a day, 14 in a row at most. Of the values only that of the right counts.

    Raises TooLong, NotInForce.
    """
    require(by, ALLOW, on=agreement)
    require_in_force(agreement)
    given = {
        Right.OUTING: ("outing", outing),
        Right.CURFEW: ("until", until),
        Right.PHONE: ("phone", phone),
        Right.MONEY: ("amount", amount),
        Right.GUESTS: ("guests", guests),
    }
    if right not in Right.values:
        raise Refused(_("Pilih hak yang berubah."), field="right")
    name, value = given[Right(right)]
    if value in ("", None):
        raise Refused(_("Isi apa yang berubah pada hari itu."), field=name)
    if phone == Phone.HOURS and right == Right.PHONE and not phone_hours.strip():
        raise Refused(_("Tulis jam berapa telepon dipegang."), field="phone_hours")
    if not reason.strip():
        raise Refused(_("Tulis alasannya."), field="reason")
    if first_date < agreement.day_of(at):
        raise Refused(_("Hari pertama tidak boleh sudah lewat."), field="first_date")
    if latest_date < first_date:
        raise Refused(_("Hari terakhir tidak boleh sebelum hari pertama."), field="latest_date")
    _refuse_long(agreement, right, first_date, latest_date)
    return Allowance.objects.create(
        id=id,
        agreement=agreement,
        right=right,
        first_date=first_date,
        latest_date=latest_date,
        reason=reason.strip(),
        written_by=by,
        written_at=at,
        **{name: value},
        phone_hours=phone_hours.strip() if right == Right.PHONE else "",
    )


def _refuse_long(agreement: Agreement, right: str, first: date, latest: date) -> None:
    """One after the other counts as one: what lasts is a step."""
    others = list(
        Allowance.objects.in_force()
        .filter(agreement=agreement, right=right)
        .order_by("first_date")
        .values_list("first_date", "latest_date")
    )
    day = timedelta(days=1)
    for begins, ends in reversed(others):
        if ends + day == first:
            first = begins
    for begins, ends in others:
        if begins - day == latest:
            latest = ends
    if (latest - first).days >= MOST_DAYS:
        raise TooLong(field="latest_date")


@operation(ALLOW)
def withdraw_allowance(*, allowance: Allowance, reason: str, by: User, at: datetime) -> Allowance:
    """It holds no longer; it stays readable."""
    require(by, ALLOW, on=allowance)
    if not reason.strip():
        raise Refused(_("Tulis mengapa dicabut."), field="reason")
    withdrawn = Allowance.objects.in_force().filter(pk=allowance.pk)
    if not withdrawn.update(withdrawn_at=at, withdrawn_by=by, withdrawn_reason=reason.strip()):
        raise Refused(_("Izin atau batasan ini sudah dicabut."))
    allowance.refresh_from_db()
    return allowance
