"""One's own account: who I am here and until when, how I sign in, where I did."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from serasi.access.middleware import signed_in
from serasi.access.models import Posting, SignIn
from serasi.access.presenters import period_in_words, posting_status, sign_in_row
from serasi.access.queries.staff import PostingRow, row_of
from serasi.access.scope import today
from serasi.access.second_factors import factors_of
from serasi.access.sign_in import needs_second_factor
from serasi.common.components import Cell, Column, Table, page_of

RECENT = 5


def account(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    postings = Posting.objects.filter(user=user).not_ended(today()).select_related("user", "unit").order_by("period")
    factors = factors_of(user)
    return render(
        request,
        "access/account.html",
        {
            "postings": _postings(map(row_of, postings)),
            "factors": factors,
            "needs_second_factor": needs_second_factor(user),
            "sign_ins": _table(user.sign_ins.all()[:RECENT]),
        },
    )


def sign_ins(request: HttpRequest) -> HttpResponse:
    page = page_of(SignIn.objects.filter(user=signed_in(request)), request.GET)
    return render(request, "access/sign_ins.html", {"page": page, "table": _table(page)})


def _postings(rows: Iterable[PostingRow]) -> Table | None:
    cells = [[Cell(row.role, sub=row.unit_name), _until(row), posting_status(row)] for row in rows]
    columns = [Column(_("Peran")), Column(_("Sampai kapan")), Column(_("Keadaan"))]
    return Table(columns=columns, rows=cells) if cells else None


def _until(row: PostingRow) -> Cell | str:
    if row.last_day is None:
        return period_in_words(row)
    return Cell(date_format(row.last_day, "j F Y"), sub=_("akses berakhir sendiri sesudahnya"))


def _table(rows: Iterable[SignIn]) -> Table:
    return Table(
        columns=[Column(_("Waktu")), Column(_("Kejadian")), Column(_("Peranti")), Column(_("Alamat jaringan"))],
        rows=[sign_in_row(sign_in) for sign_in in rows],
    )
