"""What a house does every day, and who comes to see its people: timetable, visits and calls, vital signs."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

from serasi.daily import operations as daily
from serasi.daily.enums import Measure, VisitKind, VisitOutcome
from serasi.daily.operations import Course, Planned, Reading, Visitor
from serasi.residence.models import Stay, Ward
from serasi.start.world.staff import SENTRA
from serasi.start.world.world import JAKARTA, World

KEY: Final = "kebiasaan"
_WORKDAYS: Final = (0, 1, 2, 3, 4)
_Rows = Sequence[tuple[str, time, time, dict[str, Any]]]
_TIMETABLE: Final[_Rows] = (
    ("Bangun, ibadah pagi, mandi", time(5), time(6, 30), {}),
    ("Sarapan dan obat pagi", time(6, 30), time(7, 30), {"place": "Ruang makan"}),
    ("Senam", time(7, 30), time(8, 15), {"place": "Lapangan", "days": _WORKDAYS}),
    ("Bimbingan keterampilan", time(9), time(11, 30), {"place": "Aula", "leader": "Instruktur", "days": _WORKDAYS}),
    ("Makan siang, istirahat", time(12), time(14), {"place": "Ruang makan"}),
    ("Bimbingan kelompok", time(15), time(16, 30), {"place": "Ruang tamu wisma", "days": (1, 3)}),
    ("Kunjungan keluarga", time(9), time(15), {"place": "Ruang tamu wisma", "days": (5, 6)}),
    ("Makan malam dan obat malam", time(18), time(19), {"place": "Ruang makan"}),
    ("Tidur", time(21), time(23, 59), {}),
)
_OWN: Final[_Rows] = (
    ("Kontrol poli jiwa RSUD", time(8, 30), time(11, 30), {"is_instead": True, "days": (2,)}),
    ("Terapi okupasi", time(13), time(14, 30), {"days": (0, 3)}),
)
_WHO: Final = (
    ("Sulastri Contohwati", "adik"),
    ("Haris Contohman", "anak"),
    ("Maryati Contohwati", "istri"),
    ("Ketua RT 04 Contohrejo", "tetangga"),
)
_HOW_IT_WENT: Final = (
    "Senang, makan bersama, minta dikunjungi lagi.",
    "Menangis sebentar, lalu bercerita tentang rumah.",
    "Membicarakan rencana pulang; keluarga minta waktu sebulan.",
)
_MEASURES: Final = (Measure.TEMPERATURE, Measure.SYSTOLIC, Measure.DIASTOLIC, Measure.PULSE)
_CALM: Final = ("36.5", "128", "82", "78")
_BEYOND: Final = ("38.9", "132", "84", "104")


def habits(world: World, ward: Ward, here: Callable[[datetime], list[Stay]]) -> None:
    """Of one ward: ``here`` are those who live in it at a moment and whom a carer may know."""
    _plan(world, ward, here(world.now))
    _receive(world, here(world.now), world.dice(f"{KEY}:{ward.name}"))
    for days in (2, 1, 0):
        _measure(world, here, days)


def measures(world: World) -> None:
    """The unit takes temperature, pressure and pulse, with the limits it begins with."""
    desk = world.desks[SENTRA]
    daily.set_vitals_practice(
        id=world.person_id(KEY),
        unit=desk.unit,
        measures=list(_MEASURES),
        not_in=[],
        limits={},
        revision=0,
        by=desk.head,
        at=world.now - timedelta(days=30),
    )


def _plan(world: World, ward: Ward, stays: Sequence[Stay]) -> None:
    desk, at = world.desks[SENTRA], world.now - timedelta(days=30)
    starts = at.astimezone(JAKARTA).date()
    for what, since, until, facts in _TIMETABLE:
        planned = Planned(what, since, until, starts, **facts)
        daily.plan_activity(id=world.id(KEY, at), planned=planned, ward=ward, by=desk.head, at=at)
    for stay, (what, since, until, facts) in zip(stays, _OWN, strict=False):
        at = max(at, stay.began_at)
        planned = Planned(what, since, until, at.astimezone(JAKARTA).date(), **facts)
        daily.plan_activity(id=world.id(KEY, at), planned=planned, stay=stay, by=desk.carers[0], at=at)


def _receive(world: World, stays: Sequence[Stay], dice: Random) -> None:
    """Some were visited or called in the last days, one did not want to; the first expects somebody tomorrow."""
    carer = world.desks[SENTRA].carers[0]
    for number, stay in enumerate(stays[:6]):
        began = world.now - timedelta(days=number, hours=dice.randrange(3, 6))
        if began < stay.began_at + timedelta(days=1):
            continue
        refused = number == 4
        daily.record_visit(
            id=world.id(KEY, began),
            stay=stay,
            visitor=Visitor(*_WHO[number % len(_WHO)]),
            kind=VisitKind.PHONE if number % 2 else VisitKind.HOUSE,
            course=Course(
                VisitOutcome.REFUSED_BY_RESIDENT if refused else VisitOutcome.KEPT,
                began_at=began,
                ended_at=None if refused else began + timedelta(minutes=40),
                account="" if refused else dice.choice(_HOW_IT_WENT),
                is_something_brought=number == 0,
                reason="Belum mau bertemu siapa pun" if refused else "",
            ),
            by=carer,
            at=began + timedelta(hours=1),
        )
    for stay in stays[:1]:
        daily.announce_visit(
            id=world.id(KEY, world.now),
            stay=stay,
            visitor=Visitor(*_WHO[1]),
            kind=VisitKind.HOUSE,
            expected_at=datetime.combine(world.today + timedelta(days=1), time(10), JAKARTA),
            by=carer,
            at=world.now,
        )


def _measure(world: World, here: Callable[[datetime], list[Stay]], days: int) -> None:
    """The eldest of the ward, once a day; a fever two days ago, about which something was done."""
    carer, at = world.desks[SENTRA].carers[0], world.now - timedelta(days=days, hours=1)
    readings = [
        Reading(stay, dict(zip(_MEASURES, map(Decimal, _BEYOND if days == 2 and not number else _CALM), strict=True)))
        for number, stay in enumerate(stay for stay in here(at)[:4] if stay.began_at < at)
    ]
    if not readings:
        return
    first = daily.record_vitals(id=world.id(KEY, at), readings=readings, measured_at=at, by=carer, at=at)
    if first.beyond:
        done = at + timedelta(minutes=30)
        daily.respond_to_vitals(
            id=world.id(KEY, done),
            vital_signs=first,
            words="Dikompres dan diberi minum; dibawa ke klinik sentra, diminta istirahat.",
            by=carer,
            at=done,
        )
