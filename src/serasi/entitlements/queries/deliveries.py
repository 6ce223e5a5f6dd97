"""Deliveries as pages and sheets tell them."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from serasi.common.sentences import retold
from serasi.common.spreadsheets import write_workbook
from serasi.entitlements.models import Delivery, Remark


def remarks_sheet(delivery: Delivery) -> bytes:
    """What was found in the rows, as a spreadsheet: row, column, what, how to mend it. It holds no cell."""
    rows = Remark.objects.filter(delivery=delivery).order_by("number", "pk")
    return write_workbook(
        [_("Baris"), pgettext("satu", "Kolom"), _("Apa yang salah"), _("Cara memperbaiki"), _("Baris ini")],
        (
            [
                one.number,
                one.column,
                retold(one.what),
                retold(one.fix),
                _("ditolak") if one.is_refused else _("diambil"),
            ]
            for one in rows.iterator(1_000)
        ),
        title=_("Perbaiki"),
    )
