"""How the pages of this app come by a sending."""

from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from serasi.access.models import User
from serasi.fieldwork.models import Submission


def sending_of(user: User, submission_id: UUID) -> Submission:
    """One's own, or one that waits or waited in a unit whose devices one manages; else there is none."""
    rows: Any = Submission.objects.visible_to(user).select_related(
        "device", "user", "unit", "settled_by", "edition", "replaces", "case"
    )
    found: Submission = get_object_or_404(rows, pk=submission_id)
    return found
