"""`make bench`: one table. `ARGS="--sizes 10000,100000,1000000"` for other sizes (default: 10,000 and 100,000)."""

import argparse
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from bench.clients import Client, Timing, filled, measure
from bench.stage import HOME, Stage, stage
from serasi.postgres import ensure

PASSWORD = "serasi-demo"
_number = itertools.count()


def acts(known: dict[str, Any]) -> dict[str, Callable[[Client, int], object]]:
    """What is measured, by its label; each act is a whole page as the browser gets it."""

    def page_of(prefix: str, values: list[str]) -> Callable[[Client, int], object]:
        return lambda client, turn: client.get(prefix + quote(values[turn % len(values)]))

    def save_note(client: Client, turn: int) -> None:
        path = f"/kasus/{known['cases'][turn % len(known['cases'])]}/catatan/"
        fields = filled(client.get(path), "text", text="Kondisi stabil, mengikuti kegiatan pagi.")
        client.post(path, fields, expect=302)

    def register(client: Client, turn: int) -> None:
        name = f"Ukuran{next(_number)} Bangku{turn}"
        fields = filled(
            client.get("/orang/daftar/"),
            "full_name",
            full_name=name,
            sex="L",
            no_nik_reason="tidak_membawa_dokumen",
            age_0="41",
        )
        client.post("/orang/daftar/", fields, expect=302)

    return {
        "search a misspelt common name": page_of("/orang/?q=", known["common"]),
        "search a misspelt rare name": page_of("/orang/?q=", known["rare"]),
        "search a telephone": page_of("/orang/?q=", known["phones"]),
        "search a NIK": page_of("/orang/?q=", known["niks"]),
        "open person": lambda client, turn: client.get(f"/orang/{known['people'][turn % len(known['people'])]}/"),
        "open case": lambda client, turn: client.get(f"/kasus/{known['cases'][turn % len(known['cases'])]}/"),
        "work list": lambda client, _turn: client.get("/kasus/"),
        "today": lambda client, _turn: client.get("/"),
        "form and saved note": save_note,
        "form and registered person": register,
    }


def look_inside(set_stage: Stage) -> dict[str, Any]:
    environment = {**os.environ, "DATABASE_URL": set_stage.database, "SERASI_HOME": str(HOME)}
    out = subprocess.run(
        [sys.executable, "-m", "bench.inside"], env=environment, check=True, capture_output=True, text=True
    )
    return dict(json.loads(out.stdout.splitlines()[-1]))


def measure_stage(set_stage: Stage, *, times: int) -> tuple[dict[str, dict[int, Timing]], dict[str, int]]:
    known = look_inside(set_stage)
    results: dict[str, dict[int, Timing]] = {}
    for clients in (1, 8):
        signed_in = [Client(set_stage.site).sign_in(known["worker"], PASSWORD) for _ in range(clients)]
        for label, act in acts(known).items():
            results.setdefault(label, {})[clients] = measure(signed_in, act, times=max(5, times // clients))
    return results, known["statements"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--sizes", default="10000,100000", help="people in the register, separated by commas")
    parser.add_argument("--times", type=int, default=60, help="how often each act is measured with one client")
    chosen = parser.parse_args()
    os.environ.setdefault("DATABASE_URL", ensure(HOME).url)
    sizes = [int(size) for size in chosen.sizes.split(",")]
    first: dict[str, float] = {}
    for size in sizes:
        with stage(size) as set_stage:
            results, statements = measure_stage(set_stage, times=chosen.times)
        print(f"\n{size:,} people, a fifth with a case; loaded in {set_stage.seconds_to_load:.0f} s")
        print(f"{'':34}{'statements':>11}{'p50 ms':>9}{'p95 ms':>9}{'ratio':>12}{'p50, 8 at once':>16}{'a second':>10}")
        for label, timings in results.items():
            one, eight = timings[1], timings[8]
            ratio = one.p50 / first.setdefault(label, one.p50)
            count = str(statements.get(label, ""))
            cells = (
                f"{count:>11}{one.p50:>9.1f}{one.p95:>9.1f}{ratio:>12.2f}{eight.p50:>16.1f}{eight.per_second:>10.0f}"
            )
            print(f"{label:34}{cells}")


if __name__ == "__main__":
    main()
