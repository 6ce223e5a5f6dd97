"""When a thing of the day may have happened: pages carry their moment, phones may send them later."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from serasi.access.operations import Refused

LATEST: Final = timedelta(hours=72)
"""How long after its moment a page may still be sent: a phone without signal keeps it until there is one."""


class NotThisMoment(Refused):
    message = _("Halaman ini sudah terlalu lama terbuka. Muat ulang, lalu catat keadaan sekarang.")


def refuse_other_times(moment: datetime, *, at: datetime) -> None:
    """Raises NotThisMoment for what has not come, or is long past."""
    if not at - LATEST <= moment <= at:
        raise NotThisMoment
