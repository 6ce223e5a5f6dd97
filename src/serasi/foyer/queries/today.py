"""What someone may do alone today: from the phase they are in, what was allowed for some days, and where they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from serasi.foyer.enums import Outing, Right, StepKind
from serasi.foyer.models import Agreement, Allowance, Phase, Step
from serasi.residence.enums import MovementKind, State
from serasi.residence.models import Movement, Occupancy

SAYS_NO_STATE = (MovementKind.MOVED, MovementKind.RELEASED)


@dataclass(frozen=True, slots=True)
class Freedom:
    """The rights of one day: those of the phase, with what was widened or narrowed for that day."""

    phase: Phase
    outing: Outing
    out_from: time
    curfew: time
    phone: str
    phone_hours: str
    money_per_week: int
    guests: str
    changed: tuple[Allowance, ...] = ()

    @classmethod
    def of(cls, phase: Phase, day: date, allowances: Iterable[Allowance] = ()) -> "Freedom":
        by_right = {one.right: one for one in allowances}
        outing, curfew, phone, money, guests = (by_right.get(right) for right in Right)
        return cls(
            phase=phase,
            outing=Outing(outing.outing if outing else phase.outing),
            out_from=phase.out_from,
            curfew=(curfew.until if curfew else None) or phase.curfew_on(day),
            phone=phone.phone if phone else phase.phone,
            phone_hours=phone.phone_hours if phone else phase.phone_hours,
            money_per_week=phase.money_per_week if money is None or money.amount is None else money.amount,
            guests=guests.guests if guests else phase.guests,
            changed=tuple(by_right[right] for right in Right if right in by_right),
        )

    @property
    def goes_alone(self) -> bool:
        return self.outing in {Outing.TOLD, Outing.ALONE}

    def change_of(self, right: str) -> Allowance | None:
        return next((one for one in self.changed if one.right == right), None)


@dataclass(frozen=True, slots=True)
class Today:
    """One person today. ``freedom`` is None before the first step; ``state`` is None when the stay is over."""

    day: date
    freedom: Freedom | None
    state: State | None
    back_at: datetime | None
    """When someone who is out is expected back."""

    @property
    def may_go_alone(self) -> bool:
        return self.freedom is not None and self.freedom.goes_alone and self.state == State.PRESENT


def phase_on(steps: Iterable[Step], day: date) -> tuple[Phase, date] | None:
    """The phase someone is in on a day, and since when: where the latest agreed step led. ``steps`` carry phases."""
    taken = [one for one in steps if one.is_agreed and one.takes_effect_date and one.takes_effect_date <= day]
    if not taken:
        return None
    latest = max(taken, key=lambda one: (one.takes_effect_date, one.decided_at))
    assert latest.takes_effect_date is not None  # noqa: S101 - asked above
    return latest.to_phase, latest.takes_effect_date


@dataclass(frozen=True, slots=True)
class Way:
    """The steps of an agreement and the phases of its edition."""

    agreement: Agreement
    steps: tuple[Step, ...]
    phases: tuple[Phase, ...]

    def phase_on(self, day: date) -> Phase | None:
        found = phase_on(self.steps, day)
        return found[0] if found else None

    def since(self, day: date) -> date | None:
        found = phase_on(self.steps, day)
        return found[1] if found else None

    @property
    def pending(self) -> Step | None:
        return next((one for one in self.steps if one.is_pending), None)

    @property
    def is_signed(self) -> bool:
        return any(one.kind == StepKind.START for one in self.steps)

    def after(self, phase: Phase) -> Phase | None:
        return next((one for one in self.phases if one.order > phase.order), None)

    def before(self, phase: Phase) -> list[Phase]:
        return [one for one in self.phases if one.order < phase.order]


def way_of(agreement: Agreement) -> Way:
    """Three statements."""
    steps = (
        Step.objects.filter(agreement=agreement)
        .select_related("to_phase", "from_phase", "written_by", "decided_by")
        .prefetch_related("evidence")
        .order_by("written_at")
    )
    phases = Phase.objects.filter(phase_set=agreement.phase_set_id).order_by("order")
    return Way(agreement, tuple(steps), tuple(phases))


def allowances_from(agreement: Agreement, day: date) -> list[Allowance]:
    """What is or will be wider or narrower, from a day on."""
    return list(Allowance.objects.in_force().filter(agreement=agreement, latest_date__gte=day).order_by("first_date"))


def today_of(way: Way, at: datetime, allowances: Iterable[Allowance] | None = None) -> Today:
    """Two statements; one where what is allowed for some days was read already (`allowances_from`)."""
    agreement, day = way.agreement, way.agreement.day_of(at)
    state, back_at = _state(agreement, at)
    phase = way.phase_on(day) if agreement.is_open_on(day) else None
    if phase is None:
        return Today(day, None, state, back_at)
    found = allowances_from(agreement, day) if allowances is None else allowances
    return Today(day, Freedom.of(phase, day, [one for one in found if one.first_date <= day]), state, back_at)


def _state(agreement: Agreement, at: datetime) -> tuple[State | None, datetime | None]:
    """How the person is in the house. A resident reads no board; their own movements say the same."""
    place = Occupancy.objects.filter(stay=agreement.stay_id).at(at).first()
    if place is not None:
        return State(place.state), place.expected_at
    if not agreement.stay.is_open:
        return None, None
    said = (
        Movement.objects.in_force().filter(stay=agreement.stay_id, happened_at__lte=at).exclude(kind__in=SAYS_NO_STATE)
    )
    latest = said.order_by("-happened_at").first()
    if latest is None:
        return None, None
    return (State(latest.kind), latest.expected_at) if latest.kind in State.values else (State.PRESENT, None)


def weeks_in_phase(way: Way, day: date) -> int:
    """Full weeks since the latest step."""
    since = way.since(day)
    return (day - since).days // 7 if since else 0


def missing_evidence(phase: Phase, met: Iterable[bool], *, weeks: int) -> list[str]:
    """What is still lacking before someone goes up from a phase: items not met, and time not passed yet."""
    lacking = [_(item) for item, is_met in zip(phase.evidence, met, strict=True) if not is_met]
    if weeks < phase.least_weeks:
        words = _("paling sedikit %(least)d minggu di fase ini, baru %(weeks)d")
        lacking.append(words % {"least": phase.least_weeks, "weeks": weeks})
    return lacking
