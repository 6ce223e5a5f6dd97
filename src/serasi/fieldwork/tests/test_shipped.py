"""The forms of this app itself: made of the workbooks beside them, and of the lists they speak of."""

import pytest

from serasi.cases.reference import danger_screen
from serasi.fieldwork import shipped
from serasi.fieldwork.enums import Purpose
from serasi.fieldwork.tests.factories import own_form
from serasi.xforms.authoring.publish import author


@pytest.mark.slow
@pytest.mark.parametrize("purpose", [Purpose.FOUND, Purpose.CHANGE])
def test_a_form_is_what_its_workbook_says(purpose: Purpose) -> None:
    name = shipped.FORM_OF[purpose]
    made = author((shipped.HERE / f"{name}.md").read_bytes(), f"{name}.md")

    assert made.warnings == ()
    assert (made.declaration.code, made.declaration.version) == (name, shipped.NEWEST[purpose])
    assert made.xform == shipped.xform_of(name, shipped.NEWEST[purpose])  # else: tools/field_forms


def test_somebody_found_is_asked_for_every_danger_that_a_report_asks_for() -> None:
    asked = {path for path in own_form(Purpose.FOUND).controls if path.startswith("/data/bahaya/")}

    assert asked == {f"/data/bahaya/{question.code}" for question in danger_screen()}
