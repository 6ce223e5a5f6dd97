"""The arithmetic of declared scales, written into the form so that every engine finds the same.

An author declares a scale and never writes its sum. Three calculates are added for each, below the author's own rows:

* ``{name}_terjawab``: how many of its items are answered,
* ``{name}``: the value, blank while more items are blank than the scale allows,
* ``{name}_pita``: the code of the band, blank while the value is.

One shape for all, tried in JavaRosa and in the web engine: what was answered is counted first; an item that is not
answered, or not asked, adds 0 and is not counted; conditions become numbers by ``if``; answers of selects are
compared as text. Rounding is of numbers that are not negative, in whole hundredths, because only there do all engines
agree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from serasi.xforms.authoring.points import Points, plain, points_of
from serasi.xforms.authoring.scales import is_whole
from serasi.xforms.authoring.sheets import ANSWERED, BAND
from serasi.xforms.authoring.survey import Survey
from serasi.xforms.declared import Band, Declaration, Method, Scale


@dataclass(frozen=True, slots=True)
class Calculate:
    """A row for the survey sheet."""

    name: str
    calculation: str


def calculates_of(declaration: Declaration, survey: Survey) -> tuple[Calculate, ...]:
    """What is added to the survey, in the order of the declaration."""
    return tuple(
        calculate
        for scale in declaration.scales
        for calculate in _of_scale(scale, [band for band in declaration.bands if band.scale == scale.name], survey)
    )


def _of_scale(scale: Scale, bands: list[Band], survey: Survey) -> Iterable[Calculate]:
    if scale.method is Method.FORMULA:
        answered = " + ".join(f"if(${{{item}}} != '', 1, 0)" for item in scale.items)
        yield Calculate(f"{scale.name}{ANSWERED}", answered)
    else:
        points = {item: points_of(survey.by_name[item], survey) for item in scale.items}
        answered = " + ".join(f"if({_is_answered(item, points[item])}, 1, 0)" for item in scale.items)
        yield Calculate(f"{scale.name}{ANSWERED}", answered)
        yield Calculate(scale.name, _value(scale, points, whole=is_whole(scale, survey)))
    if bands:
        yield Calculate(f"{scale.name}{BAND}", _band(scale, bands))


def _value(scale: Scale, points: dict[str, Points], *, whole: bool) -> str:
    count = len(scale.items)
    answered = f"${{{scale.name}{ANSWERED}}}"
    total = " + ".join(_worth(item, points[item], is_reversed=item in scale.reversed_items) for item in scale.items)
    if scale.method is Method.MEAN:
        value = f"round(({total}) * 100 div {answered}) div 100"
    elif scale.may_be_blank and whole:
        value = f"round(({total}) * {count} div {answered})"
    elif scale.may_be_blank:
        value = f"round(({total}) * {100 * count} div {answered}) div 100"
    else:
        value = total if whole else f"round(({total}) * 100) div 100"
    return f"if({answered} >= {count - scale.may_be_blank}, {value}, '')"


def _is_answered(item: str, points: Points) -> str:
    if points.are_names:
        return " and ".join(f"${{{item}}} != '{choice}'" for choice in ("", *points.uncounted))
    return " or ".join(f"${{{item}}} = '{choice}'" for choice in points.values or ())


def _worth(item: str, points: Points, *, is_reversed: bool) -> str:
    answer = f"${{{item}}}"
    ends = points.lowest + points.highest if points.lowest is not None and points.highest is not None else Decimal()
    if points.are_names and not points.uncounted and not is_reversed:
        return f"coalesce({answer}, 0)"
    if points.are_names:
        worth = f"{plain(ends)} - coalesce({answer}, 0)" if is_reversed else f"coalesce({answer}, 0)"
        return f"if({_is_answered(item, points)}, {worth}, 0)"
    worth = "0"
    for choice, value in reversed(list((points.values or {}).items())):
        counted = ends - value if is_reversed else value
        if counted:
            worth = f"if({answer} = '{choice}', {plain(counted)}, {worth})"
    return worth


def _band(scale: Scale, bands: list[Band]) -> str:
    """Bands meet without a gap, so each begins where the one below it ends."""
    value = f"${{{scale.name}}}"
    code = "''"
    for number, band in enumerate(reversed(bands)):
        code = f"'{band.code}'" if number == 0 else f"if({value} <= {plain(band.highest)}, '{band.code}', {code})"
    inside = f"{value} >= {plain(scale.lowest)} and {value} <= {plain(scale.highest)}"
    return f"if({value} != '', if({inside}, {code}, ''), '')"
