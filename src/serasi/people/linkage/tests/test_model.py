"""The file of weights: readable, whole, fitting the evidence, and right for a register of another size."""

import json
from pathlib import Path

import pytest

from serasi.people.linkage.evidence import EVIDENCE, KK, NAME, NIK
from serasi.people.linkage.model import Model, UnfitModel, shipped


def test_the_shipped_model_fits_what_is_compared() -> None:
    model = shipped()
    assert set(model.weights) == {comparison.code for comparison in EVIDENCE}
    assert model.training["records"] == model.records == 100_000
    assert {10_000, 100_000} <= {run["records"] for run in model.quality["runs"]}


def test_saved_and_read_again_it_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    shipped().save(path)
    assert Model.load(path) == shipped()


def test_it_can_be_read_by_people() -> None:
    facts = json.loads(shipped().as_json())
    name = next(each for each in facts["evidence"] if each["comparison"] == "name")
    assert name["words"] == "Nama"
    assert name["levels"][0].keys() == {"level", "words", "m", "u", "bits"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda facts: facts.update(format=99), "format 99"),
        (lambda facts: facts["evidence"][0]["levels"].pop(), "other levels"),
        (lambda facts: facts["evidence"][0]["levels"][0].update(m=0), "above 0"),
        (lambda facts: facts.pop("records"), "no model"),
    ],
)
def test_a_file_that_does_not_fit_is_refused(change: object, says: str) -> None:
    facts = json.loads(shipped().as_json())
    change(facts)  # type: ignore[operator]
    with pytest.raises(UnfitModel, match=says):
        Model.from_json(json.dumps(facts))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"format": 1}'])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(UnfitModel):
        Model.from_json(text)


def test_in_a_larger_register_chance_pairs_outnumber_people() -> None:
    small, large = shipped().over(10_000), shipped().over(1_000_000)
    assert large.prior == pytest.approx(small.prior / 100, rel=0.01)
    same_nik = next(level for level in NIK.levels if level.code == "same")
    assert large.weight_of(NIK, same_nik).bits > small.weight_of(NIK, same_nik).bits
    assert large.weight_of(KK, KK.levels[0]).u == pytest.approx(small.weight_of(KK, KK.levels[0]).u / 100)
    assert large.weight_of(NAME, NAME.levels[0]) == small.weight_of(NAME, NAME.levels[0])
