"""A clinician may disagree with a score, and says why."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import Refused
from serasi.assessments.models import Band, Opinion, Score
from serasi.assessments.permissions import JUDGE
from serasi.cases.operations.writable import FileState, file_operation


@file_operation(JUDGE, of="score.assessment.case", creates=Opinion, state=FileState.EITHER)
def state_opinion(*, id: UUID, score: Score, band: Band | None, reason: str, by: User, at: datetime) -> Opinion:
    """Which band would fit better, or none of them, and why. The score stays; both are shown."""
    if not reason.strip():
        raise Refused(_("Tulis alasan pendapat Anda."), field="reason")
    if not score.assessment.is_finished:
        raise Refused(_("Skor ini tidak berlaku lagi."))
    if band is not None and band.scale_id != score.scale_id:
        raise Refused(_("Pilih pita dari skala ini."), field="band")
    if band is not None and band.pk == score.band_id:
        raise Refused(_("Pita ini sama dengan hasil hitungan. Pilih pita lain, atau kosongkan."), field="band")
    return Opinion.objects.create(id=id, score=score, band=band, reason=reason.strip(), written_by=by, written_at=at)
