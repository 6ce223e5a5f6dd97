"""The instruments that Serasi brings: published without a word, with the scores that plain arithmetic gives."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import serasi
from serasi.xforms.authoring.publish import Authored, author
from serasi.xforms.authoring.survey import Survey, survey_of
from serasi.xforms.authoring.tests.reckoning import reckoned, rounded
from serasi.xforms.authoring.workbook import read
from serasi.xforms.evaluate import evaluate
from serasi.xforms.form import Form
from serasi.xforms.instance import compose

INSTRUMENTS = Path(serasi.__file__).parent / "assessments" / "reference" / "instruments"
NAMES = sorted(path.stem for path in INSTRUMENTS.glob("*.md"))
NOW = datetime(2026, 11, 22, tzinfo=UTC)
SCORED = [name for name in NAMES if name != "survei_pemulung"]
CLUSTERS = ("anak", "disabilitas", "lansia", "napza", "ts_kpo")
RATERS = {"pekerja sosial", "psikolog", "pendamping", "pengasuh", "instruktur", "penerima manfaat"}
KINDS = {"komprehensif", "skrining", "skala", "minat", "kunjungan", "survei", "hasil"}
URGENT = {"menular", "dipasung", "tanpa_makan_tempat"}


@cache
def shipped(name: str) -> Authored:
    return author((INSTRUMENTS / f"{name}.md").read_bytes(), f"{name}.md")


@cache
def written(name: str) -> tuple[Survey, Form]:
    return survey_of(read((INSTRUMENTS / f"{name}.md").read_bytes(), f"{name}.md")), Form.parse(shipped(name).xform)


def test_every_instrument_of_the_issue_is_there() -> None:
    assert (
        sorted(
            [f"asesmen_{cluster}" for cluster in CLUSTERS]
            + [f"hasil_{one}" for one in ("sdq", "whodas", "mmse", "minicog", "assist", "zarit", "srq20")]
            + ["skrining_bahaya", "wg_pendek", "minat_kerja", "kegiatan_sehari", "siap_mandiri", "ranah_foyer"]
            + ["kunjungan_rumah", "kunjungan_lanjut", "survei_pemulung"]
        )
        == NAMES
    )


@pytest.mark.parametrize("name", NAMES)
def test_it_is_published_without_a_finding(name: str) -> None:
    """Which includes that every worked example comes out as it was worked."""
    made = shipped(name)
    assert made.warnings == ()
    assert made.declaration.code == name
    assert made.declaration.kind in KINDS
    assert set(made.declaration.raters) | {one for part in made.declaration.sections for one in part.raters} <= RATERS
    assert set(made.declaration.clusters) <= set(CLUSTERS)
    assert made.declaration.licence
    assert made.declaration.source
    assert made.declaration.description


@pytest.mark.parametrize("name", NAMES)
def test_it_speaks_indonesian_and_english(name: str) -> None:
    _survey, form = written(name)
    assert form.languages == ("Bahasa Indonesia (id)", "English (en)")


@pytest.mark.parametrize("name", SCORED)
def test_its_scales_have_five_worked_examples_with_blanks_among_them(name: str) -> None:
    declaration = shipped(name).declaration
    assert len(declaration.examples) >= 5
    for scale in declaration.scales:
        values = [example.values[scale.name] for example in declaration.examples if scale.name in example.values]
        assert len(set(values)) > 1
        assert "" in values


# What the two formulas mean.


def danger(answers: Mapping[str, str], items: tuple[str, ...]) -> Fraction | None:
    given_answers = [answers.get(item, "") for item in items]
    if any(answers.get(item) == "ya" for item in items if item not in URGENT):
        return Fraction(3)
    if "" in given_answers:
        return None
    return Fraction(2 if "ya" in given_answers else 1 if "tidak_tahu" in given_answers else 0)


def exploitation(answers: Mapping[str, str], items: tuple[str, ...]) -> Fraction | None:
    given_answers = [answers.get(item, "") for item in items]
    if "ya" in given_answers:
        return Fraction(2)
    return None if "" in given_answers else Fraction("tidak_tahu" in given_answers)


FORMULAS: dict[str, Callable[[Mapping[str, str], tuple[str, ...]], Fraction | None]] = {
    "bahaya": danger,
    "tanda_pemanfaatan": exploitation,
}


@st.composite
def answered(draw: st.DrawFn, name: str) -> dict[str, str]:
    """Answers to all items and to what decides whether they are asked; any may be blank."""
    survey, _form = written(name)
    items = {item: scale for scale in shipped(name).declaration.scales for item in scale.items}
    gates = {
        question.name
        for question in survey.questions
        if question.kind in {"select_one", "select_multiple"}
        and any(f"${{{question.name}}}" in condition for item in items for condition in survey.by_name[item].conditions)
    }
    answers: dict[str, str] = {}
    for item in [*items, *sorted(gates - set(items))]:
        question = survey.by_name[item]
        choices = [choice.name for choice in survey.choices.get(question.list_name, ())]
        if question.kind == "select_multiple":
            answers[item] = " ".join(sorted(draw(st.sets(st.sampled_from(choices), max_size=4))))
        elif choices:
            answers[item] = draw(st.sampled_from(["", *choices, *choices, *choices]))
        else:
            scale = items[item]
            number = st.integers(int(scale.lowest), int(scale.highest)).map(str)
            answers[item] = draw(st.one_of(st.just(""), number, number))
    return {item: answer for item, answer in answers.items() if answer}


@pytest.mark.parametrize("name", SCORED)
def test_its_scores_are_what_plain_arithmetic_says(name: str) -> None:
    declaration = shipped(name).declaration
    survey, form = written(name)
    paths = {one: "/".join((form.root, *question.groups, one)) for one, question in survey.by_name.items()}

    @settings(max_examples=40, deadline=None)
    @given(answered(name))
    def holds(answers: dict[str, str]) -> None:
        told = {paths[item]: answer for item, answer in answers.items()}
        evaluated = evaluate(form, compose(form, told, instance_id=UUID(int=1)), now=NOW)
        asked = {item: answer for item, answer in answers.items() if paths[item] not in evaluated.irrelevant}
        for scale in declaration.scales:
            formula = FORMULAS.get(scale.name)
            value = formula(asked, scale.items) if formula else reckoned(scale, asked, survey)
            found = evaluated.values[paths.get(scale.name, f"{form.root}/{scale.name}")]
            bands = [band for band in declaration.bands if band.scale == scale.name]
            if value is None:
                assert found == ""
                assert not bands or evaluated.values[f"{form.root}/{scale.name}_pita"] == ""
                continue
            expected = rounded(value, Decimal(1))
            assert Decimal(found) == expected, scale.name
            if bands:
                (band,) = [one for one in bands if one.lowest <= expected <= one.highest]
                assert evaluated.values[f"{form.root}/{scale.name}_pita"] == band.code

    holds()


def test_the_example_of_the_guide_for_authors_is_published_as_it_stands() -> None:
    guide = Path(serasi.__file__).parents[2] / "docs" / "panduan" / "menulis-instrumen.md"
    example = guide.read_text(encoding="utf-8").partition("```markdown\n")[2].partition("```")[0]
    made = author(example.encode(), "contoh.md")
    assert made.warnings == ()
    assert [scale.name for scale in made.declaration.scales] == ["suasana"]
