"""From an evaluated form to the chapters and scores that are written down."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from lxml import etree

from serasi.assessments.enums import ScoreState
from serasi.assessments.models import Assessment, Chapter, Scale, Score
from serasi.assessments.queries.forms import Place
from serasi.common.identifiers import uuid7
from serasi.xforms.evaluate import Evaluated
from serasi.xforms.form import Form
from serasi.xforms.safe_xml import child_elements, local_name, parse


def chapters_from(assessment: Assessment, form: Form, places: Mapping[str, Place], instance: bytes) -> list[Chapter]:
    """The finished instance, one chapter for each of its outermost elements.

    What stands outside parts and is no answer was calculated, from whichever parts: it is for those who read all.
    """
    everything = _everything(places)
    tags = {section["name"]: section["tags"] for section in assessment.edition.sections}
    tags |= {place.path.removeprefix(f"{form.root}/"): list(place.tags) for place in places.values()}
    return [
        Chapter(
            id=uuid7(),
            assessment=assessment,
            position=position,
            name=local_name(element),
            tags=tags.get(local_name(element), everything),
            content=etree.tostring(element, encoding="unicode", with_tail=False),
        )
        for position, element in enumerate(child_elements(parse(instance)), 1)
    ]


def _everything(places: Mapping[str, Place]) -> list[str]:
    """The tags of all parts together."""
    return sorted({tag for place in places.values() for tag in place.tags})


def scores_from(assessment: Assessment, form: Form, places: Mapping[str, Place], found: Evaluated) -> list[Score]:
    """One score a scale of the edition. The value stands in the calculate that bears the name of the scale, how many
    were answered and the code of the band beside it (`serasi.xforms.authoring.scoring`)."""
    tags = {path.rpartition("/")[2]: place.tags for path, place in places.items()}
    everything = _everything(places)
    return [
        _score(assessment, scale, form.root, found, _tags_of(scale, tags, everything))
        for scale in assessment.edition.scales.prefetch_related("bands")
    ]


def _tags_of(scale: Scale, tags: Mapping[str, tuple[str, ...]], everything: list[str]) -> list[str]:
    """Those of the parts in which its items stand; of all parts where the form does not say which items it is from."""
    return sorted({tag for item in scale.items for tag in tags.get(item, ())}) if scale.items else everything


def _score(assessment: Assessment, scale: Scale, root: str, found: Evaluated, tags: list[str]) -> Score:
    value = number_of(found.values.get(f"{root}/{scale.name}", ""))
    asked = len(scale.items)
    answered = int(number_of(found.values.get(f"{root}/{scale.name}_terjawab", "")) or 0)
    state = ScoreState.PRORATED if answered < asked else ScoreState.COMPLETE
    code = found.values.get(f"{root}/{scale.name}_pita", "")
    band = next((one for one in scale.bands.all() if one.code == code), None)
    return Score(
        id=uuid7(),
        assessment=assessment,
        scale=scale,
        tags=tags,
        value=value,
        answered=answered,
        asked=asked,
        state=ScoreState.INCOMPLETE if value is None else state,
        band=None if value is None else band,
    )


def number_of(text: str) -> Decimal | None:
    """What a calculate came to; a blank or what is no number is none."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return round(value, 3) if value.is_finite() else None
