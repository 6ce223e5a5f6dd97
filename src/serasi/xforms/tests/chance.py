"""Forms answered by chance, and what an instance says."""

import random
from datetime import date, timedelta

from lxml import etree

from serasi.xforms.form import Form
from serasi.xforms.instance import compose
from serasi.xforms.parts import Control, ControlKind
from serasi.xforms.safe_xml import child_elements, local_name
from serasi.xforms.safe_xml import parse as parse_xml
from serasi.xforms.tests.forms import LISTS, NOW, SOME_ID
from serasi.xforms.working import Working
from serasi.xforms.xpath import DataType


def answered_by_chance(form: Form, chance: random.Random, share: float = 0.8) -> bytes:
    """An instance with a share of its answers given; choices are those that the answers so far allow."""
    answers: dict[str, str] = {}
    for path, control in form.controls.items():
        outermost = form.fields[path].outermost_repeat
        if outermost and outermost not in answers:
            answers[outermost] = "".join(_row(form, outermost, chance, share) for _ in range(chance.randrange(1, 5)))
        elif not outermost and _is_open(form, path) and chance.random() < share:
            answers[path] = _answer(form, control, answers, chance)
    return compose(form, answers, instance_id=SOME_ID)


def _is_open(form: Form, path: str) -> bool:
    return form.fields[path].readonly is None and form.fields[path].calculate is None


def _row(form: Form, path: str, chance: random.Random, share: float) -> str:
    field = form.fields[path]
    if path in form.controls:
        is_answered = _is_open(form, path) and chance.random() < share
        inner = _answer(form, form.controls[path], {}, chance) if is_answered else ""
    else:
        rows = {child: chance.randrange(1, 4) if form.fields[child].is_repeat else 1 for child in field.children}
        inner = "".join(_row(form, child, chance, share) for child, times in rows.items() for _ in range(times))
    return f"<{field.name}>{inner}</{field.name}>"


def _answer(  # noqa: PLR0911 - one line for each type
    form: Form, control: Control, answers: dict[str, str], chance: random.Random
) -> str:
    match control.kind, form.fields[control.path].type:
        case ControlKind.SELECT_ONE | ControlKind.SELECT | ControlKind.RANK, _:
            allowed = _allowed(form, control, answers)
            if control.kind is not ControlKind.SELECT_ONE:
                return " ".join(choice for choice in allowed if chance.random() < 0.4)
            return chance.choice(allowed) if allowed else ""
        case _, DataType.INT:
            return str(chance.randrange(0, 30))
        case _, DataType.DECIMAL:
            return str(round(chance.uniform(0, 20), chance.randrange(0, 4)))
        case _, DataType.DATE:
            return str(date(1970, 1, 1) + timedelta(days=chance.randrange(0, 22_000)))
        case _, DataType.DATE_TIME:
            return f"202{chance.randrange(7)}-05-{chance.randrange(10, 30)}T{chance.randrange(10, 24)}:30:00.000+07:00"
        case _, DataType.GEOPOINT:
            return "-6.9147 107.6098 760 5"
        case _, DataType.GEOTRACE | DataType.GEOSHAPE:
            return "-6.91 107.60 0 0;-6.92 107.61 0 0;-6.91 107.60 0 0"
        case _, DataType.BINARY:
            return ""
        case _, DataType.TIME:
            return f"{chance.randrange(24):02}:15:00.000+07:00"
        case _:
            return chance.choice(["aba", "baba", "a", "12", "0042", "Siti Aminah", "b", "kata yang panjang"])


def _allowed(form: Form, control: Control, answers: dict[str, str]) -> list[str]:
    working = Working(form, parse_xml(compose(form, answers, instance_id=SOME_ID)), NOW, LISTS)
    return (
        sorted(working.allowed(control, working.at(control.path)[0])) if working.at(control.path) else ["ya", "tidak"]
    )


def said(form: Form, instance: bytes) -> dict[str, str]:
    """Every value of an instance by its path, rows by their place."""
    found: dict[str, str] = {}

    def look(element: etree._Element, path: str, address: str) -> None:
        places: dict[str, int] = {}
        for child in child_elements(element):
            name = local_name(child)
            inner = f"{path}/{name}"
            if inner not in form.fields:
                continue  # what a device says of itself
            places[name] = places.get(name, 0) + 1
            place = f"[{places[name]}]" if form.fields[inner].is_repeat else ""
            look(child, inner, f"{address}/{name}{place}")
        if not form.fields[path].children:
            found[address] = element.text or ""

    look(parse_xml(instance), form.root, form.root)
    return found
