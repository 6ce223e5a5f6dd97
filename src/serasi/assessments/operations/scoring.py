"""From an evaluated form to the scores that are written down."""

from decimal import Decimal, InvalidOperation

from serasi.assessments.enums import ScoreState
from serasi.assessments.models import Assessment, Scale, Score
from serasi.common.identifiers import uuid7
from serasi.xforms.evaluate import Evaluated
from serasi.xforms.form import Form


def scores_from(assessment: Assessment, form: Form, found: Evaluated) -> list[Score]:
    """One score a scale of the edition. The value stands in the calculate that bears the name of the scale, how many
    were answered and the code of the band beside it (`serasi.xforms.authoring.scoring`)."""
    scales = assessment.edition.scales.prefetch_related("bands")
    return [_score(assessment, scale, form.root, found) for scale in scales]


def _score(assessment: Assessment, scale: Scale, root: str, found: Evaluated) -> Score:
    value = _number(found.values.get(f"{root}/{scale.name}", ""))
    asked = len(scale.items)
    answered = int(_number(found.values.get(f"{root}/{scale.name}_terjawab", "")) or 0)
    state = ScoreState.PRORATED if answered < asked else ScoreState.COMPLETE
    band = (
        None if value is None else next((one for one in scale.bands.all() if one.lowest <= value <= one.highest), None)
    )
    return Score(
        id=uuid7(),
        assessment=assessment,
        scale=scale,
        value=value,
        answered=answered,
        asked=asked,
        state=ScoreState.INCOMPLETE if value is None else state,
        band=band,
    )


def _number(text: str) -> Decimal | None:
    """What a calculate came to; a blank or what is no number is none."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return round(value, 3) if value.is_finite() else None
