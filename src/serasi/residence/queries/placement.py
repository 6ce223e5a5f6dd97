"""Whether a place suits a person: what speaks against it, which beds suit best, and why, in words."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from serasi.access.models import Unit, User
from serasi.access.permissions import may
from serasi.people.enums import Sex
from serasi.people.models import Person, PersonKind
from serasi.people.reference import ppks_kinds
from serasi.residence.enums import Property
from serasi.residence.models import AdmissionCriteria, Bed, BedOutage, Occupancy, Room, Stay, Ward
from serasi.residence.permissions import SEE_BOARD
from serasi.residence.queries.days import day_at

SEX, AGE, KIND, NEEDS, HELD, FLOOR = "sex", "age", "kind", "needs", "held", "floor"
"""Objections that may be overridden with a reason."""
CLOSED, OUT_OF_ORDER, DIED = "closed", "out_of_order", "died"
"""Objections that may not."""

_FOR_SEX: Final = {
    Sex.MALE: gettext_lazy("Wisma ini untuk laki-laki."),
    Sex.FEMALE: gettext_lazy("Wisma ini untuk perempuan."),
}
_TAKES_SEX: Final = {
    Sex.MALE: gettext_lazy("Unit ini menerima laki-laki."),
    Sex.FEMALE: gettext_lazy("Unit ini menerima perempuan."),
}
_SUITS_SEX: Final = {
    Sex.MALE: gettext_lazy("wisma laki-laki"),
    Sex.FEMALE: gettext_lazy("wisma perempuan"),
}


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing that speaks against a place."""

    code: str
    words: str
    may_override: bool = True


@dataclass(frozen=True, slots=True)
class SuggestedBed:
    """A free bed that nothing speaks against, with what speaks for it; the best first."""

    bed_id: UUID
    label: str
    room: str
    ward: str
    reasons: tuple[str, ...]
    score: int


class BedsAsked:
    """What the database answered about beds, and units, kept while many are placed: each question is asked once.

    Who is placed meanwhile is not in the answers. A bed that is taken is for the database to say.
    """

    def __init__(self) -> None:
        self._outages: dict[UUID, list[BedOutage]] = {}
        self._held: dict[tuple[UUID, date], list[tuple[UUID, UUID]]] = {}
        self._free: dict[tuple[UUID, datetime], bool] = {}
        self._criteria: dict[tuple[UUID, date], AdmissionCriteria | None] = {}

    def criteria_of(self, unit: Unit, day: date) -> AdmissionCriteria | None:
        if (unit.pk, day) not in self._criteria:
            self._criteria[unit.pk, day] = AdmissionCriteria.objects.of(unit).on(day).first()
        return self._criteria[unit.pk, day]

    def outage_of(self, bed: Bed, unit: Unit, at: datetime) -> BedOutage | None:
        if unit.pk not in self._outages:
            self._outages[unit.pk] = list(BedOutage.objects.of(unit))
        return next((one for one in self._outages[unit.pk] if one.bed_id == bed.pk and at in one.period), None)

    def is_held(self, bed: Bed, unit: Unit, day: date, *, besides: UUID | None) -> bool:
        """Whether the bed is promised that day by another reservation."""
        if (unit.pk, day) not in self._held:
            self._held[unit.pk, day] = held_beds(unit, day)
        return any(held == bed.pk and by != besides for by, held in self._held[unit.pk, day])

    def has_free(self, ward: Ward, at: datetime, day: date) -> bool:
        if (ward.pk, at) not in self._free:
            self._free[ward.pk, at] = _has_free_bed(ward, at, day)
        return self._free[ward.pk, at]


def objections_to_place(
    *,
    person: Person,
    room: Room,
    bed: Bed | None,
    needs: Collection[str],
    at: datetime,
    reservation_id: UUID | None = None,
    asked: BedsAsked | None = None,
) -> tuple[Objection, ...]:
    """What speaks against placing this person there at this moment; a bed that is taken is for the database to say.

    ``room`` comes with its ward and unit. At most six queries, fewer when they were ``asked`` before. The criteria of
    the unit are asked of whoever comes, not of whoever lives there.
    """
    asked = asked or BedsAsked()
    ward, day = room.ward, day_at(room.ward.unit, at)
    found = [*_of_person(person, day), *_of_ward(person, ward, day)]
    known = {one.code for one in found}
    found += [
        one for one in _of_unit(person, ward.unit, asked.criteria_of(ward.unit, day), at, day) if one.code not in known
    ]
    is_closed = any(closed is not None and closed <= day for closed in (room.closed_on, ward.closed_on))
    if is_closed or (bed is not None and not bed.is_in_service(day)):
        found.append(Objection(CLOSED, _("Tempat ini sudah tidak dipakai."), may_override=False))
    offered = {*room.properties, *(bed.properties if bed else ())}
    if lacking := [need for need in needs if need not in offered]:
        found.append(Objection(NEEDS, _("Tempat ini tidak: %s.") % _in_words(lacking)))
    if bed is not None:
        outage = asked.outage_of(bed, ward.unit, at)
        if outage is not None:
            words = _("Tempat tidur ini tidak dapat dipakai: %s.") % outage.get_reason_display().lower()
            found.append(Objection(OUT_OF_ORDER, words, may_override=False))
        if asked.is_held(bed, ward.unit, day, besides=reservation_id):
            found.append(Objection(HELD, _("Tempat tidur ini dipesan untuk orang lain hari itu.")))
    elif asked.has_free(ward, at, day):
        found.append(Objection(FLOOR, _("Masih ada tempat tidur kosong di wisma ini.")))
    return tuple(found)


def suggested_beds(
    *, person: Person, unit: Unit, at: datetime, reader: User, needs: Collection[str] = (), most: int = 10
) -> list[SuggestedBed]:
    """Free beds of a house that suit a person, best first, with the reasons of each. Two queries.

    Who may not see the board of the house does not know what is free there, and is suggested nothing.
    """
    if not may(reader, SEE_BOARD, on=unit):
        return []
    day = day_at(unit, at)
    held = {bed for _reservation, bed in held_beds(unit, day)}
    beds = [
        bed
        for bed in _free_beds(unit, at, day).select_related("room__ward__building")
        if bed.pk not in held and not _of_ward(person, bed.room.ward, day)
    ]
    free_in: dict[UUID, int] = {}
    for bed in beds:
        free_in[bed.room_id] = free_in.get(bed.room_id, 0) + 1
    suggestions = [
        _suggestion(person, bed, needs, free_in[bed.room_id])
        for bed in beds
        if set(needs) <= {*bed.properties, *bed.room.properties}
    ]
    return sorted(suggestions, key=attrgetter("score"), reverse=True)[:most]


def held_beds(unit: Unit, day: date) -> list[tuple[UUID, UUID]]:
    """Reservations that hold a bed of the house that day, with the bed; also for people the reader may not know."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reservation_id, bed_id FROM residence_held(%s, %s)", [unit.pk, day])
        return [(reservation, bed) for reservation, bed in cursor.fetchall()]


def _free_beds(unit: Unit, at: datetime, day: date) -> Any:
    taken = Occupancy.objects.at(at).filter(unit=unit, bed__isnull=False).values("bed_id")
    out = BedOutage.objects.at(at).of(unit).values("bed_id")
    return Bed.objects.of(unit).in_service_on(day).exclude(pk__in=taken).exclude(pk__in=out)


def _has_free_bed(ward: Ward, at: datetime, day: date) -> bool:
    return bool(_free_beds(ward.unit, at, day).filter(room__ward=ward).exists())


def _of_person(person: Person, day: date) -> Iterable[Objection]:
    if person.died_on is not None and person.died_on <= day:
        yield Objection(DIED, _("Orang ini tercatat sudah meninggal."), may_override=False)


def _of_ward(person: Person, ward: Ward, day: date) -> list[Objection]:
    for_ages = (
        _("Wisma ini untuk umur %(from)d tahun ke atas; orang ini %(age)d tahun."),
        _("Wisma ini untuk umur sampai %(to)d tahun; orang ini %(age)d tahun."),
    )
    return [*_of_sex(person, ward, _FOR_SEX), *_of_age(person, ward, day, for_ages)]


def _of_unit(
    person: Person, unit: Unit, criteria: AdmissionCriteria | None, at: datetime, day: date
) -> list[Objection]:
    if criteria is None or Stay.objects.filter(person=person, unit=unit, period__contains=at).exists():
        return []
    for_ages = (
        _("Unit ini menerima umur %(from)d tahun ke atas; orang ini %(age)d tahun."),
        _("Unit ini menerima umur sampai %(to)d tahun; orang ini %(age)d tahun."),
    )
    found = [*_of_sex(person, criteria, _TAKES_SEX), *_of_age(person, criteria, day, for_ages)]
    if criteria.kinds:
        kinds = set(PersonKind.objects.filter(person=person, period__contains=day).values_list("kind_id", flat=True))
        if kinds and not kinds & set(criteria.kinds):
            names = ", ".join(str(ppks_kinds()[code]) for code in criteria.kinds if code in ppks_kinds())
            found.append(Objection(KIND, _("Unit ini menerima: %s.") % names))
    return found


def _of_sex(person: Person, limits: Ward | AdmissionCriteria, words: Mapping[Sex, Any]) -> Iterable[Objection]:
    if limits.sex and person.sex not in {Sex.UNKNOWN, limits.sex}:
        yield Objection(SEX, str(words[Sex(limits.sex)]))


def _of_age(person: Person, limits: Ward | AdmissionCriteria, day: date, words: tuple[str, str]) -> Iterable[Objection]:
    """``words`` for someone who is too young, and too old. An age that is not known is no objection."""
    age = person.age_on(day)
    if age is None:
        return
    if limits.age_from is not None and age < limits.age_from:
        yield Objection(AGE, words[0] % {"from": limits.age_from, "age": age})
    if limits.age_to is not None and age > limits.age_to:
        yield Objection(AGE, words[1] % {"to": limits.age_to, "age": age})


def _in_words(codes: Iterable[str]) -> str:
    return ", ".join(str(Property(code).label).lower() for code in codes)


def _suggestion(person: Person, bed: Bed, needs: Collection[str], free_in_room: int) -> SuggestedBed:
    """A need that is met weighs most; then a bed that is not kept for needs this person does not have; then company."""
    room, ward = bed.room, bed.room.ward
    reasons, score = [], 0
    if needs:
        reasons.append(_in_words(sorted(needs)))
        score += 100
    if ward.sex and ward.sex == person.sex:
        reasons.append(str(_SUITS_SEX[Sex(ward.sex)]))
        score += 20
    if ward.age_from is not None or ward.age_to is not None:
        reasons.append(_("sesuai umur"))
        score += 10
    unneeded = {*bed.properties, *room.properties} - set(needs)
    score -= 5 * len(unneeded)
    if not unneeded and not needs:
        reasons.append(_("tidak memakai tempat berkebutuhan khusus"))
    reasons.append(
        _("satu-satunya yang kosong di kamar ini") if free_in_room == 1 else _("%d kosong di kamar ini") % free_in_room
    )
    return SuggestedBed(bed.pk, bed.label, room.name, ward.name, tuple(reasons), score)
