"""How this app words and arranges what its pages show."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serasi.common.components import Column, Status, Table
from serasi.institutions.enums import Cluster
from serasi.institutions.models import Capacity
from serasi.institutions.queries.directory import labels


def capacity_table(capacities: list[Capacity]) -> Table | None:
    if not capacities:
        return None
    now = timezone.localdate()
    return Table(
        columns=[
            Column(_("Berlaku")),
            Column(_("Kapasitas"), number=True),
            Column(_("Dasar")),
            Column(_("Sumber")),
            Column(_("Keadaan")),
        ],
        rows=[
            [
                period_in_words(capacity.period),
                capacity.places,
                str(capacity.get_basis_display()),
                capacity.source,
                Status(_("Sekarang"), "good") if now in capacity.period else Status(pgettext("kapasitas", "Lama")),
            ]
            for capacity in capacities
        ],
    )


def period_in_words(period: Any) -> str:
    first = date_format(period.lower, "j M Y")
    if period.upper is None:
        return _("sejak %(day)s") % {"day": first}
    return _("%(first)s sampai sebelum %(end)s") % {"first": first, "end": date_format(period.upper, "j M Y")}


def shown(value: Any) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, list):
        return ", ".join(labels(Cluster, value))
    return "" if value is None else str(value)
