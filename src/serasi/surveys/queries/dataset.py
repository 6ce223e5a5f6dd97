"""The interviews as data without identity: a table of interviews, one of each repeat, and a codebook.

Dropped: whatever names somebody or where exactly they live (recognised, or said by the form), free text, places,
photos, times of day. Coarsened: days to months, the village to the level that was chosen. What is left may still
point at one person: rows that stand alone on what others may know of them are counted, and said before anything is
taken out.
"""

import csv
import io
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Right

from serasi.access.models import User
from serasi.common.spreadsheets.writing import SheetsWriter
from serasi.institutions.enums import RegionLevel
from serasi.surveys.models import Interview, Survey, Tally
from serasi.surveys.queries.reading import interviews_of, read_one
from serasi.surveys.questionnaire import Questionnaire, Table, exported
from serasi.xforms.parts import Field

LENGTH_OF: Final = {1: 2, 2: 5, 3: 8, 4: 13}
"""How many characters of a region code a level has."""
REGION, MONTH, INTERVIEW = "wilayah", "bulan", "wawancara"
NUMBERS: Final = frozenset({"nomor", "bilangan", "bilangan bulat", "hitungan"})
CODEBOOK: Final = ("tabel", "variabel", "pertanyaan", "jenis", "nilai", "kosong")
_RANDOM_PART: Final = Right(Cast("id", CharField()), Value(17))
"""Of an id made by `uuid7`, whose first part is the moment it was made."""
AT_ONCE: Final = 200
"""Interviews held in memory while a data set is written."""
IN_MEMORY: Final = 4 * 1024 * 1024
"""Bytes of a file in the making before it goes to disk."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a data set gives away at a level: rows, and how many of them are alone on what others may know."""

    rows: int
    interviews: int
    unique: int


def standing_alone(survey: Survey, questionnaire: Questionnaire, reader: User) -> Mapping[RegionLevel, Standing]:
    """For every level, from the tallies (1 query)."""
    fine: dict[str, Counter[tuple[str, str]]] = {table.repeat: Counter() for table in questionnaire.tables}
    interviews = 0
    tallies = Tally.objects.visible_to(reader).filter(survey=survey, interviews__gt=0).order_by()
    for village, number, known in tallies.values_list("village", "interviews", "known").iterator(500):
        interviews += number
        for repeat, counts in known.items():
            mine = fine[repeat]
            for key, count in counts.items():
                mine[village or "", key] += count
    rows = sum(counts.total() for counts in fine.values())
    apart = [fine[table.repeat] for table in questionnaire.tables if table.known]
    return {
        level: Standing(rows, interviews, sum(_alone(counts, LENGTH_OF[level]) for counts in apart))
        for level in RegionLevel
    }


def _alone(counts: Mapping[tuple[str, str], int], length: int) -> int:
    coarse: Counter[tuple[str, str]] = Counter()
    for (village, key), count in counts.items():
        coarse[village[:length], key] += count
    return sum(1 for count in coarse.values() if count == 1)


@dataclass(slots=True)
class Variable:
    """A column: what was asked, what its values mean, and in how many rows it is blank."""

    name: str
    question: str
    type: str
    values: Sequence[tuple[str, str]] = ()
    missing: int = 0


@dataclass(slots=True)
class _Sheet:
    table: Table
    variables: Sequence[Variable]
    csv: Any
    written: IO[bytes] = field(repr=False)


def write_dataset(
    survey: Survey, questionnaire: Questionnaire, reader: User, *, level: int, language: str, about: str
) -> IO[bytes]:
    """Everything in one file: a CSV for each table, the codebook, the workbook of all of them, and what it is.

    Interviews are read `AT_ONCE`, written and forgotten; the file is on disk, not in memory, and is the caller's to
    close. Rows stand in no order that tells who or when.
    """
    whole = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (the caller's)
    with ExitStack() as held:
        sheets = [_sheet(held, questionnaire, table, level, language) for table in questionnaire.tables]
        workbook = held.enter_context(SheetsWriter())
        pages = [workbook.sheet(sheet.table.name, [each.name for each in sheet.variables]) for sheet in sheets]
        are_numbers = [[each.type in NUMBERS for each in sheet.variables] for sheet in sheets]
        for number, interview in enumerate(_by_chance(survey, reader), 1):
            answers = read_one(interview).answers
            known = [str(number), (interview.village_id or "")[: LENGTH_OF[level]], f"{interview.held_on:%Y-%m}"]
            for sheet, page, numeric in zip(sheets, pages, are_numbers, strict=True):
                fields = sheet.table.fields
                rows = [
                    [*known, *(exported(each, row.get(each.path, "")) for each in fields)]
                    for row in sheet.table.rows_in(answers)
                ]
                for row in sorted(rows):
                    sheet.csv.writerow(row)
                    page.add([_number(value) if one else value for value, one in zip(row, numeric, strict=True)])
                    for variable, value in zip(sheet.variables, row, strict=True):
                        variable.missing += not value
        codebook = list(_codebook(sheets))
        page = workbook.sheet("buku kode", CODEBOOK)
        for line in codebook:
            page.add(line)
        with ZipFile(whole, "w", ZIP_DEFLATED) as pack:
            for sheet in sheets:
                _copy(pack, f"{sheet.table.name}.csv", sheet.written)
            pack.writestr("buku_kode.csv", _csv(CODEBOOK, codebook))
            _copy(pack, "data.xlsx", workbook.finished())
            pack.writestr("baca_dahulu.txt", about)
    whole.seek(0)
    return whole


def _by_chance(survey: Survey, reader: User) -> Iterator[Interview]:
    """Those that stand, by the random part of their ids."""
    rows = interviews_of(survey, reader).select_related(None).only("id", "edition", "instance", "village", "held_on")
    return rows.order_by(_RANDOM_PART).iterator(AT_ONCE)


def _sheet(held: ExitStack, questionnaire: Questionnaire, table: Table, level: int, language: str) -> _Sheet:
    written = held.enter_context(tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
    text = io.TextIOWrapper(written, encoding="utf-8-sig", newline="", write_through=True)
    variables = list(_variables(questionnaire, table, level, language))
    writer = csv.writer(text)
    writer.writerow([each.name for each in variables])
    return _Sheet(table, variables, writer, written)


def _variables(questionnaire: Questionnaire, table: Table, level: int, language: str) -> Iterator[Variable]:
    yield Variable(INTERVIEW, "Nomor acak wawancara, sama di semua tabel berkas ini", "nomor")
    yield Variable(REGION, f"Kode wilayah, {RegionLevel(level).label.lower()}", "kode Kemendagri")
    yield Variable(MONTH, "Bulan wawancara", "tahun-bulan")
    for each in table.fields:
        yield Variable(
            _name(each, table.fields),
            questionnaire.question(each, language),
            questionnaire.column_type(each),
            [(one.value, one.label.said(language)) for one in questionnaire.form.choices(each.path)],
        )


def _name(one: Field, fields: Iterable[Field]) -> str:
    """Its own name; with that of its part where two share one."""
    alike = [each for each in fields if each.name == one.name]
    return one.name if len(alike) == 1 else "_".join(one.path.strip("/").split("/")[1:])


def _codebook(sheets: Iterable[_Sheet]) -> Iterator[Sequence[str]]:
    for sheet in sheets:
        for each in sheet.variables:
            values = "; ".join(f"{code} = {label}" for code, label in each.values)
            yield sheet.table.name, each.name, each.question, each.type, values, str(each.missing)


def _number(value: str) -> object:
    """A number where it is one; blank stays blank."""
    try:
        return float(value) if value else None
    except ValueError:
        return value


def _copy(pack: ZipFile, name: str, source: IO[bytes]) -> None:
    source.seek(0)
    with pack.open(name, "w") as target:
        while chunk := source.read(64 * 1024):
            target.write(chunk)


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(head)
    writer.writerows(rows)
    return f"\ufeff{written.getvalue()}"
