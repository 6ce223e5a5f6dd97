"""Lists of people as files, for matching: any usual delimiter and headings, CSV or Parquet in, CSV or Parquet out."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pyarrow import parquet

from serasi.common.cells import DateUnclear, parse_date, parse_sex
from serasi.interop.headings import header_map
from serasi.people.linkage.many.matching import results_sql
from serasi.people.linkage.many.workspace import Workspace, text
from serasi.people.linkage.subject import Person

OWN = {"id", "source", "name", "sex", "birth_date", "nik", "kk", "mother_name", "region_code"}
"""What matching reads of a list; `id` and `source` are named so, the others by any heading a roster may have."""

_SHORT = {"mother": "mother_name", "region": "region_code"}


class UnreadableList(Exception):
    """The file cannot be read as a list of people; one line says why."""


def people_in(path: Path, *, source: str = "", today: date) -> Iterator[Person]:
    """The people of a list, row by row. Without an `id` column the number of the row is the id; `source` stands above
    what the list itself says of it."""
    try:
        with _table(path) as (columns, rows):
            if "name" not in columns:
                raise UnreadableList(f"{path.name}: no column with a name (NAMA, NAMA LENGKAP or name)")
            for number, row in enumerate(rows, start=1):
                told = {field: row[at] for field, at in columns.items() if at < len(row)}
                yield _person(told, number, source, today)
    except (OSError, ValueError, csv.Error) as error:
        raise UnreadableList(f"{path.name}: {str(error).splitlines()[0]}") from error


def _person(told: Mapping[str, Any], number: int, source: str, today: date) -> Person:
    born = _born(told.get("birth_date"), today)
    return Person(
        id=_text(told.get("id")) or str(number),
        name=_text(told.get("name")),
        source=source or _text(told.get("source")),
        sex=parse_sex(_text(told.get("sex"))),
        birth_date=born if isinstance(born, date) else None,
        birth_years=(born.year, born.year) if isinstance(born, DateUnclear) and born.year else None,
        nik=_text(told.get("nik")) or None,
        kk=_text(told.get("kk")) or None,
        mother=_text(told.get("mother_name")) or None,
        region=_text(told.get("region_code")) or None,
    )


def _born(value: Any, today: date) -> date | DateUnclear | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return parse_date(written, today=today) if (written := _text(value)) else None


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


@contextmanager
def _table(path: Path) -> Iterator[tuple[dict[str, int], Iterator[Sequence[Any]]]]:
    """Which field is in which column, and the rows."""
    if path.suffix.lower() == ".parquet":
        with parquet.ParquetFile(path) as file:
            yield _columns(file.schema_arrow.names), _parquet_rows(file)
        return
    with path.open(encoding=_encoding(path), errors="replace", newline="") as lines:
        first = lines.readline()
        delimiter = max(",;\t|", key=first.count)
        headings = next(csv.reader([first], delimiter=delimiter), [])
        yield _columns(headings), csv.reader(lines, delimiter=delimiter)


def _parquet_rows(file: Any) -> Iterator[Sequence[Any]]:
    for batch in file.iter_batches(batch_size=20_000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _encoding(path: Path) -> str:
    """UTF-8, or what older Windows wrote."""
    with path.open("rb") as start:
        head = start.read(1_000_000)
    try:
        head[: head.rfind(b"\n") + 1].decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _columns(headings: Sequence[str]) -> dict[str, int]:
    known = dict(header_map().match(list(headings)).columns)
    named = {heading.strip().lower(): at for at, heading in enumerate(headings)}
    known |= {field: named[name] for name, field in _SHORT.items() if name in named}
    known |= {field: named[field] for field in OWN if field in named}
    return {field: at for field, at in known.items() if field in OWN}


def write_pairs(workspace: Workspace, path: Path) -> None:
    """The pairs of a run, the most probable first."""
    kind = "parquet" if path.suffix.lower() == ".parquet" else "csv, header"
    workspace.connection.execute(f"copy ({results_sql()}) to {text(path)} (format {kind})")
