"""`make bench`: speed of pages, forms, imports and the guards, as one table a size; and of a house of 1,000 beds.

`ARGS="--sizes 10000,100000,1000000"` for other sizes (default: 10,000 and 100,000); `--keep` keeps the crowds for the
next run; `--start` times `make run` in a clean clone as well.
"""

import argparse
import json
import os
import subprocess
import sys
from typing import Any

from bench.acts import acts
from bench.beginning import beginning
from bench.clients import Client, Timing, measure
from bench.roster import ROWS, roster
from bench.stage import HOME, Stage, stage
from serasi.postgres import ensure

PASSWORD = "serasi-demo"
MANY = 8
BESIDE_THE_HOUSE = 1_000
"""How many others are in the register while the large house is measured, in a database of its own."""


def ask(set_stage: Stage, *question: str) -> dict[str, Any]:
    """What a program of ours, run within the stage, has to say."""
    out = subprocess.run(  # noqa: S603  (ourselves)
        [sys.executable, "-m", *question],
        env=set_stage.environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return dict(json.loads(out.stdout.splitlines()[-1]))


def form_of_300() -> dict[str, float]:
    """What publishing and working out a large form takes."""
    command = [sys.executable, "-m", "bench.authoring"]
    out = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603  (ourselves)
    return dict(json.loads(out.stdout))


def measure_stage(set_stage: Stage, known: dict[str, Any], *, times: int) -> dict[str, dict[int, Timing]]:
    results: dict[str, dict[int, Timing]] = {}
    for clients in (1, MANY):
        signed_in = [Client(set_stage.site).sign_in(known["worker"], PASSWORD) for _ in range(clients)]
        for label, act in acts(known).items():
            results.setdefault(label, {})[clients] = measure(signed_in, act, times=max(5, times // clients))
    return results


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--sizes", default="10000,100000", help="people in the register, separated by commas")
    parser.add_argument("--times", type=int, default=100, help="how often each act is measured with one client")
    parser.add_argument("--keep", action="store_true", help="keep the crowds, and use those that were kept")
    parser.add_argument("--start", action="store_true", help="time `make run` in a clean clone, too")
    chosen = parser.parse_args()
    if chosen.start:
        _print("From a clean clone to the open site", beginning(), "s")
    _print("A form of 300 questions in two languages, with two scales of 90 items", form_of_300(), "")
    os.environ.setdefault("DATABASE_URL", ensure(HOME).url)
    first: dict[str, float] = {}
    for size in map(int, chosen.sizes.split(",")):
        with stage(size, keep=chosen.keep) as set_stage:
            loaded = set_stage.seconds_to_load
            print(
                f"\n{size:,} people, a fifth with a case; "
                + ("kept" if loaded is None else f"loaded in {loaded:.0f} s")
            )
            known = ask(set_stage, "bench.inside", "look")
            _print_pages(measure_stage(set_stage, known, times=chosen.times), known["statements"], first)
            _print("With a guard, over without it", ask(set_stage, "bench.inside", "ratios"), "x")
            _print(f"A list of {ROWS:,} people, by command", roster(set_stage), "rows/s")
    with stage(BESIDE_THE_HOUSE, keep=chosen.keep) as set_stage:
        _print_house(ask(set_stage, "bench.residents"))
        _print_field(ask(set_stage, "bench.field", set_stage.site))
        _print_survey(ask(set_stage, "bench.surveying"))


def _print_pages(results: dict[str, dict[int, Timing]], statements: dict[str, str], first: dict[str, float]) -> None:
    """`ratio` is the median over that of the first size of this run."""
    many_p50 = f"p50, {MANY} at once"
    print(f"{'':34}{'statements':>11}{'p50 ms':>9}{'p95 ms':>9}{'ratio':>9}{many_p50:>17}{'p95':>9}{'a second':>10}")
    for label, timings in results.items():
        one, many = timings[1], timings[MANY]
        ratio = one.p50 / first.setdefault(label, one.p50)
        print(
            f"{label:34}{statements[label]:>11}{one.p50:>9.1f}{one.p95:>9.1f}{ratio:>9.2f}"
            f"{many.p50:>17.1f}{many.p95:>9.1f}{many.per_second:>10.0f}",
            flush=True,
        )


def _print_house(figures: dict[str, dict[str, float]]) -> None:
    """Milliseconds within the process, one reader; `one of sixty` is the share of rounds in which one got the bed;
    `ratio` the error of forecasts over that of "as many as today"."""
    names = ("p50", "p95", "statements", "kilobytes", "one of sixty", "ratio")
    print("\nA house of 1,000 beds, 5,000 residents, 99,000 movements in five years")
    print(" " * 40 + "".join(f"{name:>14}" for name in names))
    for label, found in figures.items():
        print(f"  {label:38}" + "".join(f"{found[name]:>14.2f}" if name in found else " " * 14 for name in names))


def _print_field(figures: dict[str, dict[str, float]]) -> None:
    """Milliseconds of one form, from the first byte sent to the last received; clients and server share the cores."""
    names = ("p50", "p95", "a second", "seconds", "count")
    print("\nForms with scores from the field, by OpenRosa")
    print(" " * 40 + "".join(f"{name:>14}" for name in names))
    for label, found in figures.items():
        print(f"  {label:38}" + "".join(f"{found[name]:>14.2f}" if name in found else " " * 14 for name in names))


def _print_survey(figures: dict[str, dict[str, float]]) -> None:
    """Milliseconds within the process, one reader; `ratio` is over a tenth as many interviews; memory is what the
    download held above the most that was held before."""
    names = ("p50", "p95", "statements", "kilobytes", "ratio", "seconds", "a second", "count", "megabytes of memory")
    print("\nA survey of 10,000 interviews")
    print(" " * 40 + "".join(f"{name:>14}" for name in names))
    for label, found in figures.items():
        print(f"  {label:38}" + "".join(f"{found[name]:>14.2f}" if name in found else " " * 14 for name in names))


def _print(title: str, figures: dict[str, float], unit: str) -> None:
    print(f"\n{title}")
    for label, figure in figures.items():
        print(f"  {label:60}{figure:>9.2f} {unit}", flush=True)


if __name__ == "__main__":
    main()
