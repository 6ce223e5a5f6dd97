"""The interviews as data without identity: a table of interviews, one of each repeat, and a codebook.

Dropped: whatever names somebody or where exactly they live (recognised, or said by the form), free text, places,
photos, times of day. Coarsened: days to months, the village to the level that was chosen. What is left may still
point at one person: rows that stand alone on what others may know of them are counted, and said before anything is
taken out.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from serasi.common.spreadsheets.writing import write_sheets
from serasi.institutions.enums import RegionLevel
from serasi.surveys.queries.reading import Told
from serasi.surveys.recognising import IDENTIFYING, VILLAGE, meanings_of
from serasi.xforms.form import Form
from serasi.xforms.parts import ControlKind, Field
from serasi.xforms.xpath import DataType

QUASI: Final = frozenset(
    {"age", "sex", "birth_date", "education", "marital", "religion", "ppks_kind", "relation", VILLAGE}
)
"""What others may know of a person: together these may point at one."""
LENGTH_OF: Final = {1: 2, 2: 5, 3: 8, 4: 13}
"""How many characters of a region code a level has."""
REGION, MONTH, INTERVIEW = "wilayah", "bulan", "wawancara"


@dataclass(frozen=True, slots=True)
class Variable:
    """A column: where it comes from, what was asked, and what its values mean."""

    name: str
    path: str
    question: str
    type: str
    values: Sequence[tuple[str, str]] = ()
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the interviews, or the rows of a repeat."""

    name: str
    variables: Sequence[Variable]
    rows: Sequence[Sequence[str]]
    unique: int
    """Rows that are alone on what others may know of someone."""


@dataclass(frozen=True, slots=True)
class Dataset:
    sheets: Sequence[Sheet]
    dropped: Sequence[str]
    """Questions that were left out, in the words of the form."""

    @property
    def unique(self) -> int:
        return sum(sheet.unique for sheet in self.sheets)

    @property
    def count(self) -> int:
        return len(self.sheets[0].rows)


def dataset_of(form: Form, told: Sequence[Told], *, level: int, language: str = "") -> Dataset:
    """``level`` is that of `RegionLevel`: villages are coarsened to it. Rows stand in no order that tells who or
    when."""
    return _Maker(form, told, level, language).dataset()


class _Maker:
    """One data set in the making."""

    def __init__(self, form: Form, told: Sequence[Told], level: int, language: str) -> None:
        self._form, self._told, self._level, self._language = form, told, level, language
        self._meanings = meanings_of(form)
        by_chance = sorted(told, key=lambda one: one.interview.pk.int & 0x3FFF_FFFF_FFFF_FFFF)  # the random part
        self._numbers = {one.interview.pk: str(number) for number, one in enumerate(by_chance, 1)}

    def dataset(self) -> Dataset:
        form = self._form
        kept = [field for field in form.questions if _type_of(form, field, self._meanings.get(field.path, ""))]
        once = [field for field in kept if not field.outermost_repeat]
        sheets = [self._sheet("wawancara", once, [(one, one.answers.values) for one in self._told])]
        for path in dict.fromkeys(each.outermost_repeat for each in kept if each.outermost_repeat):
            rows = [(one, row) for one in self._told for row in one.answers.rows.get(path, ())]
            fields = [each for each in kept if each.outermost_repeat == path]
            sheets.append(self._sheet(path.rpartition("/")[2], fields, rows))
        dropped = [
            self._question(field)
            for field in form.questions
            if field.path in form.controls and field not in kept and self._meanings.get(field.path) != VILLAGE
        ]
        return Dataset(sheets, dropped)

    def _sheet(self, name: str, fields: Sequence[Field], rows: Sequence[tuple[Told, Mapping[str, str]]]) -> Sheet:
        body = [
            [
                self._numbers[one.interview.pk],
                (one.interview.village_id or "")[: LENGTH_OF[self._level]],
                f"{one.interview.held_on:%Y-%m}",
                *(_value(field, row.get(field.path, "")) for field in fields),
            ]
            for one, row in rows
        ]
        body.sort(key=lambda row: (int(row[0]), row[3:]))
        known = [index for index, field in enumerate(fields, 3) if self._meanings.get(field.path) in QUASI]
        seen = Counter(tuple(row[index] for index in (1, *known)) for row in body)
        unique = sum(1 for count in seen.values() if count == 1) if known else 0
        return Sheet(name, self._variables(fields, body), body, unique)

    def _variables(self, fields: Sequence[Field], body: Sequence[Sequence[str]]) -> list[Variable]:
        blank = [sum(not row[index] for row in body) for index in range(3 + len(fields))]
        level = RegionLevel(self._level).label.lower()
        return [
            Variable(INTERVIEW, "", "Nomor acak wawancara, sama di semua tabel berkas ini", "nomor", (), blank[0]),
            Variable(REGION, "", f"Kode wilayah, {level}", "kode Kemendagri", (), blank[1]),
            Variable(MONTH, "", "Bulan wawancara", "tahun-bulan", (), blank[2]),
            *(
                Variable(
                    _name(field, fields),
                    field.path,
                    self._question(field),
                    _type_of(self._form, field, ""),
                    [(one.value, one.label.said(self._language)) for one in self._form.choices(field.path)],
                    blank[index],
                )
                for index, field in enumerate(fields, 3)
            ),
        ]

    def _question(self, field: Field) -> str:
        control = self._form.controls.get(field.path)
        return (control.label.said(self._language) if control else "") or field.name


def _name(field: Field, fields: Iterable[Field]) -> str:
    """Its own name; with that of its part where two share one."""
    alike = [each for each in fields if each.name == field.name]
    return field.name if len(alike) == 1 else "_".join(field.path.strip("/").split("/")[1:])


def _value(field: Field, text: str) -> str:
    return text[:7] if field.type in {DataType.DATE, DataType.DATE_TIME} else text


def _type_of(form: Form, field: Field, meaning: str) -> str:
    """What a column holds; "" for what is not taken out."""
    if meaning in IDENTIFYING or meaning == VILLAGE or field.preload or "/meta/" in field.path:
        return ""
    control = form.controls.get(field.path)
    if control is None:
        return "hitungan" if field.calculate is not None and field.type in {DataType.INT, DataType.DECIMAL} else ""
    match control.kind:
        case ControlKind.SELECT_ONE:
            return "pilihan" if form.choices(field.path) else ""
        case ControlKind.SELECT | ControlKind.RANK:
            return "pilihan ganda" if form.choices(field.path) else ""
        case ControlKind.INPUT | ControlKind.RANGE:
            kinds = {
                DataType.INT: "bilangan bulat",
                DataType.DECIMAL: "bilangan",
                DataType.DATE: "tahun-bulan",
                DataType.DATE_TIME: "tahun-bulan",
            }
            return kinds.get(field.type, "")
        case _:
            return ""


NUMBERS: Final = frozenset({"nomor", "bilangan", "bilangan bulat", "hitungan"})
CODEBOOK: Final = ("tabel", "variabel", "pertanyaan", "jenis", "nilai", "kosong")


def codebook_of(dataset: Dataset) -> list[Sequence[str]]:
    return [
        (
            sheet.name,
            variable.name,
            variable.question,
            variable.type,
            "; ".join(f"{code} = {label}" for code, label in variable.values),
            str(variable.missing),
        )
        for sheet in dataset.sheets
        for variable in sheet.variables
    ]


def packed(dataset: Dataset, *, about: str) -> bytes:
    """Everything in one file: a CSV for each table, the codebook, the workbook of all of them, and what it is."""
    held = io.BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as pack:
        for sheet in dataset.sheets:
            pack.writestr(f"{sheet.name}.csv", _csv([variable.name for variable in sheet.variables], sheet.rows))
        pack.writestr("buku_kode.csv", _csv(CODEBOOK, codebook_of(dataset)))
        pack.writestr("data.xlsx", write_sheets(_sheets(dataset)))
        pack.writestr("baca_dahulu.txt", about)
    return held.getvalue()


def _sheets(dataset: Dataset) -> Iterable[tuple[str, Sequence[str], Iterable[Sequence[object]]]]:
    for sheet in dataset.sheets:
        are_numbers = [variable.type in NUMBERS for variable in sheet.variables]
        rows = (
            [_number(value) if is_number else value for value, is_number in zip(row, are_numbers, strict=True)]
            for row in sheet.rows
        )
        yield sheet.name, [variable.name for variable in sheet.variables], rows
    yield "buku kode", CODEBOOK, codebook_of(dataset)


def _number(value: str) -> object:
    """A number where it is one; blank stays blank."""
    try:
        return float(value) if value else None
    except ValueError:
        return value


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(head)
    writer.writerows(rows)
    return f"\ufeff{held.getvalue()}"
