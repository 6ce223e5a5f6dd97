"""A resident says for themself where they stand. They do not read the file: it is named by its id alone."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from serasi.access.models import User
from serasi.access.operations import NotAllowed, operation
from serasi.cycles.enums import Voice
from serasi.cycles.models import RatingRound
from serasi.cycles.operations.rating import Said, record_round
from serasi.cycles.permissions import SAY_OWN


class NotYours(NotAllowed):
    message = _("Anda hanya menilai diri sendiri.")


@operation(SAY_OWN, creates=RatingRound)
def say_own(*, id: UUID, case_id: UUID, said: Sequence[Said], rated_on: date, by: User, at: datetime) -> RatingRound:
    """The person whose file it is rates some domains, today in their house. Raises NotYours, NothingRated, RatedTwice.

    The voice is theirs, whatever was sent.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s = ANY(cycles_own_cases())", [case_id])
        if not cursor.fetchone()[0]:
            raise NotYours
    return record_round(id=id, case_id=case_id, voice=Voice.SELF, said=said, rated_on=rated_on, by=by, at=at)
