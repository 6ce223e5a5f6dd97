"""A crowd of invented people for measuring: loaded set-based, past the operations, in one transaction as the owner.

This is the one place that goes around the operations, because a million people through them would take hours and prove
nothing more. What it loads obeys every constraint; triggers of the trail rest meanwhile, and one line of the trail
says that a crowd of this size and seed came in. Row-level security is back on before the transaction ends.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from operator import attrgetter
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from serasi.access.models import Unit, User
from serasi.access.operations import acting
from serasi.cases.enums import Confidentiality, NoteKind, Risk, TeamPart
from serasi.cases.models import Case, CaseSeries, Note, StageChange, TeamMember
from serasi.institutions.models import Region
from serasi.people.enums import AddressKind, IdentityState, Sex
from serasi.people.models import Address, Person, PersonKind, PersonUnit, PpksKind
from serasi.people.naming import key_of, sort_key_of
from serasi.start.desks import Desk, desks_for
from serasi.start.naming import Names

Report = Callable[[int], object]
"""Told after each batch how many people are done."""

BATCH = 20_000
LONGEST_AGO = timedelta(days=3 * 365)
NOTES = (
    "Mengikuti kegiatan pagi dengan baik, mau bercerita tentang keluarganya.",
    "Kondisi stabil. Makan teratur, tidur cukup.",
    "Belum mau mengikuti kelompok, didampingi satu per satu.",
    "Menanyakan kabar keluarga; penelusuran dilanjutkan ke kelurahan asal.",
    "Membantu di dapur, senang diberi tanggung jawab.",
    "Mengeluh sakit kepala, dirujuk ke puskesmas, sudah kembali.",
)


def load_crowd(*, persons: int, seed: int, at: datetime, report: Report = lambda _done: None) -> int:
    """Add invented people, a fifth of them with a case and its history; returns how many. Same seed, same crowd."""
    desks = desks_for(persons, at=at)
    with transaction.atomic(), _resting_guards():
        crowd = _Crowd(seed, desks, at=at)
        for first in range(0, persons, BATCH):
            count = min(BATCH, persons - first)
            for model, rows in crowd.batch(first, count).items():
                _copy(model, rows)
            report(first + count)
        crowd.close_series()
        with connection.cursor() as cursor:
            cursor.execute("SELECT people_rebuild_search()")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return persons


class _Crowd:
    """Makes rows; remembers the next case number of each unit and year."""

    def __init__(self, seed: int, desks: list[Desk], *, at: datetime) -> None:
        self._dice = Random(seed)  # noqa: S311  (invented people, not secrets)
        self._names, self._desks, self._at = Names(seed), desks, at
        self._villages = list(Region.objects.filter(level=4).order_by("code").values_list("code", flat=True)[::37])
        self._kinds = list(PpksKind.objects.order_by("code").values_list("code", flat=True))
        self._numbers = {
            (series.unit_id, series.year): series.latest for series in CaseSeries.objects.select_for_update()
        }

    def batch(self, first: int, count: int) -> dict[type[models.Model], list[models.Model]]:
        """Rows of the next ``count`` people, by model, in the order in which they can be loaded."""
        rows: dict[type[models.Model], list[models.Model]] = {model: [] for model in _LOADED}
        for number in range(first, first + count):
            desk = self._desks[number % len(self._desks)]
            person, known_since = self._person(desk, number)
            rows[Person].append(person)
            rows[PersonUnit].append(
                PersonUnit(
                    id=self._id(known_since),
                    person=person,
                    unit=desk.unit,
                    since_at=known_since,
                    listed_as=person.sort_key,
                )
            )
            rows[Address].append(
                Address(
                    id=self._id(known_since),
                    person=person,
                    kind=AddressKind.DOMICILE,
                    region_id=self._dice.choice(self._villages),
                    line=f"Jalan Contoh {number % 200 + 1}",
                    rt=f"{self._dice.randint(1, 12):03d}",
                    rw=f"{self._dice.randint(1, 9):03d}",
                    period=DateRange(known_since.date(), None),
                )
            )
            rows[PersonKind].append(
                PersonKind(
                    id=self._id(known_since),
                    person=person,
                    kind_id=self._dice.choice(self._kinds),
                    period=DateRange(known_since.date(), None),
                )
            )
            if number % 5 == 0:
                for record in self._case(desk, person, known_since):
                    rows[type(record)].append(record)
        return rows

    def close_series(self) -> None:
        """Write down the numbers given, so that the next case goes on without a gap."""
        for (unit_id, year), latest in self._numbers.items():
            CaseSeries.objects.update_or_create(unit_id=unit_id, year=year, defaults={"latest": latest})

    def _person(self, desk: Desk, number: int) -> tuple[Person, datetime]:
        dice = self._dice
        sex = dice.choice((Sex.MALE, Sex.FEMALE))
        born = date(1930, 1, 1) + timedelta(days=dice.randrange(96 * 365))
        known_since = self._at - LONGEST_AGO * dice.random()
        name = self._names.full_name(dice, sex)
        village = dice.choice(self._villages)
        has_nik = dice.random() < 0.8
        day = born.day + (40 if sex == Sex.FEMALE else 0)
        digits = f"{village.replace('.', '')[:6]}{day:02d}{born:%m%y}{number % 9999 + 1:04d}"
        return (
            Person(
                id=self._id(known_since),
                full_name=name,
                name_key=key_of(name),
                sort_key=sort_key_of(name),
                identity_state=IdentityState.DOCUMENT_SEEN if has_nik else IdentityState.STATED,
                sex=sex,
                birth_date=born,
                birth_year_from=born.year,
                birth_year_to=born.year,
                nik=digits if has_nik else None,
                no_nik_reason="" if has_nik else "belum_pernah",
                phone=f"+62899{dice.randrange(10**8):08d}" if dice.random() < 0.3 else "",
                registered_unit=desk.unit,
                registered_at=known_since,
            ),
            known_since,
        )

    def _case(self, desk: Desk, person: Person, opened_at: datetime) -> Iterator[models.Model]:
        dice = self._dice
        reached = dice.randrange(len(desk.stages))
        is_closed = dice.random() < 0.45
        closed_at = opened_at + (self._at - opened_at) * dice.uniform(0.3, 1) if is_closed else None
        until = closed_at or self._at
        case = Case(
            id=self._id(opened_at),
            number=self._number(desk.unit, opened_at.year),
            person=person,
            unit=desk.unit,
            stage=desk.stages[-1] if is_closed else desk.stages[reached],
            cluster=dice.choice(("anak", "disabilitas", "lansia", "napza", "ts_kpo")),
            confidentiality=Confidentiality.ORDINARY,
            risk=dice.choice(Risk.values),
            opened_at=opened_at,
            opened_by=desk.worker,
            closed_at=closed_at,
        )
        yield case
        yield TeamMember(
            id=self._id(opened_at),
            case=case,
            user=desk.worker,
            part=TeamPart.MANAGER,
            period=DateTimeTZRange(opened_at, None),
        )
        walked = desk.stages if is_closed else desk.stages[: reached + 1]
        for step, stage in enumerate(walked):
            moved_at = opened_at + (until - opened_at) * (step / len(walked))
            yield StageChange(
                id=self._id(moved_at),
                case=case,
                from_stage=walked[step - 1] if step else None,
                to_stage=stage,
                written_by=desk.worker,
                written_at=moved_at,
            )
        for _ in range(3):
            happened_at = opened_at + (until - opened_at) * dice.random()
            yield Note(
                id=self._id(happened_at),
                case=case,
                kind=NoteKind.PROGRESS,
                happened_at=happened_at,
                text=dice.choice(NOTES),
                written_by=desk.worker,
                written_at=happened_at,
            )

    def _number(self, unit: Unit, year: int) -> str:
        self._numbers[unit.pk, year] = latest = self._numbers.get((unit.pk, year), 0) + 1
        return f"{unit.code}/{year}/{latest:04d}"

    def _id(self, moment: datetime) -> UUID:
        """A UUIDv7 of the moment whose random part comes from the seed."""
        return UUID(
            int=(int(moment.timestamp() * 1000) << 80)
            | (7 << 76)
            | (self._dice.getrandbits(12) << 64)
            | (2 << 62)
            | self._dice.getrandbits(62)
        )


_LOADED: tuple[type[models.Model], ...] = (
    Person,
    PersonUnit,
    Address,
    PersonKind,
    Case,
    TeamMember,
    StageChange,
    Note,
)


def _copy(model: type[models.Model], rows: list[models.Model]) -> None:
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with (
        connection.cursor() as cursor,
        cursor.copy(f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN') as copy,
    ):
        read = attrgetter(*(field.attname for field in fields))
        own = [(place, field) for place, field in enumerate(fields) if not _is_plain(field)]
        for row in rows:
            values = list(read(row))
            for place, field in own:
                values[place] = field.get_db_prep_save(field.pre_save(row, add=True), connection=connection)
            copy.write_row(values)


def _is_plain(field: "models.Field[Any, Any]") -> bool:
    """Whether what the record holds is what the database takes: nine columns in ten, and asking Django is slow."""
    return type(field).__module__.startswith("django.") and not isinstance(field, models.FileField | models.JSONField)


@contextmanager
def _resting_guards() -> Iterator[None]:
    """Within: no trail rows, no search upkeep, no forced row-level security on the tables loaded. Needs their owner."""
    with acting(User.objects.system(), "start.crowd.load_crowd"), connection.cursor() as cursor:
        tables = [model._meta.db_table for model in _LOADED]
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks waiting cannot be altered
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
