"""Scores by plain arithmetic, from the declaration and the points of choices alone."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from serasi.xforms.authoring.survey import Survey
from serasi.xforms.declared import Method, Scale


def reckoned(scale: Scale, answers: Mapping[str, str], survey: Survey) -> Fraction | None:
    worth: list[Fraction] = []
    for item in scale.items:
        choices = survey.choices.get(survey.by_name[item].list_name, ())
        has_values = any(one.value for one in choices)
        points = {one.name: (one.value if has_values else one.name).replace(",", ".") for one in choices}
        answer = answers.get(item, "")
        point = points.get(answer, "") if points else answer
        if point != "":
            values = [Fraction(one) for one in points.values() if one != ""]
            turned = min(values) + max(values) - Fraction(point) if item in scale.reversed_items else Fraction(point)
            worth.append(turned)
    if len(worth) < len(scale.items) - scale.may_be_blank:
        return None
    mean = sum(worth, Fraction()) / len(worth)
    return mean if scale.method is Method.MEAN else mean * len(scale.items)


def rounded(value: Fraction, step: Decimal) -> Decimal:
    steps = Decimal(value.numerator) / Decimal(value.denominator) / step
    return steps.quantize(Decimal(1), ROUND_HALF_UP) * step
