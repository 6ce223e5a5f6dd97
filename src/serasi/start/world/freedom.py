"""Growing freedom at Taruna Jaya: who has a file there has an agreement, and is as far in its phases as weeks allow.

Told when the house is lived in. Each way is walked from the signing until today; one in eight steps back once.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from uuid import UUID

from serasi.access.models import User
from serasi.cases.models import Case
from serasi.cycles.enums import Voice
from serasi.cycles.models import Domain
from serasi.cycles.operations import Said, rate
from serasi.foyer import operations as foyer
from serasi.foyer.enums import Decision, MeasureMoment, Party, Right
from serasi.foyer.models import Agreement, Phase
from serasi.foyer.queries import foyer_domains
from serasi.foyer.reference import shipped_offers
from serasi.residence.models import Stay
from serasi.start.world.satria import KEY as SATRIA
from serasi.start.world.staff import PSBR
from serasi.start.world.world import JAKARTA, World

KEY: Final = "foyer"
AGES: Final = (15, 25)
"""Whom a Foyer is for, in years."""
LONG: Final = 540
"""An agreement holds a year and a half, in days."""
_DREAMS: Final = (
    "Saya berlatih las sampai lulus", "Saya menyelesaikan Paket C", "Saya belajar memasak untuk bekerja di dapur",
    "Saya belajar servis pendingin ruangan", "Saya menjahit setiap hari dan menabung upahnya",
    "Saya bekerja paruh waktu di bengkel", "Saya belajar tata rambut", "Saya melanjutkan sekolah malam",
)  # fmt: skip
_WORDS_UP: Final = (
    "Saya sudah hafal aturannya dan mau berangkat sendiri.", "Saya ingin mengatur uang saya sendiri.",
    "Sekarang saya bangun sendiri tanpa dibangunkan.", "Saya siap mencoba, walau masih takut.",
    "Saya mau menunjukkan bahwa saya bisa dipercaya.", "Ibu saya bangga mendengar saya sampai di sini.",
)  # fmt: skip
_SEEN: Final = (
    "Dilihat bersama di pertemuan mingguan", "Tercatat di buku harian", "Diceritakan pelatihnya",
    "Dilihat di daftar hadir",
)  # fmt: skip
_BACK: Final = (
    ("Tiga malam tidak pulang dan tidak memberi kabar", "Dua minggu pulang tepat waktu, memberi kabar bila terlambat"),
    ("Uang saku habis untuk judi dalam telepon", "Empat minggu catatan uang lengkap bersama pembimbing"),
    ("Berhenti datang ke pelatihan", "Hadir lagi empat minggu berturut-turut"),
)


def grow_free(world: World, _begins: datetime) -> None:
    """The edition of phases, then one agreement after another."""
    _House(world).tell()


@dataclass(slots=True)
class _Youth:
    """A youth whose way is told: where they live, who walks along, and the day that the telling has come to."""

    stay: Stay
    case: Case
    coach: User
    at: datetime


class _House:
    """Taruna Jaya as it lives by the Foyer."""

    def __init__(self, world: World) -> None:
        self.world, self.desk = world, world.desks[PSBR]
        self.dice = world.dice(KEY)
        self.domains: list[Domain] = []
        self.phases: list[Phase] = []
        self.satria = world.person_id(SATRIA)

    def _id(self, at: datetime) -> UUID:
        return self.world.id(KEY, at)

    def tell(self) -> None:
        at = self.world.past(620, 10)
        edition = foyer.draft_edition(
            id=self.world.person_id(KEY), unit=self.desk.unit, by=self.desk.head, at=at - timedelta(days=1)
        )
        foyer.put_in_force(phase_set=edition, by=self.desk.head, at=at)
        with self.world.looking():
            self.phases = list(edition.phases.order_by("order"))
            self.domains = list(foyer_domains(self.world.today))
            stays = list(
                Stay.objects.open()
                .filter(unit=self.desk.unit, case__closed_at=None, case__isnull=False)
                .select_related("unit", "person", "case__unit", "case__person", "case__stage", "case__opened_by")
                .order_by("case__number")
            )
        agreements = [
            agreement for number, stay in enumerate(stays) if (agreement := self._walk(stay, number)) is not None
        ]
        self._today(agreements)

    # --- One way ----------------------------------------------------------------------------------------------------

    def _walk(self, stay: Stay, number: int) -> Agreement | None:
        """From the agreement on, as far as the weeks allow; None for who is too young, or came too lately."""
        case = stay.case
        assert case is not None  # noqa: S101  (asked for above)
        begins = max(stay.began_at, case.opened_at) + timedelta(days=self.dice.randint(5, 12))
        age = stay.person.age_on(begins.date())
        if age is None or not AGES[0] <= age <= AGES[1] or begins > self.world.now - timedelta(days=2):
            return None
        youth = _Youth(stay, case, self.world.known(case.opened_by), begins)
        agreement = self._agree(youth, is_adult=age >= 18)
        self._say_where(youth, begins, 1)
        if number % 17:
            self._measure(agreement, youth, begins + timedelta(days=7))
        if stay.person_id == self.satria:
            self._way_of_satria(agreement, youth)
        else:
            self._way(agreement, youth)
        return agreement

    def _agree(self, youth: _Youth, *, is_adult: bool) -> Agreement:
        """Written, and signed by all; the latest ones wait for the head."""
        day, head = youth.at.astimezone(JAKARTA).date(), self.desk.head
        offers = {entry.code: list(entry.offers) for entry in shipped_offers()}
        agreement = foyer.write_agreement(
            id=self._id(youth.at),
            stay=youth.stay,
            case=youth.case,
            coach=youth.coach,
            begins_date=day,
            ends_date=day + timedelta(days=LONG),
            youth_offers=[self.dice.choice(_DREAMS), *offers["youth"][1:]],
            house_offers=offers["house"],
            by=youth.coach,
            at=youth.at - timedelta(hours=2),
        )
        is_new = youth.at > self.world.now - timedelta(days=9)
        relatives = [] if is_adult else [(Party.GUARDIAN, self.world.names.full_name(self.dice, "P"), "Ibu")]
        for party, name, relation in (
            (Party.YOUTH, str(youth.stay.person), ""),
            *relatives,
            *([] if is_new else [(Party.HOUSE, "", "")]),
        ):
            foyer.sign_agreement(
                id=self._id(youth.at),
                agreement=agreement,
                party=party,
                name=name,
                relation=relation,
                signed_at=youth.at,
                by=head if party == Party.HOUSE else youth.coach,
                at=youth.at,
            )
        return agreement

    def _way(self, agreement: Agreement, youth: _Youth) -> None:
        dice, began = self.dice, youth.at
        back_after = dice.randint(1, 2) if dice.random() < 1 / 8 else 0
        for place, phase in enumerate(self.phases[:-1]):
            if back_after and place == back_after:
                back_after = 0
                if not self._wait(youth, dice.randint(18, 40)) or not self._back(agreement, youth, phase):
                    return
            if not self._wait(youth, phase.least_weeks * 7 * dice.uniform(1.05, 2.6)):
                return
            self._up(agreement, youth, phase)
        if youth.at > began:
            self._plan_exit(agreement, youth)

    def _way_of_satria(self, agreement: Agreement, youth: _Youth) -> None:
        """Up twice, one step back, up again; the last step waits for the head since yesterday."""
        first, second, third, _last = self.phases
        for days_ago, phase in ((375, first), (290, second)):
            youth.at = self.world.past(days_ago, 15, 20)
            self._up(agreement, youth, phase)
        self._say_where(youth, self.world.past(240), 3)
        youth.at = self.world.past(205, 10)
        self._back(agreement, youth, third, said=0)
        youth.at = self.world.past(140, 15)
        self._up(agreement, youth, second, words="Saya malu waktu itu. Sekarang saya selalu memberi kabar.")
        self._say_where(youth, self.world.past(60), 4)
        foyer.plan_exit(
            agreement=agreement,
            exit_plan="Kamar kos dekat bengkel las di Cakung; kerja bulan depan; Maya dihubungi bila ada masalah.",
            revision=self._fresh(agreement).revision,
            by=youth.coach,
            at=self.world.past(20),
        )
        youth.at = self.world.past(1, 14)
        self._up(
            agreement,
            youth,
            third,
            words="Bengkel mau menerima saya. Saya ingin belajar tinggal sendiri.",
            decided=False,
        )

    def _wait(self, youth: _Youth, days: float) -> bool:
        """Go on; False when that day is still ahead."""
        youth.at += timedelta(days=days)
        youth.at = youth.at.astimezone(JAKARTA).replace(hour=self.dice.randint(9, 15), minute=self.dice.randrange(60))
        return youth.at < self.world.now - timedelta(days=2)

    def _up(self, agreement: Agreement, youth: _Youth, phase: Phase, *, words: str = "", decided: bool = True) -> None:
        seen = [
            foyer.Seen(is_met=True, how=self.dice.choice(_SEEN), seen_by=youth.coach.full_name)
            for _item in phase.evidence
        ]
        step = foyer.propose_up(
            id=self._id(youth.at),
            agreement=agreement,
            evidence=seen,
            youth_words=words or self.dice.choice(_WORDS_UP),
            by=youth.coach,
            at=youth.at,
        )
        if decided:
            youth.at += timedelta(hours=20)
            who = self.dice.choice((self.desk.head, self.desk.supervisor))
            foyer.decide_step(step=step, decision=Decision.APPROVED, note="", by=who, at=youth.at)

    def _back(self, agreement: Agreement, youth: _Youth, phase: Phase, said: int | None = None) -> bool:
        """One phase back, with the way up again; and up again, unless that lies ahead."""
        earlier = self.phases[self.phases.index(phase) - 1]
        reason, way_back = _BACK[said] if said is not None else self.dice.choice(_BACK)
        step = foyer.propose_back(
            id=self._id(youth.at),
            agreement=agreement,
            to_phase=earlier,
            reason=reason,
            way_back=way_back,
            way_back_date=(youth.at + timedelta(days=21)).date(),
            youth_words="Saya malu. Saya mau coba lagi.",
            by=youth.coach,
            at=youth.at,
        )
        youth.at += timedelta(hours=5)
        foyer.decide_step(step=step, decision=Decision.APPROVED, note="", by=self.desk.head, at=youth.at)
        if said is not None:
            return True
        if not self._wait(youth, earlier.least_weeks * 7 * self.dice.uniform(1.05, 1.4)):
            return False
        self._up(agreement, youth, earlier)
        return True

    def _plan_exit(self, agreement: Agreement, youth: _Youth) -> None:
        foyer.plan_exit(
            agreement=agreement,
            exit_plan="Kamar kos di dekat tempat kerja, uang muka dari tabungan; kakaknya dihubungi bila ada masalah.",
            revision=self._fresh(agreement).revision,
            by=youth.coach,
            at=youth.at,
        )

    def _fresh(self, agreement: Agreement) -> Agreement:
        with self.world.looking():
            agreement.refresh_from_db(fields=["revision"])
        return agreement

    # --- How it goes ------------------------------------------------------------------------------------------------

    def _say_where(self, youth: _Youth, at: datetime, level: int) -> None:
        """What the youth and the coach say of each domain of life; they do not always agree."""
        for voice in (Voice.SELF, Voice.COACH):
            said = [
                Said(
                    one, min(5, max(1, level + self.dice.choice((0, 0, 1, -1) if voice == Voice.COACH else (0, 1, 1))))
                )
                for one in self.domains
            ]
            rate(
                id=self._id(at),
                case=youth.case,
                voice=voice,
                said=said,
                rated_on=at.astimezone(JAKARTA).date(),
                by=youth.coach,
                at=at,
            )

    def _measure(self, agreement: Agreement, youth: _Youth, at: datetime) -> None:
        if at > self.world.now:
            return
        dice = self.dice
        foyer.take_measure(
            id=self._id(at),
            agreement=agreement,
            moment=MeasureMoment.ENTRY,
            taken_date=at.astimezone(JAKARTA).date(),
            living="house",
            occupation=dice.choice(("training", "training", "school", "neither")),
            income=0,
            savings=dice.randint(0, 6) * 25_000,
            contacts=dice.randint(0, 4),
            health=dice.randint(2, 5),
            confidence=dice.randint(1, 4),
            by=youth.coach,
            at=at,
        )

    def _today(self, agreements: list[Agreement]) -> None:
        """For some, one right is wider or narrower these days."""
        signed = [one for one in agreements if one.begins_date < self.world.today - timedelta(days=20)]
        begun = signed[len(signed) // 3 :: max(1, len(signed) // 7)]
        told = (
            (Right.CURFEW, {"until": time(22, 30)}, "Pentas penutupan pelatihan"),
            (Right.OUTING, {"outing": "accompanied"}, "Kakinya terkilir; ke puskesmas didampingi"),
            (Right.PHONE, {"phone": "own"}, "Menunggu kabar panggilan kerja"),
            (Right.GUESTS, {"guests": "common"}, "Ibunya datang dari kampung"),
        )
        for agreement, (right, given, reason) in zip(begun, told, strict=False):
            foyer.give_allowance(
                id=self._id(self.world.now),
                agreement=agreement,
                right=right,
                first_date=self.world.today,
                latest_date=self.world.today + timedelta(days=3),
                reason=reason,
                by=agreement.coach,
                at=self.world.now - timedelta(minutes=15),
                **given,  # type: ignore[arg-type]
            )
