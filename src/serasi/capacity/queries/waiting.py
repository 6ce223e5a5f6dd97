"""The list of those who wait for a place: its order, and every reason for it."""

from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serasi.access.models import Unit, User
from serasi.capacity.enums import Answer, Tonight
from serasi.capacity.models import Attempt, Waiting
from serasi.capacity.priority import priority
from serasi.cases.enums import Risk
from serasi.cases.models import Case
from serasi.cases.queries.header import with_person
from serasi.people.models import Person
from serasi.residence.queries import day_at

ADULT, ELDER = 18, 60
"""Ages in years: a child is under 18 (UU 35/2014), an elder is 60 or older (UU 13/1998)."""


@dataclass(frozen=True, slots=True)
class Reason:
    """So many points, because."""

    points: int
    words: str


@dataclass(frozen=True, slots=True)
class InLine:
    """One who waits, with what stands for them; ``case`` has what its shown name needs."""

    waiting: Waiting
    case: Case
    days: int
    reasons: tuple[Reason, ...]
    attempts: tuple[Attempt, ...]

    @property
    def points(self) -> int:
        return sum(reason.points for reason in self.reasons)

    @property
    def may_be_served_outside(self) -> bool:
        """Something else is possible, now or later."""
        return any(one.answer != Answer.NOT_POSSIBLE for one in self.attempts)


def waiting_list(unit: Unit, *, reader: User, at: datetime) -> list[InLine]:
    """Who waits, in the order of points; among equals, who waits longest. Three statements."""
    attempts = Prefetch("attempts", Attempt.objects.order_by("written_at"))
    entries = list(Waiting.objects.visible_to(reader).of(unit).open().prefetch_related(attempts))
    files = {
        case.pk: case
        for case in with_person(Case.objects.visible_to(reader), reader).filter(pk__in=[one.case_id for one in entries])
    }
    today = day_at(unit, at)
    lines = [_in_line(one, files[one.case_id], today, unit) for one in entries if one.case_id in files]
    return sorted(lines, key=lambda line: (-line.points, line.waiting.written_at))


def line_of(waiting: Waiting, *, at: datetime) -> InLine:
    """One entry with its reasons, whoever else waits. ``waiting`` comes with case, unit and person."""
    return _in_line(waiting, waiting.case, day_at(waiting.case.unit, at), waiting.case.unit)


def _in_line(waiting: Waiting, case: Case, today: date, unit: Unit) -> InLine:
    days = (today - day_at(unit, waiting.written_at)).days
    attempts = tuple(sorted(waiting.attempts.all(), key=attrgetter("written_at")))
    reasons = tuple(
        reason
        for reason in (
            _for_risk(case),
            _for_tonight(waiting),
            _for_age(case.person, today),
            _for_days(days),
            _for_trying(attempts),
        )
        if reason is not None and reason.points
    )
    return InLine(waiting, case, days, reasons, attempts)


def _for_risk(case: Case) -> Reason:
    return Reason(priority().risk[case.risk], _("Risiko %s") % str(Risk(case.risk).label).lower())


def _for_tonight(waiting: Waiting) -> Reason:
    words = _("Tidur %s") % (str(Tonight(waiting.tonight).label)[:1].lower() + str(Tonight(waiting.tonight).label)[1:])
    return Reason(priority().tonight[waiting.tonight], words)


def _for_age(person: Person, today: date) -> Reason | None:
    age = person.age_on(today)
    if age is None or ADULT <= age < ELDER:
        return None
    return (
        Reason(priority().age["child"], _("Anak")) if age < ADULT else Reason(priority().age["elder"], _("Lanjut usia"))
    )


def _for_days(days: int) -> Reason:
    given = priority()
    points = min(days // given.days_per_point, given.most_points_for_waiting)
    return Reason(points, ngettext("Menunggu %d hari", "Menunggu %d hari", days) % days)


def _for_trying(attempts: tuple[Attempt, ...]) -> Reason | None:
    if not attempts or any(one.answer != Answer.NOT_POSSIBLE for one in attempts):
        return None
    return Reason(priority().points_when_nothing_else_is_possible, _("Upaya di luar lembaga tidak bisa"))
