"""The page finds the same scores as the server in every instrument that Serasi brings."""

import random
from collections.abc import Iterator

import pytest

from serasi.xforms.authoring.tests.test_shipped import NAMES, shipped
from serasi.xforms.evaluate import evaluate
from serasi.xforms.form import Form
from serasi.xforms.tests.chance import answered_by_chance, said
from serasi.xforms.tests.engine import Engine, running_engine
from serasi.xforms.tests.forms import LISTS, NOW

ROUNDS = 25
"""Instances filled by chance for each instrument, a fifth of the answers blank."""


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with running_engine() as running:
        yield running


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_page_finds_what_the_server_finds(name: str, engine: Engine) -> None:
    xform = shipped(name).xform
    form, chance = Form.parse(xform), random.Random(20261122)
    instances = [answered_by_chance(form, chance) for _ in range(ROUNDS)]
    for instance, theirs in zip(instances, engine(xform, instances), strict=True):
        ours = evaluate(form, instance, now=NOW, secondary=LISTS)
        page = said(form, theirs)
        assert {path: page.get(path, "") for path in ours.values} == ours.values, instance
