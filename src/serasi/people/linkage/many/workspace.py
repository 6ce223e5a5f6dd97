"""Where many are compared: DuckDB in memory, with a folder of its own to spill into and to find finished steps again.

Nothing is fetched and nothing is reported: extensions are neither installed nor loaded by themselves. What
DuckDB spills is encrypted with a key that only this process has. DuckDB calls its built-in cryptography unfit
for writing (its random numbers are not those of OpenSSL, which sits in an extension of its own), so the folder
is closed to others as well, and gone at the end.
"""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa

from serasi.people.linkage.many.columns import SCHEMA


class Cancelled(Exception):
    """Somebody asked to stop. Finished steps are kept, and the next run begins behind them."""


class OtherData(Exception):
    """The folder holds steps of a run over other data, another model or other rules."""


@dataclass(frozen=True)
class Step:
    """Where a run is."""

    name: str
    done: int
    total: int


@dataclass
class Watch:
    """How a run tells where it is, and how it is stopped: asked between steps."""

    told: Callable[[Step], None] = lambda step: None
    is_cancelled: Callable[[], bool] = lambda: False

    def at(self, name: str, done: int, total: int) -> None:
        if self.is_cancelled():
            raise Cancelled(name)
        self.told(Step(name, done, total))


@dataclass
class Workspace:
    """A DuckDB with bounded memory in a folder of the caller's. Use it in a `with`.

    `keep`: leave finished steps in the folder when the run is broken off, by an error or because it was cancelled; they
    hold numbers of rows and levels, nothing of a person. What DuckDB spills goes in any case.
    """

    folder: Path
    memory: str = "2GB"
    threads: int = 2
    keep: bool = False
    connection: duckdb.DuckDBPyConnection = field(init=False)

    def __enter__(self) -> Self:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        shutil.rmtree(self._spill, ignore_errors=True)
        self._spill.mkdir(mode=0o700)
        self.connection = duckdb.connect(
            config={
                "memory_limit": self.memory,
                "threads": self.threads,
                "temp_directory": str(self._spill),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "allow_community_extensions": False,
                "preserve_insertion_order": False,
                "python_enable_replacements": False,
            }
        )
        self.connection.execute("set force_mbedtls_unsafe = 'true'")
        self.connection.execute("set temp_file_encryption = true")
        self.connection.execute("set enable_progress_bar = false")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()
        shutil.rmtree(self._spill, ignore_errors=True)
        if kind is None or not self.keep:
            shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _spill(self) -> Path:
        return self.folder / "spill"

    def load(self, batches: Iterable[pa.RecordBatch]) -> int:
        """The subjects of the run, numbered as `row` in the order given; how many they are.

        Batch by batch, in this thread: DuckDB would draw from a stream in a thread of its own, where a connection to
        another database, and whoever is acting on it, is not the same.
        """
        self.connection.execute("drop table if exists subject")
        self.connection.register("arriving", NUMBERED.empty_table())
        self.connection.execute("create table subject as select * from arriving")
        for batch in _numbered(batches):
            self.connection.register("arriving", pa.Table.from_batches([batch]))
            self.connection.execute("insert into subject select * from arriving")
        self.connection.unregister("arriving")
        return int(self.one("select count(*) from subject"))

    def one(self, sql: str) -> Any:
        rows = self.rows(sql)
        return rows[0][0] if rows else None

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()

    def fingerprint(self) -> str:
        """A number for the subjects as they stand, order included."""
        return str(self.one("select bit_xor(hash(subject)) from subject"))

    # --- finished steps

    def claim(self, facts: dict[str, str]) -> None:
        """Say what this run is over. Steps in the folder count when it was over the same; else it is refused."""
        about = self.folder / "run.json"
        if about.exists() and json.loads(about.read_text(encoding="utf-8")) != facts:
            raise OtherData("the folder holds a run over other data, another model or other rules")
        about.write_text(json.dumps(facts), encoding="utf-8")

    def finished(self, step: str) -> Path | None:
        path = self.folder / f"{step}.parquet"
        return path if path.exists() else None

    @contextmanager
    def finishing(self, step: str) -> Iterator[Path]:
        """A path to write a step's result to; it counts as finished only when all of it is there."""
        partial = self.folder / f"{step}.partial"
        yield partial
        partial.rename(self.folder / f"{step}.parquet")


NUMBERED = pa.schema([pa.field("row", pa.int64()), *SCHEMA])


def _numbered(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    first = 0
    for batch in batches:
        numbers = pa.array(range(first, first + batch.num_rows), type=pa.int64())
        first += batch.num_rows
        yield pa.RecordBatch.from_arrays([numbers, *batch.columns], schema=NUMBERED)


def text(path: Path | str) -> str:
    """As a text within SQL."""
    return "'" + str(path).replace("'", "''") + "'"
