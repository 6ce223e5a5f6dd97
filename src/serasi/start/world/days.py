"""The last days in a house: roll calls, rounds, medicine, diets, notes and what each shift left to the next.

Told of the sentra, whose carers can sign in: the shifts of the last two days are whole, of the one that runs now a part
is left to do. What a house does every day, and who comes, is told beside it (`habits`).
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import Final
from uuid import UUID

from serasi.access.models import User
from serasi.daily import operations as daily
from serasi.daily.enums import Answer, DietKind, Mark, NoteKind, Outcome, RoundKind, ShiftName
from serasi.daily.models import Prescription
from serasi.daily.operations import Answered, Exceptional, Found
from serasi.daily.queries import MARK_OF, Shift, shift_at, shift_before
from serasi.residence import operations as residence
from serasi.residence.enums import Checklist, MovementKind, State
from serasi.residence.models import Occupancy, Stay, Ward
from serasi.start.world import habits
from serasi.start.world.staff import SENTRA
from serasi.start.world.world import JAKARTA, World

KEY: Final = "hari"
SHIFTS: Final = 6
"""How many shifts before the one that runs are told: two days."""
LEAST_IN_WARD: Final = 3
"""A ward with fewer people is looked after with the one beside it."""
_ROUNDS: Final = {
    ShiftName.MORNING: ((RoundKind.BREAKFAST, 0.5), (RoundKind.BATH, 1.2), (RoundKind.LUNCH, 5.2)),
    ShiftName.AFTERNOON: ((RoundKind.BATH, 2), (RoundKind.DINNER, 4.3)),
    ShiftName.NIGHT: ((RoundKind.SLEEP, 2.5),),
}
"""What is gone round for in a shift, and how many hours after it began."""
_APART: Final = {
    RoundKind.BREAKFAST: (Answer.HALF, "mual"),
    RoundKind.LUNCH: (Answer.HALF, ""),
    RoundKind.DINNER: (Answer.NOTHING, "menunggu keluarganya menelepon"),
    RoundKind.BATH: (Answer.HELPED, ""),
    RoundKind.SLEEP: (Answer.RESTLESS, "mencari anaknya"),
}
_USUAL: Final = {RoundKind.BATH: Answer.ALONE, RoundKind.SLEEP: Answer.ASLEEP}
_MEDICINE: Final = (
    ("Amlodipin", "5 mg", "1 tablet", (7,), "dr. Ratna Contohwati"),
    ("Metformin", "500 mg", "1 tablet sesudah makan", (7, 18), "dr. Ratna Contohwati"),
    ("Risperidon", "2 mg", "1 tablet", (7, 20), "dr. Hanif Contoh, Sp.KJ"),
    ("Paracetamol", "500 mg", "1 tablet bila demam", (), "dr. Ratna Contohwati"),
    ("Captopril", "12,5 mg", "1 tablet", (7, 20), "Puskesmas Bekasi Timur"),
)
_DIETS: Final = (
    (DietKind.DIABETIC, "Gula darah tinggi, anjuran puskesmas"),
    (DietKind.SOFT, "Gigi tinggal beberapa"),
    (DietKind.LOW_SALT, "Tekanan darah tinggi"),
)
_NOTES: Final = (
    (NoteKind.SLEEP, "Terbangun pukul dua, minta ditemani. Tidur lagi setelah minum hangat.", True),
    (NoteKind.HEALTH, "Mengeluh pusing; tensi diukur, diminta istirahat. Periksa lagi nanti.", True),
    (NoteKind.BEHAVIOUR, "Mau ikut senam pagi untuk pertama kali.", False),
    (NoteKind.FOOD, "Menghabiskan sayurnya dan minta tambah.", False),
    (NoteKind.OTHER, "Keluarganya menelepon, akan menjenguk hari Minggu.", False),
    (NoteKind.HEALTH, "Luka di tumit dibersihkan dan diganti perbannya.", True),
)
_LEFT: Final = (
    "Keran kamar mandi timur menetes, sudah dilaporkan.",
    "Semua tenang. Kunci lemari obat di laci pos jaga.",
    "Selimut di kamar 2 kurang satu; minta ke gudang.",
)


def last_days(world: World, _begins: datetime) -> None:
    """Shift by shift until now; then who is out today."""
    _Days(world).tell()


class _Days:
    """The house in its shifts; the carers take turns."""

    def __init__(self, world: World) -> None:
        self.world, self.desk = world, world.desks[SENTRA]
        self.dice = world.dice(KEY)
        self.prescriptions: dict[UUID, list[Prescription]] = {}
        """By ward."""

    def _id(self, at: datetime) -> UUID:
        return self.world.id(KEY, at)

    def tell(self) -> None:
        now, unit = self.world.now, self.desk.unit
        since = now - timedelta(days=30)
        daily.set_practice(
            id=self.world.person_id(KEY),
            unit=unit,
            morning_from=time(7),
            afternoon_from=time(14),
            night_from=time(21),
            revision=0,
            by=self.desk.head,
            at=since,
        )
        running = shift_at(unit, now)
        shifts = [running]
        while len(shifts) <= SHIFTS:
            shifts.insert(0, shift_before(unit, shifts[0]))
        wards = self._wards()
        for ward in wards:
            self._order(ward, since)
        self._go_out()
        on_duty, other = self.desk.carers[:2]
        for shift in shifts[:-1]:
            for ward in wards:
                self._keep(ward, shift, on_duty, other)
            on_duty, other = other, on_duty
        for ward in wards[1:]:  # in the first everything of this shift is still to be done
            self._keep(ward, running, on_duty, other)
        habits.measures(self.world)
        for ward in wards:
            habits.habits(self.world, ward, partial(self._present, ward))

    def _wards(self) -> list[Ward]:
        """Those in which several people live, the fullest first."""
        with self.world.looking():
            wards = {ward.pk: ward for ward in Ward.objects.filter(unit=self.desk.unit).select_related("unit")}
            lived_in = list(
                Occupancy.objects.at(self.world.now).filter(unit=self.desk.unit).values_list("ward", flat=True)
            )
        full = sorted(wards.values(), key=lambda ward: (-lived_in.count(ward.pk), ward.position, ward.name))
        return [ward for ward in full if lived_in.count(ward.pk) >= LEAST_IN_WARD] or full[:1]

    def _of(self, ward: Ward, at: datetime, *states: State) -> list[Stay]:
        """Who belonged to a ward then, in these states or in any, whom a carer may know."""
        with self.world.looking():
            found = Occupancy.objects.at(at).filter(ward=ward)
            found = found.filter(state__in=states) if states else found
            stays = Stay.objects.filter(pk__in=found.values("stay")).select_related("unit", "person")
            return [stay for stay in stays.order_by("tag") if not stay.person.is_sealed]

    def _present(self, ward: Ward, at: datetime) -> list[Stay]:
        return self._of(ward, at, State.PRESENT)

    # --- What is ordered --------------------------------------------------------------------------------------------

    def _order(self, ward: Ward, at: datetime) -> None:
        """Medicine for every third, a diet for some, since they came."""
        written: list[Prescription] = []
        for number, stay in enumerate(self._of(ward, self.world.now)):
            at_house = max(at, stay.began_at + timedelta(hours=3))
            if number % 3 == 0 and at_house < self.world.now:
                drug, strength, dose, hours, prescriber = self.dice.choice(_MEDICINE)
                written.append(
                    daily.copy_prescription(
                        id=self._id(at_house),
                        stay=stay,
                        drug=drug,
                        strength=strength,
                        dose=dose,
                        route="diminum",
                        times=[time(hour) for hour in hours],
                        starts=at_house.astimezone(JAKARTA).date(),
                        prescriber=prescriber,
                        by=self.desk.carers[0],
                        at=at_house,
                    )
                )
            if number % 5 == 1 and at_house < self.world.now:
                kind, reason = self.dice.choice(_DIETS)
                daily.order_diet(
                    id=self._id(at_house),
                    stay=stay,
                    kind=kind,
                    reason=reason,
                    starts=at_house.astimezone(JAKARTA).date(),
                    by=self.desk.carers[0],
                    at=at_house,
                )
        self.prescriptions[ward.pk] = written

    # --- A shift ----------------------------------------------------------------------------------------------------

    def _keep(self, ward: Ward, shift: Shift, carer: User, other: User) -> None:
        """What a shift writes of a ward, as far as it has come."""
        begins, ends = shift.begins_at, min(shift.ends_at, self.world.now)
        self._call(ward, begins + timedelta(minutes=25), carer)
        for kind, hours in _ROUNDS[shift.name]:
            self._go_round(ward, kind, begins + timedelta(hours=hours), carer)
        self._give(ward, begins, ends, carer)
        if shift.ends_at < self.world.now - timedelta(hours=1):
            self._note(ward, begins + timedelta(hours=3), carer)
            self._leave_to_the_next(ward, shift, carer, other)

    def _call(self, ward: Ward, at: datetime, carer: User) -> None:
        """Everyone is where the board says."""
        if at > self.world.now:
            return
        with self.world.looking():
            believed = dict(Occupancy.objects.at(at).filter(ward=ward).values_list("stay_id", "state"))
        if believed:
            marks = {stay: Found(MARK_OF[State(state)]) for stay, state in believed.items()}
            counted = sum(found.mark == Mark.PRESENT for found in marks.values())
            daily.take_roll_call(
                id=self._id(at),
                ward=ward,
                taken_at=at,
                counted=counted,
                marks=marks,
                by=carer,
                at=min(at + timedelta(minutes=4), self.world.now),
            )

    def _go_round(self, ward: Ward, kind: RoundKind, at: datetime, carer: User) -> None:
        """The usual answer for all, another for one."""
        if at > self.world.now:
            return
        here = self._of(ward, at, State.PRESENT)
        if not here:
            return
        answer, note = _APART[kind]
        apart = {self.dice.choice(here).pk: Exceptional(answer, note)} if len(here) > 1 else {}
        daily.make_round(
            id=self._id(at),
            ward=ward,
            kind=kind,
            taken_at=at,
            usual=_USUAL.get(kind, Answer.ALL),
            exceptions=apart,
            by=carer,
            at=min(at + timedelta(minutes=6), self.world.now),
        )

    def _give(self, ward: Ward, begins: datetime, ends: datetime, carer: User) -> None:
        """Every dose of these hours was answered; now and then one is refused."""
        due = [
            (one, moment)
            for one in self.prescriptions[ward.pk]
            for moment in self._hours(begins, ends)
            if one.is_due_at(moment)
        ]
        with self.world.looking():
            here = Occupancy.objects.at(begins).filter(ward=ward, state=State.PRESENT)
            present = set(here.values_list("stay_id", flat=True))
        due = [(one, moment) for one, moment in due if one.stay_id in present]
        if not due:
            return
        at = min(max(moment for _one, moment in due) + timedelta(minutes=20), self.world.now)
        answers = [
            Answered(one, moment, Outcome.REFUSED, "mual, dicoba lagi nanti")
            if self.dice.random() < 0.06
            else Answered(one, moment, Outcome.GIVEN)
            for one, moment in due
        ]
        daily.record_doses(id=self._id(at), answers=answers, by=carer, at=at)

    def _hours(self, begins: datetime, ends: datetime) -> list[datetime]:
        """The full hours of a shift."""
        return [begins + timedelta(hours=hours) for hours in range(int((ends - begins) / timedelta(hours=1)) + 1)][:8]

    def _note(self, ward: Ward, at: datetime, carer: User) -> None:
        here = self._of(ward, at, State.PRESENT)
        if here and self.dice.random() < 0.5:
            kind, text, is_handed_on = self.dice.choice(_NOTES)
            daily.write_note(
                id=self._id(at),
                ward=ward,
                stays=[self.dice.choice(here)],
                kind=kind,
                text=text,
                is_handed_on=is_handed_on,
                by=carer,
                at=at,
            )

    def _leave_to_the_next(self, ward: Ward, shift: Shift, carer: User, other: User) -> None:
        """Read by the next, but what the shift before this one left: a night is ten hours long."""
        at = shift.ends_at - timedelta(minutes=10)
        left = daily.hand_over(id=self._id(at), ward=ward, shift=shift, words=self.dice.choice(_LEFT), by=carer, at=at)
        if shift.ends_at < self.world.now - timedelta(hours=11):
            daily.acknowledge(handover=left, by=other, at=shift.ends_at + timedelta(minutes=15))

    # --- Who is out today -------------------------------------------------------------------------------------------

    def _go_out(self) -> None:
        """One is in hospital since the day before yesterday and one on leave since yesterday; Bagas is searched for."""
        with self.world.looking():
            thin = (
                Stay.objects.open()
                .filter(unit=self.desk.unit, case=None, period__startswith__lt=self.world.now - timedelta(days=20))
                .select_related("unit", "person")
                .order_by("tag")
            )
            here = set(
                Occupancy.objects.at(self.world.now)
                .filter(stay__in=thin, state=State.PRESENT)
                .values_list("stay", flat=True)
            )
            recent = set(
                Occupancy.objects.filter(
                    stay__in=thin, period__startswith__gt=self.world.now - timedelta(days=3)
                ).values_list("stay", flat=True)
            )
            calm = [stay for stay in thin if stay.pk in here and stay.pk not in recent]
        for stay, kind, hours, back, reason, where in zip(
            calm,
            (MovementKind.HOSPITAL, MovementKind.LEAVE),
            (40, 22),
            (None, timedelta(days=2)),
            ("Sesak napas sejak pagi", "Menengok adiknya yang menikah"),
            ("RSUD Kota Bekasi", "Rumah adiknya di Cikarang"),
            strict=False,
        ):
            at = self.world.now - timedelta(hours=hours)
            residence.go_out(
                id=self._id(at),
                stay=stay,
                kind=kind,
                happened_at=at,
                reason=reason,
                destination=where,
                expected_at=self.world.now + back if back else None,
                by=self.desk.carers[0],
                at=at,
            )
        self._look_for()

    def _look_for(self) -> None:
        with self.world.looking():
            gone: Sequence[Stay] = [
                one.stay
                for one in Occupancy.objects.at(self.world.now)
                .filter(unit=self.desk.unit, state=State.ABSCONDED)
                .select_related("stay__unit", "stay__person")
                .order_by("tag")
            ]
        at = self.world.now - timedelta(minutes=40)
        for stay in gone:
            residence.take_steps(
                stay=stay,
                checklist=Checklist.SEARCH,
                codes=["sekitar", "penghuni", "kepala"],
                happened_at=at,
                note="Sudah dicari sampai terminal.",
                by=self.desk.workers[0],
                at=at,
            )
