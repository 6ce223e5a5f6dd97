"""How freedom looks: icons and words of each right today, the ladder of phases, who signed, what was measured."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.common.components import Column, Event, LineChart, Series, Status, Table, Tone
from serasi.common.components import Step as Rung
from serasi.common.templatetags.serasi import rupiah, tanggal_pendek, waktu
from serasi.cycles.enums import Voice
from serasi.cycles.queries import DomainCurve
from serasi.foyer.enums import (
    Guests,
    Living,
    MeasureMoment,
    MoneyHolder,
    Occupation,
    Outing,
    Party,
    Phone,
    Right,
    RoomRight,
    StepKind,
)
from serasi.foyer.models import Agreement, Allowance, Measure, Phase, Signature, Step
from serasi.foyer.queries import Freedom, Today, Tonight, Way
from serasi.residence.enums import State

_AWAY = {
    State.LEAVE: gettext_lazy("Sedang izin di luar"),
    State.HOSPITAL: gettext_lazy("Sedang di rumah sakit"),
    State.ABSCONDED: gettext_lazy("Sedang pergi tanpa izin"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One right today: what, how, and why it differs from the phase when it does."""

    title: str
    words: str
    icon: str
    tone: Tone = "neutral"
    hint: str = ""
    change: str = ""


def clock(moment: Any) -> str:
    return f"{moment:%H.%M}" if moment else ""


def may_go(freedom: Freedom) -> str:
    """The one answer the gate needs."""
    if freedom.outing == Outing.NONE:
        return _("Tidak keluar rumah")
    limits = {"from": clock(freedom.out_from), "until": clock(freedom.curfew)}
    if freedom.outing == Outing.ACCOMPANIED:
        return _("Keluar didampingi petugas, pulang paling lambat %(until)s") % limits
    if freedom.outing == Outing.TOLD:
        return _("Keluar sendiri setelah memberi tahu, %(from)s sampai %(until)s") % limits
    return _("Keluar sendiri, %(from)s sampai %(until)s") % limits


def away(today: Today) -> str:
    """Where someone is who is not in the house; empty for who is."""
    if today.state is None:
        return _("Masa tinggalnya sudah selesai")
    words = str(_AWAY.get(today.state, ""))
    if words and today.back_at:
        words += _(", kembali %s") % waktu(today.back_at)
    return words


def phone_words(phone: str, hours: str) -> str:
    words = str(Phone(phone).label)
    return f"{words}: {_(hours)}" if phone == Phone.HOURS and hours else words


def money_words(amount: int, holder: str) -> str:
    words = str(MoneyHolder(holder).label)
    return f"{rupiah(amount)}, {words}" if amount else _("Tidak ada uang saku dari rumah; %s") % words


def lines_of(freedom: Freedom) -> list[Line]:
    """Every right today, going out first."""
    phase = freedom.phase
    tone: Tone = "good" if freedom.goes_alone else "bad" if freedom.outing == Outing.NONE else "warn"
    change = _change(freedom, Right.OUTING) or _change(freedom, Right.CURFEW)
    return [
        Line(_("Keluar rumah"), may_go(freedom), "walk", tone, _(phase.radius) if phase.radius else "", change),
        Line(
            _("Telepon"),
            phone_words(freedom.phone, freedom.phone_hours),
            "phone",
            "good" if freedom.phone == Phone.OWN else "neutral",
            change=_change(freedom, Right.PHONE),
        ),
        Line(
            _("Uang saku seminggu"),
            money_words(freedom.money_per_week, phase.money_held_by),
            "coin",
            change=_change(freedom, Right.MONEY),
        ),
        Line(_("Kamar"), str(RoomRight(phase.room).label), "bed"),
        Line(_("Tamu"), str(Guests(freedom.guests).label), "users", change=_change(freedom, Right.GUESTS)),
    ]


def _change(freedom: Freedom, right: Right) -> str:
    found = freedom.change_of(right)
    return change_words(found) if found else ""


def change_words(one: Allowance) -> str:
    """Sampai 24 November: pulang paling lambat 22.00. Alasan."""
    return _("Sampai %(day)s: %(what)s. %(why)s") % {
        "day": tanggal_pendek(one.latest_date),
        "what": value_words(one),
        "why": one.reason,
    }


def value_words(one: Allowance) -> str:
    """What an allowance says, without the right's name."""
    match one.right:
        case Right.OUTING:
            return str(Outing(one.outing).label).lower()
        case Right.CURFEW:
            return _("pulang paling lambat %s") % clock(one.until)
        case Right.PHONE:
            return phone_words(one.phone, one.phone_hours).lower()
        case Right.MONEY:
            return _("uang saku %s seminggu") % rupiah(one.amount)
        case _:
            return str(Guests(one.guests).label).lower()


def ladder(way: Way, day: date) -> list[Rung]:
    """The phases of the edition, with where someone stands."""
    here = way.phase_on(day)
    order = here.order if here else 0
    return [
        Rung(
            str(phase),
            "done" if phase.order < order else "current" if phase.order == order else "todo",
            hint=_("paling sedikit %d minggu") % phase.least_weeks if phase.least_weeks else "",
        )
        for phase in way.phases
    ]


_STEPS: dict[str, tuple[str, Tone]] = {
    StepKind.START: ("flag", "primary"),
    StepKind.UP: ("arrow-right", "good"),
    StepKind.BACK: ("arrow-left", "warn"),
}


@dataclass(frozen=True, slots=True)
class ToldStep:
    event: Event
    step: Step


def story(steps: Iterable[Step]) -> list[ToldStep]:
    """The latest first."""
    return [_told(step) for step in reversed(list(steps))]


def _told(step: Step) -> ToldStep:
    icon, tone = _STEPS[step.kind]
    phase = str(step.to_phase)
    titles = {
        StepKind.START: _("Mulai di fase %s"),
        StepKind.UP: _("Naik ke fase %s"),
        StepKind.BACK: _("Mundur ke fase %s"),
    }
    title = titles[StepKind(step.kind)] % phase
    if step.is_pending:
        title, tone = _("Diajukan: %s") % title, "info"
    elif not step.is_agreed:
        title, tone, icon = _("Belum disetujui: %s") % title, "neutral", "x"
    return ToldStep(
        Event(title, step.takes_effect_date or step.written_at, by=str(step.written_by), icon=icon, tone=tone), step
    )


@dataclass(frozen=True, slots=True)
class Signer:
    party: Party
    words: str
    signature: Signature | None


def signers(agreement: Agreement, signatures: Iterable[Signature]) -> list[Signer]:
    by_party = {one.party: one for one in signatures}
    parties = [party for party in Party if party in agreement.parties or party in by_party]
    return [Signer(party, str(party.label), by_party.get(party)) for party in parties]


def measures_table(measures: Iterable[Measure], due: dict[MeasureMoment, date]) -> Table:
    """Entry, exit and 12 months after beside each other; what is not measured says by when it is."""
    by_moment = {one.moment: one for one in measures}
    rows: tuple[tuple[str, Any], ...] = (
        (_("Diukur"), lambda one: tanggal_pendek(one.taken_date)),
        (_("Tinggal di mana"), lambda one: str(Living(one.living).label)),
        (_("Sekolah atau kerja"), lambda one: str(Occupation(one.occupation).label)),
        (_("Penghasilan sebulan"), lambda one: rupiah(one.income)),
        (_("Tabungan"), lambda one: rupiah(one.savings)),
        (_("Orang yang dapat dihubungi"), lambda one: one.contacts),
        (_("Kesehatan (1–5)"), lambda one: one.health),
        (_("Rasa percaya diri (1–5)"), lambda one: one.confidence),
    )

    def cell(moment: MeasureMoment, tell: Any, *, is_first: bool) -> Any:
        if moment in by_moment:
            return tell(by_moment[moment])
        if is_first and moment in due:
            return _("paling lambat %s") % tanggal_pendek(due[moment])
        return "–"

    return Table(
        columns=[Column(_("Pengukuran")), *(Column(str(moment.label)) for moment in MeasureMoment)],
        rows=[
            [title, *(cell(moment, tell, is_first=number == 0) for moment in MeasureMoment)]
            for number, (title, tell) in enumerate(rows)
        ],
    )


# --- Domains, each voice for itself ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DomainLine:
    """A domain as both see it now, and over time."""

    name: str
    own: str
    coach: str
    difference: Status | None
    chart: LineChart | None


def domain_lines(curves: Sequence[DomainCurve], *, with_charts: bool) -> list[DomainLine]:
    return [_domain_line(one, with_charts=with_charts) for one in curves]


def _domain_line(one: DomainCurve, *, with_charts: bool) -> DomainLine:
    own, coach = one.latest.get(Voice.SELF), one.latest.get(Voice.COACH)
    difference = None
    if own and coach:
        gap = own.step - coach.step
        if gap == 0:
            difference = Status(_("Sama"), "good", "check")
        else:
            words = _("Ia menilai lebih tinggi %d") if gap > 0 else _("Ia menilai lebih rendah %d")
            difference = Status(words % abs(gap), "warn" if abs(gap) > 1 else "info", "arrows-exchange")
    return DomainLine(
        str(one.domain),
        _said(one, Voice.SELF),
        _said(one, Voice.COACH),
        difference,
        _chart(one) if with_charts else None,
    )


def _said(one: DomainCurve, voice: Voice) -> str:
    point = one.latest.get(voice)
    if point is None:
        return _("Belum dinilai")
    return f"{point.step} – {one.domain.anchor(point.step)}"


def _chart(one: DomainCurve) -> LineChart | None:
    days = sorted({point.rated_on for point in one.points})
    if len(days) < 2:
        return None
    length = (days[-1] - days[0]).days
    series = []
    for voice in (Voice.SELF, Voice.COACH):
        steps = {point.rated_on: point.step for point in one.by_voice.get(voice, ())}
        if steps:
            series.append(Series(str(voice.label), [steps.get(day) for day in days]))
    return LineChart(
        title=str(one.domain),
        labels=[tanggal_pendek(day) for day in days],
        series=series,
        label_title=_("Hari"),
        positions=[(day - days[0]).days / length for day in days],
        axis=(1, 5),
        height=160,
    )


# --- The house -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GateLine:
    """One person on the list of gate and night shift."""

    who: str
    tag: str
    phase: str
    answer: str
    hint: str
    status: Status
    phone: str
    coach: str
    agreement_id: Any


def gate_lines(found: Iterable[Tonight], *, chosen: str = "") -> list[GateLine]:
    return [_gate_line(one) for one in found if not chosen or _is(one, chosen)]


def _is(one: Tonight, chosen: str) -> bool:
    today, freedom = one.today, one.today.freedom
    assert freedom is not None  # noqa: S101 - a line has a phase
    return {
        "alone": freedom.goes_alone and today.state == State.PRESENT,
        "inside": not freedom.goes_alone and today.state == State.PRESENT,
        "out": today.state != State.PRESENT,
        "changed": bool(freedom.changed),
    }.get(chosen, True)


def _gate_line(one: Tonight) -> GateLine:
    freedom = one.today.freedom
    assert freedom is not None  # noqa: S101 - as above
    absent = away(one.today)
    if absent:
        status = Status(absent, "info", "home")
    elif freedom.goes_alone:
        status = Status(_("Sampai %s") % clock(freedom.curfew), "good", "walk")
    elif freedom.outing == Outing.ACCOMPANIED:
        status = Status(_("Didampingi"), "warn", "users")
    else:
        status = Status(_("Tidak keluar"), "bad", "x")
    # Whom the reader may not know is a tag with its rights; why a right was changed is not told.
    hints = [value_words(change) for change in freedom.changed]
    return GateLine(
        who=one.name or f"#{one.tag}",
        tag=f"#{one.tag}",
        phase=str(freedom.phase),
        answer=may_go(freedom),
        hint=(_("Hari ini berbeda: %s") % "; ".join(hints)) if hints else "",
        status=status,
        phone=phone_words(freedom.phone, freedom.phone_hours),
        coach=one.coach,
        agreement_id=one.agreement_id,
    )


def rights_of(phase: Phase, day: date) -> list[tuple[str, str]]:
    """The rights of a phase as facts, for the page of an edition and the printed sheet."""
    return [
        (_("Keluar rumah"), str(Outing(phase.outing).label) + (f"; {_(phase.radius)}" if phase.radius else "")),
        (
            _("Jam pulang"),
            _("Senin–Jumat %(weekday)s, Sabtu–Minggu %(weekend)s")
            % {"weekday": clock(phase.curfew_weekday), "weekend": clock(phase.curfew_weekend)},
        ),
        (_("Telepon"), phone_words(phase.phone, phase.phone_hours)),
        (_("Uang saku seminggu"), money_words(phase.money_per_week, phase.money_held_by)),
        (_("Kamar"), str(RoomRight(phase.room).label)),
        (_("Tamu"), str(Guests(phase.guests).label)),
    ]
