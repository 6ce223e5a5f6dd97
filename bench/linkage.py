"""`python -m bench.linkage`: matching on invented sets of known truth, time, memory and quality.

`--sizes 10000,100000,1000000`; `--ship` trains the model that comes with Serasi first, on other people than those it is
measured on, and writes it with what it was found to be worth.
"""

import argparse
import json
import os
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serasi.settings")

from serasi.people.linkage import model as models
from serasi.people.linkage.many.columns import batches
from serasi.people.linkage.many.invented import invented_people
from serasi.people.linkage.many.matching import match
from serasi.people.linkage.many.quality import measure
from serasi.people.linkage.many.training import Chosen, Truth, counted_base, train
from serasi.people.linkage.many.workspace import Step, Watch, Workspace
from serasi.people.linkage.model import Model, shipped
from serasi.people.linkage.scoring import score
from serasi.people.linkage.subject import prepared

TRAINING_SEED, MEASURING_SEED = 7, 1
TRAINED_ON = 100_000
T = TypeVar("T")


def timed(act: Callable[[], T]) -> tuple[T, float]:
    begun = time.perf_counter()
    done = act()
    return done, time.perf_counter() - begun


def trained() -> tuple[Model, dict[str, float]]:
    """A model learned from the invented set, and seconds of its steps."""
    with TemporaryDirectory() as folder, Workspace(Path(folder, "work")) as workspace:
        workspace.load(batches(invented_people(TRAINED_ON, seed=TRAINING_SEED)))
        base, counting = timed(lambda: counted_base(workspace, Truth()))
        chosen = Chosen(models.SHIPPED, "1", f"invented set, {TRAINED_ON:,} records, seed {TRAINING_SEED}")
        model, training = timed(lambda: train(workspace, base, chosen, Watch()))
    return model, {"counting": counting, "training": training}


def measured(size: int, model: Model) -> dict[str, Any]:
    """Seconds, pairs, megabytes and quality of one dedupe, in a process of its own so that memory is its own."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (size, model.as_json()))


def _measured(size: int, told: str) -> dict[str, Any]:
    model = Model.from_json(told)
    with TemporaryDirectory() as folder, Workspace(Path(folder, "work"), memory="4GB") as workspace:
        people, inventing = timed(lambda: list(invented_people(size, seed=MEASURING_SEED)))
        _rows, preparing = timed(partial(workspace.load, batches(people)))
        people.clear()
        before = _most_megabytes()
        steps: dict[str, float] = {}
        begun = time.perf_counter()

        def told_at(step: Step) -> None:
            steps.setdefault(step.name, time.perf_counter() - begun)

        outcome, matching = timed(lambda: match(workspace, model, task="dedupe", least=0.01, watch=Watch(told=told_at)))
        qualities = [quality.as_facts() for quality in measure(workspace, Truth())]
    return {
        "records": size,
        "seconds": {
            "inventing": inventing,
            "preparing": preparing,
            "blocking": steps["weighing"] - steps["blocking"],
            "weighing": matching - steps["weighing"],
            "all of matching": matching,
        },
        "pairs compared": outcome.compared,
        "rules refused": [found.rule.code for found in outcome.refused],
        "megabytes before, at most": [before, _most_megabytes()],
        "quality": qualities,
    }


def _most_megabytes() -> int:
    """The most memory this process ever held; what the kernel counts for its beginning is not its parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def at_a_desk(model: Model, times: int = 2_000) -> float:
    """Microseconds to judge one pair in Python."""
    people = [prepared(person) for person in invented_people(times + 1)]
    pairs = list(pairwise(people))
    _scores, seconds = timed(lambda: [score(one, other, model) for one, other in pairs])
    return seconds / times * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.linkage", description=__doc__)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--ship", action="store_true", help="train and write the model that comes with Serasi")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    model, training = trained() if chosen.ship else (shipped(), {})
    runs = [measured(int(size), model) for size in chosen.sizes.split(",")]
    if chosen.ship:
        quality = {
            "set": f"invented, seed {MEASURING_SEED}: other people than it was trained on",
            "runs": [{"records": run["records"], "found": run["quality"]} for run in runs],
        }
        path = Path(models.__file__).with_name("models") / f"{models.SHIPPED}.json"
        replace(model, quality=quality).save(path)
    if chosen.json:
        print(json.dumps({"training": training, "runs": runs, "one pair, microseconds": at_a_desk(model)}))
        return
    for label, seconds in training.items():
        print(f"{label}: {seconds:.1f} s on {TRAINED_ON:,} records")
    print(f"one pair at a desk: {at_a_desk(model):.0f} microseconds")
    for run in runs:
        _print(run)


def _print(run: dict[str, Any]) -> None:
    print(f"\nDedupe of {run['records']:,} records: {run['pairs compared']:,} pairs compared")
    print("  " + ", ".join(f"{label} {seconds:.1f} s" for label, seconds in run["seconds"].items()))
    print(
        f"  megabytes before and at most: {run['megabytes before, at most']}; refused: {run['rules refused'] or 'none'}"
    )
    print(f"  {'':28}{'from':>8}{'precision (95 %)':>26}{'recall (95 %)':>26}{'F1':>8}{'pairs':>10}")
    for found in run["quality"]:
        shares = (
            f"{found[side]['share']:.4f} ({found[side]['from']:.3f}–{found[side]['to']:.3f})"
            for side in ("precision", "recall")
        )
        print(
            f"  {found['group']:28}{found['threshold']:>8}" + "".join(f"{share:>26}" for share in shares)
            + f"{found['f1']:>8.4f}{found['recall']['of']:>10,}"
        )  # fmt: skip


if __name__ == "__main__":
    main()
