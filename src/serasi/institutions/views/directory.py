"""The directory of services."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from serasi.access.gate import open_to
from serasi.common.components import Cell, Column, Table, page_of
from serasi.institutions.forms import DirectoryFilter
from serasi.institutions.permissions import READ_DIRECTORY
from serasi.institutions.queries import DirectoryRow, rows_of
from serasi.institutions.queries import directory as find


@open_to(READ_DIRECTORY)
def directory(request: HttpRequest) -> HttpResponse:
    form = DirectoryFilter(request.GET)
    chosen = form.chosen
    region = chosen.get("provinsi")
    found = find(
        text=chosen.get("cari", ""),
        cluster=chosen.get("klaster", ""),
        component=chosen.get("komponen", ""),
        region=region.code if region else "",
        kind=chosen.get("jenis", ""),
        on=timezone.localdate(),
    )
    page = page_of(found, request.GET, size=20)
    context = {"filter": form, "page": page, "table": _table(rows_of(page))}
    return render(request, "institutions/directory.html", context)


def _table(rows: list[DirectoryRow]) -> Table:
    return Table(
        columns=[
            Column(_("Tempat")),
            Column(_("Melayani")),
            Column(_("Wilayah dan telepon")),
            Column(_("Kapasitas"), number=True),
        ],
        rows=[
            [
                Cell(row.name, url=reverse("institutions:institution", args=[row.id]), sub=f"{row.kind} · {row.owner}"),
                Cell(", ".join(row.clusters), sub=", ".join(row.services)),
                Cell(_("Alamat dirahasiakan") if row.is_safe_house else row.place, sub=row.phone),
                row.places,
            ]
            for row in rows
        ],
    )
