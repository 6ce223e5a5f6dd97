"""People and places of these tests, files as people hold them, and a worker that works at once."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import xlsxwriter
from django.db.backends.postgresql.psycopg_any import DateRange

from serasi.access.enums import Owner, Role, UnitKind
from serasi.access.models import BackgroundWork, Posting, Unit, User
from serasi.access.operations import acting
from serasi.access.operations.work import run_work
from serasi.common.identifiers import uuid7
from serasi.institutions.models import Region
from serasi.interop.models import RosterImport, RosterRow
from serasi.interop.operations import save_roster, upload_roster
from serasi.people.operations import load_reference

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
REGIONS = (
    ("35", "Jawa Timur", 1, None),
    ("35.78", "Kota Surabaya", 2, "35"),
    ("35.78.09", "Sukolilo", 3, "35.78"),
    ("35.78.09.1001", "Keputih", 4, "35.78.09"),
    ("32", "Jawa Barat", 1, None),
    ("32.01", "Kabupaten Bogor", 2, "32"),
    ("32.71", "Kota Bogor", 2, "32"),
)


def system() -> User:
    return User.objects.system()


def new_unit(code: str, *, parent: Unit | None = None) -> Unit:
    with acting(system(), "test"):
        return Unit.objects.create(
            code=code,
            name=f"Panti Contoh {code}",
            short_name=f"Panti {code}",
            kind=UnitKind.PANTI,
            owner=Owner.PROVINCE,
            parent=parent,
            path=f"{parent.path if parent else ''}{code}/",
        )


def new_user(name: str, unit: Unit | None = None, role: Role = Role.SOCIAL_WORKER) -> User:
    with acting(system(), "test"):
        user = User.objects.create(email=f"{name}@contoh.id", full_name=name.title())
        if unit is not None:
            Posting.objects.create(user=user, role=role, unit=unit, period=DateRange(date(2026, 1, 1), None))
    return user


def load_lists() -> None:
    """Kinds of PPKS and a few regions."""
    load_reference(by=system(), at=AT)
    with acting(system(), "test"):
        for code, name, level, parent in REGIONS:
            Region.objects.create(code=code, name=name, level=level, parent_id=parent, edition="test")


@dataclass(frozen=True)
class Formula:
    """A cell that counts: what it says, and what the spreadsheet program last found."""

    text: str
    found: Any


def workbook(
    rows: Sequence[Sequence[Any]],
    *,
    merged: Sequence[tuple[int, int, int, Any]] = (),
    across: Sequence[tuple[int, int, int, Any]] = (),
) -> bytes:
    """An XLSX file as a person makes it: numbers are numbers, days are days.

    Merged cells: ``merged`` down (column, first row, last row, value), ``across`` (row, first column, last, value).
    """
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"strings_to_formulas": False, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Data")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(at, column, value)
            elif isinstance(value, Formula):
                sheet.write_formula(at, column, value.text, None, value.found)
            elif isinstance(value, str) and value:
                sheet.write_string(at, column, value)
            elif value not in (None, ""):
                sheet.write(at, column, value)
    for column, first, last, value in merged:
        sheet.merge_range(first - 1, column, last - 1, column, value)
    for number, first, last, value in across:
        sheet.merge_range(number - 1, first, number - 1, last, value)
    book.close()
    return written.getvalue()


def nik(serial: int, *, day: int = 15, month: int = 6, year: int = 1980, sex: str = "L", region: str = "357809") -> str:
    return f"{region}{day + (40 if sex == 'P' else 0):02}{month:02}{year % 100:02}{serial:04}"


def upload(content: bytes, *, by: User, unit: Unit, filename: str = "daftar.xlsx", **options: Any) -> RosterImport:
    return upload_roster(id=uuid7(), unit=unit, filename=filename, content=content, by=by, at=AT, **options)


def work_off(work: BackgroundWork | None, **options: Any) -> None:
    assert work is not None
    while run_work(work_id=work.pk, run=uuid7(), clock=lambda: AT, **options):
        pass


def seen(roster: RosterImport, by: User) -> RosterImport:
    """The import as it now is."""
    with acting(by, "test"):
        return RosterImport.objects.select_related("unit", "reading", "saving").get(pk=roster.pk)


def read(content: bytes, *, by: User, unit: Unit, **options: Any) -> RosterImport:
    """Upload and read to the end."""
    roster = upload(content, by=by, unit=unit, **options)
    work_off(roster.reading)
    return seen(roster, by)


def save(roster: RosterImport, *, by: User, only_good: bool = True) -> RosterImport:
    roster = save_roster(roster=roster, only_good=only_good, by=by, at=AT)
    work_off(roster.saving)
    return seen(roster, by)


def rows_of(roster: RosterImport, by: User) -> dict[int, RosterRow]:
    with acting(by, "test"):
        rows = RosterRow.objects.filter(roster=roster).select_related("roster", "roster__unit", "person")
        return {row.number: row for row in rows}


def outcomes(roster: RosterImport, by: User) -> dict[int, str]:
    return {number: row.outcome for number, row in rows_of(roster, by).items()}
