"""What was tapped or typed wrongly is superseded: by another line, or by nothing where it did not happen."""

from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.daily.models.correcting import Correctable

C = TypeVar("C", bound=Correctable)


class AlreadyCorrected(Refused):
    message = _("Catatan ini sudah dibetulkan. Muat ulang, lalu betulkan catatan yang terbaru.")


class WhyNeeded(Refused):
    message = _("Tulis mengapa catatan ini dibetulkan.")


def supersede(fact: C, *, why: str, by: User, at: datetime) -> C:
    """This holds no longer; who, when and why stay beside it. Of two at once, one is told. Raises AlreadyCorrected."""
    if not why.strip():
        raise WhyNeeded(field="why")
    changes = {"superseded_at": at, "superseded_by": by, "superseded_reason": why.strip()}
    if not type(fact)._default_manager.filter(pk=fact.pk, superseded_at=None).update(**changes):
        raise AlreadyCorrected
    for name, value in changes.items():
        setattr(fact, name, value)
    return fact
