"""How fast a list of people comes in, in rows a second: through the same command that a unit would type."""

import json
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import psycopg
import xlsxwriter

from bench.stage import Stage, serasi
from serasi.start.naming import Names

ROWS = 2_000
HEADINGS = ("No", "NAMA LENGKAP", "NIK", "L/P", "TGL. LAHIR", "Alamat", "Jenis PPKS")


def roster(stage: Stage) -> dict[str, float]:
    """Rows a second, of people never seen and of the same people once more in a list that differs a little."""
    with psycopg.connect(stage.database) as owner:
        (unit,) = owner.execute(
            "SELECT unit.code FROM access_posting posting JOIN access_unit unit ON unit.id = posting.unit_id"
            " JOIN access_user worker ON worker.id = posting.user_id WHERE worker.email = 'peksos@demo'"
        ).fetchone() or ("",)
    found = {}
    with TemporaryDirectory() as folder:
        for label, title in (("new people", "Daftar pertama"), ("the same people again", "Daftar kedua")):
            file = Path(folder, f"{title}.xlsx")
            _write(file, title)
            begun = time.perf_counter()
            told = json.loads(
                serasi(
                    stage.environment, "import", "roster", str(file), "--unit", unit, "--by", "peksos@demo", "--json"
                )
            )
            found[label] = told["rows"] / (time.perf_counter() - begun)
    return found


def _write(file: Path, title: str) -> None:
    dice, names = Random(11), Names(11)
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("Daftar")
    sheet.write(0, 0, title)
    sheet.write_row(2, 0, HEADINGS)
    for number in range(1, ROWS + 1):
        sex = dice.choice("LP")
        born = date(1940, 1, 1) + timedelta(days=dice.randrange(80 * 365))
        day = born.day + (40 if sex == "P" else 0)
        nik = f"317204{day:02d}{born:%m%y}{number:04d}"
        where = f"Jalan Ukuran {number}"
        row = (number, names.full_name(dice, sex), nik, sex, f"{born:%d/%m/%Y}", where, "Gelandangan")
        sheet.write_row(2 + number, 0, row)
    book.close()
