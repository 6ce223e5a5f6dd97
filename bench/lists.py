"""How long a list of DTSEN takes to load, how much memory that takes, and how long a look-up in it then takes.

Run as `python -m bench.lists [ROWS]` against a prepared database (DATABASE_URL); prints one JSON object. The rows are
invented, for the regions that are there. The list is withdrawn and deleted at the end.
"""

import csv
import json
import os
import random
import resource
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serasi.settings")
django.setup()

from django.db import connection  # noqa: E402  (Django is set up)
from django.utils import timezone  # noqa: E402

from serasi.access.models import Unit, User  # noqa: E402
from serasi.access.operations import acting  # noqa: E402
from serasi.access.operations.work import run_work  # noqa: E402
from serasi.common.encryption import keyed_hash  # noqa: E402
from serasi.common.identifiers import uuid7  # noqa: E402
from serasi.entitlements.models import Delivery  # noqa: E402
from serasi.entitlements.operations import delete_ended, receive_delivery, withdraw_delivery  # noqa: E402
from serasi.entitlements.operations.delivery import HandOver  # noqa: E402
from serasi.institutions.models import Region  # noqa: E402

HEADINGS: Final = ("nomor_induk_kependudukan", "nomor_kartu_keluarga", "nama", "tanggal_lahir", "jenis_kelamin",
                   "desil_nasional", "provinsi", "kabupaten_kota", "kecamatan", "desa_kelurahan", "alamat")  # fmt: skip
FIRST: Final = ("Budi", "Siti", "Agus", "Dewi", "Eko", "Sri", "Joko", "Rina", "Tono", "Wati", "Muhammad", "Nur")
LAST: Final = ("Santoso", "Rahmawati", "Wibowo", "Lestari", "Nugroho", "Hidayat", "Saputra", "Hasanah", "Kurniawan")
LOOKUPS: Final = 200


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    system = User.objects.system()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dtsen.csv"
        sample = _written(path, rows, system)
        megabytes = path.stat().st_size / 1e6
        before = _memory()
        began = time.perf_counter()
        with acting(system, "bench"):
            unit = Unit.objects.filter(parent=None).order_by("path")[0]
        given = HandOver(
            programme="dtsen", period="2026-07", source="bench", purpose="bench",
            until=timezone.localdate() + timedelta(days=30),
        )  # fmt: skip
        with path.open("rb") as file:
            delivery = receive_delivery(
                id=uuid7(), unit=unit, given=given, file_name=path.name, content=file, by=system, at=timezone.now(),
                queued=False,
            )  # fmt: skip
        taken_in = time.perf_counter()
        assert delivery.loading is not None
        while run_work(work_id=delivery.loading.pk, run=uuid7(), clock=timezone.now):
            pass
        loaded = time.perf_counter()
    with acting(system, "bench"):
        after = Delivery.objects.get(pk=delivery.pk)
    print(
        json.dumps(
            {
                "rows": after.rows_taken,
                "file, MB": round(megabytes, 1),
                "taken in, s": round(taken_in - began, 1),
                "loaded, s": round(loaded - taken_in, 1),
                "rows/s": round(after.rows_taken / (loaded - taken_in)),
                "memory above the start, MB": round(_memory() - before),
                "look-up by NIK, median ms": round(_lookup(sample), 2),
                "deleted, s": round(_deleted(after, system), 1),
            }
        )
    )


def _written(path: Path, rows: int, system: User) -> list[str]:
    """An invented list; some of its numbers, to be looked up."""
    dice = random.Random(7)
    with acting(system, "bench"):
        villages = list(
            Region.objects.filter(level=4).select_related("parent__parent__parent").order_by("code")[:2_000]
        )
    numbers = []
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADINGS)
        for serial in range(rows):
            village = villages[serial % len(villages)]
            district = village.parent
            assert district is not None
            regency = district.parent
            assert regency is not None
            born = date(1940, 1, 1) + timedelta(days=dice.randrange(29_000))
            place = district.code.replace(".", "")
            number = f"{place}{born:%d%m%y}{serial % 9998 + 1:04}"
            if serial % (rows // LOOKUPS or 1) == 0:
                numbers.append(number)
            name = f"{dice.choice(FIRST)} {dice.choice(LAST)} {dice.choice(LAST)}"
            writer.writerow(
                [number, f"{place}010115{serial // 3 % 9998 + 1:04}", name, f"{born:%d/%m/%Y}", dice.choice("LP"),
                 dice.randint(1, 10), regency.parent and regency.parent.name, regency.name, district.name, village.name,
                 f"Jl. Rekaan {serial}"]
            )  # fmt: skip
    return numbers


def _memory() -> float:
    """The most that this process held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _lookup(numbers: list[str]) -> float:
    took = []
    with acting(User.objects.system(), "bench"), connection.cursor() as cursor:
        for number in numbers:
            began = time.perf_counter()
            cursor.execute("SELECT id FROM entitlements_entry WHERE nik_hash = %s", [keyed_hash(number, "nik")])
            assert cursor.fetchone() is not None
            took.append(1000 * (time.perf_counter() - began))
    return median(took)


def _deleted(delivery: Delivery, system: User) -> float:
    withdraw_delivery(delivery=delivery, reason="bench", by=system, at=timezone.now())
    began = time.perf_counter()
    while delete_ended(by=system, at=timezone.now()):
        pass
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
