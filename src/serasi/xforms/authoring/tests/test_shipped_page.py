"""The page finds the same scores as the server in every instrument that Serasi brings."""

import random

import pytest

from serasi.xforms.authoring.tests.test_shipped import SCORED, shipped
from serasi.xforms.evaluate import evaluate
from serasi.xforms.form import Form
from serasi.xforms.tests.forms import NOW
from serasi.xforms.tests.test_engine import Engine, _by_chance, _said, engine

__all__ = ["engine"]
ROUNDS = 6
"""Instances filled by chance for each instrument, a fifth of the answers blank."""


@pytest.mark.slow
@pytest.mark.parametrize("name", [*SCORED, "survei_pemulung"])
def test_the_page_finds_what_the_server_finds(name: str, engine: Engine) -> None:
    xform = shipped(name).xform
    form, chance = Form.parse(xform), random.Random(20261122)
    instances = [_by_chance(form, chance) for _ in range(ROUNDS)]
    for instance, theirs in zip(instances, engine(xform, instances), strict=True):
        ours = evaluate(form, instance, now=NOW)
        page = _said(form, theirs)
        assert {path: page.get(path, "") for path in ours.values} == ours.values, instance
