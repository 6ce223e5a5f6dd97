"""Review cycles at Taruna Jaya: a cohort in its middle, people who turn by themselves, and a few reviews that are late.

Told when everybody there has an agreement. Who has been there longest has turned two or three times: what each wanted,
what became of it, and what was carried over; beside it where they and their coach say they stand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from serasi.access.models import User
from serasi.cases.enums import GoalResult
from serasi.cases.models import Case
from serasi.cases.queries.plan import goals_to_judge
from serasi.cycles import operations as cycles
from serasi.cycles.enums import ReviewKind, Voice
from serasi.cycles.models import Cycle, Domain, Meeting, Review
from serasi.cycles.operations import Answered, Guest, Said
from serasi.foyer.models import Agreement
from serasi.foyer.queries import foyer_domains
from serasi.start.world.satria import KEY as SATRIA
from serasi.start.world.staff import PSBR
from serasi.start.world.world import JAKARTA, World

KEY: Final = "siklus"
MONTHS: Final = 4
COHORT_BEGAN: Final = 56
"""Days ago: its midpoint is next week, and some have held it already."""
MOST_ALONE, MOST_TOGETHER = 9, 14
"""How many turn by themselves, beside Satria, and how many in the cohort."""
_SUMMARY: Final = {
    ReviewKind.ENTRY: "Tujuan dan langkah pertama disepakati bersama; pembimbing bertemu setiap minggu.",
    ReviewKind.MIDPOINT: "Sebagian langkah sudah jalan. Yang macet dibahas dan dipecah menjadi lebih kecil.",
    ReviewKind.CLOSING: "Hasil siklus ini dilihat bersama; yang belum selesai diteruskan dengan langkah baru.",
}
_OWN_WORDS: Final = {
    ReviewKind.ENTRY: ("Saya mau punya keterampilan sendiri.", "Saya ingin menabung.", "Saya mau lulus dan bekerja."),
    ReviewKind.MIDPOINT: ("Ternyata saya bisa bangun pagi.", "Matematika masih susah.", "Saya senang di bengkel."),
    ReviewKind.CLOSING: ("Saya bangga sudah sejauh ini.", "Tabungan saya belum cukup.", "Saya mau coba sekali lagi."),
}
_RESULTS: Final = (GoalResult.ACHIEVED, GoalResult.PARTLY, GoalResult.NOT_YET)
_WHY_NOT: Final = ("Baru sebagian langkahnya selesai", "Pelatihannya mundur sebulan", "Sempat sakit dua minggu")


def turn(world: World, _begins: datetime) -> None:
    """First those who turn by themselves, then the cohort."""
    _Turning(world).tell()


@dataclass(slots=True)
class _Turner:
    case: Case
    coach: User
    since: date


class _Turning:
    def __init__(self, world: World) -> None:
        self.world, self.desk = world, world.desks[PSBR]
        self.dice = world.dice(KEY)
        self.domains: list[Domain] = []
        self._begun = False

    def _id(self, at: datetime) -> UUID:
        return self.world.id(KEY, at)

    def tell(self) -> None:
        with self.world.looking():
            self.domains = list(foyer_domains(self.world.today))
            agreements = list(
                Agreement.objects.filter(unit=self.desk.unit, ended_date=None)
                .select_related("case__unit", "case__person", "case__stage", "coach")
                .order_by("begins_date", "case__number")
            )
        turners = [_Turner(one.case, self.world.known(one.coach), one.begins_date) for one in agreements]
        days = {id(one): (self.world.today - one.since).days for one in turners}
        satria = [one for one in turners if one.case.person_id == self.world.person_id(SATRIA)]
        others = [one for one in turners if one not in satria and not one.case.is_sealed]
        have_turned = [one for one in others if days[id(one)] > 135]
        alone = sorted(have_turned, key=self._has_goals, reverse=True)[:MOST_ALONE]
        together = [one for one in others if one not in alone and days[id(one)] > COHORT_BEGAN + 3][:MOST_TOGETHER]
        for one in satria:
            self._turn_alone(one, one.since + timedelta(days=10), level=1)
        for number, one in enumerate(alone):
            first = one.since + timedelta(days=10)
            later = max(first, self.world.today - timedelta(days=200 + 11 * number))
            self._turn_alone(one, later, level=self.dice.randint(1, 3), is_late=number in {2, 5})
        if together:
            self._gather(together)

    # --- By oneself -------------------------------------------------------------------------------------------------

    def _has_goals(self, one: _Turner) -> bool:
        with self.world.looking():
            return bool(goals_to_judge(one.case))

    def _turn_alone(self, one: _Turner, starts: date, *, level: int, is_late: bool = False) -> None:
        """Cycle after cycle; in the one that runs, what is due was held, but for those who are late."""
        while True:
            at = self._noon(starts)
            is_first = not self._begun
            self._begun = True
            cycle = cycles.start_cycle(
                id=self.world.person_id(KEY) if is_first else self._id(at),
                case=one.case,
                starts_on=starts,
                months=MONTHS,
                by=one.coach,
                at=at,
            )
            is_over = cycle.ends_on < self.world.today
            for review in self._reviews(cycle):
                if review.due_on >= self.world.today or (is_late and not is_over):
                    break
                self._hold(one, review, min(5, level))
                level += self.dice.choice((0, 0, 1))
            if not is_over:
                return
            starts = cycle.ends_on + timedelta(days=1)
            if starts > self.world.today:
                return

    # --- Together ---------------------------------------------------------------------------------------------------

    def _gather(self, together: Sequence[_Turner]) -> None:
        starts = self.world.today - timedelta(days=COHORT_BEGAN)
        cohort = cycles.start_cohort(
            id=self._id(self._noon(starts)),
            unit=self.desk.unit,
            name="Angkatan Merapi",
            starts_on=starts,
            cases=[one.case for one in together],
            months=MONTHS,
            by=self.desk.supervisor,
            at=self._noon(starts),
        )
        with self.world.looking():
            turns = {cycle.case_id: cycle for cycle in Cycle.objects.filter(cohort=cohort).select_related("case__unit")}
        for number, one in enumerate(together):
            entry, midpoint, _closing = self._reviews(turns[one.case.pk])
            if number % 7 != 3:  # two or so were forgotten
                self._hold(one, entry, self.dice.randint(1, 3), is_there=number % 5 != 4)
                if number % 4 == 1:
                    self._hold(one, midpoint, self.dice.randint(2, 4))

    # --- A review ---------------------------------------------------------------------------------------------------

    def _reviews(self, cycle: Cycle) -> list[Review]:
        with self.world.looking():
            found = Review.objects.filter(cycle=cycle).select_related("cycle__case__unit", "cycle__case__person")
            return sorted(found, key=lambda one: list(ReviewKind).index(ReviewKind(one.kind)))

    def _hold(self, one: _Turner, review: Review, level: int, *, is_there: bool = True) -> None:
        kind = ReviewKind(review.kind)
        held = min(review.due_on + timedelta(days=self.dice.randint(-3, 4)), self.world.today - timedelta(days=1))
        held = max(held, review.cycle.starts_on)
        at = self._noon(held)
        for voice in (Voice.SELF, Voice.COACH):
            self._rate(one, voice, level, at)
        cycles.hold_review(
            id=self._id(at),
            review=review,
            held_on=held,
            place="Ruang bertamu Wisma Flamboyan",
            person_was_there=is_there,
            absence_reason="" if is_there else "Sedang magang di luar kota",
            own_words=self.dice.choice(_OWN_WORDS[kind]) if is_there else "",
            summary=_SUMMARY[kind],
            guests=[Guest(user=one.coach), Guest(name="Pak Darmo", as_what="pelatih bengkel")][: 1 + (level > 2)],
            answers=self._answers(one.case) if kind == ReviewKind.CLOSING else (),
            by=one.coach,
            at=at,
        )

    def _rate(self, one: _Turner, voice: Voice, level: int, at: datetime) -> None:
        said = [
            Said(domain, min(5, max(1, level + self.dice.choice((0, 0, 1) if voice == Voice.SELF else (0, 0, -1, 1)))))
            for domain in self.domains
        ]
        day = at.astimezone(JAKARTA).date()
        cycles.rate(id=self._id(at), case=one.case, voice=voice, said=said, rated_on=day, by=one.coach, at=at)

    def _answers(self, case: Case) -> list[Answered]:
        """At first one goal achieved, one partly, one not yet; each time a little further, and what is left goes on."""
        with self.world.looking():
            goals = goals_to_judge(case)
            before = (
                Meeting.objects.in_force().filter(review__cycle__case=case, review__kind=ReviewKind.CLOSING).count()
            )
        answers = []
        for place, goal in enumerate(goals):
            result = _RESULTS[min(max(place - before, 0), 2)]
            if result == GoalResult.ACHIEVED:
                answers.append(Answered(goal, result))
            else:
                answers.append(Answered(goal, result, self.dice.choice(_WHY_NOT), carries_over=True))
        return answers

    def _noon(self, day: date) -> datetime:
        """A moment of that day, not ahead of now."""
        return min(datetime.combine(day, time(13, 10), tzinfo=JAKARTA), self.world.now - timedelta(minutes=10))
