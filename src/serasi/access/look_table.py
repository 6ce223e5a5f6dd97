"""Who opened a file, as a table: the same on the page of a person, a case and a report, whichever app shows it."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from serasi.access.queries import LookRow
from serasi.common.components import Cell, Column, Table


def looks_table(looks: Iterable[LookRow]) -> Table:
    """Latest first."""
    columns = [_("Waktu"), _("Siapa"), _("Yang dibuka"), _("Untuk apa"), _("Unit")]
    return Table(columns=[Column(name) for name in columns], rows=[_row(look) for look in looks])


def _row(look: LookRow) -> list[Cell | str]:
    at = localtime(look.at)
    moment = Cell(date_format(at, "j M Y"), sub=date_format(at, "H.i"))
    return [moment, look.user_name, str(look.subject.label), look.purpose, look.unit_name]
