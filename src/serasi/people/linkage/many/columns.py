"""Subjects as columns, batch by batch, as DuckDB and Spark take them."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields
from itertools import islice
from multiprocessing import get_context

import pyarrow as pa

from serasi.people.linkage.subject import Person, Subject, values_of

_TYPES: dict[object, pa.DataType] = {
    str: pa.string(),
    str | None: pa.string(),
    int | None: pa.int32(),
    bool: pa.bool_(),
    tuple[str, ...] | None: pa.list_(pa.string()),
}
SCHEMA = pa.schema([(field.name, _TYPES[field.type]) for field in fields(Subject)])
COLUMNS = tuple(SCHEMA.names)
BATCH = 20_000


def batch_of(people: Iterable[Person]) -> pa.RecordBatch:
    """The subjects as columns, in the order of the people."""
    rows = [values_of(person) for person in people]
    columns = zip(*rows, strict=True) if rows else ((),) * len(COLUMNS)
    return pa.RecordBatch.from_arrays(
        [pa.array(column, type=kind) for column, kind in zip(columns, SCHEMA.types, strict=True)], schema=SCHEMA
    )


def batches(
    people: Iterable[Person], *, processes: int = 1, told: Callable[[int], None] = lambda done: None
) -> Iterator[pa.RecordBatch]:
    """Subjects batch by batch, so that a list of any length passes through; `told` hears how many are done.

    With more processes the order stays; at most a few batches wait in memory.
    """
    rest, done = iter(people), 0
    chunks = iter(lambda: list(islice(rest, BATCH)), [])
    if processes < 2:
        for chunk in chunks:
            yield batch_of(chunk)
            told(done := done + len(chunk))
        return
    # Processes are begun fresh: one that is copied while DuckDB's threads run would stand still.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(batch_of, chunk) for chunk in islice(chunks, processes * 2)]
        while waiting:
            batch = waiting.pop(0).result()
            waiting += [pool.submit(batch_of, chunk) for chunk in islice(chunks, 1)]
            yield batch
            told(done := done + batch.num_rows)
