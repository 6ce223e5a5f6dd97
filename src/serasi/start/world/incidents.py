"""What went wrong in the sentra in four months, and who was told: falls above all, one still open since last night.

And one restraint that is over, and a concern about a colleague that went past its house to the Dinas.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from serasi.residence.enums import State
from serasi.residence.models import Occupancy, Stay
from serasi.safety import operations as safety
from serasi.safety.enums import (
    About,
    Condition,
    Danger,
    Harm,
    IncidentKind,
    Means,
    Part,
    Recipient,
    RestraintKind,
    Severity,
    Standing,
    StepKind,
)
from serasi.safety.models import Incident
from serasi.safety.operations import Someone
from serasi.safety.reference import rules_for
from serasi.start.world.staff import HARAPAN_SENTOSA_2, SENTRA
from serasi.start.world.world import World

KEY: Final = "kejadian"


@dataclass(frozen=True, slots=True)
class _Happened:
    """An incident as it was reported: when, of which kind how grave, where; and what was learned when it was closed."""

    days_ago: float
    hour: int
    kind: IncidentKind
    severity: Severity
    place: str
    account: str
    done: str
    cause: str = ""
    learning: str = ""
    will: str = ""
    injury: str = ""


_HAPPENED: Final = (
    _Happened(
        118, 5, IncidentKind.FALL, Severity.MODERATE, "Kamar mandi",
        "Terpeleset saat berwudu, pelipis lecet.", "Luka dibersihkan, tensi diukur.",
        "Lantai basah, tanpa pegangan.", "Pegangan dipasang di semua kamar mandi.", injury="lecet di pelipis",
    ),
    _Happened(
        93, 19, IncidentKind.MEDICINE_ERROR, Severity.LIGHT, "Ruang makan",
        "Obat malam diberikan kepada teman sekamarnya.", "Puskesmas ditelepon; dipantau dua jam, tidak ada keluhan.",
        "Dua kotak obat bersebelahan.", "Kotak obat diberi foto dan dipisah.",
    ),
    _Happened(
        71, 16, IncidentKind.FIGHT, Severity.MODERATE, "Lapangan",
        "Berebut bola, saling pukul; bibir sobek.", "Dilerai, bibir dikompres, didudukkan terpisah.",
        "Permainan tanpa pendamping.", "Sore selalu ada instruktur di lapangan.", injury="bibir sobek",
    ),
    _Happened(
        47, 4, IncidentKind.FALL, Severity.SERIOUS, "Kamar mandi",
        "Ditemukan di lantai, pinggul nyeri dan tidak dapat berdiri.", "Tidak dipindah sampai ambulans datang.",
        "Lampu kamar mandi mati.", "Lampu darurat dipasang; lampu diperiksa tiap malam.", injury="memar pinggul",
    ),
    _Happened(
        29, 21, IncidentKind.DAMAGE, Severity.LIGHT, "Ruang tamu",
        "Kaca jendela pecah terkena sapu.", "Pecahan dibersihkan, jendela ditutup papan.",
        "Tidak sengaja.", "Kaca diganti plastik.",
    ),
    _Happened(
        11, 5, IncidentKind.FALL, Severity.LIGHT, "Selasar",
        "Tersandung ember saat apel pagi, tidak terluka.", "Ember dipindah.", will="Tempat ember di luar selasar",
    ),
)  # fmt: skip
_OPEN: Final = _Happened(
    0, 0, IncidentKind.FALL, Severity.MODERATE, "Kamar mandi",
    "Terpeleset di kamar mandi, pelipis luka.", "Luka dibersihkan dan dibalut.", injury="luka di pelipis",
)  # fmt: skip
_TOLD: Final[Mapping[Recipient, str]] = {
    Recipient.HEAD: "Kepala unit",
    Recipient.FAMILY: "Anaknya, lewat telepon",
    Recipient.HEALTH: "Puskesmas Bekasi Timur",
    Recipient.POLICE: "Polsek Bekasi Timur",
    Recipient.DINAS: "Direktorat di kementerian",
}


def what_went_wrong(world: World, _begins: datetime) -> None:
    """From the oldest to last night."""
    _Safety(world).tell()


class _Safety:
    def __init__(self, world: World) -> None:
        self.world, self.desk = world, world.desks[SENTRA]
        self.dice = world.dice(KEY)

    def _id(self, at: datetime) -> UUID:
        return self.world.id(KEY, at)

    def tell(self) -> None:
        for number, one in enumerate(_HAPPENED):
            at = self.world.past(one.days_ago, one.hour, 40)
            incident = self._report(one, at, id=self.world.person_id(KEY) if number == 0 else self._id(at))
            self._tell_all(incident, at)
            if one.will:
                self._will(incident, one.will, at + timedelta(hours=5))
            if one.cause:
                closed = at + timedelta(days=2, hours=5)
                safety.close_incident(
                    id=self._id(closed),
                    incident=incident,
                    cause=one.cause,
                    learning=one.learning,
                    by=self.desk.head,
                    at=closed,
                )
        self._restrain(self.world.past(22, 15))
        at = self.world.now - timedelta(hours=7)
        incident = self._report(_OPEN, at, id=self._id(at))
        self._note(incident, Recipient.HEAD, at + timedelta(minutes=25))
        self._worry(self.world.past(6, 10))

    def _someone(self, at: datetime, fits: Callable[[Stay], bool] = lambda _stay: True) -> Stay | None:
        """Who was there then."""
        with self.world.looking():
            there = Occupancy.objects.at(at).filter(unit=self.desk.unit, state=State.PRESENT).values("stay")
            stays = Stay.objects.filter(pk__in=there).select_related("unit", "person").order_by("tag")
            calm = [stay for stay in stays if not stay.person.is_sealed and fits(stay)]
        return self.dice.choice(calm) if calm else None

    def _report(self, one: _Happened, at: datetime, *, id: UUID) -> Incident:
        stay = self._someone(at)
        with self.world.looking():
            place = Occupancy.objects.at(at).filter(stay=stay).select_related("ward").first() if stay else None
        people = [Someone(Part.AFFECTED, stay_id=stay.pk, injury=one.injury)] if stay else []
        return safety.report_incident(
            id=id,
            unit=self.desk.unit,
            kind=one.kind,
            severity=one.severity,
            happened_at=at,
            ward=place.ward if place else None,
            place=one.place,
            account=one.account,
            immediate_action=one.done,
            people=people,
            by=self.dice.choice(self.desk.carers),
            at=at + timedelta(minutes=12),
        )

    def _tell_all(self, incident: Incident, at: datetime) -> None:
        """Everybody whom the rules name, in time."""
        rules = rules_for(IncidentKind(incident.kind), Severity(incident.severity))
        for recipient in dict.fromkeys(Recipient(rule.recipient) for rule in rules):
            self._note(incident, recipient, at + timedelta(minutes=self.dice.randint(15, 55)))

    def _note(self, incident: Incident, recipient: Recipient, at: datetime) -> None:
        safety.note_notice(
            id=self._id(at),
            incident=incident,
            recipient=recipient,
            told_at=at,
            told_to=_TOLD[recipient],
            means=Means.IN_PERSON if recipient == Recipient.HEAD else Means.PHONE,
            by=self.desk.carers[0],
            at=at + timedelta(minutes=2),
        )

    def _will(self, incident: Incident, what: str, at: datetime) -> None:
        safety.add_follow_up(
            id=self._id(at),
            incident=incident,
            what=what,
            owner=self.desk.carers[0],
            due_date=self.world.today + timedelta(days=2),
            by=self.desk.supervisor,
            at=at,
        )

    def _restrain(self, at: datetime) -> None:
        """Twenty minutes in the calm room, looked at twice, ended, and looked back at by the head."""
        stay = self._someone(at, lambda one: (one.person.age_on(at.date()) or 0) >= 18)
        if stay is None:
            return
        carer = self.desk.carers[0]
        restraint = safety.begin_restraint(
            id=self._id(at),
            unit=self.desk.unit,
            stay_id=stay.pk,
            kind=RestraintKind.ISOLATION,
            standing=Standing.ADULT,
            danger=Danger.OTHERS,
            account="Melempar kursi ke arah teman sekamarnya.",
            tried="Diajak keluar dan ditemani setengah jam; tetap mengamuk.",
            decided_by=self.desk.psychologist.full_name,
            informed="Kepala unit, lewat telepon",
            began_at=at,
            by=carer,
            at=at + timedelta(minutes=1),
        )
        for minutes, condition in ((8, Condition.RESTLESS), (16, Condition.CALM)):
            moment = at + timedelta(minutes=minutes)
            safety.check_restraint(id=self._id(moment), restraint=restraint, condition=condition, by=carer, at=moment)
        ended = at + timedelta(minutes=21)
        safety.end_restraint(
            restraint=restraint, ended_at=ended, end_note="Tenang, minum teh, mau bicara.", by=carer, at=ended
        )
        safety.review_restraint(
            restraint=restraint,
            review="Dapat dihindari bila kamar tenang ditawarkan lebih awal; dibahas dengan semua pengasuh.",
            by=self.desk.head,
            at=at + timedelta(days=1),
        )

    def _worry(self, at: datetime) -> None:
        """A colleague in Jakarta worries about how somebody there treats residents; the Dinas has begun to ask."""
        there = self.world.desks[HARAPAN_SENTOSA_2]
        concern = safety.raise_concern(
            id=self._id(at),
            unit=there.unit,
            about=About.STAFF,
            about_words="Petugas jaga malam",
            harm=Harm.NEGLECT,
            account="Popok beberapa penghuni tidak diganti sampai pagi; sudah tiga kali saya temukan.",
            happened_on=at.date() - timedelta(days=1),
            by=there.workers[0],
            at=at,
        )
        officer = self.world.users["dinsos"]
        for hours, kind, text in (
            (20, StepKind.ACKNOWLEDGED, ""),
            (50, StepKind.ACTED, "Jadwal jaga malam diminta; kunjungan mendadak hari Jumat."),
        ):
            moment = at + timedelta(hours=hours)
            safety.take_step(id=self._id(moment), concern=concern, kind=kind, text=text, by=officer, at=moment)
