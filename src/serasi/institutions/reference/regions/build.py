"""Make the shipped list of regions from the extracted CSV files of the npm package idn-area-data 4.0.1.

Usage: python build.py FOLDER_WITH_CSVS [TARGET.csv.gz]; see README.md beside this file. The same input gives
the same bytes, so that a rebuild shows no difference in version control.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE / "2025-kepmendagri-300.2.2-2138.csv.gz"
EXPECTED = {"provinces": 38, "regencies": 514, "districts": 7_285, "villages": 83_762}


def collect(folder: Path) -> list[tuple[str, str]]:
    """All (code, name) pairs in code order; refuses a folder whose counts are not those of the edition."""
    rows: list[tuple[str, str]] = []
    for level, expected in EXPECTED.items():
        with (folder / f"{level}.csv").open(encoding="utf-8", newline="") as file:
            found = [(row["code"], " ".join(row["name"].split())) for row in csv.DictReader(file)]
        if len(found) != expected:
            raise SystemExit(f"{level}.csv holds {len(found)} rows, the edition has {expected}")
        rows.extend(found)
    codes = {code for code, _ in rows}
    if len(codes) != len(rows):
        raise SystemExit("a code occurs twice")
    orphans = [code for code, _ in rows if "." in code and code.rpartition(".")[0] not in codes]
    if orphans:
        raise SystemExit(f"codes without a parent: {orphans[:5]}")
    return sorted(rows)


def write(rows: list[tuple[str, str]], target: Path) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("code", "name"))
    writer.writerows(rows)
    target.write_bytes(gzip.compress(text.getvalue().encode(), compresslevel=9, mtime=0))


def main(arguments: list[str]) -> int:
    if len(arguments) not in (1, 2):
        sys.stderr.write((__doc__ or "") + "\n")
        return 2
    rows = collect(Path(arguments[0]))
    write(rows, Path(arguments[1]) if len(arguments) == 2 else TARGET)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
