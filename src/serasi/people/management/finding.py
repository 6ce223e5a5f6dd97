"""Comparing the whole register: who may stand in it twice. Runs at night, beside the database, in bounded memory."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from serasi.access.models import User
from serasi.access.operations import NotAllowed, acting
from serasi.access.scope import today
from serasi.people.linkage.evidence import EVIDENCE
from serasi.people.linkage.many import matching
from serasi.people.linkage.many.blocking import NAME_ALONE, RULES
from serasi.people.linkage.many.columns import batches
from serasi.people.linkage.many.workspace import OtherData, Watch, Workspace
from serasi.people.linkage.model import Model, shipped
from serasi.people.management.subjects import subjects
from serasi.people.operations.candidate import Pair, keep_candidates

LEAST: Final = 0.5
"""Below even odds nothing is suggested."""


def find_candidates(
    *, folder: Path, by: User, at: datetime, model: Model | None = None, watch: Watch | None = None
) -> int:
    """Compare everybody with whoever shares something, and keep what may be one person; how many pairs that is.

    For the system alone. ``folder`` is this run's own and gone at its end; a run that was broken off, begun again over
    the same register, goes on behind its last finished step. Nobody is linked or merged here.
    """
    if not by.scope.is_system:
        raise NotAllowed
    model, watch = model or shipped(), watch or Watch()
    try:
        name, pairs = _found(folder, model, watch, by)
    except OtherData:  # what was broken off was over another register
        shutil.rmtree(folder)
        name, pairs = _found(folder, model, watch, by)
    return keep_candidates(pairs=pairs, model=name, by=by, at=at)


def _found(folder: Path, model: Model, watch: Watch, by: User) -> tuple[str, list[Pair]]:
    with Workspace(folder, keep=True) as workspace:
        with acting(by, "people.candidate.read"):
            workspace.load(batches(subjects(today())))
        outcome = matching.match(workspace, model, task="dedupe", least=LEAST, watch=watch, rules=(*RULES, NAME_ALONE))
        rows = matching.as_table(workspace).to_pylist()
    return f"{outcome.model.name} {outcome.model.version}", [_pair(row, outcome.model) for row in rows]


def _pair(row: dict[str, Any], model: Model) -> Pair:
    """A pair with what each level adds; the rest of the weight is what the rarity of the names adds."""
    evidence = {}
    for comparison in EVIDENCE:
        level = next((one for one in comparison.levels if one.code == row[comparison.code]), None)
        if level is not None:
            evidence[comparison.code] = (level.code, round(model.weight_of(comparison, level).bits, 2))
    return Pair(UUID(row["left_id"]), UUID(row["right_id"]), float(row["weight"]), evidence)
