"""What the commands of matching have in common."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import duckdb
from django.core.management.base import CommandError, CommandParser
from tqdm import tqdm

from serasi.interop.linking import UnreadableList
from serasi.people.linkage.many.training import TooFew
from serasi.people.linkage.many.workspace import OtherData, Step, Watch, Workspace
from serasi.people.linkage.model import Model, UnfitModel, shipped


def add_work(parser: CommandParser) -> None:
    parser.add_argument("--model", type=Path, metavar="MODEL.json", help="the weights (default: those that come along)")
    parser.add_argument("--memory", default="2GB", help="how much memory may be used (default: 2GB)")
    parser.add_argument("--threads", type=int, default=2, help="how many processors (default: 2)")
    parser.add_argument(
        "--folder", type=Path, metavar="WORK", help="where to spill and keep finished steps, to go on after a break"
    )
    parser.add_argument("--json", action="store_true", help="print the outcome as JSON")


def must_be_writable(path: Path) -> None:
    """Said before the work, not after."""
    if not path.absolute().parent.is_dir():
        raise CommandError(f"there is no folder {path.absolute().parent}")


def model_of(path: Path | None) -> Model:
    return shipped() if path is None else Model.load(path)


def working(options: dict[str, Any]) -> Workspace:
    """A workspace in the folder named, kept when the run breaks off; else in a folder that goes in any case."""
    folder: Path | None = options["folder"]
    return Workspace(
        folder or Path(mkdtemp(prefix="serasi-link-")),
        memory=options["memory"],
        threads=options["threads"],
        keep=folder is not None,
    )


@contextmanager
def watched() -> Iterator[Watch]:
    """A bar on the terminal that names the step."""
    with tqdm(file=sys.stderr, disable=not sys.stderr.isatty(), bar_format="{desc}: {n_fmt}/{total_fmt}") as bar:

        def told(step: Step) -> None:
            bar.set_description_str(step.name, refresh=False)
            bar.total, bar.n = step.total, step.done
            bar.refresh()

        yield Watch(told=told)


@contextmanager
def said_in_one_line() -> Iterator[None]:
    """What is wrong with the world, as the one line a command fails with."""
    try:
        yield
    except (UnreadableList, UnfitModel, OtherData, TooFew) as error:
        raise CommandError(str(error)) from error
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise CommandError(str(error).splitlines()[0]) from error
    except OSError as error:
        raise CommandError(f"{error.filename}: {error.strerror}") from error
