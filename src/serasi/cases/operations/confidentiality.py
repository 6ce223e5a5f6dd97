"""How closed a case is, and which areas of it are narrower still."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused, save_changes
from serasi.access.permissions import may
from serasi.cases.enums import AreaTag, Confidentiality
from serasi.cases.models import Case
from serasi.cases.operations.circle import keep_person_closed
from serasi.cases.operations.writable import FileState, file_operation
from serasi.cases.permissions import CLASSIFY_CASE, SUPERVISE

LEVEL: Final = {level: number for number, level in enumerate(Confidentiality.values)}


class NotOnTeam(Refused):
    message = _(
        "Kasus rahasia hanya terlihat oleh timnya. Masukkan diri Anda ke tim kasus dahulu, lalu jadikan rahasia."
    )


@file_operation(CLASSIFY_CASE, state=FileState.EITHER)
def classify(
    *,
    case: Case,
    confidentiality: str,
    tags: Sequence[str],
    by: User,
    at: datetime,
    revision: int | None = None,
) -> Case:
    """Set how closed the case is. Opening it further needs a supervisor; sealing it, a place on its team."""
    if confidentiality not in LEVEL or set(tags) - set(AreaTag.values):
        raise Refused(_("Pilihan kerahasiaan tidak dikenal."), field="confidentiality")
    if LEVEL[confidentiality] < LEVEL[case.confidentiality] and not may(by, SUPERVISE, on=case):
        raise Refused(
            _("Menurunkan kerahasiaan kasus diputuskan oleh supervisor atau kepala unit."), field="confidentiality"
        )
    if confidentiality == Confidentiality.SEALED and not case.has_on_team(by):
        raise NotOnTeam(field="confidentiality")
    save_changes(
        case,
        revision=case.revision if revision is None else revision,
        confidentiality=confidentiality,
        tags=sorted(set(tags)),
    )
    keep_person_closed(case, by=by, at=at)
    return case
